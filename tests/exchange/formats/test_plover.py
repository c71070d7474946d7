from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings

from dragoman.errors import InputError
from dragoman.exchange.formats.plover import read_plover, write_plover
from dragoman.exchange.formats.tables import Taken
from dragoman.model import ReportedEvent
from tests.exchange.formats.world import coded, reports, visit


def test_plover_lines_have_the_names_of_the_manual() -> None:
    out = io.BytesIO()
    written = write_plover(coded(), out)
    assert (written.rows, dict(written.left_out)) == (3, {"without a date": 1})
    rows = [json.loads(line) for line in out.getvalue().splitlines()]
    assert rows[0]["event"] == ["CONSULT"]
    assert rows[0]["mode"] == ["visit"]
    assert rows[0]["actor"][0]["code"] == "RUS"
    assert rows[0]["event_loc"]["cc3"] == "PRK"
    assert rows[0]["cite_info"]["publication"] == "Tass"
    assert rows[1]["context"] == ["future"]
    assert "enddate" not in rows[0]


def test_plover_round_trip(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    with path.open("wb") as out:
        write_plover([(visit(), None)], out)
    [back] = read_plover(path, Taken())
    event = visit().event
    assert (back.id, back.date, back.type, back.mode) == (event.id, "2024-06-19", event.type, event.mode)
    assert (back.quad, back.intensity, back.contexts) == (event.quad, event.intensity, event.contexts)
    assert (back.actors, back.recipients) == (event.actors, event.recipients)
    assert (back.place, back.place_country, back.lat, back.lon) == ("Pyongyang", "PRK", 39.03, 125.75)
    assert (back.publisher, back.published, back.url) == ("Tass", "2024-06-20", "https://example.org/1")


@settings(deadline=None)
@given(reports())
def test_plover_round_trip_of_any_event(told: ReportedEvent) -> None:
    out = io.BytesIO()
    write_plover([(told, None)], out)
    [line] = out.getvalue().splitlines()
    row = json.loads(line)
    assert row["actor"][0]["identifier_text"] == told.event.actors[0].actor
    assert row["event_text"] == [told.event.evidence.text]


def test_plover_reads_older_names(tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    old = {"id": 7, "date": "2016-01-02", "source": [{"code": "USA", "actorText": "US"}], "event": ["DEMAND"],
           "target": [{"code": "RUS"}], "publication": "Paper"}  # fmt: skip
    path.write_text(json.dumps(old) + "\n\n", encoding="utf-8")
    [back] = read_plover(path, Taken())
    assert (back.id, back.type, back.code, back.publisher) == ("7", "REQUEST", "DEMAND", "Paper")
    assert (back.actors[0].text, back.actors[0].country, back.recipients[0].country) == ("US", "USA", "RUS")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[1]", r"line 1: not a JSON object"),
        ("{}", r"line 1, field 'event': is missing"),
        ('{"id": "1", "event": ["AID"]}', r"field 'date': '' is no day"),
        ('{"id": "1", "event": ["AID"], "date": "2024-02-30"}', r"field 'date': '2024-02-30' is no day"),
        ('{"id": "1", "event": ["AID"], "date": "2024-02-20", "actor": "x"}', r"field 'actor': is no list"),
        ('{"id": "1", "event": ["AID"], "date": "2024-02-20", "quad_code": "x"}', r"field 'quad_code': is no number"),
        ('{"id": "1", "event": ["AID"], "date": "2024-02-20", "quad_code": 300}', r"field 'quad_code': 300 is not 1"),
    ],
)
def test_plover_names_line_and_field_of_a_fault(line: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=told):
        list(read_plover(path, Taken()))
