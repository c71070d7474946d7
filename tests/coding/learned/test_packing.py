from __future__ import annotations

from importlib import resources

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from dragoman.coding.learned.packing import ABSENT, HINTS, LONGEST, MARKS, Passage, Question, pack

TOKENIZER = Tokenizer.from_file(str(resources.files("dragoman.coding.learned") / "weights/tokenizer.json"))
TEXT = "Kim met Putin in Vladivostok."
MET = Question((0, 3), (8, 13), (4, 7))
CLS, SEP = TOKENIZER.token_to_id("[CLS]"), TOKENIZER.token_to_id("[SEP]")
WORDS = TOKENIZER.encode(TEXT, add_special_tokens=False).ids


def test_packing_puts_marks_inside_the_text() -> None:
    packed = pack([Passage(TEXT, (MET,), inline=True)], TOKENIZER)
    (a, b), (c, d), (e, f) = MARKS
    assert packed.ids[0].tolist() == [CLS, a, WORDS[0], b, e, WORDS[1], f, c, WORDS[2], d, *WORDS[3:], SEP]
    assert packed.asked[0, 1:].tolist() == [1, 3, 7, 9, 4, 6]
    assert packed.sees[0].all()


def test_packing_puts_marks_beside_the_text_at_the_places_of_the_spans() -> None:
    packed = pack([Passage(TEXT, (MET, MET._replace(actor=None)))], TOKENIZER)
    n = len(WORDS) + 2
    assert packed.ids[0, :n].tolist() == [CLS, *WORDS, SEP]
    assert packed.ids[0, n : n + 2].tolist() == list(MARKS[0])
    assert packed.ids[0, n + 6 : n + 8].tolist() == list(ABSENT[0])
    assert packed.places[0, n : n + 6].tolist() == [1, 1, 3, 3, 2, 2]
    assert packed.asked.tolist() == [[0, *range(n, n + 6)], [0, *range(n + 6, n + 12)]]


def test_packing_lets_no_text_and_no_other_question_see_a_question() -> None:
    packed = pack([Passage(TEXT, (MET, MET))], TOKENIZER)
    n = len(WORDS) + 2
    sees = packed.sees[0]
    assert sees[:, :n].all()
    assert not sees[:n, n:].any()
    assert sees[n : n + 6, n : n + 6].all()
    assert not sees[n : n + 6, n + 6 :].any()


def test_packing_shows_the_lexicons_type_by_the_triggers_marks() -> None:
    packed = pack([Passage(TEXT, (MET._replace(hint=3),))], TOKENIZER)
    assert packed.ids[0, -2:].tolist() == list(HINTS[3])


def test_packing_pads_what_is_shorter() -> None:
    packed = pack([Passage(TEXT, (MET,)), Passage("Kim met Putin.", (MET,), inline=True)], TOKENIZER)
    assert packed.ids.shape == packed.places.shape == packed.sees.shape[:2]
    assert packed.asked[:, 0].tolist() == [0, 1]
    assert packed.sees.any(axis=2).all()


def test_packing_keeps_what_is_near_the_spans_of_a_long_text() -> None:
    text = "Kim said. " + "The weather was fair and the sea was calm. " * 40 + "Moscow agreed."
    at = text.index("Moscow")
    packed = pack([Passage(text, (Question((0, 3), (at, at + 6), (at + 7, at + 13)),))], TOKENIZER)
    kept = packed.ids[0].tolist()
    assert len(kept) == LONGEST + 2 + 6
    for word in ("kim", "moscow", "agreed"):
        assert TOKENIZER.token_to_id(word) in kept


def test_packing_refuses_two_questions_inside_one_text() -> None:
    with pytest.raises(ValueError, match="one question"):
        pack([Passage(TEXT, (MET, MET), inline=True)], TOKENIZER)


spans = st.tuples(st.integers(0, 400), st.integers(1, 30)).map(lambda s: (s[0], s[0] + s[1]))
maybe = st.none() | spans


@given(
    st.text(max_size=400),
    st.lists(st.builds(Question, maybe, maybe, maybe, st.none() | st.integers(0, 15)), max_size=4),
    st.booleans(),
)
def test_packing_takes_any_text_and_any_spans(text: str, questions: list[Question], inline: bool) -> None:
    asked = tuple(questions[:1] if inline else questions)
    packed = pack([Passage(text, asked, inline=inline and bool(asked))], TOKENIZER)
    assert len(packed.asked) == len(asked)
    assert packed.ids.shape[1] <= LONGEST + 2 + 6 * max(1, len(asked))
    marks = [i for pair in (*MARKS, *ABSENT, *HINTS) for i in pair]
    for row in packed.asked:
        assert set(packed.ids[row[0], row[1:]].tolist()) <= set(marks)
    assert np.array_equal(packed.places >= 0, np.ones_like(packed.places, dtype=bool))
