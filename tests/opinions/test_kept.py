"""The file of opinions beside the record."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from dragoman.errors import RecordError, UsageError
from dragoman.opinions.kept import FILE, LOCK, Known, Opinion, add_opinion, only_one, read_opinions
from tests.opinions.samples import NO_EVENT, answer, event, opinion


def test_kept_opinions_are_read_in_order(tmp_path: Path) -> None:
    told = [
        opinion(answer(start=3, end=7)),
        opinion(NO_EVENT, key="k2"),
        opinion(outcome="refusal", answer=None, problem="no", said="Sorry", prompt_tokens=3, answer_tokens=0),
    ]
    assert read_opinions(tmp_path) == []
    for each in told:
        add_opinion(tmp_path, each)
    assert read_opinions(tmp_path) == told


def test_kept_a_torn_line_is_passed_over_and_taken_away(tmp_path: Path) -> None:
    add_opinion(tmp_path, opinion())
    with (tmp_path / FILE).open("ab") as file:
        file.write(b'{"key": "k2", "cod')
    assert len(read_opinions(tmp_path)) == 1
    add_opinion(tmp_path, opinion(key="k3"))
    assert [each.key for each in read_opinions(tmp_path)] == ["k1", "k3"]


@pytest.mark.parametrize(
    ("name", "value"), [("outcome", "unusable"), ("when", "yesterday"), ("coder", None), ("more", 1)]
)
def test_kept_a_line_that_is_no_opinion_is_told_with_its_number(tmp_path: Path, name: str, value: object) -> None:
    add_opinion(tmp_path, opinion())
    line = msgspec.to_builtins(opinion()) | {name: value}
    with (tmp_path / FILE).open("ab") as file:
        file.write(msgspec.json.encode(line) + b"\n")
    with pytest.raises(RecordError, match="line 2"):
        read_opinions(tmp_path)


def test_kept_knows_the_same_coder_and_wording_only() -> None:
    def known(**settings: object) -> Known:
        given = {"coder": "llm:m@h", "wording": 1, **settings}
        return Known([opinion()], **given)  # type: ignore[arg-type]

    digest = opinion().digest
    assert known().has_event("e1", digest)
    assert known().has_question("k1")
    assert not known().has_event("e2", digest)
    assert not known().has_event("e1", "other text")
    assert not known(coder="llm:n@h").has_event("e1", digest)
    assert not known(wording=2).has_event("e1", digest)


def test_kept_with_again_knows_answers_only() -> None:
    told: list[Opinion] = [opinion(), opinion(key="k2", event=event(id="e2"), outcome="refusal", answer=None)]
    known = Known(told, coder="llm:m@h", wording=1, again=True)
    assert known.has_question("k1")
    assert not known.has_question("k2")


def test_kept_one_program_at_a_time_asks(tmp_path: Path) -> None:
    with only_one(tmp_path), pytest.raises(UsageError, match="at work"), only_one(tmp_path):
        pass
    with only_one(tmp_path):
        pass


def test_kept_says_where_nothing_can_be_written(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    with pytest.raises(RecordError, match="cannot be written"), only_one(tmp_path):
        pass


@pytest.mark.parametrize(
    ("coder", "model"), [("llm:m@h", "m"), ("llm:org/m@2:7b@host", "org/m@2:7b"), ("llm:a@[::1]", "a")]
)
def test_kept_opinion_names_its_model(coder: str, model: str) -> None:
    assert opinion(coder=coder).model == model
