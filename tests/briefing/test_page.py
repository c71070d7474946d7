from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dragoman.briefing import Brief, brief_of, to_html, write_html
from dragoman.errors import UsageError
from tests.briefing.samples import PRK, RUS, SCRIPT, hostile, ordinary


class Page(HTMLParser):
    """The tags and attributes of a page, with a check that tags close in order."""

    VOID = frozenset({"meta", "br", "link", "img"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [value for _, attrs in self.tags if (value := attrs.get(attribute)) is not None]


@pytest.mark.parametrize(
    "brief", [ordinary(), hostile(), brief_of([], (PRK, RUS))], ids=["ordinary", "hostile", "none"]
)
def test_page_is_whole_and_needs_nothing_else(brief: Brief) -> None:
    page = Page(to_html(brief))
    names = {tag for tag, _ in page.tags}
    assert not names & {"script", "img", "link", "iframe", "object", "embed", "form", "base", "input"}
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on") or name in ("src", "style")]
    assert all(h.startswith(("#", "https://", "http://")) for h in page.values("href"))
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {h[1:] for h in page.values("href") if h.startswith("#")} <= set(ids)


def test_page_admits_its_own_style_only() -> None:
    html = to_html(ordinary())
    style = re.search(r"<style>(.*?)</style>", html, flags=re.S)
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert style is not None
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in policy[1].replace("&#39;", "'")
    assert "default-src 'none'" in policy[1].replace("&#39;", "'")


def test_page_shows_the_clause_in_its_paragraph() -> None:
    html = to_html(ordinary())
    assert "On a grey morning. <mark>Kim received Lavrov in Pyongyang</mark>. Nobody else came." in html
    assert '<a href="https://news.example/1" rel="noopener noreferrer">' in html


def test_page_has_a_text_for_its_chart() -> None:
    html = to_html(ordinary())
    assert '<title id="chart-title">The tie over time: North Korea and Russia</title>' in html
    assert re.search(
        r'<desc id="chart-desc">The index of North Korea and Russia by week from 2023-10-16 to 2024-01-01', html
    )
    assert 'role="img" aria-labelledby="chart-title chart-desc"' in html


def test_page_leads_figures_to_incidents_and_incidents_to_sentences() -> None:
    html = to_html(ordinary())
    figure = re.search(r'<a class="fig" href="#(f\d+)">3</a> took place', html)
    assert figure is not None
    listed = re.search(rf'<div id="{figure[1]}"><dt>Incidents: took place \(3\)</dt><dd>(.*?)</dd>', html)
    assert listed is not None
    for incident in re.findall(r'href="#(i[0-9a-f]+)"', listed[1]):
        card = html[html.index(f'<article class="card" id="{incident}">') :]
        assert "<mark>" in card[: card.index("</article>")]


def test_page_escapes_hostile_text() -> None:
    html = to_html(hostile())
    assert SCRIPT not in html
    assert "<script" not in html
    assert "{{ 7 * 7 }}" in html
    assert not set(html) & set("\u202e\u2066\x1b\x07\u200b")
    assert 'href="javascript' not in html
    assert 'href="data' not in html


def test_page_is_the_same_every_time() -> None:
    assert to_html(ordinary()) == to_html(ordinary())


def test_page_says_that_there_is_nothing() -> None:
    html = to_html(brief_of([], (PRK, RUS)))
    assert "The record has no report of an event between North Korea and Russia." in html
    assert "<h2>" not in html


def test_page_says_when_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_html(ordinary(), tmp_path)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_colours_have_contrast(scheme: str) -> None:
    """WCAG AA: text against what it stands on at least 4.5 to 1."""
    css = re.search(r"<style>(.*?)</style>", to_html(ordinary()), flags=re.S)
    assert css is not None
    blocks = re.findall(r":root \{(.*?)\}", css[1], flags=re.S)
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[scheme == "dark"]))
    for text, ground in [
        ("ink", "paper"),
        ("soft", "paper"),
        ("link", "paper"),
        ("ink", "wash"),
        ("soft", "wash"),
        ("link", "wash"),
        ("mark-ink", "mark"),
        ("warn", "warn-wash"),
        ("calm", "calm-wash"),
    ]:
        assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
