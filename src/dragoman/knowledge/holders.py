"""Who held which office when: offices.yaml, persons.csv and tenures.csv, checked and made ready for questions.

It is apart from the other knowledge because its answers depend on a date, and because dates are often known in part:
what cannot be told from them is None, never a guess.
"""

from __future__ import annotations

import csv
import functools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.offices import SECTORS, Office, OfficeBook, is_code, plain_title

FOLDER = Path(__file__).parent
PERSON_COLUMNS = ("id", "name", "aliases", "family", "country", "sector", "gender")
# Dates may be known in part (2024-05, 2024) or not at all. `open`: in office when last known, which is `seen` or, where
# that is empty, the `known_until` of offices.yaml; without it an empty `to` means that the end is unknown.
TENURE_COLUMNS = ("person", "office", "from", "to", "acting", "sure", "open", "seen")
# What "medium" means: the person held the office, and each date may be off by as much as this.
MEDIUM_MARGIN = timedelta(days=31)
# Two holders of a one-holder office may overlap by this much: handovers are reported on different days.
OVERLAP_ALLOWED = timedelta(days=31)
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Person(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Someone the press names. `family` is the name that stands alone at the second mention; `country` is the
    person's own, also while in the service of a body; `sector` is that of the latest office. `gender` says whether 'he'
    or 'she' may stand for the person.
    """

    id: str
    name: str
    aliases: tuple[str, ...]
    family: str
    country: str
    sector: str
    gender: Literal["f", "m"] | None = None


class Tenure(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A person in an office. It began from `start_min` to `start_max` and ended from `end_min` to `end_max`.

    An unknown date reaches to `date.min` or `date.max`; with an open end, `end_min` is the day last seen in office.
    """

    person: str
    office: str
    start_min: date
    start_max: date
    end_min: date
    end_max: date
    acting: bool
    sure: Literal["high", "medium"]
    open: bool

    def surely(self, on: date, *, beyond: bool = False) -> bool:
        """Whether the person held the office on that day for sure; `beyond` takes an open end as lasting."""
        return self.start_max <= on and (on <= self.end_min or (beyond and self.open))

    def possibly(self, on: date) -> bool:
        """Whether the person may have held the office on that day."""
        return self.start_min <= on <= self.end_max


class Holders:
    """Persons, offices and tenures, and the questions put to them. Made by `load_holders`."""

    def __init__(self, offices: OfficeBook, persons: Mapping[str, Person], tenures: Sequence[Tenure]) -> None:
        self._book = offices
        self.persons = persons
        self.tenures = tuple(tenures)
        self._by_office: dict[str, list[Tenure]] = defaultdict(list)
        self._by_person: dict[str, list[Tenure]] = defaultdict(list)
        self._by_family: dict[str, list[Person]] = defaultdict(list)
        self._by_full: dict[str, list[Person]] = defaultdict(list)
        for tenure in tenures:
            self._by_office[tenure.office].append(tenure)
            self._by_person[tenure.person].append(tenure)
        for person in persons.values():
            # Transliterations differ in the family name too: 'Zelenskyy', 'Zelensky', 'Zelenskiy'.
            same = (a.split()[-1] for a in person.aliases if _alike(a.split()[-1], person.family) or " " not in a)
            for family in sorted({fold_name(person.family), *map(fold_name, same)}):
                self._by_family[family].append(person)
            for name in sorted({fold_name(person.name), *map(fold_name, person.aliases)}):
                self._by_full[name].append(person)

    @property
    def book(self) -> OfficeBook:
        """The offices and their titles."""
        return self._book

    @property
    def offices(self) -> Mapping[str, Office]:
        """Every office that has a tenure or an entry of its own, by id; `office_for` makes the others."""
        return self._book.offices

    def holder_of(self, office_id: str, on: date, *, beyond: bool = False) -> Person | None:
        """Who held the office on that day; None where nobody or more than one may have.

        An acting holder counts only while there is no other. `beyond` takes those who were in office when last seen
        as still in office afterwards.
        """
        tenures = self._by_office.get(office_id, [])
        for acting in (False, True):
            possible = [t for t in tenures if t.acting == acting and t.possibly(on)]
            if possible:
                sure = any(t.surely(on, beyond=beyond) for t in possible)
                return self.persons[possible[0].person] if sure and len({t.person for t in possible}) == 1 else None
        return None

    def offices_of(self, person_id: str, on: date | None, *, beyond: bool = False) -> tuple[Office, ...]:
        """The offices that the person held for sure on that day (None: ever), the highest first."""
        tenures = self._by_person.get(person_id, [])
        return self._ranked(t.office for t in tenures if on is None or t.surely(on, beyond=beyond))

    def former_offices_of(self, person_id: str, on: date) -> tuple[Office, ...]:
        """The offices that the person had left for sure by that day, the highest first."""
        tenures = self._by_person.get(person_id, [])
        still = {t.office for t in tenures if t.possibly(on)}
        return self._ranked(t.office for t in tenures if t.end_max < on and t.office not in still)

    def tenures_of(self, person_id: str) -> tuple[Tenure, ...]:
        """All tenures of a person, the earliest first."""
        return tuple(sorted(self._by_person.get(person_id, []), key=lambda t: (t.start_min, t.office)))

    def office_for(self, role: str, country: str) -> Office | None:
        """The office of that role in that state (ISO alpha-3), or None where the state has no such office."""
        return self._book.office_for(role, country)

    def office_titled(self, title: str, of: str) -> Office | None:
        """The office that a title means beside a state (ISO alpha-3) or a body (its id), or None."""
        return self._book.office_titled(title, of)

    def role_of_title(self, title: str) -> str | None:
        """The role that a title without its state ('foreign minister') names, or None."""
        return self._book.role_of_title.get(plain_title(title))

    def person_called(self, name: str) -> Person | None:
        """The only person of that name or alias, whatever its case, hyphens and accents; None for none or several."""
        found = self._by_full.get(fold_name(name), ())
        return found[0] if len(found) == 1 else None

    def persons_named(self, family: str) -> tuple[Person, ...]:
        """All persons whose family name that is, whatever its case, hyphens and accents."""
        return tuple(self._by_family.get(fold_name(family), ()))

    def _ranked(self, office_ids: Iterator[str]) -> tuple[Office, ...]:
        return tuple(sorted((self.offices[i] for i in set(office_ids)), key=lambda o: (o.rank, o.id)))


@functools.cache
def load_holders() -> Holders:
    """The holders that come with Dragoman, read once a process. Raises `KnowledgeError` as `read_holders` does."""
    return read_holders(FOLDER)


def read_holders(folder: Path) -> Holders:
    """Read and check the three files of a folder.

    Raises `KnowledgeError`, naming file and line or entry, for unknown ids, codes, sectors and dates, for an end
    before its beginning, for two persons under one id or (in one state) one name, and for two holders at a time.
    """
    book = OfficeBook(folder / "offices.yaml")
    persons = _read_persons(folder / "persons.csv")
    tenures = _read_tenures(folder / "tenures.csv", book, persons)
    return Holders(book, persons, tenures)


def _alike(one: str, other: str) -> bool:
    """Whether two family names may be one in different transliterations: they begin alike."""
    shorter = min(len(one), len(other))
    return shorter >= 4 and fold_name(one)[: shorter - 2] == fold_name(other)[: shorter - 2]


def fold_name(name: str) -> str:
    """A name for comparison, without capitals, accents and hyphens: 'Kim Jŏng-ŭn' becomes 'kim jong un'."""
    letters = name.replace("-", " ").replace("’", "'")
    if not letters.isascii():
        letters = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return " ".join(letters.casefold().split())


def _gender(text: str, where: str) -> Literal["f", "m"] | None:
    match text:
        case "f" | "m":
            return text
        case "":
            return None
    raise KnowledgeError(f"{where}: '{text}' is not a gender; write f, m or nothing.")


def _read_persons(path: Path) -> dict[str, Person]:
    persons: dict[str, Person] = {}
    owner: dict[tuple[str, str], str] = {}
    for where, row in _rows(path, PERSON_COLUMNS):
        aliases = tuple(alias.strip() for alias in row["aliases"].split("|")) if row["aliases"] else ()
        person = Person(
            id=row["id"],
            name=row["name"],
            aliases=aliases,
            family=row["family"],
            country=row["country"],
            sector=row["sector"],
            gender=_gender(row["gender"], where),
        )
        if not SLUG.fullmatch(person.id):
            raise KnowledgeError(f"{where}: '{person.id}' is not an id; write small letters, digits and hyphens.")
        if person.id in persons:
            raise KnowledgeError(f"{where}: person '{person.id}' stands there twice; give one another id.")
        if not person.name or not person.family or "" in aliases:
            raise KnowledgeError(f"{where}: name, family name and every alias must be written.")
        if not is_code(person.country):
            raise KnowledgeError(f"{where}: '{person.country}' is not an ISO 3166-1 alpha-3 code.")
        if person.sector not in SECTORS:
            raise KnowledgeError(f"{where}: unknown sector '{person.sector}'.")
        for name in (person.name, *aliases):
            other = owner.setdefault((person.country, fold_name(name)), person.id)
            if other != person.id:
                raise KnowledgeError(f"{where}: '{name}' is also a name of '{other}' of the same state.")
        persons[person.id] = person
    return persons


def _read_tenures(path: Path, book: OfficeBook, persons: Mapping[str, Person]) -> list[Tenure]:
    tenures: list[Tenure] = []
    places: list[str] = []
    for where, row in _rows(path, TENURE_COLUMNS):
        if row["person"] not in persons:
            raise KnowledgeError(f"{where}: unknown person '{row['person']}'; add a line to persons.csv.")
        if book.demand(row["office"]) is None:
            raise KnowledgeError(f"{where}: unknown office '{row['office']}'; add it to offices.yaml.")
        tenures.append(make_tenure(row, where, book.known_until))
        places.append(where)
    check_overlaps(tenures, places, book.offices)
    return bound_unknown_ends(tenures, book.offices)


def make_tenure(row: Mapping[str, str], where: str, known_until: date) -> Tenure:
    """A tenure from its columns' texts; an open one is known to last to `known_until`. Raises `KnowledgeError`."""
    for column, allowed in (("acting", ("0", "1")), ("open", ("0", "1")), ("sure", ("high", "medium"))):
        if row[column] not in allowed:
            raise KnowledgeError(f"{where}, field '{column}': '{row[column]}' is not one of {', '.join(allowed)}.")
    is_open = row["open"] == "1"
    if is_open and row["to"]:
        raise KnowledgeError(f"{where}: an open tenure has no end; empty `to` or set `open` to 0.")
    if row["seen"] and not is_open:
        raise KnowledgeError(f"{where}, field 'seen': only an open tenure has a day last seen.")
    start_min, start_max = reach(row["from"], where)
    end_min, end_max = reach(row["to"], where)
    if not row["from"]:
        start_max = date.max
    if not row["to"]:
        end_min = max(start_max, reach(row["seen"], where)[0] if row["seen"] else known_until) if is_open else start_min
    if start_min > end_max:
        raise KnowledgeError(f"{where}: the tenure ends ({row['to']}) before it begins ({row['from']}).")
    medium = row["sure"] == "medium"
    return Tenure(
        person=row["person"],
        office=row["office"],
        start_min=_moved(start_min, -MEDIUM_MARGIN) if medium else start_min,
        start_max=_moved(start_max, MEDIUM_MARGIN) if medium else start_max,
        end_min=_moved(end_min, -MEDIUM_MARGIN) if medium and not is_open else end_min,
        end_max=_moved(end_max, MEDIUM_MARGIN) if medium else end_max,
        acting=row["acting"] == "1",
        sure="medium" if medium else "high",
        open=is_open,
    )


def check_overlaps(tenures: Sequence[Tenure], places: Sequence[str], offices: Mapping[str, Office]) -> None:
    """Raise `KnowledgeError` where two surely hold an office for one at a time; `places` says where each stands."""
    by_office: dict[str, list[tuple[Tenure, str]]] = defaultdict(list)
    for tenure, where in zip(tenures, places, strict=True):
        if offices[tenure.office].single and not tenure.acting and tenure.sure == "high":
            by_office[tenure.office].append((tenure, where))
    for held in by_office.values():
        for i, (one, _) in enumerate(held):
            for other, where in held[i + 1 :]:
                shared = min(one.end_min, other.end_min) - max(one.start_max, other.start_max)
                if one.person != other.person and shared > OVERLAP_ALLOWED:
                    raise KnowledgeError(
                        f"{where}: '{other.person}' and '{one.person}' both hold '{one.office}' for "
                        f"{shared.days} days; correct a date, or mark one as acting or medium."
                    )


def bound_unknown_ends(tenures: Sequence[Tenure], offices: Mapping[str, Office]) -> list[Tenure]:
    """The tenures, where an unknown end in an office for one lies no later than the next holder's beginning."""
    by_office: dict[str, list[Tenure]] = defaultdict(list)
    for tenure in tenures:
        if not tenure.acting and tenure.start_max < date.max:
            by_office[tenure.office].append(tenure)
    bounded: list[Tenure] = []
    for tenure in tenures:
        if tenure.end_max == date.max and not tenure.open and offices[tenure.office].single:
            later = [t.start_max for t in by_office[tenure.office] if t.start_min > tenure.start_min]
            tenure = msgspec.structs.replace(tenure, end_max=min(later, default=date.max))
        bounded.append(tenure)
    return bounded


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        if next(reader, []) != list(columns):
            raise KnowledgeError(f"{path.name}, line 1: the columns must be {', '.join(columns)}.")
        for row in reader:
            where = f"{path.name}, line {reader.line_num}"
            if len(row) != len(columns):
                raise KnowledgeError(f"{where}: the line has {len(row)} fields and must have {len(columns)}.")
            yield where, dict(zip(columns, row, strict=True))


def reach(text: str, where: str) -> tuple[date, date]:
    """The first and the last day that a date known in part can mean; any day where it is empty."""
    if not text:
        return date.min, date.max
    match = PARTIAL_DATE.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is not None:
            return date(year, month, day), date(year, month, day)
        following = date(year + month // 12, month % 12 + 1, 1)
        return date(year, month, 1), following - timedelta(days=1)
    except ValueError:
        raise KnowledgeError(f"{where}: '{text}' is not a date; write 2024-05-12, 2024-05, 2024 or nothing.") from None


def _moved(day: date, by: timedelta) -> date:
    # The ends of time stay: they mean that a date is unknown.
    return day if day in (date.min, date.max) else day + by
