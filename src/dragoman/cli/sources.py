"""`dragoman sources`: how the sources of a watch are doing, and feeds taken over from a feed reader."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dragoman.fetching.health import Health

JUST = 60.0  # seconds
app = typer.Typer(
    help="Show how watched sources are doing; import a list of feeds.",
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def sources(
    context: typer.Context,
    record: Annotated[Path | None, typer.Option("--record", help="Folder of the record.", show_default=False)] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of a table.")] = False,
) -> None:
    """Show each source: when it last answered, its last article, articles a day, and what seems wrong with it."""
    import time

    from dragoman.errors import UsageError
    from dragoman.fetching.health import health
    from dragoman.fetching.state import FILE, State
    from dragoman.record import Record

    if context.invoked_subcommand is not None:
        return
    if record is None:
        raise UsageError("Name the record with --record DIR; 'dragoman sources import' takes a list of feeds.")
    Record(record)
    if not (record / FILE).exists():
        raise UsageError(f"Nothing was ever watched for the record in {record}; 'dragoman watch' does that.")
    state = State(record)
    try:
        now = time.time()
        found = [health(state, name, now) for name in state.names()]
    finally:
        state.close()
    if json:
        _print_json(found)
    else:
        _print(found, now)


@app.command("import")
def import_(
    opml: Annotated[Path, typer.Argument(metavar="FILE.opml", help="What a feed reader exports.", show_default=False)],
    to: Annotated[Path, typer.Option("--to", metavar="SOURCES.toml", help="Added to its end; made if missing.")],
) -> None:
    """Take the feeds of an OPML file over into a SOURCES.toml; those that it has already are left out."""
    from dragoman.errors import UsageError
    from dragoman.fetching.opml import read_opml, to_toml
    from dragoman.fetching.settings import load_settings

    try:
        data = opml.read_bytes()
    except OSError as error:
        raise UsageError(f"{opml} cannot be read ({error.strerror}).") from error
    listed = read_opml(data, str(opml))
    there = load_settings(to).sources if to.exists() and to.read_text(encoding="utf-8").strip() else ()
    places, names = {source.where for source in there}, {source.name for source in there}
    new = [each for each in listed if each.feed not in places]
    clash = next((each.name for each in new if each.name in names), None)
    if clash is not None:
        raise UsageError(f"{to} has a source '{clash}' with another address already; rename one of them.")
    with to.open("a", encoding="utf-8", newline="\n") as out:
        out.write(("\n" if there and new else "") + to_toml(new))
    typer.echo(f"{len(new)} feeds added to {to}; {len(listed) - len(new)} were there already.")


def _print(found: list[Health], now: float) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from dragoman.briefing.wording import one_line
    from dragoman.fetching.health import span

    def ago(moment: float | None) -> str:
        if moment is None:
            return "never"
        return "just now" if now - moment < JUST else f"{span(now - moment)} ago"

    console = Console()
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("source", "answered", "last article", "a day", "waiting", "failed"):
        table.add_column(column, justify="right" if column in ("a day", "waiting", "failed") else "left")
    for each in found:
        a_day = "" if each.a_day is None else f"{each.a_day:.1f}"
        name = escape(one_line(each.name))
        table.add_row(name, ago(each.succeeded), ago(each.added), a_day, str(each.waiting), str(each.failures))
    console.print(table)
    for each in found:
        for warning in each.warnings:
            console.print(escape(one_line(f"{each.name}: {warning}.")), soft_wrap=True)
        if each.error:
            console.print(escape(one_line(f"{each.name}: {each.error}")), soft_wrap=True)


def _print_json(found: list[Health]) -> None:
    import dataclasses
    import sys

    import msgspec

    from dragoman.fetching.runlog import moment

    for each in found:
        row = dataclasses.asdict(each)
        for name in ("succeeded", "added"):
            row[name] = moment(row[name]) if row[name] is not None else None
        sys.stdout.write(msgspec.json.encode(row).decode() + "\n")
