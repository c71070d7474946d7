from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError, UsageError
from dragoman.studies import Label, read_labels
from dragoman.studies.drawing import write_rows
from dragoman.studies.labels import LabelRow
from tests.studies.stubs import CODEBOOK

TEXT = "Oslo barred Danish butter, and Bern barred Danish cheese."
ROW = {"text": TEXT, "actor": "Oslo", "recipient": [12, 18], "trigger": [5, 11], "type": "BAR"}


def written(folder: Path, *rows: object) -> Path:
    path = folder / "labels.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_labels_give_spans_by_words_or_by_offsets(tmp_path: Path) -> None:
    (row,) = read_labels(written(tmp_path, ROW), CODEBOOK).rows
    assert row == Label(TEXT, (0, 4), (12, 18), (5, 11), "BAR", TEXT)


def test_labels_of_one_article_are_one_group(tmp_path: Path) -> None:
    (row,) = read_labels(written(tmp_path, {**ROW, "article": "a1"}), CODEBOOK).rows
    assert row.group == "a1"


def test_labels_count_rows_that_nobody_has_labelled_yet(tmp_path: Path) -> None:
    read = read_labels(written(tmp_path, ROW, {**ROW, "type": None}), CODEBOOK)
    assert (len(read.rows), read.open) == (1, 1)


@pytest.mark.parametrize(
    ("change", "field", "told"),
    [
        ({"type": "LIFT"}, "type", "no type 'LIFT'; there are: BAR, ADMIT, NONE"),
        ({"recipient": "Danish"}, "recipient", "stands in the text 2 times"),
        ({"recipient": "Rome"}, "recipient", "stands in the text 0 times"),
        ({"recipient": [50, 80]}, "recipient", "holds no word of the text"),
        ({"trigger": [4, 5]}, "trigger", "holds no word of the text"),
        ({"recipient": [2, 8]}, "recipient", "the two sides overlap"),
        ({"actor": None, "recipient": None}, "actor", "neither side is given"),
        ({"colour": "red"}, None, "unknown field `colour`"),
        ({"actor": 4}, "actor", "Expected"),
    ],
)
def test_labels_refuse_a_row_by_line_and_field(
    tmp_path: Path, change: dict[str, object], field: str | None, told: str
) -> None:
    with pytest.raises(InputError) as error:
        read_labels(written(tmp_path, ROW, {**ROW, **change}), CODEBOOK)
    assert told in str(error.value)
    assert (error.value.line, error.value.field) == (2, field)


def test_labels_refuse_one_question_with_two_answers(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="labelled BAR and ADMIT"):
        read_labels(written(tmp_path, ROW, {**ROW, "type": "ADMIT"}), CODEBOOK)


def test_labels_refuse_a_file_without_any(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="has no label"):
        read_labels(written(tmp_path, {**ROW, "type": None}), CODEBOOK)
    with pytest.raises(UsageError, match="cannot be opened"):
        read_labels(tmp_path / "none.jsonl", CODEBOOK)


def test_labels_are_read_from_a_sheet(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text(
        f'text,actor,recipient,trigger,type\n"{TEXT}",Oslo,12-18,5-11,BAR\n"{TEXT}",Bern,45-51,,\n', "utf-8"
    )
    read = read_labels(path, CODEBOOK)
    assert read.rows == (Label(TEXT, (0, 4), (12, 18), (5, 11), "BAR", TEXT),)
    assert read.open == 1


def test_labels_drawn_into_a_sheet_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    text = "=Oslo barred Danish butter, and Bern barred Danish cheese."
    write_rows([LabelRow(text=text, actor="=Oslo", recipient=(13, 19), trigger=(6, 12), type="BAR")], path)
    assert "\"'=Oslo barred" in path.read_text("utf-8")
    assert "[13, 19]" in path.read_text("utf-8")
    assert read_labels(path, CODEBOOK).rows == (Label(text, (0, 5), (13, 19), (6, 12), "BAR", text),)


def test_labels_refuse_a_sheet_with_other_columns(tmp_path: Path) -> None:
    path = tmp_path / "labels.csv"
    path.write_text("text,who\na,b\n", "utf-8")
    with pytest.raises(InputError, match="column 'who' is none of"):
        read_labels(path, CODEBOOK)


@given(st.binary(max_size=60))
def test_labels_refuse_any_other_file_with_an_error_of_ours(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "labels.jsonl"
        path.write_bytes(content)
        with pytest.raises((InputError, UsageError)):
            read_labels(path, CODEBOOK)
