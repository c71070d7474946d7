"""`dragoman incidents` lists, shows, merges and splits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.model import CodedArticle, CoderInfo
from dragoman.record import Record
from tests.briefing.builders import report
from tests.cli.conftest import Command

KIM, LAVROV = "Kim Jong Un/PRK", "Sergei Lavrov/RUS"
REPORTS = [
    report("e1aa", KIM, LAVROV, date="2023-10-19", published="2023-10-20", evidence="Kim met Lavrov", after="; a"),
    report("e2bb", KIM, "RUS", date="2023-10-19", published="2023-10-21", evidence="Kim met a Russian", after="; b"),
    report("e3cc", KIM, LAVROV, date="2024-06-19", published="2024-06-20", evidence="they met anew", after="; c"),
    report("e4dd", "KOR", "PRK", type="ACCUSE", date="2024-06-20", evidence="condemned the launch", after="; d"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A record of three incidents with four reports."""
    coder = CoderInfo(version="1", model="hand")
    coded = [CodedArticle(article=r.article, events=(r.event,), coder=coder) for r in REPORTS]
    Record.create(tmp_path / "record").append(coded)
    return tmp_path / "record"


def listed(dragoman: Command, folder: Path, *words: str) -> list[dict[str, object]]:
    done = dragoman("incidents", "--record", folder, "--json", *words)
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.splitlines()]


def events(incident: dict[str, object]) -> list[str]:
    reports = incident["reports"]
    assert isinstance(reports, list)
    return [report["event"] for report in reports]


def test_incidents_lists_them_in_order(dragoman: Command, folder: Path) -> None:
    done = dragoman("incidents", "--record", folder)
    words = " ".join(done.out.split())
    assert done.code == 0
    assert "3 incidents" in words
    assert "2 reports, 1 independent word; 2023-10-20 to 2023-10-21" in words
    assert [events(i) for i in listed(dragoman, folder)] == [["e1aa", "e2bb"], ["e3cc"], ["e4dd"]]


def test_incidents_takes_filters(dragoman: Command, folder: Path) -> None:
    assert len(listed(dragoman, folder, "--between", "North Korea", "lavrov")) == 2
    assert len(listed(dragoman, folder, "--since", "2024", "--type", "consult")) == 1
    assert len(listed(dragoman, folder, "--standing", "contested")) == 0
    assert "No incident matches." in dragoman("incidents", "--record", folder, "--until", "2020").out
    assert dragoman("incidents", "--record", folder, "--csv").out.startswith("incident_id,")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--standing", "over"], "There is no standing 'over'"),
        (["--json", "--csv"], "Choose one"),
        (["--type", "PARTY"], "There is no event type"),
    ],
)
def test_incidents_refuses(dragoman: Command, folder: Path, words: list[str], told: str) -> None:
    done = dragoman("incidents", "--record", folder, *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.told


def test_incidents_needs_a_record(dragoman: Command) -> None:
    assert dragoman("incidents").code == 2


def test_incidents_show_says_why_they_are_one(dragoman: Command, folder: Path) -> None:
    incident = str(listed(dragoman, folder)[0]["id"])
    done = dragoman("show", incident[:8], "--record", folder)
    words = " ".join(done.out.split())
    assert done.code == 0
    for told in (incident, "Sergei Lavrov", "took place", "both name Kim Jong Un; both state 2023-10-19", "[e2bb]"):
        assert told in words


def test_incidents_merge_and_split_last(dragoman: Command, folder: Path) -> None:
    one, other, _ = (str(i["id"]) for i in listed(dragoman, folder))
    done = dragoman("incidents", "merge", one, other, "--record", folder, "--because", "one long visit")
    assert (done.code, done.out) == (0, f"One incident now: {one}, with 3 reports.\n")
    assert "one long visit" in " ".join(dragoman("show", other, "--record", folder).out.split())
    done = dragoman("incidents", "split", one, "e2", "--record", folder)
    assert done.code == 0
    assert [sorted(events(i)) for i in listed(dragoman, folder, "--type", "CONSULT")] in (
        [["e1aa", "e3cc"], ["e2bb"]],
        [["e2bb"], ["e1aa", "e3cc"]],
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["merge", "FIRST", "FIRST"], "are the same incident"),
        (["merge", "FIRST", "ifff"], "no incident 'ifff'"),
        (["split", "FIRST", "e9"], "No report begins with 'e9'"),
        (["split", "FIRST", "e"], "Several reports begin with 'e'"),
        (["split", "FIRST", "e1", "e2"], "These are all the reports"),
    ],
)
def test_incidents_edit_refuses(dragoman: Command, folder: Path, words: list[str], told: str) -> None:
    first = str(listed(dragoman, folder)[0]["id"])
    done = dragoman("incidents", *(first if word == "FIRST" else word for word in words), "--record", folder)
    assert (done.code, done.out) == (2, "")
    assert told in done.told
