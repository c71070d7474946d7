"""What may be spent in one run, in requests and tokens, so that no request is sent that could go beyond it.

What a request costs is known only afterwards; before, it is taken for the most that it can cost.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from dragoman.errors import DragomanError

MOST_PER_BYTE: Final = 0.5
"""Tokens that a byte of our messages is taken to cost until a server has counted some; English text has about 0.25."""
MARGIN: Final = 1.25
"""How much dearer by the byte than any message so far the next one may be."""
TYPICAL_PER_BYTE: Final = 0.25


class SpentError(DragomanError):
    """What may be spent does not suffice for another request."""


@dataclass(slots=True, kw_only=True)
class Budget:
    """Limits (None for none), and what was spent. `answer` is the most tokens that one answer may have."""

    requests: int | None = None
    tokens: int | None = None
    answer: int
    sent: int = 0
    spent: int = 0
    dearest: float | None = None

    def take(self, size: int) -> None:
        """Count a request of `size` bytes that is about to be sent; raises `SpentError` as `check` does."""
        self.check(size)
        self.sent += 1

    def check(self, size: int) -> None:
        """Raise `SpentError` where another request of `size` bytes may cost too much."""
        if self.requests is not None and self.sent >= self.requests:
            raise SpentError(f"The budget of {self.requests:,} requests is used up.")
        most = self.most(size)
        if self.tokens is not None and self.spent + most > self.tokens:
            left = self.tokens - self.spent
            raise SpentError(
                f"Of the budget of {self.tokens:,} tokens {max(left, 0):,} are left, and the next question may take "
                f"{most:,}."
            )

    def paid(self, size: int, prompt: int | None, answer: int | None) -> None:
        """Count what an answered request cost by the server's own count; at most what it can have cost without one."""
        if prompt is None or answer is None:
            self.spent += self.most(size)
            return
        self.spent += prompt + answer
        self.dearest = max(self.dearest or 0.0, prompt / max(size, 1))

    def lost(self, size: int) -> None:
        """Count a request that was sent and whose answer never came: it may have been paid for all the same."""
        self.spent += self.most(size)

    def most(self, size: int) -> int:
        """The most tokens that a request of `size` bytes is taken to cost, with its answer."""
        rate = MOST_PER_BYTE if self.dearest is None else self.dearest * MARGIN
        return math.ceil(size * rate) + self.answer
