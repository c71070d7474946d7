"""Other datasets beside the record: kept whole, listed, read back, and never half."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError, RecordError, UsageError
from dragoman.exchange.beside import is_kept, keep_beside, kept_beside, read_beside
from dragoman.exchange.formats import READERS, Taken
from dragoman.record import Record
from tests.exchange.formats.test_gdelt import ROW, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Record.create(tmp_path / "record")
    return tmp_path / "record"


def test_beside_keeps_all_that_was_read(folder: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "g.CSV", ROW, ROW | {"SQLDATE": "20230101", "EventCode": "010"})
    about = keep_beside(folder, "gdelt", "gdelt", file, Taken())
    assert (about.rows, about.first, about.last, about.file) == (2, "2023-01-01", "2024-06-19", "g.CSV")
    assert list(read_beside(folder, "gdelt")) == list(READERS["gdelt"](file, Taken()))
    assert kept_beside(folder) == [about]
    assert is_kept(folder, "gdelt")


def test_beside_leaves_the_record_as_it_was(folder: Path, tmp_path: Path) -> None:
    before = Record(folder).state
    keep_beside(folder, "g", "gdelt", write(tmp_path / "g.CSV", ROW), Taken())
    assert Record(folder).state == before
    assert list(Record(folder).events()) == []


def test_beside_keeps_nothing_of_a_faulty_file_and_what_was_there(folder: Path, tmp_path: Path) -> None:
    about = keep_beside(folder, "g", "gdelt", write(tmp_path / "g.CSV", ROW), Taken())
    with pytest.raises(InputError, match="line 2, field 'EventCode'"):
        keep_beside(folder, "g", "gdelt", write(tmp_path / "bad.CSV", ROW, ROW | {"EventCode": "x"}), Taken())
    assert kept_beside(folder) == [about]
    assert [path.name for path in (folder / "beside").iterdir()] == ["g.parquet"]


def test_beside_takes_an_empty_file(folder: Path, tmp_path: Path) -> None:
    about = keep_beside(folder, "none", "gdelt", write(tmp_path / "g.CSV"), Taken())
    assert (about.rows, about.first) == (0, None)
    assert list(read_beside(folder, "none")) == []


@pytest.mark.parametrize(
    ("name", "format", "told"),
    [
        ("../x", "gdelt", "cannot name a dataset"),
        ("G", "gdelt", "cannot name a dataset"),
        ("g", "acled", "no import format 'acled'. There are: gdelt, polecat, icews, plover"),
    ],
)
def test_beside_refuses_names_and_formats(name: str, format: str, told: str, folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=told):
        keep_beside(folder, name, format, write(tmp_path / "g.CSV", ROW), Taken())


def test_beside_says_what_there_is_when_asked_for_what_is_not(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there are: none"):
        list(read_beside(folder, "g"))
    (folder / "beside").mkdir()
    (folder / "beside" / "bad.parquet").write_bytes(b"x")
    with pytest.raises(RecordError, match="Import it again"):
        kept_beside(folder)
