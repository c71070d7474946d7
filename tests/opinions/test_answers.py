"""What is taken for an answer, and what is not."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.opinions.answers import Answer, Given, NoAnswerError, answer_schema, read_answer

PASSAGE = "On Monday Japan's minister\nis to visit China (again)."
GOOD: dict[str, Any] = {
    "event": True,
    "type": "CONSULT",
    "mode": "visit",
    "status": "planned",
    "doer": "A",
    "words": "is to visit",
    "reason": "It says  so.",
}
NONE: dict[str, Any] = {
    "event": False,
    "type": "NONE",
    "mode": None,
    "status": None,
    "doer": "neither",
    "words": None,
    "reason": "",
}


def test_answers_take_an_answer_and_find_its_words_in_the_article() -> None:
    read = read_answer(json.dumps(GOOD), PASSAGE, offset=100)
    start = 100 + PASSAGE.index("is to visit")
    assert read == Answer(
        event=True,
        type="CONSULT",
        mode="visit",
        status="planned",
        doer="actor",
        start=start,
        end=start + 11,
        reason="It says so.",
    )


def test_answers_take_that_there_is_no_event() -> None:
    assert read_answer(json.dumps(NONE), PASSAGE) == Answer(event=False, reason="")


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        "\n {} \n",
        "```json\n{}\n```",
        "```\n{}\n```",
        "My answer is {}. I hope that it helps.",
        '<think>It could be {{"event": false}} or not.</think> {}',
    ],
)
def test_answers_take_one_object_alone_fenced_or_in_prose(content: str) -> None:
    whole = content.replace("{}", json.dumps(GOOD)).replace("{{", "{").replace("}}", "}")
    assert read_answer(whole, PASSAGE).type == "CONSULT"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "Yes, a visit.",
        "[]",
        "true",
        '{"event": true, "type": ',
        json.dumps([GOOD, GOOD]),
        f"{json.dumps(GOOD)} or {json.dumps(NONE)}",
        "{" * 5_000,
        '{"event": NaN}',
    ],
)
def test_answers_refuse_what_is_not_one_object(content: str) -> None:
    with pytest.raises(NoAnswerError):
        read_answer(content, PASSAGE)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"type": "INVADE"}, "type"),
        ({"type": "consult"}, "type"),
        ({"type": None}, "type"),
        ({"mode": "drone"}, "modes are: visit"),
        ({"type": "AID"}, "it must be null"),
        ({"status": "soon"}, "status"),
        ({"status": None}, "there must be"),
        ({"doer": "C"}, "doer"),
        ({"doer": "neither"}, "there must be"),
        ({"event": "true"}, "event"),
        ({"event": 1}, "event"),
        ({"event": False}, "'type' is"),
        ({"type": "NONE"}, "there must be"),
        ({"words": None}, "there must be"),
        ({"words": ""}, "copied"),
        ({"words": "is to attack"}, "copied"),
        ({"words": "x" * 301}, "longer"),
        ({"reason": "x" * 601}, "longer"),
        ({"reason": None}, "reason"),
        ({"confidence": 0.9}, "confidence"),
        ({"run": "rm -rf"}, "run"),
    ],
)
def test_answers_refuse_what_the_form_does_not_have(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(NoAnswerError, match=told):
        read_answer(json.dumps(GOOD | changes), PASSAGE)


@pytest.mark.parametrize("name", list(GOOD))
def test_answers_refuse_a_missing_key(name: str) -> None:
    with pytest.raises(NoAnswerError):
        read_answer(json.dumps({key: value for key, value in GOOD.items() if key != name}), PASSAGE)


@pytest.mark.parametrize(
    "words", ["japan's minister is", "[A: Japan]'s minister", "is to {visit} China", "“visit China”", "China (again)"]
)
def test_answers_find_words_whatever_their_case_white_space_and_marks(words: str) -> None:
    read = read_answer(json.dumps(GOOD | {"words": words}), PASSAGE)
    assert read.start is not None


@pytest.mark.parametrize(
    ("doer", "first", "is_"),
    [("A", "actor", "actor"), ("B", "actor", "recipient"), ("A", "recipient", "recipient"), ("both", "actor", "both")],
)
def test_answers_turn_a_and_b_into_the_coded_sides(doer: str, first: Any, is_: str) -> None:
    assert read_answer(json.dumps(GOOD | {"doer": doer}), PASSAGE, first=first).doer == is_


def test_answers_refuse_what_is_too_long_to_look_through_and_pass_over_long_reasoning() -> None:
    with pytest.raises(NoAnswerError, match="longer than any answer"):
        read_answer('{"a":[' * 20_000, PASSAGE)
    assert read_answer(f"<think>{'well, ' * 20_000}</think>{json.dumps(GOOD)}", PASSAGE).type == "CONSULT"


def test_answers_schema_has_the_keys_of_the_form_and_is_closed() -> None:
    schema = answer_schema()
    assert schema["required"] == list(schema["properties"]) == list(Given.__struct_fields__)
    assert schema["additionalProperties"] is False
    for name in ("type", "status", "doer"):
        for value in schema["properties"][name]["enum"]:
            msgspec.convert(GOOD | {name: value}, Given)


@given(st.text())
def test_answers_refuse_any_text_without_another_error(content: str) -> None:
    with pytest.raises(NoAnswerError):
        read_answer(content, PASSAGE)


@given(
    st.sampled_from(list(GOOD)), st.none() | st.integers() | st.text(max_size=9) | st.lists(st.booleans(), max_size=2)
)
def test_answers_with_any_value_are_read_or_refused(name: str, value: object) -> None:
    try:
        read = read_answer(json.dumps(GOOD | {name: value}), PASSAGE)
    except NoAnswerError:
        return
    assert (read.type, read.status, read.doer) == ("CONSULT", "planned", "actor")
