"""The parts that pages are made of: incidents, reports, sides and dates as plain values with their links.

Every string made here out of an article has passed `one_line` or `seen`; templates escape it once more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, Literal, TypeVar

import msgspec

from dragoman.analysis.incidents import Incident
from dragoman.analysis.sourcing import STANDINGS, Standing, is_alleged, side_telling, source_of, state_media_of
from dragoman.briefing.voices import chain_steps, source_words
from dragoman.briefing.wording import clause, date_words, event_words, one_line, party_words, shortened
from dragoman.exchange.formats.parts import event_of
from dragoman.knowledge.actors import load_actors
from dragoman.model import Event, EventDate, Party, ReportedEvent
from dragoman.web import links
from dragoman.web.desk import party_key

T = TypeVar("T")
MarkKind = Literal["quad", "standing", "warn", "sourcing", "plain"]
QUADS: Final = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
PAGE: Final = 50
_CONTESTED: Final = "One source tells it as a fact, another denies it"


class Ref(msgspec.Struct, frozen=True, kw_only=True):
    """A name that leads somewhere; `href` is None where there is no page for it."""

    name: str
    href: str | None = None
    note: str | None = None


class Mark(msgspec.Struct, frozen=True, kw_only=True):
    """A small label on a row; `kind` sets its looks, `value` its shade (quad number, standing), `title` explains it."""

    kind: MarkKind
    text: str
    value: str = ""
    title: str | None = None


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A date in words and as its first and last ISO day; where the texts give none, the day on which it was told."""

    words: str
    told: str | None = None
    start: str | None = None
    end: str | None = None
    basis: str | None = None


class IncidentRow(msgspec.Struct, frozen=True, kw_only=True):
    """One incident as lists show it."""

    id: str
    href: str
    when: When
    what: str
    type: str
    mode: str | None
    quad: int
    intensity: float
    standing: str
    status: str
    actors: tuple[Ref, ...]
    recipients: tuple[Ref, ...]
    symmetric: bool
    place: str | None
    clause: str
    chain: tuple[Ref, ...]
    marks: tuple[Mark, ...]
    reports: int
    origins: int
    copies: int
    confidence: float
    first_reported: str | None


class ReportRow(msgspec.Struct, frozen=True, kw_only=True):
    """One report of an event as lists show it."""

    id: str
    href: str
    article: Ref
    publisher: Ref | None
    published: str | None
    when: When
    what: str
    type: str
    mode: str | None
    quad: int
    status: str
    actors: tuple[Ref, ...]
    recipients: tuple[Ref, ...]
    symmetric: bool
    place: str | None
    clause: str
    chain: tuple[Ref, ...]
    source: str
    confidence: float


class Pager(msgspec.Struct, frozen=True, kw_only=True):
    """Where in a long list a page is: `first` to `last` of `total`, at most `per` at a time, with the addresses of its
    neighbours: `before` and `after` as pages, `previous` and `next` as JSON.
    """

    page: int
    pages: int
    per: int
    first: int
    last: int
    total: int
    before: str | None
    after: str | None
    previous: str | None
    next: str | None


class Tab(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a page or of a list, with how much there is."""

    words: str
    number: int | None
    href: str
    chosen: bool


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number that leads to what it counts."""

    number: int
    words: str
    href: str


class Spark(msgspec.Struct, frozen=True, kw_only=True):
    """A line without axes: values with None for gaps, what they show in words, and the address of the whole chart."""

    values: tuple[float | None, ...]
    words: str
    href: str | None = None


def incident_row(incident: Incident) -> IncidentRow:
    """An incident as a row of a list."""
    told = event_of(incident)
    return IncidentRow(
        id=incident.id,
        href=links.incident(incident.id),
        when=when(incident.date, incident.first_reported),
        what=event_words(told),
        type=incident.type,
        mode=incident.mode,
        quad=incident.quad,
        intensity=incident.intensity,
        standing=incident.standing,
        status=incident.status,
        actors=refs(incident.actors),
        recipients=refs(incident.recipients),
        symmetric=incident.symmetric,
        place=place_words(told),
        clause=clause(incident.event),
        chain=chain_refs(incident.lead),
        marks=(*_told_marks(incident), *_word_marks(incident)),
        reports=len(incident.reports),
        origins=len(incident.origins),
        copies=incident.copies,
        confidence=max(r.event.confidence for r in incident.reports),
        first_reported=incident.first_reported,
    )


def report_row(report: ReportedEvent) -> ReportRow:
    """An event report as a row of a list."""
    event, article = report.event, report.article
    title = shortened(one_line(article.title or "(no title)"), 160)
    return ReportRow(
        id=event.id,
        href=links.article(article.id, event.id),
        article=Ref(name=title, href=links.article(article.id)),
        publisher=publisher_ref(article.publisher),
        published=article.published,
        when=when(event.date, article.published),
        what=event_words(event),
        type=event.type,
        mode=event.mode,
        quad=event.quad,
        status=event.status,
        actors=refs(event.actors),
        recipients=refs(event.recipients),
        symmetric=event.symmetric,
        place=place_words(event),
        clause=clause(event),
        chain=chain_refs(report),
        source=source_words(report),
        confidence=event.confidence,
    )


def when(date: EventDate | None, told: str | None = None) -> When:
    """A date in words and days; `told` is when it was first reported, for what has none."""
    if date is None:
        return When(words="no date", told=told)
    return When(words=date_words(date), start=date.start, end=date.end, basis=date.basis)


def place_words(event: Event) -> str | None:
    """Where, on one line."""
    return shortened(one_line(event.place.name or event.place.text), 80) if event.place is not None else None


def refs(parties: Iterable[Party]) -> tuple[Ref, ...]:
    """The parties of a side, each once, with office as note and a link where there is a page for them."""
    made: dict[str, Ref] = {}
    for party in parties:
        key, name = party_key(party), party_words(party)
        office = one_line(party.office) if party.office else None
        made.setdefault(name, Ref(name=name, href=links.actor(key) if key else None, note=office))
    return tuple(made.values())


def publisher_ref(name: str | None) -> Ref | None:
    """An outlet with a link, and whose state media it is."""
    if name is None:
        return None
    home = state_media_of(name)
    note = f"state media of {load_actors().state(home).name}" if home is not None else None
    return Ref(name=shortened(one_line(name), 90), href=links.outlet(name), note=note)


def chain_refs(report: ReportedEvent) -> tuple[Ref, ...]:
    """Who said it first to who published it, each with what is known of it; the publisher leads to its page."""
    article = report.article
    chain = report.event.chain or ((article.publisher,) if article.publisher else ())
    made = []
    for name, step in zip(chain, chain_steps(chain, article), strict=True):
        told = shortened(one_line(name), 90)
        note = step.removeprefix(one_line(name)).strip(" ()").removesuffix("published it").rstrip(", ") or None
        made.append(Ref(name=told, href=links.outlet(name) if name == article.publisher else None, note=note))
    return tuple(made)


def source_kinds(incident: Incident) -> tuple[Standing, ...]:
    """On whose word it rests, of the four kinds of source, in their order."""
    kinds = {source_of(report).standing for report in incident.reports}
    return tuple(kind for kind in STANDINGS if kind in kinds)


def sourcing_marks(incident: Incident) -> tuple[Mark, ...]:
    """On how many independent words it rests, and what is to be minded of them: alleged, only one side, contested."""
    contested = (Mark(kind="warn", text="contested", title=_CONTESTED),) if incident.standing == "contested" else ()
    return contested + _word_marks(incident)


def paged(found: Sequence[T], page: int, address: Callable[[int], str], size: int = PAGE) -> tuple[Sequence[T], Pager]:
    """One page of a list, counted from 1, and the pager for it; a page beyond the end is the last one."""
    pages = max(1, -(-len(found) // size))
    at = min(max(page, 1), pages)
    first = (at - 1) * size
    shown = found[first : first + size]
    before = address(at - 1) if at > 1 else None
    after = address(at + 1) if at < pages else None
    pager = Pager(
        page=at,
        pages=pages,
        per=size,
        first=first + 1 if shown else 0,
        last=first + len(shown),
        total=len(found),
        before=before,
        after=after,
        previous=links.twin_of(before),
        next=links.twin_of(after),
    )
    return shown, pager


def _told_marks(incident: Incident) -> tuple[Mark, ...]:
    kind = f"{incident.type}, {incident.mode}" if incident.mode else incident.type
    title = f"{QUADS[incident.quad - 1]}, PLOVER score {incident.intensity:+g}"
    return (
        Mark(kind="quad", text=kind, value=str(incident.quad), title=title),
        Mark(
            kind="standing",
            text=incident.standing,
            value=incident.standing.replace(" ", "-"),
            title=_CONTESTED if incident.standing == "contested" else None,
        ),
    )


def _word_marks(incident: Incident) -> tuple[Mark, ...]:
    """What stands beside how it stands, which says itself where it is contested."""
    marks = []
    if is_alleged(incident):
        marks.append(Mark(kind="warn", text="alleged", title="Only third parties say so"))
    code = side_telling(incident)
    if code is not None:
        name = load_actors().state(code).name
        marks.append(Mark(kind="warn", text=f"only {name} says so", title="By its people or its state media alone"))
    number = len(incident.origins)
    copies = f", {incident.copies} of them copies" if incident.copies else ""
    title = f"{len(incident.reports)} report{'' if len(incident.reports) == 1 else 's'}{copies}"
    marks.append(Mark(kind="sourcing", text=f"{number} source{'' if number == 1 else 's'}", title=title))
    return tuple(marks)
