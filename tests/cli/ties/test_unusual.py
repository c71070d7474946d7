from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_unusual_tells_what_the_past_did_not_have(dragoman: Command, ties: Path) -> None:
    words = ("unusual", "PRK", "RUS", "--since", "2024-04", "--until", "2024-09", "--record", ties)
    assert "AID by Russia: 6, where" in " ".join(dragoman(*words).out.split())
    found = json.loads(dragoman(*words, "--json").out)
    assert found["articles"] == {"before": 17, "window": 14}
    (aid,) = [each for each in found["unusual"] if each["type"] == "AID"]
    assert (aid["type"], aid["direction"], aid["past"], len(aid["incidents"])) == ("AID", "back", 0, 6)


def test_unusual_without_a_past_is_silent(dragoman: Command, ties: Path) -> None:
    done = dragoman("unusual", "PRK", "CHN", "--record", ties)
    assert "Nothing is unusual" in done.out
