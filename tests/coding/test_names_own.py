from __future__ import annotations

from pathlib import Path

from dragoman.coding.names import Names, find_names
from tests.knowledge.own_files import known_from


def test_names_of_a_users_actors_mean_nobody_else(tmp_path: Path) -> None:
    assert [a.actor_id for a in find_names("The Kremlin refused.")] == ["state:RUS"]
    names = Names(known_from(tmp_path, "groups: [{name: Kremlin, sector: REB, country: PER}]"))
    assert [a.actor_id for a in names.find("Kremlin refused.")] == ["group:kremlin"]
    assert [a.actor_id for a in find_names("The Kremlin refused.")] == ["state:RUS"]  # ours stay as they are


def test_names_of_two_persons_are_told_apart_by_the_article(tmp_path: Path) -> None:
    names = Names(known_from(tmp_path, "persons: [{name: Sergei Lavrov, country: PER}]"))
    assert [a.actor_id for a in names.find("Sergei Lavrov left.", {"PER"})] == ["person:sergei-lavrov-per"]
    assert [a.actor_id for a in names.find("Sergei Lavrov left.", {"RUS"})] == ["person:sergei-lavrov"]
    assert names.find("Sergei Lavrov left.") == []


def test_names_of_one_word_count_for_a_users_persons_only(tmp_path: Path) -> None:
    names = Names(known_from(tmp_path, "persons: [{name: Ana Quispe, names: [Anita], country: PER}]"))
    assert [a.text for a in names.find("Anita and ANITA left.")] == ["Anita", "ANITA"]
    assert find_names("Lavrov left.") == []
