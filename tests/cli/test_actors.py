from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.knowledge.own import read_own
from dragoman.record import Record
from tests.cli.conftest import Command
from tests.cli.samples import write_lines

UNKNOWN = {
    "id": "u",
    "text": "Ruth Ankrah, the Ghanaian trade minister, met Sergei Lavrov in Accra on Monday.",
    "published": "2024-08-02",
    "language": "en",
}


@pytest.fixture
def coded(dragoman: Command, tmp_path: Path) -> Path:
    """A record in which a person is that nobody knows."""
    folder = tmp_path / "coded"
    assert dragoman("code", write_lines(tmp_path / "u.jsonl", UNKNOWN), "--record", folder).code == 0
    return folder


def test_actors_resolve_prints_who_a_text_names(dragoman: Command) -> None:
    done = dragoman("actors", "resolve", "the Russian defence minister", "--on", "2024-06-01")
    assert done.code == 0
    for shown in ("Andrei Belousov", "RUS", "Defence Minister of Russia", "by the office held on that day"):
        assert shown in done.out


def test_actors_resolve_prints_json(dragoman: Command) -> None:
    done = dragoman("actors", "resolve", "he", "--context", "Sergei Lavrov said that he was glad.", "--json")
    value = json.loads(done.out)
    assert (value["text"], value["actor_id"], value["how"]) == ("he", "person:sergei-lavrov", "pronoun")


def test_actors_resolve_in_bulk(dragoman: Command, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", {"id": "a", "text": "Hanoi"}, {"id": "b", "text": "a stone"})
    done = dragoman("actors", "resolve", "--jsonl", lines, tmp_path / "out.jsonl")
    assert done.code == 0
    assert "2 answers written" in done.told
    countries = [
        json.loads(line)["country"] for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert countries == ["VNM", None]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "Give either"),
        (["Moscow", "--jsonl", "a", "b"], "Give either"),
        (["--jsonl", "a", "b", "--on", "2024-01-01"], "leave out --on"),
        (["Moscow", "--on", "Monday"], "not a day like"),
    ],
)
def test_actors_resolve_refuses_bad_use(dragoman: Command, words: list[str], told: str) -> None:
    done = dragoman("actors", "resolve", *words)
    assert done.code == 2
    assert told in done.told


def test_actors_resolve_tells_the_bad_line(dragoman: Command, tmp_path: Path) -> None:
    lines = write_lines(tmp_path / "in.jsonl", {"id": "a", "text": "Hanoi"}, {"id": "b"})
    done = dragoman("actors", "resolve", "--jsonl", lines, tmp_path / "out.jsonl")
    assert done.code == 1
    assert "in.jsonl, line 2, field 'text'" in done.told


def test_actors_show_tells_names_offices_and_mentions(dragoman: Command, coded: Path) -> None:
    done = dragoman("actors", "show", "Sergei Lavrov", "--record", coded)
    assert done.code == 0
    for shown in (
        "person:sergei-lavrov",
        "Foreign Minister of Russia: from 2004-03-09",
        "1 mention, 1 article, 1 event",
    ):
        assert shown in " ".join(done.out.split())
    value = json.loads(dragoman("actors", "show", "Lavrov", "--record", coded, "--json").out)
    assert value["mentioned"]["last"] == [{"id": "u", "published": "2024-08-02", "publisher": None, "title": None}]


def test_actors_show_suggests_near_names(dragoman: Command) -> None:
    done = dragoman("actors", "show", "Sergej Lavrow")
    assert done.code == 2
    assert "Near are: Sergei Lavrov" in done.told


def test_actors_unknown_person_is_added_merged_and_coded_again(dragoman: Command, coded: Path, tmp_path: Path) -> None:
    assert "provisional:ruth-ankrah-gha" in dragoman("actors", "show", "Ruth Ankrah", "--record", coded).out
    add = ("--name", "Ruth Ankrah-Osei", "--country", "GHA", "--alias", "R. Ankrah-Osei", "--office", "trade minister")
    assert dragoman("actors", "add", *add, "--from", "2023", "--record", coded).code == 0
    ids = ("provisional:ruth-ankrah-gha", "person:ruth-ankrah-osei")
    assert dragoman("actors", "merge", *ids, "--record", coded).code == 0
    (read,) = Record(coded).reported()
    assert {p.actor_id for p in (*read.event.actors, *read.event.recipients)} == {ids[1], "person:sergei-lavrov"}
    again = dragoman("code", tmp_path / "u.jsonl", "--record", coded)  # the file of actors is new to the coder
    assert "Articles coded 1" in " ".join(again.out.split())
    again = dragoman("code", tmp_path / "u.jsonl", "--record", coded)
    assert "Articles coded 0" in " ".join(again.out.split())
    who = dragoman("actors", "resolve", "R. Ankrah-Osei", "--record", coded, "--on", "2024-01-01").out
    assert "Trade Minister of Ghana" in who


def test_actors_added_before_anything_is_coded_count(dragoman: Command, tmp_path: Path) -> None:
    folder = tmp_path / "r"
    assert dragoman("actors", "add", "--name", "Ruth Ankrah", "--country", "GHA", "--record", folder).code == 0
    assert "GHA" in dragoman("actors", "show", "Ruth Ankrah", "--record", folder).out
    assert dragoman("actors", "merge", "provisional:r-zz", "person:ruth-ankrah", "--record", folder).code == 2
    assert (
        dragoman("code", write_lines(tmp_path / "u.jsonl", UNKNOWN), "--record", folder, "--processes", "2").code == 0
    )
    ids = Record(folder).sql("SELECT DISTINCT actor_id FROM mentions WHERE text = 'Ruth Ankrah'").to_pylist()
    assert ids == [{"actor_id": "person:ruth-ankrah"}]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--kind", "ship"], "There is no kind 'ship'"),
        (["--from", "2020"], "give --office too"),
        (["--country", "GH"], "'GH' is not an ISO"),
        (["--country", "GHA", "--sector", "XXX"], "no entry of 'persons'"),
        (["--kind", "outlet", "--country", "GHA", "--sector", "JRN"], "no entry of 'outlets'"),
    ],
)
def test_actors_add_refuses_what_cannot_be(dragoman: Command, tmp_path: Path, words: list[str], told: str) -> None:
    done = dragoman("actors", "add", "--name", "Ruth Ankrah", *words, "--record", tmp_path / "r")
    assert done.code in (1, 2)
    assert told in done.told
    assert not (tmp_path / "r" / "actors.yaml").exists()


def test_actors_add_takes_groups_bodies_and_outlets(dragoman: Command, tmp_path: Path) -> None:
    for words in (
        ["--kind", "group", "--name", "Sea Lions", "--sector", "REB"],
        ["--kind", "body", "--name", "Lake Council"],
        ["--kind", "outlet", "--name", "Coast Dispatch", "--country", "GHA", "--no-state-media"],
    ):
        assert dragoman("actors", "add", *words, "--record", tmp_path).code == 0
    own = read_own(tmp_path / "actors.yaml")
    assert [e.name for e in (*own.groups, *own.bodies, *own.outlets)] == ["Sea Lions", "Lake Council", "Coast Dispatch"]


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        (("state:PRK", "state:PRK"), "are the same"),
        (("provisional:ruth-ankrah-gha", "person:nobody"), "no actor 'person:nobody'"),
        (("provisional:nobody-zz", "state:PRK"), "no actor 'provisional:nobody-zz'"),
    ],
)
def test_actors_merge_refuses_what_is_not_there(
    dragoman: Command, coded: Path, ids: tuple[str, str], told: str
) -> None:
    done = dragoman("actors", "merge", *ids, "--record", coded)
    assert done.code == 2
    assert told in done.told


def test_actors_import_takes_persons_and_tells_what_it_left_out(dragoman: Command, tmp_path: Path) -> None:
    def line(id: str, schema: str, **properties: str) -> str:
        return json.dumps({"id": id, "schema": schema, "properties": {k: [v] for k, v in properties.items()}})

    lines = [
        line("p", "Person", name="Ana Quispe", nationality="pe"),
        line("o", "Position", name="Foreign Minister of Peru", country="pe"),
        line("x", "Occupancy", holder="p", post="o", startDate="2025-01-01", status="current"),
        line("c", "Company", name="Bees & Sons"),
    ]
    file = tmp_path / "actors.ftm.json"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = dragoman("actors", "import", file, "--format", "ftm", "--record", tmp_path / "r")
    assert done.code == 0
    shown = " ".join(done.out.split())
    assert "Persons taken 1" in shown
    assert "Left out: schema Company 1" in shown
    who = dragoman("actors", "resolve", "Peru's foreign minister", "--on", "2026-01-01", "--record", tmp_path / "r").out
    assert "Ana Quispe" in who
    file.write_text("{\n", encoding="utf-8")
    done = dragoman("actors", "import", file, "--format", "ftm", "--record", tmp_path / "r")
    assert done.code == 1
    assert "line 1" in done.told
