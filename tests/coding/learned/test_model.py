"""The relation model that comes with Dragoman: it loads, answers in order, and says the same however it is asked."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.learned.labels import ALL_MODES, MODES, NONE
from dragoman.coding.learned.model import BATCH, PADDED, Answer, RelationModel, alike, load_model
from dragoman.coding.learned.packing import Passage, Question
from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import TYPES

SHIPPED = Path(str(resources.files("dragoman.coding.learned"))) / "weights"
# The model's eight-bit numbers are scaled by all that is read together, so an answer may differ a little by company.
NEAR = 0.05
LONG = ", as many in the capital had hoped that it would do since the summit of the year before"
PLAIN = [
    ("Japan condemned North Korea.", "Japan", "condemned", "North Korea", "ACCUSE"),
    (f"Russia attacked Ukraine{LONG}.", "Russia", "attacked", "Ukraine", "ASSAULT"),
    ("Putin visited China.", "Putin", "visited", "China", "CONSULT"),
    (f"Japan urged China to act{LONG}.", "Japan", "urged", "China", "REQUEST"),
    ("North Korea threatened Japan on Monday.", "North Korea", "threatened", "Japan", "THREATEN"),
    ("Japan imposed sanctions on North Korea.", "Japan", "sanctions", "North Korea", "SANCTION"),
]


def passage(text: str, *asked: tuple[str, str, str]) -> Passage:
    """A text with questions, each given as the words of actor, trigger and recipient."""

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return Passage(text, tuple(Question(at(a), at(r), at(t)) for a, t, r in asked))


PASSAGES = [passage(text, (actor, trigger, recipient)) for text, actor, trigger, recipient, _ in PLAIN]


def answers(passages: list[Passage]) -> list[Answer]:
    return [one for of_passage in load_model().answer(passages) for one in of_passage]


def test_model_answers_come_in_the_order_of_the_passages() -> None:
    many = PASSAGES * (BATCH // len(PASSAGES) + 2)
    assert [a.type for a in answers(many)] == [kind for *_, kind in PLAIN] * (len(many) // len(PLAIN))


def test_model_chances_add_up_to_one() -> None:
    for answer in answers(PASSAGES):
        assert answer.types.shape == (len(TYPES) + 1,)
        assert answer.types.sum() == pytest.approx(1, abs=1e-5)
        assert answer.statuses.sum() == pytest.approx(1, abs=1e-5)
        assert len(answer.modes) == len(ALL_MODES)
        assert answer.chance <= answer.something == pytest.approx(1 - float(answer.types[NONE]))


def test_model_says_the_same_alone_and_in_company() -> None:
    alone = [answer for one in PASSAGES for answer in answers([one])]
    for one, other in zip(alone, answers(PASSAGES), strict=True):
        assert np.allclose(one.types, other.types, atol=NEAR)
        assert np.allclose(one.statuses, other.statuses, atol=NEAR)


def test_model_says_the_same_again() -> None:
    for one, other in zip(answers(PASSAGES), answers(PASSAGES), strict=True):
        assert np.array_equal(one.types, other.types)


def test_model_questions_about_one_passage_are_answered_each_for_itself() -> None:
    asked = [("Japan", "condemned", "North Korea"), ("Russia", "bombed", "Ukraine"), ("Japan", "bombed", "Ukraine")]
    text = "Japan condemned North Korea, and Russia bombed Ukraine."
    together = answers([passage(text, *asked)])
    assert [a.type for a in together[:2]] == ["ACCUSE", "ASSAULT"]
    assert together[2].something < min(a.something for a in together[:2])
    for one, other in zip(together, answers([passage(text, a) for a in asked]), strict=True):
        assert np.allclose(one.types, other.types, atol=NEAR)


def test_model_takes_nothing_and_passages_without_questions() -> None:
    assert list(load_model().answer([])) == []
    assert list(load_model().answer([Passage("It rained.", ())])) == [[]]
    first, second = load_model().answer([Passage("It rained.", ()), PASSAGES[0]])
    assert (first, len(second)) == ([], 1)


def test_model_status_and_modes_are_those_of_the_codebook() -> None:
    visit = answers([PASSAGES[2]])[0]
    assert visit.status == "actual"
    assert visit.mode("CONSULT") == "visit"
    for kind in TYPES:
        assert visit.mode(kind) in (MODES[kind] or (None,))


def test_model_is_loaded_once() -> None:
    assert load_model() is load_model()


# --- what cannot be loaded ---------------------------------------------------------------------------------------


def copied(folder: Path, **changed: bytes) -> Path:
    """The model's folder with some files changed, named with `_` for the dot."""
    for file in SHIPPED.iterdir():
        if file.name.replace(".", "_") in changed:
            (folder / file.name).write_bytes(changed[file.name.replace(".", "_")])
        else:
            (folder / file.name).symlink_to(file)
    return folder


def test_model_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="none"):
        RelationModel(tmp_path / "none")


@pytest.mark.parametrize("name", ["relations_json", "relations_onnx", "tokenizer_json"])
def test_model_damaged_file_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(KnowledgeError, match="cannot be loaded"):
        RelationModel(copied(tmp_path, **{name: b"{}"}))


def test_model_with_other_labels_is_refused(tmp_path: Path) -> None:
    card = json.loads((SHIPPED / "relations.json").read_bytes())
    card["types"] = card["types"][::-1]
    with pytest.raises(KnowledgeError, match="other labels"):
        RelationModel(copied(tmp_path, relations_json=json.dumps(card).encode()))


@given(st.lists(st.integers(0, 120), max_size=40))
def test_model_reads_together_what_is_alike_in_length(lengths: list[int]) -> None:
    chunks = list(alike(lengths))
    assert sorted(i for chunk in chunks for i in chunk) == list(range(len(lengths)))
    for chunk in chunks:
        longest = max(lengths[i] for i in chunk)
        assert len(chunk) <= BATCH
        assert sum(longest - lengths[i] for i in chunk) <= PADDED
