"""Events out of Dragoman: CSV with one readable row an event, JSON Lines and Parquet with everything.

Takes events with their articles, from the record or from anywhere else; writes to a file or a binary stream.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.errors import UsageError
from dragoman.model import CoderInfo, Party, ReportedEvent
from dragoman.record import EventSelection, Record
from dragoman.record.schema import REPORTED, Row, reported_value

CSV_COLUMNS: Final = (
    "event_id", "date_start", "date_end", "date_basis", "date_expression",
    "type", "mode", "quad", "intensity", "status",
    "actors", "actor_countries", "recipients", "recipient_countries", "symmetric",
    "place", "place_country", "lat", "lon", "said_by", "evidence",
    "article_id", "title", "publisher", "published", "url", "confidence", "coder_version",
)  # fmt: skip

_ROWS_AT_ONCE: Final = 5000
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")

_Told = tuple[ReportedEvent, CoderInfo | None]


def export_events(events: Record | EventSelection | Iterable[ReportedEvent], format: str, out: Path | BinaryIO) -> int:
    """Write events as 'csv', 'jsonl' or 'parquet' and return how many there were.

    The coder's version is written where it is known, which is for events that come from a record. JSON Lines has one
    `ReportedEvent` a line; Parquet has it as the nested columns of `record.schema.REPORTED`. Raises `UsageError` for an
    unknown format or a file that cannot be written.
    """
    if format not in _WRITERS:
        raise UsageError(f"There is no export format '{format}'. There are: {', '.join(_WRITERS)}.")
    with _opened(out) as stream:
        return _WRITERS[format](_told(events), stream)


def _told(events: Record | EventSelection | Iterable[ReportedEvent]) -> Iterator[_Told]:
    if isinstance(events, Record):
        events = events.events()
    if isinstance(events, EventSelection):
        yield from events.with_coders()
    else:
        yield from ((event, None) for event in events)


@contextmanager
def _opened(out: Path | BinaryIO) -> Iterator[BinaryIO]:
    if not isinstance(out, Path):
        yield out
        return
    try:
        with out.open("wb") as stream:
            yield stream
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror or error}). Give another file.") from error


def _write_csv(told: Iterable[_Told], stream: BinaryIO) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        sheet = csv.DictWriter(text, CSV_COLUMNS, lineterminator="\n")
        sheet.writeheader()
        count = 0
        for reported, coder in told:
            count += 1
            sheet.writerow({name: cell(value) for name, value in _flat(reported, coder).items()})
    finally:
        text.detach()  # flushes, and leaves the stream open to its owner
    return count


def _flat(reported: ReportedEvent, coder: CoderInfo | None) -> Row:
    """One event as a flat row with the columns of `CSV_COLUMNS`."""
    event, article, date, place = reported.event, reported.article, reported.event.date, reported.event.place
    return {
        "event_id": event.id,
        "date_start": date and date.start,
        "date_end": date and date.end,
        "date_basis": date and date.basis,
        "date_expression": date and date.expression,
        "type": event.type,
        "mode": event.mode,
        "quad": event.quad,
        "intensity": event.intensity,
        "status": event.status,
        "actors": _names(event.actors),
        "actor_countries": _countries(event.actors),
        "recipients": _names(event.recipients),
        "recipient_countries": _countries(event.recipients),
        "symmetric": "true" if event.symmetric else "false",
        "place": place and (place.name or place.text),
        "place_country": place and place.country,
        "lat": place and place.lat,
        "lon": place and place.lon,
        "said_by": " > ".join(event.chain),
        "evidence": event.evidence.text,
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published,
        "url": article.url,
        "confidence": event.confidence,
        "coder_version": coder and coder.version,
    }


def _names(side: tuple[Party, ...]) -> str:
    return "; ".join(party.actor or party.text for party in side)


def _countries(side: tuple[Party, ...]) -> str:
    return "; ".join(dict.fromkeys(party.country for party in side if party.country is not None))


def cell(value: object) -> object:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value


def _write_jsonl(told: Iterable[_Told], stream: BinaryIO) -> int:
    count = 0
    for reported, _coder in told:
        count += 1
        stream.write(msgspec.json.encode(reported) + b"\n")
    return count


def _write_parquet(told: Iterable[_Told], stream: BinaryIO) -> int:
    rows = map(_nested, told)
    count = 0
    with pq.ParquetWriter(stream, REPORTED) as writer:
        while some := list(islice(rows, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist(some, schema=REPORTED))
            count += len(some)
    return count


def _nested(told: _Told) -> Row:
    reported, coder = told
    return {**reported_value(reported), "coder_version": coder and coder.version}


_WRITERS: Final[Mapping[str, Callable[[Iterable[_Told], BinaryIO], int]]] = {
    "csv": _write_csv,
    "jsonl": _write_jsonl,
    "parquet": _write_parquet,
}
