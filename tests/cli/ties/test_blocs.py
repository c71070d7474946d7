from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_blocs_of_a_window(dragoman: Command, ties: Path) -> None:
    found = json.loads(dragoman("blocs", "--since", "2024-01", "--record", ties, "--json").out)
    (network,) = found["networks"]
    assert network["blocs"] == [["PRK", "RUS"]]
    assert {(t["one"], t["other"]): t["sign"] for t in network["ties"]}["PRK", "USA"] == -1


def test_blocs_split_tells_what_changed(dragoman: Command, ties: Path) -> None:
    words = " ".join(dragoman("blocs", "--split", "2024-01-01", "--record", ties).out.split())
    assert "North Korea and Russia turned friendly." in words
    assert "North Korea and Russia are now in one bloc." in words
