"""The parts of the world that the map shows: regions by name, bounds out of addresses, and the part where most is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Final, Literal

from dragoman.briefing.wording import one_line, shortened
from dragoman.web.errors import RefusedError
from dragoman.web.locating import NORTH, SOUTH, Spot, Window, framed

Region = Literal[
    "world", "korea", "east-asia", "southeast-asia", "south-asia", "middle-east", "europe", "eurasia", "africa",
    "north-america", "latin-america", "pacific",
]  # fmt: skip
BOUNDS: Final[Mapping[Region, tuple[float, float, float, float]]] = {
    "world": (-170, SOUTH, 190, NORTH),
    "korea": (121, 32, 135, 44),
    "east-asia": (95, 17, 150, 56),
    "southeast-asia": (90, -12, 142, 29),
    "south-asia": (58, 3, 98, 39),
    "middle-east": (23, 11, 64, 43),
    "europe": (-13, 34, 45, 71),
    "eurasia": (18, 28, 182, 78),
    "africa": (-20, -36, 54, 38),
    "north-america": (-170, 12, -50, 74),
    "latin-america": (-120, -56, -33, 33),
    "pacific": (100, -48, 292, 64),
}
FITTED: Final = 0.9
"""Share of the incidents that the window 'where most is' holds."""
NARROWEST: Final = 6.0


def window_of(region: Region | None, bbox: str | None, spots: Sequence[Spot]) -> Window:
    """The part asked for, else that where most is, else the world; raises `RefusedError` for what is no bounds."""
    if bbox is not None:
        return framed(*bounds_of(bbox))
    if region is not None:
        return framed(*BOUNDS[region])
    return _fitting(spots) or framed(*BOUNDS["world"])


def bounds_of(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north out of an address; raises `RefusedError`."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        west = south = east = north = math.nan
    if not (-400 <= west < east <= 400 and east - west <= 360 and -85 <= south < north <= 85):
        raise RefusedError(
            f"'bbox' is '{shortened(one_line(text), 60)}', and not west, south, east and north in degrees like "
            "'120,30,135,45'. Beyond the date line east goes on from 180."
        )
    wide, high = max(east - west, 1.0), max(north - south, 1.0)
    return west, south, west + wide, min(85.0, south + high)


def bbox_of(window: Window) -> str:
    """A window as addresses have it."""
    return ",".join(f"{round(each, 2):g}" for each in (window.west, window.south, window.east, window.north))


def zoomed(window: Window, factor: float) -> str:
    """The bounds of a window so many times as wide about the same middle."""
    middle, centre = (window.west + window.east) / 2, (window.south + window.north) / 2
    wide = min(360.0, max(1.0, (window.east - window.west) * factor)) / 2
    high = max(1.0, (window.north - window.south) * factor) / 2
    west = max(-180.0, middle - wide)
    south, north = max(SOUTH, centre - high), min(NORTH, centre + high)
    return ",".join(f"{round(each, 2):g}" for each in (west, south, west + 2 * wide, north))


def _fitting(spots: Sequence[Spot]) -> Window | None:
    """The window that holds the places of most incidents; None where there is no place."""
    total = sum(len(spot.found) for spot in spots)
    kept: list[Spot] = []
    held = 0
    for spot in spots:
        if held < FITTED * total:
            kept.append(spot)
            held += len(spot.found)
    if not kept:
        return None
    spans = []
    for base in (-180, 0):
        easts = sorted(base + (spot.lon - base) % 360 for spot in kept)
        spans.append((easts[-1] - easts[0], easts[0], easts[-1]))
    _, west, east = min(spans)
    lats = [spot.lat for spot in kept]
    wide, high = max(east - west, NARROWEST), max(max(lats) - min(lats), NARROWEST * 0.6)
    middle, centre = (west + east) / 2, (min(lats) + max(lats)) / 2
    if wide > 200:
        return framed(*BOUNDS["world"])
    return framed(
        round(middle - 0.62 * wide, 1),
        round(max(SOUTH, centre - 0.65 * high), 1),
        round(middle + 0.62 * wide, 1),
        round(min(NORTH, centre + 0.65 * high), 1),
    )
