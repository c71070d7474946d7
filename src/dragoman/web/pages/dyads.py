"""The list of ties between states, most incidents first, and the way from two names to their tie."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from dragoman.briefing.wording import date_words, one_line
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.desk import Desk
from dragoman.web.pages.base import Asked, page
from dragoman.web.parts import PAGE, Pager, paged

router = APIRouter()


class DyadsAsked(Asked, frozen=True, kw_only=True):
    """One name for the ties of a state, two for the tie of the two."""

    a: str | None = None
    b: str | None = None
    page: PageNumber = 1
    per: PerPage | None = None


class TieRow(msgspec.Struct, frozen=True, kw_only=True):
    """A tie with its number of incidents and the latest one."""

    name: str
    href: str
    incidents: int
    cooperation: int
    conflict: int
    mean: float
    latest: str
    latest_href: str


class Dyads(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list of ties."""

    of: str | None
    rows: tuple[TieRow, ...]
    pager: Pager
    states: tuple[str, ...]


def dyads(desk: Desk, asked: DyadsAsked) -> Dyads | RedirectResponse:
    """The list of ties, or the tie of two."""
    names = [name for name in (asked.a, asked.b) if name is not None]
    subjects = [desk.subject(name) for name in names]
    if len(subjects) == 2:
        return RedirectResponse(links.dyad(subjects[0].key, subjects[1].key), status_code=303)
    code = subjects[0].code if subjects else None
    pairs = [pair for pair in desk.pairs if not subjects or code in pair]
    pairs.sort(key=lambda pair: (-len(desk.pairs[pair]), pair))
    query = asked.query()
    shown, pager = paged(
        pairs, asked.page, lambda number: links.changed("/dyad", query, page=number), asked.per or PAGE
    )
    return Dyads(
        of=one_line(subjects[0].name) if subjects else None,
        rows=tuple(_row(desk, pair, code) for pair in shown),
        pager=pager,
        states=desk.memo("states", lambda: tuple(sorted(desk.subject(each).name for each in desk.countries))),
    )


def _row(desk: Desk, pair: tuple[str, str], first: str | None) -> TieRow:
    """A tie with the state that was asked for in front."""
    return desk.memo(("tie row", pair, first == pair[1]), lambda: _row_made(desk, pair, first))


def _row_made(desk: Desk, pair: tuple[str, str], first: str | None) -> TieRow:
    one, other = (pair[1], pair[0]) if pair[1] == first else pair
    found = desk.pairs[pair]
    actual = [each.intensity for each in found if each.status == "actual"]
    latest = max(found, key=lambda each: each.date.start if each.date is not None else "")
    return TieRow(
        name=one_line(f"{desk.subject(one).name} – {desk.subject(other).name}"),
        href=links.dyad(one, other),
        incidents=len(found),
        cooperation=sum(each.quad <= 2 for each in found),
        conflict=sum(each.quad > 2 for each in found),
        mean=round(sum(actual) / len(actual), 2) if actual else 0.0,
        latest=date_words(latest.date),
        latest_href=links.incident(latest.id),
    )


page(router, "/dyad", "dyads.html", dyads)
