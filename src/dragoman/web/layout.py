"""Where the nodes of a signed graph are drawn: friends near each other, rivals apart, always at the same places.

A force layout after T. Fruchterman and E. Reingold, "Graph drawing by force-directed placement", Software: Practice
and Experience 21 (1991), with a fixed start and no chance in it. Apart from the page because it knows only numbers.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

ROUNDS: Final = 220
GOLDEN: Final = math.pi * (3 - math.sqrt(5))
HOSTILE: Final = 1.2
"""How strongly two rivals drive each other apart, against the push that any two nodes give each other."""
KIN: Final = 0.35
"""How strongly a node is drawn to the middle of its group."""
FLATTER: Final = 0.65
"""Power of the distance from the middle at which a node is drawn."""
Points = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Two nodes by number and what is between them: over zero draws them together, under zero drives them apart."""

    one: int
    other: int
    pull: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """The room that a graph has, in the units of its drawing, with the margin that stays free on each side."""

    width: float
    height: float
    margin: float


def placed(radii: Sequence[float], links: Sequence[Link], groups: Sequence[int], box: Box) -> list[tuple[float, float]]:
    """A place for each node, to a tenth of a unit. `radii` are their sizes, `groups` say which belong together (a
    number of its own for each that belongs to nobody). Nodes given first stand nearer to the middle at the start.
    """
    count = len(radii)
    if count == 0:
        return []
    at = _start(groups, count)
    force = _matrix(links, count)
    kin = np.array([[1.0 if a == b else 0.0 for b in groups] for a in groups])
    kin /= kin.sum(axis=1, keepdims=True)
    for step in range(ROUNDS):
        at = _moved(at, force, kin, 0.12 * (1 - step / ROUNDS) + 0.002)
    fitted = _fitted(at, box)
    apart = _apart(fitted, np.array(radii), box)
    return [(round(float(x), 1), round(float(y), 1)) for x, y in apart]


def _start(groups: Sequence[int], count: int) -> Points:
    """A spiral in each group, the groups on a circle."""
    order = list(dict.fromkeys(groups))
    rank = dict.fromkeys(order, 0)
    at = np.zeros((count, 2))
    for node, group in enumerate(groups):
        around = 2 * math.pi * order.index(group) / len(order)
        inner, angle = 0.06 * math.sqrt(rank[group]), GOLDEN * rank[group]
        rank[group] += 1
        at[node] = (
            0.35 * math.cos(around) + inner * math.cos(angle) + 1e-4 * node,
            0.35 * math.sin(around) + inner * math.sin(angle),
        )
    return at


def _matrix(links: Sequence[Link], count: int) -> Points:
    force = np.zeros((count, count))
    for link in links:
        force[link.one, link.other] = force[link.other, link.one] = link.pull
    return force


def _moved(at: Points, force: Points, kin: Points, reach: float) -> Points:
    """One round: each node goes where the forces on it point, no further than `reach`."""
    ideal = 0.9 / math.sqrt(len(at))
    apart = at[:, None, :] - at[None, :, :]
    distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
    push = ideal**2 / distance * (1 + HOSTILE * np.maximum(-force, 0))
    pull = distance**2 / ideal * np.maximum(force, 0)
    moving = ((push - pull) / distance)[:, :, None] * apart
    total = moving.sum(axis=1) + KIN * (kin @ at - at) - 0.25 * at
    length = np.maximum(np.sqrt((total**2).sum(axis=1, keepdims=True)), 1e-9)
    moved: Points = at + total / length * np.minimum(length, reach)
    return moved


def _fitted(at: Points, box: Box) -> Points:
    """The nodes in the box; what lies far out is drawn in, so that it does not press the rest together."""
    reach = np.maximum(np.sqrt((at**2).sum(axis=1, keepdims=True)), 1e-6)
    at = at / reach * reach**FLATTER
    low, high = at.min(axis=0), at.max(axis=0)
    span = np.maximum(high - low, 1e-6)
    room = np.array([box.width - 2 * box.margin, box.height - 2 * box.margin])
    middle = (low + high) / 2
    scale = room / span
    # Not stretched in one direction beyond what keeps the form.
    scale = np.minimum(scale, 2.2 * scale.min())
    fitted: Points = (at - middle) * scale + np.array([box.width / 2, box.height / 2])
    return fitted


def _apart(at: Points, radii: npt.NDArray[np.float64], box: Box) -> Points:
    """Nodes that would touch, or hide each other's names, are pushed apart, within the box."""
    gap = radii[:, None] + radii[None, :] + 22
    low = box.margin
    high = np.array([box.width - box.margin, box.height - box.margin])
    for _ in range(60):
        apart = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-3)
        short = np.maximum(gap - distance, 0)
        np.fill_diagonal(short, 0)
        if not short.any():
            break
        at = at + 0.3 * ((short / distance)[:, :, None] * apart).sum(axis=1)
        at = np.clip(at, low, high)
    return at
