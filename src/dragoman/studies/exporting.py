"""A study's events in a file: CSV with one readable row an event, JSON Lines and Parquet with everything."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import BinaryIO, Final

import pyarrow.parquet as pq

from dragoman.errors import UsageError
from dragoman.exchange.export import cell, export_events
from dragoman.record.schema import Row
from dragoman.studies.selection import StudySelection

CSV_COLUMNS: Final = (
    "study", "event_id", "type", "quad", "score", "confidence", "status", "date_start", "date_end",
    "actors", "actor_countries", "recipients", "recipient_countries", "place", "said_by", "evidence",
    "plover_type", "plover_event", "article_id", "title", "publisher", "published", "url",
)  # fmt: skip


def export_study(found: StudySelection, format: str, out: Path | BinaryIO) -> int:
    """Write a study's events as 'csv', 'jsonl' or 'parquet' and return how many there were.

    Parquet has the columns of `selection.COLUMNS`. Raises `UsageError` for a file that cannot be written.
    """
    if format == "jsonl":
        return export_events(found, format, out)
    if isinstance(out, Path):
        try:
            with out.open("wb") as stream:
                return export_study(found, format, stream)
        except OSError as error:
            raise UsageError(f"{out} cannot be written ({error.strerror or error}). Give another file.") from error
    table = found.arrow()
    if format == "parquet":
        pq.write_table(table, out)
    else:
        _write_csv(table.to_pylist(), out)
    return int(table.num_rows)


def _write_csv(rows: list[Row], stream: BinaryIO) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        sheet = csv.DictWriter(text, CSV_COLUMNS, lineterminator="\n")
        sheet.writeheader()
        for row in rows:
            sheet.writerow({name: cell(value) for name, value in _flat(row).items()})
    finally:
        text.detach()  # flushes, and leaves the stream open to its owner


def _flat(row: Row) -> Row:
    made: Row = {name: row.get(name) for name in CSV_COLUMNS}
    place = row["place"]
    return made | {
        "score": row["intensity"],
        "date_start": row["event_start"],
        "date_end": row["event_end"],
        "actors": _joined(row["actors"], "actor", "text"),
        "actor_countries": _joined(row["actors"], "country"),
        "recipients": _joined(row["recipients"], "actor", "text"),
        "recipient_countries": _joined(row["recipients"], "country"),
        "place": None if place is None else place["name"] or place["text"],
        "said_by": " > ".join(row["chain"] or ()),
        "evidence": row["evidence"]["text"],
    }


def _joined(side: list[Row] | None, *names: str) -> str:
    told = (next((party[name] for name in names if party[name]), None) for party in side or ())
    return "; ".join(dict.fromkeys(name for name in told if name))
