from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def states(dragoman: Command, ties: Path, *words: str) -> dict[str, str]:
    done = dragoman("pledges", "PRK", "RUS", "--record", ties, "--json", *words)
    return {pledge["event"]: pledge["state"] for pledge in json.loads(done.out)["pledges"]}


def test_pledges_stand_as_of_the_last_article_or_of_the_day_given(dragoman: Command, ties: Path) -> None:
    assert states(dragoman, ties) == {"plan": "fulfilled", "vow": "fulfilled", "due": "overdue"}
    assert states(dragoman, ties, "--as-of-day", "2024-03-10") == {"plan": "fulfilled", "vow": "open"}
    assert states(dragoman, ties, "--state", "overdue") == {"due": "overdue"}


def test_pledges_list_the_overdue_first_with_their_words(dragoman: Command, ties: Path) -> None:
    words = " ".join(dragoman("pledges", "PRK", "RUS", "--record", ties).out.split())
    assert words.index("Overdue") < words.index("Kept, carried out")
    assert "promise by Russia to North Korea: “promised to supply fuel” [vow] fulfils: 2024-04-20" in words
