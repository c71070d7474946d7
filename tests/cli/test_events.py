"""`dragoman events`: the record as a table, JSON Lines or CSV."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from dragoman.record import Record
from tests.cli.conftest import Command


def listed(dragoman: Command, record: Record, *words: str) -> list[str]:
    """The types of the events that a command lists, in order."""
    done = dragoman("events", "--record", record.path, "--json", *words)
    assert done.code == 0
    return [json.loads(line)["event"]["type"] for line in done.out.splitlines()]


def test_events_table_tells_when_what_who_and_according_to_whom(dragoman: Command, record: Record) -> None:
    done = dragoman("events", "--record", record.path, "--type", "ASSAULT")
    words = " ".join(done.out.split())
    assert done.code == 0
    for told in ("2024-08-01", "ASSAULT", "Ukraine → Russia", "1 events"):
        assert told in words
    assert max(map(len, done.out.splitlines())) <= 80


def test_events_table_of_nothing_says_so(dragoman: Command, record: Record) -> None:
    done = dragoman("events", "--record", record.path, "--between", "FRA", "NPL")
    assert (done.code, done.out) == (0, "No event matches.\n")


def test_events_json_is_one_event_a_line(dragoman: Command, record: Record) -> None:
    done = dragoman("events", "--record", record.path, "--json")
    rows = [json.loads(line) for line in done.out.splitlines()]
    assert {row["event"]["id"] for row in rows} == {r.event.id for r in record.events()}
    assert done.err == ""


def test_events_csv_has_a_head_and_one_row_an_event(dragoman: Command, record: Record) -> None:
    rows = list(csv.DictReader(io.StringIO(dragoman("events", "--record", record.path, "--csv").out)))
    assert {row["event_id"] for row in rows} == {r.event.id for r in record.events()}


@pytest.mark.parametrize(
    ("words", "types"),
    [
        (["--between", "UKR", "RUS"], ["ASSAULT", "ACCUSE", "THREATEN"]),
        (["--between", "Russia", "Ukraine"], ["ASSAULT", "ACCUSE", "THREATEN"]),
        (["--between", "UKR", "RUS", "--type", "assault"], ["ASSAULT"]),
        (["--type", "ASSAULT", "--type", "SANCTION"], ["SANCTION", "ASSAULT"]),
        (["--until", "2024-06"], ["SANCTION", "CONSULT"]),
        (["--since", "2024-06-01", "--until", "2024-06-30"], ["CONSULT"]),
        (["--source", "kremlin"], ["ASSAULT"]),
        (["--source", "nobody at all"], []),
        (["--source", "South Korea"], ["ACCUSE"]),
        (["--status", "denied"], []),
    ],
)
def test_events_filters(dragoman: Command, record: Record, words: list[str], types: list[str]) -> None:
    assert listed(dragoman, record, *words) == types


def test_events_of_an_earlier_state(dragoman: Command, record: Record) -> None:
    assert listed(dragoman, record, "--as-of", "0") == []
    assert len(listed(dragoman, record, "--as-of", str(record.version))) == len(list(record.events()))


def test_events_min_confidence_leaves_out_what_is_less_sure(dragoman: Command, record: Record) -> None:
    sure = sorted(r.event.confidence for r in record.events())
    for least in (0, sure[len(sure) // 2], 1):
        assert len(listed(dragoman, record, "--min-confidence", str(least))) == sum(c >= least for c in sure)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--min-confidence", "1.01"], "'min-confidence' is 1.01, and not a number from 0"),
        (["--min-confidence", "-1"], "'min-confidence' is -1"),
        (["--min-confidence", "high"], "--min-confidence"),
        (["--type", "WAR"], "no event type 'WAR'. There are: AGREE, CONSULT"),
        (["--status", "maybe"], "no status 'maybe'. There are: actual"),
        (["--since", "02.08.2024"], "'02.08.2024', and not a day like 2024-08-02"),
        (["--since", "2024-02-30"], "'2024-02-30', and not a day"),
        (["--since", "2024-08-02", "--until", "2024-08-01"], "is after 'until'"),
        (["--json", "--csv"], "Choose one of --json and --csv"),
        (["--as-of", "7000"], "no version 7000"),
        (["--as-of", "soon"], "soon"),
        (["--between", "PRK"], "--between"),
        (["--source", " "], "'source' is empty"),
    ],
)
def test_events_bad_use_is_told(dragoman: Command, record: Record, words: list[str], told: str) -> None:
    done = dragoman("events", "--record", record.path, *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.told


def test_events_of_what_is_no_record(dragoman: Command, tmp_path: Path) -> None:
    done = dragoman("events", "--record", tmp_path / "missing")
    assert done.code == 2
    assert "missing" in done.told
    assert not (tmp_path / "missing").exists()
    done = dragoman("events", "--record", tmp_path)
    assert done.code == 2


@pytest.mark.parametrize("names", [("Russia", "Ukraine"), ("Russian Federation", "Kyiv"), ("rus", "UKR")])
def test_events_between_takes_any_name_of_a_state(dragoman: Command, record: Record, names: tuple[str, str]) -> None:
    assert listed(dragoman, record, "--between", *names) == listed(dragoman, record, "--between", "RUS", "UKR")


def test_events_between_unknown_names_is_refused(dragoman: Command, record: Record) -> None:
    done = dragoman("events", "--record", record.path, "--between", "Atlantis", "RUS")
    assert done.code == 2
    assert "Atlantis" in done.err
