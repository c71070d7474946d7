"""Training a study: its types and labels in, the learned head with its cross-validated figures out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from spacy.language import Language

from dragoman.errors import UsageError
from dragoman.studies.codebook import NONE, Codebook
from dragoman.studies.cues import CueFinder
from dragoman.studies.encoder import Encoder
from dragoman.studies.features import Described, Numbers, describe, trust_in
from dragoman.studies.head import Head, fit_head, needed
from dragoman.studies.labels import Label, digests_of
from dragoman.studies.study import Study
from dragoman.studies.validation import (
    Indices,
    Validation,
    cross_validated,
    folds_of,
    validation_of,
)

THIN: Final = 10
"""Labels below which a type is told of and not learned."""
TEXTS: Final = 3
"""Texts (or articles) below which it is not, since cross-validation would have nothing to go by."""


def train_study(codebook: Codebook, labels: Sequence[Label], encoder: Encoder, nlp: Language) -> Study:
    """Learn a study's types and measure how well: the same labels give the same study.

    Raises `UsageError` where there is too little to learn from, or scikit-learn is not installed.
    """
    threads = needed("threadpoolctl")
    given, labels = labels, grouped(labels)
    counts = {kind: sum(label.type == kind for label in labels) for kind in codebook.labels}
    thin = _thin(labels, codebook)
    types = tuple(kind for kind in codebook.types if kind not in thin)
    _check(types, thin, counts, labels)
    used = [label for label in labels if label.type not in thin]
    texts = digests_of(label for label in given if label.type not in thin)
    described = describe(used, CueFinder(codebook), encoder, nlp)
    with threads.threadpool_limits(1):  # matrices so small gain nothing by more, and sums keep their order
        head = _fitted(used, described, codebook, np.arange(len(used)))
        validation = _validated(used, described, codebook, types)
    return Study(
        codebook=codebook, head=head, validation=validation, counts=counts, thin=thin, texts=texts,
        encoder=encoder.digest, encoder_name=encoder.name,
    )  # fmt: skip


def _thin(labels: Sequence[Label], codebook: Codebook) -> tuple[str, ...]:
    """The types with too few labels, or too few texts that they stand in."""
    few: list[str] = []
    for kind in codebook.types:
        own = [label for label in labels if label.type == kind]
        if len(own) < THIN or len({label.group for label in own}) < TEXTS:
            few.append(kind)
    return tuple(few)


def _check(types: Sequence[str], thin: Sequence[str], counts: dict[str, int], labels: Sequence[Label]) -> None:
    told = ", ".join(f"{kind} {counts[kind]}" for kind in (*types, *thin, NONE))
    if not types:
        raise UsageError(f"No type has {THIN} labels from {TEXTS} texts, so there is nothing to learn ({told}).")
    if counts[NONE] < THIN:
        raise UsageError(
            f"There are {counts[NONE]} labels NONE, and {THIN} at least are needed ({told}). "
            "Label also pairs of sides that do nothing of what the study is about."
        )
    if len({label.group for label in labels if label.type == NONE}) < TEXTS:
        raise UsageError(f"The labels NONE are of fewer than {TEXTS} texts. Label some of other texts.")


def _fitted(labels: Sequence[Label], described: Described, codebook: Codebook, rows: Indices) -> Head:
    """A head that fits these rows, and knows that a type with a direction does not hold the other way round."""
    features, types = [described.straight[rows]], [labels[i].type for i in rows]
    turned = [i for i in rows if directed(labels[i], codebook)]
    if turned:
        features.append(described.turned[turned])
        types += [NONE] * len(turned)
    matrix = np.concatenate(features)
    return fit_head(matrix, types, trust_in(matrix.shape[1]))


def directed(label: Label, codebook: Codebook) -> bool:
    """Whether the label is of an event that does not hold with its sides turned round."""
    both = label.actor is not None and label.recipient is not None
    return both and label.type != NONE and not codebook.types[label.type].symmetric


def grouped(labels: Sequence[Label]) -> list[Label]:
    """The labels with groups that must be on one side of each fold: those of one text or article, and so of articles
    with a text in common, since one may be a reprint of the other.
    """
    above: dict[tuple[str, str], tuple[str, str]] = {}

    def top(each: tuple[str, str]) -> tuple[str, str]:
        while (up := above.setdefault(each, each)) != each:
            each = up
        return each

    for label in labels:
        above[top(("text", label.text))] = top(("group", label.group))
    return [replace(label, group=top(("group", label.group))[1]) for label in labels]


def _validated(labels: Sequence[Label], described: Described, codebook: Codebook, types: Sequence[str]) -> Validation:
    true, groups = [label.type for label in labels], [label.group for label in labels]
    folds = folds_of(true, groups)
    one_way = {i for i, label in enumerate(labels) if directed(label, codebook)}
    turned: Counter[bool] = Counter()

    def answer(train: Indices, test: Indices) -> list[str]:
        head = _fitted(labels, described, codebook, train)
        around = [int(i) for i in test if int(i) in one_way]
        if around:
            turned.update(kind == NONE for kind in best(head, described.turned[around]))
        return best(head, described.straight[test])

    given = cross_validated(folds, answer, len(labels))
    return validation_of(true, given, described.cued, groups, types, turned, folds=len(folds))


def best(head: Head, features: Numbers) -> list[str]:
    """The likeliest type of each row."""
    return [head.types[k] for k in head.chances(features).argmax(axis=1)]
