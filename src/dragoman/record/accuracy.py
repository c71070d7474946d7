"""How right the coder's events are, by what persons decided about them: precision by type with its interval.

What was looked at because it was doubtful says nothing of the rest; only a random sample does, and `sampled` draws it.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable
from typing import Final

import msgspec

from dragoman.knowledge.ontology import TYPES
from dragoman.record.reviews import Verdict

SAMPLE: Final = 100
SEED: Final = 1
_Z: Final = 1.959964


class Precision(msgspec.Struct, frozen=True, kw_only=True):
    """A share with the 95 % interval of Wilson (1927); None for both where nothing was counted."""

    right: int
    of: int
    share: float | None
    low: float | None
    high: float | None


class Accuracy(msgspec.Struct, frozen=True, kw_only=True):
    """The decisions on events of one type as coded, or of all types (`type` is None).

    `accepted` were right in everything, `details` right in type and sides but not in mode, status, date or place,
    `other` of another type or between others, `rejected` no such event. `event` is the precision in type and sides
    (accepted and details of all), `exact` that in everything.
    """

    type: str | None
    decided: int
    accepted: int
    details: int
    other: int
    rejected: int
    event: Precision
    exact: Precision


def accuracy(decided: Iterable[Verdict]) -> tuple[Accuracy, ...]:
    """By type in the order of the codebook, all types last; none for no decisions. What persons added is not counted:
    it is no event of the coder's.
    """
    ours = [verdict for verdict in decided if not verdict.added]
    rows = [_row(name, [v for v in ours if v.event.type == name]) for name in TYPES]
    return (*(row for row in rows if row.decided), _row(None, ours)) if ours else ()


def wilson(right: int, of: int) -> Precision:
    """The share of `right` in `of`, with its interval (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927)."""
    if not of:
        return Precision(right=right, of=of, share=None, low=None, high=None)
    share = right / of
    middle = share + _Z**2 / (2 * of)
    reach = _Z * math.sqrt(share * (1 - share) / of + _Z**2 / (4 * of**2))
    scale = 1 + _Z**2 / of
    low = max(0.0, (middle - reach) / scale) if right else 0.0
    high = min(1.0, (middle + reach) / scale) if right < of else 1.0
    return Precision(right=right, of=of, share=share, low=low, high=high)


def sampled(events: Iterable[str], size: int = SAMPLE, seed: int = SEED) -> list[str]:
    """A random sample of event ids without replacement, in its order: the same for the same ids and seed.

    A larger sample begins with the smaller one. The order is that of hashes, so that events which come or go do not
    change the rest of it.
    """
    return sorted(events, key=lambda each: (hashlib.sha256(f"{seed} {each}".encode()).digest(), each))[:size]


def _row(name: str | None, decided: list[Verdict]) -> Accuracy:
    accepted = sum(v.state == "accepted" for v in decided)
    rejected = sum(v.state == "rejected" for v in decided)
    other = sum(v.last.changes is not None and v.last.changes.of_kind_or_sides for v in decided)
    details = len(decided) - accepted - rejected - other
    return Accuracy(
        type=name,
        decided=len(decided),
        accepted=accepted,
        details=details,
        other=other,
        rejected=rejected,
        event=wilson(accepted + details, len(decided)),
        exact=wilson(accepted, len(decided)),
    )
