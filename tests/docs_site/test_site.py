"""The documentation site is built without a warning, needs nothing from elsewhere, and leads to every page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import typer.main

from dragoman.cli import app
from tests.snippets import ROOT

# What a browser loads by itself, unlike the target of a link.
LOADED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "embed": "src", "object": "data"}
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "preconnect", "dns-prefetch", "manifest"}


class _Page(HTMLParser):
    """The addresses that a page loads, and those that it links to."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loaded: list[str] = []
        self.linked: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attributes}
        if tag in LOADED and LOADED[tag] in values:
            self.loaded.append(values[LOADED[tag]])
        if tag == "link" and LOADING_LINKS & set(values.get("rel", "").split()):
            self.loaded.append(values["href"])
        if tag == "a":
            self.linked.append(values.get("href", ""))


def _pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_site_has_a_page_for_every_markdown_file(site: Path) -> None:
    wanted = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert wanted <= {path.relative_to(site) for path in _pages(site)}


def test_site_loads_nothing_from_elsewhere(site: Path) -> None:
    for path in _pages(site):
        away = [address for address in _Page(path.read_text("utf-8")).loaded if re.match(r"(?:\w+:)?//", address)]
        assert not away, f"{path.relative_to(site)} loads {away}"
    for path in site.rglob("*.css"):
        away = re.findall(r"(?:url\(|@import)\s*[\"']?((?:https?:)?//[^\"')]+)", path.read_text("utf-8"))
        assert not away, f"{path.relative_to(site)} loads {away}"


def test_site_leads_from_its_first_page_to_every_page(site: Path) -> None:
    linked = {address.split("#")[0] for address in _Page((site / "index.html").read_text("utf-8")).linked}
    missing = [
        page
        for page in sorted((ROOT / "docs").rglob("*.md"))
        if page.name != "index.md" and page.relative_to(ROOT / "docs").with_suffix(".html").as_posix() not in linked
    ]
    assert not missing


def test_site_describes_every_verb_and_option(site: Path) -> None:
    text = (site / "reference" / "cli.html").read_text("utf-8")
    verbs = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for name, verb in verbs.items():
        assert f'id="dragoman-{name}"' in text, f"'dragoman {name}' is missing"
        for option in (word for one in verb.params if not one.hidden for word in one.opts if word.startswith("--")):
            assert option in text, f"'dragoman {name} {option}' is missing"


def test_site_makes_the_reference_out_of_docstrings(site: Path) -> None:
    for page, names in {
        "python": ["dragoman.record.Record.reported", "dragoman.coding.coder.Coder.code_many"],
        "model": ["dragoman.model.Event", "dragoman.model.Claim"],
        "analysis": ["dragoman.analysis.incidents.Incident", "dragoman.analysis.series.series"],
    }.items():
        text = (site / "reference" / f"{page}.html").read_text("utf-8")
        for name in names:
            assert f'id="{name}"' in text, f"{page} lacks {name}"


def test_site_shows_the_figures_of_the_evaluation_in_the_method(site: Path) -> None:
    text = (site / "method.html").read_text("utf-8")
    assert "<code" in text
    assert "relations_dev" in text
    assert "events_dev" in text
