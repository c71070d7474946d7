"""Texts to parsed sentences: furniture left out, captions kept, every offset that of the text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.draft import Draft
from dragoman.coding.language import load_pipeline, parse
from dragoman.errors import UsageError
from dragoman.model import Article, Furniture, FurnitureKind
from tests.coding.drafts import draft

# Pieces of which odd news texts are made: glued names, line ends of all kinds, emoji, marks that combine.
PIECES = [
    "ComradeKim Jong Unmet", "Pyongyang.The", "Kim Jong Un", "‘We’re here,’", "U.S.", "met", "in Seoul.", "Mr. Lee",
    "1,000", "\n", "\n\n", "\r\n", "\r", "\t", " ", "  ", "\u00a0", "\u2028", "\x85", "\u200b", "…", "--", "(Yonhap)",
    "🇰🇵", "👩‍🚀", "e\u0301", "김정은", "Владимир", "شي", "iPhone", "https://example.org/a?b=c", "[1]", "*", "’s", "İ",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).map("".join)
CODED: list[FurnitureKind] = ["headline", "caption"]
LEFT_OUT: list[FurnitureKind] = ["dateline", "date", "credit", "reprint", "subscribe", "end"]


def parsed(text: str, *furniture: tuple[str, FurnitureKind]) -> Draft:
    """The draft of a text in which the given words are furniture."""
    pieces = [Furniture(start=text.index(w), end=text.index(w) + len(w), kind=kind) for w, kind in furniture]
    return draft(text, furniture=tuple(sorted(pieces, key=lambda f: f.start)))


def words(text: str) -> list[str]:
    return [t.text for s in draft(text).sentences for t in s.tokens]


@pytest.mark.parametrize("kind", LEFT_OUT)
def test_language_leaves_furniture_out(kind: FurnitureKind) -> None:
    made = parsed("Kim met Putin.\nRead more here.\nThey talked.", ("Read more here.", kind))
    assert [s.tokens.text for s in made.sentences] == ["Kim met Putin.", "They talked."]


@pytest.mark.parametrize("kind", CODED)
def test_language_keeps_furniture_that_tells_news(kind: FurnitureKind) -> None:
    made = parsed("Kim meets Putin at the port.\nThey talked.", ("Kim meets Putin at the port.", kind))
    assert [(s.tokens.text, s.furniture) for s in made.sentences] == [
        ("Kim meets Putin at the port.", kind),
        ("They talked.", None),
    ]


def test_language_leaves_out_furniture_within_a_line() -> None:
    made = parsed("SEOUL (Yonhap) -- Kim met Putin.", ("SEOUL (Yonhap) --", "dateline"))
    assert [s.tokens.text.strip() for s in made.sentences] == ["Kim met Putin."]


def test_language_sentence_ends_with_its_line() -> None:
    made = draft("Kim met Putin in\nVladivostok on Monday.")
    assert len(made.sentences) == 2
    assert [s.paragraph for s in made.sentences] == [0, 1]


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_language_offsets_are_those_of_the_text(text: str) -> None:
    made = draft(text)
    covered: set[int] = set()
    for number, sentence in enumerate(made.sentences):
        assert sentence.index == number
        assert text[sentence.start : sentence.end] == sentence.tokens.text
        for token in sentence.tokens:
            at = sentence.offset(token)
            assert text[at : at + len(token)] == token.text
        assert covered.isdisjoint(range(sentence.start, sentence.end))
        covered.update(range(sentence.start, sentence.end))
    lost = [c for i, c in enumerate(text) if i not in covered and not c.isspace()]
    assert not lost


@settings(max_examples=60, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20), st.sampled_from(LEFT_OUT)), max_size=3))
def test_language_codes_nothing_of_furniture(text: str, wanted: list[tuple[int, int, FurnitureKind]]) -> None:
    furniture: list[Furniture] = []
    for start, length, kind in sorted(wanted):
        if start + length <= len(text) and (not furniture or furniture[-1].end <= start):
            furniture.append(Furniture(start=start, end=start + length, kind=kind))
    made = draft(text, furniture=tuple(furniture))
    hidden = {i for f in furniture for i in range(f.start, f.end)}
    for sentence in made.sentences:
        assert text[sentence.start : sentence.end] == sentence.tokens.text
        assert hidden.isdisjoint(range(sentence.start, sentence.end))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("ComradeKim Jong Un spoke.", ["Comrade", "Kim", "Jong", "Un"]),
        ("Kim Jong Unmet the guests.", ["Un", "met"]),
        ("He left Pyongyang.The guests stayed.", ["Pyongyang", "The"]),
        ("MarshalKim Jong Unreceived them.", ["Marshal", "Kim", "Un", "received"]),
    ],
)
def test_language_parts_glued_words(text: str, whole: list[str]) -> None:
    assert set(whole) <= set(words(text))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("John McCain bought an iPhone.", ["McCain", "iPhone"]),
        ("The U.S. and NATO met.", ["U.S.", "NATO"]),
    ],
)
def test_language_leaves_words_that_are_not_glued(text: str, whole: list[str]) -> None:
    assert set(whole) <= set(words(text))


def test_language_parses_articles_in_order_also_empty_ones() -> None:
    texts = ["Kim met Putin.", "", "\n \n", "They talked.\nThey left.", ""]
    made = list(parse([Article(id=str(i), text=t) for i, t in enumerate(texts)], load_pipeline(), batch_size=2))
    assert [d.article.id for d in made] == ["0", "1", "2", "3", "4"]
    assert [len(d.sentences) for d in made] == [1, 0, 0, 2, 0]


def test_language_stretch_of_another_paragraph_has_no_tokens() -> None:
    made = draft("Kim met Putin.\nThey talked.")
    first, second = made.sentences
    at = made.article.text.index("talked")
    assert first.token_span(at, at + 6) is None
    found = second.token_span(at, at + 6)
    assert found is not None
    assert found.text == "talked"


def test_language_pipeline_that_is_not_installed() -> None:
    with pytest.raises(UsageError, match="'no_such_pipeline' is not installed"):
        load_pipeline("no_such_pipeline")
