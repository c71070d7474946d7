from __future__ import annotations

import csv
import io

import msgspec
import pytest

from dragoman.analysis.incidents import choose, find_incident, incidents
from dragoman.errors import UsageError
from dragoman.exchange.incidents import COLUMNS, write_incidents_csv, write_incidents_jsonl
from tests.briefing.builders import report

FOUND = incidents(
    [
        report("e1", "PRK", "RUS", date="2023-10-19", evidence="=SUM of talks", after="; a"),
        report("e2", "KOR", "PRK", type="ACCUSE", published="2023-11-02", evidence="condemned the launch", after="; b"),
        report("e3", "RUS", "CHN", status="planned", date="2024-01-05", evidence="will talk", after="; c"),
    ]
)


def chosen(**conditions: object) -> list[str]:
    return [i.event.id for i in choose(FOUND, **conditions)]  # type: ignore[arg-type]


def test_choose_by_parties_period_type_and_standing() -> None:
    assert chosen() == ["e1", "e2", "e3"]
    assert chosen(between=(lambda p: p.country == "PRK", lambda p: p.country == "KOR")) == ["e2"]
    assert chosen(since="2023-11-01") == ["e2", "e3"]
    assert chosen(until="2023-11-02") == ["e1", "e2"]
    assert chosen(types=("CONSULT",), standings=("announced",)) == ["e3"]


def test_choose_one_by_id() -> None:
    assert find_incident(FOUND, FOUND[1].id) == FOUND[1]
    assert find_incident(FOUND, FOUND[1].id[:8]) == FOUND[1]
    for wrong, told in (("nosuch", "no incident 'nosuch'"), ("i", "Several incidents begin"), ("", "no incident")):
        with pytest.raises(UsageError, match=told):
            find_incident(FOUND, wrong)


def test_choose_written_as_rows() -> None:
    lines, sheet = io.BytesIO(), io.BytesIO()
    write_incidents_jsonl(FOUND, lines)
    write_incidents_csv(FOUND, sheet)
    first = msgspec.json.decode(lines.getvalue().splitlines()[0])
    assert (first["id"], first["standing"], first["reports"][0]["event"]) == (FOUND[0].id, "took place", "e1")
    rows = list(csv.DictReader(io.StringIO(sheet.getvalue().decode())))
    assert tuple(rows[0]) == COLUMNS
    assert [row["incident_id"] for row in rows] == [i.id for i in FOUND]
