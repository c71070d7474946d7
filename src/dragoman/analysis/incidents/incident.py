"""An incident: all reports of one happening and what they tell together, each value with the reason for it."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.analysis.incidents.course import TO_STATUS, Standing, Step
from dragoman.analysis.incidents.origins import Origin
from dragoman.model import Event, EventDate, EventType, Party, Place, ReportedEvent, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Why a report is one of its incident: `report` is the key of the report, `event` the id of its event."""

    report: str
    event: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One happening. `reports` has the one that says most first, `joined` says of each why it is here.

    `type_why`, `date_why` and `place_why` say how many reports the best value rests on. `keys` are the ids under which
    it is found: its own first, and those that its other reports would give it.
    """

    id: str
    keys: tuple[str, ...]
    reports: tuple[ReportedEvent, ...]
    joined: tuple[Joined, ...]
    type: EventType
    mode: str | None
    type_why: str
    symmetric: bool
    quad: int
    intensity: float
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date: EventDate | None
    date_why: str
    place: Place | None
    place_why: str
    standing: Standing
    course: tuple[Step, ...]
    confirmed_by: tuple[str, ...]
    denied_by: tuple[str, ...]
    origins: tuple[Origin, ...]
    copies: int
    first_reported: str | None
    last_reported: str | None

    @property
    def lead(self) -> ReportedEvent:
        """The report that says most."""
        return self.reports[0]

    @property
    def event(self) -> Event:
        """The event of the leading report."""
        return self.lead.event

    @property
    def status(self) -> Status:
        """How it stands, in the codebook's words; what is contested counts as told."""
        return TO_STATUS[self.standing]

    @property
    def order(self) -> tuple[str, str, str]:
        """Sorts incidents by time; one without a date stands at its first publication."""
        if self.date is None:
            return self.first_reported or "", "", self.id
        return self.date.start, self.date.end, self.id
