from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.exchange.formats.timeline import (
    COLUMNS,
    SHEET,
    group_of,
    guarded,
    read_timeline,
    unguarded,
    write_timeline,
)
from tests.exchange.formats.world import found


def test_timeline_has_the_eleven_columns_then_ours() -> None:
    out = io.BytesIO()
    written = write_timeline(found(), out)
    assert (written.rows, dict(written.left_out)) == (3, {"without a date": 1})
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert tuple(rows[0])[:11] == SHEET
    visit = next(row for row in rows if row["Mode"] == "visit" and row["Standing"] == "took place")
    assert [visit[name] for name in ("Year", "Month", "Day")] == ["2024", "6", "19"]
    assert (visit["Group"], visit["Background"]) == ("Diplomatic", "https://example.org/1")
    assert visit["Text"] == "“met; at length” (Tass)"
    assert (visit["Actors"], visit["Recipients"]) == ("Vladimir Putin", "Kim Jong Un; China")


def test_timeline_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    with path.open("wb") as out:
        write_timeline(found(), out)
    back = list(read_timeline(path))
    assert tuple(back[0]) == COLUMNS
    dated = [each for each in found() if each.date is not None]
    assert [row["Incident"] for row in back] == [each.id for each in dated]
    assert [row["Score"] for row in back] == [str(each.intensity) for each in dated]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@all", "'@all"),
        ("'=1", "''=1"),
        ("'tis", "'tis"),
        ("met =1", "met =1"),
    ],
)
def test_timeline_guards_formulas(text: str, cell: str) -> None:
    assert guarded(text) == cell


@given(st.text() | st.text("'=+-@\t\ra"))
def test_timeline_guard_loses_nothing(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_timeline_group_is_unknown_where_nothing_tells() -> None:
    sanction = next(each for each in found() if each.type == "SANCTION")
    assert group_of(sanction) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Year,Month\n2024,1\n", "line 1: has no column 'Day'"),
        (",".join(SHEET) + "\n2024,13" + "," * 9 + "\n", "line 2, field 'Month': '13' is no month"),
        (",".join(SHEET) + "\n2024,1" + "," * 12 + "\n", "line 2: has more cells"),
    ],
)
def test_timeline_names_line_and_column_of_a_fault(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        list(read_timeline(path))


def test_timeline_keeps_own_columns_of_others(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(",".join((*SHEET, "Desk")) + "\n-44,3,15" + "," * 8 + ",Rome\n", encoding="utf-8-sig")
    [row] = read_timeline(path)
    assert (row["Year"], row["Desk"]) == ("-44", "Rome")
