from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from dragoman.exchange.followthemoney import read_followthemoney
from dragoman.exchange.importing import Summary
from dragoman.knowledge.known import load_known
from dragoman.knowledge.own import OwnOffice, OwnPerson


def entity(id: str, schema: str, **properties: str | list[str]) -> dict[str, Any]:
    values = {name: value if isinstance(value, list) else [value] for name, value in properties.items()}
    return {"id": id, "schema": schema, "properties": values, "datasets": ["test"]}


PERSON = entity("p", "Person", name=["Ана Киспе", "Ana Quispe"], alias="A. Quispe", weakAlias="Ana", nationality="pe",
                lastName="Quispe", gender="female")  # fmt: skip
POSITION = entity("o", "Position", name="Foreign Minister of Peru", country="pe", topics=["gov.national"])
HELD = entity("x", "Occupancy", holder="p", post="o", startDate="2025-02", status="current")


def imported(
    path: Path, *lines: dict[str, Any] | str, countries: tuple[str, ...] = ()
) -> tuple[list[OwnPerson], Summary]:
    path.write_text(
        "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines), encoding="utf-8"
    )
    summary = Summary()
    return list(read_followthemoney(path, load_known(), summary, countries)), summary


def test_followthemoney_takes_a_person_with_an_office(tmp_path: Path) -> None:
    persons, summary = imported(tmp_path / "x.json", HELD, POSITION, PERSON)
    assert persons == [
        OwnPerson(
            name="Ana Quispe",
            names=("A. Quispe",),
            country="PER",
            family="Quispe",
            offices=(OwnOffice(office="per-foreign-minister", country="PER", start="2025-02", sure="medium"),),
            source="ftm:p",
        )
    ]
    assert (summary.persons, summary.offices, summary.known_offices, summary.malformed) == (1, 1, 1, 0)


def test_followthemoney_end_is_unknown_unless_it_is_said(tmp_path: Path) -> None:
    ended = entity("y", "Occupancy", holder="p", post="o", startDate="2019", endDate="2020-05-04T00:00:00")
    silent = entity("z", "Occupancy", holder="p", post="o", startDate="2010")
    (person,), _ = imported(tmp_path / "x.json", PERSON, POSITION, ended, silent)
    assert [(o.start, o.end) for o in person.offices] == [("2019", "2020-05-04"), ("2010", "unknown")]


def test_followthemoney_reads_the_sector_off_topics(tmp_path: Path) -> None:
    seat = entity("o", "Position", name="Seat 5", country="pe", topics=["gov.national", "gov.legislative"])
    (person,), _ = imported(tmp_path / "x.json", PERSON, seat, HELD)
    assert (person.offices[0].office, person.offices[0].sector) == ("Seat 5", "LEG")


def test_followthemoney_tells_what_it_left_out_and_why(tmp_path: Path) -> None:
    persons, summary = imported(
        tmp_path / "x.json",
        PERSON,
        POSITION,
        entity("m", "Position", name="Mayor of Cusco", country="pe", subnationalArea="Cusco"),
        entity("k", "Position", name="Keeper of Bees", country="pe"),
        entity("a", "Occupancy", holder="p", post="m", startDate="2020"),
        entity("b", "Occupancy", holder="p", post="k", startDate="2020"),
        entity("c", "Occupancy", holder="p", post="o", startDate="2020", endDate="2019"),
        entity("d", "Occupancy", holder="p", post="o"),
        entity("e", "Occupancy", holder="p", post="gone", startDate="2020"),
        entity("f", "Occupancy", holder="gone", post="o", startDate="2020"),
        entity("g", "Company", name="Bees & Sons"),
    )
    assert persons == []
    assert summary.skipped == {
        "position below the state": 1,
        "position of no known kind": 1,
        "occupancy with a date that cannot be": 1,
        "occupancy without a date": 1,
        "occupancy of no position in the file": 1,
        "occupancy by nobody in the file": 1,
        "schema Company": 1,
        "person without a dated office": 1,
    }


def test_followthemoney_reports_malformed_lines_and_goes_on(tmp_path: Path) -> None:
    persons, summary = imported(
        tmp_path / "x.json", PERSON, "{", '{"id":"a","schema":"Person"}', '{"id":5}', POSITION, HELD
    )
    assert [p.name for p in persons] == ["Ana Quispe"]
    assert [(fault.line, fault.field) for fault in summary.faults] == [(2, None), (3, None), (4, "id")]


def test_followthemoney_keeps_to_the_states_asked_for_and_unpacks(tmp_path: Path) -> None:
    assert imported(tmp_path / "x.json", PERSON, POSITION, HELD, countries=("GHA",))[0] == []
    packed = tmp_path / "x.json.gz"
    packed.write_bytes(gzip.compress((tmp_path / "x.json").read_bytes(), mtime=0))
    assert [p.name for p in read_followthemoney(packed, load_known(), Summary(), ("PER",))] == ["Ana Quispe"]
