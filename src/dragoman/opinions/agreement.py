"""How far Dragoman and a model agree on the events that it was asked about: pairs in, Cohen's kappa and counts out.

Only doubtful events are asked about, so this tells of them and not of the record; docs/opinions.md says more.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from dragoman.knowledge.ontology import TYPES
from dragoman.model import Event
from dragoman.opinions.answers import Answer
from dragoman.opinions.standing import compare
from dragoman.record.accuracy import Precision, wilson

NONE: Final = "NONE"
_Z: Final = 1.959964


class Kappa(msgspec.Struct, frozen=True, kw_only=True):
    """Cohen's kappa of `n` pairs with its 95 % interval; None where both always say one and the same, or n is 0."""

    n: int
    same: int
    kappa: float | None
    low: float | None
    high: float | None


class OfType(msgspec.Struct, frozen=True, kw_only=True):
    """The events that Dragoman gives one type, or all (`type` is None), by what the model says of them.

    `share` is that of the same type; `kappa` is of this type against all others, of all types that of types and NONE.
    """

    type: str | None
    asked: int
    same: int
    other: int
    none: int
    share: Precision
    kappa: Kappa


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """The whole of it. `events` is the kappa on type where the model sees an event, `status` and `sides` likewise.

    `all_same` is the share that is the same in type, status and sides.
    """

    types: tuple[OfType, ...]
    events: Kappa
    status: Kappa
    sides: Precision
    all_same: Precision


def agreement(pairs: Iterable[tuple[Event, Answer]]) -> Agreement:
    """The agreement of Dragoman's events with a model's answers about them."""
    told = list(pairs)
    seen = [(event, answer) for event, answer in told if answer.event]
    types = [(event.type, answer.type or NONE) for event, answer in told]
    rows = tuple(_row(name, types) for name in TYPES if any(ours == name for ours, _ in types))
    compared = [compare(event, answer) for event, answer in told]
    sides = sum(each.sides for each in compared if each.event)
    return Agreement(
        types=(*rows, _row(None, types)) if told else (),
        events=kappa([(ours, theirs) for ours, theirs in types if theirs != NONE]),
        status=kappa([(event.status, answer.status or NONE) for event, answer in seen]),
        sides=wilson(sides, len(seen)),
        all_same=wilson(sum(each.agrees for each in compared), len(told)),
    )


def kappa(pairs: Sequence[tuple[str, str]]) -> Kappa:
    """Cohen's kappa (Educ. Psychol. Meas. 20, 1960) with the large-sample interval of Fleiss, Cohen and Everitt
    (Psychol. Bull. 72, 1969), which is too narrow for few pairs.
    """
    n, same = len(pairs), sum(one == other for one, other in pairs)
    rows, columns = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    chance = sum(rows[name] * columns[name] for name in rows) / n**2 if n else 1.0
    if chance == 1.0:
        return Kappa(n=n, same=same, kappa=None, low=None, high=None)
    found = (same / n - chance) / (1 - chance)
    agreed = disagreed = 0.0
    for (one, other), count in Counter(pairs).items():
        if one == other:
            agreed += count / n * (1 - (rows[one] + columns[one]) / n * (1 - found)) ** 2
        else:
            disagreed += count / n * ((columns[one] + rows[other]) / n) ** 2
    rest = (found - chance * (1 - found)) ** 2
    variance = (agreed + (1 - found) ** 2 * disagreed - rest) / (n * (1 - chance) ** 2)
    reach = _Z * math.sqrt(max(variance, 0.0))
    return Kappa(n=n, same=same, kappa=found, low=max(found - reach, -1.0), high=min(found + reach, 1.0))


def _row(name: str | None, types: Sequence[tuple[str, str]]) -> OfType:
    ours = [pair for pair in types if name is None or pair[0] == name]
    same = sum(one == other for one, other in ours)
    none = sum(other == NONE for _, other in ours)
    against = types if name is None else [(str(one == name), str(other == name)) for one, other in types]
    return OfType(
        type=name,
        asked=len(ours),
        same=same,
        other=len(ours) - same - none,
        none=none,
        share=wilson(same, len(ours)),
        kappa=kappa(against),
    )
