"""Where in its article a report tells what: clause, sides, date, place, speaker, and the paragraph around them.

Works from a report alone, for pages and notebooks alike. The words of the sides are looked for in and around the
clause, since a report does not carry the places of its mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from dragoman.model import ReportedEvent

Letter = Literal["C", "A", "R", "D", "P", "S"]
LEGEND: Final[Mapping[Letter, str]] = {
    "C": "clause that tells it",
    "A": "actor",
    "R": "recipient",
    "D": "date",
    "P": "place",
    "S": "who says so",
}
BREAK: Final = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")
"""What ends a paragraph; none of it is shown, since browsers count '\\r\\n' as one character."""


def stretches(report: ReportedEvent, within: tuple[int, int]) -> Iterator[tuple[int, int, Letter]]:
    """Where what begins and ends; words of sides, date and place are looked for `within` a part of the text."""
    event, claim, text = report.event, report.claim, report.article.text
    clause = event.evidence.start, event.evidence.end
    yield *clause, "C"
    words: list[tuple[Letter, str]] = [("A", party.text) for party in event.actors]
    words += [("R", party.text) for party in event.recipients]
    if event.date is not None and event.date.basis == "stated" and event.date.expression:
        words.append(("D", event.date.expression))
    if event.place is not None:
        words.append(("P", event.place.text))
    for letter, told in dict.fromkeys(words):
        found = nearest(text, told, clause, within)
        if found is not None:
            yield *found, letter
    if claim is not None and claim.speaker is not None:
        yield claim.speaker.start, claim.speaker.end, "S"


def paragraph_around(text: str, start: int, end: int, reach: int) -> tuple[int, int]:
    """The paragraph that a stretch stands in, at most `reach` characters before and after it, cut at spaces."""
    first, last = start, end
    for begin, stop in lines_of(text, 0, len(text)):
        if begin <= start < stop or begin < end <= stop:
            first, last = min(first, begin), max(last, stop)
    if start - first > reach:
        space = text.find(" ", start - reach, start)
        first = space + 1 if space >= 0 else start - reach
    if last - end > reach:
        space = text.rfind(" ", end, end + reach)
        last = space if space >= 0 else end + reach
    return first, last


def nearest(text: str, words: str, around: tuple[int, int], within: tuple[int, int]) -> tuple[int, int] | None:
    """Where whole words stand in a part of a text, in or nearest to a stretch of it; None where they do not."""
    if not words.strip():
        return None
    pattern = re.compile(rf"(?<!\w){re.escape(words)}(?!\w)")
    found = [match.span() for match in pattern.finditer(text, *within)]

    def distance(span: tuple[int, int]) -> tuple[int, int]:
        inside = around[0] <= span[0] and span[1] <= around[1]
        return (0 if inside else max(around[0] - span[1], span[0] - around[1], 1)), span[0]

    return min(found, key=distance, default=None)


def lines_of(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a part of a text begin and end, without what ends them."""
    begin = first
    for match in BREAK.finditer(text, first, last):
        yield begin, match.start()
        begin = match.end()
    yield begin, last
