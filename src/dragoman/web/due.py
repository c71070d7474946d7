"""What is due and overdue in the whole record: the pledges of its last year, put together once for each desk."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Final

from dragoman.analysis.occurrence import day_of
from dragoman.analysis.pledges import Pledge, open_at, pledges
from dragoman.web.desk import Desk

BACK: Final = 400
"""Days before the newest article; what was promised earlier is looked for on the page of its tie."""


def recent_pledges(desk: Desk) -> Sequence[Pledge]:
    """The pledges first told in the last year or so of the record, as they stand on its last day."""
    last = desk.last_day
    if last is None:
        return ()

    def find() -> Sequence[Pledge]:
        first = (day_of(last) - datetime.timedelta(days=BACK)).isoformat()
        found = [each for each in desk.incidents if (each.first_reported or "") >= first]
        return tuple(pledges(found, as_of=last))

    return desk.memo("recent pledges", find)


def overdue(found: Sequence[Pledge]) -> list[Pledge]:
    """Those whose time is over, the latest first."""
    return [each for each in reversed(open_at(found)) if each.state == "overdue"]


def due_soon(desk: Desk, found: Sequence[Pledge], days: int | None = None) -> list[Pledge]:
    """Open ones with a time, the next first; with `days` only those that begin so soon after the newest article."""
    dated = [each for each in open_at(found) if each.state == "open" and each.due is not None]
    if days is None or desk.last_day is None:
        return dated
    end = (day_of(desk.last_day) + datetime.timedelta(days=days)).isoformat()
    return [each for each in dated if each.due is not None and each.due.start <= end]
