from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dragoman.errors import KnowledgeError
from dragoman.knowledge import predicates
from dragoman.knowledge.ontology import TYPES
from dragoman.knowledge.predicates import TRUST, load_predicates

FILE = Path(predicates.__file__).with_suffix(".yaml")


def test_predicates_are_many_and_cover_every_type() -> None:
    loaded = load_predicates()
    assert len(loaded) > 1500
    senses = [*loaded.verbs.single.values(), *loaded.nouns.single.values()]
    assert {sense.type for sense in senses} == set(TYPES)


@pytest.mark.parametrize(
    ("verb", "kind", "mode"),
    [
        ("meet", "CONSULT", None),
        ("lambast", "ACCUSE", "disapprove"),
        ("deport", "COERCE", "deport"),
        ("behead", "ASSAULT", "targeted"),
        ("ratify", "SUPPORT", None),
        ("extradite", "COOPERATE", None),
    ],
)
def test_predicates_look_up_single_verbs(verb: str, kind: str, mode: str | None) -> None:
    sense = load_predicates().verbs.single[verb]
    assert (sense.type, sense.mode) == (kind, mode)


def test_predicates_put_longer_entries_under_their_head() -> None:
    loaded = load_predicates()
    assert ("on",) in [parts for parts, _ in loaded.verbs.longer["call"]]
    assert ("phone",) in [parts for parts, _ in loaded.nouns.longer["call"]]
    assert ("of", "condolence") in [parts for parts, _ in loaded.nouns.longer["message"]]


def test_predicates_put_frames_with_a_particle_first() -> None:
    frames = load_predicates().frames["call"]
    particles = [frame.particle for frame in frames]
    assert particles == sorted(particles, key=lambda p: p is None)


def test_predicates_trust_weak_words_less() -> None:
    verbs = load_predicates().verbs.single
    assert verbs["kill"].trust == TRUST["strong"] > verbs["visit"].trust > verbs["remove"].trust == TRUST["weak"]


def _unknown_type(content: dict) -> None:
    content["verbs"][0]["type"] = "SMILE"


def _unknown_mode(content: dict) -> None:
    content["verbs"].append({"type": "AID", "mode": "phone", "lemmas": ["phone in"]})


def _listed_twice(content: dict) -> None:
    content["nouns"].append({"type": "AID", "lemmas": ["sanction"]})


def _capital(content: dict) -> None:
    content["nouns"].append({"type": "AID", "lemmas": ["Marshall plan"]})


def _unknown_class(content: dict) -> None:
    content["frames"].append({"verbs": ["bake"], "objects": ["@cakes"], "type": "AID"})


def _unknown_evoked_mode(content: dict) -> None:
    content["frames"].append({"verbs": ["bake"], "objects": ["AID/cakes"], "type": "AID"})


def _idle_class(content: dict) -> None:
    content["classes"]["cakes"] = ["cake"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_unknown_type, "SMILE"),
        (_unknown_mode, "AID has no mode 'phone'.*'phone in'"),
        (_listed_twice, "nouns list these more than once: sanction"),
        (_capital, "Marshall plan"),
        (_unknown_class, "@cakes"),
        (_unknown_evoked_mode, "AID/cakes"),
        (_idle_class, "no frame uses the class cakes"),
    ],
)
def test_predicates_are_checked_on_load(change, said: str, tmp_path: Path) -> None:
    content = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    change(content)
    path = tmp_path / "predicates.yaml"
    path.write_text(yaml.safe_dump(content, sort_keys=False), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said):
        load_predicates(path)
