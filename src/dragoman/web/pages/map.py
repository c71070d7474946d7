"""The map: where it is told that incidents took place, as circles on a grid, with what lies behind each of them."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import Response

from dragoman.analysis.incidents import Incident, Standing, choose
from dragoman.briefing.wording import one_line, shortened
from dragoman.model import EventType
from dragoman.record.filters import TYPES, checked
from dragoman.web import links
from dragoman.web.asking import PageNumber, PerPage
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError
from dragoman.web.filtering import Choice, chosen, parties
from dragoman.web.ground import GridLine, capitals, grid, ground_svg
from dragoman.web.locating import Cluster, Label, Spot, Window, clusters_of, labels_of, spots_of
from dragoman.web.pages.base import Asked, NavItem, file, page
from dragoman.web.pages.base import asked as asked_of
from dragoman.web.parts import IncidentRow, Pager, Ref, incident_row, paged
from dragoman.web.regions import BOUNDS, Region, bbox_of, bounds_of, window_of, zoomed

nav = NavItem(label="Map", href=links.map_(), order=40)
router = APIRouter()
What = Literal["took-place", "planned", "all"]
Placed = Literal["located", "named", "none"]
STANDING: Final[Mapping[What, tuple[Standing, ...]]] = {
    "took-place": ("took place", "goes on", "contested"),
    "planned": ("announced", "put off"),
    "all": (),
}
WORDS: Final[Mapping[What, str]] = {
    "took-place": "what took place",
    "planned": "what is planned",
    "all": "all that is told, what is denied too",
}
ROWS: Final = 25
PLACES: Final = 40
NAMED: Final = 12
"""Names of states beside those of places, at most."""


class MapAsked(Asked, frozen=True, kw_only=True):
    """Who, which types and what of them, in which time; the window as a region or as 'west,south,east,north' in
    degrees; `at` is the place whose incidents are listed, `placed` lists those whose place is found, only named, or
    not told.
    """

    a: str | None = None
    b: str | None = None
    type: tuple[EventType, ...] = ()
    what: What = "took-place"
    since: str | None = None
    until: str | None = None
    region: Region | None = None
    bbox: str | None = None
    at: str | None = None
    placed: Placed | None = None
    page: PageNumber = 1
    per: PerPage | None = None


class Circle(msgspec.Struct, frozen=True, kw_only=True):
    """What is drawn for a place: its size goes with the incidents, `wedge` is the share of conflict as an SVG path,
    None where all is cooperation or all conflict.
    """

    href: str
    words: str
    x: float
    y: float
    r: float
    wedge: str | None
    cooperation: int
    conflict: int


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """A place of the table, with those that are drawn in the same circle."""

    key: str
    name: str
    state: str | None
    near: tuple[str, ...]
    href: str
    incidents: int
    by_quad: tuple[int, int, int, int]
    last: str | None
    chosen: bool


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A number that leads to what it counts."""

    number: int
    words: str
    href: str
    chosen: bool


class MapView(msgspec.Struct, frozen=True, kw_only=True):
    """The map as its page shows it."""

    title: str | None
    words: str
    regions: tuple[Ref, ...]
    zooms: tuple[Ref, ...]
    west: float
    south: float
    east: float
    north: float
    width: float
    height: float
    ground: str
    lines: tuple[GridLine, ...]
    circles: tuple[Circle, ...]
    labels: tuple[Label, ...]
    names: tuple[Label, ...]
    figures: tuple[Figure, ...]
    outside: int
    places: tuple[PlaceRow, ...]
    places_left: int
    listed: str
    list_back: str | None
    rows: tuple[IncidentRow, ...]
    pager: Pager
    types: tuple[str, ...]
    whats: tuple[tuple[str, str], ...]
    parties: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A window with its circles, for each its number of incidents by quad and their last day; the names on the map, and
    all that is in it, the latest first.
    """

    clusters: tuple[Cluster, ...]
    by_quad: tuple[tuple[int, int, int, int], ...]
    last: tuple[str | None, ...]
    labels: tuple[Label, ...]
    names: tuple[Label, ...]
    found: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """What was chosen, by how well its place is known."""

    found: Sequence[Incident]
    spots: tuple[Spot, ...]
    by: Mapping[Placed, Sequence[Incident]]


def map_(desk: Desk, asked: MapAsked) -> MapView:
    """Where things happened."""
    choice = chosen(desk, asked.a, asked.b, asked.type, STANDING[asked.what])
    read = _read(desk, choice, asked)
    window = window_of(asked.region, asked.bbox, read.spots)
    key = ("map clusters", *choice.key, asked.since, asked.until, window)
    drawn = desk.memo(key, lambda: _drawn(read, window))
    query = asked.query()

    def to(**changes: links.Value) -> str:
        return links.changed("/map", query, **changes)

    words, found = _listed(asked, read, drawn)
    shown, pager = paged(found, asked.page, lambda number: f"{to(page=number)}#list", asked.per or ROWS)
    return MapView(
        title=choice.title,
        words=_window_words(asked),
        regions=_regions(asked, to),
        zooms=_zooms(asked, window, read.spots, to),
        west=window.west,
        south=window.south,
        east=window.east,
        north=window.north,
        width=960,
        height=window.height,
        ground=links.with_query("/map/ground.svg", bbox=bbox_of(window)),
        lines=grid(window),
        circles=tuple(_circle(each, quads, to) for each, quads in zip(drawn.clusters, drawn.by_quad, strict=True)),
        labels=drawn.labels,
        names=drawn.names,
        figures=_figures(asked, read, to),
        outside=len(read.by["located"]) - len(drawn.found),
        places=tuple(
            _place(each, quads, last, to, asked.at)
            for each, quads, last in list(zip(drawn.clusters, drawn.by_quad, drawn.last, strict=True))[:PLACES]
        ),
        places_left=max(0, len(drawn.clusters) - PLACES),
        listed=words,
        list_back=to(at=None, placed=None) if asked.at or asked.placed else None,
        rows=tuple(map(incident_row, shown)),
        pager=pager,
        types=TYPES,
        whats=tuple(WORDS.items()),
        parties=tuple(parties(desk)),
    )


def warm(desk: Desk) -> None:
    """Have the capitals and the map of all time ready."""
    map_(desk, MapAsked())


def _read(desk: Desk, choice: Choice, asked: MapAsked) -> _Read:
    days = checked(since=asked.since, until=asked.until)

    def make() -> _Read:
        found = choice.found
        if days.since is not None or days.until is not None:
            found = choose(found, since=days.since, until=days.until)
        by: dict[Placed, list[Incident]] = {"located": [], "named": [], "none": []}
        for each in found:
            by["none" if each.place is None else "named" if each.place.lat is None else "located"].append(each)
        return _Read(found=found, spots=spots_of(by["located"]), by=by)

    return desk.memo(("map", *choice.key, days.since, days.until), make)


def _drawn(read: _Read, window: Window) -> _Drawn:
    clusters = clusters_of(read.spots, window)
    labels = _labels(clusters, window)
    groups = [[each for spot in cluster.spots for each in spot.found] for cluster in clusters]
    counted = [Counter(each.quad for each in group) for group in groups]
    days = [[each.date.end if each.date is not None else each.first_reported for each in group] for group in groups]
    return _Drawn(
        clusters=clusters,
        by_quad=tuple((quads[1], quads[2], quads[3], quads[4]) for quads in counted),
        last=tuple(max((day for day in told if day), default=None) for told in days),
        labels=labels,
        names=_names(clusters, labels, window),
        found=tuple(sorted((each for group in groups for each in group), key=lambda each: each.order, reverse=True)),
    )


def _zooms(asked: MapAsked, window: Window, spots: Sequence[Spot], to: Callable[..., str]) -> tuple[Ref, ...]:
    fits = "chosen" if asked.region is None and asked.bbox is None else None
    made = [Ref(name="Where most is", href=to(region=None, bbox=None), note=fits)] if spots else []
    made.append(Ref(name="Closer", href=to(region=None, bbox=zoomed(window, 0.5))))
    made.append(Ref(name="Wider", href=to(region=None, bbox=zoomed(window, 2))))
    return tuple(made)


def _regions(asked: MapAsked, to: Callable[..., str]) -> tuple[Ref, ...]:
    return tuple(
        Ref(
            name=region.replace("-", " ").title(),
            href=to(region=region, bbox=None),
            note="chosen" if asked.region == region and asked.bbox is None else None,
        )
        for region in BOUNDS
    )


def _circle(cluster: Cluster, quads: tuple[int, int, int, int], to: Callable[..., str]) -> Circle:
    good, total = quads[0] + quads[1], sum(quads)
    noun = "incident" if total == 1 else "incidents"
    near = f" and {len(cluster.spots) - 1} near" if len(cluster.spots) > 1 else ""
    return Circle(
        href=f"{to(at=cluster.spots[0].key, placed=None)}#list",
        words=f"{_called(cluster.spots[0])}{near}: {total:,} {noun}, {good:,} of cooperation, "
        f"{total - good:,} of conflict",
        x=cluster.x,
        y=cluster.y,
        r=cluster.r,
        wedge=_wedge(cluster, (total - good) / total),
        cooperation=good,
        conflict=total - good,
    )


def _wedge(cluster: Cluster, share: float) -> str | None:
    """The slice of a circle that a share takes, from the top on, clockwise."""
    if not 0 < share < 1:
        return None
    angle = 2 * math.pi * share
    x, y = cluster.x + cluster.r * math.sin(angle), cluster.y - cluster.r * math.cos(angle)
    large = 1 if share > 0.5 else 0
    top = cluster.y - cluster.r
    return (
        f"M{cluster.x:g} {cluster.y:g}L{cluster.x:g} {top:.1f}A{cluster.r:g} {cluster.r:g} 0 {large} 1 {x:.1f} {y:.1f}Z"
    )


def _labels(clusters: Sequence[Cluster], window: Window) -> tuple[Label, ...]:
    names = [
        (_label(cluster), cluster.x, cluster.y, cluster.r, number >= 3) for number, cluster in enumerate(clusters[:24])
    ]
    return labels_of(names, _circles(clusters), window.height)


def _label(cluster: Cluster) -> str:
    more = f" +{len(cluster.spots) - 1}" if len(cluster.spots) > 1 else ""
    return shortened(cluster.spots[0].name, 28) + more


def _names(clusters: Sequence[Cluster], labels: Sequence[Label], window: Window) -> tuple[Label, ...]:
    """States at their capitals: first those in which something is told, then those with most people."""
    told = {spot.state for cluster in clusters for spot in cluster.spots}
    inside = [(state, at) for state in capitals() if (at := window.place(state.lat, state.lon)) is not None]
    inside.sort(key=lambda item: item[0].name not in told)
    written = [(label.x, label.y - 4, 3.4 * len(label.text) + 4) for label in labels]
    circles = (*_circles(clusters), *written)
    names = [(state.name.upper(), *at, 0.0, number >= 5) for number, (state, at) in enumerate(inside[: 3 * NAMED])]
    return labels_of(names, circles, window.height)[:NAMED]


def _circles(clusters: Sequence[Cluster]) -> tuple[tuple[float, float, float], ...]:
    return tuple((cluster.x, cluster.y, cluster.r) for cluster in clusters)


def _place(
    cluster: Cluster, quads: tuple[int, int, int, int], last: str | None, to: Callable[..., str], at: str | None
) -> PlaceRow:
    first = cluster.spots[0]
    return PlaceRow(
        key=first.key,
        name=first.name,
        state=first.state,
        near=tuple(dict.fromkeys(spot.name for spot in cluster.spots[1:] if spot.name != first.name)),
        href=f"{to(at=first.key, placed=None)}#list",
        incidents=sum(quads),
        by_quad=quads,
        last=last,
        chosen=any(spot.key == at for spot in cluster.spots),
    )


def _figures(asked: MapAsked, read: _Read, to: Callable[..., str]) -> tuple[Figure, ...]:
    words: dict[Placed, str] = {
        "located": "with a place that is found",
        "named": "whose place is only named",
        "none": "without a place",
    }
    return tuple(
        Figure(
            number=len(read.by[placed]),
            words=told,
            href=f"{to(placed=placed, at=None)}#list",
            chosen=asked.placed == placed and asked.at is None,
        )
        for placed, told in words.items()
    )


def _listed(asked: MapAsked, read: _Read, drawn: _Drawn) -> tuple[str, Sequence[Incident]]:
    """What the list below holds, in words and the latest first."""
    if asked.at is not None:
        for cluster in drawn.clusters:
            if any(spot.key == asked.at for spot in cluster.spots):
                near = f" and {len(cluster.spots) - 1} near" if len(cluster.spots) > 1 else ""
                return f"{_called(cluster.spots[0])}{near}", cluster.found[::-1]
        spot = next((spot for spot in read.spots if spot.key == asked.at), None)
        if spot is None:
            raise NotFoundError(f"Nothing is told of a place at '{shortened(one_line(asked.at), 40)}'.")
        return _called(spot), spot.found[::-1]
    if asked.placed == "named":
        return "Place only named: a state, or words that no gazetteer has", read.by["named"][::-1]
    if asked.placed == "none":
        return "No place told", read.by["none"][::-1]
    if asked.placed == "located":
        return "Place found, wherever", read.by["located"][::-1]
    return "All on this map", drawn.found


def _called(spot: Spot) -> str:
    return f"{spot.name}, {spot.state}" if spot.state and spot.state != spot.name else spot.name


def _window_words(asked: MapAsked) -> str:
    days = checked(since=asked.since, until=asked.until)
    time = f"{days.since or 'the beginning'} to {days.until or 'the end'}" if days.since or days.until else "all time"
    return f"{WORDS[asked.what]}, {time}"


class GroundAsked(Asked, frozen=True, kw_only=True):
    """The window whose ground is drawn."""

    bbox: str


def _ground(request: Request) -> Response:
    """The ground of a window; the same for ever."""
    bounds = bounds_of(asked_of(GroundAsked, request).bbox)
    window = Window(west=bounds[0], south=bounds[1], east=bounds[2], north=bounds[3])
    headers = {"Cache-Control": "private, max-age=604800"}
    return Response(ground_svg(window), media_type="image/svg+xml", headers=headers)


file(router, "/map/ground.svg", "image/svg+xml", GroundAsked, _ground)
page(router, "/map", "map.html", map_)
