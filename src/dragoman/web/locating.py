"""Where on a map: a window of the world as flat coordinates, places as circles, names that hide nothing; numbers out.

The projection is equirectangular with its true parallel in the middle of the window, so that forms are right there.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from dragoman.analysis.incidents import Incident
from dragoman.briefing.wording import one_line, shortened
from dragoman.knowledge.actors import load_actors

WIDTH: Final = 960.0
TALLEST, FLATTEST = 620.0, 400.0
NORTH, SOUTH = 84.0, -62.0
LARGEST: Final = 26.0
SMALLEST: Final = 5.0
LETTER: Final = 6.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A part of the world in degrees: from `west` to `east` (beyond 180 across the date line), `south` to `north`."""

    west: float
    south: float
    east: float
    north: float

    @property
    def scale(self) -> float:
        """Units of the drawing for a degree of latitude."""
        return WIDTH / ((self.east - self.west) * self.flat)

    @property
    def flat(self) -> float:
        """How much narrower a degree of longitude is drawn than one of latitude."""
        middle = (self.south + self.north) / 2
        return math.cos(math.radians(30.0 if self.east - self.west > 240 else middle))

    @property
    def height(self) -> float:
        """Of the drawing, in its units."""
        return round((self.north - self.south) * self.scale, 1)

    def place(self, lat: float, lon: float) -> tuple[float, float] | None:
        """Where a point is drawn; None outside the window."""
        east = self.west + (lon - self.west) % 360
        if east > self.east or not self.south <= lat <= self.north:
            return None
        return round((east - self.west) * self.flat * self.scale, 1), round((self.north - lat) * self.scale, 1)


def framed(west: float, south: float, east: float, north: float) -> Window:
    """A window that holds these bounds and has a form fit for a page: neither a tower nor a strip."""
    made = Window(west=west, south=south, east=east, north=north)
    if made.height > TALLEST:
        more = (made.east - made.west) * (made.height / TALLEST - 1) / 2
        span = min(360.0, made.east - made.west + 2 * more)
        middle = (west + east) / 2
        made = Window(west=middle - span / 2, south=south, east=middle + span / 2, north=north)
    if made.height < FLATTEST:
        more = (FLATTEST - made.height) / made.scale / 2
        made = Window(west=made.west, south=max(SOUTH, south - more), east=made.east, north=min(NORTH, north + more))
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with coordinates and what took place there, in order of time."""

    key: str
    name: str
    state: str | None
    lat: float
    lon: float
    found: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Places that lie too near each other to be drawn apart, the one with most incidents first."""

    spots: tuple[Spot, ...]
    x: float
    y: float
    r: float

    @property
    def found(self) -> list[Incident]:
        """What took place in any of them, in order of time."""
        return sorted((each for spot in self.spots for each in spot.found), key=lambda each: each.order)


class Label(msgspec.Struct, frozen=True, kw_only=True):
    """A name on the map."""

    text: str
    x: float
    y: float
    anchor: str
    minor: bool


def spots_of(found: Iterable[Incident]) -> tuple[Spot, ...]:
    """The places with coordinates, most incidents first; what lies within a hundredth of a degree is one place."""
    groups: dict[str, list[Incident]] = {}
    for each in found:
        if each.place is not None and each.place.lat is not None and each.place.lon is not None:
            groups.setdefault(f"{each.place.lat:.2f},{each.place.lon:.2f}", []).append(each)
    made = [_spot(key, group) for key, group in groups.items()]
    return tuple(sorted(made, key=lambda spot: (-len(spot.found), spot.name, spot.key)))


def clusters_of(spots: Sequence[Spot], window: Window) -> tuple[Cluster, ...]:
    """The places within a window; each joins the first larger one whose circle it would lie in."""
    placed = [(spot, at) for spot in spots if (at := window.place(spot.lat, spot.lon)) is not None]
    most = max((len(spot.found) for spot, _ in placed), default=1)
    groups: list[tuple[tuple[float, float], float, list[Spot]]] = []
    for spot, at in placed:
        reach = radius(len(spot.found), most)
        near = next((g for g in groups if math.dist(g[0], at) < g[1] + 0.2 * reach), None)
        if near is not None:
            near[2].append(spot)
        else:
            groups.append((at, reach, [spot]))
    totals = [sum(len(spot.found) for spot in group) for _, _, group in groups]
    top = max(totals, default=1)
    made = [
        Cluster(spots=tuple(group), x=at[0], y=at[1], r=radius(total, top))
        for (at, _, group), total in zip(groups, totals, strict=True)
    ]
    return tuple(sorted(made, key=lambda cluster: (-cluster.r, cluster.spots[0].key)))


def radius(number: int, most: int) -> float:
    """Of a circle whose area goes with the number."""
    return round(max(SMALLEST, LARGEST * math.sqrt(number / most)), 1)


def labels_of(
    names: Sequence[tuple[str, float, float, float, bool]], circles: Sequence[tuple[float, float, float]], height: float
) -> tuple[Label, ...]:
    """Names (text, x, y, distance, minor) beside their points, in order of weight; one without room is left out."""
    taken = [(x - r, y - r, x + r, y + r) for x, y, r in circles]
    made = []
    for text, x, y, gap, minor in names:
        wide = LETTER * len(text)
        for anchor, at_x, at_y in (
            ("start", x + gap + 3, y + 4),
            ("end", x - gap - 3, y + 4),
            ("middle", x, y - gap - 4),
            ("middle", x, y + gap + 12),
        ):
            left = at_x if anchor == "start" else at_x - wide if anchor == "end" else at_x - wide / 2
            box = (left, at_y - 11, left + wide, at_y + 3)
            inside = box[0] >= 2 and box[2] <= WIDTH - 2 and box[1] >= 2 and box[3] <= height - 2
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                made.append(Label(text=text, x=round(at_x, 1), y=round(at_y, 1), anchor=anchor, minor=minor))
                break
    return tuple(made)


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _spot(key: str, group: Sequence[Incident]) -> Spot:
    """Called by the name that most of its incidents give it."""
    names: dict[str, int] = {}
    for each in group:
        assert each.place is not None
        name = each.place.name or each.place.text
        names[name] = names.get(name, 0) + 1
    first = group[0].place
    assert first is not None
    assert first.lat is not None
    assert first.lon is not None
    state = load_actors().by_code.get(first.country or "")
    return Spot(
        key=key,
        name=shortened(one_line(min(names, key=lambda name: (-names[name], name))), 60),
        state=state.name if state is not None else None,
        lat=first.lat,
        lon=first.lon,
        found=tuple(group),
    )
