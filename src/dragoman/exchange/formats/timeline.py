"""The timeline sheet of think tanks, as CSV: incidents out, in its eleven columns with ours after them, and in.

A cell that a spreadsheet would run as a formula gets an apostrophe before it, and so does one that already begins with
apostrophes and then so, so that taking one away gives the text back.
"""

from __future__ import annotations

import csv
import datetime
import functools
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

import msgspec

from dragoman.analysis.incidents import Incident
from dragoman.briefing.cards import safe_url
from dragoman.briefing.wording import clause, date_words, event_words, one_line
from dragoman.errors import InputError
from dragoman.exchange.formats.parts import name_of
from dragoman.exchange.formats.tables import TOGETHER, Written
from dragoman.knowledge.files import KNOWLEDGE, check_known, make_entry, read_yaml
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import EventDate, Party

SHEET: Final = (
    "Year", "Month", "Day", "Display Date", "Headline", "Text", "Media", "Media Credit", "Media Caption", "Group",
    "Background",
)  # fmt: skip
OWN: Final = (
    "End", "Type", "Mode", "Quad", "Score", "Standing", "Actors", "Actor Countries", "Recipients",
    "Recipient Countries", "Place", "Latitude", "Longitude", "Reports", "Sources", "Incident",
)  # fmt: skip
COLUMNS: Final = (*SHEET, *OWN)
STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
NUMBERS: Final = ("Year", "Month", "Day", "Quad", "Score", "Latitude", "Longitude", "Reports")
"""Columns that hold numbers only, which no spreadsheet runs."""


class Groups(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """timeline.yaml: the group of a context, and of a type."""

    contexts: Mapping[str, str]
    types: Mapping[str, str]


def write_timeline(found: Iterable[Incident], stream: BinaryIO) -> Written:
    """A row an incident. Month and Day stay empty where only a year or a month is known; undated ones are left out."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="")
    written = Written()
    try:
        sheet = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        sheet.writeheader()
        for incident in found:
            if incident.date is None:
                written.left_out["without a date"] += 1
                continue
            row = _row(incident, incident.date)
            sheet.writerow({n: v if n in NUMBERS else guarded(str(v or "")) for n, v in row.items()})
            written.rows += 1
    finally:
        text.detach()  # flushes, and leaves the stream open to its owner
    return written


def read_timeline(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a sheet by the names of its columns, guards taken away; any other columns are kept.

    Raises `InputError` where one of the eleven columns is missing, a row is longer than the first, or a number is none.
    """
    for line, row in rows_of(path):
        if isinstance(row, InputError):
            raise row
        yield _checked(row, str(path), line)


def rows_of(path: Path) -> Iterator[tuple[int, dict[str, str] | InputError]]:
    """The rows of a sheet with their lines, guards taken away, or what is wrong with the row's number of cells.

    Raises `InputError` where one of the eleven columns is missing or the file is no CSV.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            sheet = csv.DictReader(lines, strict=True)
            missing = [name for name in SHEET if name not in (sheet.fieldnames or ())]
            if missing:
                raise InputError(f"has no column '{missing[0]}'.", source=str(path), line=1)
            for row in sheet:
                line = sheet.line_num
                if None in row:
                    yield line, InputError("has more cells than the first line.", source=str(path), line=line)
                else:
                    yield line, {name: unguarded(value or "") for name, value in row.items()}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"cannot be read as CSV ({error}).", source=str(path)) from error


def guarded(text: str) -> str:
    """A text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.lstrip("'").startswith(STARTS) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(STARTS) else text


def group_of(incident: Incident) -> str | None:
    """Military, Intelligence, Diplomatic, Economic or Technology; None where neither contexts nor type tell."""
    groups = _groups()
    contexts = (context for report in incident.reports for context in report.event.contexts)
    by_context = next((groups.contexts[context] for context in contexts if context in groups.contexts), None)
    return by_context or groups.types.get(incident.type)


def _row(incident: Incident, date: EventDate) -> dict[str, object]:
    start = datetime.date.fromisoformat(date.start)
    place, article = incident.place, incident.lead.article
    outlets = dict.fromkeys(one_line(r.article.publisher) for r in incident.reports if r.article.publisher)
    return {
        "Year": start.year,
        "Month": start.month if date.granularity != "year" else "",
        "Day": start.day if date.granularity == "day" else "",
        "Display Date": date_words(date),
        "Headline": event_words(incident),
        "Text": f"“{clause(incident.event)}” ({one_line(article.publisher or 'publisher not known')})",
        "Group": group_of(incident),
        "Background": safe_url(article.url),
        "End": date.end,
        "Type": incident.type,
        "Mode": incident.mode,
        "Quad": incident.quad,
        "Score": incident.intensity,
        "Standing": incident.standing,
        "Actors": _names(incident.actors),
        "Actor Countries": _countries(incident.actors),
        "Recipients": _names(incident.recipients),
        "Recipient Countries": _countries(incident.recipients),
        "Place": place and (place.name or place.text),
        "Latitude": place.lat if place is not None else None,
        "Longitude": place.lon if place is not None else None,
        "Reports": len(incident.reports),
        "Sources": TOGETHER.join(outlets),
        "Incident": incident.id,
    }


def _names(side: Iterable[Party]) -> str:
    return TOGETHER.join(dict.fromkeys(one_line(name_of(party)) for party in side))


def _countries(side: Iterable[Party]) -> str:
    return TOGETHER.join(dict.fromkeys(party.country for party in side if party.country))


def _checked(row: dict[str, str], source: str, line: int) -> dict[str, str]:
    for name, low, high in (("Year", -9999, 9999), ("Month", 1, 12), ("Day", 1, 31)):
        cell = row[name].strip()
        if cell and not (cell.lstrip("-").isdecimal() and low <= int(cell) <= high):
            raise InputError(f"'{cell[:40]}' is no {name.lower()}.", source=source, line=line, field=name)
    return row


@functools.cache
def _groups() -> Groups:
    path = KNOWLEDGE / "timeline.yaml"
    groups = make_entry(path, "the file", read_yaml(path), Groups)
    for context in groups.contexts:
        check_known(path, context, context, load_ontology().contexts, "context")
    for name in groups.types:
        check_known(path, name, name, load_ontology().types, "type")
    return groups
