"""Words and names that tell whether 'he' or 'she' stands for somebody."""

from __future__ import annotations

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge import gender
from dragoman.knowledge.gender import load_gender
from dragoman.knowledge.holders import load_holders


@pytest.mark.parametrize(
    ("name", "country", "told"),
    [
        ("Maria Lind", None, "f"),
        ("Vladimir Lind", None, "m"),
        ("Dilnoza Karimova", "UZB", "f"),
        ("Dilnoza Karimova", "PRT", None),
        ("Andrea Lind", "ITA", None),
        ("Maria", None, None),
        ("Lova Ova", "RUS", None),
    ],
)
def test_gender_of_a_name(name: str, country: str | None, told: str | None) -> None:
    assert load_gender().of_name(name, country) == told


def test_gender_names_do_not_contradict_the_persons_we_know() -> None:
    words = load_gender()
    wrong = [
        p.name
        for p in load_holders().persons.values()
        if p.gender is not None and words.of_name(p.name, p.country) not in (None, p.gender)
    ]
    assert wrong == []


def test_gender_word_under_both_is_refused() -> None:
    with pytest.raises(KnowledgeError, match="'sir' stands under f and m"):
        gender._by_word({"f": ["sir"], "m": ["sir"]})
