"""`dragoman import`: another dataset beside the record, never mixed with coded events; `--list` shows what is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import RecordOption

if TYPE_CHECKING:
    from dragoman.exchange.formats import Taken
    from dragoman.model import Party


def import_(
    record: RecordOption,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="What to import; may be packed (.gz, .bz2, .zip).")
    ] = None,
    as_: Annotated[
        str | None,
        typer.Option("--as", metavar="FORMAT", help="gdelt, polecat, icews, plover or timeline."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="What to call the dataset; by default after the file.")
    ] = None,
    skip_faulty: Annotated[
        bool, typer.Option("--skip-faulty", help="Leave faulty lines out, and tell them, instead of stopping.")
    ] = False,
    between: Annotated[
        tuple[str, str] | None,
        typer.Option("--between", metavar="A B", help="The tie that a timeline is about, for rows that name no sides."),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="Show the datasets that are kept, and import nothing.")] = False,
) -> None:
    """Keep the events of another dataset beside the record, for 'dragoman compare --with NAME'."""
    from dragoman.errors import UsageError
    from dragoman.exchange.beside import keep_beside, kept_beside
    from dragoman.exchange.formats import READERS, Taken
    from dragoman.record import Record

    Record(record)  # refuses what is no record
    if list_:
        if file is not None:
            raise UsageError("Give a FILE to import, or --list to see what is kept, not both.")
        for each in kept_beside(record):
            span = f"{each.first} to {each.last}" if each.first else "no dates"
            typer.echo(f"{each.name}  {each.format}  {each.rows} events, {span}, from {each.file}")
        return
    if file is None or as_ is None:
        raise UsageError(f"Give a FILE and its format with --as: {', '.join(READERS)}.")
    if between is not None and as_ != "timeline":
        raise UsageError("--between goes with --as timeline; other formats name the sides of each event.")
    taken = Taken(skip_faulty=skip_faulty, between=_sides(between))
    kept = keep_beside(record, name or _name(file), as_, file, taken)
    typer.echo(f"{kept.rows} events kept beside the record as '{kept.name}'.", err=True)
    tell(taken)


def tell(taken: Taken) -> None:
    """Say what was read as unknown, and which lines were left out."""
    for reason, count in taken.unknown.most_common(10):
        typer.echo(f"Read as unknown: {reason}, {count} times.", err=True)
    if len(taken.unknown) > 10:
        typer.echo(f"Read as unknown: {len(taken.unknown) - 10} more values.", err=True)
    for fault in taken.faults:
        typer.echo(f"Left out: {fault}", err=True)
    if taken.faulty > len(taken.faults):
        typer.echo(f"Left out: {taken.faulty - len(taken.faults)} more lines.", err=True)


def _sides(between: tuple[str, str] | None) -> tuple[tuple[Party, ...], tuple[Party, ...]] | None:
    from dragoman.briefing.subject import find_subject
    from dragoman.model import Party

    if between is None:
        return None
    one, other = map(find_subject, between)
    return (
        (Party(text=one.name, actor=one.name, country=one.code),),
        (Party(text=other.name, actor=other.name, country=other.code),),
    )


def _name(file: Path) -> str:
    stem = file.name.split(".")[0].lower() or "dataset"
    return re.sub(r"[^a-z0-9_-]+", "-", stem).strip("-_") or "dataset"
