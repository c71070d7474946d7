"""A trained study tested on labels that it never saw: the figures of cross-validation, and nothing chosen on them.

Figures by cross-validation flatter where what is learned *with* (cues, topic, settings) was chosen on the same labels;
labels held out, and looked at once, do not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spacy.language import Language

from dragoman.errors import UsageError
from dragoman.studies.codebook import NONE
from dragoman.studies.cues import CueFinder
from dragoman.studies.encoder import Encoder
from dragoman.studies.features import describe
from dragoman.studies.labels import Label, digests_of
from dragoman.studies.study import Study
from dragoman.studies.training import best, directed
from dragoman.studies.validation import Validation, validation_of


def held_out_figures(study: Study, labels: Sequence[Label], encoder: Encoder, nlp: Language) -> Validation:
    """How well a study tells labels that were held out; those of types that it has not learned are left out.

    Raises `UsageError` where a label's text or article is one that the study was trained on, where none is of its
    types, and where the study was trained on another relation model.
    """
    study.check(encoder)
    seen = [label for label in labels if digests_of([label]) & study.texts]
    if seen:
        raise UsageError(
            f"{len(seen)} of {len(labels)} labels speak of texts or articles that the study '{study.name}' was trained "
            f"on, the first of '{seen[0].text[:60]}': hold those rows out of training, or take them out of the test."
        )
    used = [label for label in labels if label.type not in study.thin]
    if all(label.type == NONE for label in used):
        raise UsageError(f"No label is of a type that the study has learned ({', '.join(study.types)}). Label some.")
    described = describe(used, CueFinder(study.codebook), encoder, nlp)
    one_way = [i for i, label in enumerate(used) if directed(label, study.codebook)]
    turned = Counter(kind == NONE for kind in best(study.head, described.turned[one_way])) if one_way else Counter()
    return validation_of(
        [label.type for label in used],
        best(study.head, described.straight),
        described.cued,
        [label.group for label in used],
        study.types,
        turned,
        folds=None,
    )
