"""Overlapping stretches of a text as pieces that do not overlap: what a page with highlights in its text is made of.

Apart from the pages so that nested and crossing highlights are cut in one place. A piece knows which highlights lie on
it, so a page writes one element a piece and never has to nest them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import msgspec

from dragoman.briefing.telling import lines_of
from dragoman.briefing.wording import UNSEEN, seen

_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])|[.!?…]+[\"'”’)\]]*$")


class Highlight(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch to be marked: `layer` is what kind of thing it is, `key` which one of them."""

    start: int
    end: int
    layer: str
    key: str = ""


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """A run of characters with the same highlights, by their places in the list that was given.

    `start` is its offset in the text in code points; `text` leaves out what cannot be seen, `gaps` are the offsets in
    the piece at which a character was left out. `opens` are the highlights that begin to be seen here.
    """

    start: int
    text: str
    gaps: tuple[int, ...] = ()
    on: tuple[int, ...] = ()
    opens: tuple[int, ...] = ()


Paragraph = tuple[Piece, ...]


def paragraphs(text: str, highlights: Sequence[Highlight], *, within: tuple[int, int] | None = None) -> list[Paragraph]:
    """The text (or the stretch `within`) as paragraphs of pieces, in order; blank paragraphs are left out.

    Offsets beyond the text are cut back to it, and an empty highlight marks nothing.
    """
    first, last = within or (0, len(text))
    first, last = max(0, first), min(len(text), last)
    seen_yet: set[int] = set()
    edges = _edges(highlights, first, last)
    found = []
    for begin, end in lines_of(text, first, last):
        made = [
            _piece(text, start, stop, on, seen_yet)
            for start, stop, on in _cut(begin, end, edges)
            if _is_shown(text[start:stop])
        ]
        if any(piece.text.strip() for piece in made):
            found.append(tuple(made))
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Where sentences begin and end, by their full stops alone: good enough to choose one of them from a list."""
    found = []
    for begin, end in lines_of(text, 0, len(text)):
        start = begin
        for match in _SENTENCE_END.finditer(text, begin, end):
            found.append((start, match.end()))
            start = match.end()
        found.append((start, end))
    return [cut for cut in (_stripped(text, *each) for each in found) if cut[0] < cut[1]]


class _Edges:
    """The offsets at which highlights begin and end, in order, gone through once."""

    def __init__(self, places: Sequence[tuple[int, int, bool]]) -> None:
        self.places = places
        self.at = 0
        self.open: dict[int, None] = {}

    def pass_to(self, offset: int) -> None:
        """Open and close all that begins or ends up to here."""
        while self.at < len(self.places) and self.places[self.at][0] <= offset:
            _, number, opens = self.places[self.at]
            if opens:
                self.open[number] = None
            else:
                self.open.pop(number, None)
            self.at += 1

    def next_before(self, end: int) -> int:
        """The next edge, or the end where that comes first."""
        return min(self.places[self.at][0], end) if self.at < len(self.places) else end


def _edges(highlights: Sequence[Highlight], first: int, last: int) -> _Edges:
    places = []
    for number, each in enumerate(highlights):
        start, end = max(each.start, first), min(each.end, last)
        if start < end:
            places += [(start, number, True), (end, number, False)]
    return _Edges(sorted(places))


def _cut(begin: int, end: int, edges: _Edges) -> Iterator[tuple[int, int, tuple[int, ...]]]:
    at = begin
    edges.pass_to(begin)
    while at < end:
        stop = edges.next_before(end)
        yield at, stop, tuple(sorted(edges.open))
        edges.pass_to(stop)
        at = stop


def _is_shown(words: str) -> bool:
    return bool(seen(words))


def _piece(text: str, start: int, stop: int, on: tuple[int, ...], seen_yet: set[int]) -> Piece:
    raw = text[start:stop]
    new = _first_seen(on, seen_yet) if raw.strip() else ()
    gaps = tuple(match.start() for match in UNSEEN.finditer(raw))
    return Piece(start=start, text=seen(raw) if gaps else raw, gaps=gaps, on=on, opens=new)


def _first_seen(on: Iterable[int], seen_yet: set[int]) -> tuple[int, ...]:
    new = tuple(number for number in on if number not in seen_yet)
    seen_yet.update(new)
    return new


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())
