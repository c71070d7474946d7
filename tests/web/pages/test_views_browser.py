"""The network, map, calendar and brief in a browser: no complaint, no serious violation, nothing wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.browsing import barriers, complaining

pytestmark = pytest.mark.browser
PAGES = (
    "/network?min=1&since=2024",
    "/map?what=all",
    "/calendar?month=2024-06",
    "/calendar?year=2024",
    "/brief?a=PRK&b=RUS",
)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_views_browser_nothing_complains_and_all_fits(page: Page, served: str, path: str) -> None:
    found = complaining(page, served)
    page.goto(f"{served}{path}", wait_until="networkidle")
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert barriers(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_views_browser_wide_has_no_serious_violation(page: Page, served: str, path: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.emulate_media(color_scheme="dark")
    page.goto(f"{served}{path}", wait_until="networkidle")
    assert barriers(page) == []


def test_views_browser_node_is_reached_by_keyboard(page: Page, served: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{served}/network?min=1")
    node = page.locator("svg.for-wide a.node").first
    node.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served}/actor/PRK")


def test_views_browser_phone_has_the_list_of_a_month_alone(page: Page, served: str) -> None:
    page.goto(f"{served}/calendar?month=2024-06")
    expect(page.locator("table.calendar")).to_be_hidden()
    expect(page.locator("ol.rows > li").first).to_be_visible()
