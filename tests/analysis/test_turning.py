from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analysis.series import series
from dragoman.analysis.turning import Turn, segments, turning_points
from dragoman.model import EventType
from tests.analysis.ties import Told, told

TALKS: list[EventType] = ["CONSULT"]
BREACH: list[EventType] = ["SANCTION"]
HELP: list[EventType] = ["AID"]


def months(*acts: EventType, each: int = 2) -> list[Told]:
    """Two a month of the types given, one type a month."""
    return [
        told(f"e{n:02}-{k}", type=act, date=f"{2022 + n // 12}-{n % 12 + 1:02}-1{k}")
        for n, act in enumerate(acts)
        for k in range(each)
    ]


def turns(happened: list[Told]) -> tuple[Turn, ...]:
    made = series(happened, period="month")
    assert made is not None
    return turning_points(made)


def test_turning_finds_the_month_and_what_made_it() -> None:
    (turn,) = turns(months(*TALKS * 10, *BREACH * 10))
    assert (turn.label, turn.rises, turn.count_before, turn.count_after) == ("2022-11", False, 20, 20)
    assert (turn.before, turn.after) == (2.5, -6)
    assert {each.type for each in turn.made_by} == {"SANCTION"}
    assert turn.made_by[0].date is not None
    assert turn.made_by[0].date.start.startswith("2022-11")
    assert turn.gain > 1


def test_turning_finds_two_turns_in_order() -> None:
    found = turns(months(*TALKS * 10, *BREACH * 8, *HELP * 10))
    assert [(turn.label, turn.rises) for turn in found] == [("2022-11", False), ("2023-07", True)]


@pytest.mark.parametrize(
    "acts",
    [
        ["CONSULT"] * 20,
        ["CONSULT", "ACCUSE"] * 10,
        ["CONSULT"] * 9 + ["ASSAULT"] + ["CONSULT"] * 10,
        ["CONSULT", "SANCTION"],
    ],
)
def test_turning_leaves_even_mixed_and_short_series_alone(acts: list[EventType]) -> None:
    assert turns(months(*acts, each=1)) == ()


def test_turning_sees_turns_in_few_random_series() -> None:
    chance = random.Random(5)
    kinds: tuple[EventType, ...] = ("CONSULT", "SUPPORT", "AID", "REQUEST", "ACCUSE", "REJECT", "SANCTION", "ASSAULT")
    alarms = sum(bool(turns(months(*chance.choices(kinds, k=30), each=1))) for _ in range(100))
    assert alarms <= 8


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(-20, 20)), min_size=1, max_size=7), st.integers(1, 80))
def test_segments_cost_no_more_than_any_other_cut(bins: list[tuple[int, int]], price: int) -> None:
    counts, sums = [n for n, _ in bins], [float(s) for _, s in bins]
    squares = [s * s / n for n, s in zip(counts, sums, strict=True)]

    def cost(ends: list[int]) -> float:
        total = 0.0
        for a, b in itertools.pairwise([0, *ends]):
            n, s, q = sum(counts[a:b]), sum(sums[a:b]), sum(squares[a:b])
            total += q - s * s / n + price
        return total

    inner = range(1, len(bins))
    cuts = [[*cut, len(bins)] for size in range(len(bins)) for cut in itertools.combinations(inner, size)]
    assert cost(segments(counts, sums, squares, price)) <= min(map(cost, cuts)) + 1e-6


def test_segments_of_nothing_are_none() -> None:
    assert segments([], [], [], 1.0) == []


def test_segments_agree_with_ruptures() -> None:
    ruptures = pytest.importorskip("ruptures")
    numpy = pytest.importorskip("numpy")
    chance = random.Random(3)
    for size in (5, 40, 200):
        values = [chance.gauss(3 if n > size // 2 else -1, 1) for n in range(size)]
        price = 3.0
        theirs = ruptures.Pelt(model="l2", min_size=1, jump=1).fit(numpy.array(values)).predict(pen=price)
        assert segments([1] * size, values, [v * v for v in values], price) == theirs
