"""A timeline sheet as another dataset: rows of `timeline` in, events beside the record out, to compare with.

Ours name type and sides. One that is kept by hand tells a day and a headline; its tie is what the user says it is, and
its events have no type. Apart from `timeline`, which knows the sheet itself.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Final

from dragoman.briefing.cards import safe_url
from dragoman.errors import InputError
from dragoman.exchange.formats.other import OtherEvent
from dragoman.exchange.formats.tables import Cells, Taken, events_of
from dragoman.exchange.formats.timeline import rows_of
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import Party

FACTS: Final = ("took place", "goes on", "contested")
"""How an incident of ours stands that some report tells as a fact."""
MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""How names of months begin, in English whatever the locale."""


def read_sheet(path: Path, taken: Taken) -> Iterator[OtherEvent]:
    """The events of a sheet, with the sides of `taken.between` where a row names none.

    A row without a day has no date, and what is planned, denied or possible is left out; both are counted. Raises
    `InputError` with line and column where a row is faulty and `taken` does not leave such rows out.
    """
    return events_of(_told_as_facts(path, taken), lambda cells: _event(cells, taken), taken)


def _told_as_facts(path: Path, taken: Taken) -> Iterator[Cells | InputError]:
    for line, row in rows_of(path):
        if isinstance(row, InputError):
            yield row
            continue
        given = {name: value.strip() for name, value in row.items() if value.strip()}
        standing = given.get("Standing", FACTS[0])
        if standing in FACTS:
            yield Cells(source=str(path), line=line, values=given)
        else:
            taken.unknown[f"Standing '{standing}', which tells no fact: left out"] += 1


def _event(cells: Cells, taken: Taken) -> OtherEvent:
    kind = cells.text("Type")
    known = load_ontology().types.get(kind) if kind is not None else None
    if kind is not None and known is None:
        raise cells.fault("Type", f"'{kind[:40]}' is no type of PLOVER.")
    date = _date(cells, taken)
    end = cells.day("End") if date is not None and cells.text("End") else date
    if date is not None and end is not None and end < date:
        raise cells.fault("End", f"{end} lies before {date}.")
    one, other = taken.between or ((), ())
    return OtherEvent(
        id=cells.text("Incident") or str(cells.line),
        line=cells.line,
        date=date,
        end=end,
        type=kind,
        mode=cells.text("Mode"),
        code=kind,
        quad=known.quad if known is not None else None,
        intensity=cells.number("Score", -10, 10),
        actors=_side(cells, "Actors", "Actor Countries") or one,
        recipients=_side(cells, "Recipients", "Recipient Countries") or other,
        place=cells.text("Place"),
        lat=cells.number("Latitude", -90, 90),
        lon=cells.number("Longitude", -180, 180),
        publisher=cells.text("Sources") or cells.text("Media Credit"),
        url=safe_url(cells.text("Background")),
        original=dict(cells.values),
    )


def _date(cells: Cells, taken: Taken) -> str | None:
    """The day of a row; a month may be written as its number or name."""
    year, month, day = cells.integer("Year", 1, 9999), _month(cells), cells.integer("Day", 1, 31)
    if year is None or month is None or day is None:
        taken.unknown["a row without a day: it has no date"] += 1
        return None
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        raise cells.fault("Day", f"there is no {year}-{month:02}-{day:02}.") from None


def _month(cells: Cells) -> int | None:
    word = (cells.text("Month") or "")[:3].lower()
    return MONTHS.index(word) + 1 if word in MONTHS else cells.integer("Month", 1, 12)


def _side(cells: Cells, names: str, countries: str) -> tuple[Party, ...]:
    """The parties of a side; countries go to names in order where there is one for each, else stand beside them."""
    named, codes = cells.several(names), cells.several(countries)
    if len(named) == len(codes) or not named:
        return tuple(
            Party(text=name or code or "", actor=name, country=code) for name, code in zip_longest(named, codes)
        )
    return (*(Party(text=name, actor=name) for name in named), *(Party(text=c, country=c) for c in codes))
