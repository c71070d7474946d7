from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_compare_tells_in_words_and_figures(dragoman: Command, ties: Path) -> None:
    words = " ".join(dragoman("compare", "PRK", "CHN", "RUS", "--record", ties).out.split())
    assert "Pyongyang received Moscow's envoys twice, Beijing's once." in words
    assert "visits received 1 2" in words


def test_compare_json_leads_to_incidents(dragoman: Command, ties: Path, named: dict[str, str]) -> None:
    found = json.loads(dragoman("compare", "PRK", "RUS", "CHN", "--record", ties, "--json").out)
    assert [[named[i] for i in trip] for trip in found["ties"][0]["trips_received"]] == [["visit+plan"], ["again"]]
    assert [named[i] for i in found["ties"][1]["incidents"]] == ["chinese"]
