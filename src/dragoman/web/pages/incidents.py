"""The list of all incidents of the record, asked for in the words of a tie's timeline, a page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal, get_args

import msgspec
from fastapi import APIRouter

from dragoman.analysis.incidents import Incident, Standing, choose
from dragoman.analysis.sourcing import STANDINGS
from dragoman.analysis.sourcing import Standing as SourceKind
from dragoman.model import EventType
from dragoman.record.filters import TYPES, checked
from dragoman.web import links
from dragoman.web.asking import Least, PageNumber, PerPage, Share
from dragoman.web.desk import Desk
from dragoman.web.pages.base import Asked, page
from dragoman.web.parts import PAGE, QUADS, IncidentRow, Pager, Ref, incident_row, paged, source_kinds
from dragoman.web.tie import FILTERS, Quad, filter_words

router = APIRouter()
PATH: Final = "/incidents"
Sort = Literal["newest", "oldest", "told", "sources"]
SORTS: Final[Mapping[Sort, str]] = {
    "newest": "newest first",
    "oldest": "oldest first",
    "told": "last told first",
    "sources": "most independent sources first",
}


class IncidentsAsked(Asked, frozen=True, kw_only=True):
    """Which incidents, by the filters of a tie; `person` is a name, of a state or body too, and `told` the day since
    which they were told for the first time.
    """

    since: str | None = None
    until: str | None = None
    told: str | None = None
    type: tuple[EventType, ...] = ()
    quad: tuple[Quad, ...] = ()
    standing: tuple[Standing, ...] = ()
    person: str | None = None
    source: tuple[SourceKind, ...] = ()
    origins: Least = 1
    confidence: Share = 0.0
    sort: Sort = "newest"
    page: PageNumber = 1
    per: PerPage | None = None


class IncidentChoices(msgspec.Struct, frozen=True, kw_only=True):
    """What the filters can be set to."""

    types: tuple[str, ...]
    quads: tuple[tuple[str, str], ...]
    standings: tuple[str, ...]
    sources: tuple[str, ...]
    sorts: tuple[tuple[str, str], ...]


class Incidents(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list; `filters` lead to the list without each."""

    path: str
    filters: tuple[Ref, ...]
    rows: tuple[IncidentRow, ...]
    pager: Pager
    choices: IncidentChoices


def incidents(desk: Desk, asked: IncidentsAsked) -> Incidents:
    """Incidents, each with how it stands and on how many independent words it rests."""
    key = msgspec.structs.replace(asked, page=1, per=None)
    found = desk.memo(("incidents", key), lambda: _found(desk, key))
    shown, pager = paged(
        found, asked.page, lambda number: links.changed(PATH, asked.query(), page=number), asked.per or PAGE
    )
    return Incidents(
        path=PATH,
        filters=_filters(asked),
        rows=tuple(map(incident_row, shown)),
        pager=pager,
        choices=_CHOICES,
    )


def warm(desk: Desk) -> None:
    """Have the whole list and the kinds of sources ready before anybody asks."""
    incidents(desk, IncidentsAsked())
    _kinds(desk)


def _found(desk: Desk, asked: IncidentsAsked) -> Sequence[Incident]:
    window, told = checked(since=asked.since, until=asked.until), checked(since=asked.told).since
    among: Sequence[Incident] = desk.incidents if asked.person is None else desk.of(desk.subject(asked.person))
    found = choose(among, since=window.since, until=window.until, types=asked.type, standings=asked.standing)
    for name, holds in _CONDITIONS.items():
        value = getattr(asked, name)
        if value != getattr(_DEFAULTS, name):
            found = [each for each in found if holds(desk, each, told if name == "told" else value)]
    if asked.sort in _ORDERS:
        return tuple(sorted(found, key=_ORDERS[asked.sort], reverse=True))
    return tuple(found if asked.sort == "oldest" else reversed(found))


def _on_word_of(desk: Desk, each: Incident) -> frozenset[str]:
    """On whose word an incident rests; one that was formed anew since all were looked at is looked at again."""
    known = _kinds(desk).get(each.id)
    return known[1] if known is not None and known[0] is each else frozenset(source_kinds(each))


def _kinds(desk: Desk) -> Mapping[str, tuple[Incident, frozenset[str]]]:
    def look() -> Mapping[str, tuple[Incident, frozenset[str]]]:
        return {each.id: (each, frozenset(source_kinds(each))) for each in desk.incidents}

    return desk.memo("source kinds", look)


_DEFAULTS: Final = IncidentsAsked()
_CONDITIONS: Final[Mapping[str, Callable[..., bool]]] = {
    "told": lambda desk, each, day: (each.first_reported or "") >= day,
    "quad": lambda desk, each, quads: each.quad in quads,
    "origins": lambda desk, each, least: len(each.origins) >= least,
    "confidence": lambda desk, each, least: max(r.event.confidence for r in each.reports) >= least,
    "source": lambda desk, each, kinds: not _on_word_of(desk, each).isdisjoint(kinds),
}
_ORDERS: Final[Mapping[str, Callable[[Incident], tuple[Any, ...]]]] = {
    "told": lambda each: (each.first_reported or "", each.order),
    "sources": lambda each: (len(each.origins), len(each.reports), each.order),
}
_NAMES: Final = {
    "since": "from",
    "until": "to",
    "told": "first told since",
    **FILTERS,
}
_CHOICES: Final = IncidentChoices(
    types=TYPES,
    quads=tuple((str(number), words) for number, words in enumerate(QUADS, start=1)),
    standings=get_args(Standing),
    sources=STANDINGS,
    sorts=tuple(SORTS.items()),
)


def _filters(asked: IncidentsAsked) -> tuple[Ref, ...]:
    """Each filter that is set, leading to the list without it."""
    query, found = asked.query(), []
    for name, words in _NAMES.items():
        value = query.get(name)
        if value is not None:
            href = links.changed(PATH, query, **{name: None})
            found.append(Ref(name=filter_words(name, words, value), href=href))
    return tuple(found)


page(router, PATH, "incidents.html", incidents)
