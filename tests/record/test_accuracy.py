from __future__ import annotations

import pytest
from msgspec.structs import replace

from dragoman.record.accuracy import accuracy, sampled, wilson
from dragoman.record.reviews import Changes, Kind, Review, Verdict
from tests.record.builders import event, party


def verdict(number: int, kind: Kind, changes: Changes | None = None, type_: str = "CONSULT") -> Verdict:
    about = replace(event(f"e{number}"), type=type_)  # type: ignore[arg-type]
    when = "2024-08-02T10:00:00+00:00"
    return Verdict(
        reviews=(Review(kind=kind, who="Ann", when=when, article="a1", event=about, changes=changes),),
    )


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(8, 10, 0.490, 0.943), (0, 5, 0.0, 0.434), (5, 5, 0.566, 1.0), (81, 100, 0.722, 0.875)],
)
def test_accuracy_wilson_gives_the_published_interval(right: int, of: int, low: float, high: float) -> None:
    found = wilson(right, of)
    assert found.low == pytest.approx(low, abs=0.001)
    assert found.high == pytest.approx(high, abs=0.001)
    assert found.share == right / of


def test_accuracy_wilson_of_nothing_is_unknown() -> None:
    assert (wilson(0, 0).share, wilson(0, 0).low) == (None, None)


def test_accuracy_tells_what_was_wrong_by_type_as_coded() -> None:
    rows = accuracy(
        [
            verdict(1, "accept"),
            verdict(2, "reject"),
            verdict(3, "edit", Changes(status="planned")),
            verdict(4, "edit", Changes(type="ACCUSE")),
            verdict(5, "edit", Changes(recipients=(party("CHN"),), place=None)),
            verdict(6, "accept", type_="AID"),
            verdict(7, "add"),
        ]
    )
    assert [(r.type, r.decided, r.accepted, r.details, r.other, r.rejected) for r in rows] == [
        ("CONSULT", 5, 1, 1, 2, 1),
        ("AID", 1, 1, 0, 0, 0),
        (None, 6, 2, 1, 2, 1),
    ]
    assert (rows[0].event.share, rows[0].exact.share) == (2 / 5, 1 / 5)
    assert accuracy([]) == ()


def test_accuracy_samples_are_the_same_for_a_seed_and_begin_with_smaller_ones() -> None:
    ids = [f"e{n}" for n in range(500)]
    assert sampled(reversed(ids), 50, 1) == sampled(ids, 50, 1)
    assert sampled(ids, 50, 1) == sampled(ids, 80, 1)[:50]
    assert sampled(ids, 50, 1) != sampled(ids, 50, 2)
    without = [e for e in ids if e != sampled(ids, 1)[0]]
    assert sampled(without, 49, 1) == sampled(ids, 50, 1)[1:]
