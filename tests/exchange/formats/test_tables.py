"""What the tab-separated formats share, and that no file makes a reader fail otherwise than with a sentence."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.errors import InputError
from dragoman.exchange.formats import READERS, Taken, gdelt, icews, polecat
from dragoman.exchange.formats.sniff import format_of
from dragoman.exchange.formats.tables import line_of, several
from dragoman.exchange.formats.timeline import SHEET

HEADS = {
    "gdelt": b"",
    "polecat": line_of(polecat.COLUMNS),
    "icews": line_of(icews.COLUMNS),
    "plover": b"",
    "timeline": ",".join(SHEET).encode() + b"\n",
}
WIDTHS = {
    "gdelt": len(gdelt.COLUMNS),
    "polecat": len(polecat.COLUMNS),
    "icews": len(icews.COLUMNS),
    "plover": 1,
    "timeline": len(SHEET),
}


@given(st.lists(st.text(), min_size=1, max_size=5))
def test_tables_a_row_is_one_line_with_its_cells(cells: list[str]) -> None:
    line = line_of(cells)
    assert line.count(b"\n") == 1
    assert len(line.decode().rstrip("\n").split("\t")) == len(cells)


def test_tables_several_values_stay_apart() -> None:
    assert several(["a;b", None, "c", "c", "\t"]) == "a,b; c"
    assert several([None], "None") == "None"


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=40, deadline=None)
@given(raw=st.binary(max_size=200), cells=st.lists(st.text(max_size=6), max_size=61))
def test_tables_readers_take_or_name_the_line(name: str, raw: bytes, cells: list[str]) -> None:
    padded = (cells + [""] * WIDTHS[name])[: WIDTHS[name]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        for content in (raw, HEADS[name] + line_of(padded), HEADS[name] + raw):
            path.write_bytes(content)
            with contextlib.suppress(InputError):
                list(READERS[name](path, Taken()))


@pytest.mark.parametrize(
    ("first", "format"),
    [
        (line_of(polecat.COLUMNS), "polecat"),
        (line_of(icews.COLUMNS), "icews"),
        (b'{"id": "1"}\n', "plover"),
        (line_of(["x"] * 61), "gdelt"),
        (line_of(["x"] * 58), "gdelt"),
        (b"a,b\n", None),
        (b"", None),
    ],
)
def test_tables_format_is_seen_by_the_first_line(first: bytes, format: str | None, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(first)
    assert format_of(path) == format
