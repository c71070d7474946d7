"""What a person writes into a search box, taken apart: words, "phrases", -excluded, OR, word*.

Apart from tantivy's own query language, in which a stray colon or bracket is an error: here nothing is, and what was
not understood is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST: Final = 32
"""Parts of a question that are looked at."""
_PART: Final = re.compile(r'(?P<minus>-?)(?:"(?P<phrase>[^"]*)(?P<closed>"?)|(?P<word>[^\s"]+))')
_QUOTES: Final = str.maketrans("“”„«»", '"""""')


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Words that must stand one after the other; one word mostly. `prefix` is for one that only begins so."""

    terms: tuple[str, ...]
    written: str
    exclude: bool = False
    prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """All groups must be found, of each group one part; nothing of `excluded`. `notes` say what was not understood.

    `understood` is whether there is anything to go by; a question of nothing but signs has nothing, an empty one all.
    """

    groups: tuple[tuple[Part, ...], ...] = ()
    excluded: tuple[Part, ...] = ()
    notes: tuple[str, ...] = ()
    understood: bool = True


def parse(text: str, analyze: Callable[[str], list[str]]) -> Wanted:
    """Take a question apart; `analyze` makes words into the terms of the index. Never fails."""
    groups: list[list[Part]] = []
    excluded: list[Part] = []
    notes: list[str] = []
    joined = False
    found = list(_PART.finditer(text.translate(_QUOTES)))
    if len(found) > MOST:
        notes.append(f"Only the first {MOST} words are looked for.")
    for match in found[:MOST]:
        if match["phrase"] is not None and not match["closed"]:
            notes.append("A quotation mark is not closed; what follows it was taken for a phrase.")
        if match["word"] == "OR" and not match["minus"]:
            joined = bool(groups)
            continue
        part = _part(match, analyze)
        if part is None:
            notes.append(f"There is nothing to look for in '{match[0]}'.")
        elif part.exclude:
            excluded.append(part)
        elif joined:
            groups[-1].append(part)
        else:
            groups.append([part])
        joined = False
    if excluded and not groups:
        notes.append("Only words to leave out are given; shown is all that does not have them.")
    return Wanted(
        groups=tuple(map(tuple, groups)),
        excluded=tuple(excluded),
        notes=tuple(dict.fromkeys(notes)),
        understood=bool(groups or excluded or not text.strip()),
    )


def _part(match: re.Match[str], analyze: Callable[[str], list[str]]) -> Part | None:
    word: str = match["phrase"] if match["phrase"] is not None else match["word"]
    prefix = match["word"] is not None and word.endswith("*") and len(word.rstrip("*")) > 1
    terms = tuple(analyze(word))
    if not terms:
        return None
    return Part(terms=terms, written=word, exclude=bool(match["minus"]), prefix=prefix and len(terms) == 1)
