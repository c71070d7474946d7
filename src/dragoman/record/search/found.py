"""What is searched for and found: an article, a claim or an event, as one flat row, and the document made of it.

The index keeps the rows themselves, so that lists and exports need not open the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, Literal, get_args

import msgspec
from tantivy import Document, Filter, Index, Schema, SchemaBuilder, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.holders import fold_name
from dragoman.model import Article, Claim, Event, Party, ReportedEvent

Kind = Literal["article", "claim", "event"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
FORM: Final = "dragoman search 1"
"""How documents are laid out; goes up with every change of that."""
TEXTS: Final = ("title", "text", "names")
"""The fields that words are looked for in."""
FACETS: Final = ("kind", "type", "status", "dyad", "party", "outlet", "year")
LONGEST: Final = 40
"""Letters beyond which a word is not indexed."""
_NAME: Final = 200
_HEADING: Final = 300
_TEXT: Final = 200_000


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """One thing found. `id` is an article's or event's, a claim's is 'ARTICLE/c3'; `start` and `end` are ISO days.

    `who` acts or speaks (`actor` is the speaker's canonical name), `whom` it is done to; `words` are the clause or
    what is said; `said_by` is the chain. An article without events has no `types`.
    """

    kind: Kind
    id: str
    article: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    start: str | None = None
    end: str | None = None
    types: tuple[str, ...] = ()
    mode: str | None = None
    quad: int | None = None
    statuses: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    actor: str | None = None
    country: str | None = None
    whom: tuple[str, ...] = ()
    place: str | None = None
    words: str | None = None
    said_by: tuple[str, ...] = ()
    confidence: float | None = None


class Parts(msgspec.Struct, frozen=True, kw_only=True):
    """All of one article that is indexed."""

    article: Article
    claims: Sequence[Claim]
    events: Sequence[ReportedEvent]


def schema() -> Schema:
    """The fields of the index."""
    made = SchemaBuilder()
    for name in ("title", "text"):
        made.add_text_field(name, stored=True, tokenizer_name="folded")
    made.add_text_field("names", tokenizer_name="folded")
    made.add_text_field("spelled", tokenizer_name="spelled", index_option="basic")
    for name in FACETS:
        made.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    made.add_text_field("article", tokenizer_name="raw", index_option="basic")
    for name in ("start", "end"):
        made.add_integer_field(name, indexed=True, fast=True)
    made.add_bytes_field("row", stored=True)
    return made.build()


def folded() -> TextAnalyzer:
    """Words without case, accents and endings; a hyphen parts them, so that 'Jong-un' is 'Jong Un'."""
    return _plain().filter(Filter.stemmer("english")).build()


def register(index: Index) -> None:
    """Let an index know how its fields are taken apart; needed each time that one is opened."""
    index.register_tokenizer("folded", folded())
    index.register_tokenizer("spelled", _plain().build())


def documents(parts: Parts) -> Iterator[Document]:
    """The documents of one article: its own, then those of its claims and events."""
    article, reports = parts.article, parts.events
    of_claims: dict[str, list[Event]] = {}
    for report in reports:
        if report.event.claim is not None:
            of_claims.setdefault(report.event.claim, []).append(report.event)
    events = [report.event for report in reports]
    yield _document(_article_row(article, events), article.title, article.text[:_TEXT], [article.publisher], events)
    for claim in parts.claims:
        row = _claim_row(article, claim)
        told = of_claims.get(claim.id, [])
        speaker = claim.speaker
        names = [*claim.chain, speaker.text if speaker else None, speaker.actor if speaker else None]
        state = _state(speaker.country) if speaker is not None else None
        heading = " ".join((*row.who, state or "")).strip()
        yield _document(row, heading, row.words, [*names, claim.cue.text if claim.cue else None], told, speaker)
    for report in reports:
        event = report.event
        place = event.place
        names = [n for p in (*event.actors, *event.recipients) for n in (p.actor, p.text, p.office, _state(p.country))]
        names += [place.text, place.name] if place is not None else []
        row = _event_row(article, event)
        yield _document(row, " ".join((*row.who, *row.whom)), row.words, [*names, *event.chain], [event])


def party_terms(parties: Iterable[Party]) -> set[str]:
    """What a party is found by: its state's code, and its name without case, accents and hyphens."""
    found = {p.country for p in parties if p.country} | {fold_name(p.actor) for p in parties if p.actor}
    return {name[:_NAME] for name in found if name}


def dyads(event: Event) -> set[str]:
    """The pairs of states on opposite sides, 'PRK-RUS', codes in order."""
    ours = {p.country for p in event.actors if p.country}
    theirs = {p.country for p in event.recipients if p.country}
    return {"-".join(sorted((a, b))) for a in ours for b in theirs if a != b}


def day_number(day: str | None) -> int:
    """20240619 for '2024-06-19', so that days can be compared; 0 for none."""
    return int(day.replace("-", "")) if day else 0


def _document(
    row: Found,
    title: str | None,
    text: str | None,
    names: Iterable[str | None],
    events: Sequence[Event],
    speaker: Any = None,
) -> Document:
    made = Document()
    listed = " . ".join(dict.fromkeys(name[:_NAME] for name in names if name))
    for field, words in (("title", title), ("text", text), ("names", listed)):
        if words:
            made.add_text(field, words)
    if row.kind == "article":
        made.add_text("spelled", f"{title or ''} {text or ''} {listed}")
    terms = party_terms([p for e in events for p in (*e.actors, *e.recipients)])
    if speaker is not None:
        terms |= {t for t in (speaker.country, fold_name(speaker.actor)[:_NAME] if speaker.actor else None) if t}
    facets: dict[str, set[str]] = {
        "kind": {str(row.kind)},
        "type": set(row.types) or {str(e.type) for e in events},
        "status": set(row.statuses) or {str(e.status) for e in events},
        "dyad": {pair for e in events for pair in dyads(e)},
        "party": terms,
        "outlet": {row.publisher[:_NAME]} if row.publisher else set(),
        "year": {row.start[:4]} if row.start else set(),
    }
    for field, values in facets.items():
        for value in sorted(values):
            made.add_text(field, value)
    made.add_text("article", row.article)
    made.add_integer("start", day_number(row.start))
    made.add_integer("end", day_number(row.end or row.start))
    made.add_bytes("row", msgspec.json.encode(row))
    return made


def _article_row(article: Article, events: Sequence[Event]) -> Found:
    return Found(
        kind="article",
        id=article.id,
        **_source(article),
        start=article.published,
        end=article.published,
        types=tuple(sorted({e.type for e in events})),
        statuses=tuple(sorted({e.status for e in events})),
        said_by=(article.publisher,) if article.publisher else (),
    )


def _claim_row(article: Article, claim: Claim) -> Found:
    speaker = claim.speaker
    name = None if speaker is None else speaker.actor or (claim.chain[0] if claim.chain else speaker.text)
    return Found(
        kind="claim",
        id=f"{article.id}/{claim.id}",
        **_source(article),
        start=article.published,
        end=article.published,
        mode=claim.kind,
        who=(name[:_NAME],) if name else (),
        actor=speaker.actor if speaker is not None else None,
        country=speaker.country if speaker is not None else None,
        words=" … ".join(span.text for span in claim.content),
        said_by=claim.chain,
    )


def _event_row(article: Article, event: Event) -> Found:
    date, place = event.date, event.place
    return Found(
        kind="event",
        id=event.id,
        **_source(article),
        start=date.start if date is not None else article.published,
        end=date.end if date is not None else article.published,
        types=(event.type,),
        mode=event.mode,
        quad=event.quad,
        statuses=(event.status,),
        who=_names(event.actors),
        whom=_names(event.recipients),
        place=(place.name or place.text)[:_NAME] if place is not None else None,
        words=event.evidence.text,
        said_by=event.chain,
        confidence=event.confidence,
    )


def _source(article: Article) -> dict[str, Any]:
    return {
        "article": article.id,
        "title": article.title[:_HEADING] if article.title else None,
        "publisher": article.publisher[:_NAME] if article.publisher else None,
        "published": article.published,
        "url": article.url,
    }


def _names(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((p.actor or p.text)[:_NAME] for p in parties))


def _state(code: str | None) -> str | None:
    state = load_actors().by_code.get(code or "")
    return state.name if state is not None else None


def _plain() -> TextAnalyzerBuilder:
    made = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST))
    return made.filter(Filter.lowercase()).filter(Filter.ascii_fold())
