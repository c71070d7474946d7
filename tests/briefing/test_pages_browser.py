"""A hostile brief in a real browser: nothing runs, nothing is fetched, links lead somewhere, a phone shows it whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Dialog

from dragoman.briefing import write_html
from tests.briefing.samples import hostile, ordinary
from tests.chromium import chromium

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    yield from chromium("the brief")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    paths = {"ordinary": folder / "ordinary.html", "hostile": folder / "hostile.html"}
    write_html(ordinary(), paths["ordinary"])
    write_html(hostile(), paths["hostile"])
    return paths


@pytest.mark.parametrize("name", ["ordinary", "hostile"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_run_nothing_and_fetch_nothing(
    browser: Browser, pages: dict[str, Path], name: str, scheme: Literal["light", "dark"]
) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844}, color_scheme=scheme)
    dialogs: list[str] = []
    requests: list[str] = []
    messages: list[str] = []

    def refuse(dialog: Dialog) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.on("request", lambda request: requests.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.on("pageerror", lambda error: messages.append(str(error)))
    page.goto(pages[name].as_uri())
    page.wait_for_timeout(200)
    assert dialogs == []
    assert requests == [pages[name].as_uri()]
    assert messages == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.close()


@pytest.mark.parametrize("name", ["ordinary", "hostile"])
def test_pages_anchors_lead_to_their_reports(browser: Browser, pages: dict[str, Path], name: str) -> None:
    page = browser.new_page(viewport={"width": 1200, "height": 800})
    page.goto(pages[name].as_uri())
    first = page.locator("a.id").first
    wanted = first.get_attribute("href")
    first.click()
    assert page.evaluate("location.hash") == wanted
    assert page.locator(".card:target, .report:target").count() == 1
    missing = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')]"
        ".filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length"
    )
    assert missing == 0
    page.close()
