"""Timeline sheets as other datasets: our own, and those kept by hand, which tell neither type nor sides."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import InputError
from dragoman.exchange.formats import READERS, Taken
from dragoman.exchange.formats.sniff import format_of
from dragoman.exchange.formats.timeline import SHEET, write_timeline
from dragoman.model import Party
from tests.exchange.formats.world import found

TIE = (Party(text="Ghana", actor="Ghana", country="GHA"),), (Party(text="Nigeria", actor="Nigeria", country="NGA"),)


def sheet(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "sheet.csv"
    lines = [",".join(row.get(name, "") for name in SHEET) for row in rows]
    path.write_text("\n".join([",".join(SHEET), *lines]) + "\n", encoding="utf-8")
    return path


def test_sheet_kept_by_hand_is_of_the_tie_that_the_user_names(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        {"Year": "2024", "Month": "6", "Day": "19", "Headline": "Envoys meet", "Background": "javascript:alert(1)"},
        {"Year": "2024", "Month": "Sept.", "Day": "1", "Headline": "A port opens"},
        {"Year": "2024", "Month": "July", "Headline": "Trade grows"},
    )
    taken = Taken(between=TIE)
    assert format_of(path) == "timeline"
    first, second, third = READERS["timeline"](path, taken)
    assert (first.date, second.date, third.date) == ("2024-06-19", "2024-09-01", None)
    assert (first.actors, first.recipients, first.type, first.quad) == (*TIE, None, None)
    assert (first.original["Headline"], first.url) == ("Envoys meet", None)
    assert sum(taken.unknown.values()) == 1


def test_sheet_of_ours_brings_types_and_sides_and_leaves_plans_out(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    with path.open("wb") as out:
        write_timeline(found(), out)
    facts = {each.id: each for each in found() if each.date is not None and each.standing == "took place"}
    read = {each.id: each for each in READERS["timeline"](path, Taken())}
    assert read.keys() == facts.keys()
    for key, event in read.items():
        ours = facts[key]
        assert (event.type, event.quad, event.intensity) == (ours.type, ours.quad, ours.intensity)
        assert {p.country for p in event.actors} == {p.country for p in ours.actors}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"Year": "2024", "Month": "2", "Day": "30"}, "Day"),
        ({"Year": "2024", "Month": "13", "Day": "1"}, "Month"),
        ({"Year": "soon", "Month": "1", "Day": "1"}, "Year"),
    ],
)
def test_sheet_tells_a_faulty_cell_by_line_and_column(tmp_path: Path, row: dict[str, str], column: str) -> None:
    path = sheet(tmp_path, row)
    with pytest.raises(InputError, match=column):
        list(READERS["timeline"](path, Taken()))
    taken = Taken(skip_faulty=True)
    assert (list(READERS["timeline"](path, taken)), taken.faulty) == ([], 1)
