"""The page of a tie: its index over time, what happened, meetings, pledges and what is contested, filtered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Literal, get_args

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.analysis.comparison import Side, compare, comparison_words
from dragoman.analysis.comparison import Tie as ComparedTie
from dragoman.analysis.incidents import Standing
from dragoman.analysis.meetings_log import KINDS, Encounter
from dragoman.analysis.pledges import Pledge, open_at
from dragoman.analysis.series import PERIODS, Period, Series
from dragoman.analysis.sourcing import STANDINGS
from dragoman.briefing.wording import one_line
from dragoman.record.filters import TYPES
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.charts import Chart, drawn_svg
from dragoman.web.desk import Desk
from dragoman.web.pages.base import asked as asked_of
from dragoman.web.pages.base import file, page
from dragoman.web.parts import QUADS, Figure, IncidentRow, Pager, Ref, incident_row, paged
from dragoman.web.tie import (
    FILTERS,
    NARROWING,
    Chosen,
    Tie,
    TieAsked,
    chosen,
    contacts_of,
    filter_words,
    firsts_of,
    key_of,
    persons_of,
    pledges_of,
    series_of,
    tie_of,
    turns_of,
)
from dragoman.web.tie_charts import tie_chart
from dragoman.web.tie_rows import (
    CONTACTS,
    PLEDGES,
    ContactRow,
    ContestedRow,
    PledgeRow,
    TurnRow,
    contact_row,
    contested_row,
    latest_first,
    pledge_row,
    turn_row,
)

router = APIRouter()
ROWS: Final = 25
FEW: Final = 6
READY: Final = 20
"""Ties that are made ready for readers of a large record, those with most incidents first."""
_PATH: Final = ("one", "other")


class DyadAsked(TieAsked, frozen=True, kw_only=True):
    """What of a tie is shown: periods of the index, another tie beside it (`versus`, its other side), and the list."""

    by: Period | None = None
    versus: str | None = None
    sort: Literal["newest", "oldest"] = "newest"
    page: PageNumber = 1
    per: PerPage | None = None


class Versus(msgspec.Struct, frozen=True, kw_only=True):
    """The tie beside that of one side with somebody else: in sentences, and in figures a row for each; `drawn` says
    whether the chart has a line for it.
    """

    name: str
    href: str
    drawn: bool
    words: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What the filters can be set to."""

    types: tuple[str, ...]
    standings: tuple[str, ...]
    sources: tuple[str, ...]
    persons: tuple[tuple[str, str], ...]
    periods: tuple[str, ...]
    contacts: tuple[str, ...]
    ties: tuple[tuple[str, str], ...]


class DyadView(msgspec.Struct, frozen=True, kw_only=True):
    """A tie as its page shows it."""

    title: str
    one: Ref
    other: Ref
    path: str
    swapped: str
    brief: str
    window: str | None
    all_time: str | None
    filters: tuple[Ref, ...]
    figures: tuple[Figure, ...]
    chart: Chart | None
    svg: str
    left_out: str | None
    turns: tuple[TurnRow, ...]
    rows: tuple[IncidentRow, ...]
    pager: Pager
    contacts: tuple[ContactRow, ...]
    contact_counts: tuple[Figure, ...]
    contacts_href: str
    pledges: tuple[PledgeRow, ...]
    pledge_counts: tuple[Figure, ...]
    pledges_href: str
    contested: tuple[ContestedRow, ...]
    contested_href: str
    contested_count: int
    versus: Versus | None
    choices: Choices


def dyad(desk: Desk, asked: DyadAsked) -> DyadView:
    """How two stand over time, and what happened between them."""
    tie = tie_of(desk, asked.one, asked.other)
    picked = chosen(desk, tie, asked)
    to = _addresses(tie, asked)
    made = series_of(desk, picked.found, key_of(tie, asked), asked.by)
    turns = turns_of(desk, made, key_of(tie, asked), asked.by)
    listed = picked.within[::-1] if asked.sort == "newest" else picked.within
    shown, pager = paged(listed, asked.page, lambda number: to(page=number), asked.per or ROWS)
    met = [each for each in contacts_of(desk, tie) if each.what.id in picked.ids]
    promised = [each for each in pledges_of(desk, tie) if each.what.id in picked.ids]
    first = firsts_of(desk, tie)
    doubted = [each for each in picked.within if each.standing in ("contested", "denied")][::-1]
    return DyadView(
        title=one_line(tie.title),
        one=Ref(name=one_line(tie.one.name), href=links.actor(tie.one.key)),
        other=Ref(name=one_line(tie.other.name), href=links.actor(tie.other.key)),
        path=links.dyad(*tie.key),
        swapped=links.changed(links.dyad(*reversed(tie.key)), asked.query(without=_PATH)),
        brief=links.brief(*tie.key, since=picked.since, until=picked.until),
        window=_window(picked),
        all_time=to(since=None, until=None) if _window(picked) else None,
        filters=_filters(asked, to),
        figures=_figures(picked, to),
        chart=_chart(desk, tie, asked, picked, made),
        svg=links.with_query(f"{links.dyad(*tie.key)}.svg", **asked.query(without=(*_PATH, "page", "per"))),
        left_out=_left_out(made),
        turns=tuple(turn_row(each, to(since=each.start.isoformat(), until=None)) for each in reversed(turns)),
        rows=tuple(map(incident_row, shown)),
        pager=pager,
        contacts=tuple(contact_row(tie, each, first.get(each.what.id)) for each in latest_first(met)[:FEW]),
        contact_counts=_contact_counts(met, to),
        contacts_href=links.changed(f"{links.dyad(*tie.key)}/meetings", _shared(asked)),
        pledges=tuple(pledge_row(each) for each in open_at(promised)[:FEW]),
        pledge_counts=_pledge_counts(tie, asked, promised),
        pledges_href=links.changed(f"{links.dyad(*tie.key)}/pledges", _shared(asked)),
        contested=tuple(map(contested_row, doubted[:FEW])),
        contested_href=to(standing=("contested", "denied")),
        contested_count=len(doubted),
        versus=_versus(desk, tie, asked, picked, made) if asked.versus is not None else None,
        choices=_choices(desk, tie),
    )


def warm(desk: Desk) -> None:
    """Have the largest ties ready before anybody asks."""
    for one, other in sorted(desk.pairs, key=lambda pair: (-len(desk.pairs[pair]), pair))[:READY]:
        dyad(desk, DyadAsked(one=one, other=other))


def _addresses(tie: Tie, asked: DyadAsked) -> Callable[..., str]:
    """Makes addresses of this page with something changed."""
    path, query = links.dyad(*tie.key), asked.query(without=_PATH)
    return lambda **changes: links.changed(path, query, **changes)


def _shared(asked: DyadAsked) -> dict[str, links.Value]:
    """What the pages of meetings and pledges are asked in the same words."""
    return asked.query(without=(*_PATH, "by", "versus", "sort", "page", "per", "contact"))


def _window(picked: Chosen) -> str | None:
    if picked.since is None and picked.until is None:
        return None
    return f"{picked.since or 'the beginning'} to {picked.until or 'the end'}"


def _filters(asked: DyadAsked, to: Callable[..., str]) -> tuple[Ref, ...]:
    """Each filter that is set, leading to the page without it."""
    found = []
    for name in NARROWING:
        value, default = getattr(asked, name), getattr(_DEFAULTS, name)
        if value != default:
            found.append(Ref(name=filter_words(name, _FILTERS[name], value), href=to(**{name: None})))
    return tuple(found)


_DEFAULTS: Final = DyadAsked(one="", other="")
_FILTERS: Final = {
    **FILTERS,
    "voices": "told by media",
    "direction": "direction",
    "contact": "contact",
}


def _figures(picked: Chosen, to: Callable[..., str]) -> tuple[Figure, ...]:
    quads = Counter(each.quad for each in picked.within)
    figures = [Figure(number=len(picked.within), words="incidents", href=to())]
    for quad in (1, 2, 3, 4):
        figures.append(Figure(number=quads[quad], words=QUADS[quad - 1], href=to(quad=(str(quad),))))
    several = sum(len(each.origins) > 1 for each in picked.within)
    figures.append(Figure(number=several, words="on several independent words", href=to(origins=2)))
    return tuple(figures)


def _chart(desk: Desk, tie: Tie, asked: DyadAsked, picked: Chosen, made: Series | None) -> Chart | None:
    if made is None or len(made.points) < 2:
        return None
    turns = turns_of(desk, made, key_of(tie, asked), asked.by)
    other = _versus_series(desk, asked, made.period)
    return tie_chart(tie.title, made, turns, (picked.since, picked.until), other)


def _versus_series(desk: Desk, asked: DyadAsked, period: Period) -> tuple[str, Series] | None:
    """The tie that stands beside, with its series in the same periods; None where there is none to draw."""
    if asked.versus is None:
        return None
    tie, question = tie_of(desk, asked.one, asked.versus), _for_versus(asked)
    found = series_of(desk, chosen(desk, tie, question).found, key_of(tie, question), period)
    return (tie.title, found) if found is not None else None


def _for_versus(asked: DyadAsked) -> DyadAsked:
    """The same question of another tie: persons of the first one are not asked for there."""
    return msgspec.structs.replace(asked, person=None)


def _left_out(made: Series | None) -> str | None:
    """How many incidents stand in no period, and why."""
    if made is None:
        return None
    reasons = (
        (made.undated, "without a date"),
        (made.coarse, f"dated less precisely than a {made.period}"),
        (made.outside, "dated long before the first article or after the last"),
    )
    told = "; ".join(f"{number:,} {why}" for number, why in reasons if number)
    return f"Counted is what took place. Left out: {told}." if told else "Counted is what took place."


def _contact_counts(met: Sequence[Encounter], to: Callable[..., str]) -> tuple[Figure, ...]:
    counted = Counter(each.kind for each in met)
    return tuple(
        Figure(number=counted[kind], words=CONTACTS[kind], href=to(contact=kind)) for kind in KINDS if counted[kind]
    )


def _pledge_counts(tie: Tie, asked: DyadAsked, promised: Sequence[Pledge]) -> tuple[Figure, ...]:
    counted = Counter(each.state for each in promised)
    path, query = f"{links.dyad(*tie.key)}/pledges", _shared(asked)
    return tuple(
        Figure(number=counted[state], words=state, href=links.changed(path, query, state=state))
        for state in PLEDGES
        if counted[state]
    )


def _versus(desk: Desk, tie: Tie, asked: DyadAsked, picked: Chosen, made: Series | None) -> Versus:
    key = ("versus", *tie.key, *key_of(tie, asked), asked.versus, picked.since, picked.until, asked.by)
    return desk.memo(key, lambda: _versus_made(desk, tie, asked, picked, made))


def _versus_made(desk: Desk, tie: Tie, asked: DyadAsked, picked: Chosen, made: Series | None) -> Versus:
    beside = tie_of(desk, asked.one, asked.versus or "")
    theirs = chosen(desk, beside, _for_versus(asked))
    sides = [Side(name=s.name, code=s.code, holds=s.holds) for s in (tie.one, tie.other, beside.other)]
    both = {each.id: each for each in (*picked.within, *theirs.within)}
    ties = compare(both.values(), sides[0], sides[1:])
    return Versus(
        name=one_line(beside.other.name),
        href=links.changed(links.dyad(*beside.key), _for_versus(asked).query(without=(*_PATH, "versus"))),
        drawn=made is not None and _versus_series(desk, asked, made.period) is not None,
        words=tuple(map(one_line, comparison_words(sides[0], ties))),
        columns=("", *(one_line(each.other.name) for each in ties)),
        rows=tuple((name, *(told(each) for each in ties)) for name, told in _COMPARED),
    )


_COMPARED: Final[tuple[tuple[str, Callable[[ComparedTie], str]], ...]] = (
    ("incidents", lambda tie: str(len(tie.found))),
    ("cooperation", lambda tie: str(tie.cooperation)),
    ("conflict", lambda tie: str(tie.conflict)),
    ("mean score, 95 %", lambda tie: f"{tie.index.mean:+.1f} ({tie.index.low:+.1f} to {tie.index.high:+.1f})"),
    ("trips received", lambda tie: str(len(tie.received))),
    ("trips paid", lambda tie: str(len(tie.paid))),
    ("calls", lambda tie: str(tie.count("call"))),
)


def _choices(desk: Desk, tie: Tie) -> Choices:
    """What can be chosen; other ties are those of the first side, with most incidents first."""

    def ties() -> tuple[tuple[str, str], ...]:
        code = tie.one.code
        others = [(b if a == code else a, len(found)) for (a, b), found in desk.pairs.items() if code in (a, b)]
        ranked = sorted(others, key=lambda item: (-item[1], item[0]))
        named = ((key, one_line(desk.subject(key).name)) for key, _ in ranked if key != tie.other.code)
        return tuple(named)

    return Choices(
        types=TYPES,
        standings=get_args(Standing),
        sources=STANDINGS,
        persons=tuple((name, f"{one_line(name)} ({number})") for name, number in persons_of(desk, tie)),
        periods=PERIODS,
        contacts=KINDS,
        ties=desk.memo(("ties of", *tie.key), ties),
    )


def _svg(request: Request) -> Response:
    """The chart as a picture, for readers without JavaScript and for print."""
    asked = asked_of(DyadAsked, request)
    desk: Desk = request.app.state.keeper.desk()
    chart = dyad(desk, asked).chart
    empty = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    drawn = desk.memo(("svg", str(request.url)), lambda: drawn_svg(chart.spec)) if chart is not None else empty
    return Response(drawn, media_type="image/svg+xml")


file(router, "/dyad/{one}/{other}.svg", "image/svg+xml", DyadAsked, _svg)
page(router, "/dyad/{one}/{other}", "dyad.html", dyad)
