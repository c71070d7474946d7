"""Where in its article an event is told: its sentence with its neighbours, the sides, and the word that it hangs on.

The record keeps neither sentences nor that word, so the article is read once more as the coder reads it. That takes the
language model of the coder, and nothing from outside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from dragoman.model import Article, Event, Mention, Party, ReportedEvent, Span

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder
    from dragoman.coding.draft import Draft
    from dragoman.record import Record

LONGEST_NEIGHBOUR: Final = 500  # characters; a longer sentence before or after is left out
REACH: Final = 1_500  # characters of its sentence that are shown before and after an event's clause
LONGEST_CLAUSE: Final = 1_500


class Marks(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Stretches of an article: what a model is shown, the event's own sentence in it, its sides and its word.

    `trigger` is None where the coder of today does not find the event; then its clause is marked instead. Sides that
    the article does not name have no span.
    """

    passage: Span
    sentence: Span
    trigger: Span | None = None
    actors: tuple[Span, ...] = ()
    recipients: tuple[Span, ...] = ()


class Reader:
    """Reads articles of a record once more to mark their events; once for events of an article in a row."""

    def __init__(self, record: Record) -> None:
        self._record = record
        self._coders: dict[bool, Coder] = {}
        self._last: tuple[str, tuple[Mention, ...], Draft] | None = None

    def marks(self, reported: ReportedEvent) -> Marks:
        """The marks of an event of the record."""
        article = reported.article
        if self._last is None or self._last[0] != article.id:
            coded = self._record.coded(article.id)
            self._last = article.id, coded.mentions, self._draft(article, fast=coded.coder.model.startswith("lexicon"))
        _, mentions, draft = self._last
        return marks_in(draft, reported.event, mentions)

    def _draft(self, article: Article, *, fast: bool) -> Draft:
        from dragoman.coding.coder import Coder
        from dragoman.coding.language import parse
        from dragoman.knowledge.own import own_file

        if fast not in self._coders:
            self._coders[fast] = Coder(actors=own_file(self._record.path), fast=fast)
        coder = self._coders[fast]
        (draft,) = parse([article], coder.nlp)
        for step in coder.steps:
            step(draft)
        return draft


def marks_in(draft: Draft, event: Event, mentions: tuple[Mention, ...]) -> Marks:
    """The marks of an event in an article that was read; `mentions` are those of its coding in the record."""
    clause, text = event.evidence, draft.article.text
    own = draft.sentence_at(clause.start)
    if own is None:
        start, end = clause.start, clause.end
        shown = start, end
    else:
        start, end = own.start, max(own.end, clause.end)
        shown = start, end
        for other in draft.sentences:
            beside = other.index in (own.index - 1, own.index + 1) and other.furniture is None
            if beside and other.end - other.start <= LONGEST_NEIGHBOUR:
                shown = min(shown[0], other.start), max(shown[1], other.end)
    low = max(shown[0], clause.start - REACH)
    high = min(shown[1], min(clause.end, clause.start + LONGEST_CLAUSE) + REACH)
    spots = {mention.id: mention for mention in mentions}
    return Marks(
        passage=_span(text, low, high),
        sentence=_span(text, max(start, low), min(end, high)),
        trigger=_trigger(draft, event),
        actors=_spans(event.actors, spots),
        recipients=_spans(event.recipients, spots),
    )


def _trigger(draft: Draft, event: Event) -> Span | None:
    """The word of the one candidate with the event's clause, type and sides."""
    sides = [party.text for party in (*event.actors, *event.recipients)]
    found = {
        c.sentence.offset(c.trigger): c.trigger.text
        for c in draft.candidates
        if (c.start, c.end, c.type) == (event.evidence.start, event.evidence.end, event.type)
        and [mention.text for mention in (*c.actors, *c.recipients)] == sides
    }
    if len(found) != 1:
        return None
    ((start, word),) = found.items()
    return Span(start=start, end=start + len(word), text=word)


def _spans(parties: tuple[Party, ...], spots: dict[str, Mention]) -> tuple[Span, ...]:
    found = [spots[party.mention] for party in parties if party.mention in spots]
    return tuple(Span(start=m.start, end=m.end, text=m.text) for m in sorted(found, key=lambda m: (m.start, m.end)))


def _span(text: str, start: int, end: int) -> Span:
    return Span(start=start, end=end, text=text[start:end])
