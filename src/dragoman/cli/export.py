"""`dragoman export`: the record's events as CSV, JSON Lines or Parquet."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import (
    AsOfOption,
    BetweenOption,
    MinConfidenceOption,
    RecordOption,
    SinceOption,
    SourceOption,
    StatusOption,
    TypeOption,
    UnreviewedOption,
    UntilOption,
)


class Format(enum.StrEnum):
    """Formats that a record can be exported to."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"


def export(
    record: RecordOption,
    format: Annotated[Format, typer.Option("--format", help="What to write.")] = Format.csv,
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Where to; '-' for standard output.")] = "-",
    between: BetweenOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    type: TypeOption = None,
    status: StatusOption = None,
    source: SourceOption = None,
    min_confidence: MinConfidenceOption = None,
    as_of: AsOfOption = None,
    unreviewed: UnreviewedOption = False,
) -> None:
    """Write the events of a record to a file, one row an event."""
    import sys

    from dragoman.cli.selection import select
    from dragoman.exchange.export import export_events

    found = select(
        record,
        as_of=as_of,
        between=between,
        since=since,
        until=until,
        types=type,
        statuses=status,
        source=source,
        min_confidence=min_confidence,
        unreviewed=unreviewed,
    )
    if out == "-":
        export_events(found, format.value, sys.stdout.buffer)
    else:
        count = export_events(found, format.value, Path(out))
        typer.echo(f"{count} events written to {out}", err=True)
