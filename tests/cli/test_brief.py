"""`dragoman brief`: the options that it has of its own filters; what a brief says is tested under `tests/briefing`."""

from __future__ import annotations

import pytest

from dragoman.record import Record
from tests.cli.conftest import Command


def test_brief_min_confidence_leaves_out_what_is_less_sure_and_says_so(dragoman: Command, record: Record) -> None:
    found = record.reported(between=("UKR", "RUS"))
    least = max(r.event.confidence for r in found)
    done = dragoman("brief", "UKR", "RUS", "--record", record.path, "--min-confidence", str(least))
    words = " ".join(done.out.split())
    assert done.code == 0
    assert f"Only events of a confidence of {least:g} or more." in words
    for each in found:
        assert (each.event.evidence.text in words) == (each.event.confidence >= least)


def test_brief_min_confidence_above_all_is_an_empty_brief(dragoman: Command, record: Record) -> None:
    done = dragoman("brief", "UKR", "RUS", "--record", record.path, "--min-confidence", "1")
    assert done.code == 0
    assert "no report of an event between Ukraine and Russia of that confidence" in " ".join(done.out.split())


@pytest.mark.parametrize("least", ["1.5", "-0.1"])
def test_brief_min_confidence_that_is_none_is_told(dragoman: Command, record: Record, least: str) -> None:
    done = dragoman("brief", "UKR", "RUS", "--record", record.path, "--min-confidence", least)
    assert (done.code, done.out) == (2, "")
    assert f"'min-confidence' is {least}" in done.told
