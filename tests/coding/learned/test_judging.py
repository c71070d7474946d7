from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.learned.judging import FEATURES, Judgement, features_of, load_judgement
from dragoman.coding.learned.labels import ALL_MODES, NONE, STATUSES
from dragoman.coding.learned.model import Answer
from dragoman.coding.learned.proposals import Pair, Proposal, proposals
from dragoman.coding.relation import RelationTyper
from dragoman.coding.sides import Sides
from dragoman.errors import KnowledgeError
from dragoman.knowledge.ontology import TYPES
from dragoman.model import EventType
from tests.coding.drafts import draft

NOTHING = dict.fromkeys(FEATURES, 0.0)


def answer(kind: EventType, chance: float, nothing: float) -> Answer:
    """An answer with that chance of a type, and of NONE; the other types share the rest."""
    types = np.full(NONE + 1, (1 - chance - nothing) / (NONE - 1), dtype=np.float32)
    types[TYPES.index(kind)], types[NONE] = chance, nothing
    zeros = np.zeros(len(STATUSES), dtype=np.float32)
    return Answer(types, zeros, np.zeros(len(ALL_MODES), dtype=np.float32))


def proposed(text: str, word: str) -> Proposal:
    """What a word of a sentence on Japan and North Korea proposes."""
    made = draft(text, ("Japan", "Japan", "JPN"), ("North Korea", "North Korea", "PRK"))
    (sentence,) = made.sentences
    return next(
        p for p in proposals(sentence, Sides(made, sentence), RelationTyper(), {}) if p.typed.trigger.text == word
    )


def test_judging_without_weights_is_even() -> None:
    assert Judgement(0.0, NOTHING, 0.5).confidence(NOTHING) == 0.5


@given(st.floats(-8, 8), st.floats(-8, 8))
def test_judging_is_a_chance_that_grows_with_what_weighs_for_it(one: float, other: float) -> None:
    judgement = Judgement(0.3, NOTHING | {"something": 1.2}, 0.5)
    low, high = (judgement.confidence(NOTHING | {"something": value}) for value in sorted((one, other)))
    assert 0 <= low <= high <= 1


def test_judging_features_tell_answer_and_place() -> None:
    condemned = proposed("Japan condemned North Korea.", "condemned")
    clause = Pair(condemned.actors, condemned.recipients, "clause")
    sure = features_of(condemned, clause, answer("ACCUSE", 0.9, 0.05))
    unsure = features_of(condemned, clause, answer("ACCUSE", 0.4, 0.5))
    other = features_of(condemned, clause, answer("ASSAULT", 0.9, 0.05))
    assert set(sure) == set(FEATURES)
    assert sure["something"] > unsure["something"]
    assert sure["type"] > unsure["type"]
    assert (sure["agreed"], other["agreed"]) == (1.0, 0.0)
    assert sure["lexicon"] > other["lexicon"] == 0.0
    assert sure["sentence"] == sure["before"] == sure["alone"] == sure["noun"] == 0.0


def test_judging_features_tell_where_the_sides_were_found() -> None:
    condemned = proposed("Japan condemned North Korea.", "condemned")
    said = answer("ACCUSE", 0.9, 0.05)
    before = features_of(condemned, Pair(condemned.actors, condemned.recipients, "before"), said)
    alone = features_of(condemned, Pair(condemned.actors, [], "clause"), said)
    assert (before["before"], before["alone"]) == (1.0, 0.0)
    assert (alone["before"], alone["alone"]) == (0.0, 1.0)


@pytest.mark.parametrize("chance", [0.0, 1.0])
def test_judging_features_are_finite_where_the_model_has_no_doubt(chance: float) -> None:
    condemned = proposed("Japan condemned North Korea.", "condemned")
    clause = Pair(condemned.actors, condemned.recipients, "clause")
    found = features_of(condemned, clause, answer("ACCUSE", chance, 1 - chance))
    assert np.isfinite(list(found.values())).all()


def test_judging_weights_that_come_with_dragoman_are_for_these_features() -> None:
    judgement = load_judgement()
    assert set(judgement.weights) == set(FEATURES)
    assert 0 < judgement.least < 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"constant": 0}', json.dumps({"constant": 0, "weights": 1})])
def test_judging_damaged_weights_are_told(tmp_path: Path, content: str) -> None:
    (tmp_path / "judging.json").write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"judging\.json"):
        load_judgement(tmp_path / "judging.json")


def test_judging_missing_weights_are_told(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"none\.json"):
        load_judgement(tmp_path / "none.json")
