from __future__ import annotations

import pytest

from dragoman.analysis.coders import cohen_kappa, krippendorff_alpha
from dragoman.errors import UsageError

A, B, C = "right", "type", "none"
FOUR_READERS = list(
    zip(
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
        strict=True,
    )
)


def test_coders_kappa_takes_off_what_chance_would_bring() -> None:
    pairs = [(A, A)] * 20 + [(A, B)] * 5 + [(B, A)] * 10 + [(B, B)] * 15
    found = cohen_kappa(pairs)
    assert (found.value, found.same, found.units) == (0.4, 0.7, 50)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.4 < found.high


def test_coders_alpha_is_that_of_krippendorffs_own_example() -> None:
    found = krippendorff_alpha(FOUR_READERS)
    assert found.value == 0.743
    assert found.units == 11


@pytest.mark.parametrize(
    ("units", "value"),
    [
        ([(A, A), (B, B), (C, C)], 1.0),
        ([(A, B), (B, A)], -1.0),
        ([(A, A), (A, A)], None),  # one label only: nothing to agree on beyond chance
        ([(A, None), (None, B)], None),
        ([], None),
    ],
)
def test_coders_kappa_at_the_edges(units: list[tuple[str | None, str | None]], value: float | None) -> None:
    assert cohen_kappa(units).value == value


def test_coders_alpha_does_not_know_where_nothing_varies() -> None:
    assert krippendorff_alpha([(A, A), (A, A, A)]).value is None
    assert krippendorff_alpha([(A, None), (None, None)]).units == 0


def test_coders_intervals_are_the_same_each_time() -> None:
    assert krippendorff_alpha(FOUR_READERS) == krippendorff_alpha(FOUR_READERS)
    assert krippendorff_alpha(FOUR_READERS, seed=2).value == 0.743


def test_coders_kappa_is_of_two() -> None:
    with pytest.raises(UsageError, match="two coders"):
        cohen_kappa([(A, B, C)])  # type: ignore[list-item]
