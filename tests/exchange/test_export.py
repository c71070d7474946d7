from __future__ import annotations

import csv
import io
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from dragoman.errors import UsageError
from dragoman.exchange import CSV_COLUMNS, export_events
from dragoman.model import Place, ReportedEvent
from dragoman.record import Record, schema
from tests.record.builders import claim, coded, event


@pytest.fixture
def record(tmp_path: Path) -> Record:
    """A record with one event of many values and one of few."""
    full = event(
        "full",
        "Kim Jong Un/PRK;PRK;United Nations",
        "RUS",
        date=("2024-08-01", "2024-08-02"),
        place=Place(text="the capital", name="Pyongyang", country="PRK", lat=39.03, lon=-125.75),
        claim="c",
        chain=("Sergei Lavrov", "Tass", "Morning Paper"),
        evidence='said they "met",\nat length',
        intensity=-7.5,
    )
    made = Record.create(tmp_path / "record")
    made.append([coded("a", full, claims=(claim("c", "Sergei Lavrov"),)), coded("b", event("few", None, None))])
    return made


def test_export_csv_has_one_readable_row_an_event(record: Record) -> None:
    out = io.BytesIO()
    assert export_events(record, "csv", out) == 2
    full, few = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    assert tuple(full) == CSV_COLUMNS
    assert full["actors"] == "Kim Jong Un; North Korea; United Nations"
    assert (full["actor_countries"], full["recipient_countries"]) == ("PRK", "RUS")
    assert (full["date_start"], full["date_end"], full["date_basis"]) == ("2024-08-01", "2024-08-02", "stated")
    assert (full["intensity"], full["place"], full["lon"]) == ("-7.5", "Pyongyang", "-125.75")
    assert full["said_by"] == "Sergei Lavrov > Tass > Morning Paper"
    assert full["evidence"] == 'said they "met",\nat length'
    assert (full["symmetric"], full["coder_version"]) == ("false", "1.0")
    assert (few["actors"], few["date_start"], few["place"], few["url"]) == ("", "", "", "")


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1 said", "'+1 said"),
        ("-- he met", "'-- he met"),
        ("@all", "'@all"),
        ("\tmet", "'\tmet"),
        ("met =1", "met =1"),
        ("'met'", "'met'"),
    ],
)
def test_export_csv_disarms_formulas(tmp_path: Path, text: str, cell: str) -> None:
    one = coded("a", event("e", evidence=text))
    out = tmp_path / "events.csv"
    export_events([ReportedEvent(event=one.events[0], article=one.article)], "csv", out)
    [row] = csv.DictReader(io.StringIO(out.read_bytes().decode(), newline=""))
    assert row["evidence"] == cell
    assert row["coder_version"] == ""


def test_export_jsonl_round_trip(record: Record, tmp_path: Path) -> None:
    out = tmp_path / "events.jsonl"
    assert export_events(record.events(), "jsonl", out) == 2
    back = [msgspec.json.decode(line, type=ReportedEvent) for line in out.read_bytes().splitlines()]
    assert back == record.reported()


def test_export_parquet_round_trip(record: Record) -> None:
    out = io.BytesIO()
    assert export_events(record, "parquet", out) == 2
    table = pq.read_table(io.BytesIO(out.getvalue()))
    assert table.schema.equals(schema.REPORTED)
    assert [schema.to_reported(row) for row in table.to_pylist()] == record.reported()
    assert table["coder_version"].to_pylist() == ["1.0", "1.0"]


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet"])
def test_export_of_nothing_is_a_sound_empty_file(format: str, tmp_path: Path) -> None:
    out = tmp_path / "events"
    assert export_events([], format, out) == 0
    assert out.exists()


def test_export_takes_a_filtered_selection(record: Record) -> None:
    out = io.BytesIO()
    assert export_events(record.events(between=("PRK", "RUS")), "csv", out) == 1
    assert not out.closed


def test_export_refuses_unknown_formats_and_unwritable_files(record: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'xlsx'\. There are: csv, jsonl, parquet"):
        export_events(record, "xlsx", tmp_path / "x")
    with pytest.raises(UsageError, match="cannot be written"):
        export_events(record, "csv", tmp_path / "no" / "folder.csv")
