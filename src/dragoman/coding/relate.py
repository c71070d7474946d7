"""Types a relation whose two sides are given: a text with the spans of an actor and a recipient becomes an event type.

Every word near the two sides that evokes an event is weighed by how well the actor fits as its doer and the recipient
as its receiver. A type is always given; where no word evokes one it is a guess with low scores (`fallback` of the
lexicon). Unless asked to be fast, the relation model then has its say (`learned.relate`).
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from dragoman.coding.language import load_pipeline
from dragoman.coding.relation import RelationTyper, Typed, spread
from dragoman.coding.syntax import SUBJECTS, is_future, is_said_future
from dragoman.errors import InputError, UsageError
from dragoman.json_lines import read_lines, write_lines
from dragoman.knowledge.ontology import TYPES
from dragoman.model import EventType

EVEN = 1 / len(TYPES)
GUESS = 0.15
BATCH = 64
# Links by which a verb shares the subject of the verb or noun above it.
GivenRow = tuple[str, tuple[int, int], tuple[int, int]]
SHARED = frozenset({"conj", "xcomp", "advcl", "ccomp", "acl", "relcl", "pcomp", "prep", "dep", "parataxis"})
FAR = 0.93


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """A relation to type: offsets are characters into `text`, end exclusive. Other fields of a line are left alone."""

    id: str
    text: str
    actor: tuple[int, int]
    recipient: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Related:
    """The type of a relation, and a chance for each of the sixteen types; the chances add up to one.

    `trigger` is the word that tells it and `at` where that stands in the text; None where no word does.
    """

    type: EventType
    scores: Mapping[EventType, float]
    trigger: str | None = None
    at: tuple[int, int] | None = None


def relate(
    text: str, actor: tuple[int, int], recipient: tuple[int, int], nlp: Language | None = None, *, fast: bool = False
) -> Related:
    """What the actor does to the recipient in the text, spans given as (start, end) in characters.

    `fast` goes by the lexicon alone. Raises `UsageError` when a span lies outside the text.
    """
    return next(relate_many([(text, actor, recipient)], nlp, fast=fast))


def relate_many(rows: Iterable[GivenRow], nlp: Language | None = None, *, fast: bool = False) -> Iterator[Related]:
    """`relate` for many (text, actor, recipient), parsed in batches; results in order, memory bounded."""
    stream = iter(rows)
    typer, nlp = RelationTyper(), nlp or load_pipeline()
    while batch := list(itertools.islice(stream, BATCH)):
        texts = ((text, (actor, recipient)) for text, actor, recipient in batch)
        related = [
            relate_doc(doc, tokens_of(doc, actor), tokens_of(doc, recipient), typer)
            for doc, (actor, recipient) in nlp.pipe(texts, as_tuples=True)
        ]
        if not fast:
            from dragoman.coding.learned.model import load_model
            from dragoman.coding.learned.relate import relate_with_model

            related = relate_with_model(batch, related, load_model())
        yield from related


def relate_file(in_path: Path, out_path: Path, nlp: Language | None = None, *, fast: bool = False) -> int:
    """Type the relations of a JSON Lines file and write `{"id","type","scores"}` a line; gives the number written.

    The output file appears when all is written. Raises `InputError` with file, line and field at the first line that
    is not a relation, `UsageError` when the output cannot be written.
    """
    given: deque[str] = deque()

    def rows() -> Iterator[GivenRow]:
        for row in read_relations(in_path):
            given.append(row.id)
            yield row.text, row.actor, row.recipient

    def lines() -> Iterator[dict[str, Any]]:
        for related in relate_many(rows(), nlp, fast=fast):
            scores = {kind: round(score, 4) for kind, score in related.scores.items()}
            yield {"id": given.popleft(), "type": related.type, "scores": scores}

    return write_lines(out_path, lines())


def read_relations(path: Path) -> Iterator[Given]:
    """The relations of a JSON Lines file, one by one. Raises `InputError` with file, line and field, `UsageError`."""
    for number, row in read_lines(path, Given):
        for field, (start, end) in (("actor", row.actor), ("recipient", row.recipient)):
            if not 0 <= start < end <= len(row.text) or not row.text[start:end].strip():
                what = f"[{start}, {end}] holds no word of the text, which has {len(row.text)} characters."
                raise InputError(what, source=str(path), line=number, field=field)
        yield row


def tokens_of(doc: Doc, span: tuple[int, int]) -> TokenSpan:
    """The tokens that a span of characters touches. Raises `UsageError` when it lies outside the text."""
    start, end = span
    if not 0 <= start < end <= len(doc.text):
        raise UsageError(f"The span [{start}, {end}] is no stretch of a text of {len(doc.text)} characters.")
    tokens = doc.char_span(start, end, alignment_mode="expand")
    if tokens is None:
        raise UsageError(f"The span [{start}, {end}] holds no word of the text.")
    return tokens


def relate_doc(doc: Doc, actor: TokenSpan, recipient: TokenSpan, typer: RelationTyper) -> Related:
    """What the lexicon says the actor does to the recipient, both tokens of a parsed text."""
    a, r = actor.root, recipient.root
    first, last = min(a.sent.start, r.sent.start), max(a.sent.end, r.sent.end)
    found: dict[tuple[int, int], tuple[float, Typed]] = {}
    for token in doc[first:last]:
        typed = typer.trigger(token)
        if typed is None:
            continue
        if typed.type == "CONSULT" and (is_future(typed.governor) or is_said_future(typed.governor)):
            # A relation has no status to say that a meeting is planned: one to come counts as the promise of it.
            typed = replace(typed, type="AGREE", mode=None)
        fit = _doer(a, typed) * _receiver(r, typed, a)
        inside = any(s.start <= typed.trigger.i < s.end for s in (actor, recipient))
        weight = fit * typed.score * (0.3 if inside else 1.0)
        key = (typed.trigger.i, typed.governor.i)
        if key not in found or found[key][0] < weight:
            found[key] = (weight, typed)
    if not found:
        kind = _guess(r, typer)
        return Related(kind, spread(kind, GUESS))
    best_weight, best = max(found.values(), key=lambda x: (x[0], -x[1].trigger.i))
    scores: dict[EventType, float] = dict.fromkeys(TYPES, 0.0)
    for weight, typed in found.values():
        share = (weight / best_weight) ** 3 if best_weight else 1.0
        for kind, score in typed.scores.items():
            scores[kind] += share * score
    total = sum(scores.values())
    sure = 0.3 + 0.7 * min(1.0, best_weight)
    scores = {kind: sure * score / total + (1 - sure) * EVEN for kind, score in scores.items()}
    top = max(scores.values())
    scores[best.type] = max(scores[best.type], top)
    total = sum(scores.values())
    return Related(best.type, {kind: score / total for kind, score in scores.items()}, *_place(best.trigger))


def _place(trigger: Token) -> tuple[str, tuple[int, int]]:
    return trigger.text, (trigger.idx, trigger.idx + len(trigger))


def _guess(recipient: Token, typer: RelationTyper) -> EventType:
    table = typer.predicates.fallback
    node = recipient
    while node.head != node and node.pos_ != "ADP":
        node = node.head
    return table.get(node.lower_, table[""])


def _climb(token: Token, reach: tuple[Token, ...]) -> tuple[Token, str, int] | None:
    """The word of `reach` above the token, the link by which it is reached, and how many steps up; None if none is."""
    node, steps, prep = token, 0, ""
    while True:
        if node in reach:
            return node, prep or "self", steps
        if node.head == node:
            return None
        if node.dep_ not in ("conj", "appos", "compound", "poss", "amod", "nmod") or node.head in reach:
            prep = f"{node.dep_}:{node.lower_}" if node.pos_ == "ADP" else node.dep_
        node, steps = node.head, steps + 1


def _doer(actor: Token, typed: Typed) -> float:
    """How well the actor fits as the one who does it, 0 to 1."""
    at = _climb(actor, typed.reach)
    if at is not None:
        node, link, steps = at
        value = _doer_by_link(node, link, typed)
        return value * FAR ** max(0, steps - 1)
    node, steps = typed.governor, 0
    while node.head != node and node.dep_ in SHARED and steps < 6:
        noun, node = node, node.head
        steps += 1
        if node == actor:
            return 0.85 if noun.dep_ in ("relcl", "acl") else 0.5
        at = _climb(actor, (node,))
        if at is not None and at[1] in ("nsubj", "nsubjpass"):
            return 0.9 * FAR ** (steps + at[2] - 1)
        if at is not None:
            return 0.45 * FAR**steps
    return 0.3


def _doer_by_link(node: Token, link: str, typed: Typed) -> float:
    name, _, word = link.partition(":")
    verb = node.pos_ in ("VERB", "AUX", "ADJ")
    if name in SUBJECTS:
        turned = typed.inverse or (name == "nsubjpass")
        return 0.3 if turned and not typed.symmetric else 1.0
    if name == "agent" or (name == "prep" and word == "by"):
        return 1.0
    if not verb and name in ("poss", "compound", "amod", "nmod"):
        return 0.95
    if name == "prep":
        return (
            0.9
            if typed.symmetric and word in ("between", "with", "of")
            else 0.75
            if word in ("from", "of", "in")
            else 0.5
        )
    return 0.35


def _receiver(recipient: Token, typed: Typed, actor: Token) -> float:
    """How well the recipient fits as the one whom it is done to, 0 to 1."""
    at = _climb(recipient, typed.reach)
    if at is not None:
        node, link, steps = at
        name = link.partition(":")[0]
        decay = FAR ** max(0, steps - 1)
        if name in ("nsubj", "csubj"):
            if typed.symmetric or typed.inverse or node != typed.governor:
                return 0.9 * decay
            return 0.4 * decay
        if name == "agent":
            return 0.5 * decay
        if name in ("poss", "compound", "amod", "self"):
            return 0.7 * decay
        return decay
    node, steps = typed.governor, 0
    while node.head != node and steps < 6:
        noun, node = node, node.head
        steps += 1
        if node == recipient:
            return 0.8 if noun.dep_ in ("relcl", "acl") else 0.5
        at = _climb(recipient, (node,))
        if at is not None:
            return 0.5 * FAR ** (steps + at[2])
    return 0.3
