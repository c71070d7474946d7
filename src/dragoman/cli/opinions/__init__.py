"""`dragoman opinions`: ask a language model for a second opinion on doubtful events, and read what it said."""

from __future__ import annotations

import typer

from dragoman.cli.opinions.agreement import agreement
from dragoman.cli.opinions.ask import ask
from dragoman.cli.opinions.show import show

app = typer.Typer(
    help="Ask a language model for a second opinion on doubtful events, and read what it said.",
    no_args_is_help=True,
    add_completion=False,
)
for verb in (ask, show, agreement):
    app.command()(verb)
