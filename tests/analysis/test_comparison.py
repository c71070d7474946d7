from __future__ import annotations

import pytest

from dragoman.analysis.comparison import Side, compare, comparison_words, times
from tests.analysis.ties import CHINESE, KOREAN, RUSSIAN, Told, told

PRK = Side(name="North Korea", code="PRK", holds=KOREAN)
RUS = Side(name="Russia", code="RUS", holds=RUSSIAN)
CHN = Side(name="China", code="CHN", holds=CHINESE)


def envoy(event_id: str, guest: str, day: str) -> Told:
    return told(event_id, guest, "PRK", date=day, place="Pyongyang/PRK")


def test_comparison_is_told_by_capitals() -> None:
    happened = [envoy(f"e{n}", "Sergei Lavrov/RUS", f"2024-0{n}-10") for n in range(1, 5)]
    happened += [envoy("e5", "Xi Jinping/CHN", "2024-02-10"), told("e6", "CHN", "PRK", type="ACCUSE")]
    ties = compare(happened, PRK, (CHN, RUS))
    words = comparison_words(PRK, ties)
    assert words[0] == "Pyongyang received Moscow's envoys four times, Beijing's once."
    assert words[-1].endswith(
        "with China 1 of cooperation and 1 of conflict; with Russia 4 of cooperation and 0 of conflict."
    )
    assert len(words) == 2
    assert ties[0].index.high - ties[0].index.low > ties[1].index.high - ties[1].index.low


def test_comparison_tells_visits_paid_calls_and_letters() -> None:
    happened = [
        told("e1", "PRK", "RUS", place="Moscow/RUS"),
        told("e2", "PRK", "CHN", mode="phone"),
        told("e3", "PRK", "CHN", symmetric=False),
    ]
    words = comparison_words(PRK, compare(happened, PRK, (RUS, CHN)))
    assert words[:3] == [
        "Pyongyang sent envoys to Moscow once, to Beijing never.",
        "Telephone calls: with China once, with Russia never.",
        "Letters and messages: with China once, with Russia never.",
    ]


def test_comparison_of_nothing_says_nothing() -> None:
    assert comparison_words(PRK, compare([told("e1", status="planned")], PRK, (RUS, CHN))) == []


@pytest.mark.parametrize(("number", "words"), [(0, "never"), (1, "once"), (2, "twice"), (12, "twelve times"),
                                               (13, "13 times")])  # fmt: skip
def test_comparison_words_for_numbers(number: int, words: str) -> None:
    assert times(number) == words
