from __future__ import annotations

import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from dragoman.errors import InputError
from dragoman.exchange.formats.polecat import COLUMNS, read_polecat, write_polecat
from dragoman.exchange.formats.tables import Taken
from dragoman.model import ReportedEvent
from tests.exchange.formats.world import coded, reports, visit

ROW = {"Event ID": "1", "Event Date": "2024-06-19", "Event Type": "CONSULT", "Event Mode": "visit",
       "Quad Code": "VERBAL COOPERATION", "Actor Name": "Russia", "Actor Country": "RUS"}  # fmt: skip


def sheet(path: Path, *rows: dict[str, str], header: tuple[str, ...] = COLUMNS, encoding: str = "utf-8") -> Path:
    lines = ["\t".join(header), *("\t".join(row.get(name, "None") for name in COLUMNS) for row in rows)]
    path.write_bytes("\n".join(lines).encode(encoding) + b"\n")
    return path


def test_polecat_has_forty_columns_and_facts_only() -> None:
    out = io.BytesIO()
    written = write_polecat(coded(), out)
    assert (written.rows, written.left_out["not told as a fact"], written.left_out["without a date"]) == (2, 1, 1)
    lines = out.getvalue().decode().splitlines()
    assert len(COLUMNS) == 40
    assert {line.count("\t") for line in lines} == {39}
    row = dict(zip(COLUMNS, lines[1].split("\t"), strict=True))
    assert (row["Actor Name"], row["Actor COW"], row["Contexts"]) == ("Vladimir Putin", "None", "diplomatic; military")
    assert (row["Recipient Name"], row["Recipient Country"]) == ("Kim Jong Un; China", "PRK; CHN")


def test_polecat_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "polecat.txt"
    with path.open("wb") as out:
        write_polecat([(visit(), None)], out)
    [back] = read_polecat(path, Taken())
    event = visit().event
    assert (back.id, back.date, back.type, back.mode) == (event.id, "2024-06-19", event.type, event.mode)
    assert (back.quad, back.quad_given, back.intensity, back.contexts) == (1, 1, event.intensity, event.contexts)
    assert [(p.actor, p.country, p.office, p.sector) for p in back.actors] == [
        ("Vladimir Putin", "RUS", "President", "GOV")
    ]
    assert [(p.actor, p.country) for p in back.recipients] == [("Kim Jong Un", "PRK"), ("China", "CHN")]
    assert (back.place, back.place_country, back.lat, back.lon) == ("Pyongyang", "PRK", 39.03, 125.75)
    assert (back.publisher, back.published) == ("Tass", "2024-06-20")


@settings(deadline=None)
@given(reports())
def test_polecat_round_trip_of_any_event(told: ReportedEvent) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "polecat.txt"
        with path.open("wb") as out:
            write_polecat([(told, None)], out)
        [back] = read_polecat(path, Taken())
    assert told.event.date is not None
    assert (back.date, back.type, back.mode) == (told.event.date.start, told.event.type, told.event.mode)
    assert [p.country for p in back.recipients] == ["RUS"]


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_polecat_reads_both_encodings(encoding: str, tmp_path: Path) -> None:
    path = sheet(tmp_path / "p.txt", ROW | {"Actor Name": "Málaga"}, encoding=encoding)
    [back] = read_polecat(path, Taken())
    assert back.actors[0].actor == "Málaga"


def test_polecat_reads_other_name_of_intensity_more_columns_and_stray_tabs(tmp_path: Path) -> None:
    other = tuple("Event Intensity" if name == "Intensity" else name for name in COLUMNS)
    [back] = read_polecat(sheet(tmp_path / "a", ROW | {"Intensity": "4.0"}, header=other), Taken())
    assert back.intensity == 4.0
    more = sheet(tmp_path / "b", ROW, header=(*COLUMNS, "Headline", "Author"))
    assert next(read_polecat(more, Taken())).mode == "visit"
    stray = tmp_path / "c"
    stray.write_text(sheet(tmp_path / "d", ROW).read_text("utf-8").replace("\n", "\t\t\n"), encoding="utf-8")
    assert next(read_polecat(stray, Taken())).mode == "visit"


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("Event Date", "19 June", r"line 2, field 'Event Date': '19 June' is no day"),
        ("Event Date", "None", r"line 2, field 'Event Date': is empty"),
        ("Latitude", "95", r"line 2, field 'Latitude': 95 is not from -90 to 90"),
        ("Latitude", "nan°", r"line 2, field 'Latitude': 'nan°' is no number"),
        ("Quad Code", "PEACE", r"line 2, field 'Quad Code': 'PEACE' is none of"),
        ("Source", "a\tb", r"line 2: has 41 cells; 40 are needed"),
    ],
)
def test_polecat_names_line_and_column_of_a_fault(column: str, value: str, told: str, tmp_path: Path) -> None:
    path = sheet(tmp_path / "p.txt", ROW | {column: value}, ROW)
    with pytest.raises(InputError, match=told):
        list(read_polecat(path, Taken()))
    taken = Taken(skip_faulty=True)
    assert len(list(read_polecat(path, taken))) == 1
    assert (taken.faulty, taken.events) == (1, 1)


def test_polecat_refuses_a_file_without_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_text("Event ID\tEvent Date\n", encoding="utf-8")
    with pytest.raises(InputError, match="has no column 'Event Type'"):
        list(read_polecat(path, Taken()))


def test_polecat_counts_what_it_does_not_know(tmp_path: Path) -> None:
    taken = Taken()
    unknown = {"Event Type": "FESTIVAL", "Event Mode": "dance", "Actor Country": "Atlantis"}
    [back] = read_polecat(sheet(tmp_path / "p.txt", ROW | unknown), taken)
    assert (back.type, back.mode, back.actors[0].country, back.quad) == (None, None, None, 1)
    assert set(taken.unknown) == {"event type 'FESTIVAL'", "mode 'dance'", "country 'Atlantis'"}
