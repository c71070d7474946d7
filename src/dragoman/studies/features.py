"""From labelled pairs to the numbers that a study's head reads: the model's vector, its types, and the study's cues."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from spacy.language import Language

from dragoman.coding.learned.labels import TYPES
from dragoman.coding.learned.model import Floats
from dragoman.coding.learned.packing import Passage, Question
from dragoman.studies.cues import CueFinder, tokens_in
from dragoman.studies.encoder import WIDTH, Encoder
from dragoman.studies.labels import Label

Numbers = npt.NDArray[np.float64]
# How far the vector's numbers, the types' and the cues' are trusted before anything is learned: the vector has many. Of
# ten settings tried with the example study, its mean F1 differed by 4 points (docs/studies.md).
TRUST = 0.3, 1.0, 2.0
FLOOR = 1e-4  # the least chance that counts: below, chances differ in nothing but noise


@dataclass(frozen=True, slots=True)
class Described:
    """Labels as numbers, a row each: `straight` as they stand, `turned` with their sides the other way round.

    `cued` is the type by the cues alone.
    """

    straight: Numbers
    turned: Numbers
    cued: tuple[str, ...]


def describe(labels: Sequence[Label], finder: CueFinder, encoder: Encoder, nlp: Language) -> Described:
    """The numbers of each label's question; each text is parsed and read once for all its labels."""
    texts = list(dict.fromkeys(label.text for label in labels))
    docs = dict(zip(texts, nlp.pipe(texts), strict=True))
    hits = {text: finder.found(doc) for text, doc in docs.items()}
    at = [tokens_in(docs[label.text], label.trigger) for label in labels]
    cues = [finder.features(hits[label.text], here) for label, here in zip(labels, at, strict=True)]
    cued = tuple(finder.guess(hits[label.text].hits, here) for label, here in zip(labels, at, strict=True))
    read = encoder.encode([Passage(label.text, _both_ways(label)) for label in labels])
    straight, turned = (
        rows(np.stack([v[way] for v, _ in read]), np.stack([c[way] for _, c in read]), cues) for way in (0, 1)
    )
    return Described(straight, turned, cued)


def rows(vectors: Floats | Numbers, chances: Floats | Numbers, cues: Sequence[Sequence[float]]) -> Numbers:
    """The matrix that the head reads: vectors, odds of PLOVER's types, and cues, side by side."""
    bounded = np.clip(chances.astype(np.float64), FLOOR, 1 - FLOOR)
    odds = np.log(bounded / (1 - bounded))
    matrix: Numbers = np.hstack([vectors.astype(np.float64), odds, np.asarray(cues, np.float64)])
    return matrix


def trust_in(features: int) -> Numbers:
    """The trust in each of so many numbers of a pair."""
    vector, types, cues = TRUST
    plover = len(TYPES) + 1
    trust: Numbers = np.repeat([vector, types, cues], [WIDTH, plover, features - WIDTH - plover])
    return trust


def _both_ways(label: Label) -> tuple[Question, Question]:
    return (
        Question(label.actor, label.recipient, label.trigger),
        Question(label.recipient, label.actor, label.trigger),
    )
