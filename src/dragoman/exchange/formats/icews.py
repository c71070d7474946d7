"""ICEWS's twenty columns, tab-separated with a line of names: event reports out, and ICEWS's own files in.

A row holds one source and one target, so a report with several is written as a row for each pair. Countries are names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from dragoman.exchange.formats.other import OtherEvent
from dragoman.exchange.formats.parts import Told, act_in, country_in, fits, name_of, number_of, pairs, state_name
from dragoman.exchange.formats.tables import Cells, Taken, Written, events_of, line_of, titled_rows
from dragoman.knowledge.cameo import load_cameo
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import Party, ReportedEvent

COLUMNS: Final = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher",
    "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
MISSING_WORDS: Final = ("NULL", "null")


def write_icews(told: Iterable[Told], stream: BinaryIO) -> Written:
    """A row for each actor with each recipient of a report, after a line of names."""
    written = Written()
    stream.write(line_of(COLUMNS))
    for reported, _coder in told:
        if not fits(reported.event, written):
            continue
        for place, (actor, recipient) in enumerate(pairs(reported.event.actors, reported.event.recipients)):
            row = _row(reported, place, actor, recipient)
            stream.write(line_of(row.get(column) for column in COLUMNS))
            written.rows += 1
    return written


def read_icews(path: Path, taken: Taken) -> Iterator[OtherEvent]:
    """The events of a file, one by one.

    Raises `InputError` with line and column at the first faulty line, or counts it, as `taken` says.
    """
    return events_of(titled_rows(path, COLUMNS, {}, MISSING_WORDS), lambda cells: _other(cells, taken), taken)


def _row(reported: ReportedEvent, place: int, actor: Party | None, recipient: Party | None) -> dict[str, object]:
    event, article, where = reported.event, reported.article, reported.event.place
    return {
        "Event ID": number_of(article.id, event.id, str(place)),
        "Event Date": event.date and event.date.start,
        **_side("Source", actor),
        "Event Text": f"{event.type}, {event.mode}" if event.mode else event.type,
        "CAMEO Code": load_cameo().code(event.type, event.mode),
        "Intensity": event.intensity,
        **_side("Target", recipient),
        "Story ID": number_of(article.id),
        "Sentence Number": event.sentence + 1,
        "Publisher": article.publisher,
        "City": where and where.name,
        "Country": state_name(where.country) if where is not None else None,
        "Latitude": where and where.lat,
        "Longitude": where and where.lon,
    }


def _side(which: str, party: Party | None) -> dict[str, object]:
    if party is None:
        return {}
    sector = load_ontology().sectors.get(party.sector or "")
    return {
        f"{which} Name": name_of(party),
        f"{which} Sectors": sector,
        f"{which} Country": state_name(party.country),
    }


def _other(cells: Cells, taken: Taken) -> OtherEvent:
    code = cells.needed("CAMEO Code")
    type_name, mode = act_in(cells, "CAMEO Code")
    quad = load_cameo().quad(code)
    return OtherEvent(
        id=cells.needed("Event ID"),
        line=cells.line,
        date=cells.checked_day("Event Date", cells.needed("Event Date")),
        type=type_name,
        mode=mode,
        code=code,
        quad=load_ontology().types[type_name].quad if type_name else quad,
        quad_given=None,
        intensity=cells.number("Intensity", -10, 10),
        actors=_parties(cells, "Source", taken),
        recipients=_parties(cells, "Target", taken),
        place=cells.text("City") or cells.text("District") or cells.text("Province"),
        place_country=country_in(cells.text("Country"), taken),
        lat=cells.number("Latitude", -90, 90),
        lon=cells.number("Longitude", -180, 180),
        publisher=cells.text("Publisher"),
        original=dict(cells.values),
    )


def _parties(cells: Cells, which: str, taken: Taken) -> tuple[Party, ...]:
    name, country = cells.text(f"{which} Name"), cells.text(f"{which} Country")
    text = name or country
    if text is None:
        return ()
    by_words = {words: sector for sector, words in load_ontology().sectors.items()}
    sector = by_words.get(cells.text(f"{which} Sectors") or "")
    return (Party(text=text, actor=name, country=country_in(country, taken), sector=sector),)
