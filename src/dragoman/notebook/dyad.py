"""The tie of two in a notebook: its events, incidents, series, meetings and chart, by the functions of the analyses."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Final, TypeVar, Unpack

from dragoman.analysis.dyads import VOICES, Direction, Voices, between, told_by
from dragoman.analysis.meetings_firsts import Span
from dragoman.analysis.meetings_log import encounters
from dragoman.analysis.series import PERIODS, Period, series
from dragoman.briefing.brief import find_subjects
from dragoman.briefing.subject import Subject
from dragoman.errors import UsageError
from dragoman.notebook.incidents import IncidentFilters, Incidents, incidents_where
from dragoman.notebook.meetings import Meetings
from dragoman.notebook.series import TieSeries

if TYPE_CHECKING:
    from collections.abc import Iterable

    from altair import VConcatChart

    from dragoman.record import EventFilters, EventSelection, Record

T = TypeVar("T", bound=str)
DIRECTIONS: Final[tuple[Direction, ...]] = ("both", "out", "back")


class Dyad:
    """Two states, persons or bodies, and what a record tells of them; `one` and `other` are who was found.

    Every call looks at the record as it stands then.
    """

    def __init__(self, record: Record, one: str, other: str) -> None:
        """Find the two by code or any name; raises `UsageError` with near names where nobody is meant, or one twice."""
        self.record = record
        self.one: Subject
        self.other: Subject
        self.one, self.other = find_subjects(record, (one, other))

    @property
    def title(self) -> str:
        """'North Korea – Russia'."""
        return f"{self.one.name} – {self.other.name}"

    def events(self, **filters: Unpack[EventFilters]) -> EventSelection:
        """The events with the two on opposite sides; the other conditions are those of `Record.events`."""
        filters["between"] = self._sides(filters.get("between"))
        return self.record.events(**filters)

    def incidents(self, **filters: Unpack[IncidentFilters]) -> Incidents:
        """The incidents with the two on opposite sides; the other conditions are those of `Record.incidents`."""
        filters["between"] = self._sides(filters.get("between"))
        return incidents_where(self.record, **filters)

    def series(
        self,
        by: Period | None = None,
        *,
        direction: Direction = "both",
        voices: Voices = "all",
        **filters: Unpack[IncidentFilters],
    ) -> TieSeries:
        """How many incidents there were by period, their mean score, the index with its interval, and where it turned.

        Without `by` the period is the one that the span asks for. `direction` is 'both', 'out' (what `one` does to
        `other`) or 'back'; `voices` is 'all', 'others' (without the parties' own media) or 'own'. docs/ties.md says how
        the index and its interval are made. Raises `UsageError` for another word, and as `incidents` does.
        """
        period = None if by is None else _one_of(by, PERIODS, "by")
        way, whose = _one_of(direction, DIRECTIONS, "direction"), _one_of(voices, VOICES, "voices")
        chosen = told_by(between(self.incidents(**filters), self.one.holds, self.other.holds, way), whose)
        span = self.span()
        return TieSeries(series(chosen, span.first, span.last, period=period), self.title)

    def meetings(self, **filters: Unpack[IncidentFilters]) -> Meetings:
        """Visits, meetings in third countries, calls and letters, in order of time."""
        met = encounters(self.incidents(**filters), self.one.holds, self.other.holds)
        return Meetings(met, self.one, self.other)

    def plot(
        self,
        by: Period | None = None,
        *,
        direction: Direction = "both",
        voices: Voices = "all",
        **filters: Unpack[IncidentFilters],
    ) -> VConcatChart:
        """The chart of `series` by Altair: the index with its band and turning points, below it incidents by kind.

        Raises `UsageError` where Altair is not installed or nothing can be placed in time, and as `series` does.
        """
        return self.series(by, direction=direction, voices=voices, **filters).plot()

    def span(self) -> Span:
        """How far the record reaches."""
        query = "SELECT count(*) AS n, min(published) AS first, max(published) AS last FROM articles"
        row = self.record.sql(query).to_pylist()[0]
        return Span(articles=row["n"], first=_iso(row["first"]), last=_iso(row["last"]))

    def _sides(self, given: tuple[str, str] | None) -> tuple[str, str]:
        if given is not None:
            raise UsageError(f"This tie is between {self.title}; for two others ask the record for another tie.")
        return self.one.key, self.other.key

    def __repr__(self) -> str:
        return f"<Dyad: {self.title}>"

    def _repr_html_(self) -> str:
        from dragoman.notebook.html import dyad_html

        return dyad_html(self)


def _one_of(value: T, valid: Iterable[T], option: str) -> T:
    if value not in valid:
        raise UsageError(f"'{option}' is '{value}'. It can be: {', '.join(valid)}.")
    return value


def _iso(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()
