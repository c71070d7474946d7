"""R is not among what tests need; the queries of its page are DuckDB's, and run here by DuckDB for Python."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pyarrow.parquet as pq
import pytest

from dragoman.exchange.export import export_events
from dragoman.record import Record
from tests.snippets import ROOT

QUERIES = re.findall(r'r"\((.*?)\)"', (ROOT / "docs" / "r.md").read_text("utf-8"), re.DOTALL)


def test_r_page_queries_run_on_what_is_exported(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    export_events(record, "parquet", Path("events.parquet"))
    pq.write_table(record.incidents().arrow(), "incidents.parquet")
    pq.write_table(record.dyad("PRK", "RUS").series(by="month").arrow(), "series.parquet")
    with duckdb.connect() as connection:
        events, by_month, incidents, series = (connection.sql(q).to_arrow_table().to_pylist() for q in QUERIES)
    assert [row["event_id"] for row in events] == ["m1", "m2", "t1", "a1", "x1"]
    assert events[0]["actor_states"] == "PRK"
    assert events[3]["said_first"] == "TASS"
    assert [row["events"] for row in by_month] == [1, 1, 2]
    assert {row["sources"] for row in incidents} == {1}
    assert len(series) == 4
