"""A small study for tests: two types told by their words, and an encoder that reads words and runs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from dragoman.coding.learned.model import Floats
from dragoman.coding.learned.packing import Passage, Question
from dragoman.studies.codebook import NONE, Codebook, StudyType
from dragoman.studies.encoder import WIDTH, Encoder
from dragoman.studies.features import Numbers
from dragoman.studies.head import Head
from dragoman.studies.labels import Label
from dragoman.studies.study import Study, feature_count
from dragoman.studies.validation import Figures, Share, Validation

YAML = """
name: trade
about: Measures of trade.
types:
  BAR: {definition: Shuts another's goods out., quad: 4, score: -6, cues: [bar, shut out], plover: [SANCTION]}
  ADMIT: {definition: Lets another's goods in., quad: 2, cues: [admit, "let in"], alone: recipient}
topic: [good, port]
none: [CONSULT]
"""
CODEBOOK = Codebook(
    name="trade",
    about="Measures of trade.",
    types={
        "BAR": StudyType(
            definition="Shuts another's goods out.", quad=4, score=-6.0, cues=("bar", "shut out"), plover=("SANCTION",)
        ),
        "ADMIT": StudyType(definition="Lets another's goods in.", quad=2, cues=("admit", "let in"), alone="recipient"),
    },
    topic=("good", "port"),
    none=("CONSULT",),
)
NOWHERE = Share(0.5, 0.4, 0.6)


class WordEncoder(Encoder):
    """Reads the words of a question's spans."""

    def __init__(self, digest: str = "d" * 64) -> None:
        self.name, self.digest = "words", digest

    def encode(self, passages: Sequence[Passage]) -> list[tuple[Floats, Floats]]:
        return [
            (
                np.array([_vector(p.text, q) for q in p.questions], np.float32).reshape(-1, WIDTH),
                np.full((len(p.questions), 17), 1 / 17, np.float32),
            )
            for p in passages
        ]


def _vector(text: str, question: Question) -> list[float]:
    """The trigger's words together with which side is named first; and the sides."""
    made = [0.0] * WIDTH
    actor, recipient, trigger = ("" if span is None else text[span[0] : span[1]] for span in question.spans)
    order = text.find(actor) < text.find(recipient)
    for told in (f"{trigger}{order}", f"actor {actor}", f"recipient {recipient}"):
        made[int(hashlib.sha256(told.encode()).hexdigest(), 16) % WIDTH] = 1.0
    return made


def label(text: str, actor: str, trigger: str, recipient: str, kind: str, group: str | None = None) -> Label:
    """A label with its spans given as words."""

    def at(words: str) -> tuple[int, int]:
        return text.index(words), text.index(words) + len(words)

    return Label(text, at(actor), at(recipient), at(trigger), kind, group or text)


def by_cues() -> Study:
    """A study whose head goes by the cues at the trigger alone."""
    n, k = feature_count(CODEBOOK), len(CODEBOOK.types)
    types = ("ADMIT", "BAR", NONE)
    weights: Numbers = np.zeros((3, n))
    weights[1, n - 2 * k - 1], weights[0, n - 2 * k] = 4.0, 4.0
    head = Head(types, np.zeros(n), np.ones(n), weights, np.array([0.0, 0.0, 2.0]))
    return Study(
        codebook=CODEBOOK,
        head=head,
        validation=_validation(),
        counts={"BAR": 12, "ADMIT": 12, NONE: 12},
        thin=(),
        texts=frozenset(),
        encoder=WordEncoder().digest,
        encoder_name="words",
    )


def _validation() -> Validation:
    from dragoman.record.accuracy import wilson

    figures = Figures(types=(), macro_f1=NOWHERE, right=wilson(1, 2))
    return Validation(folds=2, labels=36, head=figures, cues=figures, gain=NOWHERE, confusion={}, turned=None)


def yaml_file(folder: Path, text: str = YAML) -> Path:
    """The YAML of the study as a file."""
    path = folder / "study.yaml"
    path.write_text(text, encoding="utf-8")
    return path
