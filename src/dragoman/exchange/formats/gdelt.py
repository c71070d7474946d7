"""GDELT's 61 columns of events, tab-separated without a line of names: incidents out, and GDELT's own files in.

A row holds one actor and one recipient, so an incident of several is written as a row for each pair. Codes are texts.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from dragoman.analysis.incidents import Incident
from dragoman.exchange.formats.other import OtherEvent
from dragoman.exchange.formats.parts import act_in, fips, fits, from_fips, name_of, number_of, pairs
from dragoman.exchange.formats.tables import Cells, Taken, Written, events_of, line_of, plain_rows
from dragoman.knowledge.cameo import load_cameo
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import Party, Place

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS: Final = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor{side}{name}" for side in "12" for name in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{which}Geo_{name}" for which in ("Actor1", "Actor2", "Action") for name in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
COLUMNS_1: Final = tuple(name for name in COLUMNS if not name.endswith("_ADM2Code"))
"""GDELT 1.0 has 58."""
COUNTRY: Final = "1"
CITY: Final = "4"
"""GDELT's types of a place: a country, a place outside the United States."""
_DAY: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")


def write_gdelt(found: Iterable[Incident], stream: BinaryIO) -> Written:
    """A row for each actor with each recipient; incidents without a date, or not told as facts, are left out."""
    written = Written()
    for incident in found:
        if not fits(incident, written):
            continue
        for place, (actor, recipient) in enumerate(pairs(incident.actors, incident.recipients)):
            row = _row(incident, place, actor, recipient)
            stream.write(line_of(row.get(column) for column in COLUMNS))
            written.rows += 1
    return written


def read_gdelt(path: Path, taken: Taken) -> Iterator[OtherEvent]:
    """The events of a file, one by one; GDELT 1.0 with its 58 columns is read too.

    Raises `InputError` with line and column at the first faulty line, or counts it, as `taken` says.
    """
    rows = plain_rows(path, {len(COLUMNS): COLUMNS, len(COLUMNS_1): COLUMNS_1})
    return events_of(rows, lambda cells: _other(cells, taken), taken)


def global_id(incident: str, place: int) -> int:
    """The number that GDELT wants for an id: the row of an incident with this place among its pairs."""
    return number_of(incident, str(place))


def compact(day: str) -> str:
    """An ISO day as GDELT writes it."""
    return day.replace("-", "")


def _row(incident: Incident, place: int, actor: Party | None, recipient: Party | None) -> dict[str, object]:
    assert incident.date is not None
    day = datetime.date.fromisoformat(incident.date.start)
    code = load_cameo().code(incident.type, incident.mode)
    articles = {report.article.id for report in incident.reports}
    outlets = {report.article.publisher for report in incident.reports if report.article.publisher}
    added = incident.first_reported
    return {
        "GLOBALEVENTID": global_id(incident.id, place),
        "SQLDATE": compact(incident.date.start),
        "MonthYear": f"{day.year:04}{day.month:02}",
        "Year": f"{day.year:04}",
        "FractionDate": f"{day.year + min(((day.month - 1) * 30 + day.day) / 365, 0.9999):.4f}",
        **_actor("Actor1", actor),
        **_actor("Actor2", recipient),
        "IsRootEvent": int(incident.event.sentence == 0),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": incident.quad,
        "GoldsteinScale": incident.intensity,
        "NumMentions": len(incident.reports),
        "NumSources": len(outlets),
        "NumArticles": len(articles),
        **_geo("Action", incident.place),
        "DATEADDED": f"{compact(added)}000000" if added is not None else None,
        "SOURCEURL": incident.lead.article.url,
    }


def _actor(which: str, party: Party | None) -> dict[str, object]:
    if party is None:
        return {}
    kind = load_cameo().actor_type(party.sector)
    return {
        f"{which}Code": f"{party.country or ''}{kind or ''}",
        f"{which}Name": name_of(party).upper(),
        f"{which}CountryCode": party.country,
        f"{which}Type1Code": kind,
    }


def _geo(which: str, place: Place | None) -> dict[str, object]:
    if place is None:
        return {}
    return {
        f"{which}Geo_Type": CITY if place.lat is not None else COUNTRY if place.country is not None else None,
        f"{which}Geo_FullName": place.name or place.text,
        f"{which}Geo_CountryCode": fips(place.country),
        f"{which}Geo_Lat": place.lat,
        f"{which}Geo_Long": place.lon,
    }


def _other(cells: Cells, taken: Taken) -> OtherEvent:
    code = cells.needed("EventCode")
    type_name, mode = act_in(cells, "EventCode")
    given = cells.integer("QuadClass", 1, 4)
    place = cells.text("ActionGeo_CountryCode")
    return OtherEvent(
        id=cells.needed("GLOBALEVENTID"),
        line=cells.line,
        date=_day(cells, "SQLDATE"),
        type=type_name,
        mode=mode,
        code=code,
        quad=load_ontology().types[type_name].quad if type_name else given,
        quad_given=given,
        intensity=cells.number("GoldsteinScale", -10, 10),
        actors=_parties(cells, "Actor1", taken),
        recipients=_parties(cells, "Actor2", taken),
        place=cells.text("ActionGeo_FullName"),
        place_country=from_fips(place) if place is not None else None,
        lat=cells.number("ActionGeo_Lat", -90, 90),
        lon=cells.number("ActionGeo_Long", -180, 180),
        url=cells.text("SOURCEURL"),
        original=dict(cells.values),
    )


def _day(cells: Cells, column: str) -> str:
    found = cells.needed(column)
    matched = _DAY.fullmatch(found)
    if matched is None:
        raise cells.fault(column, f"'{found[:40]}' is no day like 20240603.")
    return cells.checked_day(column, "-".join(matched.groups()))


def _parties(cells: Cells, which: str, taken: Taken) -> tuple[Party, ...]:
    name, written = cells.text(f"{which}Name"), cells.text(f"{which}CountryCode")
    country = load_cameo().country(written) if written is not None else None
    if written is not None and country is None and not load_cameo().is_region(written):
        taken.unknown[f"country '{written[:40]}'"] += 1
    kind = cells.text(f"{which}Type1Code")
    text = name or written or cells.text(f"{which}Code")
    if text is None:
        return ()
    sector = load_cameo().sector(kind) if kind is not None else None
    return (Party(text=text, actor=name, country=country, sector=sector),)
