from __future__ import annotations

import io
from pathlib import Path

import pytest

from dragoman.errors import InputError, UsageError
from dragoman.exchange.label_sheet import Labelled, read_label_sheet, write_label_sheet
from tests.briefing.builders import report


def test_label_sheet_goes_out_with_empty_verdicts_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    told = [
        report("e1", "PRK", "RUS", evidence="Pyongyang, he said, met Moscow"),
        report("e2", "CHN", "PRK", type="AID"),
    ]
    assert write_label_sheet(told, path) == 2
    assert read_label_sheet(path)["e1"] == Labelled(event_id="e1", type="CONSULT", verdict=None, note=None)
    filled = path.read_text("utf-8").replace(",,\n", ",Right,sure\n")
    path.write_text(filled, "utf-8-sig")
    assert read_label_sheet(path)["e2"] == Labelled(event_id="e2", type="AID", verdict="right", note="sure")


def test_label_sheet_holds_no_formula() -> None:
    out = io.BytesIO()
    write_label_sheet([report("e1", "PRK", "RUS", title='=HYPERLINK("x")')], out)
    assert b"'=HYPERLINK" in out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("event_id,type,verdict\ne1,AID,maybe\n", "line 2, field 'verdict': 'maybe' is no verdict"),
        ("event_id,type,verdict\ne1,AID,right\ne1,AID,none\n", "line 3, field 'event_id': 'e1' stands there twice"),
        ("event_id,type\ne1,AID\n", "field 'verdict': the column is missing"),
    ],
)
def test_label_sheet_says_where_it_is_wrong(content: str, says: str, tmp_path: Path) -> None:
    path = tmp_path / "sheet.csv"
    path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=says):
        read_label_sheet(path)


def test_label_sheet_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_label_sheet(tmp_path / "none.csv")
