"""Whom 'he' and 'she' may stand for, by titles, names and what is known of persons."""

from __future__ import annotations

import pytest

from tests.coding.articles import code, identified, named


@pytest.mark.parametrize(
    ("text", "pronoun", "actor"),
    [
        ("Vladimir Putin met Giorgia Meloni. She left.", "She", "Giorgia Meloni"),
        ("Vladimir Putin met Giorgia Meloni. He left.", "He", "Vladimir Putin"),
        ("Spokeswoman Ada Quill met Vladimir Putin. She left.", "She", "Ada Quill"),
        ("Mr Ansel Quill met Giorgia Meloni. He left.", "He", "Ansel Quill"),
        ("Giorgia Meloni left. He stayed.", "He", None),
        ("Xi Jinping left. She stayed.", "She", None),
        # Where nothing tells, whoever was named last may be meant.
        ("Robin Carter left. She stayed.", "She", "Robin Carter"),
    ],
)
def test_gender_of_the_person_a_pronoun_stands_for(text: str, pronoun: str, actor: str | None) -> None:
    assert [m.actor for m in named(identified(text), pronoun)] == [actor]


@pytest.mark.parametrize(
    ("text", "pronoun", "actor"),
    [
        ("The NATO secretary general said that he welcomed the deal.", "he", "Jens Stoltenberg"),
        ("The NATO secretary general left. He welcomed the deal.", "He", "Jens Stoltenberg"),
        ("The secretary general of NATO said that he welcomed the deal.", "he", "Jens Stoltenberg"),
        ("The UN secretary-general said that he welcomed the deal.", "he", "António Guterres"),
        # Left: no 'she', no body, nor what merely belongs to one.
        ("The NATO secretary general said that she welcomed the deal.", "she", None),
        ("NATO said that he welcomed the deal.", "he", None),
        ("The NATO harbour said that he welcomed the deal.", "he", None),
        ("The NATO generals said that he welcomed the deal.", "he", None),
    ],
)
def test_gender_pronoun_may_stand_for_the_office_holder_of_a_body(text: str, pronoun: str, actor: str | None) -> None:
    assert [m.actor for m in named(identified(text), pronoun)] == [actor]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Maria Zakharova said that Moscow would wait. He said that Japan had lied.", "He"),
        ("Maria Zakharova said that Moscow would wait. She said that Japan had lied.", "Maria Zakharova"),
        (
            "Maria Zakharova said that Moscow would wait. A spokesman for the Japanese cabinet said that it was late. "
            "He said that Russia had lied.",
            "spokesman for the Japanese cabinet",
        ),
    ],
)
def test_gender_of_a_speaker(text: str, speaker: str) -> None:
    assert code(text).claims[-1].chain[0] == speaker


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Russian foreign ministry spokeswoman left.", "Maria Zakharova"),
        ("The Russian foreign ministry spokesman left.", None),
    ],
)
def test_gender_of_an_office_holder_fits_the_title(text: str, actor: str | None) -> None:
    (found,) = [m for m in identified(text, published="2024-08-02").mentions if m.office or m.how == "office"]
    assert (found.actor, found.country) == (actor, "RUS")
