"""Relations with two given sides: the lexicon's chances and the model's are mixed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import pytest

from dragoman.coding.learned import model as model_module
from dragoman.coding.learned.labels import ALL_MODES, NONE, STATUSES
from dragoman.coding.learned.model import Answer, RelationModel, load_model
from dragoman.coding.learned.packing import Passage
from dragoman.coding.learned.relate import LEXICON, relate_with_model
from dragoman.coding.relate import GivenRow, Related, relate_many
from dragoman.knowledge.ontology import TYPES
from dragoman.model import EventType

ROWS = [
    ("Japan condemned North Korea.", (0, 5), (16, 27)),
    ("Ukraine was attacked by Russian troops.", (24, 38), (0, 7)),
    ("Putin visited China on Monday.", (0, 5), (14, 19)),
    ("Denmark sat beside Estonia.", (0, 7), (19, 26)),
]


class Sure(RelationModel):
    """A model that is sure of one type, and thinks that nothing is done at all as likely."""

    def __init__(self, kind: EventType) -> None:
        self.kind = kind
        self.asked: list[Passage] = []

    def answer(self, passages: Iterable[Passage]) -> Iterator[list[Answer]]:
        self.asked = list(passages)
        types = np.zeros(NONE + 1, dtype=np.float32)
        types[TYPES.index(self.kind)] = types[NONE] = 0.5
        rest = np.zeros(len(STATUSES), dtype=np.float32), np.zeros(len(ALL_MODES), dtype=np.float32)
        return iter([[Answer(types, *rest)] for _ in self.asked])


def lexicon(rows: list[GivenRow]) -> list[Related]:
    return list(relate_many(rows, fast=True))


def test_relate_mixes_the_lexicon_with_what_the_model_gives_if_anything_is_done() -> None:
    by_lexicon = lexicon(ROWS)
    for mixed, before in zip(relate_with_model(ROWS, by_lexicon, Sure("AID")), by_lexicon, strict=True):
        assert mixed.type == max(TYPES, key=lambda kind: mixed.scores[kind])
        for kind in TYPES:
            assert mixed.scores[kind] == pytest.approx(LEXICON * before.scores[kind] + (kind == "AID") * (1 - LEXICON))


def test_relate_asks_without_a_trigger_and_with_the_lexicons() -> None:
    model = Sure("AID")
    relate_with_model(ROWS[:1], lexicon(ROWS[:1]), model)
    (plain,), (hinted,) = (p.questions for p in model.asked)
    assert (plain.trigger, plain.hint) == (None, None)
    assert hinted == plain._replace(trigger=(6, 15), hint=TYPES.index("ACCUSE"))
    assert all(p.inline for p in model.asked)


def test_relate_keeps_the_word_that_tells() -> None:
    by_lexicon = lexicon(ROWS)
    mixed = relate_with_model(ROWS, by_lexicon, load_model())
    assert [(r.trigger, r.at) for r in mixed] == [(r.trigger, r.at) for r in by_lexicon]
    assert mixed[-1].trigger is None


def test_relate_scores_add_up_to_one_and_the_best_is_the_type() -> None:
    found = list(relate_many(ROWS))
    assert [r.type for r in found[:3]] == ["ACCUSE", "ASSAULT", "CONSULT"]
    for related in found:
        assert set(related.scores) == set(TYPES)
        assert sum(related.scores.values()) == pytest.approx(1, abs=1e-5)
        assert max(TYPES, key=lambda kind: related.scores[kind]) == related.type


def test_relate_fast_is_the_lexicon_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def unasked() -> RelationModel:
        raise AssertionError("the model is not to be loaded")

    slow = relate_with_model(ROWS, lexicon(ROWS), load_model())
    assert [r.scores for r in relate_many(ROWS)] == [r.scores for r in slow]
    monkeypatch.setattr(model_module, "load_model", unasked)
    assert [r.scores for r in relate_many(ROWS, fast=True)] == [r.scores for r in lexicon(ROWS)]


def test_relate_of_nothing_is_nothing() -> None:
    assert list(relate_many([])) == []
    assert relate_with_model([], [], load_model()) == []
