"""FollowTheMoney entities in: JSON Lines with Person, Position and Occupancy become persons with offices.

An Occupancy says that its `holder` (a Person) held its `post` (a Position) from `startDate` to `endDate`. Other
schemata and properties are passed over by rule; what breaks the format is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from dragoman.exchange.importing import NOT_ASKED, Summary, alpha_3, is_sound, office_named, opened, usable
from dragoman.knowledge.entries import Sector
from dragoman.knowledge.known import Known, title_sector
from dragoman.knowledge.own import UNKNOWN, OwnOffice, OwnPerson

# Topics of a Position, the telling one first.
SECTORS: dict[str, Sector] = {
    "gov.legislative": "LEG", "gov.judicial": "JUD", "gov.security": "MIL", "gov.igo": "IGO", "pol.party": "PTY",
    "gov.executive": "GOV", "gov.head": "GOV", "gov.national": "GOV", "gov.state": "GOV", "gov.muni": "GOV",
    "gov.admin": "GOV", "gov.financial": "GOV", "gov.soe": "BUS", "gov": "GOV",
}  # fmt: skip
CITIZENSHIP = ("nationality", "citizenship", "country")
NAMES = ("name", "alias", "previousName")  # `weakAlias` is left out: it names too many others
DATE = re.compile(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T.*)?")


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the format; fields other than these are left alone."""

    id: str
    schema: str
    properties: dict[str, list[Any]]

    def texts(self, *names: str) -> list[str]:
        """The values of properties that are texts, in order, each once."""
        return list(
            dict.fromkeys(v for name in names for v in self.properties.get(name, ()) if isinstance(v, str) and v)
        )


def read_followthemoney(
    path: Path, known: Known, summary: Summary, countries: Collection[str] = ()
) -> Iterator[OwnPerson]:
    """The persons of a file (packed with .gz or .bz2 or not) who hold or held an office of a state.

    `countries` keeps only persons of these states (ISO 3166-1 alpha-3). `summary` takes note of what was taken and what
    not. Raises `InputError` where the file cannot be read.
    """
    kinds: dict[str, dict[str, Entity]] = {"Person": {}, "Position": {}, "Occupancy": {}}
    for entity in _entities(path, summary):
        if entity.schema in kinds:
            kinds[entity.schema][entity.id] = entity
        else:
            summary.skipped[f"schema {entity.schema}"] += 1
    held: dict[str, list[OwnOffice]] = {}
    for occupancy in kinds["Occupancy"].values():
        for holder in occupancy.texts("holder"):
            if holder not in kinds["Person"]:
                summary.skipped["occupancy by nobody in the file"] += 1
                continue
            held.setdefault(holder, []).extend(_offices(occupancy, kinds["Position"], known, summary))
    for person in kinds["Person"].values():
        made = _person(person, held.get(person.id, ()), summary, countries)
        if made is not None:
            yield made


def _entities(path: Path, summary: Summary) -> Iterator[Entity]:
    decoder = msgspec.json.Decoder(Entity)
    with opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                said, _, at = str(error).partition(" - at `$.")
                summary.fault(number, said, at.rstrip("`") or None)


def _offices(occupancy: Entity, positions: dict[str, Entity], known: Known, summary: Summary) -> Iterator[OwnOffice]:
    status = {value.lower() for value in occupancy.texts("status")}
    start, end = _day(occupancy, "startDate", summary), _day(occupancy, "endDate", summary)
    if not is_sound(start, end):
        summary.skipped["occupancy with a date that cannot be"] += 1
        return
    if start is None and end is None:
        summary.skipped["occupancy without a date"] += 1
        return
    for post in occupancy.texts("post"):
        position = positions.get(post)
        label = next(iter(position.texts("name")), None) if position is not None else None
        if position is None or label is None:
            summary.skipped["occupancy of no position in the file"] += 1
            continue
        if position.texts("subnationalArea"):
            summary.skipped["position below the state"] += 1
            continue
        countries = [code for code in map(alpha_3, position.texts("country")) if code is not None]
        topics = position.texts("topics")
        sector = next((s for topic, s in SECTORS.items() if topic in topics), None)
        office = office_named(label, countries[0] if countries else None, known)
        if office == label and sector is None and title_sector(label, known.actors) is None:
            summary.skipped["position of no known kind"] += 1
            continue
        summary.known_offices += office != label
        yield OwnOffice(
            office=office,
            country=countries[0] if countries else None,
            sector=None if office != label else sector,
            start=start or UNKNOWN,
            end=end or (None if "current" in status and start else UNKNOWN),
            sure="medium",
        )


def _person(entity: Entity, offices: Iterable[OwnOffice], summary: Summary, asked: Collection[str]) -> OwnPerson | None:
    offices = tuple(dict.fromkeys(offices))
    names = [" ".join(name.split()) for name in entity.texts(*NAMES)]
    good = [name for name in names if usable(name)]
    countries = [code for code in map(alpha_3, entity.texts(*CITIZENSHIP)) if code is not None]
    reason = (
        "person without a dated office" if not offices
        else "person without a name in Latin letters of two words or more" if not good
        else "person without a state of today" if not countries
        else NOT_ASKED if asked and countries[0] not in asked
        else None
    )  # fmt: skip
    if reason is not None:
        summary.skipped[reason] += 1
        return None
    summary.skipped["name not in Latin letters or of one word"] += len(names) - len(good)
    summary.persons += 1
    summary.offices += len(offices)
    family = next((f for f in entity.texts("lastName") if f in good[0]), None)
    return OwnPerson(
        name=good[0], names=tuple(good[1:]), country=countries[0], family=family, offices=offices,
        source=f"ftm:{entity.id}",
    )  # fmt: skip


def _day(entity: Entity, name: str, summary: Summary) -> str | None:
    """The first value that is a date, known in part or not; others are counted."""
    for value in entity.texts(name):
        match = DATE.fullmatch(value)
        if match is not None:
            return match[1]
        summary.skipped[f"{name} that is no date"] += 1
    return None
