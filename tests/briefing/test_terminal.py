from __future__ import annotations

import io

import pytest
from rich.console import Console

from dragoman.briefing import Brief, brief_of, print_brief
from tests.briefing.builders import report
from tests.briefing.samples import PRK, RUS, hostile, ordinary


def printed(brief: Brief, width: int = 80) -> str:
    out = io.StringIO()
    print_brief(brief, Console(file=out, width=width, highlight=False))
    return out.getvalue()


def test_terminal_prints_the_sections_in_order() -> None:
    text = printed(ordinary())
    wanted = [
        "NORTH KOREA AND RUSSIA",
        "8 event reports",
        "Cooperation and conflict over time",
        "Meetings",
        "Kim Jong Un – Sergei Lavrov: 1 (2023-10-19, Pyongyang [e1000000])",
        "What happened, in order",
        "What each said of the other",
        "Planned",
        "Promised or agreed",
        "Spoken of as possible",
        "Alleged, and by whom",
        "Contested",
        "Sources",
        "Method and limits",
    ]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)
    assert "Threatened" not in text


def test_terminal_ends_every_line_with_its_event() -> None:
    text = printed(ordinary())
    told = text[text.index("What happened, in order") :]
    assert (
        "2023-10-19  Kim Jong Un and Sergei Lavrov met (CONSULT; Pyongyang)\n"
        "            “Kim received Lavrov in Pyongyang”\n"
        "            Morning Paper (2023-10-20); 2 reports in 2 articles [e1000000]\n"
    ) in told


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("brief", [ordinary(), hostile()], ids=["ordinary", "hostile"])
def test_terminal_keeps_to_the_width_and_sends_no_control_characters(brief: Brief, width: int) -> None:
    text = printed(brief, width)
    assert max(map(len, text.splitlines())) <= width
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\x7f")


def test_terminal_shows_article_text_and_no_markup() -> None:
    odd = report("e1", "PRK", "RUS", date="2024-01-01", evidence="[bold red]They met[/] at :smile:")
    assert "[bold red]They met[/] at :smile:" in printed(brief_of([odd], (PRK, RUS)))


def test_terminal_says_how_many_lines_it_leaves_out() -> None:
    many = [
        report(f"e{n:08}", "PRK", "RUS", type="AID", date=f"{1990 + n // 12}-{n % 12 + 1:02}-01") for n in range(100)
    ]
    text = printed(brief_of(many, (PRK, RUS)))
    assert "(40 earlier ones are left out here" in text
    assert "[e00000099]" in text


def test_terminal_says_that_there_is_nothing() -> None:
    text = printed(brief_of([], (PRK, RUS)))
    assert "The record has no report of an event between North Korea and Russia." in text
    assert "Meetings" not in text
