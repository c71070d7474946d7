"""Which stretches of text lie in which: an index over contents made of several pieces.

Separate because the step asks it of statements and the chain of claims, and both must stay fast in long texts.
"""

from __future__ import annotations

import bisect
from collections.abc import Iterable, Sequence

from dragoman.coding.claims.statements import Range


class Nesting:
    """Finds, innermost first, the contents that hold a stretch, without looking at all of them."""

    def __init__(self, contents: Sequence[Iterable[Range]]) -> None:
        self.pieces = sorted((start, -end, n) for n, pieces in enumerate(contents) for start, end in pieces)
        self.outer: list[int] = []  # for each piece the one before it that is still open at its start, or -1
        open_: list[int] = []
        for at, (start, _, _) in enumerate(self.pieces):
            while open_ and -self.pieces[open_[-1]][1] <= start:
                open_.pop()
            self.outer.append(open_[-1] if open_ else -1)
            open_.append(at)

    def around(self, start: int, end: int) -> list[int]:
        """Numbers of the contents that hold the stretch in one piece, innermost first."""
        at = bisect.bisect_left(self.pieces, (start + 1,)) - 1
        found: list[int] = []
        while at >= 0:
            _, stop, number = self.pieces[at]
            if -stop >= end and number not in found:
                found.append(number)
            at = self.outer[at]
        return found
