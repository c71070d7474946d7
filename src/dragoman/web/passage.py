"""An event's clause in its paragraph, cut into pieces that a template marks: clause, sides, date, place.

Pure; the pieces joined give the paragraph back, with unseen characters made visible.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Final, Literal

import msgspec

from dragoman.briefing.wording import seen
from dragoman.model import CodedArticle, Event, Party

Role = Literal["actor", "recipient", "date", "place"]
AROUND: Final = 600
"""Characters of a very long paragraph that are shown before and behind the clause."""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the paragraph; `clause` says whether it tells of the event, `role` what it names."""

    text: str
    clause: bool = False
    role: Role | None = None


def passage(coded: CodedArticle, event: Event) -> tuple[Piece, ...]:
    """The paragraph of an event's clause and a short one before it; '…' stands where a long one is cut."""
    text, clause = coded.article.text, event.evidence
    first = _begin(text, clause.start)
    last = end if (end := text.find("\n", clause.end)) >= 0 else len(text)
    start, end = _cut(text, max(first, clause.start - AROUND), min(last, clause.end + AROUND), first, last)
    marks = [(max(a, start), min(b, end), role) for a, b, role in _marks(coded, event) if a < end and b > start]
    edges = {start, end, clause.start, clause.end, *(edge for a, b, _ in marks for edge in (a, b))}
    points = sorted(edge for edge in edges if start <= edge <= end)
    pieces = [Piece(text="… ")] if start > first else []
    for a, b in pairwise(points):
        role = next((role for left, right, role in marks if left <= a and b <= right), None)
        pieces.append(Piece(text=seen(text[a:b]), clause=clause.start <= a and b <= clause.end, role=role))
    return (*pieces, Piece(text=" …")) if end < last else tuple(pieces)


def _begin(text: str, at: int) -> int:
    """Where the paragraph begins; the one before goes with it if it is not long, for it says who 'they' are."""
    own = text.rfind("\n", 0, at) + 1
    before = len(text[:own].rstrip())
    earlier = text.rfind("\n", 0, before) + 1
    return earlier if before and at - earlier <= AROUND else own


def _cut(text: str, start: int, end: int, first: int, last: int) -> tuple[int, int]:
    """The nearest blanks within, so that no word is cut, unless a word is as long as the cut."""
    if start > first:
        blank = text.find(" ", start, start + AROUND // 4)
        start = blank + 1 if blank >= 0 else start
    if end < last:
        blank = text.rfind(" ", end - AROUND // 4, end)
        end = blank if blank >= 0 else end
    return start, end


def _marks(coded: CodedArticle, event: Event) -> Iterator[tuple[int, int, Role]]:
    """What is marked, the shortest first where they lie in one another."""
    mentions = {m.id: m for m in coded.mentions}
    found: list[tuple[int, int, Role]] = []
    sides: tuple[tuple[Role, tuple[Party, ...]], ...] = (("actor", event.actors), ("recipient", event.recipients))
    for role, parties in sides:
        for party in parties:
            mention = mentions.get(party.mention or "")
            if mention is not None:
                found.append((mention.start, mention.end, role))
    words: tuple[tuple[Role, str | None], ...] = (
        ("date", event.date.expression if event.date else None),
        ("place", event.place.text if event.place else None),
    )
    for role, text in words:
        at = _near(coded.article.text, text, event) if text else -1
        if text and at >= 0:
            found.append((at, at + len(text), role))
    yield from sorted(found, key=lambda mark: (mark[1] - mark[0], mark[0]))


def _near(text: str, words: str, event: Event) -> int:
    """Where words stand in the clause, else before or behind it within reach; -1 for nowhere."""
    clause = event.evidence
    at = text.find(words, clause.start, clause.end)
    return at if at >= 0 else text.find(words, max(0, clause.start - AROUND), clause.end + AROUND)
