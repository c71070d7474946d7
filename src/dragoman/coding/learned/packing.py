"""Turns passages with questions about them into the arrays that the relation model reads; training uses it too.

A question names an actor, a recipient and a trigger by their characters; any of the three may be left out. Where the
lexicon takes the trigger for a type, the trigger's marks say which. Two ways of showing this to the model, which it
learns side by side:

- *inline*: marks stand in the text around the three spans, one question a passage;
- *beside*: the text is read once and each question is six marks after it, which take the positions of the spans, see
  the text and each other, and are seen by nothing else ("levitated markers": Zhong and Chen, 2021, arXiv:2010.12812;
  Ye et al., 2022, arXiv:2109.06067). A further question about the same passage then costs little.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

Chars = tuple[int, int]
# Marks are word pieces of the vocabulary that no text contains ("[unused1]" ...): before and after each of the three
# spans, and one pair for a span that is left out.
MARKS = ((2, 3), (4, 5), (6, 7))
ABSENT = ((8, 9), (10, 11), (12, 13))
HINTS = tuple((20 + 2 * k, 21 + 2 * k) for k in range(16))  # around a trigger, by the type that the lexicon gives it
LONGEST = 80  # word pieces of a passage that are read; what lies furthest from every span asked about is left out
PIECES = 6  # marks of a question


class Question(NamedTuple):
    """What is asked of a passage: offsets in characters, end exclusive; None for a span that is left out.

    `hint` is the type that the lexicon gives the trigger, by its index among the sixteen.
    """

    actor: Chars | None
    recipient: Chars | None
    trigger: Chars | None
    hint: int | None = None

    @property
    def spans(self) -> tuple[Chars | None, Chars | None, Chars | None]:
        """Actor, recipient and trigger."""
        return self.actor, self.recipient, self.trigger

    @property
    def marks(self) -> tuple[tuple[int, int], ...]:
        """The marks of the three spans, before and after each."""
        present = (*MARKS[:2], MARKS[2] if self.hint is None else HINTS[self.hint])
        return tuple(a if span is None else p for span, p, a in zip(self.spans, present, ABSENT, strict=True))


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text, a sentence or a few, with what is asked about it."""

    text: str
    questions: tuple[Question, ...]
    inline: bool = False


class Packed(NamedTuple):
    """Arrays of a batch: B passages of at most T pieces, Q questions in all.

    `ids` and `places` (B, T) int64; `sees` (B, T, T) bool: which piece looks at which; `asked` (Q, 7) int64: the
    passage of a question and where its six marks stand.
    """

    ids: npt.NDArray[np.int64]
    places: npt.NDArray[np.int64]
    sees: npt.NDArray[np.bool_]
    asked: npt.NDArray[np.int64]


class _Row(NamedTuple):
    ids: list[int]
    places: list[int]
    text: int  # how many of the pieces are text that all see
    marks: list[list[int]]


def pack(passages: Sequence[Passage], tokenizer: Tokenizer, longest: int = LONGEST) -> Packed:
    """The arrays for a batch of passages, questions in order; passages are cut to `longest` word pieces.

    Raises `ValueError` where an inline passage has other than one question.
    """
    rows = [_inline(p, tokenizer, longest) if p.inline else _beside(p, tokenizer, longest) for p in passages]
    width = max((len(row.ids) for row in rows), default=0)
    ids = np.zeros((len(rows), width), dtype=np.int64)
    places = np.zeros((len(rows), width), dtype=np.int64)
    sees = np.zeros((len(rows), width, width), dtype=np.bool_)
    asked: list[list[int]] = []
    for b, row in enumerate(rows):
        n = len(row.ids)
        ids[b, :n], places[b, :n] = row.ids, row.places
        sees[b, :n, : row.text] = True
        sees[b, n:, 0] = True  # padding must look somewhere
        for first in range(row.text, n, PIECES):
            sees[b, first : first + PIECES, first : first + PIECES] = True
        asked += [[b, *marks] for marks in row.marks]
    return Packed(ids, places, sees, np.array(asked, dtype=np.int64).reshape(-1, 1 + PIECES))


def pieces(text: str, tokenizer: Tokenizer) -> int:
    """How many word pieces a text has, to sort passages by length."""
    return len(tokenizer.encode(text, add_special_tokens=False).ids)


def _beside(passage: Passage, tokenizer: Tokenizer, longest: int) -> _Row:
    words, spans = _words(passage, tokenizer, longest)
    ids = [_id(tokenizer, "[CLS]"), *words, _id(tokenizer, "[SEP]")]
    places, text, marks = list(range(len(ids))), len(ids), []
    for question, of_question in zip(passage.questions, spans, strict=True):
        marks.append(list(range(len(ids), len(ids) + PIECES)))
        for span, pair in zip(of_question, question.marks, strict=True):
            ids += pair
            places += (0, 0) if span is None else (span[0] + 1, span[1])
    return _Row(ids, places, text, marks)


def _inline(passage: Passage, tokenizer: Tokenizer, longest: int) -> _Row:
    if len(passage.questions) != 1:
        raise ValueError("a passage with marks inside has one question")
    words, (spans,) = _words(passage, tokenizer, longest)
    before: dict[int, list[tuple[int, int]]] = {}
    pairs = passage.questions[0].marks
    for k, (span, (first, last)) in enumerate(zip(spans, pairs, strict=True)):
        if span is not None:
            before.setdefault(min(span[1], len(words)), []).insert(0, (2 * k + 1, last))
            before.setdefault(span[0], []).append((2 * k, first))
    ids, marks = [_id(tokenizer, "[CLS]")], [0] * PIECES
    for i in range(len(words) + 1):
        for which, mark in sorted(before.get(i, ()), key=lambda m: m[0] % 2 == 0):
            marks[which] = len(ids)
            ids.append(mark)
        if i < len(words):
            ids.append(words[i])
    ids.append(_id(tokenizer, "[SEP]"))
    for k, (span, (first, last)) in enumerate(zip(spans, pairs, strict=True)):
        if span is None:
            marks[2 * k], marks[2 * k + 1] = len(ids), len(ids) + 1
            ids += (first, last)
    return _Row(ids, list(range(len(ids))), len(ids), [marks])


Spans = tuple[tuple[int, int] | None, ...]


def _words(passage: Passage, tokenizer: Tokenizer, longest: int) -> tuple[list[int], list[Spans]]:
    """The word pieces of the passage, cut to `longest`, and the pieces of each question's spans, end exclusive."""
    encoded = tokenizer.encode(passage.text, add_special_tokens=False)
    ids, offsets = encoded.ids, encoded.offsets
    spans = [
        tuple(None if c is None else _touched(c, offsets) for c in question.spans) for question in passage.questions
    ]
    if len(ids) <= longest:
        return ids, spans
    kept = _nearest(len(ids), [s for of_question in spans for s in of_question if s is not None], longest)
    new = {old: i for i, old in enumerate(kept)}
    last = len(kept) - 1
    cut: list[Spans] = [
        tuple(None if s is None else (new.get(s[0], last), new.get(s[1] - 1, new.get(s[0], last)) + 1) for s in q)
        for q in spans
    ]
    return [ids[i] for i in kept], cut


def _touched(chars: Chars, offsets: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The pieces that a stretch of characters touches; one piece where it holds none (a stray sign)."""
    inside = [i for i, (start, end) in enumerate(offsets) if start < chars[1] and end > chars[0]]
    if inside:
        return inside[0], inside[-1] + 1
    nearest = min(range(len(offsets)), key=lambda i: abs(offsets[i][0] - chars[0]), default=0)
    return nearest, nearest + 1


def _nearest(count: int, spans: Sequence[tuple[int, int]], longest: int) -> list[int]:
    """The `longest` pieces nearest to any span, in order of the text."""
    far = [min((max(a - i, i - b + 1, 0) for a, b in spans), default=i) for i in range(count)]
    return sorted(sorted(range(count), key=lambda i: (far[i], i))[:longest])


def _id(tokenizer: Tokenizer, piece: str) -> int:
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise ValueError(f"the vocabulary has no piece {piece}")
    return int(found)
