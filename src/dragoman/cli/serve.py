"""`dragoman serve`: the workbench on a record, at an address of this machine."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from dragoman.cli.options import RecordOption

PORT = 8765
NEEDED = ("fastapi", "uvicorn", "starlette", "python_multipart", "tantivy")


def serve(
    record: RecordOption,
    host: Annotated[str, typer.Option("--host", metavar="HOST", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", min=1, max=65535, help="On which port.")] = PORT,
    password_file: Annotated[
        Path | None,
        typer.Option("--password-file", metavar="FILE", help="Ask everybody for the password in this file."),
    ] = None,
    reviewer: Annotated[
        str, typer.Option("--as", metavar="NAME", help="Who decides, where no user name is asked for.")
    ] = "analyst",
    read_only: Annotated[bool, typer.Option("--read-only", help="Let nobody correct or decide anything.")] = False,
    rate: Annotated[
        str | None,
        typer.Option(
            "--rate",
            metavar="N/s",
            help="How many requests an address may make: 20/s, 300/min, 5000/h or none. By itself none on this machine,"
            " 300/min beyond it.",
        ),
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Open the workbench: search, check and correct the record in a browser."""
    from dragoman.errors import UsageError

    try:
        import uvicorn

        from dragoman.web import Settings, create_app
        from dragoman.web.charts import bundle
        from dragoman.web.pages import routers
        from dragoman.web.rates import SHARED, rate_of
        from dragoman.web.settings import is_loopback

        routers()  # loads the pages, and what they need
    except ImportError as error:
        if error.name not in NEEDED:
            raise
        raise UsageError(f"'{error.name}' is not installed. Install Dragoman with 'dragoman[serve]'.") from error

    settings = Settings(
        record=record,
        host=host,
        port=port,
        password=_password(password_file),
        reviewer=reviewer.strip() or "analyst",
        read_only=read_only,
        rate=rate_of(rate) if rate is not None else None if is_loopback(host) else SHARED,
    )
    if not settings.loopback and settings.password is None:
        raise UsageError(
            f"At '{host}' other machines can reach the workbench, so it needs a password. Put one in a file and name"
            " it with --password-file, or leave --host out. What is sent is not encrypted: use a proxy with TLS."
        )
    listening = _listening(host, port)
    app = create_app(settings)
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}/"
    typer.echo(f"Reading the record in {record} ...", err=True)
    threading.Thread(target=bundle, daemon=True).start()  # so that the first chart need not wait for it
    app.state.keeper.desk()
    typer.echo(f"The workbench is at {address}. Stop it with Ctrl+C.", err=True)
    if not settings.loopback:
        typer.echo("It asks for the password. What is sent is not encrypted: use a proxy with TLS.", err=True)
    if open_:
        typer.launch(address)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False, proxy_headers=False))
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    _end()


def _listening(host: str, port: int) -> socket.socket:
    """A place to listen at, taken before a large record is read for nothing."""
    from dragoman.errors import UsageError

    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(
            f"Nothing can listen at port {port} of '{host}' ({error.strerror or error}). Another workbench may be open"
            " there: use it, or choose another port with --port."
        ) from error


def _end() -> None:
    """End at once: what is being made ready behind readers is not worth waiting for, and every write is done."""
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


def _password(path: Path | None) -> str | None:
    from dragoman.errors import UsageError

    if path is None:
        return None
    try:
        password = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The password in {path} cannot be read ({error}).") from error
    if len(password) < 8:
        raise UsageError(f"The password in {path} is shorter than eight characters. Choose a longer one.")
    return password
