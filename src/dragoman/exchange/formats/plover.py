"""PLOVER JSON Lines: event reports out with the field names of PLOVER's manual and a few of our own, and in again.

PLOVER has no field for how an event stands: as its manual says, that is a context ('future', 'hypothetical',
'negation'); our own `status` says it in the codebook's words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgspec

from dragoman.errors import InputError
from dragoman.exchange.formats.other import OtherEvent
from dragoman.exchange.formats.parts import DATELESS, Told
from dragoman.exchange.formats.tables import Cells, Taken, Written, events_of, lines_of
from dragoman.knowledge.cameo import load_cameo
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import CoderInfo, Party, Place, ReportedEvent

CODEBOOK: Final = "plover-0.8"
STANDS: Final[Mapping[str, str]] = {"planned": "future", "hypothetical": "hypothetical", "denied": "negation"}
"""PLOVER's contexts that say how an event stands; 'habitual' has none."""
OLDER: Final[Mapping[str, str]] = {
    "source": "actor", "target": "recipient", "eventText": "event_text", "eventLoc": "event_loc",
    "quadCode": "quad_code", "eventScale": "event_scale", "citeInfo": "cite_info", "textInfo": "text_info",
    "dateCoded": "coded_date", "timeCoded": "coded_time",
}  # fmt: skip
OLDER_OF_PARTY: Final[Mapping[str, str]] = {"actorText": "actor_text", "identiferText": "identifier_text"}


def write_plover(told: Iterable[Told], stream: BinaryIO) -> Written:
    """One event report a line; one without a date is left out, since PLOVER wants one."""
    written = Written()
    for reported, coder in told:
        if reported.event.date is None:
            written.left_out[DATELESS] += 1
            continue
        stream.write(msgspec.json.encode(_row(reported, coder)) + b"\n")
        written.rows += 1
    return written


def read_plover(path: Path, taken: Taken) -> Iterator[OtherEvent]:
    """The events of a file, one by one; field names of older drafts are read too.

    Raises `InputError` with line and field at the first faulty line, or counts it, as `taken` says.
    """
    return events_of(_rows(path), lambda cells: _other(cells, taken), taken)


def _row(reported: ReportedEvent, coder: CoderInfo | None) -> dict[str, object]:
    event, article = reported.event, reported.article
    assert event.date is not None
    row: dict[str, object] = {
        "id": event.id,
        "has_event": True,
        "date": event.date.start,
        "enddate": event.date.end if event.date.end != event.date.start else None,
        "actor": [_party(party) for party in event.actors],
        "recipient": [_party(party) for party in event.recipients],
        "event": [event.type],
        "event_loc": _place(event.place),
        "event_text": [event.evidence.text],
        "quad_code": event.quad,
        "event_scale": event.intensity,
        "mode": [event.mode] if event.mode else None,
        "context": [*event.contexts, *([STANDS[event.status]] if event.status in STANDS else [])],
        "text_info": {"sequence": event.sentence, "start": event.evidence.start, "end": event.evidence.end},
        "cite_info": {
            "citation": article.id, "url": article.url, "title": article.title, "language": article.language,
            "publication": article.publisher, "published": article.published,
            "coder": coder and f"dragoman {coder.version}, {coder.model}", "codebook": CODEBOOK,
        },
        "coder": "dragoman",
        "status": event.status,
        "symmetric": event.symmetric,
        "date_basis": event.date.basis,
        "date_granularity": event.date.granularity,
        "date_text": event.date.expression,
        "said_by": list(event.chain),
        "confidence": event.confidence,
    }  # fmt: skip
    return _filled(row)


def _party(party: Party) -> dict[str, object]:
    return _filled(
        {
            "code": party.country,
            "sector": party.sector,
            "actor_text": party.text,
            "identifier_id": party.actor_id,
            "identifier_text": party.actor,
            "office": party.office,
        }
    )


def _place(place: Place | None) -> dict[str, object] | None:
    if place is None:
        return None
    return _filled(
        {
            "name": place.name or place.text,
            "text": place.text,
            "latitude": place.lat,
            "longitude": place.lon,
            "cc3": place.country,
        }
    )


def _filled(row: dict[str, Any]) -> dict[str, object]:
    """The fields that say something; PLOVER leaves unknown ones out."""
    kept = {name: _filled(value) if isinstance(value, dict) else value for name, value in row.items()}
    return {name: value for name, value in kept.items() if value is not None and value not in ([], {})}


def _rows(path: Path) -> Iterator[Cells | InputError]:
    for number, line in lines_of(path):
        try:
            row = msgspec.json.decode(line, type=dict[str, Any])
        except msgspec.DecodeError as error:
            yield InputError(f"not a JSON object: {error}.", source=str(path), line=number)
        else:
            yield Cells(str(path), number, {OLDER.get(name, name): value for name, value in row.items()})


def _other(cells: Cells, taken: Taken) -> OtherEvent:
    """`Cells` here hold JSON values, so that complaints read the same."""
    row: Mapping[str, Any] = cells.values
    types = _texts(cells, "event")
    if not types:
        raise cells.fault("event", "is missing.")
    type_name = load_cameo().type_named(types[0])
    if type_name is None:
        taken.unknown[f"event type '{types[0][:40]}'"] += 1
    modes = _texts(cells, "mode")
    mode = modes[0] if modes and type_name and modes[0] in load_ontology().types[type_name].modes else None
    cite, place = _object(cells, "cite_info"), _object(cells, "event_loc")
    given = _quad(cells)
    return OtherEvent(
        id=_id(cells),
        line=cells.line,
        date=cells.checked_day("date", str(row.get("date") or "")),
        end=cells.checked_day("enddate", str(row["enddate"])) if row.get("enddate") else None,
        type=type_name,
        mode=mode,
        code=types[0],
        quad=load_ontology().types[type_name].quad if type_name else given,
        quad_given=given,
        intensity=_number(cells, row, "event_scale"),
        contexts=_texts(cells, "context"),
        actors=_parties(cells, "actor"),
        recipients=_parties(cells, "recipient"),
        place=_text(place.get("name")),
        place_country=_text(place.get("cc3")),
        lat=_number(cells, place, "latitude"),
        lon=_number(cells, place, "longitude"),
        publisher=_text(cite.get("publication") or row.get("publication")),
        published=_text(cite.get("published")),
        url=_text(cite.get("url")),
        original={name: msgspec.json.encode(value).decode() for name, value in row.items()},
    )


def _id(cells: Cells) -> str:
    found: Any = cells.values.get("id")
    if not isinstance(found, str | int) or found == "":
        raise cells.fault("id", "is missing.")
    return str(found)


def _quad(cells: Cells) -> int | None:
    found = _number(cells, cells.values, "quad_code")
    if found is not None and found not in (1, 2, 3, 4):
        raise cells.fault("quad_code", f"{found:g} is not 1, 2, 3 or 4.")
    return None if found is None else int(found)


def _parties(cells: Cells, field: str) -> tuple[Party, ...]:
    found: Any = cells.values.get(field) or []
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        raise cells.fault(field, "is no list of objects.")
    made = []
    for each in found:
        named = {OLDER_OF_PARTY.get(name, name): value for name, value in each.items()}
        sector = named.get("sector")
        name = _text(named.get("identifier_text"))
        text = _text(named.get("actor_text")) or name or _text(named.get("code"))
        made.append(
            Party(
                text=text or "",
                actor=name,
                actor_id=_text(named.get("identifier_id")),
                country=_text(named.get("code")),
                sector=_text(sector[0] if isinstance(sector, list) and sector else sector),
                office=_text(named.get("office")),
            )
        )
    return tuple(made)


def _object(cells: Cells, field: str) -> Mapping[str, Any]:
    found: Any = cells.values.get(field) or {}
    if not isinstance(found, dict):
        raise cells.fault(field, "is no object.")
    return found


def _texts(cells: Cells, field: str) -> tuple[str, ...]:
    found: Any = cells.values.get(field) or []
    found = [found] if isinstance(found, str) else found
    if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
        raise cells.fault(field, "is no list of texts.")
    return tuple(found)


def _text(found: object) -> str | None:
    return found if isinstance(found, str) and found else None


def _number(cells: Cells, where: Mapping[str, Any], field: str) -> float | None:
    found = where.get(field)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise cells.fault(field, "is no number.")
    return float(found)
