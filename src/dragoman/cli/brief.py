"""`dragoman brief`: what happened between two states, or around a person or body, with every line's source."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import AsOfOption, MinConfidenceOption, RecordOption, SinceOption, UntilOption


def brief(
    who: Annotated[
        list[str],
        typer.Argument(metavar="A [B]", help="Two states by code or name, or one person or body.", show_default=False),
    ],
    record: RecordOption,
    since: SinceOption = None,
    until: UntilOption = None,
    min_confidence: MinConfidenceOption = None,
    html: Annotated[Path | None, typer.Option("--html", metavar="FILE", help="Write one HTML file.")] = None,
    md: Annotated[
        Path | None, typer.Option("--md", metavar="FILE", help="Write Markdown, its chart beside it.")
    ] = None,
    pdf: Annotated[
        Path | None, typer.Option("--pdf", metavar="FILE", help="Write a PDF (needs the extra 'pdf').")
    ] = None,
    paper: Annotated[str, typer.Option("--paper", metavar="SIZE", help="Of the PDF: a4 or letter.")] = "a4",
    as_of: AsOfOption = None,
) -> None:
    """Print a brief, or write it as HTML, Markdown or PDF."""
    from dragoman.briefing import make_brief, print_brief, write_html, write_markdown, write_pdf
    from dragoman.errors import UsageError
    from dragoman.record import Record

    if len(who) > 2:
        raise UsageError(
            f"A brief is on two parties or one; {len(who)} were given. Put names of several words in quotes."
        )
    made = make_brief(Record(record, as_of=as_of), who, since=since, until=until, min_confidence=min_confidence)
    if html is not None:
        write_html(made, html)
        typer.echo(f"Brief written to {html}", err=True)
    if md is not None:
        for path in write_markdown(made, md):
            typer.echo(f"Brief written to {path}", err=True)
    if pdf is not None:
        write_pdf(made, pdf, paper=paper)
        typer.echo(f"Brief written to {pdf}", err=True)
    if html is None and md is None and pdf is None:
        print_brief(made)
