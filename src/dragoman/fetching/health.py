"""How each source is doing, against its own past: has it gone silent, do its pages give less text than they did?"""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from dragoman.fetching.state import Standing, State

DAY: Final = 86400.0
LOOKED_AT: Final = 200  # pages of a source's past
ENOUGH: Final = 5  # articles before anything is said of a source's habits
SILENT: Final = 3.0  # times the longest usual gap
LEAST_SILENCE: Final = DAY
LATE: Final = 5  # pages that are compared with those before them
LESS: Final = 0.4  # share of the text that pages used to have
FAILING: Final = 3

Settled = tuple[Standing, float, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The state of one source; times in seconds since 1970. `warnings` are sentences for a person."""

    name: str
    succeeded: float | None
    added: float | None
    a_day: float | None
    failures: int
    waiting: int
    error: str | None
    warnings: tuple[str, ...]


def health(state: State, name: str, now: float) -> Health:
    """The health of a source by what the state file has of it."""
    known = state.source(name)
    past = state.settled(name, LOOKED_AT)
    found = sorted(at for standing, at, _ in past if standing == "done")
    warnings = [words for words in (gone_silent(found, now), layout_changed(past)) if words is not None]
    if known.failures >= FAILING:
        warnings.insert(0, f"it could not be had {known.failures} times in a row")
    return Health(
        name=name,
        succeeded=known.succeeded,
        added=known.added,
        a_day=_a_day(found, now),
        failures=known.failures,
        waiting=state.waiting(name),
        error=known.error,
        warnings=tuple(warnings),
    )


def gone_silent(found: Sequence[float], now: float) -> str | None:
    """A sentence when nothing came for three times the usual longest gap (nine of ten gaps are shorter than it).

    `found` are the times of articles, in order. Articles that one poll found are one arrival.
    """
    arrivals = sorted(set(found))
    if len(arrivals) < ENOUGH:
        return None
    gaps = sorted(b - a for a, b in pairwise(arrivals))
    usual = gaps[min(len(gaps) - 1, int(0.9 * len(gaps)))]
    silence = now - arrivals[-1]
    if silence <= max(SILENT * usual, LEAST_SILENCE):
        return None
    return f"gone silent: nothing new for {span(silence)}, where it used to take {span(usual)} at most"


def layout_changed(past: Sequence[Settled]) -> str | None:
    """A sentence when the last pages give much less text than those before them, or none; `past` has the latest first.

    A site whose layout has changed still answers, and what is extracted from its pages is a menu or a notice.
    """
    new, old = past[:LATE], past[LATE:]
    if len(new) < LATE or len(old) < 2 * LATE:
        return None
    before = statistics.median(characters for _, _, characters in old)
    after = statistics.median(characters for _, _, characters in new)
    if before == 0 or after >= LESS * before:
        return None
    return f"layout changed? The last {LATE} pages gave {after:,.0f} characters of text, those before {before:,.0f}"


def span(seconds: float) -> str:
    """A length of time in words: '3 days', '5 hours', '20 minutes'."""
    for size, name in ((DAY, "day"), (3600.0, "hour"), (60.0, "minute")):
        if seconds >= size:
            number = round(seconds / size)
            return f"{number} {name}{'' if number == 1 else 's'}"
    return "less than a minute"


def _a_day(found: Sequence[float], now: float) -> float | None:
    """Articles a day since the first that is looked at; None before a day has passed."""
    if not found or now - found[0] < DAY:
        return None
    return len(found) / ((now - found[0]) / DAY)
