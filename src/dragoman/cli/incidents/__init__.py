"""`dragoman incidents`: what happened, each thing once however often it was reported; and a person's word on it."""

from __future__ import annotations

import typer

from dragoman.cli.incidents.edit import merge, split
from dragoman.cli.incidents.listing import incidents

app = typer.Typer(
    help="List what happened, each thing once; put incidents together or take them apart.",
    invoke_without_command=True,
    add_completion=False,
)
app.callback()(incidents)
for verb in (merge, split):
    app.command()(verb)
