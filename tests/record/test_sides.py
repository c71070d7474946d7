"""Who stands on the sides, in one text: it may never leave out what the parties themselves would let through."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Party
from dragoman.record import Record, store
from dragoman.record.schema import SIDES, TABLES
from dragoman.record.sides import PLAIN, STANDS_IN, may_stand, with_sides
from tests.record.builders import coded, event

BATCH = [
    coded("a", event("visit", "Kim Jong-un/PRK", "Sergei Lavrov/RUS", date="2023-10-19"), event("sea", "PRK", None)),
    coded("b", event("far", "José Peña/MEX", "United|Nations"), event("none", None, None)),
]
ASKED = ["PRK", "rus", "kim jong un", "JOSE PEÑA", "jose pena", "United|Nations", "Nations", "South Korea", "MEX"]


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Record:
    """A record that was made before there was the column."""
    fields = [field for field in TABLES["events"] if field.name != SIDES]
    with monkeypatch.context() as before:
        before.setattr(store, "TABLES", {**TABLES, "events": pa.schema(fields)})
        return Record.create(tmp_path / "older")


def test_sides_of_a_row_are_the_names_as_they_are_compared() -> None:
    told = msgspec.to_builtins(event("e", "Kim Jong-un/PRK", "PRK;José Peña"))
    rows = pa.Table.from_pylist([{"actors": told["actors"], "recipients": told["recipients"]}], TABLES["events"])
    assert with_sides(rows)[SIDES].to_pylist() == ["|jose pena|kim jong un|north korea|prk|"]


def test_sides_change_no_answer(record: Record, older: Record) -> None:
    for each in (record, older):
        each.append(BATCH)
    assert record.sql(f"SELECT DISTINCT {SIDES} IS NULL AS a FROM stored_events").to_pylist() == [{"a": False}]
    assert older.sql(f"SELECT DISTINCT {SIDES} IS NULL AS a FROM stored_events").to_pylist() == [{"a": True}]
    for name in ASKED:
        assert record.reported(party=name) == older.reported(party=name)
        assert record.reported(between=(name, "PRK")) == older.reported(between=(name, "PRK"))


NAMES = st.text(min_size=1, max_size=6) | st.sampled_from(["PRK", "prk", "Kim-Jong", "KIM JONG", "É", "e", "|", "ß"])


@settings(max_examples=12, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=5), NAMES)
def test_sides_pass_over_no_row_that_is_meant(names: list[str], asked: str) -> None:
    parties = tuple(Party(text="x", actor=name, actor_id=name, country=name) for name in names)
    told = msgspec.to_builtins(msgspec.structs.replace(event("e"), actors=parties))
    with duckdb.connect(":memory:") as connection:
        for macro in (PLAIN, STANDS_IN, may_stand(())):
            connection.execute(macro)
        connection.register("rows", with_sides(pa.Table.from_pylist([told], TABLES["events"])))
        query = f"SELECT stands_in(actors, $name) AS stands, may_stand({SIDES}, $name) AS may FROM rows"
        for name in (asked, *names):
            [(stands, may)] = connection.sql(query, params={"name": name}).fetchall()
            assert may or not stands
            assert stands or name not in names


def test_sides_of_an_older_record_are_left_out_on_append(older: Record) -> None:
    assert older.append(BATCH) == 2
    assert older.append([coded("c", event("more"))]) == 1
    assert SIDES not in [field.name for field in DeltaTable(older.path / "events").schema().fields]
    assert older.counts().events == 5


def test_sides_may_be_missing_in_some_rows(record: Record) -> None:
    record.append(BATCH)
    table = DeltaTable(record.path / "events")
    bare = table.to_pyarrow_table().set_column(TABLES["events"].names.index(SIDES), SIDES, pa.nulls(4, pa.string()))
    write_deltalake(record.path / "events", bare, mode="overwrite")
    assert [told.event.id for told in record.reported(between=("PRK", "RUS"))] == ["visit"]


@pytest.mark.parametrize("name", ["it's a=1", "st*r {a,b}", "what? ü"])
def test_sides_and_files_are_read_from_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    if os.name == "nt":
        pytest.skip("such names are not allowed there")
    record = Record.create(tmp_path / name / "record")
    record.append(BATCH)
    assert [told.event.id for told in record.reported(party="RUS")] == ["visit"]
    shutil.rmtree(tmp_path / name)
