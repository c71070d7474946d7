"""The passage that reports an event, in runs of characters that say what they are: see `briefing.telling`."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Final, NamedTuple

from dragoman.briefing.telling import Letter, paragraph_around, stretches
from dragoman.briefing.wording import seen
from dragoman.model import ReportedEvent

REACH: Final = 240
"""Characters of its paragraph that are shown before and after a clause."""
LONGEST: Final = 900
"""Characters of a clause that are shown."""


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
    for start, end, letter in stretches(report, (first, last)):
        for place in range(max(start, first), min(end, last)):
            on[place - first].add(letter)
    runs = [
        Run(shown, letters)
        for letters, group in groupby(range(first, last), key=lambda place: frozenset(on[place - first]))
        if (shown := re.sub(r"\s+", " ", seen("".join(text[place] for place in group))))
    ]
    whole = paragraph_around(text, first, last, len(text))
    begins = [_CUT_BEFORE] if text[whole[0] : first].strip() else []
    return [*begins, *runs, *([_CUT_AFTER] if text[last : whole[1]].strip() else [])]


def _passage(report: ReportedEvent, reach: int) -> tuple[int, int]:
    """The clause with what stands around it in its paragraph."""
    text, evidence = report.article.text, report.event.evidence
    start = min(max(evidence.start, 0), len(text))
    end = min(max(evidence.end, start), start + LONGEST, len(text))
    return paragraph_around(text, start, end, reach)
