"""`dragoman brief`: the options that it has of its own filters; what a brief says is tested under `tests/briefing`."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from dragoman.record import Record
from tests.cli.conftest import Command


def test_brief_min_confidence_leaves_out_what_is_less_sure_and_says_so(dragoman: Command, record: Record) -> None:
    found = record.reported(between=("UKR", "RUS"))
    least = max(r.event.confidence for r in found)
    done = dragoman("brief", "UKR", "RUS", "--record", record.path, "--min-confidence", str(least))
    words = " ".join(done.out.split())
    assert done.code == 0
    assert f"Only incidents that a report tells with a confidence of {least:g} or more." in words
    sure = {r.event.evidence.text for r in found if r.event.confidence >= least}
    assert any(text in words for text in sure)
    every = " ".join(dragoman("brief", "UKR", "RUS", "--record", record.path).out.split())
    assert len(words) < len(every)


def test_brief_pdf_is_written_on_the_paper_asked_for(dragoman: Command, record: Record, tmp_path: Path) -> None:
    pytest.importorskip("typst")
    file = tmp_path / "brief.pdf"
    done = dragoman("brief", "UKR", "RUS", "--record", record.path, "--pdf", file, "--paper", "letter")
    assert (done.code, done.out) == (0, "")
    assert file.read_bytes().startswith(b"%PDF-")


def test_brief_pdf_without_typst_names_the_extra(
    dragoman: Command, record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    done = dragoman("brief", "UKR", "RUS", "--record", record.path, "--pdf", tmp_path / "brief.pdf")
    assert done.code == 2
    assert "pip install 'dragoman[pdf]'" in done.told


def test_brief_pdf_on_paper_that_is_none_is_told(dragoman: Command, record: Record, tmp_path: Path) -> None:
    words = ("brief", "UKR", "RUS", "--record", record.path, "--pdf", tmp_path / "brief.pdf", "--paper", "napkin")
    done = dragoman(*words)
    assert (done.code, done.out) == (2, "")
    assert "'paper' is 'napkin'. It can be: a4, letter." in done.told


def test_brief_min_confidence_above_all_is_an_empty_brief(dragoman: Command, record: Record) -> None:
    done = dragoman("brief", "UKR", "RUS", "--record", record.path, "--min-confidence", "1")
    assert done.code == 0
    assert "no report of an event between Ukraine and Russia of that confidence" in " ".join(done.out.split())


@pytest.mark.parametrize("least", ["1.5", "-0.1"])
def test_brief_min_confidence_that_is_none_is_told(dragoman: Command, record: Record, least: str) -> None:
    done = dragoman("brief", "UKR", "RUS", "--record", record.path, "--min-confidence", least)
    assert (done.code, done.out) == (2, "")
    assert f"'min-confidence' is {least}" in done.told
