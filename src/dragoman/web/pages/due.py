"""What is due: pledges of the last year whose time is near or over, of all ties."""

from __future__ import annotations

from typing import Literal

import msgspec
from fastapi import APIRouter

from dragoman.analysis.pledges_answers import PledgeKind
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.desk import Desk
from dragoman.web.due import due_soon, overdue, recent_pledges
from dragoman.web.pages.base import Asked, page
from dragoman.web.parts import PAGE, Pager, Tab, paged
from dragoman.web.tie_rows import PledgeRow, pledge_row

router = APIRouter()


class DueAsked(Asked, frozen=True, kw_only=True):
    """Which pledges: due, with their time ahead, or overdue."""

    state: Literal["due", "overdue"] = "due"
    kind: PledgeKind | None = None
    page: PageNumber = 1
    per: PerPage | None = None


class Due(msgspec.Struct, frozen=True, kw_only=True):
    """Pledges by their time."""

    day: str | None
    tabs: tuple[Tab, ...]
    rows: tuple[PledgeRow, ...]
    pager: Pager


def due(desk: Desk, asked: DueAsked) -> Due:
    """What is due or overdue."""
    made = [each for each in recent_pledges(desk) if asked.kind in (None, each.kind)]
    lists = {"due": due_soon(desk, made), "overdue": overdue(made)}
    query = asked.query()
    shown, pager = paged(
        lists[asked.state], asked.page, lambda number: links.changed("/due", query, page=number), asked.per or PAGE
    )
    tabs = tuple(
        Tab(
            words=state,
            number=len(found),
            href=links.changed("/due", query, state=None if state == "due" else state),
            chosen=state == asked.state,
        )
        for state, found in lists.items()
    )
    return Due(day=desk.last_day, tabs=tabs, rows=tuple(map(pledge_row, shown)), pager=pager)


page(router, "/due", "due.html", due)
