"""The review page in a browser: keys alone go through the queue, and without JavaScript the buttons do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.record import Record
from dragoman.record.reviews import read_reviews
from tests.opinions.samples import answer
from tests.web.browsing import barriers, complaining, leading_on, serving, settled
from tests.web.pages.test_second import tell

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, own_record: Path) -> Iterator[Page]:
    with serving(own_record) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
        found = context.new_page()
        complaints = complaining(found, address)
        yield found
        context.close()
        assert complaints == []


def shown(page: Page) -> str:
    return page.locator(".decisions").get_attribute("data-event") or ""


def test_review_browser_goes_through_the_queue_by_keys_alone(page: Page, own_record: Path) -> None:
    page.goto("/review", wait_until="networkidle")
    page.fill("#who", "Bo")
    with leading_on(page):
        page.keyboard.press("Enter")
    expect(page.locator("#who")).to_have_count(0)
    first, total = shown(page), len(Record(own_record).reported())
    page.keyboard.press("r")
    expect(page.locator(".bar .note")).to_contain_text(f"{total - 1} events")
    second = shown(page)
    assert second != first
    page.keyboard.press("e")
    expect(page.locator("select[data-first]")).to_be_focused()
    page.select_option("select[name=status]", "habitual")
    page.fill("input[name=because]", "it goes on")
    page.keyboard.press("Enter")
    expect(page.locator(".bar .note")).to_contain_text(f"{total - 2} events")
    page.keyboard.press("k")
    expect(page.locator(".decided")).to_contain_text("Edited by Bo")
    page.keyboard.press("k")
    expect(page.locator(".decided")).to_contain_text("Rejected by Bo")
    assert first not in {r.event.id for r in Record(own_record).reported()}
    page.keyboard.press("u")
    expect(page.locator(".decided")).to_have_count(0)
    assert first in {r.event.id for r in Record(own_record).reported()}
    assert Record(own_record).event(second).event.status == "habitual"
    assert [(r.kind, r.who) for r in read_reviews(own_record)] == [("reject", "Bo"), ("edit", "Bo"), ("undo", "Bo")]


def test_review_browser_takes_a_second_coders_values_into_the_form_and_leaves_the_decision(
    page: Page, own_record: Path
) -> None:
    tell(own_record, "e07", answer(type="COERCE", mode="arrest", status="planned", reason="It says may."), "qwen3:8b")
    kind = page.locator("select[data-first]")
    page.goto("/review?second=differs", wait_until="networkidle")
    expect(page.locator(".second")).to_contain_text("Second coder qwen3:8b: COERCE, arrest, planned")
    expect(page.locator("#f-second")).to_have_value("differs")
    settled(page)
    page.keyboard.press("t")
    expect(kind).to_be_focused()
    expect(kind).to_have_value("COERCE")
    expect(page.locator("[data-modes]")).to_have_value("arrest")
    expect(page.locator("select[name=status]")).to_have_value("planned")
    assert read_reviews(own_record) == []
    assert barriers(page) == []
    page.fill("input[name=because]", "it is only meant")
    page.keyboard.press("Enter")
    expect(page.locator(".bar .note")).to_contain_text("0 events of 1 undecided")
    assert [(r.kind, r.changes.status if r.changes else None) for r in read_reviews(own_record)] == [
        ("edit", "planned")
    ]


def test_review_browser_fills_the_form_without_scripts(browser: Browser, own_record: Path) -> None:
    tell(own_record, "e07", answer(type="COERCE", mode="arrest", status="planned"))
    with serving(own_record) as address:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        page = context.new_page()
        page.goto("/review?event=e07")
        page.click("a.take")
        expect(page.locator("select[data-first]")).to_have_value("COERCE")
        expect(page.locator("select[data-first]")).to_be_visible()
        context.close()


def test_review_browser_works_by_buttons_without_scripts(browser: Browser, own_record: Path) -> None:
    with serving(own_record) as address:
        context = browser.new_context(base_url=address, java_script_enabled=False)
        page = context.new_page()
        page.goto("/review")
        first = shown(page)
        page.click("button[data-key=a]")
        assert shown(page) != first
        page.goto(f"/review?event={first}")
        expect(page.locator(".decided")).to_contain_text("Accepted by")
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_review_browser_finds_no_barrier(page: Page, scheme: Literal["light", "dark"], width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto("/review?event=e18", wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
