"""What the predicate lexicon reads in labelled sentences: the words that a coder will ask the model about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc, Token

from dragoman.coding.language import load_pipeline
from dragoman.coding.learned.labels import TYPES
from dragoman.coding.learned.packing import Chars
from dragoman.coding.relate import relate_doc, tokens_of
from dragoman.coding.relation import RelationTyper
from training.rows import Evoked, Lexical
from training.sentences import LabelledSentence


def read_by_lexicon(sentences: Iterable[LabelledSentence]) -> Iterator[Lexical]:
    """For each sentence, the triggers that the lexicon finds in it, and how it relates sides of events."""
    typer = RelationTyper()
    given = ((s.text, s) for s in sentences)
    for doc, sentence in load_pipeline().pipe(given, as_tuples=True, batch_size=128):
        yield Lexical(tuple(_evoked(doc, typer)), dict(_between(doc, sentence, typer)))


def _evoked(doc: Doc, typer: RelationTyper) -> Iterable[Evoked]:
    found: dict[int, Evoked] = {}
    for token in doc:
        typed = typer.trigger(token) if token.pos_ in ("VERB", "NOUN", "PROPN", "AUX", "ADJ") else None
        if typed is not None:
            words = tuple(_chars(t) for t in (typed.governor, *typed.reach))
            found.setdefault(typed.trigger.i, Evoked(_chars(typed.trigger), words, typed.type))
    return found.values()


def _between(
    doc: Doc, sentence: LabelledSentence, typer: RelationTyper
) -> Iterator[tuple[tuple[str, str], tuple[Chars, int]]]:
    party = {p.id: tokens_of(doc, (p.start, p.end)) for p in sentence.parties}
    for event in sentence.events:
        pairs = [(a, r) for a in event.actors for r in event.recipients]
        for a, r in pairs + [(r, a) for a, r in pairs if event.symmetric]:
            related = relate_doc(doc, party[a], party[r], typer)
            if related.at is not None:
                yield (a, r), (related.at, TYPES.index(related.type))


def _chars(token: Token) -> Chars:
    return token.idx, token.idx + len(token)
