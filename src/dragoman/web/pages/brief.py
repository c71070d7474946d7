"""The brief: on two parties or one, of a window, in the page; as Markdown, HTML and PDF to download."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.briefing import Brief, to_html, to_markdown, to_pdf
from dragoman.briefing.chart import chart_svg
from dragoman.briefing.wording import one_line
from dragoman.errors import UsageError
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage, Share
from dragoman.web.brief_view import BriefParts, Line, brief_parts, line_of
from dragoman.web.briefs import Order, brief_now, brief_soon, order_of, told_of
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError
from dragoman.web.filtering import parties
from dragoman.web.pages.base import Asked, NavItem, file, page, told_error
from dragoman.web.pages.base import asked as asked_of
from dragoman.web.parts import IncidentRow, Pager, Ref, incident_row, paged

nav = NavItem(label="Brief", href=links.brief(), order=60)
router = APIRouter()
ROWS: Final = 40
IGNORED: Final = ("figure", "page", "per")
"""Fields of the page that a file of the brief has no use for."""
TIES: Final = 12
WHITE: Final = "#ffffff"
SECONDS: Final = 2
"""After how many seconds the page of a brief in the making is loaded again."""


class BriefAsked(Asked, frozen=True, kw_only=True):
    """On whom, of which days, from which confidence on; `figure` lists what one of its numbers counts, `page` is that
    of this list or else of the other incidents.
    """

    a: str | None = None
    b: str | None = None
    since: str | None = None
    until: str | None = None
    min_confidence: Share | None = None
    figure: str | None = None
    page: PageNumber = 1
    per: PerPage | None = None


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """What a number of the brief counts."""

    label: str
    rows: tuple[IncidentRow, ...]
    pager: Pager
    back: str


class Others(msgspec.Struct, frozen=True, kw_only=True):
    """The incidents that the brief does not tell in full, in order of time."""

    rows: tuple[Line, ...]
    pager: Pager


class Download(msgspec.Struct, frozen=True, kw_only=True):
    """A file of the brief; `missing` says why it cannot be had."""

    name: str
    href: str
    missing: str | None = None


class BriefView(msgspec.Struct, frozen=True, kw_only=True):
    """The page of a brief: nobody asked for (`parts` and `making` are None), in the making (how many incidents it is
    made of), or ready.
    """

    title: str | None
    making: int | None
    again: int
    parts: BriefParts | None
    others: Others | None
    counted: Counted | None
    downloads: tuple[Download, ...]
    svg: str | None
    tie: Ref | None
    swapped: str | None
    ties: tuple[Ref, ...]
    parties: tuple[str, ...]


def brief(desk: Desk, asked: BriefAsked) -> BriefView:
    """The brief on a tie or a party; raises `NotFoundError` for strangers and `UsageError` for what is no day."""
    asked = _tidy(asked)
    order = order_of(desk, asked.a, asked.b, asked.since, asked.until, asked.min_confidence)
    made = brief_soon(desk, order) if order is not None else None
    query = asked.query(without=("figure", "page"))

    def to(**changes: links.Value) -> str:
        return links.changed("/brief", query, **changes)

    return BriefView(
        title=_title(order),
        making=len(told_of(desk, order)) if order is not None and made is None else None,
        again=SECONDS,
        parts=_parts(desk, order, made, to) if order is not None and made is not None else None,
        others=_others(made, asked, to) if made is not None and made.others else None,
        counted=_counted(desk, made, asked, to) if made is not None and asked.figure is not None else None,
        downloads=_downloads(query) if order is not None else (),
        svg=links.with_query("/brief.svg", **query) if made is not None and made.series is not None else None,
        tie=_tie(order) if order is not None else None,
        swapped=to(a=asked.b, b=asked.a) if asked.b is not None else None,
        ties=_ties(desk) if order is None else (),
        parties=tuple(parties(desk)),
    )


def _tidy(asked: BriefAsked) -> BriefAsked:
    """One party alone is the first."""
    return msgspec.structs.replace(asked, a=asked.b, b=None) if asked.a is None and asked.b is not None else asked


def _title(order: Order | None) -> str | None:
    return " – ".join(one_line(subject.name) for subject in order.subjects) if order is not None else None


def _parts(desk: Desk, order: Order, made: Brief, to: Callable[..., str]) -> BriefParts:
    whole = _tie(order).href or links.OVERVIEW
    return brief_parts(desk, made, whole, lambda anchor: f"{to(figure=anchor)}#counted")


def _others(made: Brief, asked: BriefAsked, to: Callable[..., str]) -> Others:
    at = asked.page if asked.figure is None else 1
    shown, pager = paged(made.others, at, lambda number: f"{to(page=number)}#others", asked.per or ROWS)
    return Others(rows=tuple(map(line_of, shown)), pager=pager)


def _counted(desk: Desk, made: Brief, asked: BriefAsked, to: Callable[..., str]) -> Counted:
    figure = next((each for each in made.figures if each.anchor == asked.figure), None)
    if figure is None:
        valid = f"f1 to f{len(made.figures)}" if made.figures else "none"
        raise RefusedError(f"'figure' is '{one_line(asked.figure or '')}'. This brief has {valid}.")

    def address(number: int) -> str:
        return f"{to(figure=figure.anchor, page=number)}#counted"

    shown, pager = paged(figure.ids, asked.page, address, asked.per or ROWS)
    rows = tuple(incident_row(desk.incident(key)) for key in shown)
    return Counted(label=figure.label, rows=rows, pager=pager, back=to())


def _downloads(query: dict[str, links.Value]) -> tuple[Download, ...]:
    missing = None if _has_typst() else "needs the extra 'pdf'"
    return (
        Download(name="Markdown", href=links.with_query("/brief.md", **query)),
        Download(name="HTML", href=links.with_query("/brief.html", **query)),
        Download(name="PDF", href=links.with_query("/brief.pdf", **query), missing=missing),
    )


def _has_typst() -> bool:
    return importlib.util.find_spec("typst") is not None


def _tie(order: Order) -> Ref:
    """The page with all that the brief is made of."""
    one, time = order.subjects[0], {"since": order.since, "until": order.until}
    if len(order.subjects) == 2:
        least = None if order.least is None else f"{order.least:g}"
        return Ref(name="The tie", href=links.dyad(one.key, order.subjects[1].key, confidence=least, **time))
    return Ref(name=one_line(one.name), href=links.actor(one.key, part="incidents", **time))


def _ties(desk: Desk) -> tuple[Ref, ...]:
    """The ties with most incidents, to begin with."""
    ranked = sorted(desk.pairs, key=lambda pair: (-len(desk.pairs[pair]), pair))[:TIES]
    return tuple(
        Ref(
            name=" – ".join(one_line(desk.subject(code).name) for code in pair),
            href=links.brief(*pair),
            note=f"{len(desk.pairs[pair]):,}",
        )
        for pair in ranked
    )


def _asked_brief(request: Request) -> tuple[Brief, Order]:
    """The brief that a download is of, however long that takes."""
    asked = _tidy(asked_of(BriefAsked, request))
    desk: Desk = request.app.state.keeper.desk()
    order = order_of(desk, asked.a, asked.b, asked.since, asked.until, asked.min_confidence)
    if order is None:
        raise RefusedError("A brief is on two parties or one. Give 'a', or 'a' and 'b': a state, a person or a body.")
    return brief_now(desk, order), order


def _download(content: bytes, kind: str, order: Order, ending: str) -> Response:
    keys: Sequence[str | None] = (*(subject.key for subject in order.subjects), order.since, order.until)
    name = "-".join(re.sub(r"[^a-z0-9]+", "-", key.lower()).strip("-") for key in keys if key)
    headers = {"Content-Disposition": f'attachment; filename="brief-{name or "all"}.{ending}"'}
    return Response(content, media_type=kind, headers=headers)


def _markdown(request: Request) -> Response:
    """The brief as Markdown, with every source."""
    made, order = _asked_brief(request)
    text = to_markdown(made).encode("utf-8", "replace")
    return _download(text, "text/markdown; charset=utf-8", order, "md")


def _html(request: Request) -> Response:
    """The brief as a page to send on."""
    made, order = _asked_brief(request)
    return _download(to_html(made).encode("utf-8", "replace"), "text/html; charset=utf-8", order, "html")


def _pdf(request: Request) -> Response:
    """The PDF; without the package that sets it, a page that says so."""
    made, order = _asked_brief(request)
    try:
        content = to_pdf(made)
    except UsageError as error:
        return told_error(request, 501, str(error))
    return _download(content, "application/pdf", order, "pdf")


def _svg(request: Request) -> Response:
    """The chart as a picture, for readers without JavaScript."""
    made, _ = _asked_brief(request)
    if made.series is None:
        raise NotFoundError("This brief has no chart: too little of it has a date.")
    drawn = chart_svg(made.series, made.turns, made.title, background=WHITE)
    return Response(drawn, media_type="image/svg+xml")


file(router, "/brief.md", "text/markdown", BriefAsked, _markdown, IGNORED)
file(router, "/brief.html", "text/html", BriefAsked, _html, IGNORED)
file(router, "/brief.pdf", "application/pdf", BriefAsked, _pdf, IGNORED)
file(router, "/brief.svg", "image/svg+xml", BriefAsked, _svg, IGNORED)
page(router, "/brief", "brief.html", brief)
