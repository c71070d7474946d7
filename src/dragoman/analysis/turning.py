"""Turning points: a series in, the periods from which on its scores lie on another level out, with what made them.

The search for the best segments is one function, `segments`, that knows sums and no incidents.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from dragoman.analysis.occurrence import Occurrence
from dragoman.analysis.series import Point, Series
from dragoman.analysis.series_index import spread_of_scale

STRICTNESS: Final = 2.5
"""Price of a turning point, in variances of the scores times the logarithm of their number; docs/ties.md has the rate
of false alarms that this leaves."""
PRIOR: Final = 5
"""How many incidents the spread of PLOVER's own scale counts for, when the variance of the scores is estimated."""
NEAR: Final = 5
"""What made a turn is looked for among so many incidents after it, whole periods at a time."""
NAMED: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """From `start` on the scores lie on another level: their means from the turn before, and to the next one.

    `made_by` are the incidents soon after it that pull hardest in its direction, in order of time. `gain` says by how
    much it explains the scores better than the price of a turning point asks: 1 is barely, 2 twice as much.
    """

    start: datetime.date
    label: str
    before: float
    after: float
    count_before: int
    count_after: int
    gain: float
    made_by: tuple[Occurrence, ...]

    @property
    def rises(self) -> bool:
        """Whether it turns towards cooperation."""
        return self.after > self.before


def turning_points(series: Series, strictness: float = STRICTNESS) -> tuple[Turn, ...]:
    """The turning points of a series, in order of time; most series of few incidents have none.

    The scores are cut into stretches with a mean each, so that the squared distances to the means and a price for each
    cut are least. A cut lies between periods. The price is `strictness` times the variance of the scores times the
    logarithm of their number; the variance is taken from neighbours in time, which a change of level hardly touches
    (J. von Neumann, "Distribution of the ratio of the mean square successive difference to the variance", Annals of
    Mathematical Statistics 12, 1941), and drawn to that of the scale where there are few.
    """
    points = [point for point in series.points if point.found]
    scores = [[each.intensity for each in point.found] for point in points]
    price = price_of([score for group in scores for score in group], strictness)
    ends = segments(
        [len(group) for group in scores], [sum(g) for g in scores], [sum(x * x for x in g) for g in scores], price
    )
    bounds = list(pairwise([0, *ends]))
    return tuple(_turn(points, before, after, price) for before, after in pairwise(bounds))


def price_of(scores: Sequence[float], strictness: float = STRICTNESS) -> float:
    """The price of a turning point in a series of scores in order of time."""
    steps = [(b - a) ** 2 / 2 for a, b in pairwise(scores)]
    variance = (PRIOR * spread_of_scale() + sum(steps)) / (PRIOR + len(steps))
    return strictness * variance * math.log(max(2, len(scores)))


def segments(counts: Sequence[int], sums: Sequence[float], squares: Sequence[float], price: float) -> list[int]:
    """The ends of the stretches, the last one included, into which bins are cut at least cost.

    Bin i holds `counts[i]` values with sum and sum of squares. The cost is the squared distance of all values to the
    mean of their stretch, and `price` for every stretch. Exact: R. Killick, P. Fearnhead, I. A. Eckley, "Optimal
    detection of changepoints with a linear computational cost", JASA 107 (2012), which drops what can no longer win.
    """
    n, s, q = ([0.0, *accumulate(map(float, values))] for values in (counts, sums, squares))

    def cost(a: int, b: int) -> float:
        return q[b] - q[a] - (s[b] - s[a]) ** 2 / (n[b] - n[a])

    best, last = [-price], [0]
    open_: list[int] = [0]
    for end in range(1, len(counts) + 1):
        costs = [best[start] + cost(start, end) for start in open_]
        least = min(costs)
        best.append(least + price)
        last.append(open_[costs.index(least)])
        open_ = [start for start, value in zip(open_, costs, strict=True) if value <= best[end]]
        open_.append(end)
    ends = []
    at = len(counts)
    while at > 0:
        ends.append(at)
        at = last[at]
    return ends[::-1]


def _turn(points: Sequence[Point], before: tuple[int, int], after: tuple[int, int], price: float) -> Turn:
    old = [each for point in points[slice(*before)] for each in point.found]
    new = [each for point in points[slice(*after)] for each in point.found]
    a, b = _mean(old), _mean(new)
    gained = (b - a) ** 2 * len(old) * len(new) / (len(old) + len(new))
    first = points[after[0]]
    return Turn(
        start=first.start,
        label=first.label,
        before=round(a, 2),
        after=round(b, 2),
        count_before=len(old),
        count_after=len(new),
        gain=round(gained / price, 2),
        made_by=_made_by(points[slice(*after)], a, 1 if b > a else -1),
    )


def _made_by(points: Sequence[Point], level: float, way: int) -> tuple[Occurrence, ...]:
    """Of the first incidents on the new level those that lie farthest from the old one, on the right side of it."""
    near: list[Occurrence] = []
    for point in points:
        if len(near) >= NEAR:
            break
        near += point.found
    pulling = sorted(
        (each for each in near if way * (each.intensity - level) > 0), key=lambda e: -abs(e.intensity - level)
    )
    chosen = {each.id for each in pulling[:NAMED]}
    return tuple(each for each in near if each.id in chosen)


def _mean(found: Sequence[Occurrence]) -> float:
    return sum(each.intensity for each in found) / len(found)
