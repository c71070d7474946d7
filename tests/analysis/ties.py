"""Occurrences made by hand, for tests of the analyses of ties: one report each, in an article of its own words."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from dragoman.analysis.occurrence import Belongs
from dragoman.model import Event, EventDate, EventType, Party, Place, ReportedEvent, Status
from tests.briefing.builders import report


def of(code: str) -> Belongs:
    """Whether a party belongs to a state."""

    def belongs(party: Party) -> bool:
        return party.country == code

    return belongs


KOREAN, RUSSIAN, CHINESE = of("PRK"), of("RUS"), of("CHN")


@dataclass(frozen=True, kw_only=True)
class Told:
    """An occurrence that is just what its first report says."""

    reports: tuple[ReportedEvent, ...]

    @property
    def event(self) -> Event:
        return self.reports[0].event

    @property
    def id(self) -> str:
        return self.event.id

    @property
    def type(self) -> EventType:
        return self.event.type

    @property
    def mode(self) -> str | None:
        return self.event.mode

    @property
    def quad(self) -> int:
        return self.event.quad

    @property
    def intensity(self) -> float:
        return self.event.intensity

    @property
    def status(self) -> Status:
        return self.event.status

    @property
    def symmetric(self) -> bool:
        return self.event.symmetric

    @property
    def actors(self) -> tuple[Party, ...]:
        return self.event.actors

    @property
    def recipients(self) -> tuple[Party, ...]:
        return self.event.recipients

    @property
    def date(self) -> EventDate | None:
        return self.event.date

    @property
    def place(self) -> Place | None:
        return self.event.place


def told(
    event_id: str,
    actors: str = "PRK",
    recipients: str | None = "RUS",
    *,
    type: EventType = "CONSULT",
    mode: str | None = None,
    status: Status = "actual",
    symmetric: bool | None = None,
    date: str | tuple[str, str] | None = "2024-03-01",
    place: str | None = None,
    words: str = "The two sides met",
    publisher: str | None = "Morning Paper",
    published: str | None = "2024-03-02",
    said_by: str | None = None,
) -> Told:
    """What one report tells; sides as `builders.party` takes them, `place` as 'Pyongyang/PRK'."""
    made = report(
        event_id,
        actors,
        recipients,
        type=type,
        mode=mode,
        status=status,
        symmetric=symmetric,
        date=date,
        evidence=words,
        publisher=publisher,
        published=published,
        said_by=said_by,
    )
    if place is not None:
        name, _, country = place.partition("/")
        where = Place(text=name, name=name, country=country or None)
        made = msgspec.structs.replace(made, event=msgspec.structs.replace(made.event, place=where))
    return Told(reports=(made,))
