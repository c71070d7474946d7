"""`dragoman openapi`: the workbench's addresses for programs, described in OpenAPI, without a record or a server."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def openapi(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write it to this file.")] = None,
) -> None:
    """Describe the workbench's addresses for programs (OpenAPI 3.1), for tools that make a client out of that."""
    from dragoman.cli.serve import NEEDED
    from dragoman.errors import UsageError

    try:
        import msgspec

        from dragoman.web.openapi import document
        from dragoman.web.pages import routers
        from dragoman.web.registered import registered

        found = registered(routers())  # which loads the pages
    except ImportError as error:
        if error.name not in NEEDED:
            raise
        raise UsageError(f"'{error.name}' is not installed. Install Dragoman with 'dragoman[serve]'.") from error

    text = msgspec.json.format(msgspec.json.encode(document(found)), indent=2).decode()
    if out is None:
        typer.echo(text)
        return
    try:
        out.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror or error}). Give another file.") from error
