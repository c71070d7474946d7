from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path

import msgspec
import pytest

from dragoman.analysis.incidents import incidents
from dragoman.errors import InputError
from dragoman.exchange.formats.gdelt import COLUMNS, COLUMNS_1, read_gdelt, write_gdelt
from dragoman.exchange.formats.gdelt_mentions import COLUMNS as MENTIONS
from dragoman.exchange.formats.gdelt_mentions import write_gdelt_mentions
from dragoman.exchange.formats.tables import Taken
from dragoman.model import EventDate
from tests.briefing.builders import report
from tests.exchange.formats.world import found

ROW = {"GLOBALEVENTID": "1", "SQLDATE": "20240619", "EventCode": "042", "QuadClass": "1", "Actor1CountryCode": "RUS",
       "Actor1Name": "RUSSIA", "Actor2CountryCode": "PRK", "GoldsteinScale": "1.9"}  # fmt: skip


def line(row: dict[str, str], columns: tuple[str, ...] = COLUMNS) -> bytes:
    return "\t".join(row.get(name, "") for name in columns).encode() + b"\n"


def write(path: Path, *rows: dict[str, str]) -> Path:
    path.write_bytes(b"".join(map(line, rows)))
    return path


def test_gdelt_has_61_columns_without_names_and_a_row_a_pair() -> None:
    out = io.BytesIO()
    written = write_gdelt(found(), out)
    assert (len(COLUMNS), len(COLUMNS_1)) == (61, 58)
    assert (written.rows, dict(written.left_out)) == (3, {"not told as a fact": 1, "without a date": 1})
    rows = [dict(zip(COLUMNS, r.split("\t"), strict=True)) for r in out.getvalue().decode().splitlines()]
    visits = [row for row in rows if row["EventCode"] == "042"]
    assert [row["Actor2Name"] for row in visits] == ["KIM JONG UN", "CHINA"]
    assert len({row["GLOBALEVENTID"] for row in rows}) == 3
    assert (visits[0]["ActionGeo_CountryCode"], visits[0]["DATEADDED"]) == ("KN", "20240620000000")
    assert (visits[0]["Actor1Code"], visits[0]["MonthYear"], visits[0]["AvgTone"]) == ("RUSGOV", "202406", "")


def test_gdelt_leaves_out_what_has_no_day() -> None:
    month = report("m", "PRK", "RUS", date=("2024-05-01", "2024-05-31"))
    date = EventDate(start="2024-05-01", end="2024-05-31", granularity="month", basis="stated")
    event = msgspec.structs.replace(month.event, date=date)
    written = write_gdelt(incidents([msgspec.structs.replace(month, event=event)]), io.BytesIO())
    assert (written.rows, dict(written.left_out)) == (0, {"dated by a week, month or year only": 1})


def test_gdelt_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "a.export.CSV"
    with path.open("wb") as out:
        write_gdelt(found(), out)
    back = [event for event in read_gdelt(path, Taken()) if event.type == "CONSULT"]
    assert [(e.date, e.mode, e.quad, e.quad_given) for e in back] == [("2024-06-19", "visit", 1, 1)] * 2
    assert [(p.country, p.sector) for p in back[0].actors] == [("RUS", "GOV")]
    assert (back[0].place, back[0].place_country, back[0].lat) == ("Pyongyang", "PRK", 39.03)
    assert back[0].url == "https://example.org/1"


def test_gdelt_mentions_are_the_reports_of_each_row() -> None:
    events, out = io.BytesIO(), io.BytesIO()
    write_gdelt(found(), events)
    written = write_gdelt_mentions(found(), out)
    assert (len(MENTIONS), written.rows) == (16, 3)
    rows = [dict(zip(MENTIONS, r.split("\t"), strict=True)) for r in out.getvalue().decode().splitlines()]
    ids = [r.split("\t")[0] for r in events.getvalue().decode().splitlines()]
    assert [row["GLOBALEVENTID"] for row in rows] == ids
    visit = next(row for row in rows if row["MentionSourceName"] == "Tass")
    assert (visit["MentionType"], visit["MentionIdentifier"]) == ("1", "https://example.org/1")
    assert (visit["MentionTimeDate"], visit["SentenceID"]) == ("20240620000000", "1")


def test_gdelt_codes_are_texts_and_regions_no_countries(tmp_path: Path) -> None:
    taken = Taken()
    path = write(tmp_path / "g", ROW | {"EventCode": "010"}, ROW | {"EventCode": "10", "Actor1CountryCode": "EUR"},
                 ROW | {"Actor1CountryCode": "ROM", "Actor2CountryCode": "QQQ"})  # fmt: skip
    statement, demand, visit = read_gdelt(path, taken)
    assert (statement.type, statement.quad, statement.code) == (None, 1, "010")
    assert (demand.type, demand.quad, demand.quad_given) == ("REQUEST", 3, 1)
    assert (demand.actors[0].country, visit.actors[0].country, visit.recipients[0].country) == (None, "ROU", None)
    assert dict(taken.unknown) == {"country 'QQQ'": 1}


def test_gdelt_reads_58_columns_and_packed_files(tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_bytes(line(ROW, COLUMNS_1))
    packed = tmp_path / "new.CSV.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("new.CSV", line(ROW))
    zipped = tmp_path / "new.csv.gz"
    zipped.write_bytes(gzip.compress(line(ROW), mtime=0))
    assert [[e.mode for e in read_gdelt(path, Taken())] for path in (old, packed, zipped)] == [["visit"]] * 3


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("EventCode", "9", r"line 2, field 'EventCode': '9' is no CAMEO code"),
        ("EventCode", "", r"line 2, field 'EventCode': is empty"),
        ("SQLDATE", "2024-06-19", r"line 2, field 'SQLDATE': '2024-06-19' is no day like 20240603"),
        ("SQLDATE", "20240631", r"line 2, field 'SQLDATE': '2024-06-31' is no day"),
        ("QuadClass", "5", r"line 2, field 'QuadClass': 5 is not from 1 to 4"),
        ("QuadClass", "1.5", r"line 2, field 'QuadClass': 1.5 is no whole number"),
        ("Actor1Name", "a\tb", r"line 2: has 62 cells; 58 or 61 are needed"),
    ],
)
def test_gdelt_names_line_and_column_of_a_fault(column: str, value: str, told: str, tmp_path: Path) -> None:
    path = write(tmp_path / "g.csv", ROW, ROW | {column: value})
    with pytest.raises(InputError, match=told):
        list(read_gdelt(path, Taken()))


def test_gdelt_refuses_what_cannot_be_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "g.gz"
    path.write_bytes(b"no gzip")
    with pytest.raises(InputError, match="cannot be read"):
        list(read_gdelt(path, Taken()))
