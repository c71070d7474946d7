from __future__ import annotations

import random

from training.notation import parse_line
from training.rows import Evoked, Example, Lexical, Row, example

from dragoman.coding.learned.labels import NONE, TYPES

LINE = "[a/USA Washington] {1 accused} [b/RUS Moscow] of arming [c/PRK Pyongyang]. :: 1 ACCUSE a>b"


def read(row: Row, found: Example) -> tuple[str | None, ...]:
    words = tuple(None if s is None else found.text[slice(*s)] for s in row.question.spans)
    return (*words, "NONE" if row.type == NONE else TYPES[row.type])


def test_rows_turn_an_event_into_a_question_with_its_type() -> None:
    found = example(parse_line(LINE, "s"))
    assert [read(r, found) for r in found.events] == [("Washington", "Moscow", "accused", "ACCUSE")]


def test_rows_leave_out_a_side_or_the_trigger_in_further_questions() -> None:
    found = example(parse_line(LINE, "s"))
    assert ("Washington", "Moscow", None, "ACCUSE") in [read(r, found) for r in found.partial]
    assert (None, "Moscow", "accused", "ACCUSE") in [read(r, found) for r in found.partial]


def test_rows_answer_none_for_turned_sides_and_third_parties() -> None:
    none = [read(r, found) for found in [example(parse_line(LINE, "s"))] for r in found.none]
    assert ("Moscow", "Washington", "accused", "NONE") in none
    assert ("Washington", "Pyongyang", "accused", "NONE") in none
    assert not any(row[:2] == ("Washington", "Moscow") for row in none)


def test_rows_never_turn_round_what_both_do() -> None:
    line = "[a/USA Washington] {1 met} [b/RUS Moscow]. :: 1 CONSULT a<>b"
    found = example(parse_line(line, "s"))
    assert {read(r, found)[:2] for r in found.events} == {("Washington", "Moscow"), ("Moscow", "Washington")}
    assert not found.none


def test_rows_take_one_state_by_two_names_for_one_side() -> None:
    line = "[a/RUS Moscow] {1 warned} [b/FIN Helsinki], where [c/RUS its envoy] lives. :: 1 THREATEN a>b"
    found = example(parse_line(line, "s"))
    assert not any(read(r, found)[:2] == ("its envoy", "Helsinki") for r in found.none)


def test_rows_show_the_lexicons_type_as_a_hint_and_its_idle_words_as_none() -> None:
    sentence = parse_line(LINE, "s")
    at = sentence.text.index("arming")
    evoked = (
        Evoked(sentence.events[0].trigger, (), "ACCUSE"),
        Evoked((at, at + 6), ((at, at + 6),), "AID"),
    )
    found = example(sentence, Lexical(evoked, {("a", "b"): (sentence.events[0].trigger, TYPES.index("ACCUSE"))}))
    assert [r.question.hint for r in found.events] == [None, TYPES.index("ACCUSE")]
    assert ("Washington", "Moscow", "arming", "NONE") in [read(r, found) for r in found.none]


def test_rows_drawn_hold_every_event_and_no_flood_of_none() -> None:
    found = example(parse_line(LINE, "s"))
    for seed in range(20):
        passage, rows = found.draw(random.Random(seed))
        assert len(passage.questions) == len(rows)
        told = [r for r in rows if r.type != NONE]
        assert found.events[0].type in {r.type for r in told}
        assert len(rows) - len(told) <= max(2, 2 * len(told))
