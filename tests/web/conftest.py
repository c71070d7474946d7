"""A small record, its desk, and a browser without a browser on the workbench that shows it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from dragoman.web import Settings, create_app
from dragoman.web.desk import Desk
from dragoman.web.keeper import Keeper
from tests.chromium import chromium
from tests.web.samples import write_record

BASE = "http://127.0.0.1:8765"
TOKEN = "token-of-the-tests"


@pytest.fixture(scope="session")
def made_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the record of `samples`; not to be written to."""
    folder = tmp_path_factory.mktemp("web") / "record"
    write_record(folder)
    return folder


@pytest.fixture
def own_record(made_record: Path, tmp_path: Path) -> Path:
    """A copy of that record that a test may write to."""
    return Path(shutil.copytree(made_record, tmp_path / "record"))


@pytest.fixture(scope="session")
def desk(made_record: Path) -> Desk:
    """What pages read."""
    return Keeper(made_record).desk()


@pytest.fixture(scope="session")
def client(made_record: Path) -> Iterator[TestClient]:
    """Asks for pages; only for reading. `client.get("/dyad/PRK/RUS")`."""
    with TestClient(create_app(Settings(record=made_record, token=TOKEN)), base_url=BASE) as found:
        yield found


@pytest.fixture
def writer(own_record: Path) -> Iterator[TestClient]:
    """Asks for pages of a record of its own, with the token of writes in its headers; redirects are not followed."""
    app = create_app(Settings(record=own_record, token=TOKEN, reviewer="Ann"))
    headers = {"x-dragoman-token": TOKEN}
    with TestClient(app, base_url=BASE, headers=headers, follow_redirects=False) as found:
        yield found


@pytest.fixture(scope="session")
def served(made_record: Path) -> Iterator[str]:
    """The address of a real workbench on that record, for browsers."""
    server = uvicorn.Server(
        uvicorn.Config(create_app(Settings(record=made_record, token=TOKEN)), port=0, log_level="warning")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
        assert thread.is_alive(), "the workbench did not start"
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=5)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium; where there is none the test is skipped, but not in CI."""
    yield from chromium("the workbench")
