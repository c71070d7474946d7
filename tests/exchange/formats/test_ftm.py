from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec

from dragoman.analysis.incidents import incidents
from dragoman.exchange.followthemoney import read_followthemoney
from dragoman.exchange.formats.ftm import write_ftm, write_ftm_statements
from dragoman.exchange.importing import Summary
from dragoman.knowledge.holders import Tenure, load_holders
from dragoman.knowledge.known import load_known
from dragoman.model import ReportedEvent
from tests.exchange.formats.world import found, visit


def is_dated(term: Tenure) -> bool:
    return term.start_min == term.start_max and term.end_min == term.end_max


def known_person() -> tuple[str, ReportedEvent]:
    """A report in which a person of the knowledge, with dated terms of office, takes part."""
    holders = load_holders()
    person = next(p for p in holders.persons.values() if any(map(is_dated, holders.tenures_of(p.id))) and " " in p.name)
    made = visit()
    party = msgspec.structs.replace(
        made.event.actors[0],
        text=person.name,
        actor=person.name,
        actor_id=f"person:{person.id}",
        country=person.country,
    )
    return person.name, msgspec.structs.replace(made, event=msgspec.structs.replace(made.event, actors=(party,)))


def lines(text: bytes) -> list[dict[str, object]]:
    return [json.loads(line) for line in text.splitlines()]


def test_ftm_events_point_to_who_was_involved() -> None:
    out = io.BytesIO()
    written = write_ftm(found(), out)
    assert (written.rows, dict(written.left_out)) == (3, {"not told as a fact": 1})
    by_id = {row["id"]: row for row in lines(out.getvalue())}
    visits = [r["properties"] for r in by_id.values() if r["schema"] == "Event"]
    [met] = [p for p in visits if isinstance(p, dict) and p.get("startDate") == ["2024-06-19"]]
    assert {by_id[i]["schema"] for i in met["involved"]} == {"Person", "PublicBody"}
    assert (met["country"], met["location"], met["keywords"]) == (["kp"], ["Pyongyang"], ["CONSULT", "visit"])
    assert met["sourceUrl"] == ["https://example.org/1"]


def test_ftm_offices_that_the_news_gives_have_a_day_and_no_term() -> None:
    made = visit()
    party = msgspec.structs.replace(made.event.actors[0], actor_id="person:ann-lee-of-nowhere", actor="Ann Lee")
    told = msgspec.structs.replace(made, event=msgspec.structs.replace(made.event, actors=(party,)))
    out = io.BytesIO()
    write_ftm(incidents([told]), out)
    terms = [row["properties"] for row in lines(out.getvalue()) if row["schema"] == "Occupancy"]
    assert [(t["date"], t["status"]) for t in terms if isinstance(t, dict) and "date" in t] == [
        (["2024-06-19"], ["unknown"])
    ]


def test_ftm_round_trip_of_persons_and_offices(tmp_path: Path) -> None:
    name, told = known_person()
    path = tmp_path / "entities.ftm.json"
    with path.open("wb") as out:
        write_ftm(incidents([told]), out)
    persons = list(read_followthemoney(path, load_known(), Summary()))
    assert name in [person.name for person in persons]
    assert next(p for p in persons if p.name == name).offices


def test_ftm_statements_say_the_same_as_the_entities() -> None:
    entities, statements = io.BytesIO(), io.BytesIO()
    write_ftm(found(), entities)
    write_ftm_statements(found(), statements)
    said = {
        (row["id"], name, value)
        for row in lines(entities.getvalue())
        for name, values in msgspec.convert(row["properties"], dict[str, list[str]]).items()
        for value in values
    }
    rows = list(csv.DictReader(io.StringIO(statements.getvalue().decode(), newline="")))
    assert {(row["entity_id"], row["prop"], row["value"]) for row in rows} == said
    assert len({row["id"] for row in rows}) == len(rows)
    assert all("2024" in row["first_seen"] <= row["last_seen"] for row in rows)
