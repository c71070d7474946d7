"""An article as it is compared with others: the words of its news, its phrases as numbers, its names and figures.

Furniture is left out, and so are case, accents, punctuation and hyphens, which copies change.
"""

from __future__ import annotations

import calendar
import hashlib
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from dragoman.model import Article

PHRASE: Final = 4
"""Words in a phrase; fewer and newsrooms share them by chance, more and one changed word costs too many."""

Phrases = NDArray[np.uint64]

_WORD: Final = re.compile(r"\w+")
_START: Final = re.compile(r"(?:^|[.!?:;\"“”()\[\]\n–—]|--)\W*$")
# A copy may say 'on Thursday' for 'on October 19': days and months tell no two stories apart.
_CALENDAR: Final = frozenset(
    name.lower()
    for names in (calendar.day_name, calendar.day_abbr, calendar.month_name, calendar.month_abbr, ("Sept",))
    for name in names
)
_WEIGHTS: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)


@dataclass(frozen=True, slots=True)
class Body:
    """The news of an article: folded words in order, and those among them that are names or figures."""

    words: tuple[str, ...]
    names: frozenset[str]

    @property
    def digest(self) -> bytes:
        """Equal for bodies of the same words."""
        return hashlib.blake2b(" ".join(self.words).encode("utf-8", "surrogatepass"), digest_size=16).digest()


class Numbers:
    """Words as 64-bit numbers, the same in every run; each is worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def phrases(self, words: tuple[str, ...]) -> Phrases:
        """The different phrases of a text as sorted numbers; a text shorter than a phrase is one phrase."""
        if not words:
            return np.empty(0, np.uint64)
        known = self._known
        values = np.array([known.get(word) or self._number(word) for word in words], np.uint64)
        if len(values) < PHRASE:
            values = np.pad(values, (0, PHRASE - len(values)))
        count = len(values) - PHRASE + 1
        mixed = np.zeros(count, np.uint64)
        for place in range(PHRASE):
            mixed += values[place : place + count] * _WEIGHTS[place]
        mixed ^= mixed >> np.uint64(31)
        return np.unique(mixed * _WEIGHTS[0])

    def _number(self, word: str) -> int:
        digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        return self._known.setdefault(word, int.from_bytes(digest, "little") | 1)


def body_of(article: Article) -> Body:
    """The news of an article without its furniture; the whole text where all of it is furniture."""
    text = article.text
    for piece in sorted(article.furniture, key=lambda f: f.start, reverse=True):
        text = f"{text[: piece.start]}\n{text[piece.end :]}"
    return _body(text if text.strip() else article.text)


def _body(text: str) -> Body:
    words: list[str] = []
    names: set[str] = set()
    for found in _WORD.finditer(text):
        word = found[0]
        folded = _folded(word)
        words.append(folded)
        if word[0].isdigit() or (
            word[0].isupper() and _is_name(folded, text[max(found.start() - 6, 0) : found.start()])
        ):
            names.add(folded)
    return Body(tuple(words), frozenset(names))


def _is_name(folded: str, before: str) -> bool:
    return folded not in _CALENDAR and not _START.search(before)


def _folded(word: str) -> str:
    if word.isascii():
        return word.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c)).casefold()
