"""How far the record and another dataset agree on a tie: incidents and events of the dataset in, months and pairs out.

Matching is by sides, day and type or quad. It says that both tell of something alike at that time, not that it is the
same; docs/formats.md says what follows from that.
"""

from __future__ import annotations

import datetime
import statistics
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.occurrence import Belongs, Occurrence, day_of
from dragoman.exchange.formats.other import OtherEvent
from dragoman.model import EventDate, Party

NEAR: Final = datetime.timedelta(days=1)
FEWEST_MONTHS: Final = 3
"""Below so many months a correlation says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """One month: how many there are of quads 1 to 4, in the record and in the dataset, and `untyped` in the dataset."""

    label: str
    ours: tuple[int, int, int, int]
    theirs: tuple[int, int, int, int]
    untyped: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An incident with the nearest event of the dataset; `same_type` or else only the same quad, or day."""

    ours: Occurrence
    theirs: OtherEvent
    same_type: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """Both side by side. `covered` are the dataset's events that some incident matches; incidents may share one.

    `left_out` counts what could not be placed: incidents without a day, events of the dataset without quad or date.
    """

    months: tuple[Month, ...]
    matches: tuple[Match, ...]
    only_ours: tuple[Occurrence, ...]
    only_theirs: tuple[OtherEvent, ...]
    covered: int
    left_out: Counter[str]

    @property
    def ours(self) -> int:
        """Incidents that were compared."""
        return len(self.matches) + len(self.only_ours)

    @property
    def theirs(self) -> int:
        """Events of the dataset that were compared."""
        return self.covered + len(self.only_theirs)

    @property
    def ours_found(self) -> float | None:
        """The share of the incidents that the dataset has too."""
        return round(len(self.matches) / self.ours, 3) if self.ours else None

    @property
    def theirs_found(self) -> float | None:
        """The share of the dataset's events that the record has too."""
        return round(self.covered / self.theirs, 3) if self.theirs else None

    @property
    def same_type(self) -> float | None:
        """Of the incidents that both have and both type, the share that has the same type in both."""
        typed = [m for m in self.matches if not _is_untyped(m.theirs)]
        return round(sum(m.same_type for m in typed) / len(typed), 3) if typed else None

    @property
    def correlation(self) -> float | None:
        """Pearson's r of the numbers by month; None for few months, or where one does not vary."""
        ours, theirs = [sum(m.ours) for m in self.months], [sum(m.theirs) + m.untyped for m in self.months]
        if len(self.months) < FEWEST_MONTHS or len(set(ours)) == 1 or len(set(theirs)) == 1:
            return None
        return round(statistics.correlation(ours, theirs), 3)


def between_sides(event: OtherEvent, one: Belongs, other: Belongs) -> bool:
    """Whether an event of a dataset has the two on opposite sides, either way round."""
    sides = ((event.actors, event.recipients), (event.recipients, event.actors))
    return any(any(map(one, a)) and any(map(other, b)) for a, b in sides)


def within(event: OtherEvent, since: str | None, until: str | None) -> bool:
    """Whether an event of a dataset lies in a window of ISO days; one without a date does not."""
    return event.date is not None and (since or "") <= event.date <= (until or "9999-12-31")


def agreement(incidents: Iterable[Occurrence], events: Iterable[OtherEvent]) -> Agreement:
    """Compare what took place by the record with the events of a dataset, both between the same two sides."""
    left_out: Counter[str] = Counter()
    ours = _placed(incidents, left_out)
    theirs = sorted(_usable(events, left_out), key=lambda e: (e.date or "", e.line))
    days = [day_of(e.date or "") for e in theirs]
    matches, only_ours, covered = [], [], set[int]()
    for each, date in ours:
        low = bisect_left(days, day_of(date.start) - _reach(date, -1))
        high = bisect_right(days, day_of(date.end) + _reach(date, 1))
        near = [place for place in range(low, high) if _alike(each, theirs[place])]
        covered.update(near)
        if near:
            best = min(near, key=lambda place: _distance(each, date, theirs[place], days[place], place))
            matches.append(Match(ours=each, theirs=theirs[best], same_type=theirs[best].type == each.type))
        else:
            only_ours.append(each)
    return Agreement(
        months=_months(ours, theirs),
        matches=tuple(matches),
        only_ours=tuple(only_ours),
        only_theirs=tuple(event for place, event in enumerate(theirs) if place not in covered),
        covered=len(covered),
        left_out=left_out,
    )


def party_names(parties: Sequence[Party]) -> str:
    """A side of an event in few words."""
    return "; ".join(dict.fromkeys(party.actor or party.text for party in parties)) or "(nobody named)"


def _placed(incidents: Iterable[Occurrence], left_out: Counter[str]) -> list[tuple[Occurrence, EventDate]]:
    placed = []
    for each in incidents:
        if each.status != "actual":
            left_out["incidents not told as facts"] += 1
        elif each.date is None or each.date.granularity not in ("day", "week"):
            left_out["incidents without a day"] += 1
        else:
            placed.append((each, each.date))
    return sorted(placed, key=lambda pair: (pair[1].start, pair[1].end, pair[0].id))


def _alike(each: Occurrence, event: OtherEvent) -> bool:
    """Whether type or quad is the same; an event that has neither, of a sheet kept by hand, goes by its day."""
    return _is_untyped(event) or event.quad == each.quad or event.type == each.type


def _is_untyped(event: OtherEvent) -> bool:
    return event.quad is None and event.code is None


def _usable(events: Iterable[OtherEvent], left_out: Counter[str]) -> Iterable[OtherEvent]:
    for event in events:
        if event.date is None or (event.quad is None and not _is_untyped(event)):
            left_out["events of the dataset without date or quad"] += 1
        else:
            yield event


def _reach(date: EventDate, way: int) -> datetime.timedelta:
    """A day either way, but not beyond the ends of the calendar."""
    edge = day_of(date.start) == datetime.date.min if way < 0 else day_of(date.end) == datetime.date.max
    return datetime.timedelta() if edge else NEAR


def _distance(
    each: Occurrence, date: EventDate, event: OtherEvent, day: datetime.date, place: int
) -> tuple[bool, int, int]:
    outside = max((day_of(date.start) - day).days, (day - day_of(date.end)).days, 0)
    return event.type != each.type, outside, place


def _months(ours: Sequence[tuple[Occurrence, EventDate]], theirs: Sequence[OtherEvent]) -> tuple[Month, ...]:
    """All months from the first to the last in which either has something."""
    counted: dict[str, tuple[Counter[int], Counter[int]]] = {}
    for each, date in ours:
        counted.setdefault(date.start[:7], (Counter(), Counter()))[0][each.quad] += 1
    for event in theirs:
        counted.setdefault((event.date or "")[:7], (Counter(), Counter()))[1][event.quad or 0] += 1
    none: tuple[Counter[int], Counter[int]] = (Counter(), Counter())
    made = []
    for label in _labels(min(counted), max(counted)) if counted else ():
        mine, other = counted.get(label, none)
        made.append(Month(label=label, ours=_quads(mine), theirs=_quads(other), untyped=other[0]))
    return tuple(made)


def _quads(counted: Counter[int]) -> tuple[int, int, int, int]:
    return counted[1], counted[2], counted[3], counted[4]


def _labels(first: str, last: str) -> list[str]:
    start, end = (int(label[:4]) * 12 + int(label[5:7]) - 1 for label in (first, last))
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1)]
