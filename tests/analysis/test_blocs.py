from __future__ import annotations

from itertools import combinations, count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analysis.blocs import Network, network, partition
from dragoman.model import EventType
from tests.analysis.ties import Told, told

STATES = ("CHN", "JPN", "KOR", "PRK", "RUS", "USA")
SIGNS = st.dictionaries(
    st.sampled_from(list(combinations(STATES, 2))), st.sampled_from([-3.0, -1.0, 1.0, 2.0]), max_size=15
)


def acts(one: str, other: str, kind: EventType, times: int = 8, year: int = 2024) -> list[Told]:
    numbers = count()
    return [
        told(f"{one}{other}{kind}{year}{next(numbers)}", one, other, type=kind, date=f"{year}-05-{n + 1:02}")
        for n in range(times)
    ]


TWO_BLOCS = [
    *acts("PRK", "RUS", "AID"),
    *acts("PRK", "CHN", "COOPERATE"),
    *acts("KOR", "USA", "AID"),
    *acts("USA", "PRK", "SANCTION"),
    *acts("KOR", "PRK", "ACCUSE"),
    *acts("FRA", "NPL", "CONSULT", times=1),
]


def test_blocs_part_friends_from_enemies() -> None:
    found = network(TWO_BLOCS)
    assert found.blocs == (("CHN", "PRK", "RUS"), ("KOR", "USA"))
    assert (found.strained, found.frustration, found.triangles, found.balanced) == ((), 0.0, 1, 1)
    assert found.bloc_of("NPL") == ("NPL",)
    assert {(t.one, t.other): t.sign for t in found.ties}["FRA", "NPL"] == 0


def test_blocs_name_the_ties_that_strain_them() -> None:
    found = network([*TWO_BLOCS, *acts("CHN", "USA", "SUPPORT", times=8)])
    assert [(t.one, t.other) for t in found.strained] == [("CHN", "USA")]
    assert 0 < found.frustration < 0.5
    assert (found.triangles, found.balanced) == (2, 1)


def test_blocs_of_a_window_leave_out_what_is_not_dated_in_it() -> None:
    old, undated = acts("PRK", "RUS", "AID", year=2020), told("u", "PRK", "RUS", date=None)
    assert network([*old, undated], since="2024-01-01", until="2024-12-31").ties == ()
    assert len(network([*old, undated]).ties) == 1


def test_blocs_leave_out_plans_and_what_a_state_does_to_itself() -> None:
    assert network([told("e1", status="planned"), told("e2", "PRK", "PRK", type="MOBILIZE")]) == Network(
        ties=(), blocs=(), strained=(), frustration=0.0, triangles=0, balanced=0
    )


def strain(signs: dict[tuple[str, str], float], groups: list[tuple[str, ...]]) -> float:
    at = {state: n for n, group in enumerate(groups) for state in group}
    return sum(abs(w) for (a, b), w in signs.items() if (w > 0) != (at[a] == at[b]))


@settings(max_examples=80, deadline=None)
@given(SIGNS)
def test_partition_is_no_worse_than_all_together_or_each_alone(signs: dict[tuple[str, str], float]) -> None:
    found = partition(signs)
    states = sorted({state for pair in signs for state in pair})
    assert sorted(state for group in found for state in group) == states
    if states:
        assert strain(signs, found) <= strain(signs, [(state,) for state in states])
        assert strain(signs, found) <= strain(signs, [tuple(states)]) + 1


@settings(max_examples=40, deadline=None)
@given(SIGNS)
def test_partition_does_not_hang_on_the_order_given(signs: dict[tuple[str, str], float]) -> None:
    assert partition(signs) == partition(dict(reversed(signs.items())))


@pytest.mark.parametrize("third", [1.0, -1.0])
def test_partition_leaves_balanced_triangles_without_strain(third: float) -> None:
    signs = {("A", "B"): 1.0, ("A", "C"): third, ("B", "C"): third}
    assert strain(signs, partition(signs)) == 0
