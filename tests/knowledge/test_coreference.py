"""The words that stand for somebody named before, and what the loader makes of a damaged file."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge import coreference
from dragoman.knowledge.coreference import load_coreference
from dragoman.knowledge.files import KNOWLEDGE

FILE = "coreference.yaml"


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of knowledge whose file the test damages."""
    (tmp_path / FILE).write_text((KNOWLEDGE / FILE).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(coreference, "resources", SimpleNamespace(files=lambda _: tmp_path))
    return tmp_path / FILE


@pytest.mark.parametrize(
    "phrase",
    ["the two countries", "The two sides", "both sides", "both leaders", "the two foreign ministers", "each other",
     "the two neighbours", "the two respective sides", "one another", "the pair", "the ministers", "The Two Koreas"],
)  # fmt: skip
def test_coreference_takes_phrases_for_two_sides(phrase: str) -> None:
    assert load_coreference().pairs.fullmatch(phrase)


@pytest.mark.parametrize(
    "phrase",
    ["the two ships", "two countries", "both ships", "the four sides", "the side", "the country", "otherwise each"],
)
def test_coreference_leaves_other_phrases(phrase: str) -> None:
    assert load_coreference().pairs.fullmatch(phrase) is None


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("The ministers agreed.", True),
        ("The ministers of Japan agreed.", False),
        ("The ministers from Japan agreed.", False),
        ("The ministers and the king agreed.", False),
        ("Bathe two sidesteps.", False),
    ],
)
def test_coreference_pair_within_a_sentence(text: str, taken: bool) -> None:
    assert bool(load_coreference().pairs.search(text)) is taken


def test_coreference_pronouns_are_lower_case_and_of_one_number_each() -> None:
    words = load_coreference()
    groups = [words.singular_person, words.singular_thing, words.plural, words.first_person]
    everything = [word for group in groups for word in group]
    assert all(word == word.lower() for word in everything)
    assert len(everything) == len(set(everything))
    assert words.pronouns == words.singular_person | words.singular_thing | words.plural
    assert "we" not in words.pronouns


def test_coreference_phrases_for_two_states_are_phrases_for_two() -> None:
    words = load_coreference()
    assert {"countries", "sides"} <= words.pair_states
    assert not {"ministers", "leaders"} & words.pair_states
    assert all(words.pairs.fullmatch(f"the two {noun}") for noun in words.pair_states)


@pytest.mark.parametrize(
    ("kind", "nouns"), [("outlet", {"paper", "newspaper", "agency"}), ("organ", {"ministry"}), ("body", {"alliance"})]
)
def test_coreference_descriptions_by_kind_of_actor(kind: str, nouns: set[str]) -> None:
    found = {noun for d in load_coreference().descriptions if kind in d.kinds for noun in d.nouns}
    assert nouns <= found


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("pronouns:", "pronoun:", "pronoun"),
        ("states: [regime", "states: [[regime]", "coreference.yaml"),
        ("  person: [he,", "  persons: [he,", "person"),
        ("  - nouns: [paper,", "  - words: [paper,", "words"),
    ],
)
def test_coreference_damaged_file_is_told(broken: Path, before: str, after: str, told: str) -> None:
    text = broken.read_text(encoding="utf-8")
    assert before in text
    broken.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=told):
        load_coreference.__wrapped__()
