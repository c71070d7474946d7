from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.relate import Related, relate, relate_file, relate_many
from dragoman.errors import InputError, UsageError
from dragoman.knowledge.ontology import TYPES


def sides(text: str, actor: str, recipient: str) -> tuple[str, tuple[int, int], tuple[int, int]]:
    a, r = text.index(actor), text.index(recipient)
    return text, (a, a + len(actor)), (r, r + len(recipient))


def related(text: str, actor: str, recipient: str) -> Related:
    return relate(*sides(text, actor, recipient))


@pytest.mark.parametrize(
    ("text", "actor", "recipient", "expected"),
    [
        ("Denmark praised Estonia for its courage.", "Denmark", "Estonia", "SUPPORT"),
        ("Estonia was attacked by Denmark.", "Denmark", "Estonia", "ASSAULT"),
        ("Denmark's visit to Estonia was short.", "Denmark", "Estonia", "CONSULT"),
        ("Denmark imposed a new round of sanctions on Estonia.", "Denmark", "Estonia", "SANCTION"),
        ("Denmark, which invaded Estonia, signed a treaty with Latvia.", "Denmark", "Estonia", "ASSAULT"),
        ("Denmark, which invaded Estonia, signed a treaty with Latvia.", "Denmark", "Latvia", "SUPPORT"),
        ("Denmark accused Estonia of bombing Latvia.", "Denmark", "Estonia", "ACCUSE"),
        ("Denmark accused Estonia of bombing Latvia.", "Estonia", "Latvia", "ASSAULT"),
        ("Denmark urged Estonia to release the crew.", "Denmark", "Estonia", "REQUEST"),
        ("Denmark refused to lift sanctions on Estonia.", "Denmark", "Estonia", "REJECT"),
        ("Denmark condemned the killing of Estonia's envoy.", "Denmark", "Estonia", "ACCUSE"),
        ("Denmark will meet Estonia in May.", "Denmark", "Estonia", "AGREE"),
        ("Denmark met Estonia in May.", "Denmark", "Estonia", "CONSULT"),
    ],
)
def test_relate_types_what_the_actor_does_to_the_recipient(
    text: str, actor: str, recipient: str, expected: str
) -> None:
    assert related(text, actor, recipient).type == expected


def test_relate_gives_scores_over_all_types() -> None:
    found = related("Denmark praised Estonia.", "Denmark", "Estonia")
    assert set(found.scores) == set(TYPES)
    assert sum(found.scores.values()) == pytest.approx(1)
    assert max(found.scores, key=lambda t: found.scores[t]) == found.type
    assert found.trigger == "praised"


def test_relate_guesses_with_low_scores_where_no_word_tells() -> None:
    found = relate(*sides("Denmark sat beside Estonia.", "Denmark", "Estonia"), fast=True)
    assert found.trigger is None
    assert found.scores[found.type] < 0.2


LONG = "Denmark, which met Estonia on Friday, vowed to help Latvia but told Norway that it must open its border."


@settings(max_examples=40, deadline=None)
@given(st.tuples(*[st.integers(0, len(LONG))] * 4))
def test_relate_types_any_two_stretches_of_a_text(ends: tuple[int, int, int, int]) -> None:
    actor, recipient = (ends[0], ends[1]), (ends[2], ends[3])
    if not all(start < end and LONG[start:end].strip() for start, end in (actor, recipient)):
        return
    found = relate(LONG, actor, recipient)
    assert found.type in TYPES
    assert sum(found.scores.values()) == pytest.approx(1)


def test_relate_many_keeps_the_order() -> None:
    rows = [
        sides("Denmark praised Estonia.", "Denmark", "Estonia"),
        sides("Denmark bombed Estonia.", "Denmark", "Estonia"),
    ]
    assert [r.type for r in relate_many(rows)] == ["SUPPORT", "ASSAULT"]


@pytest.mark.parametrize("span", [(0, 0), (-1, 3), (5, 99)])
def test_relate_refuses_spans_outside_the_text(span: tuple[int, int]) -> None:
    with pytest.raises(UsageError, match="no stretch"):
        relate("Denmark praised Estonia.", span, (16, 23))


def test_relate_file_writes_a_line_for_a_line(tmp_path: Path) -> None:
    text, actor, recipient = sides("Denmark praised Estonia.", "Denmark", "Estonia")
    row = {"id": "a", "text": text, "actor": actor, "recipient": recipient, "root": "SUPPORT"}
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text(json.dumps(row) + "\n\n" + json.dumps(row | {"id": "b"}) + "\n", encoding="utf-8")
    assert relate_file(source, out) == 2
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [(line["id"], line["type"]) for line in lines] == [("a", "SUPPORT"), ("b", "SUPPORT")]
    assert set(lines[0]) == {"id", "type", "scores"}


GOOD = '{"id":"a","text":"Denmark praised Estonia.","actor":[0,7],"recipient":[16,23]}\n'


@pytest.mark.parametrize(
    ("bad", "field"),
    [
        ("{", None),
        ("[1]", None),
        ('{"id":"b","text":"Denmark","actor":[0,7]}', "recipient"),
        ('{"id":"b","text":"Denmark","actor":[0,9],"recipient":[0,7]}', "actor"),
        ('{"id":"b","text":"Denmark","actor":[0,7],"recipient":[3,3]}', "recipient"),
        ('{"id":"b","text":"Denmark and","actor":[0,7],"recipient":[7,8]}', "recipient"),
        ('{"id":"b","text":"Denmark","actor":"Denmark","recipient":[0,7]}', "actor"),
        ('{"id":"b","text":7,"actor":[0,7],"recipient":[0,7]}', "text"),
    ],
)
def test_relate_file_names_file_line_and_field_of_a_bad_line(bad: str, field: str | None, tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(GOOD + bad + "\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        relate_file(source, tmp_path / "out.jsonl")
    assert (caught.value.source, caught.value.line, caught.value.field) == (str(source), 2, field)
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


def test_relate_file_tells_when_the_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        relate_file(tmp_path / "none.jsonl", tmp_path / "out.jsonl")


def test_relate_file_tells_when_the_output_cannot_be_written(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text(GOOD, encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be written"):
        relate_file(source, tmp_path / "none" / "out.jsonl")
