"""How many events a person has to read to know how right the coder is, which ones, and what the answers come to.

A stratified random sample: so many of each type that its precision is known as closely as is wanted. Apart from
`record.accuracy`, which draws one plain sample, because strata drawn at different rates need weights.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from dragoman.errors import UsageError
from dragoman.record.accuracy import SEED, Precision, sampled, wilson

WIDTH: Final = 0.2
EXPECTED: Final = 0.8
MOST: Final = 1_000_000
_Z: Final = statistics.NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stratum:
    """One type: how many events there are, and the ids drawn from them; `width` is that of the interval to expect."""

    name: str
    population: int
    drawn: tuple[str, ...]
    width: float

    @property
    def size(self) -> int:
        """How many are to be read."""
        return len(self.drawn)

    @property
    def whole(self) -> bool:
        """Whether all of them are to be read, so that nothing is left to chance."""
        return self.size == self.population


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to read: the strata in the order given, and what they were drawn for."""

    strata: tuple[Stratum, ...]
    wanted: float
    expected: float
    seed: int

    @property
    def drawn(self) -> tuple[str, ...]:
        """All ids to be read, stratum after stratum."""
        return tuple(each for stratum in self.strata for each in stratum.drawn)


def sample_size(width: float = WIDTH, expected: float = EXPECTED) -> int:
    """The least number of readings after which the 95 % interval of a share is no wider than `width`.

    `expected` is the share that one expects; the interval is widest for 0.5, so that this is the cautious choice. The
    interval is that of Wilson (1927), which keeps what it promises for few readings and shares near 1 (L. D. Brown,
    T. T. Cai, A. DasGupta, "Interval estimation for a binomial proportion", Statistical Science 16, 2001). Raises
    `UsageError` for a width or share that cannot be, or one that would take more than a million readings.
    """
    if not 0 < width < 1:
        raise UsageError(f"The width is {width:g}, and not a number between 0 and 1; 0.2 is plus or minus 10 points.")
    if not 0 <= expected <= 1:
        raise UsageError(f"The expected share is {expected:g}, and not a number from 0 to 1.")
    low, high = 0, 1
    while _width(high, expected) > width:
        low, high = high, high * 2
        if high > MOST:
            raise UsageError(f"A width of {width:g} takes more than {MOST:,} readings. Ask for a wider interval.")
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _width(middle, expected) <= width else (middle, high)
    return high


def sampling_plan(
    strata: Mapping[str, Iterable[str]], width: float = WIDTH, *, expected: float = EXPECTED, seed: int = SEED
) -> Plan:
    """Which events to read so that the precision of each stratum is known to `width`: ids by stratum in, a plan out.

    A stratum with fewer events is read whole. What is drawn depends on the ids and the seed alone (see
    `record.accuracy.sampled`): a narrower width adds to what was drawn for a wider one. Raises `UsageError` as
    `sample_size` does, and for an id in two strata.
    """
    size = sample_size(width, expected)
    seen: set[str] = set()
    made = []
    for name, ids in strata.items():
        population = set(ids)
        if seen & population:
            raise UsageError(f"'{min(seen & population)}' is in two strata; an event must be in one.")
        seen |= population
        drawn = tuple(sampled(population, size, seed))
        reached = 0.0 if len(drawn) == len(population) else _width(len(drawn), expected)
        made.append(Stratum(name=name, population=len(population), drawn=drawn, width=round(reached, 3)))
    return Plan(strata=tuple(made), wanted=width, expected=expected, seed=seed)


def precision_by_stratum(plan: Plan, right: Mapping[str, bool]) -> dict[str, Precision]:
    """By stratum the share of what was read that was right, with its interval; ids that nobody judged do not count.

    A stratum that was read whole has no interval: its share is known.
    """
    found = {}
    for stratum in plan.strata:
        judged = [right[each] for each in stratum.drawn if each in right]
        told = wilson(sum(judged), len(judged))
        known = stratum.whole and len(judged) == stratum.population and told.share is not None
        found[stratum.name] = msgspec.structs.replace(told, low=told.share, high=told.share) if known else told
    return found


def overall(plan: Plan, found: Mapping[str, Precision]) -> Precision:
    """The share that is right of all events: each stratum weighs as much as it has events, not as it was read.

    The interval puts those of the strata together by their distance from the share, squared and weighed (G. Y. Zou,
    A. Donner, "Construction of confidence limits about effect measures", Statistics in Medicine 27, 2008). Strata of
    which nothing was judged are left out, and the share then says nothing of them.
    """
    strata = [(s.population, p) for s in plan.strata if (p := found.get(s.name)) is not None and p.share is not None]
    right, of = sum(p.right for _, p in strata), sum(p.of for _, p in strata)
    population = sum(size for size, _ in strata)
    if not population:
        return wilson(0, 0)
    told = [(size / population, p.share or 0.0, p.low or 0.0, p.high or 0.0) for size, p in strata]
    share = sum(weight * middle for weight, middle, _, _ in told)
    below = _length([weight * (middle - low) for weight, middle, low, _ in told])
    above = _length([weight * (high - middle) for weight, middle, _, high in told])
    return Precision(right=right, of=of, share=share, low=max(0.0, share - below), high=min(1.0, share + above))


def _width(size: int, share: float) -> float:
    """How wide Wilson's interval of a share is after so many readings."""
    return 2 * _Z * math.sqrt(share * (1 - share) / size + _Z**2 / (4 * size**2)) / (1 + _Z**2 / size)


def _length(distances: Sequence[float]) -> float:
    return float(sum(each**2 for each in distances) ** 0.5)
