"""Names in a text: which stretches name whom, and which only look as if they did."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.names import default_names, find_names, glued_edges, spellings

TAKEN = [
    ("Russia met North Korea.", [("Russia", "RUS"), ("North Korea", "PRK")]),
    ("South Korea's army", [("South Korea", "KOR")]),
    ("Russian and Chinese ships", [("Russian", "RUS"), ("Chinese", "CHN")]),
    ("a message from Pyongyang to Moscow", [("Pyongyang", "PRK"), ("Moscow", "RUS")]),
    ("The White House and the Kremlin", [("White House", "USA"), ("Kremlin", "RUS")]),
    ("Kim Jong Un met Xi Jinping.", [("Kim Jong Un", "PRK"), ("Xi Jinping", "CHN")]),
    ("Kim Jong-un met Vladimir Putin.", [("Kim Jong-un", "PRK"), ("Vladimir Putin", "RUS")]),
    ("KIM JONG UN MET VLADIMIR PUTIN.", [("KIM JONG UN", "PRK"), ("VLADIMIR PUTIN", "RUS")]),
    ("Russia’s guests", [("Russia", "RUS")]),
    ("U.S. officials", [("U.S.", "USA")]),
    ("(Japan)", [("Japan", "JPN")]),
    ("U.S.-Japan talks", [("U.S.", "USA"), ("Japan", "JPN")]),
    ("The stamp read Россия, the crate 朝鮮.", [("Россия", "RUS"), ("朝鮮", "PRK")]),
    ("She cried 한국은 강하다.", [("한국", "KOR")]),
    ("中国外交部 said no.", [("中国", "CHN")]),
    ("They wrote ロシアと on it.", [("ロシア", "RUS")]),
    ("The sign said إيران.", [("إيران", "IRN")]),
]
LEFT = [
    "russia and korea",
    "New Mexico sued.",
    "Little Rock lies in Arkansas.",
    "Chinatown was quiet.",
    "The turkey was fat.",
    "us and them",
    "Prussia and Indianapolis",
    "Kim went home.",
    "Island and Polen name no states here, nor do Island's shores.",
    "The map had 日本海 and インド洋 on it.",
    "Корабль Украинаход",
    "He shouted 통일이란 and Того.",
    "A dish of चीनी stood there.",
]


def countries(text: str, *about: str) -> list[tuple[str, str | None]]:
    return [(a.text, a.country) for a in find_names(text, about)]


@pytest.mark.parametrize(("text", "found"), TAKEN)
def test_names_takes(text: str, found: list[tuple[str, str]]) -> None:
    assert countries(text) == found


@pytest.mark.parametrize("text", LEFT)
def test_names_leaves(text: str) -> None:
    assert countries(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The United Nations met.", ["United Nations"]),
        ("The U.N. Security Council met.", ["United Nations Security Council"]),
        ("NATO and the EU", ["NATO", "European Union"]),
        ("KCNA and Rodong Sinmun said so.", ["Korean Central News Agency", "Rodong Sinmun"]),
    ],
)
def test_names_tells_bodies_and_outlets_by_their_canonical_names(text: str, names: list[str]) -> None:
    assert [a.actor for a in find_names(text)] == names


@pytest.mark.parametrize(
    ("text", "about", "country"),
    [
        ("The Korean soldiers left.", ["PRK"], "PRK"),
        ("The Korean soldiers left.", ["KOR"], "KOR"),
        ("The Korean soldiers left.", ["PRK", "KOR"], None),
        ("The North fired first.", ["KOR"], "PRK"),
    ],
)
def test_names_form_of_two_states_is_of_the_one_that_is_named(text: str, about: list[str], country: str | None) -> None:
    across = {"PRK": ["KOR"], "KOR": ["PRK"]}
    beside = [other for code in about for other in across.get(code, [])]
    assert [a.country for a in default_names().find(text, about, beside)] == ([country] if country else [])


@pytest.mark.parametrize(
    ("text", "about", "found"),
    [
        ("The North fired first.", ["PRK", "KOR"], [("North", "PRK")]),
        ("He told the South.", ["PRK", "KOR"], [("South", "KOR")]),
        ("The North fired first.", [], []),
        ("The North fired first.", ["USA"], []),
        ("North winds blew from the north.", ["PRK", "KOR"], []),
        ("They flew North.", ["PRK", "KOR"], []),
    ],
)
def test_names_the_north_only_with_article_and_state(text: str, about: list[str], found: list[tuple[str, str]]) -> None:
    bare = [(name.removeprefix("The ").removeprefix("the "), country) for name, country in countries(text, *about)]
    assert bare == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ComradeKim Jong Un spoke.", ["Kim Jong Un"]),
        ("Kim Jong Unmet them.", ["Kim Jong Un"]),
        ("Kim Jong Un2 spoke.", []),
        ("XKim Jong Un spoke.", []),
    ],
)
def test_names_glued_to_the_next_word(text: str, found: list[str]) -> None:
    assert [a.text for a in find_names(text)] == found


def test_names_glued_edges_are_where_a_word_is_to_be_cut() -> None:
    assert glued_edges("ComradeKim Jong Unmet them.") == {7, 18}
    assert glued_edges("Comrade Kim Jong Un met them.") == set()


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Kim Jong Un", {"Kim Jong-un", "Kim Jong-Un", "KIM JONG UN"}),
        ("Recep Tayyip Erdoğan", {"Recep Tayyip Erdogan", "RECEP TAYYIP ERDOGAN"}),
    ],
)
def test_names_spellings(name: str, same: set[str]) -> None:
    assert same | {name} <= spellings(name)


PIECES = [
    "Kim Jong Un",
    "Russia",
    "the North",
    "South Korea",
    "U.S.",
    "Russian",
    "’s",
    "-",
    " ",
    "\n",
    "met",
    "é",
    "김",
    "🇰🇵",
]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=10).map("".join))
def test_names_offsets_are_those_of_the_text(text: str) -> None:
    end = 0
    for atom in find_names(text, {"PRK", "KOR"}):
        assert text[atom.start : atom.end] == atom.text
        assert end <= atom.start < atom.end
        end = atom.end
