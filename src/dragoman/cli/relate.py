"""`dragoman relate`: type relations whose two sides are given."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import FastOption


def relate(
    pairs: Annotated[Path, typer.Argument(help="JSON Lines with id, text, actor and recipient offsets.")],
    out: Annotated[Path, typer.Option("--out", help="JSON Lines to write: id, type, scores.", show_default=False)],
    fast: FastOption = False,
) -> None:
    """Give the event type of sentences whose actor and recipient are marked."""
    from dragoman.coding.relate import relate_file

    count = relate_file(pairs, out, fast=fast)
    typer.echo(f"{count} relations typed into {out}")
