"""`dragoman compact`: the many small files of many small appends made few."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import RecordOption


def compact(
    record: RecordOption,
    keep: Annotated[
        int, typer.Option("--keep", metavar="HOURS", min=1, help="How long files that are no longer needed stay.")
    ] = 24,
) -> None:
    """Make the files of a record few, so that it is read quickly; what it says stays, earlier states too."""
    from rich.console import Console
    from rich.table import Table

    from dragoman.record.compacting import compact as made
    from dragoman.record.health.findings import megabytes

    done = made(record, keep_hours=keep)
    table = Table(box=None, pad_edge=False)
    for heading in ("Table", "Files before", "after", "Size before", "after", "Removed"):
        table.add_column(heading, justify="left" if heading == "Table" else "right")
    for each in done:
        table.add_row(
            each.table,
            f"{each.files_before:,}",
            f"{each.files_after:,}",
            megabytes(each.bytes_before),
            megabytes(each.bytes_after),
            f"{each.removed:,}",
        )
    Console().print(table)
    for each in done:
        if each.put_off:
            typer.echo(f"{each.table} is as it was: {each.put_off}. Run again.", err=True)
    waiting = sum(each.waiting for each in done)
    if waiting:
        typer.echo(f"{waiting:,} files that are no longer needed stay for {keep} hours; a later run removes them.")
