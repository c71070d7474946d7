from __future__ import annotations

import pytest

from dragoman.analysis.incidents.words import load_words, says, stem, topics
from tests.briefing.builders import report


@pytest.mark.parametrize(
    ("words", "root"),
    [
        (("shelled", "shells", "shelling"), "shell"),
        (("ferry", "ferries"), "ferry"),
        (("bridge", "bridges"), "bridg"),
        (("agree", "agreed"), "agr"),
        (("press",), "press"),
        (("gas",), "gas"),
    ],
)
def test_words_stem(words: tuple[str, ...], root: str) -> None:
    assert {stem(word) for word in words} == {root}


def test_words_of_the_matter_leave_out_names_acts_and_common_words() -> None:
    told = report(
        "e1", "KOR", "Kim Jong Un/PRK", type="ACCUSE", evidence="Seoul on Sunday condemned Kim Jong-un over rockets"
    )
    assert topics(told.event) == {"missil"}
    deed = report("e1", "KOR", "PRK", type="AID", evidence="South Korea sent the North rice")
    assert topics(deed.event) == {"food"}


@pytest.mark.parametrize(
    ("name", "takes", "leaves"),
    [
        ("journey", "he visited the port", "he sent a card"),
        ("again", "he met her again", "he met her"),
        ("message", "sent a letter to Lam", "spoke to Lam"),
        ("call", "spoke by telephone", "called on the premier"),
        ("cancelled", "called off the trip", "called on him"),
        ("moved", "the talks were put off", "the talks were held"),
        ("background", "their last meeting", "their meeting"),
    ],
)
def test_words_lists(name: str, takes: str, leaves: str) -> None:
    assert says(name, takes)
    assert not says(name, leaves)


def test_words_file_is_sound() -> None:
    words = load_words()
    assert not words.common & set(words.same)
