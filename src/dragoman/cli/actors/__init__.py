"""`dragoman actors`: who a text names, what is known of an actor, and a user's own file of actors."""

from __future__ import annotations

import typer

from dragoman.cli.actors.edit import add, merge
from dragoman.cli.actors.imports import import_
from dragoman.cli.actors.resolve import resolve
from dragoman.cli.actors.show import show

app = typer.Typer(
    help="Say who a text names, show what is known of an actor, and add to it.",
    no_args_is_help=True,
    add_completion=False,
)
for verb in (resolve, show, add, merge):
    app.command()(verb)
app.command("import")(import_)
