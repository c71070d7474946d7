from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.briefing.wording import MODE_VERBS, VERBS, date_words, event_words, one_line, shortened
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import EventDate, EventType, Status
from tests.briefing.builders import report


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2023-10-19", "2023-10-19", "2023-10-19"),
        ("2023-09-01", "2023-09-30", "Sep 2023"),
        ("2024-02-01", "2024-02-29", "Feb 2024"),
        ("2019-01-01", "2019-12-31", "2019"),
        ("2018-01-01", "2019-12-31", "2018 to 2019"),
        ("2023-09-01", "2023-11-30", "Sep to Nov 2023"),
        ("2023-11-01", "2024-01-31", "Nov 2023 to Jan 2024"),
        ("2023-06-23", "2023-06-24", "2023-06-23 to 24"),
        ("2023-06-30", "2023-07-01", "2023-06-30 to 2023-07-01"),
    ],
)
def test_wording_of_dates(start: str, end: str, words: str) -> None:
    assert date_words(EventDate(start=start, end=end, granularity="day", basis="stated")) == words


@pytest.mark.parametrize(
    ("type", "mode", "symmetric", "status", "words"),
    [
        ("CONSULT", None, True, "actual", "Kim Jong Un and Sergei Lavrov met"),
        ("CONSULT", "visit", False, "actual", "Kim Jong Un and Sergei Lavrov met"),
        ("CONSULT", None, False, "actual", "Kim Jong Un was in touch with Sergei Lavrov"),
        ("CONSULT", "phone", False, "actual", "Kim Jong Un telephoned Sergei Lavrov"),
        ("ACCUSE", None, False, "actual", "Kim Jong Un criticised or accused Sergei Lavrov"),
        ("AID", None, False, "planned", "Kim Jong Un to give aid to Sergei Lavrov"),
        ("CONSULT", None, True, "hypothetical", "Kim Jong Un and Sergei Lavrov might meet"),
        ("AID", None, False, "denied", "Kim Jong Un did not give aid to Sergei Lavrov, it is said"),
        ("ASSAULT", None, False, "habitual", "Kim Jong Un attacked Sergei Lavrov, repeatedly"),
    ],
)
def test_wording_of_events(type: EventType, mode: str | None, symmetric: bool, status: Status, words: str) -> None:
    told = report(
        "e1", "Kim Jong Un/PRK", "Sergei Lavrov/RUS", type=type, mode=mode, symmetric=symmetric, status=status
    )
    assert event_words(told.event) == words


def test_wording_says_visited_of_a_place_but_not_of_a_person() -> None:
    told = report("e1", "Sergei Lavrov/RUS", "PRK", mode="visit", symmetric=False)
    assert event_words(told.event) == "Sergei Lavrov visited North Korea"


def test_wording_begins_with_a_capital_and_says_when_nobody_is_named() -> None:
    assert event_words(report("e1", "~his envoy/PRK", None, type="PROTEST").event) == (
        "His envoy (North Korea) protested against someone not named"
    )


def test_wording_gives_the_state_for_a_pronoun() -> None:
    assert event_words(report("e1", "~its/RUS", "PRK", type="AID").event) == "Russia gave aid to North Korea"


def test_wording_knows_every_type_and_only_known_modes() -> None:
    ontology = load_ontology()
    assert set(VERBS) == set(ontology.types)
    assert all(mode in ontology.type(name).modes for name, mode in MODE_VERBS)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\n\t b", "a b"),
        ("\u202eabc\u202c", "abc"),
        ("\x1b[31mred\x07", "[31mred"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("\udce9t\U000e0041", "t"),
        ("Šefčovič – “naïve”", "Šefčovič – “naïve”"),
    ],
)
def test_one_line_leaves_out_what_steers_or_hides(text: str, shown: str) -> None:
    assert one_line(text) == shown


@given(st.text())
def test_one_line_is_one_printable_line(text: str) -> None:
    shown = one_line(text)
    assert one_line(shown) == shown
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in shown)


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_shortened_keeps_to_the_limit(text: str, limit: int) -> None:
    assert len(shortened(text, limit)) <= limit + 2
