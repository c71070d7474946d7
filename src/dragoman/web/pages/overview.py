"""The overview: what is new in the last days of the record, which ties are most active and turned, what is due."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final, Literal

import msgspec
from fastapi import APIRouter

from dragoman.analysis.incidents import Incident, choose
from dragoman.analysis.occurrence import day_of
from dragoman.analysis.series_index import Estimate, estimates
from dragoman.briefing.wording import one_line
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.desk import Desk
from dragoman.web.due import due_soon, overdue, recent_pledges
from dragoman.web.pages.base import Asked, NavItem, page
from dragoman.web.parts import IncidentRow, Pager, Ref, Spark, incident_row, paged
from dragoman.web.tie import Tie, tie_of, whole_series
from dragoman.web.tie_rows import PledgeRow, TurnRow, pledge_row, turn_row

nav = NavItem(label="Overview", href=links.OVERVIEW, order=0)
router = APIRouter()
Days = Literal[7, 30, 90, 365]
WINDOWS: Final[tuple[Days, ...]] = (7, 30, 90, 365)
NEW: Final = 12
ACTIVE: Final = 10
LOOKED_AT: Final = 40
"""Ties, those with most incidents first, among which turning points are looked for."""
ENOUGH: Final = 12
"""Incidents that a tie must have to be looked at for turning points."""
TURNS: Final = 8
DUE: Final = 5
POINTS: Final = 20


class OverviewAsked(Asked, frozen=True, kw_only=True):
    """How many days back from the newest article counts as new, and which page of what is new."""

    days: Days = 30
    page: PageNumber = 1
    per: PerPage | None = None


class ActiveRow(msgspec.Struct, frozen=True, kw_only=True):
    """A tie that was active: incidents of the window and what the record's earlier pace would have given, the
    index of the window with its interval, by how much it differs from that of the time before, and its course.
    """

    name: str
    href: str
    new: int
    new_href: str
    usual: float
    index: float
    low: float
    high: float
    change: float | None
    sure: bool
    cooperation: int
    conflict: int
    spark: Spark | None


class TieTurn(msgspec.Struct, frozen=True, kw_only=True):
    """A turning point and whose."""

    tie: Ref
    turn: TurnRow


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What the overview shows; `since` is the first day of the window, None for a record without days."""

    days: int
    windows: tuple[Ref, ...]
    since: str | None
    until: str | None
    incidents: int
    reports: int
    articles: int
    new: tuple[IncidentRow, ...]
    pager: Pager
    changed: tuple[IncidentRow, ...]
    active: tuple[ActiveRow, ...]
    turns: tuple[TieTurn, ...]
    due: tuple[PledgeRow, ...]
    due_count: int
    overdue: tuple[PledgeRow, ...]
    overdue_count: int
    states: tuple[str, ...]


def overview(desk: Desk, asked: OverviewAsked) -> Overview:
    """What is new, which ties are most active, where one turned, what is due."""
    since = _since(desk, asked.days)
    new = desk.memo(("new", asked.days), lambda: _new(desk, since))
    shown, pager = paged(
        new, asked.page, lambda number: links.changed("/", asked.query(), page=number), asked.per or NEW
    )
    made = recent_pledges(desk)
    soon, late = due_soon(desk, made, asked.days), overdue(made)
    return Overview(
        days=asked.days,
        windows=tuple(
            Ref(name=f"{days} days", href=links.with_query("/", days=None if days == 30 else days), note=str(days))
            for days in WINDOWS
        ),
        since=since,
        until=desk.last_day,
        incidents=len(desk.incidents),
        reports=desk.report_count(),
        articles=desk.span.articles,
        new=tuple(map(incident_row, shown)),
        pager=pager,
        changed=tuple(map(incident_row, desk.memo(("changed", asked.days), lambda: _changed(desk, since))[:DUE])),
        active=desk.memo(("active", asked.days), lambda: _active(desk, since, asked.days)),
        turns=desk.memo("turned", lambda: _turned(desk)),
        due=tuple(map(pledge_row, soon[:DUE])),
        due_count=len(soon),
        overdue=tuple(map(pledge_row, late[:DUE])),
        overdue_count=len(late),
        states=desk.memo("states", lambda: tuple(sorted(desk.subject(code).name for code in desk.countries))),
    )


def warm(desk: Desk) -> None:
    """Have what takes longest ready before anybody asks."""
    for days in WINDOWS:
        overview(desk, OverviewAsked(days=days))


def _since(desk: Desk, days: int) -> str | None:
    if desk.last_day is None:
        return None
    return (day_of(desk.last_day) - datetime.timedelta(days=days)).isoformat()


def _new(desk: Desk, since: str | None) -> Sequence[Incident]:
    """What was first told in the window, the latest first."""
    found = [each for each in desk.incidents if (each.first_reported or "") >= (since or "~")]
    return tuple(sorted(found, key=lambda each: (each.first_reported or "", each.order), reverse=True))


def _changed(desk: Desk, since: str | None) -> Sequence[Incident]:
    """What was told before and stands otherwise by what was told in the window, the latest first."""
    found = [
        each
        for each in desk.incidents
        if len(each.course) > 1
        and (each.course[-1].day or "") >= (since or "~")
        and each.course[-1].standing != each.course[0].standing
        and (each.first_reported or "") < (since or "~")
    ]
    return tuple(sorted(found, key=lambda each: each.course[-1].day or "", reverse=True))


def _active(desk: Desk, since: str | None, days: int) -> tuple[ActiveRow, ...]:
    """The ties with most incidents in the window: by their day, as the page of a tie counts them."""
    if since is None:
        return ()
    counted = [(len(choose(found, since=since)), pair) for pair, found in desk.pairs.items()]
    ranked = sorted((item for item in counted if item[0]), key=lambda item: (-item[0], item[1]))
    return tuple(_active_row(desk, tie_of(desk, *pair), since, days) for _, pair in ranked[:ACTIVE])


def _active_row(desk: Desk, tie: Tie, since: str, days: int) -> ActiveRow:
    new = choose(tie.found, since=since)
    ids = {each.id for each in new}
    before = [each for each in tie.found if each.id not in ids]
    was, now = _indices(before, new)
    reach = (day_of(since) - day_of(desk.span.first or since)).days
    return ActiveRow(
        name=one_line(tie.title),
        href=links.dyad(*tie.key),
        new=len(new),
        new_href=links.dyad(*tie.key, since=since),
        usual=round(len(before) * days / reach, 1) if reach > 0 else 0.0,
        index=now.mean,
        low=now.low,
        high=now.high,
        change=round(now.mean - was.mean, 2) if was is not None else None,
        sure=was is not None and (now.low > was.high or now.high < was.low),
        cooperation=sum(each.quad <= 2 for each in new),
        conflict=sum(each.quad > 2 for each in new),
        spark=_spark(desk, tie),
    )


def _indices(before: Sequence[Incident], new: Sequence[Incident]) -> tuple[Estimate | None, Estimate]:
    """The index of the time before, None where nothing took place then, and that of the window."""
    old = [each.intensity for each in before if each.status == "actual"]
    found = estimates([old, [each.intensity for each in new if each.status == "actual"]])
    return found[0] if old else None, found[1]


def _spark(desk: Desk, tie: Tie) -> Spark | None:
    """The last periods of a tie's index, with gaps where nothing took place."""
    made, _ = whole_series(desk, tie)
    if made is None:
        return None
    points = made.points[-POINTS:]
    return Spark(
        values=(None,) * (POINTS - len(points)) + tuple(point.index.mean if point.found else None for point in points),
        words=f"Index by {made.period}, {points[0].label} to {points[-1].label}, now {points[-1].index.mean:+.1f}",
    )


def _turned(desk: Desk) -> tuple[TieTurn, ...]:
    """The latest turning points among the ties with most incidents."""
    largest = sorted(desk.pairs, key=lambda pair: (-len(desk.pairs[pair]), pair))[:LOOKED_AT]
    found = []
    for pair in largest:
        if len(desk.pairs[pair]) >= ENOUGH:
            tie = tie_of(desk, *pair)
            found += [(turn.start, tie, turn) for turn in whole_series(desk, tie)[1]]
    found.sort(key=lambda item: (item[0], item[1].title), reverse=True)
    return tuple(
        TieTurn(
            tie=Ref(name=one_line(tie.title), href=links.dyad(*tie.key)),
            turn=turn_row(turn, links.dyad(*tie.key, since=start.isoformat())),
        )
        for start, tie, turn in found[:TURNS]
    )


page(router, links.OVERVIEW, "overview.html", overview)
