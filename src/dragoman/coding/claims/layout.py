"""Labels of speakers: 'PENCE: ...' in a transcript, 'White House: ...' in a headline.

Takes the paragraphs of an article; separate because it compares paragraphs with each other and needs no parse.
"""

from __future__ import annotations

import re
from collections import Counter

from dragoman.coding.claims.quotes import Quote
from dragoman.coding.claims.statements import Range
from dragoman.knowledge.cues import Cues

NAME_WORD = r"[^\W\d_][\w.’'-]*"
LABEL = re.compile(rf"\s*[\"“]?({NAME_WORD}(?:[ \t]{NAME_WORD}){{0,4}})[ \t]?:(?=\s+\S)")
SMALL = frozenset({"and", "de", "for", "in", "of", "on", "the", "von"})
SIGNATURE = re.compile(rf"\s*(?:[―—–]|--?)\s*({NAME_WORD}(?:[ \xa0]{NAME_WORD}){{0,5}}(?:, [^.!?\n]{{1,80}})?)\s*$")
TALK = 3  # labelled paragraphs that make a transcript


def find_labels(paragraphs: list[str], cues: Cues) -> dict[int, Range]:
    """The label of each paragraph that has one, by the paragraph's number, in its characters.

    The first paragraph is a headline and may carry any name; below, labels stand in capitals or come again.
    """
    found = {}
    for number, text in enumerate(paragraphs):
        match = LABEL.match(text)
        if match is not None and _is_name(match[1], cues):
            found[number] = (match.start(1), match.start(1) + len(match[1].rstrip()))
    names = {number: paragraphs[number][a:b] for number, (a, b) in found.items()}
    often = Counter(names.values())
    talking = {number for number, name in names.items() if name.isupper() or often[name] > 1}
    return {n: label for n, label in found.items() if n == 0 or (len(talking) >= TALK and n in talking)}


def find_signature(text: str, quotes: list[Quote]) -> tuple[Range, Range] | None:
    """The dash and the name of who signs a paragraph that is a quotation: '"We will reply." — Kim Yo Jong'."""
    if not quotes or text[: quotes[0].start].strip():
        return None
    match = SIGNATURE.match(text, quotes[-1].end)
    if match is None or not match[1][0].isupper():
        return None
    dash = re.search(r"\S+?(?=[\s\w])", text[quotes[-1].end :])
    at = quotes[-1].end + (dash.start() if dash is not None else 0)
    return (at, at + 1), (match.start(1), match.start(1) + len(match[1].rstrip()))


def _is_name(label: str, cues: Cues) -> bool:
    words = label.split()
    return all(w[0].isupper() or w in SMALL for w in words) and not any(w.lower() in cues.not_labels for w in words)
