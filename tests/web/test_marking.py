"""Overlapping highlights of a text as pieces that do not overlap."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.briefing.telling import BREAK
from dragoman.briefing.wording import seen
from dragoman.web.marking import Highlight, paragraphs, sentences

TEXTS = st.text(st.sampled_from("ab .\n\r<&\u202e\u200b\U0001f600é"), max_size=60)
UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SPANS = st.lists(st.tuples(st.integers(-2, 62), st.integers(-2, 62)), max_size=8)


def mark(start: int, end: int, layer: str = "x") -> Highlight:
    return Highlight(start=start, end=end, layer=layer)


def test_marking_cuts_crossing_highlights_into_pieces() -> None:
    (pieces,) = paragraphs("one two three", [mark(0, 7), mark(4, 13)])
    assert [(p.text, p.on) for p in pieces] == [("one ", (0,)), ("two", (0, 1)), (" three", (1,))]
    assert [p.opens for p in pieces] == [(0,), (1,), ()]


def test_marking_keeps_paragraphs_and_leaves_out_blank_ones() -> None:
    found = paragraphs("one\r\n\r\n \ntwo", [mark(1, 9)])
    assert [[p.text for p in pieces] for pieces in found] == [["o", "ne"], ["two"]]
    assert [p.on for pieces in found for p in pieces] == [(), (0,), ()]


def test_marking_leaves_out_what_cannot_be_seen_and_says_where() -> None:
    ((piece,),) = paragraphs("a\u202eb\u200bc", [])
    assert (piece.text, piece.gaps) == ("abc", (1, 3))


def test_marking_opens_a_highlight_where_it_begins_to_be_seen() -> None:
    (pieces,) = paragraphs("a \u200bb", [mark(1, 4)])
    assert [(p.text, p.opens) for p in pieces] == [("a", ()), (" b", (0,))]


@pytest.mark.parametrize("span", [(5, 5), (9, 4), (40, 90), (-5, 0)])
def test_marking_passes_over_highlights_of_nothing(span: tuple[int, int]) -> None:
    (pieces,) = paragraphs("some words", [mark(*span)])
    assert [p.on for p in pieces] == [()]


@UNHURRIED
@given(TEXTS, SPANS)
def test_marking_pieces_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    highlights = [mark(*span) for span in spans]
    found = [piece for paragraph in paragraphs(text, highlights) for piece in paragraph]
    for piece in found:
        length = len(piece.text) + len(piece.gaps)
        raw = text[piece.start : piece.start + length]
        assert seen(raw) == piece.text
        assert not BREAK.search(raw)
        for place in range(piece.start, piece.start + length):
            covering = tuple(n for n, h in enumerate(highlights) if h.start <= place < h.end)
            assert piece.on == covering
    assert "".join(p.text for p in found).replace(" ", "") == BREAK.sub("", seen(text)).replace(" ", "")
    opened = [number for piece in found for number in piece.opens]
    assert len(opened) == len(set(opened))


@UNHURRIED
@given(TEXTS, SPANS)
def test_marking_of_a_part_lies_within_it(text: str, spans: list[tuple[int, int]]) -> None:
    for piece in (p for each in paragraphs(text, [mark(*s) for s in spans], within=(5, 20)) for p in each):
        assert 5 <= piece.start < 20


def test_marking_takes_a_hundred_thousand_characters() -> None:
    text = "word " * 20_000
    (pieces,) = paragraphs(text, [mark(n * 100, n * 100 + 50) for n in range(1000)])
    assert len(pieces) == 2000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He came. She left.", ["He came.", "She left."]),
        ("“Go.” He went!\nA line without a stop", ["“Go.”", "He went!", "A line without a stop"]),
        ("It rose by 2.5 percent", ["It rose by 2.5 percent"]),
        (" \n ", []),
    ],
)
def test_marking_finds_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected
