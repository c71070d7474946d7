from __future__ import annotations

import bz2
import json
from pathlib import Path
from typing import Any

import pytest

from dragoman.errors import InputError
from dragoman.exchange.importing import Summary
from dragoman.exchange.wikidata import read_wikidata
from dragoman.knowledge.known import load_known
from dragoman.knowledge.own import OwnPerson

PERSON, PERU, MINISTER = "Q1001", "Q1002", "Q1003"


def snak(value: Any, kind: str = "value") -> dict[str, Any]:
    return {"snaktype": kind, "property": "P0", "datavalue": {"value": value, "type": "x"}} if kind == "value" else {
        "snaktype": kind, "property": "P0"}  # fmt: skip


def item_value(id: str) -> dict[str, Any]:
    return snak({"entity-type": "item", "id": id})


def time(day: str, precision: int = 11) -> dict[str, Any]:
    return snak({"time": f"+{day}T00:00:00Z", "precision": precision})


def statement(value: dict[str, Any], rank: str = "normal", **qualifiers: list[dict[str, Any]]) -> dict[str, Any]:
    return {"mainsnak": value, "type": "statement", "rank": rank, "qualifiers": qualifiers or []}


def item(id: str, label: str, *aliases: str, **claims: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "item",
        "id": id,
        "labels": {"en": {"language": "en", "value": label}, "fr": {"language": "fr", "value": "autre"}},
        "descriptions": [],
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]} if aliases else [],
        "claims": claims,
    }


STATES = [item(PERU, "Peru", P298=[statement(snak("PER"))])]
POSTS = [item(MINISTER, "Minister of Foreign Affairs of Peru", P17=[statement(item_value(PERU))])]


def person(*held: dict[str, Any], label: str = "Ana Quispe") -> dict[str, Any]:
    return item(PERSON, label, "Ana María Quispe", "Anita", P27=[statement(item_value(PERU))], P39=list(held))


def dump(path: Path, *items: dict[str, Any] | str) -> Path:
    lines = [one if isinstance(one, str) else json.dumps(one) for one in items]
    text = ("[\n" + ",\n".join(lines) + "\n]\n").encode()
    path.write_bytes(bz2.compress(text) if path.suffix == ".bz2" else text)
    return path


def imported(path: Path, *countries: str) -> tuple[list[OwnPerson], Summary]:
    summary = Summary()
    return list(read_wikidata(path, load_known(), summary, countries)), summary


@pytest.mark.parametrize("name", ["dump.json", "dump.json.bz2"])
def test_wikidata_takes_a_holder_with_names_state_and_dates(tmp_path: Path, name: str) -> None:
    held = statement(item_value(MINISTER), P580=[time("2019-02-00", 10)], P582=[time("2020-05-04")])
    persons, summary = imported(dump(tmp_path / name, *POSTS, person(held), *STATES))
    (one,) = persons
    assert (one.name, one.names, one.country, one.source) == (
        "Ana Quispe", ("Ana María Quispe",), "PER", "wikidata:Q1001",
    )  # fmt: skip
    assert [(o.office, o.country, o.start, o.end) for o in one.offices] == [
        ("per-foreign-minister", "PER", "2019-02", "2020-05-04")
    ]
    assert (summary.persons, summary.offices, summary.known_offices) == (1, 1, 1)


@pytest.mark.parametrize(
    ("rank", "ends", "end"),
    [
        ("normal", [], "unknown"),
        ("preferred", [], None),  # today's holder
        ("normal", [snak(None, "novalue")], None),
        ("preferred", [snak(None, "somevalue")], "unknown"),
    ],
)
def test_wikidata_end_left_out_is_unknown_but_for_the_holder_of_today(
    tmp_path: Path, rank: str, ends: list[dict[str, Any]], end: str | None
) -> None:
    held = statement(item_value(MINISTER), rank, P580=[time("2019-00-00", 9)], P582=ends)
    ((one,), _) = imported(dump(tmp_path / "dump.json", person(held), *POSTS, *STATES))
    assert [(o.start, o.end) for o in one.offices] == [("2019", end)]


def test_wikidata_tells_what_it_left_out_and_why(tmp_path: Path) -> None:
    held = [
        statement(item_value(MINISTER)),
        statement(item_value(MINISTER), P580=[time("1900-00-00", 7)]),
        statement(item_value(MINISTER), P580=[time("2020-01-01")], P582=[time("2019-01-01")]),
        statement(item_value("Q9"), P580=[time("2019-01-01")]),
        statement(item_value(MINISTER), "deprecated", P580=[time("2019-01-01")]),
    ]
    persons, summary = imported(dump(tmp_path / "dump.json", person(*held), *POSTS, *STATES))
    assert persons == []
    assert summary.skipped == {
        "office without a date": 2,
        "office with a date that cannot be": 1,
        "office that is not in the file or has no English name": 1,
        "person without a dated office": 1,
    }


def test_wikidata_keeps_to_the_states_asked_for(tmp_path: Path) -> None:
    held = statement(item_value(MINISTER), P580=[time("2019-01-01")])
    path = dump(tmp_path / "dump.json", person(held), *POSTS, *STATES)
    assert len(imported(path, "PER")[0]) == 1
    assert imported(path, "GHA")[0] == []


def test_wikidata_reports_malformed_lines_and_goes_on(tmp_path: Path) -> None:
    held = statement(item_value(MINISTER), P580=[time("2019-01-01")])
    path = dump(tmp_path / "dump.json", '{"id":"Q5","claims":{"P39":[{}]}}', "5", person(held), *POSTS, *STATES)
    persons, summary = imported(path)
    assert len(persons) == 1
    assert [fault.line for fault in summary.faults] == [2, 3]


def test_wikidata_tells_of_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "x.json.bz2").write_bytes(b"no archive")
    with pytest.raises(InputError, match="cannot be read"):
        imported(tmp_path / "x.json.bz2")
