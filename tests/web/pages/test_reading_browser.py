"""The pages of an incident and of an article in a browser: reading, toggling, selecting, and hostile text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from dragoman.record import Record
from dragoman.web import links
from dragoman.web.desk import Desk
from tests.web.browsing import barriers, complaining, serving
from tests.web.pages.test_article import TEXT, hostile, large

pytestmark = pytest.mark.browser
EVIL = links.article(hostile().article.id)
"""Of a record of its own: one word of 100,000 letters is more than lists of the other should have to show."""


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("evil") / "record"
    Record.create(folder).append([hostile(), large()])
    with serving(folder) as address:
        yield address


@pytest.fixture
def page(browser: Browser, served: str) -> Iterator[Page]:
    context = browser.new_context(base_url=served, viewport={"width": 1440, "height": 900})
    found = context.new_page()
    complaints = complaining(found, served)
    yield found
    context.close()
    assert complaints == []


def address(desk: Desk, event_id: str) -> str:
    return links.incident(desk.event(event_id)[1].id)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("event", ["e04", "e07", "article"])
def test_reading_browser_finds_no_barrier(page: Page, desk: Desk, event: str, scheme: Literal["light", "dark"]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto("/article/full" if event == "article" else address(desk, event), wait_until="networkidle")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert barriers(page) == []


@pytest.mark.parametrize("event", ["e04", "e07", "e18", "article"])
def test_reading_browser_a_phone_shows_it_whole(page: Page, desk: Desk, event: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/article/full" if event == "article" else address(desk, event), wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [1440, 390])
def test_reading_browser_hostile_article_does_nothing(browser: Browser, evil: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 844})
    complaints = complaining(page, evil)
    page.goto(evil + EVIL, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("#read")).to_contain_text("</p></div><style>*{display:none}</style> The end.")
    assert page.locator("#read img, #read script, #read style, a[href^=javascript]").count() == 0
    assert complaints == []
    page.close()


def test_reading_browser_selection_is_counted_in_code_points(browser: Browser, evil: str) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(evil + EVIL, wait_until="networkidle")
    page.evaluate(
        """() => {
            const runs = [...document.querySelectorAll('#read [data-o]')];
            const first = runs.find((run) => run.textContent.includes('met'));
            const last = runs.find((run) => run.textContent.includes('Pyong'));
            const range = document.createRange();
            range.setStart(first.firstChild, first.textContent.indexOf('met'));
            range.setEnd(last.firstChild, last.textContent.indexOf('Pyongyang') + 9);
            getSelection().addRange(range);
        }"""
    )
    page.get_by_role("button", name="Add an event from these words").click()
    form = page.locator("form[data-add]")
    start, end = (int(form.locator(f"[name={name}]").input_value()) for name in ("start", "end"))
    assert TEXT[start:end].startswith("met \u202eLavrov")
    assert TEXT[start:end].endswith("Pyong\u200byang")
    expect(form.locator("[name=type]")).to_be_focused()
    page.close()


def test_reading_browser_layers_are_kept_in_the_address(page: Page) -> None:
    page.goto("/article/full", wait_until="networkidle")
    page.get_by_label("mentions").uncheck()
    page.wait_for_url("**show=text%2Cclaims%2Cevents")
    expect(page.locator("#read a.m")).to_have_count(0)
    page.reload(wait_until="networkidle")
    expect(page.get_by_label("mentions")).not_to_be_checked()
    page.get_by_label("mentions").check()
    page.wait_for_url("**/article/full")
    expect(page.locator("#read a.m")).to_have_count(2)


def test_reading_browser_click_on_an_event_leads_to_its_note_and_back(page: Page) -> None:
    page.goto("/article/full", wait_until="networkidle")
    page.locator("#read [data-e='1']:not(a)", has_text="met").click()
    page.wait_for_url("**#note-e30")
    note = page.locator("#note-e30")
    expect(note).to_be_in_viewport()
    note.get_by_label("E1, in the text").click()
    page.wait_for_url("**#e30")
    page.locator("#e30").focus()
    expect(page.locator("#read .lit").first).to_be_visible()


def test_reading_browser_sentence_is_chosen_without_a_script(browser: Browser, served: str) -> None:
    context = browser.new_context(base_url=served, java_script_enabled=False)
    page = context.new_page()
    page.goto("/article/full")
    page.locator("#add > summary").click()
    page.locator("#add-sentence").select_option(index=1)
    page.get_by_role("button", name="Take it").click()
    expect(page.locator("form[data-add] [name=words]")).to_have_value('"The line is low," Kim said.')
    context.close()


def test_reading_browser_event_is_corrected_and_one_added(browser: Browser, own_record: Path) -> None:
    with serving(own_record) as base:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        complaints = complaining(page, base)
        page.goto(f"{base}/article/full", wait_until="networkidle")
        note = page.locator("#note-e30")
        note.get_by_text("Correct it").click()
        note.get_by_label("Type").select_option("AGREE")
        note.get_by_role("button", name="Keep these values").click()
        page.wait_for_url("**/article/full#note-e30")
        expect(note.locator(".decided")).to_contain_text("Edited")
        expect(note.locator(".mark.quad")).to_have_text("AGREE")
        page.locator("#read [data-o]", has_text="The line is low").select_text()
        page.get_by_role("button", name="Add an event from these words").click()
        form = page.locator("form[data-add]")
        form.get_by_label("Type").select_option("ACCUSE")
        form.get_by_label("Who acts").fill("Kim Jong Un")
        form.get_by_role("button", name="Add the event").click()
        expect(page.locator("[data-note=E2] .decided")).to_contain_text("Added")
        expect(page.locator("#read [data-e='2']")).to_have_text("The line is low")
        assert complaints == []
        page.close()


def test_reading_browser_incidents_are_put_together_and_apart_again(
    browser: Browser, own_record: Path, desk: Desk
) -> None:
    with serving(own_record) as base:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.goto(base + address(desk, "e10"), wait_until="networkidle")
        cards = page.locator(".card")
        before = cards.count()
        page.get_by_label("Kim Jong Un and Vladimir Putin agreed").check()
        page.get_by_label("Why (kept with the decision)").last.fill("one visit")
        page.get_by_role("button", name="Put together").click()
        page.wait_for_url("**#decided")
        expect(cards).to_have_count(before + 1)
        page.get_by_role("button", name="Undo").first.click()
        expect(cards).to_have_count(before)
        page.close()
