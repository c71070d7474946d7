"""Everything known of actors: what Dragoman brings, with a user's imports and own file laid over it.

Apart from the loaders because coding takes one such object and does not ask where a fact comes from.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

import msgspec

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.actors import ActorKnowledge, load_actors
from dragoman.knowledge.entries import Body, Group, Named, Organ, Outlet, SurfaceForm
from dragoman.knowledge.holders import (
    Holders,
    Person,
    Tenure,
    bound_unknown_ends,
    check_overlaps,
    fold_name,
    load_holders,
    make_tenure,
)
from dragoman.knowledge.offices import Office, OfficeBook, plain_title
from dragoman.knowledge.own import (
    UNKNOWN,
    Merge,
    OwnActors,
    OwnBody,
    OwnEntry,
    OwnGroup,
    OwnOffice,
    OwnOutlet,
    OwnPerson,
    followed,
    imported_file,
    read_imported,
    read_own,
)
from dragoman.knowledge.surface import check_conflicts, identity, named_forms

DAY = timedelta(days=1)
LOWEST_RANK = 1000  # an office that we have no place for stands behind all others

N = TypeVar("N", bound=Named)


@dataclass(frozen=True, slots=True)
class Layer:
    """What one file of a user adds: the strings that mean its actors and nobody else, and the ids of its persons."""

    forms: tuple[SurfaceForm, ...]
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """Actors without a date, holders of offices, and of a user's files the layers and the merges by id."""

    actors: ActorKnowledge
    holders: Holders
    layers: tuple[Layer, ...] = ()
    merges: Mapping[str, Merge] = field(default_factory=dict)


@functools.cache
def load_known() -> Known:
    """What Dragoman brings, without anything of a user's."""
    return Known(load_actors(), load_holders())


def known_with(own: Path | None) -> Known:
    """What Dragoman brings with an `actors.yaml`, and the imports beside it, laid over it; the file wins over the
    imports and both over ours.

    Raises `UsageError` where neither file is there, `KnowledgeError` for an entry that cannot be.
    """
    known = load_known()
    if own is None:
        return known
    imported = imported_file(own)
    if not own.exists() and not imported.exists():
        raise UsageError(f"There is no file of actors {own}. 'dragoman actors add' makes one.")
    if imported.exists():
        known = overlaid(known, read_imported(imported), strict=False)
    return overlaid(known, read_own(own)) if own.exists() else known


def overlaid(known: Known, own: OwnActors, *, strict: bool = True) -> Known:
    """The knowledge with a user's entries laid over it: fields that an entry gives win, names are added, and in an
    office for one the days of the user's tenures are taken out of the others'.

    `strict` refuses two holders of such an office at a time and two entries for one person within the entries
    themselves; else, as for imports, the first entry counts.
    """
    actors, forms = _with_named(known.actors, own)
    holders, persons = _with_persons(known, own, strict=strict)
    return Known(
        actors=actors,
        holders=holders,
        layers=(*known.layers, Layer(forms, persons)),
        merges=MappingProxyType({**known.merges, **followed(own.where, own.merges)}),
    )


# --- bodies, groups, outlets -------------------------------------------------------------------------------------


def _with_named(actors: ActorKnowledge, own: OwnActors) -> tuple[ActorKnowledge, tuple[SurfaceForm, ...]]:
    organs = tuple(body for body in own.bodies if body.country is not None)
    bodies = tuple(body for body in own.bodies if body.country is None)
    made: dict[str, list[Named]] = {
        "bodies": [_body(entry, _ours(entry, actors.bodies), own.where) for entry in bodies],
        "organs": [_organ(entry, _ours(entry, actors.organs), own.where) for entry in organs],
        "groups": [_group(entry, _ours(entry, actors.groups), own.where) for entry in own.groups],
        "outlets": [_outlet(entry, _ours(entry, actors.outlets), own.where) for entry in own.outlets],
    }
    entries: list[Named] = [entry for kind in made.values() for entry in kind]
    if not entries:
        return actors, ()
    by_id = {identity(entry).actor_id: entry for entry in entries}
    forms = tuple({(f.text, f.actor_id): f for entry in entries for f in named_forms(entry)}.values())
    check_conflicts(forms)
    written = {name for entry in (*own.bodies, *own.groups, *own.outlets) for name in _names(entry)}
    changed: dict[str, Any] = {
        name: tuple([e for e in getattr(actors, name) if identity(e).actor_id not in by_id] + new)
        for name, new in made.items()
    }
    kept = (form for form in actors.forms if form.actor_id not in by_id)
    laid = dataclasses.replace(
        actors,
        **changed,
        forms=(*kept, *forms),
        by_id=MappingProxyType({**actors.by_id, **by_id}),
    )
    return laid, tuple(form for form in forms if form.text in written)


def _names(entry: OwnEntry) -> tuple[str, ...]:
    short = (entry.short,) if isinstance(entry, OwnBody) and entry.short else ()
    return (entry.name, *short, *entry.names)


def _ours(entry: OwnEntry, entries: Iterable[N]) -> N | None:
    """The entry of ours that is meant: by its id, or by one of its names."""
    if entry.id is not None:
        return next((e for e in entries if getattr(e, "id", None) == entry.id), None)
    same = [e for e in entries if entry.name in (e.name, *e.names) and identity(e).country in (entry.country, None)]
    return same[0] if len(same) == 1 else None


def _body(entry: OwnBody, ours: Body | None, where: str) -> Body:
    old = ours or Body(id=_new_id(entry, where), name=entry.name)
    return msgspec.structs.replace(
        old, name=entry.name, names=_more_names(entry, ours), short=entry.short or old.short,
        sector=entry.sector or old.sector,
    )  # fmt: skip


def _organ(entry: OwnBody, ours: Organ | None, where: str) -> Organ:
    assert entry.country is not None
    short = (entry.short,) if entry.short else ()
    old = ours or Organ(id=_new_id(entry, where), name=entry.name, country=entry.country, sector=entry.sector or "GOV")
    return msgspec.structs.replace(
        old, name=entry.name, names=tuple(dict.fromkeys((*short, *_more_names(entry, ours)))),
        sector=entry.sector or old.sector,
    )  # fmt: skip


def _group(entry: OwnGroup, ours: Group | None, where: str) -> Group:
    if ours is None and entry.sector is None:
        raise KnowledgeError(f"{where}, entry '{entry.name}': give the sector of the group (such as REB).")
    old = ours or Group(id=_new_id(entry, where), name=entry.name, sector=entry.sector or "UNK")
    return msgspec.structs.replace(
        old, name=entry.name, names=_more_names(entry, ours), sector=entry.sector or old.sector,
        country=entry.country or old.country,
    )  # fmt: skip


def _outlet(entry: OwnOutlet, ours: Outlet | None, where: str) -> Outlet:
    country = entry.country or (ours.country if ours else None)
    media = entry.state_media if entry.state_media is not None else (ours.state_media if ours else None)
    if country is None or media is None:
        raise KnowledgeError(
            f"{where}, entry '{entry.name}': give the outlet's country, and state_media (true or false)."
        )
    old = ours or Outlet(id=_new_id(entry, where), name=entry.name, country=country, state_media=media)
    return msgspec.structs.replace(
        old, name=entry.name, names=_more_names(entry, ours), country=country, state_media=media
    )


def _more_names(entry: OwnEntry, ours: Named | None) -> tuple[str, ...]:
    old = (ours.name, *ours.names) if ours else ()
    return tuple(dict.fromkeys(n for n in (*entry.names, *old) if n != entry.name))


def _new_id(entry: OwnEntry, where: str) -> str:
    return entry.id or slug(entry.name, f"{where}, entry '{entry.name}'")


# --- persons -----------------------------------------------------------------------------------------------------


def _with_persons(known: Known, own: OwnActors, *, strict: bool) -> tuple[Holders, tuple[str, ...]]:
    holders = known.holders
    if not own.persons:
        return holders, ()
    by_name: dict[str, list[Person]] = {}
    for person in holders.persons.values():
        for name in (person.name, *person.aliases):
            by_name.setdefault(fold_name(name), []).append(person)
    first = family_first(holders)
    persons: dict[str, Person] = {}
    held: list[tuple[OwnOffice, Person, str]] = []
    for entry in own.persons:
        where = f"{own.where}, entry '{entry.name}'"
        person = _person(entry, _same_person(entry, holders, by_name), holders, first, where)
        if person.id in persons and not strict:
            continue
        if person.id in persons:
            raise KnowledgeError(f"{where}: '{person.id}' stands there twice; make one entry of the two.")
        persons[person.id] = person
        held += [(office, person, where) for office in entry.offices]
    offices = {(id(o), p.id): _office(o, p, known, where) for o, p, where in held}
    for (_, person_id), office in reversed(offices.items()):
        if persons[person_id].sector == "UNK":
            persons[person_id] = msgspec.structs.replace(persons[person_id], sector=office.sector)
    book = holders.book.extended({office.id: office for office in offices.values()})
    tenures = [_own_tenure(o, offices[id(o), p.id], p, where) for o, p, where in held]
    if strict:
        check_overlaps(tenures, [where for _, _, where in held], book.offices)
    laid = [*_under(holders.tenures, tenures, book), *tenures]
    return Holders(book, {**holders.persons, **persons}, bound_unknown_ends(laid, book.offices)), tuple(persons)


def _same_person(entry: OwnPerson, holders: Holders, by_name: Mapping[str, list[Person]]) -> Person | None:
    if entry.id is not None:
        return holders.persons.get(entry.id)
    found = {
        p.id: p
        for name in (entry.name, *entry.names)
        for p in by_name.get(fold_name(name), ())
        if entry.country in (None, p.country)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _person(entry: OwnPerson, ours: Person | None, holders: Holders, first: frozenset[str], where: str) -> Person:
    country = entry.country or (ours.country if ours else None)
    if country is None:
        raise KnowledgeError(f"{where}: give the person's country, an ISO 3166-1 alpha-3 code.")
    words = entry.name.split()
    old = (ours.name, *ours.aliases) if ours else ()
    sector = entry.sector or next((o.sector for o in entry.offices if o.sector), None)
    new_id = entry.id or slug(entry.name, where)
    if entry.id is None and ours is None and new_id in holders.persons:
        new_id = f"{new_id}-{country.lower()}"
    return Person(
        id=ours.id if ours else new_id,
        name=entry.name,
        aliases=tuple(dict.fromkeys(n for n in (*entry.names, *old) if n != entry.name)),
        family=entry.family or (ours.family if ours else words[0] if country in first else words[-1]),
        country=country,
        sector=sector or (ours.sector if ours else "UNK"),
        gender=ours.gender if ours else None,
    )


def family_first(holders: Holders) -> frozenset[str]:
    """The states most of whose known persons are written with the family name first."""
    first: Counter[str] = Counter()
    for person in holders.persons.values():
        words = fold_name(person.name).split()
        if len(words) > 1:
            first[person.country] += 1 if words[0] == fold_name(person.family) else -1
    return frozenset(country for country, surplus in first.items() if surplus > 0)


def _office(own: OwnOffice, person: Person, known: Known, where: str) -> Office:
    """The office of ours that is meant, by id or as a title beside its state or body; else one of its own."""
    book = known.holders.book
    of = own.body or own.country or person.country
    found = book.demand(own.office) or book.office_titled(own.office, of)
    if found is not None:
        return found
    sector = own.sector or title_sector(own.office, known.actors) or person.sector
    if sector == "UNK":
        raise KnowledgeError(
            f"{where}: the office '{own.office}' is not known; give its sector (such as GOV), or its id."
        )
    return Office(
        id=f"own-{of.lower()}-{slug(own.office, own.office)}",
        name=own.office,
        role=None,
        country=None if own.body else of,
        body=own.body,
        sector=sector,
        titles=(plain_title(own.office),),
        single=False,
        rank=LOWEST_RANK,
    )


def title_sector(office: str, actors: ActorKnowledge) -> str | None:
    """The sector of the longest known title that an office's name begins or else ends with, or None."""
    written = plain_title(office).split()
    for words in (written, [word for word in written if word != "the"]):
        runs = [words[:end] for end in range(len(words), 0, -1)] + [words[start:] for start in range(1, len(words))]
        for run in map(" ".join, runs):
            if run in actors.titles:
                return actors.titles[run].sector
    return None


def _own_tenure(own: OwnOffice, office: Office, person: Person, where: str) -> Tenure:
    row = {
        "person": person.id,
        "office": office.id,
        "from": "" if own.start in (None, UNKNOWN) else own.start or "",
        "to": "" if own.end in (None, UNKNOWN) else own.end or "",
        "acting": "1" if own.acting else "0",
        "sure": own.sure,
        "open": "1" if own.end is None else "0",
        "seen": "",
    }
    return make_tenure(row, where, date.max)


def _under(tenures: Iterable[Tenure], own: Iterable[Tenure], book: OfficeBook) -> Iterator[Tenure]:
    """The tenures without those of the same person in the same office, and without the days of the user's own."""
    theirs: dict[str, list[Tenure]] = {}
    for tenure in own:
        theirs.setdefault(tenure.office, []).append(tenure)
    for tenure in tenures:
        over = theirs.get(tenure.office, [])
        if any(o.person == tenure.person for o in over):
            continue
        pieces = [tenure]
        if book.offices[tenure.office].single:
            for o in over:
                pieces = [left for piece in pieces for left in _without(piece, o)]
        yield from pieces


def _without(tenure: Tenure, over: Tenure) -> Iterator[Tenure]:
    """What is left of a tenure outside the days on which another surely held the office.

    A piece of which no day is sure ends, for sure, before it begins.
    """
    first, last = over.start_max, over.end_min
    if first > last or first == date.max or first > tenure.end_max or last < tenure.start_min:
        yield tenure
        return
    if tenure.start_min < first:
        end = first - DAY
        yield msgspec.structs.replace(
            tenure, end_min=min(tenure.end_min, end), end_max=min(tenure.end_max, end), open=False,
        )  # fmt: skip
    if tenure.end_max > last:
        start = last + DAY
        yield msgspec.structs.replace(
            tenure, start_min=max(tenure.start_min, start), start_max=max(tenure.start_max, start),
        )  # fmt: skip


def slug(name: str, where: str) -> str:
    """A name as an id: small Latin letters and digits with hyphens. Raises `KnowledgeError` where none are in it."""
    made = re.sub(r"[^a-z0-9]+", "-", fold_name(name)).strip("-")
    if not made:
        raise KnowledgeError(f"{where}: no id can be made of '{name}'; give one in Latin letters.")
    return made
