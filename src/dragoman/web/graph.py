"""A signed graph as it is drawn: nodes with sizes, places and labels, edges, and what marks a bloc; plain values.

Ties of `analysis.blocs` in, a drawing out. Apart from the page, which draws it twice: wide, and small for a phone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from dragoman.analysis.blocs import Tie
from dragoman.web.layout import Box, Link, placed

LETTER: Final = 6.7
"""Width of a letter of a label, about."""
LINE: Final = 15.0
SMALLEST, LARGEST = 8.0, 24.0


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """A state or body: its circle, its label with where that is (`anchor` as SVG has it), its bloc."""

    key: str
    name: str
    href: str
    incidents: int
    bloc: int | None
    x: float
    y: float
    r: float
    label_x: float
    label_y: float
    anchor: str
    words: str


class Edge(msgspec.Struct, frozen=True, kw_only=True):
    """A tie as a line; `sign` is 1, -1 or 0, `strained` says that it goes against the blocs."""

    href: str
    sign: int
    strained: bool
    width: float
    x1: float
    y1: float
    x2: float
    y2: float
    words: str


class Ground(msgspec.Struct, frozen=True, kw_only=True):
    """What lies beneath a bloc: the corners around its nodes as an SVG path, and its number."""

    bloc: int
    path: str


class Drawing(msgspec.Struct, frozen=True, kw_only=True):
    """A graph in its box, with how many nodes and ties it has no room for."""

    width: float
    height: float
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    grounds: tuple[Ground, ...]
    nodes_left: int
    edges_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A node before it has a place."""

    key: str
    name: str
    href: str
    incidents: int
    bloc: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An edge before it has a place."""

    tie: Tie
    href: str
    strained: bool
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """How large a drawing is, how many nodes and edges it may have, and how many letters a label."""

    width: float
    height: float
    nodes: int
    edges: int
    letters: int


WIDE: Final = Room(width=820, height=620, nodes=32, edges=90, letters=26)
SMALL: Final = Room(width=360, height=440, nodes=12, edges=24, letters=16)


def drawing(actors: Sequence[Actor], lines: Sequence[Line], room: Room) -> Drawing:
    """The graph of those actors and ties for which there is room, both with the most incidents first."""
    shown = actors[: room.nodes]
    at = {actor.key: number for number, actor in enumerate(shown)}
    fitting = [line for line in lines if line.tie.one in at and line.tie.other in at]
    drawn = fitting[: room.edges]
    most = max((actor.incidents for actor in shown), default=1)
    scale = min(1.0, room.width / 640)
    radii = [round(max(SMALLEST, LARGEST * scale * math.sqrt(a.incidents / most)), 1) for a in shown]
    groups = [actor.bloc if actor.bloc is not None else -1 - number for number, actor in enumerate(shown)]
    links = [Link(one=at[line.tie.one], other=at[line.tie.other], pull=_pull(line.tie)) for line in drawn]
    places = placed(radii, links, groups, Box(width=room.width, height=room.height, margin=46 if scale == 1 else 34))
    names = [_short(actor.name, room.letters) for actor in shown]
    labels = _labels(names, places, radii, room)
    return Drawing(
        width=room.width,
        height=room.height,
        nodes=tuple(
            Node(
                key=actor.key,
                name=name,
                href=actor.href,
                incidents=actor.incidents,
                bloc=actor.bloc,
                x=place[0],
                y=place[1],
                r=radius,
                label_x=round(label[0], 1),
                label_y=round(label[1], 1),
                anchor=label[2],
                words=actor.words,
            )
            for actor, name, place, radius, label in zip(shown, names, places, radii, labels, strict=True)
        ),
        # Those with most incidents are drawn last, over the others.
        edges=tuple(_edge(line, places, at, drawn) for line in reversed(drawn)),
        grounds=_grounds(shown, places),
        nodes_left=len(actors) - len(shown),
        edges_left=len(lines) - len(drawn),
    )


def _short(name: str, letters: int) -> str:
    return name if len(name) <= letters else name[: letters - 1].rstrip() + "…"


def _pull(tie: Tie) -> float:
    """Friends are drawn together by their score, rivals apart; who only has to do with each other is drawn a little."""
    return tie.sign * min(abs(tie.index.mean), 6) / 6 if tie.sign else 0.12


def _edge(line: Line, places: Sequence[tuple[float, float]], at: Mapping[str, int], drawn: Sequence[Line]) -> Edge:
    most = max(len(each.tie.found) for each in drawn)
    one, other = places[at[line.tie.one]], places[at[line.tie.other]]
    return Edge(
        href=line.href,
        sign=line.tie.sign,
        strained=line.strained,
        width=round(1 + 5 * math.sqrt(len(line.tie.found) / most), 1),
        x1=one[0],
        y1=one[1],
        x2=other[0],
        y2=other[1],
        words=line.words,
    )


def _labels(
    names: Sequence[str], places: Sequence[tuple[float, float]], radii: Sequence[float], room: Room
) -> list[tuple[float, float, str]]:
    """For each name the first place about its node where it hides nothing; below it where there is none."""
    taken = [(x - r, y - r, x + r, y + r) for (x, y), r in zip(places, radii, strict=True)]
    found = []
    for number, name in enumerate(names):
        (x, y), r = places[number], radii[number]
        width = LETTER * len(name)
        choices = [
            (x, y + r + 12, "middle"),
            (x, y - r - 5, "middle"),
            (x + r + 4, y + 4, "start"),
            (x - r - 4, y + 4, "end"),
        ]
        others = [box for other, box in enumerate(taken) if other != number]
        costs = [_cost(_box(choice, width), others, room) for choice in choices]
        best = choices[costs.index(min(costs))]
        taken.append(_box(best, width))
        found.append(best)
    return found


def _box(label: tuple[float, float, str], width: float) -> tuple[float, float, float, float]:
    x, y, anchor = label
    left = x - width / 2 if anchor == "middle" else x if anchor == "start" else x - width
    return left, y - LINE + 4, left + width, y + 4


def _cost(
    box: tuple[float, float, float, float], others: Sequence[tuple[float, float, float, float]], room: Room
) -> float:
    """How much of other things a label hides, and how much of it lies outside."""
    left, top, right, bottom = box
    hidden = sum(
        max(0.0, min(right, r) - max(left, x)) * max(0.0, min(bottom, b) - max(top, y)) for x, y, r, b in others
    )
    outside = max(0.0, -left) + max(0.0, right - room.width) + max(0.0, -top) + max(0.0, bottom - room.height)
    return round(hidden + 40 * outside, 3)


def _grounds(actors: Sequence[Actor], places: Sequence[tuple[float, float]]) -> tuple[Ground, ...]:
    blocs: dict[int, list[tuple[float, float]]] = {}
    for actor, place in zip(actors, places, strict=True):
        if actor.bloc is not None:
            blocs.setdefault(actor.bloc, []).append(place)
    return tuple(
        Ground(bloc=bloc, path="M" + "L".join(f"{x:g} {y:g}" for x, y in _hull(points)) + "Z")
        for bloc, points in sorted(blocs.items())
        if len(points) > 1
    )


def _hull(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The corners of the smallest convex form around points (A. M. Andrew's chain of 1979)."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves = []
    for run in (ordered, ordered[::-1]):
        half: list[tuple[float, float]] = []
        for point in run:
            while len(half) > 1 and _turn(half[-2], half[-1], point) <= 0:
                half.pop()
            half.append(point)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
