"""What may be spent is never overspent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.opinions.budget import Budget, SpentError


def test_budget_counts_requests() -> None:
    budget = Budget(requests=2, answer=10)
    budget.take(100)
    budget.take(100)
    with pytest.raises(SpentError, match="2 requests"):
        budget.take(100)
    assert budget.sent == 2


def test_budget_of_nothing_sends_nothing() -> None:
    for budget in (Budget(requests=0, answer=10), Budget(tokens=0, answer=10)):
        with pytest.raises(SpentError):
            budget.take(1)


def test_budget_takes_a_request_for_the_most_that_it_can_cost() -> None:
    budget = Budget(tokens=1000, answer=100)
    budget.take(1800)
    with pytest.raises(SpentError, match="1,000 are left"):
        budget.take(1802)


def test_budget_learns_what_a_byte_costs() -> None:
    budget = Budget(answer=0)
    budget.paid(1000, 200, 0)
    assert budget.most(1000) == 250
    budget.paid(1000, 400, 0)
    budget.paid(1000, 100, 0)
    assert budget.most(1000) == 500


def test_budget_counts_what_was_lost_or_not_counted() -> None:
    budget = Budget(answer=10)
    budget.lost(100)
    budget.paid(100, None, None)
    assert budget.spent == 120


@given(st.integers(0, 20_000), st.lists(st.tuples(st.integers(1, 5_000), st.floats(0.2, 0.25)), max_size=40))
def test_budget_of_tokens_is_kept(limit: int, requests: list[tuple[int, float]]) -> None:
    budget = Budget(tokens=limit, answer=50)
    for size, rate in requests:
        try:
            budget.take(size)
        except SpentError:
            continue
        budget.paid(size, int(size * rate), 50)
    assert budget.spent <= limit
