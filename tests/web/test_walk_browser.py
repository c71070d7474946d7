"""The main paths through the workbench in a browser, and every kind of page looked at once, as four readers would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.record.reviews import read_reviews
from tests.web.browsing import barriers, complaining, leading_on, serving

pytestmark = pytest.mark.browser
LAUNCH = "Moscow faulted the launch"
PATHS = (
    "/?days=90",
    "/incidents?type=AID&type=REJECT",
    "/dyad",
    "/dyad/PRK/RUS?since=2023&type=AID",
    "/dyad/PRK/USA",
    "/dyad/PRK/RUS/meetings",
    "/dyad/PRK/RUS/pledges",
    "/due?state=overdue",
    "/article/hostile",
    "/actor/PRK",
    "/actor/Kim%20Jong%20Un",
    "/outlet",
    "/outlet/Harbour%20Post",
    "/network",
    "/map",
    "/calendar",
    "/search?q=refused",
    "/brief?a=PRK&b=RUS",
    "/review",
    "/api",
    "/nothing",
)


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    """A page that fails its test on whatever the browser complains of, asks elsewhere for, or opens."""
    context = browser.new_context(base_url=served, viewport={"width": 1440, "height": 900})
    found = context.new_page()
    complaints = complaining(found, served)
    yield found
    context.close()
    assert [each for each in complaints if "404" not in each] == []


@pytest.fixture
def desk_page(browser: Browser, own_record: Path) -> Iterator[Page]:
    """The same on a record of its own, to be written to."""
    with serving(own_record) as address:
        context = browser.new_context(base_url=address, viewport={"width": 1440, "height": 900})
        found = context.new_page()
        complaints = complaining(found, address)
        yield found
        context.close()
        assert complaints == []


@pytest.mark.parametrize("path", PATHS)
def test_walk_every_page_is_whole_in_light_in_dark_on_paper_and_on_a_phone(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert barriers(page) == []
    page.emulate_media(color_scheme="dark")
    assert barriers(page, only="color-contrast") == []
    page.emulate_media(media="print", color_scheme="light")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".main-nav")).to_be_hidden()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("h1").count() == 1


def test_walk_an_event_is_corrected_and_all_pages_follow(desk_page: Page, own_record: Path) -> None:
    page = desk_page
    page.goto("/")
    page.get_by_label("Tie of").fill("North Korea")
    page.get_by_label("and", exact=True).fill("Russia")
    page.locator("form.find button").click()
    page.wait_for_url("**/dyad/PRK/RUS")
    tie = page.url
    row = page.locator(".rows .row", has_text=LAUNCH)
    expect(row.locator(".mark.quad")).to_have_text("ACCUSE")
    row.get_by_role("link").first.click()
    page.wait_for_url("**/incident/*")
    incident = page.url
    correct(page, "PROTEST")
    expect(page.locator(".decided").first).to_contain_text("Edited")
    expect(page.locator(".mark.quad").first).to_have_text("PROTEST")
    page.goto(tie)
    expect(row.locator(".mark.quad")).to_have_text("PROTEST")
    page.get_by_role("link", name="Brief", exact=True).last.click()
    page.wait_for_url("**/brief?a=PRK&b=RUS")
    told = page.locator("li, tr").filter(has_text=LAUNCH).first
    expect(told).to_contain_text("PROTEST")
    page.goto(incident)
    page.get_by_role("button", name="Undo").first.click()
    expect(page.locator(".decided")).to_have_count(0)
    page.goto("/brief?a=PRK&b=RUS")
    expect(told).to_contain_text("ACCUSE")
    assert [review.kind for review in read_reviews(own_record)] == ["edit", "undo"]


def test_walk_a_search_leads_to_the_words_in_their_article(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("received")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=received")
    hit = page.locator(".rows .row", has_text="Lavrov").first
    expect(hit.locator("mark").first).to_contain_text("received")
    hit.locator(".by-line a").last.click()
    page.wait_for_url("**/article/**")
    expect(page.locator("#read")).to_contain_text("Lavrov was received by Kim in Pyongyang")


def test_walk_the_queue_is_worked_by_keys(desk_page: Page, own_record: Path) -> None:
    page = desk_page
    page.goto("/review", wait_until="networkidle")
    if page.locator("#who").count():
        page.fill("#who", "Bo")
        with leading_on(page):
            page.keyboard.press("Enter")
        expect(page.locator("#who")).to_have_count(0)
    shown = page.locator(".review-main .decisions")
    first = shown.get_attribute("data-event") or ""
    page.keyboard.press("j")
    expect(shown).not_to_have_attribute("data-event", first)
    page.keyboard.press("k")
    expect(shown).to_have_attribute("data-event", first)
    page.keyboard.press("a")
    expect(shown).not_to_have_attribute("data-event", first)
    page.keyboard.press("k")
    expect(page.locator(".decided").first).to_contain_text("Accepted by Bo")
    page.keyboard.press("u")
    expect(shown.locator(".decided")).to_have_count(0)
    page.keyboard.press("r")
    expect(shown).not_to_have_attribute("data-event", first)
    assert [review.kind for review in read_reviews(own_record)] == ["accept", "undo", "reject"]


def test_walk_the_keyboard_shows_where_it_is(page: Page) -> None:
    page.goto("/incidents")
    for _ in range(12):
        page.keyboard.press("Tab")
        seen = page.evaluate("getComputedStyle(document.activeElement).outlineStyle + document.activeElement.tagName")
        assert seen.startswith("solid"), seen
    page.keyboard.press("Shift+Tab")
    page.goto("/incidents")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_in_viewport()


def correct(page: Page, kind: str) -> None:
    """Give the first event of a page another type."""
    page.get_by_text("Correct it").first.click()
    form = page.locator("form.event-form").first
    form.get_by_label("Type").select_option(kind)
    form.get_by_role("button", name="Keep these values").click()
