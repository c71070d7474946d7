from __future__ import annotations

import json
import multiprocessing
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import Any

import msgspec
import pytest
from deltalake import DeltaTable, write_deltalake

from dragoman.errors import RecordError, UsageError
from dragoman.model import CoderInfo, Problem
from dragoman.record import Record, store
from dragoman.record.store import Store
from tests.record.builders import CODER, claim, coded, event

FAILED = Problem(kind="failed", stage="reading", source="a.html", line=3, reason="Not a page of news.", content="<p>")
NEWER = CoderInfo(version="2.0", model="hand")


def ids(record: Record) -> list[str]:
    return [told.event.id for told in record.reported()]


# Appending and reading back


def test_record_gives_back_what_was_appended(record: Record) -> None:
    one = coded("a", event("e1", date="2024-08-01", claim="c1"), event("e2"), claims=(claim("c1", "Lavrov"),))
    assert record.append([one, coded("b")], [FAILED]) == 2
    assert record.coded("a") == one
    assert record.article("b") == coded("b").article
    assert record.failures() == [FAILED]
    told = record.event("e1")
    assert (told.event, told.article, told.claim) == (one.events[0], one.article, one.claims[0])
    counts = record.counts()
    assert (counts.articles, counts.events, counts.claims, counts.failures) == (2, 2, 1, 1)


def test_record_is_the_same_when_opened_again(record: Record) -> None:
    record.append([coded("a", event("e1"))])
    again = Record(record.path)
    assert ids(again) == ["e1"]
    assert Record.create(record.path).counts() == again.counts()


def test_record_empty_answers_everything(record: Record) -> None:
    assert record.reported() == []
    assert record.failures() == []
    assert record.counts().articles == 0
    assert record.events().arrow().num_rows == 0
    assert record.append([]) == 0
    assert record.version == 0


def test_record_adds_nothing_on_a_second_run(record: Record) -> None:
    batch = [coded("a", event("e1")), coded("b", event("e2"))]
    record.append(batch, [FAILED])
    before = record.version
    again = Record(record.path)
    assert all(again.has(one.article, one.coder) for one in batch)
    assert again.append(batch, [FAILED]) == 0
    assert again.version == before
    assert again.failures() == [FAILED]
    assert again.sql("SELECT * FROM stored_events").num_rows == 2


def test_record_drops_duplicates_within_a_batch(record: Record) -> None:
    assert record.append([coded("a", event("e1")), coded("a", event("e1"))], [FAILED, FAILED]) == 1
    assert ids(record) == ["e1"]
    assert record.failures() == [FAILED]


def test_record_has_only_what_was_coded_by_this_coder_word_for_word(record: Record) -> None:
    one = coded("a")
    assert not record.has(one.article, CODER)
    record.append([one])
    assert record.has(one.article, CODER)
    assert not record.has(one.article, NEWER)
    assert not record.has(msgspec.structs.replace(one.article, text="Changed."), CODER)
    assert not record.has(msgspec.structs.replace(one.article, published="2024-08-03"), CODER)


def test_record_newer_coding_supersedes_without_deleting(record: Record) -> None:
    record.append([coded("a", event("old")), coded("b", event("other"))])
    record.append([coded("a", event("new"), coder=NEWER)])
    assert sorted(ids(record)) == ["new", "other"]
    assert sorted(ids(Record(record.path, as_of=1))) == ["old", "other"]


def test_record_changed_text_supersedes_also_within_a_batch(record: Record) -> None:
    first, second = coded("a", event("e1"), text="One."), coded("a", event("e2"), text="Two.")
    assert record.append([first, second]) == 2
    assert record.coded("a") == second
    assert record.append([first]) == 1
    assert record.coded("a") == first


def test_record_takes_a_coding_that_changed_under_the_same_version(record: Record) -> None:
    record.append([coded("a", event("e1"))])
    assert record.append([coded("a", event("e2"))]) == 1
    assert ids(record) == ["e2"]


def test_record_keeps_as_a_problem_what_no_row_can_hold(record: Record) -> None:
    bad = coded("bad", published="2. August")
    worse = coded("worse", text="half a \ud83d character")
    assert record.append([bad, coded("good"), worse]) == 1
    assert [(p.kind, p.stage, p.article_id) for p in record.failures()] == [
        ("failed", "coding", "bad"),
        ("failed", "coding", "worse"),
    ]
    assert "2. August" in record.failures()[0].reason


def test_record_forgets_a_failed_coding_once_the_article_is_coded(record: Record) -> None:
    failed = Problem(kind="failed", stage="coding", source="a.txt", article_id="a", reason="A step broke.")
    repaired = Problem(kind="repaired", stage="reading", source="a.txt", article_id="a", reason="Wrong encoding.")
    record.append([], [failed, repaired])
    assert record.failures() == [failed, repaired]
    record.append([coded("a")])
    assert record.failures() == [repaired]
    record.append([], [failed])
    assert record.failures() == [repaired, failed]


# Earlier states


def test_record_as_of_a_version_or_a_time(tmp_path: Path) -> None:
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    record = Record(tmp_path / "r", create=True, now=lambda: moment)
    record.append([coded("a", event("e1"))])
    moment += timedelta(days=1)
    record.append([coded("b", event("e2"))], [FAILED])
    for as_of in (1, "2026-03-01", "2026-03-02T11:59", "2026-03-02T13:30+02:00", datetime(2026, 3, 2, 11)):
        then = Record(record.path, as_of=as_of)
        assert ids(then) == ["e1"], as_of
        assert then.failures() == [], as_of
    for as_of in ("2", "2026-03-02", "2026-03-02T12:00Z"):
        assert ids(Record(record.path, as_of=as_of)) == ["e1", "e2"], as_of
    assert ids(Record(record.path, as_of=0)) == ids(Record(record.path, as_of="2026-02-28")) == []


@pytest.mark.parametrize("as_of", [-1, 7, "7", "yesterday", "2026-02-30", ""])
def test_record_refuses_an_as_of_that_is_no_state(record: Record, as_of: int | str) -> None:
    with pytest.raises(UsageError):
        Record(record.path, as_of=as_of)


def test_record_as_of_cannot_be_written(record: Record) -> None:
    with pytest.raises(UsageError, match="only be read"):
        Record(record.path, as_of=0).append([coded("a")])


# Crashes and several writers


@pytest.mark.parametrize("broken", ["mentions", "claims", "events", "failures", "articles"])
def test_record_append_cut_short_anywhere_loses_and_doubles_nothing(
    record: Record, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    record.append([coded("a", event("e1"))])
    batch = [coded("a", event("e3"), coder=NEWER), coded("b", event("e2", claim="c"), claims=(claim("c", "Lavrov"),))]

    def stop(table: DeltaTable, rows: Any, **options: Any) -> None:
        if Path(table.table_uri).name == broken:
            raise KeyboardInterrupt
        write_deltalake(table, rows, **options)

    monkeypatch.setattr(store, "write_deltalake", stop)
    with pytest.raises(KeyboardInterrupt):
        record.append(batch, [FAILED])
    monkeypatch.undo()

    again = Record(record.path)
    assert ids(again) == ["e1"]
    assert not any(again.has(one.article, one.coder) for one in batch)
    assert again.append(batch, [FAILED]) == 2
    assert sorted(ids(again)) == ["e2", "e3"]
    assert again.coded("b") == batch[1]
    assert again.failures() == [FAILED]
    assert again.counts().claims == 1


def test_record_append_again_after_its_last_commit_adds_nothing(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    append_as = Store.append_as

    def interrupted(self: Store, *args: object) -> bool:
        append_as(self, *args)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "append_as", interrupted)
    with pytest.raises(KeyboardInterrupt):
        record.append([coded("a", event("e1"))])
    monkeypatch.undo()
    assert record.append([coded("a", event("e1"))]) == 0
    assert ids(record) == ["e1"]


def write(path: Path, writer: int, batches: int) -> None:
    record = Record.create(path)
    for number in range(batches):
        own = f"{writer}-{number}"
        record.append([coded(own, event(f"e{own}")), coded(f"shared-{number}", event(f"s{number}"))])


def expect_both(path: Path, batches: int) -> None:
    own = [f"e{writer}-{number}" for writer in (1, 2) for number in range(batches)]
    assert sorted(ids(Record(path))) == sorted(own + [f"s{number}" for number in range(batches)])


def test_record_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    spawn = multiprocessing.get_context("spawn")
    processes = [spawn.Process(target=write, args=(tmp_path / "r", writer, 6)) for writer in (1, 2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0, 0]
    expect_both(tmp_path / "r", 6)


def test_record_two_threads_at_once_lose_nothing(tmp_path: Path) -> None:
    threads = [Thread(target=write, args=(tmp_path / "r", writer, 6)) for writer in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    expect_both(tmp_path / "r", 6)
    versions = Record(tmp_path / "r").sql("SELECT version, count(DISTINCT batch) AS n FROM stored_articles GROUP BY 1")
    assert set(versions["n"].to_pylist()) == {1}


# Folders that are no record, and damage


def test_record_refuses_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no record in"):
        Record(tmp_path / "nowhere")


def test_record_refuses_folders_and_files_that_are_no_record(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    for create in (False, True):
        with pytest.raises(UsageError, match=r"record\.json|notes\.txt"):
            Record(tmp_path, create=create)
        with pytest.raises(UsageError):
            Record(tmp_path / "notes.txt", create=create)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["notes.txt"]


def test_record_finishes_a_creation_that_was_cut_short(record: Record) -> None:
    (record.path / "record.json").unlink()
    shutil.rmtree(record.path / "events")
    assert Record.create(record.path).counts().events == 0


def test_record_refuses_a_newer_schema(record: Record) -> None:
    (record.path / "record.json").write_text(
        json.dumps({"format": "dragoman-record", "schema_version": 99}), encoding="utf-8"
    )
    with pytest.raises(RecordError, match=r"newer Dragoman \(schema 99"):
        Record(record.path)


@pytest.mark.parametrize("mark", ["", "{", "[]", '{"format": "other", "schema_version": 1}', '{"format": 1}'])
def test_record_refuses_a_damaged_mark(record: Record, mark: str) -> None:
    (record.path / "record.json").write_text(mark, encoding="utf-8")
    with pytest.raises(RecordError, match=r"record\.json"):
        Record(record.path, create=True)


def test_record_tells_of_a_missing_table(record: Record) -> None:
    shutil.rmtree(record.path / "events")
    with pytest.raises(RecordError, match="'events' is missing"):
        Record.create(record.path)


@pytest.mark.parametrize("damage", ["log", "lost", "torn"])
def test_record_tells_of_a_damaged_table(record: Record, damage: str) -> None:
    record.append([coded("a", event("e1"))])
    if damage == "log":
        (record.path / "events/_delta_log/00000000000000000001.json").write_text('{"add": oops', encoding="utf-8")
    for part in (record.path / "events").glob("*.parquet"):
        part.unlink() if damage == "lost" else part.write_bytes(b"junk")
    for read in (record.reported, record.events().arrow, lambda: record.sql("SELECT * FROM events")):
        with pytest.raises(RecordError, match="is damaged") as caught:
            read()
        assert "\n" not in str(caught.value)
