"""Means of PLOVER scores with their uncertainty: groups of scores in, one estimate a group out.

Apart from the series, because periods of one dyad and dyads of one window are estimated by the same rule, a
hierarchical model in which the groups learn from each other. docs/ties.md tells it in words.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.knowledge.ontology import HIGHEST, LOWEST, load_ontology

LEVEL: Final = 0.95
PRIOR: Final = 10
"""How many incidents PLOVER's own scale counts for, when the spread of scores within the groups is estimated."""
STEP: Final = 0.25
STEPS: Final = 24
"""How far the true means of groups may lie apart, as a standard deviation: every quarter up to six is weighed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A mean score with its interval of credibility and its standard deviation, the `spread`."""

    mean: float
    low: float
    high: float
    spread: float

    @property
    def sign(self) -> int:
        """+1 or -1 when the whole interval lies on one side of zero, else 0."""
        return 1 if self.low > 0 else -1 if self.high < 0 else 0


def estimates(
    groups: Sequence[Sequence[float]], *, level: float = LEVEL, centre: float | None = None
) -> list[Estimate]:
    """One estimate for each group of scores, in their order; empty groups have one too, with the widest interval.

    The hierarchical normal model of A. Gelman et al., Bayesian Data Analysis (3rd ed. 2013), section 5.4: scores
    scatter about the true mean of their group, and the true means about a common one, which is `centre` or unknown. The
    fewer scores a group has, the more its mean is drawn to the common one, and the wider is its interval. How far true
    means lie apart is not known either and is averaged over. Intervals end at the ends of the scale.
    """
    within = _within(groups)
    weighed = _weighed(groups, within, centre)
    reach = statistics.NormalDist().inv_cdf(0.5 + level / 2)
    return [_estimate(group, within, weighed, reach) for group in groups]


def spread_of_scale() -> float:
    """The variance of the scores of PLOVER's types, each counted once."""
    return statistics.pvariance([entry.score for entry in load_ontology().types.values()])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Apart:
    """One answer to how far the groups lie apart (a variance), how likely it is, and the common mean it gives."""

    apart: float
    weight: float
    middle: float
    doubt: float


def _within(groups: Sequence[Sequence[float]]) -> float:
    """The variance of scores about their group's mean; where there are few, near half that of the scale."""
    squares, freedom = 0.0, 0
    for group in groups:
        if group:
            mean = sum(group) / len(group)
            squares += sum((score - mean) ** 2 for score in group)
            freedom += len(group) - 1
    return (PRIOR * spread_of_scale() / 2 + squares) / (PRIOR + freedom)


def _weighed(groups: Sequence[Sequence[float]], within: float, centre: float | None) -> list[_Apart]:
    """Every answer on the grid with its posterior weight; before the scores are seen all are alike.

    An unknown common mean is normal about zero with the variance of the scale before the scores are seen.
    """
    means = [(sum(group) / len(group), within / len(group)) for group in groups if group]
    found = []
    for step in range(1, STEPS + 1):
        apart = (step * STEP) ** 2
        sure = 1 / spread_of_scale() + sum(1 / (error + apart) for _, error in means)
        drawn = sum(mean / (error + apart) for mean, error in means) / sure
        middle, doubt = (drawn, 1 / sure) if centre is None else (centre, 0.0)
        fit = sum(math.log(error + apart) + (mean - middle) ** 2 / (error + apart) for mean, error in means)
        if centre is None:
            fit += middle**2 / spread_of_scale() + math.log(sure)
        found.append((apart, -fit / 2, middle, doubt))
    best = max(likely for _, likely, _, _ in found)
    total = sum(math.exp(likely - best) for _, likely, _, _ in found)
    return [
        _Apart(apart=apart, weight=math.exp(likely - best) / total, middle=middle, doubt=doubt)
        for apart, likely, middle, doubt in found
    ]


def _estimate(group: Sequence[float], within: float, weighed: Sequence[_Apart], reach: float) -> Estimate:
    """The mean over all answers; the spread is that within each, so that it hangs on the number of scores alone."""
    own = sum(group) / len(group) if group else 0.0
    mean = variance = 0.0
    for each in weighed:
        share = each.apart / (each.apart + within / len(group)) if group else 0.0
        mean += each.weight * (share * own + (1 - share) * each.middle)
        variance += each.weight * (each.apart * (1 - share) + (1 - share) ** 2 * each.doubt)
    spread = math.sqrt(variance)
    return Estimate(
        mean=round(mean, 3),
        low=round(max(mean - reach * spread, LOWEST), 3),
        high=round(min(mean + reach * spread, HIGHEST), 3),
        spread=spread,
    )
