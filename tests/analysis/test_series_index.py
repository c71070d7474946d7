from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analysis.series_index import estimates

SCORES = st.floats(-10, 10, allow_nan=False)
GROUPS = st.lists(st.lists(SCORES, max_size=8), min_size=1, max_size=8)


@given(GROUPS)
def test_index_lies_within_its_interval_and_the_scale(groups: list[list[float]]) -> None:
    for estimate in estimates(groups):
        assert -10 <= estimate.low <= estimate.high <= 10
        assert estimate.low - 0.001 <= estimate.mean <= estimate.high + 0.001


@given(GROUPS)
def test_index_is_wider_for_fewer_scores(groups: list[list[float]]) -> None:
    by_size = sorted(zip(groups, estimates(groups), strict=True), key=lambda pair: len(pair[0]))
    for (few, wide), (many, narrow) in pairwise(by_size):
        assert (wide.spread > narrow.spread) == (len(few) < len(many))


def test_index_of_one_score_stays_near_the_centre_and_of_many_near_their_mean() -> None:
    one, many, other, none = estimates([[10.0], [10.0, 4.0] * 30, [-9.0, -3.0] * 10, []], centre=0.0)
    assert 0 < one.mean < 8
    assert many.mean > 6.5
    assert (one.sign, many.sign, other.sign, none.sign) == (1, 1, -1, 0)
    assert none.mean == 0


def test_index_of_an_empty_group_is_near_the_mean_of_the_others() -> None:
    high, low, empty = estimates([[6.0, 2.0] * 10, [5.0, 1.0] * 10, []])
    assert empty.mean == pytest.approx(3.4, abs=0.5)
    assert empty.low < min(high.low, low.low)


def test_index_of_nothing_is_nothing_and_of_empty_groups_is_zero() -> None:
    assert estimates([]) == []
    assert [e.mean for e in estimates([[], []])] == [0.0, 0.0]


def test_index_intervals_hold_the_truth_about_as_often_as_they_say() -> None:
    chance = random.Random(11)
    held = total = 0
    for _ in range(60):
        truths = [chance.gauss(1, 2) for _ in range(12)]
        groups = [[chance.gauss(truth, 4) for _ in range(chance.choice((0, 1, 2, 4, 9)))] for truth in truths]
        for truth, estimate in zip(truths, estimates(groups), strict=True):
            held += estimate.low <= truth <= estimate.high
            total += 1
    assert 0.9 < held / total <= 1
