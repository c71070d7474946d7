"""The passage that reports an event, in runs of characters that say what they are: clause, sides, date, place, speaker.

Works from a report alone. The words of the sides are looked for in and around the clause, since a report does not carry
the places of its mentions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final, Literal, NamedTuple

from dragoman.briefing.wording import seen
from dragoman.model import ReportedEvent

Letter = Literal["C", "A", "R", "D", "P", "S"]
MEANING: Final[dict[Letter, str]] = {
    "C": "the clause that tells it",
    "A": "actor",
    "R": "recipient",
    "D": "date",
    "P": "place",
    "S": "who says so",
}
REACH: Final = 240
"""Characters of its paragraph that are shown before and after a clause."""
LONGEST: Final = 900
"""Characters of a clause that are shown."""
_BREAK: Final = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")


class Run(NamedTuple):
    """Characters in a row of which the same can be said."""

    text: str
    on: frozenset[Letter]


_CUT_BEFORE: Final = Run("… ", frozenset())
_CUT_AFTER: Final = Run(" …", frozenset())


def marked(report: ReportedEvent, reach: int = REACH) -> list[Run]:
    """The passage around a report's clause, without characters that cannot be seen; '…' where it was cut."""
    text, (first, last) = report.article.text, _passage(report, reach)
    on: list[set[Letter]] = [set() for _ in range(last - first)]
    for start, end, letter in _stretches(report, first, last):
        for place in range(max(start, first), min(end, last)):
            on[place - first].add(letter)
    runs = [
        Run(shown, letters)
        for letters, group in groupby(range(first, last), key=lambda place: frozenset(on[place - first]))
        if (shown := re.sub(r"\s+", " ", seen("".join(text[place] for place in group))))
    ]
    begins = [_CUT_BEFORE] if first > 0 and not _BREAK.match(text[first - 1]) else []
    return [*begins, *runs, *([_CUT_AFTER] if _goes_on(text, last) else [])]


def _passage(report: ReportedEvent, reach: int) -> tuple[int, int]:
    """The clause with what stands around it in its paragraph, cut at spaces."""
    text, evidence = report.article.text, report.event.evidence
    start = min(max(evidence.start, 0), len(text))
    end = min(max(evidence.end, start), start + LONGEST, len(text))
    before = _BREAK.split(text[:start])[-1]
    after = _BREAK.split(text[end:])[0]
    if len(before) > reach:
        before = before[-reach:].partition(" ")[2] or before[-reach:]
    if len(after) > reach:
        after = after[:reach].rpartition(" ")[0] or after[:reach]
    return start - len(before), end + len(after)


def _stretches(report: ReportedEvent, first: int, last: int) -> Iterator[tuple[int, int, Letter]]:
    """Where what begins and ends."""
    event, claim, text = report.event, report.claim, report.article.text
    clause = event.evidence.start, event.evidence.end
    yield *clause, "C"
    words: list[tuple[Letter, str]] = [("A", p.text) for p in event.actors]
    words += [("R", p.text) for p in event.recipients]
    if event.date is not None and event.date.basis == "stated" and event.date.expression:
        words.append(("D", event.date.expression))
    if event.place is not None:
        words.append(("P", event.place.text))
    for letter, word in dict.fromkeys(words):
        found = _nearest(text, word, clause, first, last)
        if found is not None:
            yield *found, letter
    if claim is not None and claim.speaker is not None:
        yield claim.speaker.start, claim.speaker.end, "S"


def _nearest(text: str, word: str, clause: tuple[int, int], first: int, last: int) -> tuple[int, int] | None:
    """Where whole words stand in the passage, in the clause or nearest to it."""
    if not word.strip():
        return None
    found = [m.span() for m in re.compile(rf"(?<!\w){re.escape(word)}(?!\w)").finditer(text, first, last)]
    return min(found, key=lambda at: (max(clause[0] - at[0], at[1] - clause[1], 0), at[0]), default=None)


def _goes_on(text: str, last: int) -> bool:
    return bool(_BREAK.split(text[last:])[0].strip())
