"""POLECAT's forty columns, tab-separated with a line of names: event reports out, and files of its kind in.

POLECAT holds facts with a date; what is planned, denied or without a date is left out and counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import BinaryIO, Final

from dragoman.exchange.formats.other import OtherEvent
from dragoman.exchange.formats.parts import Told, country_in, fits, name_of
from dragoman.exchange.formats.tables import (
    TOGETHER,
    Cells,
    Taken,
    Written,
    cleaned,
    events_of,
    line_of,
    several,
    titled_rows,
)
from dragoman.knowledge.cameo import load_cameo
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import CoderInfo, Party, ReportedEvent

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector", "Recipient Sectors",
    "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations",
    "Language", "Version",
)  # fmt: skip
ALSO: Final = {"Event Intensity": "Intensity", "#!Event ID": "Event ID"}
MISSING: Final = "None"
MISSING_WORDS: Final = ("None", "NaN", "nan", "NA")
QUADS: Final = ("VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT")
LANGUAGES: Final = {"en": "English"}


def write_polecat(told: Iterable[Told], stream: BinaryIO) -> Written:
    """One row an event report, after a line of names."""
    written = Written()
    stream.write(line_of(COLUMNS))
    for reported, coder in told:
        if not fits(reported.event, written):
            continue
        row = _row(reported, coder)
        stream.write(line_of((row.get(column) for column in COLUMNS), MISSING))
        written.rows += 1
    return written


def read_polecat(path: Path, taken: Taken) -> Iterator[OtherEvent]:
    """The events of a file, one by one; "Event Intensity" is read too, and columns more than the forty are kept.

    Raises `InputError` with line and column at the first faulty line, or counts it, as `taken` says.
    """
    return events_of(titled_rows(path, COLUMNS, ALSO, MISSING_WORDS), lambda cells: _other(cells, taken), taken)


def _row(reported: ReportedEvent, coder: CoderInfo | None) -> dict[str, object]:
    event, article, place = reported.event, reported.article, reported.event.place
    return {
        "Event ID": event.id,
        "Event Date": event.date and event.date.start,
        "Event Type": event.type,
        "Event Mode": event.mode,
        "Intensity": event.intensity,
        "Quad Code": QUADS[event.quad - 1],
        "Contexts": several(event.contexts),
        **_side("Actor", event.actors),
        **_side("Recipient", event.recipients),
        "Placename": place and place.name,
        "Country": place and place.country,
        "Latitude": place and place.lat,
        "Longitude": place and place.lon,
        "Raw Placename": place and place.text,
        "Source": article.publisher,
        "Publication Date": article.published,
        "Language": LANGUAGES.get(article.language, article.language),
        "Version": coder and f"dragoman {coder.version}",
    }


def _side(which: str, side: Sequence[Party]) -> dict[str, object]:
    """The columns of a side. Names, countries, titles and words stand in the same order, `None` where one has none."""
    if not side:
        return {}
    return {
        f"{which} Name": _aligned(name_of(party) for party in side),
        f"{which} Country": _aligned(party.country for party in side),
        f"Primary {which} Sector": side[0].sector,
        f"{which} Sectors": several(party.sector for party in side),
        f"{which} Title": _aligned(party.office for party in side),
        f"{which} Name Raw": _aligned(party.text for party in side),
    }


def _aligned(values: Iterable[str | None]) -> str | None:
    cells = [cleaned(value or "").replace(";", ",") or MISSING for value in values]
    return None if set(cells) == {MISSING} else TOGETHER.join(cells)


def _other(cells: Cells, taken: Taken) -> OtherEvent:
    written = cells.needed("Event Type")
    type_name = load_cameo().type_named(written)
    if type_name is None:
        taken.unknown[f"event type '{written[:40]}'"] += 1
    modes = cells.several("Event Mode")
    mode = modes[0].lower() if modes else None
    if mode is not None and (type_name is None or mode not in load_ontology().types[type_name].modes):
        taken.unknown[f"mode '{mode[:40]}'"] += 1
        mode = None
    given = _quad(cells)
    return OtherEvent(
        id=cells.needed("Event ID"),
        line=cells.line,
        date=cells.checked_day("Event Date", cells.needed("Event Date")),
        type=type_name,
        mode=mode,
        code=written,
        quad=load_ontology().types[type_name].quad if type_name else given,
        quad_given=given,
        intensity=cells.number("Intensity", -10, 10),
        contexts=cells.several("Contexts"),
        actors=_parties(cells, "Actor", taken),
        recipients=_parties(cells, "Recipient", taken),
        place=cells.text("Placename") or cells.text("City"),
        place_country=country_in(cells.text("Country"), taken),
        lat=cells.number("Latitude", -90, 90),
        lon=cells.number("Longitude", -180, 180),
        publisher=cells.text("Source"),
        published=cells.day("Publication Date"),
        original=dict(cells.values),
    )


def _quad(cells: Cells) -> int | None:
    found = cells.text("Quad Code")
    if found is None:
        return None
    written = found.upper().replace("-", " ")
    if written in ("1", "2", "3", "4"):
        return int(written)
    if written not in QUADS:
        raise cells.fault("Quad Code", f"'{found[:40]}' is none of {', '.join(QUADS)}.")
    return QUADS.index(written) + 1


def _parties(cells: Cells, which: str, taken: Taken) -> tuple[Party, ...]:
    """The parties of a side. One country beside several names is that of all of them."""
    names, raw = _list(cells, f"{which} Name"), _list(cells, f"{which} Name Raw")
    titles = _list(cells, f"{which} Title")
    countries = [country_in(country, taken) for country in _list(cells, f"{which} Country")]
    if len(countries) == 1 and len(names) > 1:
        countries *= len(names)
    raw, titles = (cell if len(cell) == len(names) else [] for cell in (raw, titles))
    made = []
    for place, (name, country, title, text) in enumerate(zip_longest(names, countries, titles, raw)):
        words = text or name or country
        if words and (name or country):
            sector = cells.text(f"Primary {which} Sector") if place == 0 else None
            made.append(Party(text=words, actor=name, country=country, sector=sector, office=title))
    return tuple(made)


def _list(cells: Cells, column: str) -> list[str | None]:
    return [None if value in MISSING_WORDS else value for value in cells.several(column)]
