from __future__ import annotations

import multiprocessing
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import RecordError
from dragoman.record.appended import add_lines, read_lines


class Row(msgspec.Struct, forbid_unknown_fields=True):
    writer: int
    number: int
    words: str = "some words, so that a line is not short " * 40


def rows(path: Path) -> list[tuple[int, int]]:
    return [(row.writer, row.number) for row in read_lines(path, Row, "it is undone.")]


def write_many(path: Path, writer: int) -> None:
    for number in range(40):
        add_lines(path, [Row(writer, number)])


def test_appended_lines_come_back_in_order_and_a_missing_file_has_none(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    assert rows(path) == []
    add_lines(path, [Row(1, 1)])
    add_lines(path, [Row(1, 2), Row(2, 1)])
    assert rows(path) == [(1, 1), (1, 2), (2, 1)]


def test_appended_writers_lose_nothing_of_one_another(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    spawn = multiprocessing.get_context("fork")
    others = [spawn.Process(target=write_many, args=(path, writer)) for writer in (1, 2, 3)]
    for each in others:
        each.start()
    for each in others:
        each.join()
    found = rows(path)
    assert sorted(found) == [(writer, number) for writer in (1, 2, 3) for number in range(40)]
    for writer in (1, 2, 3):
        assert [n for w, n in found if w == writer] == list(range(40))


@pytest.mark.parametrize("cut", [1, 9, 400, 1200])
def test_appended_reads_over_a_last_line_cut_short_and_the_next_writer_takes_it_away(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "rows.jsonl"
    add_lines(path, [Row(1, 1), Row(1, 2)])
    path.write_bytes(path.read_bytes()[:-cut] if cut > 1 else path.read_bytes()[:-2])
    assert rows(path) == [(1, 1)]
    add_lines(path, [Row(1, 3)])
    assert rows(path) == [(1, 1), (1, 3)]


def test_appended_keeps_a_last_line_that_only_lacks_its_end(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(b'{"writer":7,"number":7}')
    assert rows(path) == [(7, 7)]
    add_lines(path, [Row(1, 1)])
    assert rows(path) == [(7, 7), (1, 1)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"writer":1,"number":"x"}', r"rows\.jsonl, line 2, field 'number': Expected `int`, got `str`\. Mend"),
        (b'{"writer":1}', r"line 2: .*missing required field `number`"),
        (b'{"writer":1,"number":2', r"line 2: Input data was truncated"),
        (b'{"writer":1,"number":2,"colour":3}', r"line 2: .*unknown field `colour`"),
        (b"\xff\xfe", r"line 2: "),
    ],
)
def test_appended_tells_file_line_and_field_of_what_it_cannot_read(tmp_path: Path, line: bytes, told: str) -> None:
    path = tmp_path / "rows.jsonl"
    add_lines(path, [Row(1, 1)])
    path.write_bytes(path.read_bytes() + line + b"\n")
    with pytest.raises(RecordError, match=told):
        rows(path)


def test_appended_tells_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="cannot be written"):
        add_lines(tmp_path / "nowhere" / "rows.jsonl", [Row(1, 1)])
