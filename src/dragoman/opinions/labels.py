"""Opinions as labelled data: one sentence a line with its sides and what the model says, beside what Dragoman coded.

The lines are those that `dragoman relate` takes, with the type added. A model's answers are no gold; `coder` names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from dragoman.model import Span
from dragoman.opinions.agreement import NONE
from dragoman.opinions.kept import Opinion

Offsets = tuple[int, int]


class Coded(msgspec.Struct, frozen=True, kw_only=True):
    """What Dragoman made of it when the question was asked."""

    type: str
    mode: str | None
    status: str
    symmetric: bool
    confidence: float


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """One answer. Offsets are characters into `text`, the event's sentence; None for what stands elsewhere.

    `actor` and `recipient` are as the model sees them, the first of each side; of what both do, as Dragoman has them.
    """

    id: str
    article: str
    text: str
    actor: Offsets | None
    recipient: Offsets | None
    words: Offsets | None
    type: str
    mode: str | None
    status: str | None
    symmetric: bool
    coder: str
    wording: int
    reason: str
    coded: Coded


def labels(opinions: Iterable[Opinion]) -> Iterator[Label]:
    """The answers among opinions as labels, in their order; refusals and unusable answers are none."""
    for opinion in opinions:
        if opinion.answer is not None:
            yield _label(opinion)


def _label(opinion: Opinion) -> Label:
    answer, event, sentence = opinion.answer, opinion.event, opinion.marks.sentence
    assert answer is not None
    sides = _first(opinion.marks.actors, sentence), _first(opinion.marks.recipients, sentence)
    actor, recipient = reversed(sides) if answer.doer == "recipient" else sides
    words = None if answer.start is None or answer.end is None else _within(answer.start, answer.end, sentence)
    return Label(
        id=event.id,
        article=opinion.article,
        text=sentence.text,
        actor=actor,
        recipient=recipient,
        words=words,
        type=answer.type or NONE,
        mode=answer.mode,
        status=answer.status,
        symmetric=answer.doer == "both",
        coder=opinion.coder,
        wording=opinion.wording,
        reason=answer.reason,
        coded=Coded(
            type=event.type,
            mode=event.mode,
            status=event.status,
            symmetric=event.symmetric,
            confidence=event.confidence,
        ),
    )


def _first(spans: Sequence[Span], sentence: Span) -> Offsets | None:
    inside = (_within(span.start, span.end, sentence) for span in spans)
    return next((offsets for offsets in inside if offsets is not None), None)


def _within(start: int, end: int, sentence: Span) -> Offsets | None:
    if sentence.start <= start and end <= sentence.end:
        return start - sentence.start, end - sentence.start
    return None
