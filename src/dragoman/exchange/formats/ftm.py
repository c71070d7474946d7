"""FollowTheMoney out: incidents become Event entities, with the persons, bodies, offices and terms of office in them.

As JSON Lines of entities, or as CSV of statements with the days between which each was seen. `exchange.followthemoney`
reads persons and offices back.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, Final

import msgspec
import pycountry

from dragoman.analysis.incidents import Incident
from dragoman.briefing.cards import safe_url
from dragoman.briefing.wording import clause, event_words, one_line
from dragoman.exchange.formats.parts import NOT_ACTUAL, name_of
from dragoman.exchange.formats.tables import Written
from dragoman.knowledge.holders import Tenure, load_holders
from dragoman.model import Party

DATASET: Final = "dragoman"
STATEMENT_COLUMNS: Final = (
    "id", "entity_id", "canonical_id", "schema", "prop", "value", "dataset", "first_seen", "last_seen",
)  # fmt: skip
KINDS: Final = {"person": "Person", "state": "PublicBody", "body": "Organization"}
"""Schemata by the kind of an actor's id; others are LegalEntity, of which it is not said whether they are persons."""


@dataclass(slots=True, kw_only=True)
class Entity:
    """One entity; `days` are those on which the record tells of it."""

    id: str
    schema: str
    properties: dict[str, list[str]] = field(default_factory=dict)
    days: set[str] = field(default_factory=set)

    def add(self, name: str, *values: str | None) -> None:
        """Add values to a property, each once."""
        for value in values:
            text = one_line(value or "")
            if text and text not in self.properties.get(name, ()):
                self.properties.setdefault(name, []).append(text)


def write_ftm(found: Iterable[Incident], stream: BinaryIO) -> Written:
    """One entity a line. Incidents that are not told as facts are left out: FollowTheMoney has no place for a doubt."""
    written = Written()
    for entity in entities(found, written):
        line = {"id": entity.id, "schema": entity.schema, "properties": entity.properties}
        stream.write(msgspec.json.encode(line) + b"\n")
    return written


def write_ftm_statements(found: Iterable[Incident], stream: BinaryIO) -> Written:
    """A row for each value of each entity, with the first and last day on which the record tells of the entity."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
    written = Written()
    try:
        sheet = csv.writer(text, lineterminator="\n")
        sheet.writerow(STATEMENT_COLUMNS)
        for entity in entities(found, written):
            seen = (min(entity.days, default=None), max(entity.days, default=None))
            for prop, values in sorted(entity.properties.items()):
                for value in values:
                    key = _hash(DATASET, entity.id, prop, value)
                    sheet.writerow((key, entity.id, entity.id, entity.schema, prop, value, DATASET, *seen))
    finally:
        text.detach()  # flushes, and leaves the stream open to its owner
    return written


def entities(found: Iterable[Incident], written: Written) -> list[Entity]:
    """The entities of incidents told as facts, sorted by schema and id; `written.rows` counts the incidents."""
    made: dict[str, Entity] = {}
    for incident in found:
        if incident.status != "actual":
            written.left_out[NOT_ACTUAL] += 1
            continue
        days = {day for day in (incident.first_reported, incident.last_reported) if day}
        involved = []
        for party in (*incident.actors, *incident.recipients):
            for entity in _of_party(party, incident):
                kept = made.setdefault(entity.id, entity)
                for prop, values in entity.properties.items():
                    kept.add(prop, *values)
                kept.days |= days
                if entity.schema not in ("Position", "Occupancy"):
                    involved.append(entity.id)
        event = _event(incident, involved)
        event.days |= days
        made[event.id] = event
        written.rows += 1
    for entity in made.values():
        if entity.schema == "Occupancy" and "date" in entity.properties:
            dates = entity.properties["date"]
            entity.properties["date"] = sorted({min(dates), max(dates)})
    return sorted(made.values(), key=lambda entity: (entity.schema, entity.id))


def alpha_2(code: str | None) -> str | None:
    """How FollowTheMoney writes a state: the ISO alpha-2 code in small letters."""
    state = pycountry.countries.get(alpha_3=code) if code else None
    return state.alpha_2.lower() if state is not None else "xk" if code == "XKX" else None


def _event(incident: Incident, involved: list[str]) -> Entity:
    event = Entity(id=f"{DATASET}-{_hash('event', incident.id)}", schema="Event")
    event.add("name", event_words(incident))
    event.add("involved", *involved)
    if incident.date is not None:
        event.add("startDate", incident.date.start)
        event.add("endDate", incident.date.end)
    if incident.place is not None:
        event.add("location", incident.place.name or incident.place.text)
        event.add("country", alpha_2(incident.place.country))
    event.add("description", clause(incident.event))
    event.add("keywords", incident.type, incident.mode)
    event.add("recordId", incident.id)
    event.add("sourceUrl", *(safe_url(report.article.url) for report in incident.reports))
    event.add("publisher", *(report.article.publisher for report in incident.reports))
    return event


def _of_party(party: Party, incident: Incident) -> Iterator[Entity]:
    if party.actor is None and party.country is None:
        return
    kind, _, known = (party.actor_id or "").partition(":")
    schema = KINDS.get(kind, "LegalEntity")
    name = name_of(party)
    entity = Entity(id=_actor_id(party), schema=schema)
    entity.add("name", name)
    entity.add("country", alpha_2(party.country))
    person = load_holders().persons.get(known) if schema == "Person" else None
    if person is not None:
        entity.add("alias", *person.aliases)
    yield entity
    if schema != "Person":
        return
    tenures = load_holders().tenures_of(known) if person is not None else ()
    for tenure in tenures:
        yield from _term(entity.id, tenure)
    if party.office is not None and not tenures:
        yield from _seen(entity.id, party, incident)


def _term(holder: str, tenure: Tenure) -> Iterator[Entity]:
    office = load_holders().offices[tenure.office]
    post = _position(office.name, office.country)
    yield post
    occupancy = Entity(id=f"{DATASET}-{_hash('term', holder, post.id, str(tenure.start_min))}", schema="Occupancy")
    occupancy.add("holder", holder)
    occupancy.add("post", post.id)
    occupancy.add("startDate", _between(tenure.start_min, tenure.start_max))
    end = None if tenure.open else _between(tenure.end_min, tenure.end_max)
    occupancy.add("endDate", end)
    occupancy.add("status", "current" if tenure.open else "ended" if end is not None else "unknown")
    yield occupancy


def _seen(holder: str, party: Party, incident: Incident) -> Iterator[Entity]:
    """An office that only the news gives: held on a day, from when to when is not known."""
    post = _position(party.office or "", party.country)
    yield post
    occupancy = Entity(id=f"{DATASET}-{_hash('seen', holder, post.id)}", schema="Occupancy")
    occupancy.add("holder", holder)
    occupancy.add("post", post.id)
    occupancy.add("date", incident.date.start if incident.date is not None else incident.first_reported)
    occupancy.add("status", "unknown")
    yield occupancy


def _position(name: str, country: str | None) -> Entity:
    post = Entity(id=f"{DATASET}-{_hash('position', name, country or '')}", schema="Position")
    post.add("name", name)
    post.add("country", alpha_2(country))
    return post


def _between(first: date, last: date) -> str | None:
    """A date known to lie between two days: as a day, month or year where that says it; None where it is not known."""
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return first.isoformat()[:7]
    return str(first.year) if first.year == last.year else None


def _actor_id(party: Party) -> str:
    return f"{DATASET}-{_hash('actor', party.actor_id or '', party.actor or '', party.country or '')}"


def _hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]
