"""Kappa, its interval, and the counts around it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.opinions.agreement import agreement, kappa
from dragoman.opinions.labels import labels
from tests.opinions.samples import NO_EVENT, TEXT, answer, event, opinion

FOUR = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15


def test_agreement_kappa_of_a_table_worked_by_hand() -> None:
    found = kappa(FOUR)  # observed 0.7, by chance 0.5
    assert (found.n, found.same) == (50, 35)
    assert found.kappa == pytest.approx(0.4)
    assert found.low == pytest.approx(0.151, abs=1e-3)
    assert found.high == pytest.approx(0.649, abs=1e-3)


@pytest.mark.parametrize("pairs", [[], [("a", "a")] * 5])
def test_agreement_kappa_of_what_cannot_differ_is_none(pairs: list[tuple[str, str]]) -> None:
    assert kappa(pairs).kappa is None


def test_agreement_kappa_of_the_same_is_one() -> None:
    found = kappa([("a", "a"), ("b", "b")])
    assert (found.kappa, found.low, found.high) == (1.0, 1.0, 1.0)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), max_size=30))
def test_agreement_kappa_is_symmetric_and_within_its_interval(pairs: list[tuple[str, str]]) -> None:
    found, turned = kappa(pairs), kappa([(b, a) for a, b in pairs])
    assert found.kappa == pytest.approx(turned.kappa)
    if found.kappa is not None and found.low is not None and found.high is not None:
        assert -1 <= found.low <= found.kappa <= found.high <= 1


def test_agreement_counts_by_type() -> None:
    made = agreement(
        [
            (event(), answer()),
            (event(), answer(status="actual")),
            (event(), answer(type="AGREE", mode=None)),
            (event(type="ASSAULT", status="actual"), answer(type="ASSAULT", status="actual", doer="recipient")),
            (event(type="ASSAULT", status="actual"), NO_EVENT),
        ]
    )
    rows = {row.type: (row.asked, row.same, row.other, row.none) for row in made.types}
    assert rows == {"CONSULT": (3, 2, 1, 0), "ASSAULT": (2, 1, 0, 1), None: (5, 3, 1, 1)}
    assert made.events.n == made.status.n == 4
    assert made.status.same == 3
    assert (made.sides.right, made.sides.of) == (3, 4)
    assert (made.all_same.right, made.all_same.of) == (1, 5)


def test_agreement_of_nothing() -> None:
    made = agreement([])
    assert made.types == ()
    assert made.all_same.share is None


def test_labels_have_offsets_in_the_sentence_and_sides_as_the_model_sees_them() -> None:
    start = TEXT.index("visit")
    told = [
        opinion(answer(start=start, end=start + 5)),
        opinion(answer(doer="recipient")),
        opinion(NO_EVENT),
        opinion(outcome="refusal", answer=None),
    ]
    first, turned, none = labels(told)
    assert first.actor is not None
    assert first.words is not None
    assert first.text[slice(*first.actor)] == "Japan"
    assert first.text[slice(*first.words)] == "visit"
    assert (turned.actor, turned.recipient) == (first.recipient, first.actor)
    assert (none.type, none.status, none.words) == ("NONE", None, None)
    assert (first.type, first.coded.type, first.coder) == ("CONSULT", "CONSULT", "llm:m@h")
