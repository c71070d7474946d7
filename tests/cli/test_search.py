"""`dragoman search`: full text, as a list, JSON Lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.web.samples import write_record


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("found") / "record"
    write_record(made)
    return made


def _ids(dragoman: Command, folder: Path, *words: str) -> set[str]:
    done = dragoman("search", *words, "--record", folder, "--json")
    assert done.code == 0
    return {json.loads(line)["id"] for line in done.out.splitlines()}


def test_search_lists_what_is_found(dragoman: Command, folder: Path) -> None:
    done = dragoman("search", "Lavrov praised", "--record", folder)
    assert done.code == 0
    assert "Lavrov praised his hosts" in done.out
    assert "[e06]" in done.out


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (("Lavrov", "--in", "events"), {"e04", "e05", "e06"}),
        (("", "--in", "events", "--between", "China", "North Korea"), {"e13", "e14"}),
        (("", "--in", "events", "--type", "threaten"), {"e15"}),
        (("Kim", "--in", "events", "--party", "Xi Jinping"), {"e13"}),
        (("", "--in", "events", "--outlet", "TASS", "--since", "2024"), {"e20"}),
    ],
)
def test_search_keeps_filters(dragoman: Command, folder: Path, words: tuple[str, ...], ids: set[str]) -> None:
    assert _ids(dragoman, folder, *words) == ids


def test_search_writes_csv(dragoman: Command, folder: Path) -> None:
    done = dragoman("search", "treaty", "--record", folder, "--csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    assert {row["kind"] for row in rows} == {"event", "article"}
    assert {row["who"] for row in rows if row["kind"] == "event"} == {"Kim Jong Un"}


def test_search_suggests(dragoman: Command, folder: Path) -> None:
    assert "Did you mean: balloons" in dragoman("search", "baloons", "--record", folder).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("x", "--json", "--csv"), "one of --json and --csv"),
        (("x", "--type", "NAP"), "NAP"),
        (("x", "--party", "Kim Jong Unn"), "Kim Jong Un"),
        (("x", "--since", "soon"), "not a day"),
    ],
)
def test_search_refuses(dragoman: Command, folder: Path, words: tuple[str, ...], told: str) -> None:
    done = dragoman("search", *words, "--record", folder)
    assert done.code == 2
    assert told in done.told
