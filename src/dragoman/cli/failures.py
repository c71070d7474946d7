"""`dragoman failures`: what was kept aside or mended, with the reason."""

from __future__ import annotations

import typer

from dragoman.cli.options import RecordOption


def failures(record: RecordOption) -> None:
    """List the inputs that were kept aside, and those that were repaired."""
    from dragoman.briefing.wording import one_line
    from dragoman.record import Record

    found = Record(record).failures()
    for problem in found:
        where = problem.source if problem.line is None else f"{problem.source}, line {problem.line}"
        where += f", field '{problem.field}'" if problem.field else ""
        typer.echo(f"{problem.kind}: {one_line(where)}: {one_line(problem.reason)}")
    if not found:
        typer.echo("Nothing was kept aside.")
