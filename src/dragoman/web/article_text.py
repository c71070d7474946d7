"""The text of a coded article as paragraphs of runs: each knows which mention, claims and events lie on it.

A run is one element of the page, so that nothing has to nest. Of a mention the run is a link to who is meant; an event
or claim begins with a tag that leads to its note beside the text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, Literal

import msgspec

from dragoman.briefing.wording import one_line, shortened
from dragoman.knowledge.actors import load_actors
from dragoman.model import Claim, CodedArticle, FurnitureKind, How, Mention
from dragoman.web import links
from dragoman.web.marking import Highlight, Paragraph, Piece, paragraphs
from dragoman.web.parts import Ref

Layer = Literal["mentions", "claims", "events"]
LAYERS: Final[tuple[Layer, ...]] = ("mentions", "claims", "events")
HOW: Final[Mapping[How, str]] = {
    "name": "by name",
    "office": "by the office",
    "metonym": "by what stands for it",
    "demonym": "by nationality",
    "pronoun": "by a pronoun",
    "description": "by a description",
}
FURNITURE: Final[Mapping[FurnitureKind, str]] = {
    "headline": "headline",
    "dateline": "dateline",
    "date": "date line",
    "caption": "caption",
    "credit": "credit",
    "reprint": "reprint notice",
    "subscribe": "call to subscribe",
    "end": "end of the article",
}
SpanPart = Literal["speaker", "cue", "content"]


class Stretch(msgspec.Struct, frozen=True, kw_only=True):
    """An event's clause as it stands now: by its number in the notes, with its id and words for its tag."""

    id: str
    start: int
    end: int
    words: str


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    """The beginning of an event or claim: 'E3', its id, and what it says."""

    label: str
    id: str
    words: str


class Run(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Characters with what lies on them. `start` is the offset in the article's text, `gaps` those left out in it.

    `events` and `claims` are numbers of notes. `mention` leads to who is meant; `first` is its id where it begins.
    """

    start: int
    text: str
    gaps: tuple[int, ...] = ()
    furniture: str | None = None
    events: tuple[int, ...] = ()
    claims: tuple[int, ...] = ()
    parts: tuple[SpanPart, ...] = ()
    mention: Ref | None = None
    first: str | None = None
    tags: tuple[Tag, ...] = ()


Runs = tuple[Run, ...]


def read_text(
    coded: CodedArticle, events: Sequence[Stretch], claim_words: Sequence[str], show: Collection[Layer]
) -> tuple[Runs, ...]:
    """The article's text with the layers that are to be shown.

    Events and claims have the number of their place in `events` and in the coding's claims, counted from 1.
    """
    highlights = [Highlight(start=f.start, end=f.end, layer="furniture", key=f.kind) for f in coded.article.furniture]
    if "events" in show:
        highlights += [Highlight(start=e.start, end=e.end, layer="event", key=str(n)) for n, e in enumerate(events)]
    if "claims" in show:
        highlights += [h for n, claim in enumerate(coded.claims) for h in _of_claim(claim, str(n))]
    if "mentions" in show:
        highlights += [
            Highlight(start=m.start, end=m.end, layer="mention", key=str(n)) for n, m in enumerate(coded.mentions)
        ]
    maker = _Maker(coded, events, claim_words, highlights)
    return tuple(maker.runs(paragraph) for paragraph in paragraphs(coded.article.text, highlights))


def mention_ref(mention: Mention) -> Ref:
    """Who is meant and how that is known; a link where there is a page for them, else to the list of who is named."""
    name = shortened(one_line(mention.actor), 90) if mention.actor else "not known who"
    state = load_actors().by_code.get(mention.country or "")
    parts = [name]
    if mention.office:
        parts.append(shortened(one_line(mention.office), 90))
    if state is not None and state.name != name:
        parts.append(state.name)
    key = mention.country if state is not None and mention.actor == state.name else mention.actor
    href = links.actor(key) if key else "#named"
    return Ref(name=name, href=href, note=f"{', '.join(parts)}; {HOW[mention.how]}")


def _of_claim(claim: Claim, key: str) -> Iterable[Highlight]:
    if claim.speaker is not None:
        yield Highlight(start=claim.speaker.start, end=claim.speaker.end, layer="speaker", key=key)
    if claim.cue is not None:
        yield Highlight(start=claim.cue.start, end=claim.cue.end, layer="cue", key=key)
    for span in claim.content:
        yield Highlight(start=span.start, end=span.end, layer="content", key=key)


class _Maker:
    """Turns pieces into runs; remembers which claims have had their tag."""

    def __init__(
        self,
        coded: CodedArticle,
        events: Sequence[Stretch],
        claim_words: Sequence[str],
        highlights: Sequence[Highlight],
    ) -> None:
        self._coded = coded
        self._events = events
        self._claim_words = claim_words
        self._highlights = highlights
        self._tagged: set[int] = set()
        self._refs = [mention_ref(mention) for mention in coded.mentions]

    def runs(self, paragraph: Paragraph) -> Runs:
        return tuple(self._run(piece) for piece in paragraph)

    def _run(self, piece: Piece) -> Run:
        if not piece.on:
            return Run(start=piece.start, text=piece.text, gaps=piece.gaps)
        on = [self._highlights[number] for number in piece.on]
        mention = self._innermost(on)
        opens = {self._highlights[n].key for n in piece.opens if self._highlights[n].layer == "mention"}
        claims = tuple(dict.fromkeys(int(h.key) + 1 for h in on if h.layer in ("speaker", "cue", "content")))
        return Run(
            start=piece.start,
            text=piece.text,
            gaps=piece.gaps,
            furniture=next((_furniture(h.key) for h in on if h.layer == "furniture"), None),
            events=tuple(int(h.key) + 1 for h in on if h.layer == "event"),
            claims=claims,
            parts=tuple(part for part in _PARTS if any(h.layer == part for h in on)),
            mention=self._refs[int(mention.key)] if mention is not None else None,
            first=self._coded.mentions[int(mention.key)].id if mention is not None and mention.key in opens else None,
            tags=(*self._event_tags(piece), *self._claim_tags(claims if piece.text.strip() else ())),
        )

    def _innermost(self, on: Sequence[Highlight]) -> Highlight | None:
        mentions = [h for h in on if h.layer == "mention"]
        return min(mentions, key=lambda h: (h.end - h.start, h.start), default=None)

    def _event_tags(self, piece: Piece) -> Iterable[Tag]:
        for number in piece.opens:
            if self._highlights[number].layer == "event":
                at = int(self._highlights[number].key)
                yield Tag(label=f"E{at + 1}", id=self._events[at].id, words=self._events[at].words)

    def _claim_tags(self, claims: Iterable[int]) -> Iterable[Tag]:
        for number in claims:
            if number not in self._tagged:
                self._tagged.add(number)
                claim = self._coded.claims[number - 1]
                yield Tag(label=f"C{number}", id=claim.id, words=self._claim_words[number - 1])


_PARTS: Final[tuple[SpanPart, ...]] = ("speaker", "cue", "content")


def _furniture(kind: str) -> str:
    return next((words for name, words in FURNITURE.items() if name == kind), one_line(kind))
