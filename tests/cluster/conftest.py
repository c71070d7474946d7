"""A store of objects as tests have it: a server in this process that speaks S3, at a port of its own."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from pyarrow.fs import FileSystem

from dragoman.object_store import file_system
from tests.cli.conftest import dragoman  # noqa: F401  a fixture

NUMBERS = count()


@pytest.fixture(scope="module")
def store() -> Iterator[str]:
    """The address of the server, which the environment names meanwhile."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    # One request after another: its "only if there is none yet" is no single step, as it is in real stores.
    server = make_server("127.0.0.1", 0, DomainDispatcherApplication(create_backend_app), threaded=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    with pytest.MonkeyPatch.context() as patch:
        for name in ("AWS_PROFILE", "AWS_ENDPOINT_URL_S3", "AWS_SESSION_TOKEN"):
            patch.delenv(name, raising=False)
        patch.setenv("AWS_ENDPOINT_URL", address)
        patch.setenv("AWS_ALLOW_HTTP", "true")
        patch.setenv("AWS_ACCESS_KEY_ID", "key")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield address
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def bucket(store: str) -> str:
    """The name of a new bucket."""
    from pyarrow.fs import S3FileSystem

    name = f"bucket-{next(NUMBERS)}"
    S3FileSystem(
        endpoint_override=store.removeprefix("http://"), scheme="http", region="us-east-1", allow_bucket_creation=True
    ).create_dir(name)
    return name


def put(path: str, content: bytes) -> None:
    """Put an object; `path` is bucket and key."""
    files: FileSystem = file_system()
    with files.open_output_stream(path) as out:
        out.write(content)


def rows(first: int, last: int) -> list[dict[str, Any]]:
    """Articles as JSON has them, each with a text of its own."""
    return [
        {"id": f"n{number}", "text": f"Japan condemned the launch number {number}.", "language": "en"}
        for number in range(first, last)
    ]


def lines(*articles: dict[str, Any]) -> bytes:
    """Articles as JSON Lines."""
    return b"".join(json.dumps(article).encode() + b"\n" for article in articles)


def write(path: Path, *articles: dict[str, Any]) -> Path:
    """A file of JSON Lines."""
    path.write_bytes(lines(*articles))
    return path
