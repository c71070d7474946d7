"""Who stands with whom: the signed network of states in a window, its blocs, and how well it is balanced.

Occurrences in, a network out; `blocs_change` compares two. A tie between two states is friendly or hostile when its
mean score is surely on one side of zero; a tie of few incidents is neither and pulls nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from dragoman.analysis.occurrence import Occurrence, in_order
from dragoman.analysis.series_index import Estimate, estimates
from dragoman.model import Party

LEVEL: Final = 0.8
"""Credibility of the interval that must lie on one side of zero; so the sign of a tie has a chance of nine in ten."""

LEAST: Final = 3
"""A tie of fewer incidents has no sign, whatever they are."""

Signs = Mapping[tuple[str, str], float]
"""Weight of each tie that has a sign, by its two states in order of their codes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """The tie of two states, by code in order: what passed between them, and its mean score with its interval."""

    one: str
    other: str
    found: tuple[Occurrence, ...]
    index: Estimate

    @property
    def sign(self) -> int:
        """+1, -1, or 0 where the incidents are too few or too mixed to say."""
        return self.index.sign if len(self.found) >= LEAST else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Ties between states and the blocs they fall into, the largest first.

    A bloc has two states or more; states whose ties pull them nowhere are in none. `strained` are ties against the
    blocs: friendly ones between two, hostile ones within one; `frustration` is their share of the weight of all signed
    ties. Of the `triangles` of signed ties, `balanced` have no hostile tie or two: friends have the same enemies.
    """

    ties: tuple[Tie, ...]
    blocs: tuple[tuple[str, ...], ...]
    strained: tuple[Tie, ...]
    frustration: float
    triangles: int
    balanced: int

    def bloc_of(self, state: str) -> tuple[str, ...]:
        """The bloc of a state; only itself when it is in none."""
        return next((bloc for bloc in self.blocs if state in bloc), (state,))


def network(
    found: Iterable[Occurrence], *, since: str | None = None, until: str | None = None, level: float = LEVEL
) -> Network:
    """The signed network of what took place between states, of a window of days (ISO, both included) or of all time.

    With a window only what is dated within it counts. Ties are means of PLOVER scores as `series_index.estimates` makes
    them about zero. Blocs are groups of states such that the weight of hostile ties within and friendly ties between
    them is small, as many groups as that asks for (P. Doreian, A. Mrvar, "A partitioning approach to structural
    balance", Social Networks 18, 1996; J. A. Davis, "Clustering and structural balance in graphs", Human Relations 20,
    1967); the search improves a first grouping step by step, and may miss the best of all. Balance of triangles is that
    of D. Cartwright and F. Harary, "Structural balance", Psychological Review 63 (1956).
    """
    pairs: dict[tuple[str, str], list[Occurrence]] = {}
    for each in in_order(found):
        if each.status == "actual" and _within(each, since, until):
            for pair in _pairs(each):
                pairs.setdefault(pair, []).append(each)
    names = sorted(pairs)
    indices = estimates([[each.intensity for each in pairs[pair]] for pair in names], level=level, centre=0.0)
    ties = tuple(
        Tie(one=pair[0], other=pair[1], found=tuple(pairs[pair]), index=index)
        for pair, index in zip(names, indices, strict=True)
    )
    signs = {(tie.one, tie.other): tie.index.mean for tie in ties if tie.sign}
    groups = partition(signs)
    at = {state: number for number, group in enumerate(groups) for state in group}
    strained = tuple(t for t in ties if t.sign and (t.sign > 0) != (at[t.one] == at[t.other]))
    weight = sum(map(abs, signs.values()))
    triangles, balanced = _triangles(signs)
    return Network(
        ties=ties,
        blocs=tuple(group for group in groups if len(group) > 1),
        strained=strained,
        frustration=round(sum(abs(t.index.mean) for t in strained) / weight, 3) if weight else 0.0,
        triangles=triangles,
        balanced=balanced,
    )


def partition(signs: Signs) -> list[tuple[str, ...]]:
    """States grouped so that little weight of hostile ties lies within and of friendly ties between groups.

    Groups are joined while that helps most, then states are moved one by one while that helps; largest group first.
    """
    ties: dict[str, dict[str, float]] = {}
    for (one, other), weight in signs.items():
        ties.setdefault(one, {})[other] = weight
        ties.setdefault(other, {})[one] = weight
    at = {state: number for number, state in enumerate(sorted(ties))}
    _join(ties, at)
    while _move(ties, at):
        _join(ties, at)
    groups: dict[int, list[str]] = {}
    for state in sorted(at):
        groups.setdefault(at[state], []).append(state)
    return sorted((tuple(group) for group in groups.values()), key=lambda group: (-len(group), group))


def _within(each: Occurrence, since: str | None, until: str | None) -> bool:
    if since is None and until is None:
        return True
    return each.date is not None and (since or "") <= each.date.start and each.date.end <= (until or "9999")


def _pairs(each: Occurrence) -> list[tuple[str, str]]:
    """The pairs of states on opposite sides."""
    ones, others = _states(each.actors), _states(each.recipients)
    return sorted({(min(a, b), max(a, b)) for a in ones for b in others if a != b})


def _states(side: Sequence[Party]) -> set[str]:
    return {party.country for party in side if party.country is not None}


def _join(ties: Mapping[str, Mapping[str, float]], at: dict[str, int]) -> None:
    """Join the two groups with most weight between them, for as long as any have more friendly weight than hostile."""
    while True:
        between: dict[tuple[int, int], float] = {}
        for one in sorted(ties):
            for other, weight in sorted(ties[one].items()):
                a, b = at[one], at[other]
                if one < other and a != b:
                    pair = (min(a, b), max(a, b))
                    between[pair] = between.get(pair, 0.0) + weight
        best = max(between.items(), key=lambda item: (item[1], -item[0][0], -item[0][1]), default=None)
        if best is None or best[1] <= 0:
            return
        (keep, gone), _ = best
        for state, group in at.items():
            if group == gone:
                at[state] = keep


def _move(ties: Mapping[str, Mapping[str, float]], at: dict[str, int]) -> bool:
    """Move each state in turn to the group, or to one of its own, where it has most weight; whether any moved."""
    moved = False
    for state in sorted(ties):
        pull: dict[int, float] = {at[state]: 0.0}
        for other, weight in sorted(ties[state].items()):
            pull[at[other]] = pull.get(at[other], 0.0) + weight
        free = next(n for n in range(len(at) + 1) if n not in at.values())
        pull.setdefault(free, 0.0)
        best = max(pull, key=lambda group: (round(pull[group], 9), group == at[state], -group))
        if best != at[state]:
            at[state] = best
            moved = True
    return moved


def _triangles(signs: Signs) -> tuple[int, int]:
    """How many triangles of signed ties there are, and how many of them have an even number of hostile ties."""
    friends: dict[str, set[str]] = {}
    for one, other in signs:
        friends.setdefault(one, set()).add(other)
    total = balanced = 0
    for one in sorted(friends):
        for a, b in combinations(sorted(friends[one]), 2):
            third = signs.get((a, b))
            if third is not None:
                total += 1
                balanced += signs[one, a] * signs[one, b] * third > 0
    return total, balanced
