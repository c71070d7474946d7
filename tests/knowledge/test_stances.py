"""Words by which a speaker judges, warns or instructs others."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge import stances
from dragoman.knowledge.files import KNOWLEDGE
from dragoman.knowledge.stances import load_stances

FILE = "stances.yaml"


@pytest.mark.parametrize(
    ("word", "act"),
    [
        ("reckless", "ACCUSE"),
        ("hypocrisy", "ACCUSE"),
        ("violate", "ACCUSE"),
        ("puppet", "ACCUSE"),
        ("dearly", "THREATEN"),
        ("perish", "THREATEN"),
        ("catastrophe", "THREATEN"),
        ("should", "REQUEST"),
        ("must", "REQUEST"),
    ],
)
def test_stances_word_amounts_to_an_act(word: str, act: str) -> None:
    assert load_stances()[word] == act


@pytest.mark.parametrize("word", ["brave", "harbour", "meet", "praise", "can", "may", "blame", "threat", "demand"])
def test_stances_other_words_amount_to_nothing(word: str) -> None:
    assert word not in load_stances()


def test_stances_are_lemmas() -> None:
    assert all(word and word == word.lower().strip() for word in load_stances())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("threat:", "menaces:", "menaces"),
        ("demand:\n", "demand:\n  - better\n", "'better'"),  # twice for one act
        ("demand:\n", "demand:\n  - reckless\n", "'reckless'"),  # for two acts
        ("demand:", "praise: [fine]\ndemand:", "praise"),
        ("demand:", "demand: [[", FILE),
    ],
)
def test_stances_damaged_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, told: str
) -> None:
    text = (KNOWLEDGE / FILE).read_text(encoding="utf-8")
    assert before in text
    (tmp_path / FILE).write_text(text.replace(before, after, 1), encoding="utf-8")
    monkeypatch.setattr(stances, "KNOWLEDGE", tmp_path)
    with pytest.raises(KnowledgeError, match=told):
        load_stances.__wrapped__()
