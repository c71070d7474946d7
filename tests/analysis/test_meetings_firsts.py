from __future__ import annotations

from dragoman.analysis.meetings_firsts import Span, first_words, firsts, short_words
from dragoman.analysis.meetings_log import encounters
from tests.analysis.ties import KOREAN, RUSSIAN, Told, told

KIM, PUTIN, LAVROV = "Kim Jong Un/PRK", "Vladimir Putin/RUS", "Sergei Lavrov/RUS"
SPAN = Span(articles=48, first="2018-04-27", last="2024-11-30")


def words(*happened: Told) -> list[str]:
    return [first_words(first, SPAN) for first in firsts(encounters(happened, KOREAN, RUSSIAN))]


def test_firsts_are_worded_with_the_span_of_the_record() -> None:
    assert words(told("e1", KIM, PUTIN, date="2019-04-25"), told("e2", PUTIN, KIM, date="2023-09-13")) == [
        "The first meeting of Kim Jong Un and Vladimir Putin in this record (48 articles of 2018-04-27 to 2024-11-30).",
        "The first meeting of Kim Jong Un and Vladimir Putin since 2019-04-25, 4 years and 4 months before, "
        "in this record (48 articles of 2018-04-27 to 2024-11-30).",
    ]


def test_firsts_own_up_to_meetings_without_a_day() -> None:
    (told_of,) = words(told("e1", KIM, PUTIN, date="2019-04-25"), told("e2", KIM, PUTIN, date=None))
    assert told_of.endswith("; 1 more has no day and may lie before.")


def test_firsts_leave_out_calls_and_reports_that_name_nobody() -> None:
    assert words(told("e1", KIM, PUTIN, mode="phone"), told("e2", "PRK", "RUS"), told("e3", KIM, "RUS")) == []


def test_firsts_of_states_count_whoever_met() -> None:
    met = encounters(
        [told("e1", KIM, PUTIN, date="2024-01-01"), told("e2", "PRK", LAVROV, date="2024-01-20")], KOREAN, RUSSIAN
    )
    first, second = firsts(met, "states")
    assert short_words(first) == "first of the two in this record"
    assert short_words(second) == "first of the two since 2024-01-01, 19 days before"
    assert first_words(second, Span(articles=1, first=None, last=None), "states") == (
        "The first meeting of North Korea and Russia since 2024-01-01, 19 days before, in this record (1 article)."
    )
