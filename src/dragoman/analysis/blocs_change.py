"""What changed between two networks of states: ties that turned, and pairs that came together or fell apart.

Blocs have no names that last, so their change is told by pairs of states: whether the two stand in one bloc.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from dragoman.analysis.blocs import Network, Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Turned:
    """A tie that was friendly and is hostile, or the other way round."""

    one: str
    other: str
    before: Tie
    after: Tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """From one network to the next: pairs now in one bloc, pairs no longer in one, ties that turned, and balance."""

    together: tuple[tuple[str, str], ...]
    apart: tuple[tuple[str, str], ...]
    turned: tuple[Turned, ...]
    frustration: tuple[float, float]


def change(before: Network, after: Network) -> Change:
    """Compare two networks; a tie turned when it has a sign in both windows and not the same one.

    Only states with a signed tie in both windows come together or fall apart, so that one of which a window tells
    nothing is not said to have changed sides. A tie that won or lost its sign is not listed: that may be for want of
    reports.
    """
    both = _signed(before) & _signed(after)
    old, new = _pairs(before.blocs, both), _pairs(after.blocs, both)
    ties = {(t.one, t.other): t for t in before.ties}
    turned = [
        Turned(one=t.one, other=t.other, before=ties[t.one, t.other], after=t)
        for t in after.ties
        if (t.one, t.other) in ties and ties[t.one, t.other].sign * t.sign < 0
    ]
    return Change(
        together=tuple(sorted(new - old)),
        apart=tuple(sorted(old - new)),
        turned=tuple(turned),
        frustration=(before.frustration, after.frustration),
    )


def _signed(network: Network) -> set[str]:
    return {state for tie in network.ties if tie.sign for state in (tie.one, tie.other)}


def _pairs(blocs: Sequence[Sequence[str]], states: set[str]) -> set[tuple[str, str]]:
    return {pair for bloc in blocs for pair in combinations(sorted(set(bloc) & states), 2)}
