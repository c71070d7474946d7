"""The frame and the page of a tie in a browser: the brush, the keyboard, forms, and reading without JavaScript."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import complaining, settled

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A page that fails its test on whatever the browser complains of."""
    context = browser.new_context(base_url=served, viewport={"width": 1440, "height": 900})
    found = context.new_page()
    complaints = complaining(found, served)
    yield found
    context.close()
    assert [c for c in complaints if "404" not in c] == []


def test_browser_brush_lands_in_the_address(page: Page) -> None:
    page.goto("/dyad/PRK/RUS", wait_until="networkidle")
    settled(page)
    box = page.locator("[data-chart] svg").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] * 0.5, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.9, box["y"] + 60, steps=8)
    page.mouse.up()
    page.wait_for_url("**since=20**")
    assert "until=20" in page.url
    expect(page.get_by_text("Show all time")).to_be_visible()


def test_browser_keyboard_reaches_the_search_box_and_the_page(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_browser_filter_form_leaves_empty_fields_out(page: Page) -> None:
    page.goto("/dyad/PRK/RUS")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("AID", exact=True).check()
    page.get_by_role("button", name="Show", exact=True).click()
    page.wait_for_url("**type=AID")
    assert page.url.endswith("/dyad/PRK/RUS?type=AID")


def test_browser_without_scripts_reads_all_the_same(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, java_script_enabled=False)
    page = context.new_page()
    page.goto("/dyad/PRK/RUS")
    expect(page.locator("img.drawn")).to_be_visible()
    expect(page.locator(".rows .row").first).to_be_visible()
    context.close()
