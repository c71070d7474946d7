"""The command line: one file a verb, each thin. `main` turns Dragoman's errors into a sentence and an exit code."""

from __future__ import annotations

import io
import sys

import typer

from dragoman.cli.actors import app as actors
from dragoman.cli.brief import brief
from dragoman.cli.claims import claims
from dragoman.cli.code import code
from dragoman.cli.compact import compact
from dragoman.cli.demo import demo
from dragoman.cli.doctor import doctor
from dragoman.cli.events import events
from dragoman.cli.export import export
from dragoman.cli.failures import failures
from dragoman.cli.import_ import import_
from dragoman.cli.incidents import app as incidents
from dragoman.cli.mcp import mcp
from dragoman.cli.mirror import mirror
from dragoman.cli.openapi import openapi
from dragoman.cli.opinions import app as opinions
from dragoman.cli.relate import relate
from dragoman.cli.reviews import reviews
from dragoman.cli.search import search
from dragoman.cli.serve import serve
from dragoman.cli.show import show
from dragoman.cli.sources import app as sources
from dragoman.cli.study import app as study
from dragoman.cli.ties.blocs import blocs
from dragoman.cli.ties.compare import compare
from dragoman.cli.ties.meetings import meetings
from dragoman.cli.ties.pledges import pledges
from dragoman.cli.ties.series import series
from dragoman.cli.ties.unusual import unusual
from dragoman.cli.watch import watch
from dragoman.errors import DragomanError
from dragoman.version import told, versions

app = typer.Typer(
    name="dragoman",
    help="Reads the news and keeps a sourced record of what states and their leaders do and say to each other.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for verb in (code, events, claims, search, show, brief, export, failures, relate, reviews, serve, watch):
    app.command()(verb)
app.command()(demo)
for keeping in (doctor, compact, mirror):
    app.command()(keeping)
app.command("import")(import_)
app.command()(openapi)
app.command()(mcp)
for on_ties in (series, meetings, pledges, compare, blocs, unusual):
    app.command()(on_ties)
app.add_typer(incidents, name="incidents")
app.add_typer(actors, name="actors")
app.add_typer(sources, name="sources")
app.add_typer(opinions, name="opinions")
app.add_typer(study, name="study")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(told(versions()))
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Show the versions of coder, model and knowledge."
    ),
) -> None:
    """Options that stand before the verb."""


def main() -> None:
    """Run the command line; exit code 2 for bad use, 1 for failures, 130 when interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a character gets '?' for it
            # Windows would write files and pipes in the code page of old programs, and lose what that has not.
            encoding = "utf-8" if sys.platform == "win32" and not stream.isatty() else None
            stream.reconfigure(encoding=encoding, errors="replace")
    try:
        app()
    except DragomanError as error:
        typer.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:  # a full disk, a file taken away under us
        where = f"{error.filename}: " if error.filename else ""
        typer.echo(f"Error: {where}{error.strerror or error}.", err=True)
        sys.exit(1)
