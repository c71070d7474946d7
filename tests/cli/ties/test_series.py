from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_series_counts_leads_to_incidents_and_finds_the_turn(
    dragoman: Command, ties: Path, named: dict[str, str]
) -> None:
    found = json.loads(dragoman("series", "PRK", "RUS", "--by", "month", "--record", ties, "--json").out)
    assert [p["count"] for p in found["points"]][:3] == [1, 1, 1]
    assert sum(p["count"] for p in found["points"]) == 19
    assert [named[i] for i in found["points"][0]["incidents"]] == ["old1"]
    assert found["left_out"] == {"undated": 1, "coarse": 0, "outside": 0}
    (turn,) = found["turning_points"]
    assert turn["before"] < 0 < turn["after"]


def test_series_goes_by_direction_and_window(dragoman: Command, ties: Path) -> None:
    words = (
        "series",
        "PRK",
        "RUS",
        "--by",
        "year",
        "--direction",
        "out",
        "--since",
        "2024",
        "--record",
        ties,
        "--json",
    )
    (point,) = json.loads(dragoman(*words).out)["points"]
    assert point["by_type"] == {"CONSULT": 3}


def test_series_table_tells_index_and_what_turned_it(dragoman: Command, ties: Path) -> None:
    words = " ".join(dragoman("series", "PRK", "RUS", "--by", "quarter", "--record", ties).out.split())
    assert "North Korea and Russia, by quarter: 19 incidents." in words
    assert "Turns to cooperation in 2024 Q2" in words
    assert "Left out: 1 without a date." in words


def test_series_by_the_parties_own_media_may_be_empty(dragoman: Command, ties: Path) -> None:
    done = dragoman("series", "PRK", "RUS", "--voices", "own", "--record", ties)
    assert "by the parties' own media: nothing" in " ".join(done.out.split())
