"""The search page: full text over articles, claims and events, with filters and counts, and its export as a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable
from typing import Final, Literal, get_args

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from dragoman.briefing.wording import one_line, shortened
from dragoman.exchange.found import found_bytes
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.holders import fold_name
from dragoman.model import EventType, Status
from dragoman.record.filters import STATUSES, TYPES, checked
from dragoman.record.search import Ask, Facet, Kind, Page, Sort
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.desk import Desk
from dragoman.web.errors import RefusedError
from dragoman.web.index import finder
from dragoman.web.pages.base import Asked, NavItem, file, page
from dragoman.web.pages.base import asked as asked_of
from dragoman.web.parts import Pager, Ref
from dragoman.web.search_rows import HitRow, hit_row

nav = NavItem(label="Search", href="/search", order=10)
router = APIRouter()
SIZE: Final = 20
LAST: Final = 500
"""Pages beyond which there is only the export."""
In = Literal["articles", "claims", "events"]
IN: Final[tuple[In, ...]] = get_args(In)
_KINDS: Final[dict[In, Kind]] = {"events": "event", "claims": "claim", "articles": "article"}
_FORMATS: Final = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson"}
_LONGEST: Final = 400


class SearchAsked(Asked, frozen=True, kw_only=True):
    """Words and filters; `dyad` is 'PRK-RUS', `party` a state by code or any name, days may be months or years."""

    q: str = ""
    kind: In | None = None
    type: tuple[EventType, ...] = ()
    status: tuple[Status, ...] = ()
    dyad: tuple[str, ...] = ()
    party: tuple[str, ...] = ()
    outlet: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    sort: Sort = "relevance"
    page: PageNumber = 1
    per: PerPage | None = None


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """A value that the result can be narrowed to, or that it is: then `href` takes it away."""

    words: str
    href: str
    number: int | None = None
    chosen: bool = False
    title: str | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """The values of one kind."""

    name: str
    choices: tuple[Choice, ...]


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    """What was found; `making` when there is no index yet, `behind` when it is not of the record's latest state."""

    q: str
    shown: In
    tabs: tuple[Choice, ...]
    sorts: tuple[Choice, ...]
    set: tuple[Choice, ...]
    groups: tuple[Group, ...]
    rows: tuple[HitRow, ...]
    pager: Pager
    notes: tuple[str, ...]
    meant: Ref | None
    exports: tuple[Ref, ...]
    begun: bool
    making: bool
    behind: bool
    types: tuple[str, ...]
    statuses: tuple[str, ...]


def search(desk: Desk, asked: SearchAsked) -> SearchView:
    """Articles, claims and events by words."""
    ask = _ask(desk, asked)
    index, current = finder(desk).index(desk)
    to = _addresses(asked)
    empty = Page(hits=(), total=0, kinds=dict.fromkeys(_KINDS.values(), 0), facets={}, notes=(), suggestion=None)
    per = asked.per or SIZE
    begun = bool(asked.q or asked.query(without=("page", "per", "sort", "kind", "q")))
    shown: In = asked.kind or "events"
    found = empty
    if index is not None and begun:
        at = min(asked.page, LAST * SIZE // per)
        if asked.kind is None:
            counted = index.kinds(ask)
            shown = next((name for name, kind in _KINDS.items() if counted[kind]), shown)
        found = index.find(_of_kind(ask, _KINDS[shown]), (at - 1) * per, per)
    return SearchView(
        q=one_line(asked.q),
        shown=shown,
        tabs=tuple(_tab(name, found, shown, to) for name in _KINDS),
        sorts=_sorts(asked, to),
        set=_set(asked, to),
        groups=_groups(asked, found, to),
        rows=tuple(hit_row(desk, hit) for hit in found.hits),
        pager=_pager(found.total, asked.page, per, to),
        notes=tuple(map(one_line, found.notes)),
        meant=Ref(name=one_line(found.suggestion), href=to(q=found.suggestion)) if found.suggestion else None,
        exports=_exports(asked, shown) if found.total else (),
        begun=begun,
        making=index is None,
        behind=not current,
        types=TYPES,
        statuses=STATUSES,
    )


def warm(desk: Desk) -> None:
    """Begin to make the index before anybody asks."""
    finder(desk).index(desk)


def _of_kind(ask: Ask, kind: Kind) -> Ask:
    return dataclasses.replace(ask, kind=kind)


def _ask(desk: Desk, asked: SearchAsked) -> Ask:
    """The question to the index; raises `RefusedError` and `UsageError` that say what is valid."""
    if len(asked.q) > _LONGEST:
        raise RefusedError(f"The question has {len(asked.q)} letters. Ask with {_LONGEST} or fewer.")
    days = checked(since=asked.since, until=asked.until)
    return Ask(
        q=asked.q,
        types=tuple(asked.type),
        statuses=tuple(asked.status),
        dyads=tuple(map(_dyad, asked.dyad)),
        parties=tuple(_party(desk, name) for name in asked.party),
        outlets=tuple(asked.outlet),
        years=tuple(asked.year),
        since=days.since,
        until=days.until,
        sort=asked.sort,
    )


def _dyad(text: str) -> str:
    """Two codes in order; raises `RefusedError` for what is none."""
    codes = [code.strip().upper() for code in text.replace("–", "-").split("-")]
    if len(codes) != 2 or any(code not in load_actors().by_code for code in codes):
        raise RefusedError(f"'dyad' is '{shortened(one_line(text), 60)}'. Give two states' codes, like PRK-RUS.")
    return "-".join(sorted(codes))


def _party(desk: Desk, name: str) -> str:
    subject = desk.subject(name)
    return subject.code or fold_name(subject.name)


def _addresses(asked: SearchAsked) -> Callable[..., str]:
    """Makes addresses of this page with something changed."""
    query = asked.query()
    return lambda **changes: links.changed("/search", query, **changes)


def _tab(name: In, found: Page, shown: In, to: Callable[..., str]) -> Choice:
    return Choice(words=name.capitalize(), href=to(kind=name), number=found.kinds[_KINDS[name]], chosen=name == shown)


def _sorts(asked: SearchAsked, to: Callable[..., str]) -> tuple[Choice, ...]:
    words: dict[Sort, str] = {"relevance": "best first", "newest": "newest first", "oldest": "oldest first"}
    chosen = asked.sort if asked.q else ("newest" if asked.sort == "relevance" else asked.sort)
    names = [name for name in words if asked.q or name != "relevance"]
    return tuple(
        Choice(words=words[name], href=to(sort=None if name == "relevance" else name), chosen=name == chosen)
        for name in names
    )


def _set(asked: SearchAsked, to: Callable[..., str]) -> tuple[Choice, ...]:
    """Each filter that is set, leading to the page without it."""
    found = []
    for name in ("type", "status", "dyad", "party", "outlet", "year"):
        values: tuple[str, ...] = getattr(asked, name)
        for value in values:
            rest = tuple(each for each in values if each != value)
            found.append(Choice(words=f"{name}: {_value(name, value)}", href=to(**{name: rest}), chosen=True))
    for name, words in (("since", "from"), ("until", "to")):
        if getattr(asked, name) is not None:
            day = one_line(getattr(asked, name))
            found.append(Choice(words=f"{words} {day}", href=to(**{name: None}), chosen=True))
    return tuple(found)


def _groups(asked: SearchAsked, found: Page, to: Callable[..., str]) -> tuple[Group, ...]:
    names = {"type": "Type of event", "dyad": "Tie", "outlet": "Outlet", "year": "Year", "status": "Status"}
    groups = []
    for name, words in names.items():
        chosen: tuple[str, ...] = tuple(map(_dyad, asked.dyad)) if name == "dyad" else getattr(asked, name)
        choices = tuple(_choice(name, facet, chosen, to) for facet in found.facets.get(name, ()))
        if choices:
            groups.append(Group(name=words, choices=choices))
    return tuple(groups)


def _choice(name: str, facet: Facet, chosen: tuple[str, ...], to: Callable[..., str]) -> Choice:
    is_chosen = facet.value in chosen
    values = tuple(v for v in chosen if v != facet.value) if is_chosen else (*chosen, facet.value)
    words = _value(name, facet.value)
    title = None
    if name == "dyad":
        title = " – ".join(load_actors().state(code).name for code in facet.value.split("-") if _known(code)) or None
    return Choice(words=words, href=to(**{name: values}), number=facet.number, chosen=is_chosen, title=title)


def _known(code: str) -> bool:
    return code in load_actors().by_code


def _value(name: str, value: str) -> str:
    return value.replace("-", "–") if name == "dyad" else shortened(one_line(value), 60)


def _pager(total: int, number: int, per: int, to: Callable[..., str]) -> Pager:
    """Where in the result the page is; pages are counted as far as they go."""
    most = LAST * SIZE // per
    pages = max(1, min(-(-total // per), most))
    at = min(number, most)
    first = (at - 1) * per + 1
    last = min(first + per - 1, total)
    before = to(page=min(at - 1, pages)) if at > 1 else None
    after = to(page=at + 1) if at < pages else None
    return Pager(
        page=at,
        pages=pages,
        per=per,
        first=first if first <= total else 0,
        last=last if first <= total else 0,
        total=total,
        before=before,
        after=after,
        previous=links.twin_of(before),
        next=links.twin_of(after),
    )


def _exports(asked: SearchAsked, shown: In) -> tuple[Ref, ...]:
    query = asked.query(without=("page", "per")) | {"kind": shown}
    words = {"csv": "CSV", "jsonl": "JSON Lines"}
    return tuple(Ref(name=words[f], href=links.with_query(f"/search.{f}", **query)) for f in words)


def _export(request: Request, format: Literal["csv", "jsonl"]) -> Response:
    """The whole result as a file, in pieces; the kinds that are asked for, or all three."""
    asked = asked_of(SearchAsked, request)
    desk: Desk = request.app.state.keeper.desk()
    ask = _ask(desk, asked)
    index, _ = finder(desk).index(desk)
    if index is None:
        raise RefusedError("The index of this record is still being made. Ask again in a moment.")
    found = index.every(_of_kind(ask, _KINDS[asked.kind]) if asked.kind else ask)
    name = f"{asked.kind or 'found'}.{format}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    pieces: Iterable[bytes] = found_bytes(found, format)
    return StreamingResponse(pieces, media_type=_FORMATS[format], headers=headers)


def _export_csv(request: Request) -> Response:
    """All that is found, as a table; without `kind` articles, claims and events."""
    return _export(request, "csv")


def _export_jsonl(request: Request) -> Response:
    """All that is found, an object a line; without `kind` articles, claims and events."""
    return _export(request, "jsonl")


file(router, "/search.csv", "text/csv", SearchAsked, _export_csv)
file(router, "/search.jsonl", "application/x-ndjson", SearchAsked, _export_jsonl)
page(router, "/search", "search.html", search)
