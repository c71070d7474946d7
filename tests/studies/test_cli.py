"""The command line over the whole way, with the model that comes with Dragoman and a part of the example's labels."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command, dragoman
from tests.snippets import ROOT

__all__ = ["dragoman"]
EXAMPLE = ROOT / "examples" / "study"


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    """Fifteen labels of two types and of NONE, and four of a third."""
    wanted = {"OPPOSE": 15, "IMPOSE": 15, "NONE": 15, "EASE": 4}
    lines = (EXAMPLE / "labels.jsonl").read_text("utf-8").splitlines()
    path = tmp_path / "labels.jsonl"
    kept = [[line for line in lines if json.loads(line)["type"] == kind][:n] for kind, n in wanted.items()]
    path.write_text("\n".join(line for some in kept for line in some) + "\n", "utf-8")
    return path


def test_study_is_trained_and_shown(dragoman: Command, tmp_path: Path, labels: Path) -> None:
    done = dragoman("study", "train", EXAMPLE / "study.yaml", "--labels", labels, "--out", tmp_path / "made")
    assert done.code == 0, done.err
    assert "45 labels, cross-validated in 10 folds" in done.out
    assert "EASE has 4 labels, too few to be learned" in done.out
    assert "the cues alone reach" in done.out
    shown = dragoman("study", "show", tmp_path / "made")
    assert "OPPOSE (quad 3): Criticises sanctions" in shown.out
    card = json.loads(dragoman("study", "show", tmp_path / "made", "--json").out)
    assert card["thin"] == ["THREATEN", "EASE", "EVADE"]
    assert card["labels"]["IMPOSE"] == 15


def test_study_is_tested_on_labels_that_were_held_out(dragoman: Command, tmp_path: Path, labels: Path) -> None:
    made, held_out = tmp_path / "made", tmp_path / "held_out.jsonl"
    assert dragoman("study", "train", EXAMPLE / "study.yaml", "--labels", labels, "--out", made).code == 0
    rows = (EXAMPLE / "held_out.jsonl").read_text("utf-8").splitlines()
    held_out.write_text("\n".join(rows[:12]) + "\n", "utf-8")  # one IMPOSE and no OPPOSE
    done = dragoman("study", "test", made, "--labels", held_out)
    assert done.code == 0, done.err
    assert "tested on 10 labels that were held out" in done.out
    assert "2 labels of types that were not learned (THREATEN, EASE, EVADE)" in done.told
    figures = json.loads(dragoman("study", "test", made, "--labels", held_out, "--json").out)
    assert (figures["folds"], sum(figures["confusion"]["NONE"].values())) == (None, 8)
    again = dragoman("study", "test", made, "--labels", labels)
    assert again.code == 2
    assert "was trained on, the first of" in again.told


def test_study_tells_what_is_wrong(dragoman: Command, tmp_path: Path, labels: Path) -> None:
    missing = dragoman("study", "apply", tmp_path / "none", "--record", tmp_path)
    assert (missing.code, "is no trained study" in missing.told) == (2, True)
    labels.write_text(labels.read_text("utf-8").replace('"OPPOSE"', '"PRAISE"', 1), "utf-8")
    bad = dragoman("study", "train", EXAMPLE / "study.yaml", "--labels", labels, "--out", tmp_path / "made")
    assert bad.code == 1
    assert "line 1, field 'type': the study 'sanctions' has no type 'PRAISE'" in bad.told
    assert not (tmp_path / "made").exists()
    taken = dragoman("study", "train", EXAMPLE / "study.yaml", "--labels", labels, "--out", tmp_path)
    assert (taken.code, "holds other things" in taken.told) == (2, True)
    nothing = dragoman("study", "list", "--record", tmp_path)
    assert nothing.code == 2
