from __future__ import annotations

import pytest

from dragoman.briefing.subject import Subject, find_subject
from dragoman.errors import UsageError

KNOWN = ("Kim Jong Un", "Kim Yo Jong", "Sergei Lavrov", "Gang of Four")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PRK", "PRK"),
        ("prk", "PRK"),
        ("North Korea", "PRK"),
        ("the DPRK", "PRK"),
        ("north korean", "PRK"),
        ("Russians", "RUS"),
        ("Moscow", "RUS"),
        ("the United States", "USA"),
        ("Россия", "RUS"),
        ("朝鮮", "PRK"),
        ("미국", "USA"),
        ("corée du sud", "KOR"),
    ],
)
def test_subject_finds_a_state_by_code_name_people_and_capital(text: str, code: str) -> None:
    assert find_subject(text, KNOWN).code == code


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sergei Lavrov", "Sergei Lavrov"),
        ("sergei  lavrov", "Sergei Lavrov"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("LAVROV", "Sergei Lavrov"),
        ("gang of four", "Gang of Four"),
        ("UN", "United Nations"),
        ("KCNA", "Korean Central News Agency"),
    ],
)
def test_subject_finds_a_person_or_body(text: str, name: str) -> None:
    assert find_subject(text, KNOWN) == Subject(name=name)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kim", "'Kim Jong Un' or 'Kim Yo Jong'"),
        ("Sergey Lavrof", "Did you mean 'Sergei Lavrov'"),
        ("Russja", "'Russia'"),
        ("Qwxzptl", "dragoman events"),
        ("", "empty"),
    ],
)
def test_subject_refuses_with_near_names(text: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        find_subject(text, KNOWN)
