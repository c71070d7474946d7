"""Runs the server: over standard input and output for the assistant that started it, or over HTTP on this machine.

Apart from `server`, which knows nothing of streams and ports. Nothing but the protocol goes to standard output.
"""

from __future__ import annotations

import contextlib
import logging
import os
import socket
import sys
from pathlib import Path
from typing import Final

import uvicorn
from mcp.server.transport_security import TransportSecuritySettings
from starlette.applications import Starlette

from dragoman.assistant.server import make_server
from dragoman.errors import UsageError
from dragoman.web.settings import is_loopback

PATH: Final = "/mcp"


def serve_stdio(record: Path) -> None:
    """Answer on standard input and output until the input ends. Raises `UsageError` where there is no record."""
    _log_to_stderr()
    server = make_server(record, warm=True)
    with contextlib.suppress(KeyboardInterrupt):
        server.run("stdio")
    _end()


def serve_http(record: Path, host: str, port: int) -> None:
    """Answer at an address of this machine until stopped; raises `UsageError` for any other, and a taken port."""
    _log_to_stderr()
    if not is_loopback(host):
        raise UsageError(
            f"'{host}' is not this machine. The server asks nobody who they are, so it listens at 127.0.0.1, ::1 or"
            " localhost only. To reach it from elsewhere, put a proxy with TLS and a password before it."
        )
    listening = _listening(host, port)
    app = http_app(record, port)
    named = f"[{host}]" if ":" in host else host
    sys.stderr.write(f"The record answers at http://{named}:{port}{PATH}. Stop it with Ctrl+C.\n")
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", server_header=False))
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    _end()


def http_app(record: Path, port: int) -> Starlette:
    """The server as an application; refuses requests under another name, which a page elsewhere could have made
    (DNS rebinding), and those of pages from elsewhere.
    """
    names = [f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]")]
    return make_server(record, warm=True).streamable_http_app(
        streamable_http_path=PATH,
        transport_security=TransportSecuritySettings(
            allowed_hosts=names, allowed_origins=[f"http://{name}" for name in names]
        ),
    )


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise UsageError(
            f"Nothing can listen at port {port} of '{host}' ({error.strerror or error}). Choose another port."
        ) from error


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")


def _end() -> None:
    """End at once: what is being made ready behind readers is not worth waiting for."""
    with contextlib.suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(0)
