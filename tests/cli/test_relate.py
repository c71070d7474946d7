"""`dragoman relate`: types for relations whose two sides are given."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.coding.relate import relate_many
from dragoman.knowledge.ontology import TYPES
from tests.cli.conftest import Command

TEXT = "Russian troops attacked Ukraine."
GOOD = {"id": "r1", "text": TEXT, "actor": [0, 14], "recipient": [24, 31]}


def pairs(folder: Path, *lines: object) -> Path:
    path = folder / "pairs.jsonl"
    path.write_text("".join((x if isinstance(x, str) else json.dumps(x)) + "\n" for x in lines), encoding="utf-8")
    return path


def test_relate_gives_a_type_and_a_chance_for_each(dragoman: Command, tmp_path: Path) -> None:
    other = {"id": "r2", "text": "Japan condemned China.", "actor": [0, 5], "recipient": [16, 21], "note": "ignored"}
    done = dragoman("relate", pairs(tmp_path, GOOD, "", other), "--out", tmp_path / "out.jsonl")
    assert done.code == 0
    assert "2 relations typed" in done.out
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(row["id"], row["type"]) for row in rows] == [("r1", "ASSAULT"), ("r2", "ACCUSE")]
    for row in rows:
        assert set(row["scores"]) == set(TYPES)
        assert sum(row["scores"].values()) == pytest.approx(1, abs=0.01)
        assert max(row["scores"], key=row["scores"].get) == row["type"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "line 2: not valid JSON"),
        ({"id": "r2", "text": TEXT, "actor": [0, 14]}, "line 2, field 'recipient'"),
        (GOOD | {"actor": [0, 999]}, "line 2, field 'actor'"),
        (GOOD | {"actor": [14, 0]}, "line 2, field 'actor'"),
        (GOOD | {"actor": "Russia"}, "line 2, field 'actor'"),
        (GOOD | {"text": 7}, "line 2, field 'text'"),
    ],
)
def test_relate_bad_line_is_told_and_nothing_is_written(
    dragoman: Command, tmp_path: Path, line: object, told: str
) -> None:
    done = dragoman("relate", pairs(tmp_path, GOOD, line), "--out", tmp_path / "out.jsonl")
    assert done.code == 1
    assert told in done.told
    assert not list(tmp_path.glob("out.jsonl*"))


def test_relate_fast_is_the_lexicon_alone(dragoman: Command, tmp_path: Path) -> None:
    source = pairs(tmp_path, GOOD)
    assert dragoman("relate", source, "--fast", "--out", tmp_path / "fast.jsonl").code == 0
    (row,) = [json.loads(line) for line in (tmp_path / "fast.jsonl").read_text(encoding="utf-8").splitlines()]
    (related,) = relate_many([(TEXT, (0, 14), (24, 31))], fast=True)
    assert row["type"] == related.type == "ASSAULT"
    assert row["scores"] == pytest.approx(related.scores, abs=1e-3)


def test_relate_missing_file_is_told(dragoman: Command, tmp_path: Path) -> None:
    done = dragoman("relate", tmp_path / "missing.jsonl", "--out", tmp_path / "out.jsonl")
    assert done.code in (1, 2)
    assert "missing.jsonl" in done.told


def test_relate_output_that_cannot_be_written_is_told(dragoman: Command, tmp_path: Path) -> None:
    done = dragoman("relate", pairs(tmp_path, GOOD), "--out", tmp_path / "no" / "out.jsonl")
    assert done.code == 2
    assert "out.jsonl cannot be written" in done.told
