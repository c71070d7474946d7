from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.exchange.importing import alpha_3, is_sound, keep, office_named, usable
from dragoman.knowledge.known import load_known
from dragoman.knowledge.own import OwnPerson, read_imported


def test_importing_keeps_other_sources_and_replaces_its_own(tmp_path: Path) -> None:
    path = tmp_path / "actors.imported.jsonl"
    ana, rosa = (OwnPerson(name=n, country="PER", source=f"ftm:{n[0]}") for n in ("Ana Quispe", "Rosa Mamani"))
    assert keep([ana, rosa], path, load_known()) == 0
    mended = OwnPerson(name="Ana Quispe Ruiz", country="PER", source="ftm:A")
    twin = OwnPerson(name="rosa mamani", country="PER", source="wikidata:Q5")
    assert keep([mended, twin], path, load_known()) == 1
    assert read_imported(path).persons == (mended, rosa)


@pytest.mark.parametrize(
    ("label", "office"),
    [
        ("Minister of Foreign Affairs of Peru", "per-foreign-minister"),
        ("Peruvian Minister of Defence", "per-defence-minister"),
        ("Foreign Minister", "per-foreign-minister"),
        ("Minister of Foreign Affairs of Chile", "Minister of Foreign Affairs of Chile"),
        ("Keeper of Bees", "Keeper of Bees"),
    ],
)
def test_importing_finds_the_office_that_a_label_means(label: str, office: str) -> None:
    assert office_named(label, "PER", load_known()) == office


@pytest.mark.parametrize(
    ("name", "good"), [("Ana Quispe", True), ("Ana", False), ("Ана Киспе", False), ("Tô Lâm", True)]
)
def test_importing_takes_names_that_can_be_looked_for(name: str, good: bool) -> None:
    assert usable(name) is good


@pytest.mark.parametrize(("code", "found"), [("pe", "PER"), ("XK", "XKX"), ("suhh", None), ("eu", None), ("", None)])
def test_importing_knows_the_states_of_today(code: str, found: str | None) -> None:
    assert alpha_3(code) == found


@pytest.mark.parametrize(
    ("start", "end", "good"),
    [(None, None, True), ("2020", "2020-05", True), ("2020-05", "2020", True), ("2021", "2020", False),
     ("2020-13", None, False), ("2020-02-30", None, False)],
)  # fmt: skip
def test_importing_takes_dates_that_can_be(start: str | None, end: str | None, good: bool) -> None:
    assert is_sound(start, end) is good
