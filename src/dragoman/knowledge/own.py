"""A user's own file of actors, `actors.yaml` beside the record, and what was imported into `actors.imported.jsonl`:
both read and checked entry by entry.

Apart from `known`, which lays them over what Dragoman brings: the record needs only the merges, and no names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.entries import Sector
from dragoman.knowledge.files import make_entries, read_sections
from dragoman.knowledge.holders import SLUG, reach
from dragoman.knowledge.offices import is_code

OWN_FILE: Final = "actors.yaml"
IMPORTED_FILE: Final = "actors.imported.jsonl"
UNKNOWN: Final = "unknown"  # a date that is not known; an end left out means "still in office"


class OwnOffice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An office held from `start` to `end` (`from`, `to` in the file): an id or a title of ours, or any other name.

    It is one of `country`, of the international `body` (its id) or, with neither, of the person's own country.
    """

    office: str
    country: str | None = None
    body: str | None = None
    sector: Sector | None = None
    start: str | None = msgspec.field(default=None, name="from")
    end: str | None = msgspec.field(default=None, name="to")
    acting: bool = False
    sure: Literal["high", "medium"] = "high"


class OwnEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What all entries have. What an entry leaves out stays as Dragoman knows it, where it knows the actor."""

    name: str
    id: str | None = None
    names: tuple[str, ...] = ()
    country: str | None = None
    note: str | None = None


class OwnPerson(OwnEntry, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person; `source` says where an imported one comes from."""

    family: str | None = None
    sector: Sector | None = None
    offices: tuple[OwnOffice, ...] = ()
    source: str | None = None


class OwnBody(OwnEntry, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An international body or, with a country, an organ of that state."""

    short: str | None = None
    sector: Sector | None = None


class OwnGroup(OwnEntry, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An armed group or movement; a country where it is at home in one place."""

    sector: Sector | None = None


class OwnOutlet(OwnEntry, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A news agency, paper or broadcaster with its home state."""

    state_media: bool | None = None


class Merge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Two ids that are one actor: `start` (`from` in the file) is read as `into`, who is called `name`."""

    start: str = msgspec.field(name="from")
    into: str
    name: str
    country: str | None = None


@dataclass(frozen=True, slots=True)
class OwnActors:
    """One file's entries. `where` is the file's name, for messages."""

    where: str
    persons: tuple[OwnPerson, ...] = ()
    bodies: tuple[OwnBody, ...] = ()
    groups: tuple[OwnGroup, ...] = ()
    outlets: tuple[OwnOutlet, ...] = ()
    merges: tuple[Merge, ...] = ()


SECTIONS: Final[Mapping[str, type[msgspec.Struct]]] = {
    "persons": OwnPerson,
    "bodies": OwnBody,
    "groups": OwnGroup,
    "outlets": OwnOutlet,
    "merge": Merge,
}


def own_file(record: Path) -> Path | None:
    """The file of actors of a record, or None where neither it nor an imported one is there."""
    path = record / OWN_FILE
    return path if path.exists() or imported_file(path).exists() else None


def imported_file(own: Path) -> Path:
    """Where the imports beside a file of actors are kept."""
    return own.with_name(IMPORTED_FILE)


def own_digest(own: Path) -> str:
    """Twelve hexadecimal digits that change with the content of the file or of the imports beside it."""
    digest = hashlib.sha256()
    for path in (own, imported_file(own)):
        content = path.read_bytes() if path.exists() else b""
        digest.update(b"%d:" % len(content) + content)
    return digest.hexdigest()[:12]


def read_own(path: Path) -> OwnActors:
    """The entries of an `actors.yaml`.

    Raises `KnowledgeError` naming file and entry for unknown sections, keys, codes and sectors, bad ids and dates, a
    name or id given twice, and merges that go in a circle.
    """
    if path.stat().st_size == 0:
        return OwnActors(path.name)
    sections = read_sections(path)
    for name in sections:
        if name not in SECTIONS:
            raise KnowledgeError(f"{path.name}: unknown section '{name}'. There are: {', '.join(SECTIONS)}.")
    entries = {name: make_entries(path, sections.get(name, []), kind) for name, kind in SECTIONS.items()}
    own = OwnActors(path.name, **{"merges" if name == "merge" else name: e for name, e in entries.items()})  # type: ignore[arg-type]
    check_own(own)
    return own


def read_imported(path: Path) -> OwnActors:
    """The persons of an `actors.imported.jsonl`, one a line; raises `KnowledgeError` with the line of a bad one."""
    decoder = msgspec.json.Decoder(OwnPerson)
    persons: list[OwnPerson] = []
    with path.open("rb") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                persons.append(decoder.decode(line))
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise KnowledgeError(f"{path.name}, line {number}: {error}. Import again.") from error
    own = OwnActors(path.name, persons=tuple(persons))
    check_own(own)
    return own


def read_merges(record: Path) -> Mapping[str, Merge]:
    """Who is read as whom in a record: by id, with chains followed to their end. Empty where there is no file."""
    path = record / OWN_FILE
    if not path.exists():
        return {}
    merges = read_sections(path).get("merge", []) if path.stat().st_size else []
    return followed(path.name, make_entries(path, merges, Merge))


def followed(where: str, merges: Iterable[Merge]) -> dict[str, Merge]:
    """The merges by the id they start from, each leading to where the last of its chain leads."""
    by_start: dict[str, Merge] = {}
    for merge in merges:
        if by_start.setdefault(merge.start, merge) is not merge:
            raise KnowledgeError(f"{where}: '{merge.start}' is merged twice; keep one entry.")
    ends: dict[str, Merge] = {}
    for start, merge in by_start.items():
        seen = [start]
        while merge.into in by_start:
            seen.append(merge.into)
            if merge.into in seen[:-1]:
                raise KnowledgeError(f"{where}: merges go in a circle ({' > '.join(seen)}); take one out.")
            merge = by_start[merge.into]
        ends[start] = Merge(start=start, into=merge.into, name=merge.name, country=merge.country)
    return ends


def check_own(own: OwnActors) -> None:
    """Raise `KnowledgeError` for a code, id, name or date that cannot be; the types have checked the rest."""
    sections = {"persons": own.persons, "bodies": own.bodies, "groups": own.groups, "outlets": own.outlets}
    for section, entries in sections.items():
        seen: set[tuple[str, str | None]] = set()
        ids: set[str] = set()
        for entry in entries:
            where = f"{own.where}, entry '{entry.name}'"
            _check_entry(entry, where)
            if (entry.name, entry.country) in seen or entry.id in ids:
                raise KnowledgeError(f"{where}: stands in '{section}' twice; make one entry of the two.")
            seen.add((entry.name, entry.country))
            ids |= {entry.id} if entry.id else set()
    followed(own.where, own.merges)


def _check_entry(entry: OwnEntry, where: str) -> None:
    if entry.id is not None and not SLUG.fullmatch(entry.id):
        raise KnowledgeError(f"{where}: '{entry.id}' is not an id; write small letters, digits and hyphens.")
    for name in (entry.name, *entry.names):
        if not name.strip():
            raise KnowledgeError(f"{where}: a name is empty; write it or take it out.")
    for code in _codes(entry):
        if not is_code(code):
            raise KnowledgeError(f"{where}: '{code}' is not an ISO 3166-1 alpha-3 code (such as PRK).")
    for office in entry.offices if isinstance(entry, OwnPerson) else ():
        for day in (office.start, office.end):
            if day not in (None, UNKNOWN):
                reach(day or "", where)
        if office.country is not None and office.body is not None:
            raise KnowledgeError(f"{where}: office '{office.office}' has a country and a body; keep one of the two.")


def _codes(entry: OwnEntry) -> Iterator[str]:
    if entry.country is not None:
        yield entry.country
    if isinstance(entry, OwnPerson):
        yield from (office.country for office in entry.offices if office.country is not None)
