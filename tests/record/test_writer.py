from __future__ import annotations

import pytest

from dragoman.errors import RecordError
from dragoman.model import Problem
from dragoman.record import Record, RecordWriter
from dragoman.record.store import Store
from tests.record.builders import coded, event


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def articles(record: Record) -> int:
    return Record(record.path).counts().articles


def test_writer_appends_when_enough_articles_are_there(record: Record) -> None:
    with RecordWriter(record, articles=3, clock=Clock()) as writer:
        seen = []
        for number in range(7):
            writer.add(coded(f"a{number}"))
            seen.append(articles(record))
    assert seen == [0, 0, 3, 3, 3, 6, 6]
    assert articles(record) == writer.added == 7
    assert record.version == 3


def test_writer_appends_when_the_oldest_has_waited_long_enough(record: Record) -> None:
    clock = Clock()
    with RecordWriter(record, seconds=10, clock=clock) as writer:
        clock.now = 100
        writer.add(coded("a"))
        clock.now = 109
        writer.add(coded("b"))
        assert articles(record) == 0
        clock.now = 110
        writer.tick()
        assert articles(record) == 2
        clock.now = 119
        writer.add(coded("c"))
        assert articles(record) == 2


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, RuntimeError])
def test_writer_appends_what_is_complete_when_it_is_left_by_an_error(
    record: Record, error: type[BaseException]
) -> None:
    problem = Problem(kind="failed", stage="coding", source="b.txt", reason="A step broke.")

    def work() -> None:
        with RecordWriter(record) as writer:
            writer.add(coded("a", event("e1")))
            writer.problem(problem)
            raise error

    with pytest.raises(error):
        work()
    assert articles(record) == 1
    assert record.failures() == [problem]


def test_writer_keeps_what_could_not_be_written_and_tries_again(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise RecordError("The disk is full.")

    with RecordWriter(record, articles=1) as writer:
        monkeypatch.setattr(Store, "append_as", full)
        with pytest.raises(RecordError):
            writer.add(coded("a"))
        monkeypatch.undo()
    assert articles(record) == 1


def test_writer_without_anything_makes_no_version(record: Record) -> None:
    with RecordWriter(record):
        pass
    assert record.version == 0
