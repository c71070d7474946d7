"""How far those who label by hand agree: labels of two or more coders in, kappa and alpha with intervals out.

Apart from `exchange.agreement`, which compares the record with other datasets, where nobody labelled the same units.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.errors import UsageError

DRAWS: Final = 2000
SEED: Final = 1
_TAIL: Final = 0.025

Label = Hashable
Units = Sequence[Sequence[Hashable]]
Unit = Sequence[Label | None]
"""What the coders, always in the same order, say of one unit; None where one has not labelled it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A coefficient with its 95 % interval; `same` is the plain share of agreement, `units` how many were compared.

    None where it cannot be known: without units, or where all labels are the same, so that nothing is left to agree on.
    """

    value: float | None
    low: float | None
    high: float | None
    same: float | None
    units: int


def cohen_kappa(units: Iterable[tuple[Label | None, Label | None]], *, draws: int = DRAWS, seed: int = SEED) -> Agreed:
    """Cohen's kappa of two coders: the agreement beyond what their own shares of labels make likely by chance.

    J. Cohen, "A coefficient of agreement for nominal scales", Educational and Psychological Measurement 20 (1960).
    Units that one of them has not labelled are left out. The interval is the middle 95 % of `draws` samples of the
    units with replacement (B. Efron, R. Tibshirani, An Introduction to the Bootstrap, 1993), the same for a seed.
    Raises `UsageError` for units with more or fewer than two coders.
    """
    pairs = [tuple(unit) for unit in units]
    if any(len(pair) != 2 for pair in pairs):
        raise UsageError("Kappa compares two coders; for more take krippendorff_alpha.")
    both = [pair for pair in pairs if None not in pair]
    return _with_interval(both, _kappa, draws, seed)


def krippendorff_alpha(units: Iterable[Unit], *, draws: int = DRAWS, seed: int = SEED) -> Agreed:
    """Krippendorff's alpha for names (nominal data), of any number of coders, who need not all have labelled all.

    K. Krippendorff, Content Analysis (2nd ed. 2004), chapter 11: one less the disagreement that is seen in units over
    that expected if all labels were dealt out anew. Units with fewer than two labels are left out. The interval is made
    as that of `cohen_kappa`.
    """
    labelled = [[label for label in unit if label is not None] for unit in units]
    return _with_interval([labels for labels in labelled if len(labels) > 1], _alpha, draws, seed)


def _with_interval(
    units: Sequence[Sequence[Label]],
    measure: Callable[[Sequence[Sequence[Label]]], float | None],
    draws: int,
    seed: int,
) -> Agreed:
    value = measure(units)
    chance = random.Random(seed)
    found = []
    for _ in range(draws if value is not None else 0):
        # `random()` alone is promised to be the same in every version of Python.
        again = measure([units[int(chance.random() * len(units))] for _ in units])
        if again is not None:
            found.append(again)
    found.sort()
    edge = int(len(found) * _TAIL)
    return Agreed(
        value=_rounded(value),
        low=_rounded(found[edge]) if found else None,
        high=_rounded(found[-1 - edge]) if found else None,
        same=_rounded(_same(units)),
        units=len(units),
    )


def _kappa(pairs: Units) -> float | None:
    if not pairs:
        return None
    seen = sum(a == b for a, b in pairs) / len(pairs)
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    return None if chance == 1 else (seen - chance) / (1 - chance)


def _alpha(units: Units) -> float | None:
    """One less the ratio of the disagreements, counted in pairs of labels; a unit weighs as many labels as it has."""
    totals: Counter[Label] = Counter(label for labels in units for label in labels)
    number = sum(totals.values())
    expected = number**2 - sum(count**2 for count in totals.values())
    if not expected:
        return None
    apart = 0.0
    for labels in units:
        counts = Counter(labels)
        apart += (len(labels) ** 2 - sum(count**2 for count in counts.values())) / (len(labels) - 1)
    return 1 - (number - 1) * apart / expected


def _same(units: Units) -> float | None:
    """The share of pairs of labels of a unit that are the same, each unit counting once."""
    if not units:
        return None
    shares = []
    for labels in units:
        pairs = len(labels) * (len(labels) - 1)
        shares.append(sum(count * (count - 1) for count in Counter(labels).values()) / pairs)
    return sum(shares) / len(shares)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
