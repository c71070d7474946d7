"""The event reports of a desk in one order, and by who stands in them and who tells them: for raw rows, filtered.

Apart from the page because the indexes are made once for a desk, and take a moment on a large record.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.parties import plain
from dragoman.briefing.subject import Subject
from dragoman.model import Event, EventType, Party, ReportedEvent, Status
from dragoman.record.filters import Filters
from dragoman.web.desk import Desk

NO_DAY: Final = "9999"
"""What has no day stands last."""


@dataclass(frozen=True, slots=True)
class Reports:
    """All event reports by day, then by article, then by place in it; and by their numbers in that order those of each
    state and its people, of each actor, and of each source by their names as compared.
    """

    ordered: Sequence[ReportedEvent]
    by_state: Mapping[str, Sequence[int]]
    by_name: Mapping[str, Sequence[int]]
    by_source: Mapping[str, Sequence[int]]


def reports_of(desk: Desk) -> Reports:
    """The reports of a desk."""
    return desk.memo("reports", lambda: _indexed(desk))


def chosen_reports(
    desk: Desk,
    days: Filters,
    sides: Sequence[Subject],
    *,
    types: Sequence[EventType] = (),
    statuses: Sequence[Status] = (),
    least: float = 0.0,
) -> Sequence[ReportedEvent]:
    """The reports with one of `sides` on any side or both on opposite ones, of the time and source of `days`."""
    every = reports_of(desk)
    numbers: Iterable[int] = range(len(every.ordered))
    among: list[set[int]] = [set(_of(every, side)) for side in sides]
    if days.source is not None:
        wanted = plain(days.source)
        told = (found for name, found in every.by_source.items() if wanted in name)
        among.append({number for found in told for number in found})
    if among:
        numbers = sorted(set.intersection(*among))
    return tuple(
        each
        for each in map(every.ordered.__getitem__, numbers)
        if (not types or each.event.type in types)
        and (not statuses or each.event.status in statuses)
        and each.event.confidence >= least
        and _is_within(each, days.since, days.until)
        and (len(sides) < 2 or _opposite(each.event, *sides))
    )


def _indexed(desk: Desk) -> Reports:
    ordered = sorted((report for report, _incident in desk.lookup.reports.values()), key=_order)
    by_state: dict[str, list[int]] = {}
    by_name: dict[str, list[int]] = {}
    by_source: dict[str, list[int]] = {}
    for number, each in enumerate(ordered):
        parties = (*each.event.actors, *each.event.recipients)
        for code in dict.fromkeys(party.country for party in parties if party.country):
            by_state.setdefault(code, []).append(number)
        for name in dict.fromkeys(plain(party.actor) for party in parties if party.actor):
            by_name.setdefault(name, []).append(number)
        for name in dict.fromkeys(plain(name) for name in (*each.event.chain, each.article.publisher) if name):
            by_source.setdefault(name, []).append(number)
    return Reports(ordered, by_state, by_name, by_source)


def _order(each: ReportedEvent) -> tuple[str, str, int, str]:
    event, article = each.event, each.article
    day = event.date.start if event.date is not None else article.published
    return day or NO_DAY, article.id, event.evidence.start, event.id


def _of(every: Reports, side: Subject) -> Sequence[int]:
    if side.code is not None:
        return every.by_state.get(side.code, ())
    return every.by_name.get(plain(side.name), ())


def _opposite(event: Event, a: Subject, b: Subject) -> bool:
    def on(side: tuple[Party, ...], who: Subject) -> bool:
        return any(map(who.holds, side))

    return (on(event.actors, a) and on(event.recipients, b)) or (on(event.actors, b) and on(event.recipients, a))


def _is_within(each: ReportedEvent, since: str | None, until: str | None) -> bool:
    """Whether it may have been in a time; what has no date is taken by its article's day of publication."""
    date, published = each.event.date, each.article.published
    first, last = (date.start, date.end) if date is not None else (published, published)
    return (since is None or (last is not None and last >= since)) and (
        until is None or (first is not None and first <= until)
    )
