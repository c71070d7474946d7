"""The learned part of a study: a multinomial logistic regression over the numbers of a pair.

It is fitted with scikit-learn (extra `study`) and used with numpy alone; kept as plain arrays, since files of studies
are handed on and must not be able to run anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from dragoman.errors import InputError, UsageError
from dragoman.studies.features import Numbers

STRENGTH: Final = 0.1  # C of the regression
SEED: Final = 1
_NAMES: Final = ("mean", "scale", "weights", "constant")


@dataclass(frozen=True, slots=True)
class Head:
    """Weights (types, features) and constants (types,) over features that are first centred and scaled."""

    types: tuple[str, ...]
    mean: Numbers
    scale: Numbers
    weights: Numbers
    constant: Numbers

    def chances(self, features: Numbers) -> Numbers:
        """The chance of each type in each row of features; rows add up to one."""
        scores = (features - self.mean) / self.scale @ self.weights.T + self.constant
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances: Numbers = raised / raised.sum(axis=1, keepdims=True)
        return chances


def fit_head(features: Numbers, types: list[str], trust: Numbers) -> Head:
    """The head that fits labelled rows; what has more `trust` (features,) is weighed down less.

    Raises `UsageError` where scikit-learn is not installed.
    """
    regression = needed("sklearn.linear_model").LogisticRegression(C=STRENGTH, max_iter=3000, random_state=SEED)
    mean, scale = features.mean(axis=0), features.std(axis=0)
    scale[scale < 1e-6] = 1.0
    scale /= trust
    regression.fit((features - mean) / scale, types)
    known, weights, constant = tuple(map(str, regression.classes_)), regression.coef_, regression.intercept_
    if len(known) == 2:  # scikit-learn then keeps the scores of the second alone
        weights, constant = np.vstack([-weights, weights]) / 2, np.concatenate([-constant, constant]) / 2
    return Head(known, mean, scale, weights, constant)


def save_head(head: Head, path: Path) -> None:
    """Write the arrays of a head; its types are for the study's card to keep."""
    with path.open("wb") as out:
        np.savez(out, mean=head.mean, scale=head.scale, weights=head.weights, constant=head.constant)


def load_head(path: Path, types: tuple[str, ...], features: int) -> Head:
    """A head from its arrays; raises `InputError` for a file that holds others. Nothing in it is run."""
    try:
        with np.load(path, allow_pickle=False) as held:
            mean, scale, weights, constant = (np.asarray(held[name], np.float64) for name in _NAMES)
    except Exception as error:  # zipfile, numpy and the file itself have errors of their own
        raise InputError(f"the weights cannot be read ({error}); train the study anew.", source=str(path)) from error
    shapes = mean.shape, scale.shape, weights.shape, constant.shape
    if shapes != ((features,), (features,), (len(types), features), (len(types),)):
        raise InputError("the weights are not those of these types; train the study anew.", source=str(path))
    return Head(types, mean, scale, weights, constant)


def needed(module: str) -> Any:
    """A module of scikit-learn or beneath it; raises `UsageError` that names the extra where it is not installed."""
    import importlib

    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UsageError(
            "Training a study needs scikit-learn, which is not installed. Install Dragoman with 'dragoman[study]'."
        ) from error
