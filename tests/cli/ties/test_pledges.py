from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def states(dragoman: Command, ties: Path, named: dict[str, str], *words: str) -> dict[str, str]:
    done = dragoman("pledges", "PRK", "RUS", "--record", ties, "--json", *words)
    return {named[pledge["incident"]]: pledge["state"] for pledge in json.loads(done.out)["pledges"]}


def test_pledges_stand_as_of_the_last_article_or_of_the_day_given(
    dragoman: Command, ties: Path, named: dict[str, str]
) -> None:
    late = states(dragoman, ties, named)
    assert late == {"visit+plan": "fulfilled", "vow": "fulfilled", "due": "overdue"}
    early = states(dragoman, ties, named, "--as-of-day", "2024-03-10")
    assert early == {"visit+plan": "fulfilled", "vow": "open"}
    assert states(dragoman, ties, named, "--state", "overdue") == {"due": "overdue"}


def test_pledges_list_the_overdue_first_with_their_words(dragoman: Command, ties: Path, named: dict[str, str]) -> None:
    words = " ".join(dragoman("pledges", "PRK", "RUS", "--record", ties).out.split())
    assert words.index("Overdue") < words.index("Kept, carried out")
    vow = next(id for id, events in named.items() if events == "vow")
    assert f"promise by Russia to North Korea: “promised to supply fuel” [{vow}] fulfils: 2024-04-20" in words
