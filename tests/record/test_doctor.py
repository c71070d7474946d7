from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from deltalake import DeltaTable, write_deltalake
from msgspec.structs import replace
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import RecordError, UsageError
from dragoman.model import Furniture, Problem, Span
from dragoman.record import Record
from dragoman.record.doctor import examine, repair
from dragoman.record.health.coding import untruths
from dragoman.record.health.findings import Finding
from dragoman.record.reviews import Review, add_review, read_reviews
from dragoman.record.schema import input_hash, output_hash
from tests.record.builders import claim, coded, event

TOLD = coded(
    "a", event("e1", date="2024-08-02", claim="c0"), event("e2", "CHN", "JPN"), claims=(claim("c0", "The"),)
)  # fmt: skip
REVIEW = Review(kind="accept", who="Ann", when="2026-01-02T00:00:00+00:00", article="a", event=TOLD.events[0])
LATER = time.time() + 3 * 24 * 3600


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two versions, a failure and a decision."""
    record = Record.create(tmp_path_factory.mktemp("doctor") / "record")
    record.append([TOLD, coded("b", event("e3"))], [Problem(kind="failed", stage="reading", source="x", reason="Bad.")])
    record.append([coded("b", event("e4"))])
    add_review(record.path, REVIEW)
    return record.path


@pytest.fixture
def full(made: Path, tmp_path: Path) -> Record:
    """A copy of it to be damaged."""
    return Record(shutil.copytree(made, tmp_path / "record"))


def wrong(record: Record, now: float | None = None) -> list[str]:
    return [f"{each.where}: {each.what}" for each in examine(record.path, now=now).findings if each.weight == "wrong"]


def harmless(record: Record, now: float | None = None) -> list[Finding]:
    return [each for each in examine(record.path, now=now).findings if each.weight == "harmless"]


def parquet(record: Record, name: str) -> Path:
    return sorted((record.path / name).glob("*.parquet"))[0]


def rewrite(record: Record, name: str, change: Callable[[pa.Table], pa.Table]) -> None:
    """Put other rows in place of a table's, as somebody with a tool for Delta tables might."""
    table = DeltaTable(record.path / name)
    write_deltalake(table, change(table.to_pyarrow_table()), mode="overwrite")


def column(name: str, value: object) -> Callable[[pa.Table], pa.Table]:
    def change(table: pa.Table) -> pa.Table:
        values = [value if row == 0 else old for row, old in enumerate(table[name].to_pylist())]
        return table.set_column(table.column_names.index(name), name, pa.array(values, table[name].type))

    return change


def test_doctor_is_content_with_a_sound_record(full: Record) -> None:
    health = examine(full.path)
    assert health.sound
    assert health.findings == ()
    assert health.version == 2
    assert health.counts == {
        "articles": 3, "current": 2, "mentions": 3, "claims": 1, "events": 4, "failures": 1,
    }  # fmt: skip


def test_doctor_is_content_with_an_empty_record(record: Record) -> None:
    assert examine(record.path).findings == ()


# Files


def damage(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[4:40] = b"\xff" * 36
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("do", "told"),
    [
        (lambda record: parquet(record, "events").unlink(), "the file is missing"),
        (lambda record: parquet(record, "claims").write_bytes(b"PAR1"), "the file has 4 bytes and not"),
        (lambda record: damage(parquet(record, "mentions")), "the file cannot be read"),
        (lambda record: (record.path / "events/_delta_log/00000000000000000001.json").unlink(), "commits are missing"),
        (
            lambda record: (record.path / "events/_delta_log/00000000000000000002.json").write_text(
                "", encoding="utf-8"
            ),
            "it is empty",
        ),
        (lambda record: (record.path / "events/_delta_log").rename(record.path / "gone"), "the table is missing"),
    ],
)
def test_doctor_names_files_that_are_damaged(full: Record, do: Callable[[Record], object], told: str) -> None:
    do(full)
    assert any(told in each for each in wrong(full))


def test_doctor_names_a_column_of_another_kind(full: Record) -> None:
    table = DeltaTable(full.path / "claims").to_pyarrow_table()
    changed = table.set_column(table.column_names.index("kind"), "kind", pa.array([1]))
    write_deltalake(full.path / "claims", changed, mode="overwrite", schema_mode="overwrite")
    assert any("the column 'kind' is of another kind" in each for each in wrong(full))


def test_doctor_removes_files_of_appends_cut_short_once_they_are_old(full: Record) -> None:
    left = [full.path / "events/part-0.parquet", full.path / "events/_delta_log/00000000000000000009.json#1"]
    for path in left:
        path.write_bytes(b"PAR1")
    (young,) = harmless(full)
    assert (young.count, young.repair) == (2, None)
    for path in left:
        os.utime(path, (1, 1))
    health = examine(full.path)
    assert health.sound
    assert repair(health)
    assert not any(path.exists() for path in left)
    assert examine(full.path).findings == ()
    assert full.counts().events == 3


# Rows


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("events", column("confidence", 0.75), "output_hash"),
        ("events", column("confidence", 7.0), "not from 0 to 1"),
        ("events", column("status", "sure"), "hold what none can"),
        ("events", column("article_id", "z"), "another article"),
        ("events", lambda table: table.filter(pc.field("event_id") != "e1"), "missing or stand twice"),
        ("events", lambda table: pa.concat_tables([table, table.slice(0, 1)]), "missing or stand twice"),
        ("mentions", lambda table: table.slice(0, 0), "output_hash"),
        ("claims", column("claim_id", "c7"), "a claim that is not there"),
        ("articles", column("text", "Another text."), "other words than the text"),
        ("articles", column("publisher", "Evening Paper"), "input_hash"),
        ("articles", column("version", 9), "a version that there is not"),
        ("articles", lambda table: pa.concat_tables([table, table.slice(0, 1)]), "codings that stand twice"),
        ("articles", lambda table: table.filter(pc.field("version") != 2), "no row is left of: 2"),
        ("failures", column("reason", "Good."), "changed since they were written"),
    ],
)
def test_doctor_names_rows_that_were_changed(
    full: Record, name: str, change: Callable[[pa.Table], pa.Table], told: str
) -> None:
    rewrite(full, name, change)
    assert any(told in each for each in wrong(full))


def test_doctor_counts_rows_of_appends_cut_short_as_harmless(full: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*args: object) -> None:
        raise RecordError("Killed.")

    monkeypatch.setattr("dragoman.record.store.Store.append_as", cut)
    with pytest.raises(RecordError):
        full.append([coded("c", event("e5"), event("e6"))])
    monkeypatch.undo()
    assert {each.where: each.count for each in harmless(full)} == {"mentions": 1, "events": 2}
    assert examine(full.path).sound


def test_doctor_tells_of_a_clock_that_was_put_back(tmp_path: Path) -> None:
    from datetime import UTC, datetime

    times = iter((datetime(2026, 5, 2, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)))
    record = Record(tmp_path / "r", create=True, now=lambda: next(times))
    record.append([coded("a")])
    record.append([coded("b")])
    (told,) = harmless(record)
    assert "clock" in told.what


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"mentions": (replace(TOLD.mentions[0], start=1),)}, "a mention has other words"),
        ({"claims": (replace(TOLD.claims[0], content=(Span(start=90, end=93, text="The"),)),)}, "a claim has other"),
        ({"events": (TOLD.events[1], TOLD.events[1])}, "two events have one id"),
        ({"events": (event("e", date=("2024-08-02", "2024-08-01")),)}, "before its first"),
        ({"article": replace(TOLD.article, furniture=(Furniture(start=0, end=99, kind="end"),))}, "outside the text"),
    ],
)
def test_doctor_coding_names_what_is_untrue(change: dict[str, object], told: str) -> None:
    changed = replace(TOLD, **change)
    found = list(untruths(changed, input_hash(changed.article, changed.coder), output_hash(changed)))
    assert [told in each for each in found] == [True]
    assert not list(untruths(TOLD, input_hash(TOLD.article, TOLD.coder), output_hash(TOLD)))


# Beside the tables


def test_doctor_puts_a_torn_last_line_aside(full: Record) -> None:
    path = full.path / "reviews.jsonl"
    with path.open("ab") as file:
        file.write(b'{"kind":"acc')
    health = examine(full.path)
    assert health.sound
    assert repair(health) == ["reviews.jsonl: the torn last line is now in reviews.jsonl.torn."]
    assert (full.path / "reviews.jsonl.torn").read_bytes() == b'{"kind":"acc\n'
    assert read_reviews(full.path) == [REVIEW]
    assert examine(full.path).findings == ()


@pytest.mark.parametrize(
    ("file", "content", "told"),
    [
        ("reviews.jsonl", b'{"kind":"maybe"}\n', "reviews.jsonl, line 1"),
        ("opinions.jsonl", b'{"coder":"somebody"}\n', "opinions.jsonl, line 1"),
        ("incidents.jsonl", b'\n{"kind":"merge","reports":[]}\n{]\n', "incidents.jsonl, line 3"),
        ("actors.yaml", b"persons:\n- nome: Ann\n", "actors.yaml"),
        ("fetched.jsonl", b'{"a":1}\n\xff\n', "fetched.jsonl, line 2"),
        ("sources.toml", b"[[source]\n", "sources.toml"),
    ],
)
def test_doctor_names_lines_that_cannot_be_read(full: Record, file: str, content: bytes, told: str) -> None:
    (full.path / file).write_bytes(content)
    found = wrong(full)
    assert found
    assert all(each.startswith(told) for each in found)
    assert repair(examine(full.path)) == []
    assert (full.path / file).read_bytes() == content


def test_doctor_removes_caches_that_are_torn_or_foreign_and_keeps_the_rest(full: Record) -> None:
    cache = full.path / ".cache"
    (cache / "search" / "index-1").mkdir(parents=True)
    (cache / "incidents-1.parquet").write_bytes(b"PAR1")
    (cache / "notes.txt").write_text("mine", encoding="utf-8")
    assert {each.where for each in harmless(full)} == {".cache/incidents-1.parquet", ".cache/notes.txt"}
    repair(examine(full.path))
    assert [path.name for path in cache.iterdir()] == ["search"]


@pytest.mark.parametrize("content", [None, b"", b'{"format":'])
def test_doctor_writes_a_lost_mark_anew(full: Record, content: bytes | None) -> None:
    mark = full.path / "record.json"
    mark.unlink() if content is None else mark.write_bytes(content)
    assert not examine(full.path).sound
    repair(examine(full.path))
    assert examine(full.path).sound
    assert Record(full.path).counts().articles == 2


# The command


def test_doctor_from_the_command_line(full: Record, tmp_path: Path) -> None:
    run = CliRunner().invoke
    told = run(app, ["doctor", "--record", str(full.path)])
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (0, "The record is sound.")
    rewrite(full, "events", column("confidence", 0.75))
    told = run(app, ["doctor", "--record", str(full.path), "--repair"])
    assert told.exit_code == 1
    assert "Wrong: articles" in told.stdout
    as_json = json.loads(run(app, ["doctor", "--record", str(full.path), "--json"]).stdout)
    assert as_json["sound"] is False
    assert as_json["findings"][0]["repairable"] is False
    with pytest.raises(UsageError, match="no record"):
        examine(tmp_path / "missing")
    with pytest.raises(UsageError, match="not a record"):
        examine(tmp_path)
    (full.path / "record.json").write_text('{"format": "dragoman-record", "schema_version": 99}', encoding="utf-8")
    with pytest.raises(RecordError, match="newer Dragoman"):
        examine(full.path)
