from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from dragoman.model import ReportedEvent
from dragoman.notebook.html import SHOWN, event_html, incident_html
from dragoman.notebook.marked import marked
from tests.briefing.builders import report
from tests.notebook.conftest import filled

SCRIPT = "<script>alert('x')</script>"
HOSTILE = report(
    "e1",
    f"Envoy {SCRIPT}/PRK",
    'A "quoted" <b>body</b>/RUS',
    said_by=f"Voice <img src=x onerror=alert(1)>{SCRIPT}/RUS",
    evidence=f"The envoy {SCRIPT} met them & left\u202e",
    title=f"</td></table>{SCRIPT}",
    publisher=f"Paper'{SCRIPT}",
    place=f"Town{SCRIPT}",
    url="javascript:alert(1)",
    date="2024-08-01",
)


class Elements(HTMLParser):
    """The elements of a page and their attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.closed: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        self.closed.append(tag)


def pages(told: ReportedEvent, folder: Path) -> list[str]:
    """All that a notebook shows of a record with one report."""
    record = filled(folder / "record", told)
    (incident,) = record.incidents()
    tie = record.dyad("PRK", "RUS")
    shown = [record.events(), record.incidents(), tie, tie.meetings(), tie.series()]
    return [event_html(told), incident_html(incident), *(each._repr_html_() for each in shown)]


def test_html_of_hostile_text_is_text(tmp_path: Path) -> None:
    for page in pages(HOSTILE, tmp_path):
        found = Elements(page)
        assert set(found.tags) <= {
            "div", "span", "strong", "mark", "sup", "table", "thead", "tbody", "tr", "th", "td", "a", "img",
        }  # fmt: skip
        assert {name for name, _ in found.attributes} <= {
            "style",
            "title",
            "scope",
            "href",
            "rel",
            "target",
            "src",
            "alt",
        }
        assert "javascript:" not in page
        assert "<script" not in page
        assert "\u202e" not in page
        assert sorted(t for t in found.tags if t != "img") == sorted(found.closed)


def test_html_asks_for_nothing_from_elsewhere(tmp_path: Path) -> None:
    for page in pages(HOSTILE, tmp_path):
        sources = [value or "" for name, value in Elements(page).attributes if name == "src"]
        assert all(source.startswith("data:image/svg+xml;base64,") for source in sources)
        assert "url(" not in page
        assert "@import" not in page


@pytest.mark.parametrize(
    ("url", "leads"),
    [
        ("https://dispatches.example/a?b=1&c=2", True),
        ("http://dispatches.example/", True),
        ("JavaScript:alert(1)", False),
        ("data:text/html,x", False),
        ("https://user@dispatches.example/", False),
        ('https://dispatches.example/" onclick="x', False),
        (None, False),
    ],
)
def test_html_links_only_to_the_web(url: str | None, leads: bool) -> None:
    found = Elements(event_html(report("e1", "PRK", "RUS", url=url)))
    assert ("a" in found.tags) == leads
    if leads:
        assert dict(found.attributes)["rel"] == "noopener noreferrer"
        assert ("href", url) in found.attributes


def test_html_of_an_event_has_sentence_chain_and_date_with_basis() -> None:
    told = report("e1", "PRK", "RUS", evidence="North Korea hosted Russia", said_by="TASS/RUS", date="2024-08-01")
    page = event_html(told)
    words = re.sub(r"<[^>]+>", "", page)
    assert "On a grey morning. North KoreaA hosted RussiaR. Nobody else came." in words
    assert "TASS (state media of Russia) › Morning Paper (published it)" in words
    assert "2024-08-01 (stated)" in words
    assert "the day of publication" in event_html(report("e2", "PRK", "RUS", date="2024-08-02", stated=False))
    assert "no date" in event_html(report("e3", "PRK", "RUS"))


def test_html_of_a_selection_is_cut_and_says_so(tmp_path: Path) -> None:
    told = [report(f"e{n}", "PRK", "RUS", type="AID", date=f"2024-0{n % 9 + 1}-01", evidence=f"Words {n} of it")
            for n in range(SHOWN + 3)]  # fmt: skip
    record = filled(tmp_path / "record", *told)
    page = record.events()._repr_html_()
    assert page.count("<tr>") == SHOWN + 1
    assert "and 3 more events" in page
    assert "No events." in record.events(types=["ASSAULT"])._repr_html_()


def test_marked_runs_give_back_the_paragraph() -> None:
    told = report(
        "e1", "PRK", "RUS", evidence="North Korea hosted Russia", before="One line.\nIn May ", after=" again."
    )
    runs = marked(told)
    assert "".join(run.text for run in runs) == "In May North Korea hosted Russia again."
    assert [run.text for run in runs if "A" in run.on] == ["North Korea"]
    assert "".join(run.text for run in runs if "C" in run.on) == "North Korea hosted Russia"


def test_marked_cuts_long_paragraphs_at_spaces() -> None:
    told = report("e1", "PRK", "RUS", before="word " * 200, after=" word" * 200)
    text = "".join(run.text for run in marked(told, 40))
    assert text.startswith("… word")
    assert text.endswith("word …")
    assert len(text) < 120
