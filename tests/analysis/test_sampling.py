from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.analysis.sampling import overall, precision_by_stratum, sample_size, sampling_plan
from dragoman.errors import UsageError
from dragoman.record.accuracy import wilson

STRATA = {"AID": [f"a{n}" for n in range(200)], "CONSULT": [f"c{n}" for n in range(1000)], "ASSAULT": ["x1", "x2"]}


@pytest.mark.parametrize(
    ("width", "expected", "size"), [(0.2, 0.5, 93), (0.2, 0.8, 60), (0.1, 0.5, 381), (0.5, 0.8, 8)]
)
def test_sampling_size_is_the_least_that_will_do(width: float, expected: float, size: int) -> None:
    assert sample_size(width, expected) == size


@given(st.floats(0.05, 0.9), st.integers(1, 10))
def test_sampling_size_keeps_wilsons_interval_within_the_width(width: float, tenths: int) -> None:
    size = sample_size(width, tenths / 10)
    told = wilson(round(size * tenths / 10), size)
    assert told.low is not None
    assert told.high is not None
    # A whole number right may lie half a reading from the share expected.
    assert told.high - told.low <= width + 0.5 / size + 1e-9


@pytest.mark.parametrize(("width", "expected"), [(0, 0.5), (1, 0.5), (-0.2, 0.5), (0.2, 1.2), (0.0001, 0.5)])
def test_sampling_size_refuses_what_cannot_be(width: float, expected: float) -> None:
    with pytest.raises(UsageError):
        sample_size(width, expected)


def test_sampling_plan_draws_so_many_of_each_type_and_reads_small_ones_whole() -> None:
    plan = sampling_plan(STRATA, 0.3)
    assert [(s.name, s.population, s.size, s.whole) for s in plan.strata] == [
        ("AID", 200, 26, False),
        ("CONSULT", 1000, 26, False),
        ("ASSAULT", 2, 2, True),
    ]
    assert [s.width <= 0.3 for s in plan.strata] == [True, True, True]
    assert plan == sampling_plan({name: list(reversed(ids)) for name, ids in STRATA.items()}, 0.3)
    assert set(plan.drawn) <= set(sampling_plan(STRATA, 0.2).drawn)
    assert set(plan.drawn) != set(sampling_plan(STRATA, 0.3, seed=2).drawn)


def test_sampling_plan_refuses_an_event_in_two_strata() -> None:
    with pytest.raises(UsageError, match="'b' is in two"):
        sampling_plan({"one": ["a", "b"], "two": ["b"]})


def test_sampling_overall_weighs_strata_by_their_events_and_not_by_what_was_read() -> None:
    plan = sampling_plan(STRATA, 0.3)
    right = dict.fromkeys(plan.strata[0].drawn, False) | dict.fromkeys(plan.strata[1].drawn, True)
    found = precision_by_stratum(plan, right)
    assert (found["AID"].share, found["CONSULT"].share, found["ASSAULT"].share) == (0, 1, None)
    together = overall(plan, found)
    assert together.share == pytest.approx(1000 / 1200)
    assert together.of == 52
    assert together.low is not None
    assert together.high is not None
    assert 0.7 < together.low < together.share < together.high < 0.9


def test_sampling_stratum_read_whole_is_known() -> None:
    plan = sampling_plan({"ASSAULT": ["x1", "x2"]}, 0.3)
    known = precision_by_stratum(plan, {"x1": True, "x2": False})["ASSAULT"]
    assert (known.low, known.share, known.high) == (0.5, 0.5, 0.5)
    half = precision_by_stratum(plan, {"x1": True})["ASSAULT"]
    assert half.low is not None
    assert half.low < 0.5


def test_sampling_overall_of_nothing_is_not_known() -> None:
    assert overall(sampling_plan({}, 0.3), {}).share is None
