"""`dragoman actors import`: persons with offices out of other collections, beside the record's own file of actors."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.actors.options import OwnFolder

if TYPE_CHECKING:
    from dragoman.exchange.importing import Summary


class Format(enum.StrEnum):
    """Formats that actors can be imported from."""

    ftm = "ftm"
    wikidata = "wikidata"


def import_(
    file: Annotated[Path, typer.Argument(help="File to import; .gz and .bz2 are unpacked.", show_default=False)],
    record: OwnFolder,
    format: Annotated[Format, typer.Option("--format", help="What the file holds.", show_default=False)],
    country: Annotated[
        list[str] | None,
        typer.Option("--country", metavar="CODE", help="Only persons of this state; may be given again."),
    ] = None,
) -> None:
    """Import persons with their offices from FollowTheMoney entities or a Wikidata dump."""
    from dragoman.errors import UsageError
    from dragoman.exchange.followthemoney import read_followthemoney
    from dragoman.exchange.importing import Summary, keep
    from dragoman.exchange.wikidata import read_wikidata
    from dragoman.knowledge.known import load_known
    from dragoman.knowledge.offices import is_code
    from dragoman.knowledge.own import OWN_FILE, imported_file

    countries = frozenset(country or ())
    for code in sorted(countries):
        if not is_code(code):
            raise UsageError(f"'{code}' is not an ISO 3166-1 alpha-3 code (such as PRK).")
    known, summary, out = load_known(), Summary(), imported_file(record / OWN_FILE)
    read = read_followthemoney if format is Format.ftm else read_wikidata
    twice = keep(read(file, known, summary, countries), out, known)
    _print(summary, twice, file, out)
    if summary.malformed:
        raise typer.Exit(1)


def _print(summary: Summary, twice: int, file: Path, out: Path) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    console = Console()
    table = Table("", "", show_header=False, box=None, pad_edge=False)
    table.add_row("Persons taken", f"{summary.persons:,}")
    table.add_row("Offices taken", f"{summary.offices:,}")
    table.add_row("of these known here", f"{summary.known_offices:,}")
    if twice:
        table.add_row("Left out: a person of the name and state of another", f"{twice:,}")
    for reason, count in sorted(summary.skipped.items()):
        if count:
            table.add_row(f"Left out: {escape(reason)}", f"{count:,}")
    table.add_row("Malformed lines", f"{summary.malformed:,}")
    table.add_row("Written to", escape(str(out)))
    console.print(table)
    errors = Console(stderr=True)
    for fault in summary.faults:
        at = f", field '{fault.field}'" if fault.field else ""
        errors.print(f"Malformed: {escape(str(file))}, line {fault.line}{at}: {escape(fault.reason)}", soft_wrap=True)
    if summary.malformed > len(summary.faults):
        errors.print(f"... and {summary.malformed - len(summary.faults)} more.")
