"""The page of an outlet: whose it is, how much it publishes, and how its reporting compares with all others'."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, get_args

import msgspec
from fastapi import APIRouter

from dragoman.analysis.incidents import Incident, choose
from dragoman.analysis.parties import plain
from dragoman.briefing.wording import one_line, shortened
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.entries import Outlet
from dragoman.knowledge.known import known_with
from dragoman.knowledge.own import own_file
from dragoman.model import EventType
from dragoman.record.filters import TYPES, checked
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.charts import Chart
from dragoman.web.desk import ArticleCard, Desk
from dragoman.web.pages.base import Asked, page
from dragoman.web.parts import PAGE, QUADS, Figure, IncidentRow, Pager, Ref, Tab, incident_row, paged
from dragoman.web.press import Press, claims_in, outlets, press, reprints
from dragoman.web.press_rows import STANDING_WORDS, ShareRow, ToneRow, output_chart, share_rows, tone_rows
from dragoman.web.press_table import TIES, Against, against, prepare

router = APIRouter()
Part = Literal["overview", "articles", "incidents", "alone", "missed"]
FEW: Final = 5
ROWS: Final = 25
VOICES: Final = 15
_QUADS: Final = {str(number): words for number, words in enumerate(QUADS, 1)}
_WORDS: Final[dict[Part, str]] = {
    "overview": "Overview",
    "articles": "Articles",
    "incidents": "Incidents",
    "alone": "Only it reports",
    "missed": "Only others report",
}


class OutletAsked(Asked, frozen=True, kw_only=True):
    """Which part of an outlet's page, and of what time and types."""

    name: str
    part: Part = "overview"
    since: str | None = None
    until: str | None = None
    type: tuple[EventType, ...] = ()
    page: PageNumber = 1
    per: PerPage | None = None


class OutletsAsked(Asked, frozen=True, kw_only=True):
    """Which page of the list of outlets."""

    page: PageNumber = 1
    per: PerPage | None = None


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True):
    """An article of the outlet."""

    title: str
    href: str
    published: str | None
    events: int


class OutletView(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet as its page shows it."""

    name: str
    path: str
    part: Part
    kind: str
    home: Ref | None
    state_media: bool | None
    source: str
    note: str | None
    written: tuple[str, ...]
    span: str | None
    search: str
    actor: str | None
    tabs: tuple[Tab, ...]
    filters: tuple[Ref, ...]
    figures: tuple[Figure, ...]
    chart: Chart | None
    at_its_time: int
    tones: tuple[ToneRow, ...]
    quads: tuple[ShareRow, ...]
    types_shared: tuple[ShareRow, ...]
    standings: tuple[ShareRow, ...]
    voices: tuple[Figure, ...]
    taken: tuple[Figure, ...]
    given: tuple[Figure, ...]
    articles: tuple[ArticleRow, ...]
    incidents: tuple[IncidentRow, ...]
    alone: tuple[IncidentRow, ...]
    missed: tuple[IncidentRow, ...]
    pager: Pager | None
    types: tuple[str, ...]


class OutletRow(msgspec.Struct, frozen=True, kw_only=True):
    """An outlet in the list of all."""

    name: Ref
    home: Ref | None
    state_media: bool | None
    articles: int
    incidents: int
    first: str | None
    last: str | None


class OutletsView(msgspec.Struct, frozen=True, kw_only=True):
    """All outlets of the record, those with most articles first."""

    rows: tuple[OutletRow, ...]
    pager: Pager


class _Lists(msgspec.Struct, frozen=True, kw_only=True):
    """What the filters let through, the latest first, and the comparison."""

    articles: Sequence[ArticleCard]
    incidents: Sequence[Incident]
    alone: Sequence[Incident]
    missed: Sequence[Incident]
    compared: Against


def outlet(desk: Desk, asked: OutletAsked) -> OutletView:
    """What an outlet reports, and how that differs from others."""
    found = press(desk, asked.name)
    path, query = links.outlet(found.name), asked.query(without=("name",))

    def to(**changes: links.Value) -> str:
        return links.changed(path, query, **changes)

    lists = _lists(desk, found, asked)
    few = {part: tuple(getattr(lists, part)[:FEW]) for part in get_args(Part)[1:]}
    pager = None
    if asked.part != "overview":
        shown, pager = paged(getattr(lists, asked.part), asked.page, lambda n: to(page=n), asked.per or ROWS)
        few = {part: tuple(shown) if part == asked.part else () for part in few}
    entry, source = _entry(desk, found)
    home = load_actors().by_code.get(entry.country) if entry is not None else None
    compared = asked.part == "overview"
    taken, given = reprints(desk, found)
    return OutletView(
        name=one_line(found.name),
        path=path,
        part=asked.part,
        kind="Outlet",
        home=Ref(name=home.name, href=links.actor(home.code)) if home is not None else None,
        state_media=entry.state_media if entry is not None else None,
        source=source,
        note=one_line(entry.note) if entry is not None and entry.note else None,
        written=tuple(shortened(one_line(w), 90) for w in found.written if w != found.name),
        span=_span(found.articles),
        search=links.search(outlet=found.written, kind="articles"),
        actor=links.actor(entry.name) if entry is not None else None,
        tabs=_tabs(lists, asked, to),
        filters=_filters(asked, to),
        figures=_figures(desk, found, lists, to),
        chart=output_chart(lists.articles, lists.incidents) if compared else None,
        at_its_time=lists.compared.at_its_time,
        tones=tone_rows(desk, lists.compared) if compared else (),
        quads=share_rows(lists.compared.quads, _QUADS) if compared else (),
        types_shared=share_rows(lists.compared.types[:TIES]) if compared else (),
        standings=share_rows(lists.compared.standings, STANDING_WORDS) if compared else (),
        voices=_voices(desk, found, asked) if compared else (),
        taken=_credited(taken, lambda name: links.outlet(name)),
        given=_credited(given, lambda name: links.outlet(name)),
        articles=tuple(_article(desk, card) for card in few["articles"]),
        incidents=tuple(map(incident_row, few["incidents"])),
        alone=tuple(map(incident_row, few["alone"])),
        missed=tuple(map(incident_row, few["missed"])),
        pager=pager,
        types=TYPES,
    )


def all_outlets(desk: Desk, asked: OutletsAsked) -> OutletsView:
    """The list of all outlets."""
    ranked = sorted(outlets(desk).values(), key=lambda each: (-len(each.articles), each.name))
    shown, pager = paged(
        ranked, asked.page, lambda n: links.with_query("/outlet", per=asked.per, page=n), asked.per or PAGE
    )
    return OutletsView(rows=tuple(_outlet_row(desk, each) for each in shown), pager=pager)


def warm(desk: Desk) -> None:
    """Make what all these pages need before anybody asks."""
    outlets(desk)
    prepare(desk)


def _lists(desk: Desk, found: Press, asked: OutletAsked) -> _Lists:
    days = checked(since=asked.since, until=asked.until)

    def let(incidents: Iterable[Incident]) -> list[Incident]:
        return choose(incidents, since=days.since, until=days.until, types=asked.type)

    def make() -> _Lists:
        compared = against(desk, found, days.since, days.until, asked.type)
        articles = [
            card
            for card in found.articles
            if (days.since is None or (card.published or "") >= days.since)
            and (days.until is None or (card.published is not None and card.published <= days.until))
        ]
        return _Lists(
            articles=articles[::-1],
            incidents=let(found.incidents)[::-1],
            alone=[desk.incidents[n] for n in compared.alone[::-1]],
            missed=[desk.incidents[n] for n in compared.missed[::-1]],
            compared=compared,
        )

    return desk.memo(("outlet", found.key, days.since, days.until, asked.type), make)


def _entry(desk: Desk, found: Press) -> tuple[Outlet | None, str]:
    """What the actor files say of it, and which file does."""
    known = desk.memo(("known",), lambda: known_with(own_file(desk.record.path)))
    for entry in known.actors.outlets:
        if found.key in {plain(name) for name in (entry.name, *entry.names)}:
            ours = any(entry is each for each in load_actors().outlets)
            return entry, "the actor files that come with Dragoman" if ours else "the record's own file of actors"
    return None, "the actor files do not have it"


def _span(articles: Sequence[ArticleCard]) -> str | None:
    days = [card.published for card in articles if card.published]
    return f"{min(days)} to {max(days)}" if days else None


def _tabs(lists: _Lists, asked: OutletAsked, to: Callable[..., str]) -> tuple[Tab, ...]:
    tabs = []
    for part in get_args(Part):
        number = None if part == "overview" else len(getattr(lists, part))
        href = to(part=None if part == "overview" else part)
        tabs.append(Tab(words=_WORDS[part], number=number, href=href, chosen=part == asked.part))
    return tuple(tabs)


def _filters(asked: OutletAsked, to: Callable[..., str]) -> tuple[Ref, ...]:
    found = [Ref(name=f"type: {each}", href=to(type=tuple(t for t in asked.type if t != each))) for each in asked.type]
    for name, words in (("since", "from"), ("until", "to")):
        value = getattr(asked, name)
        if value is not None:
            found.append(Ref(name=f"{words} {shortened(one_line(value), 40)}", href=to(**{name: None})))
    return tuple(found)


def _figures(desk: Desk, found: Press, lists: _Lists, to: Callable[..., str]) -> tuple[Figure, ...]:
    claims = links.search(outlet=found.written, kind="claims")
    return (
        Figure(number=len(lists.articles), words="articles", href=to(part="articles")),
        Figure(number=len(lists.incidents), words="incidents", href=to(part="incidents")),
        Figure(number=len(claims_in(desk, found)), words="claims", href=claims),
        Figure(number=len(lists.alone), words="on ties that only it reports", href=to(part="alone")),
        Figure(number=len(lists.missed), words="that only others report", href=to(part="missed")),
    )


def _voices(desk: Desk, found: Press, asked: OutletAsked) -> tuple[Figure, ...]:
    """Whose words it carries most: who first says it, with the number of claims."""
    days = checked(since=asked.since, until=asked.until)

    def count() -> Sequence[tuple[str, str | None, int]]:
        counted: Counter[tuple[str, str | None]] = Counter()
        for told in claims_in(desk, found):
            speaker, day = told.claim.speaker, told.article.published or ""
            if (days.since and day < days.since) or (days.until and day > days.until):
                continue
            if speaker is not None and speaker.actor is not None and plain(speaker.actor) != found.key:
                counted[speaker.actor, speaker.country] += 1
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0][0]))
        return [(name, country, number) for (name, country), number in ranked[:VOICES]]

    ranked = desk.memo(("voices", found.key, days.since, days.until), count)
    return tuple(
        Figure(number=number, words=_voice(name, country), href=links.actor(_actor_key(name, country)))
        for name, country, number in ranked
    )


def _voice(name: str, country: str | None) -> str:
    state = load_actors().by_code.get(country or "")
    words = shortened(one_line(name), 80)
    return f"{words} ({state.name})" if state is not None and state.name != name else words


def _actor_key(name: str, country: str | None) -> str:
    state = load_actors().by_code.get(country or "")
    return state.code if state is not None and state.name == name else name


def _credited(found: dict[str, list[str]], to: Callable[[str], str]) -> tuple[Figure, ...]:
    ranked = sorted(found, key=lambda name: (-len(found[name]), name))[:VOICES]
    return tuple(Figure(number=len(found[n]), words=shortened(one_line(n), 80), href=to(n)) for n in ranked)


def _article(desk: Desk, card: ArticleCard) -> ArticleRow:
    return ArticleRow(
        title=shortened(one_line(card.title or "(no title)"), 200),
        href=links.article(card.id),
        published=card.published,
        events=len(desk.reports_in(card.id)),
    )


def _outlet_row(desk: Desk, each: Press) -> OutletRow:
    entry, _ = _entry(desk, each)
    home = load_actors().by_code.get(entry.country) if entry is not None else None
    days = [card.published for card in each.articles if card.published]
    return OutletRow(
        name=Ref(name=shortened(one_line(each.name), 90), href=links.outlet(each.name)),
        home=Ref(name=home.name, href=links.actor(home.code)) if home is not None else None,
        state_media=entry.state_media if entry is not None else None,
        articles=len(each.articles),
        incidents=len(each.incidents),
        first=min(days, default=None),
        last=max(days, default=None),
    )


page(router, "/outlet", "outlets.html", all_outlets)
page(router, "/outlet/{name}", "outlet.html", outlet)
