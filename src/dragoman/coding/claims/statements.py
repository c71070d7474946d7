"""A claim in the making: ranges of one parsed paragraph, before offsets, names and chains are known.

Separate because the finders of cues write it and the quotations, the flow of speech and the step itself read it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

Range = tuple[int, int]  # characters of a paragraph, end exclusive
EDGES = ",;:–—- \t\n\xa0"


@dataclass(frozen=True, slots=True)
class Source:
    """Who speaks: the words as written, and the head of the noun phrase that they stand for (None for a bare label)."""

    start: int
    end: int
    head: Token | None = None


@dataclass(slots=True)
class Statement:
    """Cue, source and content of one claim, in characters of the paragraph.

    `entry` names the lexicon entry, `reports` tells words said from attitudes, `speech` whether a quotation may be
    the content, `acts` whether the words are an act to somebody ('urged', 'vowed'). `later` is content in the
    paragraphs after this one, in characters of the article; `quoted` tells that it stands in quotation marks. `aside`
    is a whole inserted phrase ("as Tass reported on Monday"), which belongs to nobody else's content.
    """

    cue: Range
    source: Source | None
    content: list[Range]
    entry: str
    reports: bool = False
    speech: bool = False
    later: list[Range] = field(default_factory=list)
    quoted: bool = False
    aside: Range | None = None
    acts: bool = False


def chars(doc: Doc, start: int, end: int) -> Range:
    """The characters of the tokens start up to end."""
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def runs(indices: Iterable[int]) -> list[Range]:
    """Token numbers as ranges of neighbours."""
    made: list[Range] = []
    for i in sorted(indices):
        if made and made[-1][1] == i:
            made[-1] = (made[-1][0], i + 1)
        else:
            made.append((i, i + 1))
    return made


def merged(pieces: Iterable[Range]) -> list[Range]:
    """Sorted pieces; those that overlap or have no more than one character between them made one."""
    made: list[Range] = []
    for start, end in sorted(pieces):
        if made and start <= made[-1][1] + 1:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def minus(piece: Range, holes: Iterable[Range]) -> list[Range]:
    """What is left of a range when others are cut out of it."""
    left = [piece]
    for start, end in holes:
        left = [part for a, b in left for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
    return left


def trim(text: str, piece: Range) -> Range | None:
    """A range without blanks, commas and dashes at its edges; None when no word is left."""
    start, end = piece
    while start < end and text[start] in EDGES:
        start += 1
    while start < end and text[end - 1] in EDGES:
        end -= 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else None
