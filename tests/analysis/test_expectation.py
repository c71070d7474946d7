from __future__ import annotations

import pytest

from dragoman.analysis.dyads import Direction
from dragoman.analysis.expectation import Unusual, at_least, unusual
from dragoman.model import EventType
from tests.analysis.ties import KOREAN, RUSSIAN, Told, told


def monthly(kind: EventType, year: int) -> list[Told]:
    return [told(f"{kind}-{year}-{m:02}", "PRK", "RUS", type=kind, date=f"{year}-{m:02}-05") for m in range(1, 13)]


def found(happened: list[Told]) -> list[Unusual]:
    return unusual(happened, KOREAN, RUSSIAN, since="2024-01-01", until="2024-03-31")


def test_expectation_tells_what_the_past_did_not_have() -> None:
    first = told("new", "PRK", "RUS", type="AID", date="2024-02-02")
    second = told("again", "PRK", "RUS", type="AID", date="2024-02-09")
    (one,) = found([*monthly("ACCUSE", 2022), *monthly("ACCUSE", 2023), first, second, *monthly("ACCUSE", 2024)])
    assert (one.type, one.direction, one.past, one.more) == ("AID", "out", 0, True)
    assert [each.id for each in one.found] == ["new", "again"]
    assert one.chance < 0.02


def test_expectation_tells_what_has_ceased() -> None:
    many = [told(f"c{n}", date=f"2023-{n % 12 + 1:02}-{n % 28 + 1:02}") for n in range(48)]
    (one,) = found(many)
    assert (one.type, one.direction, one.found, one.more) == ("CONSULT", "both", (), False)


def test_expectation_finds_nothing_unusual_in_more_of_the_same() -> None:
    assert found([*monthly("ACCUSE", 2022), *monthly("ACCUSE", 2023), *monthly("ACCUSE", 2024)]) == []


def test_expectation_is_silent_without_a_past() -> None:
    assert found([told("e1", date="2024-02-02")]) == []


def test_expectation_weighs_by_how_much_the_record_saw() -> None:
    happened = [*monthly("AID", 2022), *monthly("AID", 2023), *(told(f"n{n}", "PRK", "RUS", type="AID",
                date=f"2024-02-{n:02}") for n in range(1, 13))]  # fmt: skip

    def types(exposure: tuple[int, int] | None) -> list[str]:
        listed = unusual(happened, KOREAN, RUSSIAN, since="2024-01-01", until="2024-03-31", exposure=exposure)
        return [each.type for each in listed]

    assert types(None) == ["AID"]
    assert types((100, 60)) == []
    assert types((0, 60)) == []


@pytest.mark.parametrize("way", ["out", "back"])
def test_expectation_tells_the_direction(way: Direction) -> None:
    sides = ("PRK", "RUS") if way == "out" else ("RUS", "PRK")
    new = [told(f"n{n}", *sides, type="THREATEN", date=f"2024-02-0{n}") for n in (2, 3)]
    (one,) = [u for u in found([*monthly("CONSULT", 2022), *monthly("CONSULT", 2023), *new]) if u.type == "THREATEN"]
    assert one.direction == way


@pytest.mark.parametrize(("count", "past", "expected"), [(0, 3, 1.0), (1, 0, 0.293), (3, 0, 0.0116 * 3.4)])
def test_expectation_chances_are_those_of_a_negative_binomial(count: int, past: int, expected: float) -> None:
    # With past and window of one length and a prior of one half: P(0) = 2^-0.5.
    assert at_least(count, past, 100, 100) == pytest.approx(expected, abs=0.03)
