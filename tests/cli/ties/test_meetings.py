from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Command


def test_meetings_tells_visits_calls_and_letters_apart(dragoman: Command, ties: Path) -> None:
    words = " ".join(dragoman("meetings", "PRK", "RUS", "--record", ties).out.split())
    for told in (
        "2 Kim Jong Un – Sergei Lavrov",
        "North Korea received Russia twice.",
        "Visits (2)",
        "Telephone calls (1)",
        "Letters and messages (1) (no date) Vladimir Putin to Kim Jong Un",
        "first of the two since 2024-02-10, 3 months before",
    ):
        assert told in words


def test_meetings_json_has_the_first_in_full_and_the_trips(
    dragoman: Command, ties: Path, named: dict[str, str]
) -> None:
    found = json.loads(dragoman("meetings", "PRK", "RUS", "--by", "states", "--record", ties, "--json").out)
    firsts = [each["first"] for each in found["encounters"] if each["first"]]
    assert firsts[0].startswith(
        "The first meeting of Kim Jong Un and Sergei Lavrov in this record (31 articles of 2023"
    )
    assert [[named[i] for i in trip["incidents"]] for trip in found["trips"]] == [["visit+plan"], ["again"]]
    assert found["tally"] == [{"one": "PRK", "other": "RUS", "visit": 2, "meeting": 0, "call": 1, "message": 1}]


def test_meetings_of_a_window_still_know_what_was_before(dragoman: Command, ties: Path) -> None:
    done = dragoman("meetings", "PRK", "RUS", "--since", "2024-05", "--record", ties, "--json")
    (one,) = json.loads(done.out)["encounters"]
    assert "since 2024-02-10" in one["first"]
