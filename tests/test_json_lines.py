"""Typed rows in and out of JSON Lines: every complaint names file, line and field; no half-written file stays."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from dragoman.errors import InputError, UsageError
from dragoman.json_lines import read_lines, write_lines


class Row(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    size: int = 0


def test_json_lines_reads_rows_with_their_numbers_and_passes_over_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"name": "a"}\n\n{"name": "b", "size": 2}\n', "utf-8")
    assert [(number, row.name, row.size) for number, row in read_lines(path, Row)] == [(1, "a", 0), (3, "b", 2)]


@pytest.mark.parametrize(
    ("line", "field"), [('{"name": 7}', "name"), ("{}", "name"), ('{"name": "a", "size": "x"}', "size"), ("[", None)]
)
def test_json_lines_names_line_and_field_of_what_is_wrong(tmp_path: Path, line: str, field: str | None) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"name": "a"}\n' + line + "\n", "utf-8")
    with pytest.raises(InputError) as told:
        list(read_lines(path, Row))
    assert (told.value.line, told.value.field) == (2, field)


def test_json_lines_nested_without_end_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_text('{"name": ' + "[" * 100_000, "utf-8")
    with pytest.raises(InputError, match="nested too deeply"):
        list(read_lines(path, dict[str, msgspec.Raw]))


def test_json_lines_missing_file_is_bad_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be opened"):
        list(read_lines(tmp_path / "none.jsonl", Row))


def test_json_lines_writes_all_or_nothing(tmp_path: Path) -> None:
    def failing() -> Iterator[Row]:
        yield Row("a")
        raise InputError("no", source="x")

    with pytest.raises(InputError):
        write_lines(tmp_path / "out.jsonl", failing())
    assert list(tmp_path.iterdir()) == []
    assert write_lines(tmp_path / "out.jsonl", [Row("a"), Row("b")]) == 2
    assert (tmp_path / "out.jsonl").read_text("utf-8").count("\n") == 2
