from __future__ import annotations

import io

import pytest
from rich.console import Console

from dragoman.analysis.incidents import incidents
from dragoman.briefing import Brief, brief_of, print_brief
from dragoman.model import EventType
from tests.briefing.builders import report, unlike
from tests.briefing.samples import PRK, RUS, hostile, ordinary


def printed(brief: Brief, width: int = 80) -> str:
    out = io.StringIO()
    print_brief(brief, Console(file=out, width=width, highlight=False))
    return out.getvalue()


def test_terminal_prints_the_sections_in_order() -> None:
    text = printed(ordinary())
    wanted = [
        "NORTH KOREA AND RUSSIA",
        "6 incidents from 8 reports",
        "The tie over time",
        "Timeline",
        "Meetings, calls and letters",
        "Pledges open and overdue",
        "Contested",
        "Sources",
        "Method and limits",
    ]
    places = [text.index(words) for words in wanted]
    assert places == sorted(places)
    assert "Unusual" not in text


def test_terminal_ends_every_line_with_its_incident() -> None:
    brief = ordinary()
    (met,) = [entry for entry in brief.key if entry.event == "e1000000"]
    assert (
        "2023-10-19       Kim Jong Un and Sergei Lavrov met, Pyongyang (CONSULT) [took\n"
        "                 place]\n"
        "                 “Kim received Lavrov in Pyongyang”\n"
        f"                 Morning Paper, 2023-10-20; 2 independent sources [{met.id}]\n"
    ) in printed(brief)


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("brief", [ordinary(), hostile()], ids=["ordinary", "hostile"])
def test_terminal_keeps_to_the_width_and_sends_no_control_characters(brief: Brief, width: int) -> None:
    text = printed(brief, width)
    assert max(map(len, text.splitlines())) <= width
    assert not any(ord(c) < 32 and c != "\n" for c in text)
    assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\x7f")


def test_terminal_shows_article_text_and_no_markup() -> None:
    odd = report("e1", "PRK", "RUS", date="2024-01-01", evidence="[bold red]They met[/] at :smile:")
    assert "[bold red]They met[/] at :smile:" in printed(brief_of(incidents([odd]), (PRK, RUS)))


def test_terminal_says_how_many_incidents_it_leaves_out() -> None:
    many = [
        unlike(report(f"e{n:08}", "PRK", "RUS", type="AID", date=f"{1990 + n // 12}-{n % 12 + 1:02}-01"))
        for n in range(100)
    ]
    assert "92 more incidents: 'dragoman incidents' lists them" in printed(brief_of(incidents(many), (PRK, RUS)))


def test_terminal_marks_the_periods_that_turn() -> None:
    kinds: list[tuple[int, EventType]] = [(2023, "ACCUSE"), (2024, "AID")]
    acts = [
        report(f"{kind}{n}", "PRK", "RUS", type=kind, date=day, published=day, evidence=f"{kind} over matter{n}")
        for year, kind in kinds
        for n in range(1, 10)
        for day in [f"{year}-0{n}-10"]
    ]
    text = " ".join(printed(brief_of(incidents(map(unlike, acts)), (PRK, RUS))).split())
    assert "2024-01: turns to cooperation, mean score from −3.0 (9) to +10.0 (9)" in text
    assert "), turns" in text


def test_terminal_says_that_there_is_nothing() -> None:
    text = printed(brief_of([], (PRK, RUS)))
    assert "The record has no report of an event between North Korea and Russia." in text
    assert "Timeline" not in text
