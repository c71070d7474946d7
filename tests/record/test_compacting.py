from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path
from threading import Event as Signal
from threading import Thread

import pytest
from deltalake import DeltaTable
from deltalake.exceptions import CommitFailedError
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.compacting import compact, compact_when_many
from dragoman.record.doctor import examine
from tests.record.builders import claim, coded, event

DAY = 24 * 3600


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six appends, two of which code an article again."""
    record = Record.create(tmp_path_factory.mktemp("compacting") / "record")
    for number in range(4):
        told = coded(f"a{number}", event(f"e{number}", claim="c0"), claims=(claim("c0", "The"),))
        record.append([told, coded(f"b{number}", event(f"f{number}", "CHN", "JPN"))])
    record.append([coded("a1", event("e9"))])
    record.append([coded("a2")])
    return record.path


@pytest.fixture
def grown(made: Path, tmp_path: Path) -> Record:
    """A copy of it."""
    return Record(shutil.copytree(made, tmp_path / "record"))


def files(record: Record, name: str) -> int:
    return len(DeltaTable(record.path / name).file_uris())


def seen(record: Record, version: int) -> list[object]:
    then = Record(record.path, as_of=version)
    return [then.reported(), then.counts(), then.sql("SELECT * FROM claims ORDER BY ALL").to_pylist()]


def test_compacting_makes_one_file_a_table(grown: Record) -> None:
    done = {each.table: each for each in compact(grown.path)}
    assert (done["events"].files_before, done["events"].files_after) == (5, 1)
    assert done["articles"].bytes_after < done["articles"].bytes_before
    assert [files(grown, name) for name in ("articles", "mentions", "claims", "events", "failures")] == [1, 1, 1, 1, 0]
    assert examine(grown.path).sound


def test_compacting_keeps_what_every_version_shows(grown: Record) -> None:
    versions = (1, 3, grown.version)
    before = [seen(grown, version) for version in versions]
    compact(grown.path)
    assert [seen(grown, version) for version in versions] == before
    compact(grown.path, now=time.time() + 2 * DAY)
    assert [seen(grown, version) for version in versions] == before


def test_compacting_leaves_files_to_readers_until_they_are_old(grown: Record) -> None:
    with grown._look() as look:
        first = {each.table: each for each in compact(grown.path)}
        assert (first["events"].removed, first["events"].waiting) == (0, 5)
        assert look.rows("SELECT count(*) AS n FROM events")[0]["n"] == 7
    again = {each.table: each for each in compact(grown.path, now=time.time() + 2 * DAY)}
    assert again["events"].removed == 0, "the log says when they were last needed, whatever the clock says"
    with pytest.raises(UsageError, match="at least one hour"):
        compact(grown.path, keep_hours=0)


def test_compacting_removes_files_once_nobody_can_need_them(grown: Record) -> None:
    compact(grown.path)
    for name in ("articles", "mentions", "claims", "events"):
        age(grown.path / name)
    done = {each.table: each for each in compact(grown.path)}
    assert [done[name].removed for name in ("articles", "mentions", "claims", "events", "failures")] == [6, 6, 4, 5, 0]
    assert len(list((grown.path / "events").glob("*.parquet"))) == 1
    assert examine(grown.path).findings == ()
    assert Record(grown.path, as_of=2).counts().articles == 4


def age(folder: Path) -> None:
    """Let a table have been compacted long ago."""
    for file in folder.rglob("*"):
        if file.name == "_last_checkpoint" or ".checkpoint." in file.name:
            file.unlink()
        elif file.suffix == ".json":
            told = re.sub(r'"deletionTimestamp":\d+', '"deletionTimestamp":1000000', file.read_text("utf-8"))
            file.write_text(told, "utf-8")
        elif file.suffix == ".parquet":
            os.utime(file, (1, 1))


def test_compacting_again_changes_nothing(grown: Record) -> None:
    compact(grown.path)
    version = grown.version
    compact(grown.path)
    assert grown.version == version


def test_compacting_goes_on_beside_a_writer(record: Record) -> None:
    ended = Signal()

    def write() -> None:
        writer = Record(record.path)
        for number in range(12):
            writer.append([coded(f"a{number}", event(f"e{number}"))])
        ended.set()

    thread = Thread(target=write)
    thread.start()
    while not ended.is_set():
        compact(record.path)
    thread.join(60)
    compact(record.path)
    assert Record(record.path).counts().events == 12
    assert files(record, "articles") == 1
    assert examine(record.path).sound


def test_compacting_gives_up_without_harm_when_others_keep_a_table_busy(
    grown: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*args: object, **options: object) -> None:
        raise CommitFailedError("somebody was quicker")

    monkeypatch.setattr("deltalake.table.TableOptimizer.compact", busy)
    done = compact(grown.path)
    monkeypatch.undo()
    assert {each.put_off for each in done if each.files_before} == {"other writers kept it busy"}
    assert files(grown, "events") == 5
    assert examine(grown.path).sound


def test_compacting_when_many_does_nothing_before(grown: Record) -> None:
    assert compact_when_many(grown.path, files=7) == []
    assert len(compact_when_many(grown.path, files=6)) == 5
    assert compact_when_many(grown.path, files=6) == []


def test_compacting_from_the_command_line_says_what_it_did(grown: Record, tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["compact", "--record", str(grown.path)])
    assert told.exit_code == 0
    assert "no longer needed" in told.stdout
    assert CliRunner().invoke(app, ["compact", "--record", str(grown.path), "--keep", "0"]).exit_code == 2
