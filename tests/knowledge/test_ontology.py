from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge import ontology
from dragoman.knowledge.ontology import TYPES, intensity, load_ontology


def test_ontology_has_the_sixteen_types_in_four_quads() -> None:
    loaded = load_ontology()
    assert tuple(loaded.types) == TYPES
    assert {quad: len(loaded.of_quad(quad)) for quad in loaded.quads} == {1: 4, 2: 3, 3: 4, 4: 5}


@pytest.mark.parametrize(
    ("kind", "quad", "score"),
    [("AGREE", 1, 2.5), ("RETREAT", 2, 6.5), ("ACCUSE", 3, -3), ("SANCTION", 4, -6), ("ASSAULT", 4, -9)],
)
def test_ontology_gives_quad_and_score(kind: str, quad: int, score: float) -> None:
    entry = load_ontology().type(kind)
    assert (entry.quad, entry.score) == (quad, score)


@pytest.mark.parametrize(
    ("kind", "mode", "score"),
    [
        ("CONSULT", None, 2.5),
        ("CONSULT", "phone", 1.5),
        ("REJECT", "yield", -2),
        ("ASSAULT", "unconventional", -10),
        ("PROTEST", "vandalize", -5),  # the mode has no score of its own
    ],
)
def test_ontology_intensity_is_of_the_mode_where_that_has_one(kind: str, mode: str | None, score: float) -> None:
    assert intensity(kind, mode) == score


@pytest.mark.parametrize(
    ("kind", "mode"), [("TALK", None), ("consult", None), ("CONSULT", "dinner"), ("AGREE", "visit")]
)
def test_ontology_refuses_unknown_types_and_modes(kind: str, mode: str | None) -> None:
    with pytest.raises(UsageError, match=mode or kind):
        intensity(kind, mode)


def _without_a_type(content: dict) -> None:
    del content["types"]["AID"]


def _with_a_score_too_low(content: dict) -> None:
    content["types"]["AID"]["score"] = -11


def _with_an_unknown_quad(content: dict) -> None:
    content["types"]["AID"]["quad"] = 5


def _with_an_unknown_key(content: dict) -> None:
    content["types"]["AID"]["colour"] = "green"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_a_type, "the types must be these"),
        (_with_a_score_too_low, "AID has the score -11"),
        (_with_an_unknown_quad, "quad 5"),
        (_with_an_unknown_key, "colour"),
    ],
)
def test_ontology_is_checked_on_load(change, said: str, tmp_path: Path) -> None:
    content = yaml.safe_load(Path(ontology.__file__).with_suffix(".yaml").read_text(encoding="utf-8"))
    change(content)
    path = tmp_path / "ontology.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        load_ontology(path)
