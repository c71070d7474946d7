"""`dragoman mcp`: the record for assistants, over standard input and output or HTTP on this machine; read-only."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.options import RecordOption

NEEDED = ("mcp", "fastapi", "uvicorn", "starlette", "pydantic", "python_multipart", "tantivy")


def mcp(
    record: RecordOption,
    http: Annotated[
        int | None,
        typer.Option("--http", metavar="PORT", min=1, max=65535, help="Listen at this port instead of standard input."),
    ] = None,
    host: Annotated[
        str, typer.Option("--host", metavar="HOST", help="With --http: at which address of this machine.")
    ] = "127.0.0.1",
) -> None:
    """Let an assistant ask the record by the Model Context Protocol; it changes nothing."""
    from dragoman.errors import UsageError

    try:
        from dragoman.assistant.serving import serve_http, serve_stdio
    except ImportError as error:
        if error.name is None or error.name.split(".")[0] not in NEEDED:
            raise
        raise UsageError(f"'{error.name}' is not installed. Install Dragoman with 'dragoman[mcp,serve]'.") from error

    if http is None:
        if host != "127.0.0.1":
            raise UsageError("--host goes with --http PORT.")
        serve_stdio(record)
    else:
        serve_http(record, host, http)
