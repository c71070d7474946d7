from __future__ import annotations

import io
from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.exchange.formats.icews import COLUMNS, read_icews, write_icews
from dragoman.exchange.formats.tables import Taken
from tests.exchange.formats.world import coded, visit

ROW = {"Event ID": "1", "Event Date": "2014-06-19", "CAMEO Code": "042", "Source Country": "Russian Federation",
       "Source Name": "Russia", "Target Country": "North Korea", "Intensity": "1.9"}  # fmt: skip


def write(path: Path, *rows: dict[str, str]) -> Path:
    lines = ["\t".join(COLUMNS), *("\t".join(row.get(name, "") for name in COLUMNS) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_icews_has_twenty_columns_and_a_row_a_pair() -> None:
    out = io.BytesIO()
    written = write_icews(coded(), out)
    assert (len(COLUMNS), written.rows) == (20, 3)
    assert {r.count("\t") for r in out.getvalue().decode().splitlines()} == {19}


def test_icews_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "icews.tab"
    with path.open("wb") as out:
        write_icews([(visit(), None)], out)
    first, second = read_icews(path, Taken())
    assert (first.date, first.type, first.mode, first.intensity) == ("2024-06-19", "CONSULT", "visit", 4.0)
    assert [(p.actor, p.country, p.sector) for p in first.actors] == [("Vladimir Putin", "RUS", "GOV")]
    assert [e.recipients[0].actor for e in (first, second)] == ["Kim Jong Un", "China"]
    assert (first.place, first.place_country, first.lat, first.publisher) == ("Pyongyang", "PRK", 39.03, "Tass")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Russian Federation", "RUS"),
        ("North Korea", "PRK"),
        ("United States", "USA"),
        ("Iran", "IRN"),
        ("Cote d'Ivoire", "CIV"),
        ("Atlantis", None),
    ],
)
def test_icews_countries_are_names(name: str, code: str | None, tmp_path: Path) -> None:
    taken = Taken()
    [back] = read_icews(write(tmp_path / "i", ROW | {"Source Country": name}), taken)
    assert back.actors[0].country == code
    assert bool(taken.unknown) == (code is None)


@pytest.mark.parametrize(
    ("column", "value", "told"),
    [
        ("CAMEO Code", "21", r"line 2, field 'CAMEO Code': '21' is no CAMEO code"),
        ("Event Date", "06/19/2014", r"line 2, field 'Event Date': '06/19/2014' is no day"),
        ("Intensity", "high", r"line 2, field 'Intensity': 'high' is no number"),
    ],
)
def test_icews_names_line_and_column_of_a_fault(column: str, value: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=told):
        list(read_icews(write(tmp_path / "i", ROW | {column: value}), Taken()))
