"""Wikidata JSON dumps in: items of people with offices held (P39) become persons with dated offices.

A dump is one array with an item a line; it is read twice, line by line: first for the people and the codes of states,
then for the names of the offices that those people held. Lines of no use are passed over without being decoded.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import msgspec

from dragoman.exchange.importing import NOT_ASKED, Summary, is_sound, office_named, opened, usable
from dragoman.knowledge.known import Known, title_sector
from dragoman.knowledge.offices import is_code
from dragoman.knowledge.own import UNKNOWN, OwnOffice, OwnPerson

HELD, START, END = "P39", "P580", "P582"
CITIZENSHIP, COUNTRY, JURISDICTION, ALPHA_3 = "P27", "P17", "P1001", "P298"
ID = re.compile(rb'"id"\s*:\s*"(Q\d+)"')
TIME = re.compile(r"\+(\d{4})-(\d{2})-(\d{2})T")
YEAR, MONTH, DAY = 9, 10, 11  # how exact a time is
LENGTH = {YEAR: 4, MONTH: 7, DAY: 10}


class Text(msgspec.Struct, frozen=True):
    """A label or alias in one language."""

    value: str


class Snak(msgspec.Struct, frozen=True):
    """A value of a property: given, not known (`somevalue`) or known not to be (`novalue`)."""

    snaktype: str
    datavalue: dict[str, Any] | None = None


# A dump writes an empty mapping as an empty list.
Empty = Annotated[list[None], msgspec.Meta(max_length=0)]


class Times(msgspec.Struct, frozen=True):
    """The qualifiers that we read."""

    start: tuple[Snak, ...] = msgspec.field(default=(), name=START)
    end: tuple[Snak, ...] = msgspec.field(default=(), name=END)


class Statement(msgspec.Struct, frozen=True):
    """A claim with what qualifies it."""

    mainsnak: Snak
    rank: str
    qualifiers: Times | Empty = Times()

    @property
    def times(self) -> Times:
        """From when to when it holds."""
        return self.qualifiers if isinstance(self.qualifiers, Times) else Times()


class Labels(msgspec.Struct, frozen=True):
    """An item's label in the languages that we read; others are skipped unread."""

    en: Text | None = None
    gb: Text | None = msgspec.field(default=None, name="en-gb")
    mul: Text | None = None


class Aliases(msgspec.Struct, frozen=True):
    """An item's other names in the languages that we read."""

    en: tuple[Text, ...] = ()
    gb: tuple[Text, ...] = msgspec.field(default=(), name="en-gb")
    mul: tuple[Text, ...] = ()


class Claims(msgspec.Struct, frozen=True):
    """An item's statements of the properties that we read; a dump has thousands of others."""

    held: tuple[Statement, ...] = msgspec.field(default=(), name=HELD)
    citizenship: tuple[Statement, ...] = msgspec.field(default=(), name=CITIZENSHIP)
    country: tuple[Statement, ...] = msgspec.field(default=(), name=COUNTRY)
    jurisdiction: tuple[Statement, ...] = msgspec.field(default=(), name=JURISDICTION)
    alpha_3: tuple[Statement, ...] = msgspec.field(default=(), name=ALPHA_3)


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """What we read of an item."""

    id: str
    labels: Labels | Empty = Labels()
    aliases: Aliases | Empty = Aliases()
    claims: Claims | Empty = Claims()

    @property
    def said(self) -> Claims:
        """The statements, none where there are none."""
        return self.claims if isinstance(self.claims, Claims) else Claims()

    def names(self) -> list[str]:
        """Label and aliases in English, each once, the label first."""
        labels = self.labels if isinstance(self.labels, Labels) else Labels()
        aliases = self.aliases if isinstance(self.aliases, Aliases) else Aliases()
        texts = [t for t in (labels.en, labels.gb, labels.mul) if t is not None]
        texts += [*aliases.en, *aliases.gb, *aliases.mul]
        return list(dict.fromkeys(" ".join(text.value.split()) for text in texts))


@dataclass(frozen=True, slots=True)
class Position:
    """An office's name and the item of the state it belongs to."""

    name: str
    country: str | None


def read_wikidata(path: Path, known: Known, summary: Summary, countries: Collection[str] = ()) -> Iterator[OwnPerson]:
    """The persons of a dump (packed with .gz or .bz2 or not) with an office held from or to a known time.

    `countries` keeps only persons of these states (ISO 3166-1 alpha-3). `summary` takes note of what was taken and what
    not. Raises `InputError` where the file cannot be read.
    """
    people: list[Item] = []
    codes: dict[str, str] = {}
    wanted: set[str] = set()
    for item in _items(path, (f'"{HELD}"'.encode(), f'"{ALPHA_3}"'.encode()), summary):
        code = next((str(v) for s in _valid(item.said.alpha_3) if (v := _value(s.mainsnak)) is not None), None)
        if code is not None and is_code(code):
            codes[item.id] = code
        if item.said.held:
            people.append(item)
            wanted.update(_items_of(item.said.held))
    positions = _positions(path, wanted)
    for item in people:
        person = _person(item, codes, positions, known, summary, countries)
        if person is not None:
            yield person


def _items(path: Path, marks: tuple[bytes, ...], summary: Summary) -> Iterator[Item]:
    decoder = msgspec.json.Decoder(Item)
    with opened(path) as lines:
        for number, line in enumerate(lines, start=1):
            bare = line.strip().rstrip(b",")
            if bare in (b"", b"[", b"]") or (bare.startswith(b"{") and not any(mark in bare for mark in marks)):
                continue
            try:
                yield decoder.decode(bare)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                said, _, at = str(error).partition(" - at `$.")
                summary.fault(number, said, at.rstrip("`") or None)


def _positions(path: Path, wanted: Collection[str]) -> dict[str, Position]:
    decoder = msgspec.json.Decoder(Item)
    positions: dict[str, Position] = {}
    with opened(path) as lines:
        for line in lines:
            found = ID.search(line, 0, 200)
            if found is None or found[1].decode() not in wanted:
                continue
            try:
                item = decoder.decode(line.strip().rstrip(b","))
            except (msgspec.DecodeError, UnicodeDecodeError):
                continue  # its persons' statements are told as of no position in the file
            names = item.names()
            if names:
                country = next(iter([*_items_of(item.said.country), *_items_of(item.said.jurisdiction)]), None)
                positions[item.id] = Position(names[0], country)
    return positions


def _person(
    item: Item, codes: Mapping[str, str], positions: Mapping[str, Position], known: Known, summary: Summary,
    countries: Collection[str],
) -> OwnPerson | None:  # fmt: skip
    states = [codes[i] for i in _items_of(item.said.citizenship) if i in codes]
    names = item.names()
    good = [name for name in names if usable(name)]
    if countries and states and states[0] not in countries:
        summary.skipped[NOT_ASKED] += 1
        return None
    offices = tuple(dict.fromkeys(_offices(item, codes, positions, known, summary)))
    reason = (
        "person without a dated office" if not offices
        else "person without an English name of two words or more" if not good
        else "person without a state of today" if not states
        else None
    )  # fmt: skip
    if reason is not None:
        summary.skipped[reason] += 1
        return None
    summary.skipped["name not in Latin letters or of one word"] += len(names) - len(good)
    summary.persons += 1
    summary.offices += len(offices)
    return OwnPerson(
        name=good[0], names=tuple(good[1:]), country=states[0], offices=offices, source=f"wikidata:{item.id}"
    )


def _offices(
    item: Item, codes: Mapping[str, str], positions: Mapping[str, Position], known: Known, summary: Summary
) -> Iterator[OwnOffice]:
    for statement in _valid(item.said.held):
        position = positions.get(_item_id(statement.mainsnak) or "")
        if position is None:
            summary.skipped["office that is not in the file or has no English name"] += 1
            continue
        starts, ends = statement.times.start, statement.times.end
        start, end = _time(starts), _time(ends)
        if start is None and end is None:
            summary.skipped["office without a date"] += 1
            continue
        if not is_sound(start, end):
            summary.skipped["office with a date that cannot be"] += 1
            continue
        country = codes.get(position.country or "")
        office = office_named(position.name, country, known)
        if office == position.name and title_sector(position.name, known.actors) is None:
            summary.skipped["office of no known kind"] += 1
            continue
        # The holder of today has the preferred rank and no end, or an end that is said not to be.
        today = statement.rank == "preferred" and not ends
        is_open = start is not None and (today or any(s.snaktype == "novalue" for s in ends))
        summary.known_offices += office != position.name
        yield OwnOffice(
            office=office, country=country, start=start or UNKNOWN, end=end or (None if is_open else UNKNOWN),
            sure="medium",
        )  # fmt: skip


def _valid(statements: tuple[Statement, ...]) -> list[Statement]:
    return [s for s in statements if s.rank != "deprecated"]


def _items_of(statements: tuple[Statement, ...]) -> list[str]:
    """The items that statements have as values, the preferred first."""
    ranked = sorted(_valid(statements), key=lambda s: s.rank != "preferred")
    return [i for s in ranked if (i := _item_id(s.mainsnak)) is not None]


def _value(snak: Snak) -> Any:
    return snak.datavalue.get("value") if snak.snaktype == "value" and snak.datavalue is not None else None


def _item_id(snak: Snak) -> str | None:
    value = _value(snak)
    return value.get("id") if isinstance(value, dict) else None


def _time(snaks: tuple[Snak, ...]) -> str | None:
    """The first time among the values as 2024-05-12, 2024-05 or 2024, as exact as it is; None for centuries."""
    for snak in snaks:
        value = _value(snak)
        match = TIME.match(str(value.get("time"))) if isinstance(value, dict) else None
        length = LENGTH.get(value.get("precision", 0)) if isinstance(value, dict) else None
        if match is not None and length is not None:
            return "-".join(match.groups())[:length]
    return None
