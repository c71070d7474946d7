"""Places beside cities: venues, seas and regions, names of states as places, words of place; `venues.yaml`, checked."""

from __future__ import annotations

import functools

import msgspec

from dragoman.knowledge.files import KNOWLEDGE, check_unique, make_entries, make_entry, read_sections

PATH = KNOWLEDGE / "venues.yaml"


class Venue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A building, site, sea or region. `country` is ISO 3166-1 alpha-3, None where none or several claim it."""

    name: str
    names: tuple[str, ...]
    lat: float
    lon: float
    city: str | None = None
    country: str | None = None


class PlaceWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The sections of `venues.yaml` beside the venues themselves."""

    states: dict[str, tuple[str, ...]]
    place_nouns: frozenset[str]
    missions: frozenset[str]
    motion: frozenset[str]
    leaving: frozenset[str]
    motion_nouns: frozenset[str]
    parting: frozenset[str]
    remote: frozenset[str]


@functools.cache
def load_venues() -> tuple[Venue, ...]:
    """The venues, read once a process. Raises `KnowledgeError` when an entry is not as it should be."""
    venues = make_entries(PATH, read_sections(PATH).get("venues"), Venue)
    check_unique(PATH, venues, lambda v: v.name, "the name of the venue")
    return venues


@functools.cache
def load_place_words() -> PlaceWords:
    """Names of states as places and words of place, read once a process."""
    sections = {name: content for name, content in read_sections(PATH).items() if name != "venues"}
    return make_entry(PATH, "sections", sections, PlaceWords)
