"""What importers of actors share: the summary of what was taken and what not, and the file that it is kept in.

Apart from the formats because what a person with offices becomes is the same for all of them.
"""

from __future__ import annotations

import bz2
import gzip
import os
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, cast

import msgspec
import pycountry

from dragoman.errors import InputError, KnowledgeError, UsageError
from dragoman.knowledge.holders import fold_name, reach
from dragoman.knowledge.known import Known, overlaid
from dragoman.knowledge.own import OwnActors, OwnPerson, check_own, read_imported

NOT_ASKED = "person of a state not asked for"
SHOWN = 10  # malformed lines that are told one by one


@dataclass(slots=True)
class Fault:
    """A line that could not be read: which, at which field, and why."""

    line: int
    field: str | None
    reason: str


@dataclass(slots=True)
class Summary:
    """What an import took, what it left out by its rules and why, and the lines that were malformed."""

    persons: int = 0
    offices: int = 0
    known_offices: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    malformed: int = 0
    faults: list[Fault] = field(default_factory=list)

    def fault(self, line: int, reason: str, at: str | None = None) -> None:
        """Take note of a malformed line."""
        self.malformed += 1
        if len(self.faults) < SHOWN:
            self.faults.append(Fault(line, at, reason))


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file for reading bytes, unpacked by its ending .gz or .bz2. Raises `InputError` where it cannot be read."""
    try:
        with _stream(path) as stream:
            yield stream
    except (OSError, EOFError) as error:
        raise InputError(f"cannot be read ({error}); give another file.", source=str(path)) from error


def _stream(path: Path) -> BinaryIO:
    if path.suffix == ".gz":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if path.suffix == ".bz2":
        return cast(BinaryIO, bz2.open(path, "rb"))
    return path.open("rb")


def is_latin(name: str) -> bool:
    """Whether all letters of a name are Latin, as names in English texts are."""
    return any(c.isalpha() for c in name) and all(
        unicodedata.name(c, "").startswith("LATIN") for c in name if c.isalpha()
    )


def usable(name: str) -> bool:
    """Whether a name is written so that it can be looked for: Latin letters, two words or more, not overlong."""
    return is_latin(name) and 2 <= len(name.split()) <= 8 and len(name) <= 80


def alpha_3(code: str) -> str | None:
    """The ISO 3166-1 alpha-3 code of an alpha-2 code in any case, or None for what is no state of today."""
    if code.lower() == "xk":
        return "XKX"
    country = pycountry.countries.get(alpha_2=code.upper()) if len(code) == 2 else None
    return None if country is None else str(country.alpha_3)


def is_sound(start: str | None, end: str | None) -> bool:
    """Whether two dates, known in part or not at all, are dates and in order."""
    try:
        return reach(start or "", "")[0] <= reach(end or "", "")[1]
    except KnowledgeError:
        return False


def office_named(label: str, country: str | None, known: Known) -> str:
    """The id of our office that a label like 'Foreign Minister of Ghana' means, else the label."""
    state = known.actors.by_code.get(country or "")
    if state is None or country is None:
        return label
    titles = [label]
    for name in (state.name, *state.names, *state.adjectives):
        titles += [
            label.removesuffix(f" of {name}"),
            label.removesuffix(f" of the {name}"),
            label.removeprefix(f"{name} "),
        ]
    for title in dict.fromkeys(t for t in titles if t.strip()):
        office = known.holders.office_titled(title, country)
        if office is not None:
            return office.id
    return label


def merged_persons(persons: Iterable[OwnPerson]) -> tuple[list[OwnPerson], int]:
    """The persons without those that have name and state of an earlier one, and how many those were."""
    kept: dict[tuple[str, str | None], OwnPerson] = {}
    count = 0
    for person in persons:
        count += 1
        kept.setdefault((fold_name(person.name), person.country), person)
    return list(kept.values()), count - len(kept)


def keep(imported: Iterable[OwnPerson], path: Path, known: Known) -> int:
    """Write persons into an `actors.imported.jsonl`, in place of earlier ones of the same source, in one step.

    Gives how many were left out since another has their name and state. Raises `UsageError` where the file cannot be
    written.
    """
    by_source = {p.source: p for p in (read_imported(path).persons if path.exists() else ())}
    by_source |= {p.source: p for p in imported}
    persons, twice = merged_persons(sorted(by_source.values(), key=lambda p: (p.source or "", p.name)))
    own = OwnActors(path.name, persons=tuple(persons))
    check_own(own)
    overlaid(known, own, strict=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=f"{path.name}.", suffix=".part", dir=path.parent)
        with os.fdopen(handle, "wb") as out:
            for person in persons:
                out.write(msgspec.json.encode(person) + b"\n")
            out.flush()
            os.fsync(out.fileno())
        os.chmod(part, 0o644)
        os.replace(part, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); see to the folder, or name another.") from error
    return twice
