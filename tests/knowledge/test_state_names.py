from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.state_names import COLUMNS, fold_state, load_state_names, read_state_names

LANGUAGES = [
    "ar", "de", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt", "ru", "sv", "tr", "uk", "vi",
    "zh-Hans", "zh-Hant",
]  # fmt: skip


def write(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "state_names.csv"
    path.write_text("\n".join((",".join(COLUMNS), *lines, "")), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russland", "RUS"), ("Corée du Nord", "PRK"), ("coree du nord", "PRK"), ("Corea del Sur", "KOR"),
        ("Coreia do Sul", "KOR"), ("Cina", "CHN"), ("Россия", "RUS"), ("КНДР", "PRK"), ("США", "USA"),
        ("Україна", "UKR"), ("朝鲜", "PRK"), ("朝鮮", "PRK"), ("北韓", "PRK"), ("北朝鮮", "PRK"), ("米国", "USA"),
        ("한국", "KOR"), ("북한", "PRK"), ("미국", "USA"), ("روسيا", "RUS"), ("کره شمالی", "PRK"), ("ארה\"ב", "USA"),
        ("ארה״ב", "USA"),
        ("Güney Kore", "KOR"), ("Hàn Quốc", "KOR"),
        ("Tiongkok", "CHN"), ("Korea Północna", "PRK"), ("Verenigde Staten", "USA"), ("Sydkorea", "KOR"),
        ("भारत", "IND"), ("EEUU", "USA"), ("EE. UU.", "USA"), ("Island", "ISL"), ("Гонконг", "HKG"),
        ("Springfield", None), ("", None),
    ],
)  # fmt: skip
def test_state_names_tell_the_state(name: str, code: str | None) -> None:
    assert load_state_names().states_called(name) == (() if code is None else (code,))


def test_state_names_are_of_all_languages() -> None:
    by_language: dict[str, set[str]] = {}
    for name in load_state_names().names:
        by_language.setdefault(name.language, set()).add(name.code)
    assert sorted(by_language) == LANGUAGES
    # What English spells alike is left out ("Iran"), and most names are not alike.
    assert all(len(codes) > 80 for codes in by_language.values())


def test_state_names_never_contradict_english() -> None:
    english: dict[str, set[str]] = {}
    for state in load_actors().states:
        for form in (state.name, *state.names, *state.adjectives, *state.demonyms, *state.capitals):
            english.setdefault(fold_state(form), set()).add(state.code)
    for name in load_state_names().names:
        assert english.get(fold_state(name.name), {name.code}) == {name.code}, name


def test_state_names_in_other_scripts_leave_latin_and_what_may_be_else() -> None:
    names = {name.name for name in load_state_names().in_other_scripts()}
    assert {"Россия", "한국", "中国", "إيران", "भारत"} <= names
    assert not names & {"Island", "Việt Nam", "Ý", "Того", "이란", "苏丹", "ジョージア"}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["de,XXX,Nirgendwo,own,"], "line 2: unknown state code 'XXX'"),
        (["de,RUS,Russland,other,"], "unknown source 'other'"),
        (["de,RUS,Russland,cldr"], "has 4 cells"),
        (["de,RUS, Russland,cldr,"], "without spaces"),
        (["de,RUS,Russland,cldr,", "de,RUS,Russland,own,"], "line 3: 'Russland' stands there twice"),
        (["ja,GIN,ギニア,cldr,", "ko,GHA,ギニア,cldr,"], "'ギニア' is also a name of GIN"),
    ],
)
def test_state_names_refuse_what_cannot_be(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(KnowledgeError, match=said):
        read_state_names(write(tmp_path, *lines))


def test_state_names_refuse_other_columns_and_missing_files(tmp_path: Path) -> None:
    path = tmp_path / "state_names.csv"
    with pytest.raises(KnowledgeError, match="restore the file"):
        read_state_names(path)
    path.write_text("name\nRussland\n", encoding="utf-8")
    with pytest.raises(KnowledgeError, match="columns must be"):
        read_state_names(path)


def test_state_names_of_two_states_name_neither(tmp_path: Path) -> None:
    names = read_state_names(write(tmp_path, "de,GIN,Guinee,own,", "fr,GNQ,Guinée,own,"))
    assert names.states_called("GUINÉE") == ("GIN", "GNQ")
