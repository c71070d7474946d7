"""Incidents as rows for other programs: everything as JSON Lines, one readable row an incident as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import BinaryIO, Final

import msgspec

from dragoman.analysis.incidents.incident import Incident
from dragoman.exchange.export import cell

COLUMNS: Final = (
    "incident_id", "date_start", "date_end", "type", "mode", "quad", "intensity", "standing", "actors",
    "actor_countries", "recipients", "recipient_countries", "symmetric", "place", "place_country", "lat", "lon",
    "reports", "copies", "origins", "confirmed_by", "denied_by", "first_reported", "last_reported", "course",
    "event_ids",
)  # fmt: skip


def write_incidents_jsonl(found: Iterable[Incident], stream: BinaryIO) -> None:
    """One incident a line, with the ids of its events and articles in place of the reports themselves."""
    for incident in found:
        stream.write(msgspec.json.encode(row_of(incident)) + b"\n")


def write_incidents_csv(found: Iterable[Incident], stream: BinaryIO) -> None:
    """One row an incident with the columns of `COLUMNS`; several values are joined by '; '."""
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        sheet = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        sheet.writeheader()
        for incident in found:
            sheet.writerow({name: cell(value) for name, value in _flat(incident).items()})
    finally:
        text.detach()  # flushes, and leaves the stream open to its owner


def row_of(incident: Incident) -> dict[str, object]:
    """The incident in plain values."""
    why = {joined.event: joined.why for joined in incident.joined}
    return {
        "id": incident.id,
        "type": incident.type,
        "mode": incident.mode,
        "type_why": incident.type_why,
        "quad": incident.quad,
        "intensity": incident.intensity,
        "symmetric": incident.symmetric,
        "actors": incident.actors,
        "recipients": incident.recipients,
        "date": incident.date,
        "date_why": incident.date_why,
        "place": incident.place,
        "place_why": incident.place_why,
        "standing": incident.standing,
        "status": incident.status,
        "course": [msgspec.to_builtins(step) for step in incident.course],
        "confirmed_by": incident.confirmed_by,
        "denied_by": incident.denied_by,
        "origins": [msgspec.to_builtins(origin) for origin in incident.origins],
        "copies": incident.copies,
        "first_reported": incident.first_reported,
        "last_reported": incident.last_reported,
        "reports": [{"event": r.event.id, "article": r.article.id, "why": why[r.event.id]} for r in incident.reports],
    }


def _flat(incident: Incident) -> dict[str, object]:
    date, place = incident.date, incident.place
    return {
        "incident_id": incident.id,
        "date_start": date and date.start,
        "date_end": date and date.end,
        "type": incident.type,
        "mode": incident.mode,
        "quad": incident.quad,
        "intensity": incident.intensity,
        "standing": incident.standing,
        "actors": "; ".join(p.actor or p.text for p in incident.actors),
        "actor_countries": "; ".join(dict.fromkeys(p.country for p in incident.actors if p.country)),
        "recipients": "; ".join(p.actor or p.text for p in incident.recipients),
        "recipient_countries": "; ".join(dict.fromkeys(p.country for p in incident.recipients if p.country)),
        "symmetric": "true" if incident.symmetric else "false",
        "place": place and (place.name or place.text),
        "place_country": place and place.country,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "reports": len(incident.reports),
        "copies": incident.copies,
        "origins": "; ".join(origin.name for origin in incident.origins),
        "confirmed_by": "; ".join(incident.confirmed_by),
        "denied_by": "; ".join(incident.denied_by),
        "first_reported": incident.first_reported,
        "last_reported": incident.last_reported,
        "course": "; ".join(f"{step.day or ''} {step.standing}".strip() for step in incident.course),
        "event_ids": "; ".join(report.event.id for report in incident.reports),
    }
