"""`dragoman actors resolve`: who a text names, one at a time or line by line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.actors.options import OwnOption

if TYPE_CHECKING:
    from dragoman.coding.resolve import Answer

WORDS = {
    "name": "by name",
    "office": "by the office held on that day",
    "metonym": "by a capital or seat of power",
    "demonym": "by an adjective or a word for the people",
    "pronoun": "by a pronoun",
    "description": "by a description",
}


def resolve(
    text: Annotated[str | None, typer.Argument(help="The words that name somebody.", show_default=False)] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day of the text (YYYY-MM-DD).")] = None,
    context: Annotated[str | None, typer.Option("--context", metavar="TEXT", help="The text around the words.")] = None,
    jsonl: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--jsonl", metavar="IN OUT", help="Lines with id, text, date, context in; one answer a line out."),
    ] = None,
    record: OwnOption = None,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of a table.")] = False,
) -> None:
    """Say who a text names: actor, id, country, sector, office, and how."""
    from dragoman.coding.resolve import Resolver, resolve_file
    from dragoman.errors import UsageError
    from dragoman.knowledge.own import own_file

    if (text is None) == (jsonl is None):
        raise UsageError("Give either the words that name somebody or --jsonl IN OUT.")
    if jsonl is not None and (on is not None or context is not None):
        raise UsageError("With --jsonl, day and context stand in the lines; leave out --on and --context.")
    resolver = Resolver(actors=own_file(record) if record is not None else None)
    if jsonl is not None:
        count = resolve_file(*jsonl, resolver)
        typer.echo(f"{count} answers written to {jsonl[1]}", err=True)
    elif text is not None:
        _print(text, resolver.resolve(text, on=on, context=context), json=json)


def _print(text: str, answer: Answer, *, json: bool) -> None:
    import msgspec
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    values = {"text": text, **msgspec.to_builtins(answer)}
    del values["id"]
    if json:
        typer.echo(msgspec.json.encode(values).decode())
        return
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for name, value in values.items():
        shown = WORDS.get(value, value) if name == "how" else value
        table.add_row(name.replace("_", " "), Text("not known" if shown is None else shown))
    Console().print(table)
