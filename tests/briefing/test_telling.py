from __future__ import annotations

import pytest

from dragoman.briefing.telling import nearest, paragraph_around, stretches
from dragoman.model import Article, EventDate, ReportedEvent
from tests.opinions.samples import TEXT, event


@pytest.mark.parametrize(
    ("words", "around", "expected"),
    [
        ("Kim", (10, 16), (11, 14)),
        ("Kim", (0, 3), (0, 3)),
        ("he", (10, 16), None),
        ("", (0, 3), None),
    ],
)
def test_telling_finds_whole_words_next_to_a_clause(
    words: str, around: tuple[int, int], expected: tuple[int, int] | None
) -> None:
    text = "Kim and a  Kim, there"
    assert nearest(text, words, around, (0, len(text))) == expected


def test_telling_cuts_a_long_paragraph_around_a_clause() -> None:
    text = "before " * 100 + "CLAUSE" + " after" * 100 + "\nnext"
    start = text.index("CLAUSE")
    first, last = paragraph_around(text, start, start + 6, 50)
    assert text[first:last].startswith("before")
    assert text[first:last].endswith("after")
    assert start - 50 <= first < start
    assert start + 6 < last <= start + 56
    assert paragraph_around("a b\nc d", 4, 5, 50) == (4, 7)


def test_telling_says_where_a_report_has_what() -> None:
    date = EventDate(start="2024-08-05", end="2024-08-05", granularity="day", basis="stated", expression="Monday")
    report = ReportedEvent(event=event(date=date), article=Article(id="a1", text=TEXT))
    found = {letter: TEXT[start:end] for start, end, letter in stretches(report, (0, len(TEXT)))}
    assert found == {"C": "Japan's minister is to visit China", "A": "Japan", "R": "China", "D": "Monday"}
    first = report.event.evidence.start
    assert {letter for _, _, letter in stretches(report, (first, len(TEXT)))} == {"C", "A", "R"}
