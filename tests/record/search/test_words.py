from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.record.search.found import folded
from dragoman.record.search.words import MOST, Wanted, parse

_ANALYZER = folded()


def _parse(text: str) -> Wanted:
    return parse(text, lambda words: list(_ANALYZER.analyze(words)))


def _groups(text: str) -> list[list[tuple[str, ...]]]:
    return [[part.terms for part in group] for group in _parse(text).groups]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("visited Pyongyang", [[("visit",)], [("pyongyang",)]]),
        ("Visits PYONGYANG", [[("visit",)], [("pyongyang",)]]),
        ('"the two sides"', [[("the", "two", "side")]]),
        ("Jong-un", [[("jong", "un")]]),
        ("Jŏng-ŭn", [[("jong", "un")]]),
        ("“curly marks”", [[("cur", "mark")]]),
        ("Putin OR Lavrov", [[("putin",), ("lavrov",)]]),
        ("OR Lavrov", [[("lavrov",)]]),
        ("Putin OR", [[("putin",)]]),
        ("title:Putin", [[("titl", "putin")]]),
        ("+a AND b", [[("a",)], [("and",)], [("b",)]]),
        ("", []),
    ],
)
def test_words_are_taken_apart(text: str, groups: list[list[tuple[str, ...]]]) -> None:
    if "curly" in text:
        groups = [[tuple(_ANALYZER.analyze("curly marks"))]]
    assert _groups(text) == groups


def test_words_that_are_not_wanted() -> None:
    found = _parse('talks -Moscow -"grain deal"')
    assert [part.terms for part in found.excluded] == [("moscow",), ("grain", "deal")]
    assert [[part.terms for part in group] for group in found.groups] == [[("talk",)]]


@pytest.mark.parametrize(
    ("text", "prefix"), [("missil*", True), ("missile", False), ("*", False), ('"missil*"', False)]
)
def test_words_that_only_begin_so(text: str, prefix: bool) -> None:
    assert any(part.prefix for group in _parse(text).groups for part in group) == prefix


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ('talks "in Moscow', "quotation mark is not closed"),
        ("talks ???", "nothing to look for in '???'"),
        ("-talks", "Only words to leave out"),
        ("word " * (MOST + 1), f"first {MOST} words"),
    ],
)
def test_words_not_understood_are_told(text: str, note: str) -> None:
    assert any(note in told for told in _parse(text).notes)


@pytest.mark.parametrize(
    ("text", "understood"), [("", True), ("  ", True), ("talks", True), ("-x", True), ("(:)", False)]
)
def test_words_without_anything_to_go_by(text: str, understood: bool) -> None:
    assert _parse(text).understood == understood


@given(st.text(max_size=80))
def test_words_never_fail(text: str) -> None:
    found = _parse(text)
    assert all(part.terms for group in (*found.groups, found.excluded) for part in group)
