"""How good a study is: by cross-validation, where each label is answered by a head that never saw its text or article,
or on labels held out.

Shares come with Wilson's interval, F1 with that of a bootstrap over texts; beside the learned head stands what the cues
alone would give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import msgspec
import numpy as np
import numpy.typing as npt

from dragoman.record.accuracy import Precision, wilson
from dragoman.studies.codebook import NONE
from dragoman.studies.head import SEED, needed

MOST_FOLDS: Final = 10
DRAWS: Final = 1000
Indices = npt.NDArray[np.intp]


class Share(msgspec.Struct, frozen=True):
    """A figure from 0 to 1 with its 95 % interval."""

    value: float
    low: float
    high: float


class TypeFigures(msgspec.Struct, frozen=True, kw_only=True):
    """How well one type is told: of what was given it (precision), and of what is it (recall)."""

    type: str
    labels: int
    precision: Precision
    recall: Precision
    f1: Share


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """One way of telling types, measured: by type, and the mean F1 of the types that have labels (NONE is not one)."""

    types: tuple[TypeFigures, ...]
    macro_f1: Share
    right: Precision


class Validation(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of the head, those of the cues alone, and by how much the head's mean F1 is better.

    `folds` is None where the labels were held out: nothing was learned on any of them. `confusion[true][given]` counts
    labels; `turned` is the share of events that are called NONE with their sides turned round, None where no type has
    a direction.
    """

    folds: int | None
    labels: int
    head: Figures
    cues: Figures
    gain: Share
    confusion: dict[str, dict[str, int]]
    turned: Precision | None


def folds_of(types: Sequence[str], groups: Sequence[str]) -> list[tuple[Indices, Indices]]:
    """Training and test rows of each fold: stratified by type, no group on both sides, fixed seed.

    There are as many folds as the rarest type has groups, ten at most.
    """
    fewest = min(len({g for t, g in zip(types, groups, strict=True) if t == kind}) for kind in set(types))
    splitter = needed("sklearn.model_selection").StratifiedGroupKFold(
        n_splits=min(MOST_FOLDS, fewest), shuffle=True, random_state=SEED
    )
    number = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    empty = np.zeros((len(types), 1))
    return list(splitter.split(empty, list(types), [number[g] for g in groups]))


def validation_of(
    true: Sequence[str],
    given: Sequence[str],
    cued: Sequence[str],
    groups: Sequence[str],
    types: Sequence[str],
    turned: Counter[bool],
    *,
    folds: int | None,
) -> Validation:
    """All figures, from what labels are, what the head and the cues call them, and the texts that they stand in.

    `turned` counts by whether an event is called NONE with its sides turned round.
    """
    cued = [kind if kind in types else NONE for kind in cued]
    return Validation(
        folds=folds,
        labels=len(true),
        head=figures_of(true, given, groups, types),
        cues=figures_of(true, cued, groups, types),
        gain=_gain(true, given, cued, groups, types),
        confusion=_confusion(true, given, (*types, NONE)),
        turned=wilson(turned[True], turned.total()) if turned else None,
    )


def figures_of(true: Sequence[str], given: Sequence[str], groups: Sequence[str], types: Sequence[str]) -> Figures:
    """Precision, recall and F1 of each type and NONE, and their mean over the types that have labels."""
    counts = _by_group(true, given, groups, types)
    drawn = _draws(len(counts))
    names = (*types, NONE)
    total = counts.sum(axis=0)
    sampled = _f1(np.einsum("dg,gct->dct", drawn, counts))
    whole = _f1(total[None])[0]
    rows = tuple(
        TypeFigures(
            type=name,
            labels=int(total[1, k]),
            precision=wilson(int(total[0, k]), int(total[2, k])),
            recall=wilson(int(total[0, k]), int(total[1, k])),
            f1=_share(float(whole[k]), sampled[:, k]),
        )
        for k, name in enumerate(names)
    )
    there = _there(total)
    macro = _share(float(whole[there].mean()), sampled[:, there].mean(axis=1))
    right = wilson(sum(t == g for t, g in zip(true, given, strict=True)), len(true))
    return Figures(types=rows, macro_f1=macro, right=right)


def _gain(
    true: Sequence[str], head: Sequence[str], cues: Sequence[str], groups: Sequence[str], types: Sequence[str]
) -> Share:
    """By how much the head's mean F1 is above that of the cues, both on the same draws of texts."""
    both = [_by_group(true, given, groups, types) for given in (head, cues)]
    drawn, there = _draws(len(both[0])), _there(both[0].sum(axis=0))
    sampled = [_f1(np.einsum("dg,gct->dct", drawn, c))[:, there].mean(axis=1) for c in both]
    whole = [float(_f1(c.sum(axis=0)[None])[0, there].mean()) for c in both]
    return _share(whole[0] - whole[1], sampled[0] - sampled[1])


def _confusion(true: Sequence[str], given: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, int]]:
    """How many labels of each type were given each type, both in the order of `names`."""
    pairs = list(zip(true, given, strict=True))
    return {t: {g: pairs.count((t, g)) for g in names} for t in names}


def cross_validated(
    folds: Sequence[tuple[Indices, Indices]], answer: Callable[[Indices, Indices], list[str]], number: int
) -> list[str]:
    """The answer to each of `number` rows by what was fitted without its fold."""
    given = [NONE] * number
    for train, test in folds:
        for i, kind in zip(test, answer(train, test), strict=True):
            given[int(i)] = kind
    return given


def _by_group(
    true: Sequence[str], given: Sequence[str], groups: Sequence[str], types: Sequence[str]
) -> npt.NDArray[np.float64]:
    """Counts (groups, 3, types and NONE) of right answers, labels and answers."""
    number = {name: k for k, name in enumerate((*types, NONE))}
    place = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    counts = np.zeros((len(place), 3, len(number)))
    for t, g, group in zip(true, given, groups, strict=True):
        row = counts[place[group]]
        row[0, number[t]] += t == g
        row[1, number[t]] += 1
        row[2, number[g]] += 1
    return counts


def _there(total: npt.NDArray[np.float64]) -> Indices:
    """Which types, NONE left out, have labels at all; `total` (3, types and NONE) as `_by_group` counts."""
    return np.flatnonzero(total[1, :-1])


def _draws(groups: int) -> npt.NDArray[np.float64]:
    """How often each group is drawn in each of the bootstrap's samples."""
    random = np.random.Generator(np.random.PCG64(SEED))
    return random.multinomial(groups, np.full(groups, 1 / groups), size=DRAWS).astype(np.float64)


def _f1(counts: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """F1 (samples, types) from counts (samples, 3, types); 0 where a type neither is nor was given."""
    both = counts[:, 1] + counts[:, 2]
    found: npt.NDArray[np.float64] = np.divide(2 * counts[:, 0], both, out=np.zeros_like(both), where=both > 0)
    return found


def _share(value: float, sampled: npt.NDArray[np.float64]) -> Share:
    low, high = np.percentile(sampled, [2.5, 97.5])
    return Share(round(value, 4), round(float(low), 4), round(float(high), 4))
