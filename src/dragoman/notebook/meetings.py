"""Meetings, calls and letters of a tie as an analyst gets them: a sequence, a table, a list in a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import Any, ClassVar, Final, get_args

import pyarrow as pa

from dragoman.analysis.meetings_log import Encounter, Kind
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import party_words
from dragoman.notebook.incidents import day
from dragoman.notebook.rows import Rows
from dragoman.record.frames import Categories

_NAMES: Final = pa.list_(pa.string())
COLUMNS: Final = pa.schema(
    [
        ("kind", pa.string()),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("place", pa.string()),
        ("one", _NAMES),
        ("other", _NAMES),
        ("host", pa.string()),
        ("sender", pa.string()),
        ("incident_id", pa.string()),
    ]
)
"""One row a contact: who took part of each side, for a visit whose country it was in, for a letter who sent it."""


class Meetings(Rows[Encounter]):
    """What two sides had to do with each other in person, by telephone and in writing, in order of time."""

    own_categories: ClassVar[Categories] = MappingProxyType({"kind": get_args(Kind)})

    def __init__(self, found: Iterable[Encounter], one: Subject, other: Subject) -> None:
        super().__init__(found)
        self.one = one
        self.other = other

    def arrow(self) -> pa.Table:
        """One row a contact with the columns of `COLUMNS`."""
        return pa.Table.from_pylist([self._row(each) for each in self], schema=COLUMNS)

    def _repr_html_(self) -> str:
        from dragoman.notebook.html import meetings_html

        return meetings_html(self)

    def _row(self, each: Encounter) -> dict[str, Any]:
        names, date, place = {"one": self.one.name, "other": self.other.name}, each.what.date, each.what.place
        return {
            "kind": each.kind,
            "date_start": None if date is None else day(date.start),
            "date_end": None if date is None else day(date.end),
            "place": None if place is None else place.name or place.text,
            "one": [party_words(p) for p in each.one],
            "other": [party_words(p) for p in each.other],
            "host": names[each.host] if each.host else None,
            "sender": names[each.sender] if each.sender else None,
            "incident_id": each.what.id,
        }
