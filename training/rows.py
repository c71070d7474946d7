"""Labelled sentences turned into questions with answers, as the relation model is trained on them.

Besides what a sentence's labels say outright, each gives what does *not* hold: sides turned round, third parties,
triggers of other events, and words of the lexicon that tell no event here. All of those are NONE.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dragoman.coding.learned.labels import MODES, NONE, STATUSES, TYPES
from dragoman.coding.learned.packing import Chars, Passage, Question
from training.sentences import Labelled, LabelledSentence, Party

UNKNOWN = -1  # a part of the answer that is not learned from this question
NEGATIVES = 1.6  # questions answered NONE for each of the others, at most
UNHINTED = 0.15  # how often the lexicon's hint is kept from the model
LEFT_OUT = 0.2  # how often a side or the trigger of an event is left out as well
MOST = 12  # questions a passage


@dataclass(frozen=True, slots=True)
class Row:
    """A question with its answer: indices into `labels`, `UNKNOWN` where there is none."""

    question: Question
    type: int
    status: int = UNKNOWN
    mode: int = UNKNOWN


@dataclass(frozen=True, slots=True)
class Evoked:
    """A word that the lexicon takes for a trigger, with all words that it draws in, as characters of the sentence."""

    trigger: Chars
    words: tuple[Chars, ...]
    type: str

    @property
    def hint(self) -> int:
        """The type as the model is shown it."""
        return TYPES.index(self.type)


@dataclass(frozen=True, slots=True)
class Lexical:
    """What the lexicon reads in a sentence.

    `evoked`: its triggers; `between`: for two parties (ids) that stand in an event, the trigger by which it would
    relate them, and its type as a hint.
    """

    evoked: tuple[Evoked, ...]
    between: Mapping[tuple[str, str], tuple[Chars, int]]


@dataclass(frozen=True, slots=True)
class Example:
    """A text with all its rows: those that tell an event and, at most `negatives` for each, those that do not."""

    text: str
    events: tuple[Row, ...]
    partial: tuple[Row, ...]
    none: tuple[Row, ...]
    negatives: float = NEGATIVES

    def draw(self, rng: random.Random) -> tuple[Passage, list[Row]]:
        """A passage for one epoch: every event, some of the partial questions and of those answered NONE."""
        rows = list(self.events) + [row for row in self.partial if rng.random() < LEFT_OUT]
        room = max(2, round(self.negatives * max(1, len(rows))))
        rows += rng.sample(self.none, min(room, len(self.none)))
        rng.shuffle(rows)
        rows = [_sometimes_unhinted(row, rng) for row in rows[:MOST]]
        return Passage(self.text, tuple(row.question for row in rows)), rows

    def draw_inline(self, rng: random.Random) -> tuple[Passage, list[Row]] | None:
        """A passage with one question marked inside the text, three times in four one that tells an event."""
        full = list(self.events) + [row for row in self.partial if row.question.actor and row.question.recipient]
        pool: Sequence[Row] = full if full and (rng.random() < 0.75 or not self.none) else self.none
        if not pool:
            return None
        row = _sometimes_unhinted(rng.choice(pool), rng)
        return Passage(self.text, (row.question,), inline=True), [row]


def example(sentence: LabelledSentence, read: Lexical | None = None) -> Example:
    """All rows of a sentence; `read` is what the lexicon finds in it."""
    read = read or Lexical((), {})
    spans = {p.id: (p.start, p.end) for p in sentence.parties}
    events, partial = [], []
    for event in sentence.events:
        triggers = _names_of(event, read.evoked)
        for a, r in _directed(event):
            for trigger, hint in triggers:
                events.append(_row(event, Question(spans.get(a or ""), spans.get(r or ""), trigger, hint)))
            if not (a and r):
                continue
            partial.append(_row(event, Question(spans[a], None, *triggers[-1])))
            partial.append(_row(event, Question(None, spans[r], *triggers[-1])))
            if len({e.type for e in sentence.events if (a, r) in _directed(e)}) == 1:
                partial.append(_row(event, Question(spans[a], spans[r], None)))
                if (a, r) in read.between:
                    partial.append(_row(event, Question(spans[a], spans[r], *read.between[a, r])))
        partial.append(_row(event, Question(None, None, *triggers[-1])))
    return Example(sentence.text, tuple(events), tuple(partial), tuple(_none(sentence, spans, read.evoked)))


def _sometimes_unhinted(row: Row, rng: random.Random) -> Row:
    return replace(row, question=row.question._replace(hint=None)) if rng.random() < UNHINTED else row


def _none(sentence: LabelledSentence, spans: dict[str, Chars], evoked: Sequence[Evoked]) -> Iterable[Row]:
    gold = [event.trigger for event in sentence.events]
    idle = [(e.trigger, e.hint) for e in evoked if not any(_overlap(w, g) for w in (e.trigger, *e.words) for g in gold)]
    for one, other in itertools.permutations(sentence.parties, 2):
        if _same_side(one, other):
            continue
        pair = Question(spans[one.id], spans[other.id], None)
        told = [e for e in sentence.events if _tells(e, one, other, sentence)]
        if not told:
            yield Row(pair, NONE)
        for event in sentence.events:
            if event not in told and not any(e.trigger == event.trigger for e in told):
                for trigger, hint in _names_of(event, evoked):
                    yield Row(pair._replace(trigger=trigger, hint=hint), NONE)
        yield from (Row(pair._replace(trigger=trigger, hint=hint), NONE) for trigger, hint in idle)
    for party in sentence.parties:
        for event in sentence.events:
            if not any(e.trigger == event.trigger and _in(party, e, sentence) for e in sentence.events):
                trigger, hint = _names_of(event, evoked)[-1]
                yield Row(Question(spans[party.id], None, trigger, hint), NONE)
                yield Row(Question(None, spans[party.id], trigger, hint), NONE)
        for trigger, hint in idle:
            yield Row(Question(spans[party.id], None, trigger, hint), NONE)
    yield from (Row(Question(None, None, trigger, hint), NONE) for trigger, hint in idle)


def _directed(event: Labelled) -> list[tuple[str | None, str | None]]:
    pairs: list[tuple[str | None, str | None]] = [
        (a, r) for a in event.actors or (None,) for r in event.recipients or (None,)
    ]
    return pairs + [(r, a) for a, r in pairs] if event.symmetric else pairs


def _tells(event: Labelled, one: Party, other: Party, sentence: LabelledSentence) -> bool:
    """Whether the event is, or may be taken for, one between the two: by their ids or by their countries."""
    country = {p.id: p.country for p in sentence.parties}
    for a, r in _directed(event):
        if (a, r) == (one.id, other.id):
            return True
        like_a = a is None or a == one.id or (one.country is not None and country[a] == one.country)
        like_r = r is None or r == other.id or (other.country is not None and country[r] == other.country)
        if like_a and like_r:
            return True
    return False


def _in(party: Party, event: Labelled, sentence: LabelledSentence) -> bool:
    country = {p.id: p.country for p in sentence.parties}
    sides = (*event.actors, *event.recipients)
    return party.id in sides or (party.country is not None and party.country in {country[s] for s in sides})


def _same_side(one: Party, other: Party) -> bool:
    return one.country is not None and one.country == other.country


def _names_of(event: Labelled, evoked: Sequence[Evoked]) -> list[tuple[Chars, int | None]]:
    """The trigger as labelled and, where the lexicon names the event by one word of it or beside it, that word."""
    inside = [e for e in evoked if _overlap(e.trigger, event.trigger)]
    beside = [e for e in evoked if e.type == event.type and any(_overlap(w, event.trigger) for w in e.words)]
    return [(event.trigger, None), *((e.trigger, e.hint) for e in (inside + beside)[:1])]


def _row(event: Labelled, question: Question) -> Row:
    known = MODES[event.type]
    mode = known.index(event.mode) if known else UNKNOWN
    return Row(question, TYPES.index(event.type), STATUSES.index(event.status), mode)


def _overlap(a: Chars, b: Chars) -> bool:
    return min(a[1], b[1]) > max(a[0], b[0])
