"""What browser tests share: a workbench to open, what the browser complains of, and waiting until a page is ready.

`Page.goto` and `Page.wait_for_url` wait until a page is loaded, which is after its scripts; a click, or a key, that
leads to another page does not. Keys are to be pressed after `leading_on`, charts to be looked at after `settled`.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import uvicorn
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, expect

from dragoman.web import Settings, create_app

expect.set_options(timeout=20_000)
READY: Final = "html[data-ready]"
"""Every script of the page listens (app.js sets it)."""
_DRAWING: Final = "[data-chart]:not([data-drawn])"
_NEXT_FRAME: Final = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a workbench on a record."""
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(record=folder)), port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
        assert thread.is_alive(), "the workbench did not start"
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(timeout=5)


def complaining(page: Page, base: str) -> list[str]:
    """What the browser complains of, and whatever it asks for elsewhere."""
    found: list[str] = []
    page.on("console", lambda message: found.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: found.append(str(error)))
    page.on("dialog", lambda dialog: found.append(dialog.message))
    page.on("request", lambda request: None if request.url.startswith(base) else found.append(request.url))
    return found


@contextmanager
def leading_on(page: Page) -> Iterator[None]:
    """Around what leads to another page, or to the same one anew: ends when that one takes keys."""
    with page.expect_navigation(wait_until="load"):
        yield
    expect(page.locator(READY)).to_be_attached()


def settled(page: Page) -> None:
    """Wait until a page takes keys and its charts are drawn, also anew after its colours have changed."""
    expect(page.locator(READY)).to_be_attached()
    page.evaluate(_NEXT_FRAME)  # a change of colours is told to the script before a frame is painted
    expect(page.locator(_DRAWING)).to_have_count(0)


def barriers(page: Page, only: str | None = None) -> list[tuple[str, list[str]]]:
    """What hinders readers seriously, by axe's rules or one of them."""
    settled(page)
    options = {"runOnly": {"type": "rule", "values": [only]}} if only else None
    found = Axe().run(page, options=options).response["violations"]
    return [
        (each["id"], [node["html"] for node in each["nodes"]][:3])
        for each in found
        if each["impact"] in ("serious", "critical")
    ]
