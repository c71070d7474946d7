"""The calendar: what happened on which day, what is planned and due; by week, month or year, and as an .ics file."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, Literal, get_args

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.analysis.incidents import Incident, Standing
from dragoman.analysis.pledges import Pledge
from dragoman.briefing.wording import clause, event_words, shortened
from dragoman.exchange.formats.icalendar import icalendar
from dragoman.exchange.formats.parts import event_of
from dragoman.model import EventType
from dragoman.record.filters import TYPES
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.calendar_time import VIEWS, Time, View, named, step, time_around, time_of, title_of
from dragoman.web.days import KINDS, WORDS, Days, Kind, days_of, is_ahead, kind_of, waiting
from dragoman.web.desk import Desk
from dragoman.web.filtering import Choice, chosen, parties
from dragoman.web.pages.base import Asked, NavItem, file, page
from dragoman.web.pages.base import asked as asked_of
from dragoman.web.parts import IncidentRow, Pager, Ref, When, incident_row, paged, when

nav = NavItem(label="Calendar", href=links.calendar(), order=50)
router = APIRouter()
Which = Literal["spans", "long", "undated"]
ROWS: Final = 40
LINES: Final = 5
"""Incidents that a day of the week's view names."""
COMING: Final = 8
WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WHICH: Final[Mapping[Which, str]] = {
    "spans": "on several days or an unknown one of them",
    "long": "through a longer time",
    "undated": "told, without a date",
}
_TIMES: Final = ("week", "month", "year", "day")


class CalendarAsked(Asked, frozen=True, kw_only=True):
    """One of `month` (2024-06), `week` (any day of it) and `year`; `day` narrows the list to it. Who, which types and
    how things stand; `kind` is as what they count; `which` lists those of several of these days, of a time longer than
    is shown, or without a date.
    """

    month: str | None = None
    week: str | None = None
    year: str | None = None
    day: str | None = None
    a: str | None = None
    b: str | None = None
    type: tuple[EventType, ...] = ()
    standing: tuple[Standing, ...] = ()
    kind: Kind | None = None
    which: Which | None = None
    page: PageNumber = 1
    per: PerPage | None = None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """How many on a day count as one thing."""

    kind: Kind
    number: int
    words: str


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """A day, or in the view of a year a month: what it is called, where it leads, how much is on it and as what."""

    date: str
    label: str
    href: str
    words: str
    inside: bool
    chosen: bool
    newest: bool
    number: int
    parts: tuple[Part, ...]
    lines: tuple[Ref, ...]


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number that leads to what it counts."""

    number: int
    words: str
    kind: Kind | None
    href: str
    chosen: bool


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is planned or due on or after the record's last day, and the part of the calendar it is in."""

    when: When
    month: str
    kind: Kind
    what: Ref


class CalendarView(msgspec.Struct, frozen=True, kw_only=True):
    """The calendar as its page shows it; `weeks` are rows of seven days, in the view of a year rows of months."""

    title: str
    who: str | None
    view: View
    first: str
    last: str
    before: str
    after: str
    now: str
    views: tuple[Ref, ...]
    heads: tuple[str, ...]
    weeks: tuple[tuple[Cell, ...], ...]
    figures: tuple[Figure, ...]
    listed: str
    list_back: str | None
    rows: tuple[IncidentRow, ...]
    pager: Pager
    ics: str
    ics_here: str
    ahead: int
    coming: tuple[Coming, ...]
    coming_left: int
    record_day: str | None
    types: tuple[str, ...]
    standings: tuple[str, ...]
    parties: tuple[str, ...]


def calendar(desk: Desk, asked: CalendarAsked) -> CalendarView:
    """What happened and what is planned, by days; raises `RefusedError` for what is no time."""
    time = time_of(asked.week, asked.month, asked.year, asked.day, desk.last_day)
    choice = chosen(desk, asked.a, asked.b, asked.type, asked.standing)
    days = _days(desk, choice)
    pledges = waiting(desk)
    query = {name: value for name, value in asked.query().items() if name not in (*_TIMES, "which", "kind")}
    query[time.view] = named(time.view, time.first)

    def to(**changes: links.Value) -> str:
        return links.changed("/calendar", query, **changes)

    first, last = time.first.isoformat(), time.last.isoformat()
    single, spans = days.on_days(first, last), days.over_days(first, last)
    within: Mapping[Which, Sequence[Incident]] = {
        "spans": [each for each in spans if not _is_long(each, time)],
        "long": [each for each in spans if _is_long(each, time)],
        "undated": days.told_on(first, last),
    }
    words, found = _listed(asked, time, single, within, pledges)
    ask = {"day": asked.day, "which": asked.which, "kind": asked.kind}
    shown, pager = paged(found, asked.page, lambda number: f"{to(**ask, page=number)}#list", asked.per or ROWS)
    filters = {name: value for name, value in query.items() if name != time.view}
    ahead = _ahead(desk, choice, days)
    coming = [each for each in ahead if kind_of(each, pledges) != "overdue"]
    return CalendarView(
        title=title_of(time),
        who=choice.title,
        view=time.view,
        first=first,
        last=last,
        before=links.with_query("/calendar", **filters, **{time.view: named(time.view, step(time, -1))}),
        after=links.with_query("/calendar", **filters, **{time.view: named(time.view, step(time, 1))}),
        now=links.with_query("/calendar", **filters),
        views=_views(time, filters),
        heads=WEEKDAYS if time.view != "year" else (),
        weeks=_cells(time, single, pledges, to, filters, desk.last_day),
        figures=_figures(asked, single, within, pledges, to),
        listed=words,
        list_back=to() if asked.day or asked.which or asked.kind else None,
        rows=tuple(map(incident_row, shown)),
        pager=pager,
        ics=links.with_query("/calendar.ics", **filters),
        ics_here=links.with_query("/calendar.ics", **query),
        ahead=len(ahead),
        coming=tuple(_coming(each, pledges) for each in coming[:COMING]),
        coming_left=max(0, len(coming) - COMING),
        record_day=desk.last_day,
        types=TYPES,
        standings=get_args(Standing),
        parties=tuple(parties(desk)),
    )


def warm(desk: Desk) -> None:
    """Have the days of all incidents and what is due ready."""
    calendar(desk, CalendarAsked())


def _views(time: Time, filters: Mapping[str, links.Value]) -> tuple[Ref, ...]:
    near = time.day or time.first
    made = []
    for view in VIEWS:
        href = links.with_query("/calendar", **filters, **{view: named(view, time_around(view, near, None).first)})
        made.append(Ref(name=view.capitalize(), href=href, note="chosen" if view == time.view else None))
    return tuple(made)


def _ahead(desk: Desk, choice: Choice, days: Days) -> Sequence[Incident]:
    """What is planned or due from the record's last day on, and what is overdue then, in order of time."""

    def make() -> Sequence[Incident]:
        pledges, last = waiting(desk), desk.last_day or ""
        found = (each for each in (*days.single, *days.spans) if is_ahead(each, pledges))
        kept = [e for e in found if (e.date and e.date.end >= last) or kind_of(e, pledges) == "overdue"]
        return tuple(sorted(kept, key=lambda each: each.order))

    return desk.memo(("calendar ahead", *choice.key), make)


def _coming(each: Incident, pledges: Mapping[str, Pledge]) -> Coming:
    month = links.calendar(month=each.order[0][:7])
    return Coming(when=when(each.date), month=month, kind=kind_of(each, pledges), what=_line(each, 120))


def _days(desk: Desk, choice: Choice) -> Days:
    return desk.memo(("calendar", *choice.key), lambda: days_of(choice.found))


def _cells(
    time: Time,
    found: Sequence[Incident],
    pledges: Mapping[str, Pledge],
    to: Callable[..., str],
    filters: Mapping[str, links.Value],
    newest: str | None,
) -> tuple[tuple[Cell, ...], ...]:
    by_day: dict[str, list[Incident]] = {}
    size = 7 if time.view == "year" else 10
    for each in found:
        by_day.setdefault(each.order[0][:size], []).append(each)

    def cell(day: datetime.date) -> Cell:
        key = day.isoformat()[:size]
        group = by_day.get(key, [])
        year = time.view == "year"
        href = links.with_query("/calendar", **filters, month=key) if year else f"{to(day=key)}#list"
        parts = _parts(group, pledges)
        told = ", ".join(f"{part.number} {part.words}" for part in parts)
        return Cell(
            date=key,
            label=f"{day:%B}" if year else str(day.day),
            href=href,
            words=f"{day:%B} {day.year if year else day.day}: {told or 'nothing told'}",
            inside=time.first <= day <= time.last,
            chosen=day == time.day,
            newest=newest is not None and key == newest[:size],
            number=len(group),
            parts=parts,
            lines=tuple(map(_line, _foremost(group))) if time.view == "week" else (),
        )

    if time.view == "year":
        named = [time.first.replace(month=number) for number in range(1, 13)]
        return tuple(tuple(map(cell, named[start : start + 4])) for start in (0, 4, 8))
    first = time.first.toordinal() - time.first.weekday()
    last = time.last.toordinal() + 6 - time.last.weekday()
    ordinals = [min(max(n, 1), datetime.date.max.toordinal()) for n in range(first, last + 1)]
    named = [datetime.date.fromordinal(n) for n in ordinals]
    return tuple(tuple(map(cell, named[start : start + 7])) for start in range(0, len(named), 7))


def _foremost(group: Sequence[Incident]) -> list[Incident]:
    return sorted(group, key=lambda each: (-len(each.origins), -len(each.reports), each.id))[:LINES]


def _line(each: Incident, limit: int = 70) -> Ref:
    words = shortened(event_words(event_of(each)), limit)
    return Ref(name=words, href=links.incident(each.id), note=clause(each.event, 160))


def _parts(group: Iterable[Incident], pledges: Mapping[str, Pledge]) -> tuple[Part, ...]:
    counted = Counter(kind_of(each, pledges) for each in group)
    return tuple(Part(kind=kind, number=counted[kind], words=WORDS[kind]) for kind in KINDS if counted[kind])


def _figures(
    asked: CalendarAsked,
    single: Sequence[Incident],
    within: Mapping[Which, Sequence[Incident]],
    pledges: Mapping[str, Pledge],
    to: Callable[..., str],
) -> tuple[Figure, ...]:
    """What lies in these days, as what it counts; then what has no single day."""
    counted = Counter(kind_of(each, pledges) for each in (*single, *within["spans"]))
    made = [
        Figure(
            number=counted[kind], words=WORDS[kind], kind=kind, href=f"{to(kind=kind)}#list", chosen=asked.kind == kind
        )
        for kind in KINDS
        if counted[kind]
    ]
    made += [
        Figure(
            number=len(within[which]),
            words=words,
            kind=None,
            href=f"{to(which=which)}#list",
            chosen=asked.which == which,
        )
        for which, words in WHICH.items()
        if within[which]
    ]
    return tuple(made)


def _listed(
    asked: CalendarAsked,
    time: Time,
    single: Sequence[Incident],
    within: Mapping[Which, Sequence[Incident]],
    pledges: Mapping[str, Pledge],
) -> tuple[str, Sequence[Incident]]:
    """What the list below holds, in words and in order of time."""
    words = title_of(time)
    if time.day is not None:
        day = time.day.isoformat()
        found: Sequence[Incident] = [each for each in single if each.order[0] == day]
        words = f"{WEEKDAYS[time.day.weekday()]}, {day}"
    elif asked.which is not None:
        found = within[asked.which]
        words = f"{words}: {WHICH[asked.which]}"
    else:
        found = sorted((*single, *within["spans"]), key=lambda each: each.order)
    if asked.kind is not None:
        found = [each for each in found if kind_of(each, pledges) == asked.kind]
        words = f"{words}, {WORDS[asked.kind]}"
    return words, found


def _is_long(each: Incident, time: Time) -> bool:
    """Whether it stands on so long a time that it says little of these days."""
    assert each.date is not None
    shown = (time.last - time.first).days
    first, last = (datetime.date.fromisoformat(day) for day in (each.date.start, each.date.end))
    return (last - first).days > shown


def planned(desk: Desk, asked: CalendarAsked) -> str:
    """What is planned and due as an .ics file: of the days asked for, without any what is ahead or overdue."""
    choice = chosen(desk, asked.a, asked.b, asked.type, asked.standing)
    days, pledges = _days(desk, choice), waiting(desk)
    found: Iterable[Incident] = _ahead(desk, choice, days)
    if any(getattr(asked, name) is not None for name in _TIMES):
        time = time_of(asked.week, asked.month, asked.year, asked.day, desk.last_day)
        first, last = ((time.day or edge).isoformat() for edge in (time.first, time.last))
        found = (*days.on_days(first, last), *days.over_days(first, last))
    kept = [
        each
        for each in found
        if is_ahead(each, pledges) and (asked.kind is None or kind_of(each, pledges) == asked.kind)
    ]
    title = "Planned: " + (choice.title or "all parties")
    return icalendar(title, sorted(kept, key=lambda each: each.order), pledges)


def _ics(request: Request) -> Response:
    """What is planned and due, for one's own calendar: of the time asked for, else what is ahead or overdue."""
    text = planned(request.app.state.keeper.desk(), asked_of(CalendarAsked, request))
    headers = {"Content-Disposition": 'attachment; filename="planned.ics"'}
    return Response(text.encode("utf-8", "replace"), media_type="text/calendar; charset=utf-8", headers=headers)


file(router, "/calendar.ics", "text/calendar", CalendarAsked, _ics)
page(router, "/calendar", "calendar.html", calendar)
