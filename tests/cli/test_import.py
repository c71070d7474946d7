"""`dragoman import`, and `dragoman compare --with` what it kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.record import Record
from tests.cli.conftest import Command
from tests.cli.ties.conftest import HAPPENINGS, fill
from tests.exchange.formats.test_gdelt import ROW, write


@pytest.fixture(scope="module")
def ties(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("beside") / "record", HAPPENINGS)


@pytest.fixture
def gdelt(tmp_path: Path) -> Path:
    """A visit that the record has, one that it has not, and one of others."""
    other = ROW | {"Actor2CountryCode": "USA", "Actor2Name": "UNITED STATES"}
    return write(tmp_path / "2024.export.CSV", ROW | {"SQLDATE": "20240211"}, ROW | {"SQLDATE": "20241101"}, other)


def test_import_keeps_lists_and_compares(dragoman: Command, ties: Path, gdelt: Path) -> None:
    done = dragoman("import", gdelt, "--as", "gdelt", "--record", ties)
    assert (done.code, done.out) == (0, "")
    assert "3 events kept beside the record as '2024'" in done.told
    assert dragoman("import", "--list", "--record", ties).out == (
        "2024  gdelt  3 events, 2024-02-11 to 2024-11-01, from 2024.export.CSV\n"
    )
    done = dragoman("compare", "--with", "2024", "--between", "PRK", "RUS", "--record", ties, "--json")
    found = json.loads(done.out)
    assert (found["events"], found["events_found"]) == (2, 0.5)
    assert [each["line"] for each in found["both"]] == [1]
    assert [each["line"] for each in found["only_dataset"]] == [2]
    assert found["incidents"] == len(found["only_record"]) + 1


def test_compare_with_a_file_sees_its_format(dragoman: Command, ties: Path, gdelt: Path) -> None:
    done = dragoman("compare", "--with", gdelt, "--between", "PRK", "RUS", "--record", ties, "--since", "2024")
    assert done.code == 0
    words = " ".join(done.out.split())
    assert "of the dataset's events, the record has: 50%" in words
    assert "2024-11-01 RUSSIA → PRK: CONSULT (042) [line 2]" in words


def test_import_is_no_part_of_what_the_record_tells(dragoman: Command, ties: Path, gdelt: Path) -> None:
    before = dragoman("export", "--record", ties).out
    dragoman("import", gdelt, "--as", "gdelt", "--name", "another", "--record", ties)
    assert dragoman("export", "--record", ties).out == before


def test_import_stops_at_a_faulty_line_or_leaves_it_out(dragoman: Command, ties: Path, tmp_path: Path) -> None:
    bad = write(tmp_path / "bad.CSV", ROW, ROW | {"EventCode": "99"})
    done = dragoman("import", bad, "--as", "gdelt", "--record", ties)
    assert done.code == 1
    assert "line 2, field 'EventCode': '99' is no CAMEO code" in done.told
    done = dragoman("import", bad, "--as", "gdelt", "--record", ties, "--skip-faulty")
    assert done.code == 0
    assert "1 events kept" in done.told
    assert "Left out:" in done.told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["import", "--record", "{record}"], "Give a FILE and its format with --as: gdelt, polecat, icews, plover"),
        (["import", "x", "--list", "--record", "{record}"], "not both"),
        (["import", "x", "--as", "acled", "--record", "{record}"], "no import format 'acled'"),
        (["import", "x", "--as", "gdelt", "--record", "{record}"], "cannot be read"),
        (["import", "x", "--as", "gdelt", "--record", "nowhere"], "nowhere"),
        (["compare", "--with", "x", "--between", "PRK", "RUS", "--record", "{record}"], "neither a file nor a dataset"),
        (["compare", "--with", "x", "--record", "{record}"], "Give '--with FILE --between A B'"),
        (["compare", "PRK", "--record", "{record}"], "A comparison takes A and at least two others"),
    ],
)
def test_import_and_compare_refuse_bad_use(words: list[str], told: str, dragoman: Command, ties: Path) -> None:
    done = dragoman(*(word.format(record=ties) for word in words))
    assert done.code != 0
    assert told in done.told


def test_import_leaves_the_record_readable(ties: Path) -> None:
    assert Record(ties).version == 1
