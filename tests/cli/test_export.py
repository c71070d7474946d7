"""`dragoman export`: the record's events in a file or on standard output."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dragoman.exchange.formats import FORMATS
from dragoman.record import Record
from tests.cli.conftest import Command


def ids(record: Record, type: str | None = None) -> list[str]:
    return [r.event.id for r in record.events(types=(type,) if type else ())]


def test_export_csv_to_standard_output(dragoman: Command, record: Record) -> None:
    done = dragoman("export", "--record", record.path)
    assert done.code == 0
    assert [row["event_id"] for row in csv.DictReader(io.StringIO(done.out))] == ids(record)


def test_export_to_files_of_all_formats(dragoman: Command, record: Record, tmp_path: Path) -> None:
    for name in ("csv", "jsonl", "parquet"):
        done = dragoman("export", "--record", record.path, "--format", name, "--out", tmp_path / f"events.{name}")
        assert (done.code, done.out) == (0, "")
        assert f"{len(ids(record))} events written to" in done.told
    rows = list(csv.DictReader((tmp_path / "events.csv").open(encoding="utf-8")))
    lines = (tmp_path / "events.jsonl").read_text(encoding="utf-8").splitlines()
    assert [row["event_id"] for row in rows] == ids(record)
    assert [json.loads(line)["event"]["id"] for line in lines] == ids(record)
    assert pq.read_table(tmp_path / "events.parquet").num_rows == len(ids(record))


OTHERS = (
    "plover", "polecat", "gdelt", "gdelt-mentions", "icews", "timeline", "icalendar", "graphml", "gexf", "ftm",
    "ftm-statements", "bibtex", "csl", "rss", "atom",
)  # fmt: skip


def test_export_to_formats_of_other_tools(dragoman: Command, record: Record, tmp_path: Path) -> None:
    for name in OTHERS:
        done = dragoman("export", "--record", record.path, "--format", name, "--out", tmp_path / name)
        assert (done.code, done.out) == (0, "")
        assert "written to" in done.told
        assert dragoman("export", "--record", record.path, "--format", name).out.encode() == (
            (tmp_path / name).read_bytes()
        )
    assert set(OTHERS) == set(FORMATS)


def test_export_of_incidents_takes_the_filters_of_events(dragoman: Command, record: Record) -> None:
    done = dragoman("export", "--record", record.path, "--format", "timeline", "--type", "SANCTION")
    assert {row["Type"] for row in csv.DictReader(io.StringIO(done.out))} == {"SANCTION"}


def test_export_names_a_feed_after_its_tie(dragoman: Command, record: Record) -> None:
    done = dragoman("export", "--record", record.path, "--format", "atom", "--between", "PRK", "japan")
    assert "<title>North Korea and Japan</title>" in done.out


def test_export_says_what_a_format_cannot_hold(dragoman: Command, record: Record) -> None:
    done = dragoman("export", "--record", record.path, "--format", "icalendar")
    assert "left out, since the format cannot hold them:" in done.told
    assert "not planned" in done.told


def test_export_takes_the_filters_of_events(dragoman: Command, record: Record) -> None:
    done = dragoman("export", "--record", record.path, "--type", "SANCTION")
    assert [row["event_id"] for row in csv.DictReader(io.StringIO(done.out))] == ids(record, "SANCTION")


def test_export_min_confidence_leaves_out_what_is_less_sure(dragoman: Command, record: Record) -> None:
    surest = max(r.event.confidence for r in record.events())
    done = dragoman("export", "--record", record.path, "--min-confidence", str(surest))
    kept = [r.event.id for r in record.events() if r.event.confidence == surest]
    assert [row["event_id"] for row in csv.DictReader(io.StringIO(done.out))] == kept


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--min-confidence", "2"], "'min-confidence' is 2"),
        (["--format", "docx"], "docx"),
        (["--type", "WAR"], "no event type 'WAR'"),
        (["--out", "no/such/folder/events.csv"], "no/such/folder/events.csv"),
    ],
)
def test_export_bad_use_is_told(dragoman: Command, record: Record, words: list[str], told: str) -> None:
    done = dragoman("export", "--record", record.path, *words)
    assert (done.code, done.out) == (2, "")
    assert told in done.told


def test_export_reader_of_the_output_goes_away(record: Record) -> None:
    command = [sys.executable, "-m", "dragoman", "export", "--record", str(record.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
