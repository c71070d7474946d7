"""What is unusual: the incidents of a window against the same dyad's own past, type by type and side by side.

A count is unusual when the past, by a Poisson rate that is itself uncertain, gives it a small chance; so one incident
of a type after a long past without any is told, and one after a short past is not.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.dyads import Direction, between
from dragoman.analysis.occurrence import Belongs, Occurrence, day_of, in_order
from dragoman.knowledge.ontology import TYPES

CHANCE: Final = 0.02
"""Counts with less chance than this are unusual."""
PRIOR_COUNT: Final = 0.5
"""Half an incident added to the past: the Jeffreys prior of a Poisson rate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unusual:
    """One type of act in one direction that comes oftener or less often than the past lets expect.

    `expected` is the mean of what the past predicts for the window, `chance` that of a count as far out as this or
    farther. `found` are the incidents of the window, `past` their number before it.
    """

    type: str
    direction: Direction
    found: tuple[Occurrence, ...]
    past: int
    expected: float
    chance: float

    @property
    def more(self) -> bool:
        """Whether there are more than expected, not fewer."""
        return len(self.found) > self.expected


def unusual(
    found: Iterable[Occurrence],
    one: Belongs,
    other: Belongs,
    *,
    since: str,
    until: str,
    past_since: str | None = None,
    exposure: tuple[int, int] | None = None,
    chance: float = CHANCE,
) -> list[Unusual]:
    """The types of which a window has unusually many or few against the time before it, the least likely first.

    `since` and `until` are the window's days, both included; the past begins at `past_since`, by default at the first
    dated incident of the dyad. Only what took place and has a date within the window or the past counts. `exposure` is
    how much the record saw of past and window, say its articles in each; by default their days. Empty when there is no
    past. What both do is counted once, under the direction 'both'.

    A count in the past and a Jeffreys prior give a rate with a gamma distribution; counts in the window then follow a
    negative binomial distribution (A. Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, section 2.6). About one in
    fifty counts comes out by chance alone.
    """
    actual = [
        each for each in in_order(between(found, one, other)) if each.status == "actual" and each.date is not None
    ]
    begin, end = day_of(since), day_of(until)
    start = day_of(past_since) if past_since is not None else min((_first(e) for e in actual), default=begin)
    before, inside_it = exposure if exposure is not None else ((begin - start).days, (end - begin).days + 1)
    if start >= begin or before <= 0 or inside_it <= 0:
        return []
    listed = []
    for kind in TYPES:
        for direction, group in _by_direction([e for e in actual if e.type == kind], one, other):
            past = sum(start <= _first(e) and _last(e) < begin for e in group)
            inside = [e for e in group if begin <= _first(e) and _last(e) <= end]
            expected, tail = _predicted(len(inside), past, before, inside_it)
            if tail < chance:
                listed.append(
                    Unusual(
                        type=kind, direction=direction, found=tuple(inside), past=past, expected=expected, chance=tail
                    )
                )
    return sorted(listed, key=lambda u: (u.chance, u.type, u.direction))


def at_least(count: int, past: int, before: int, window: int) -> float:
    """The chance of so many incidents or more in a window, after `past` of them before it; exposures in one unit."""
    return max(0.0, 1.0 - sum(_chance(n, past, before, window) for n in range(count)))


def _predicted(count: int, past: int, before: int, window: int) -> tuple[float, float]:
    expected = (past + PRIOR_COUNT) * window / before
    if count > expected:
        tail = at_least(count, past, before, window)
    else:
        tail = sum(_chance(n, past, before, window) for n in range(count + 1))
    return round(expected, 2), round(tail, 5)


def _chance(count: int, past: int, before: int, window: int) -> float:
    shape, stay = past + PRIOR_COUNT, before / (before + window)
    ways = math.lgamma(count + shape) - math.lgamma(shape) - math.lgamma(count + 1)
    return math.exp(ways + shape * math.log(stay) + count * math.log1p(-stay))


def _by_direction(
    group: Sequence[Occurrence], one: Belongs, other: Belongs
) -> list[tuple[Direction, list[Occurrence]]]:
    out = {each.id for each in between(group, one, other, "out")}
    back = {each.id for each in between(group, one, other, "back")}
    both = out & back
    return [
        ("both", [each for each in group if each.id in both]),
        ("out", [each for each in group if each.id in out - both]),
        ("back", [each for each in group if each.id in back - both]),
    ]


def _first(each: Occurrence) -> datetime.date:
    return day_of(each.date.start) if each.date is not None else datetime.date.max


def _last(each: Occurrence) -> datetime.date:
    return day_of(each.date.end) if each.date is not None else datetime.date.max
