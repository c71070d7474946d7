"""Where the demo may write; that it codes, prints and goes on is tested on an installed Dragoman (tests/packaging)."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from dragoman.cli.demo import samples
from dragoman.record import Record
from tests.cli.conftest import Command
from tests.snippets import ROOT


def test_demo_takes_the_samples_of_the_checkout() -> None:
    assert samples() == ROOT / "examples" / "dispatches"


def test_demo_says_where_an_installation_has_no_samples(
    dragoman: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("dragoman.cli.demo")  # the package names its function so
    monkeypatch.setattr(module, "PLACES", (tmp_path / "nowhere",))
    done = dragoman("demo", tmp_path / "new")
    assert done.code == 2
    assert "no sample dispatches. Install Dragoman again." in done.told
    assert not (tmp_path / "new").exists()


def test_demo_leaves_a_folder_of_other_things(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    done = dragoman("demo", tmp_path)
    assert done.code == 2
    assert "holds other things ('notes.txt')" in done.told
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_demo_leaves_a_record_of_other_articles(dragoman: Command, record: Record) -> None:
    before = record.counts()
    done = dragoman("demo", record.path)
    assert done.code == 2
    assert "is a record of other articles. Give the demo a folder that is new or empty." in done.told
    assert Record(record.path).counts() == before
    assert not (record.path / "brief.html").exists()


def test_demo_leaves_a_file(dragoman: Command, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    done = dragoman("demo", tmp_path / "file")
    assert done.code == 2
    assert "is a file; a record is a folder" in done.told
