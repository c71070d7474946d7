"""Nouns that name acts, by how they take their sides."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge import nominals
from dragoman.knowledge.files import KNOWLEDGE
from dragoman.knowledge.nominals import load_nominals

FILE = "nominals.yaml"


@pytest.mark.parametrize("noun", ["expulsion", "invasion", "arrest", "killing", "summoning", "bombardment"])
def test_nominals_of_names_whom_it_is_done_to(noun: str) -> None:
    assert noun in load_nominals().of_object


@pytest.mark.parametrize("noun", ["visit", "attack", "arrival", "statement", "warning"])
def test_nominals_of_names_who_does_it(noun: str) -> None:
    assert noun not in load_nominals().of_object


@pytest.mark.parametrize("noun", ["relationship", "alliance", "friendship", "rivalry"])
def test_nominals_states_of_affairs_are_no_acts(noun: str) -> None:
    assert noun in load_nominals().stative


@pytest.mark.parametrize("noun", ["visit", "attack", "talk", "meeting", "summit", "invasion"])
def test_nominals_acts_are_no_states_of_affairs(noun: str) -> None:
    assert noun not in load_nominals().stative


def test_nominals_are_lemmas() -> None:
    for field in msgspec.structs.fields(nominals.Nominals):
        words = getattr(load_nominals(), field.name)
        assert words
        assert all(word == word.lower().strip() for word in words)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("of_object:", "of_objects:", "of_object"),
        ("stative:", "of_object:", "twice"),
        ("stative: [", "stative: [[", FILE),
    ],
)
def test_nominals_damaged_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, told: str
) -> None:
    text = (KNOWLEDGE / FILE).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / FILE).write_text(text.replace(before, after, 1), encoding="utf-8")
    monkeypatch.setattr(nominals, "KNOWLEDGE", tmp_path)
    with pytest.raises(KnowledgeError, match=told):
        load_nominals.__wrapped__()
