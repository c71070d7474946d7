"""A few of the crashes of benchmarks/crashes.py, which has fifty and more."""

from __future__ import annotations

import os
from errno import EDQUOT
from pathlib import Path

import pytest
from benchmarks.crashes import fill_disk, survive

from dragoman.errors import RecordError
from dragoman.record import Record
from dragoman.record.doctor import examine
from dragoman.record.room import ensure_room
from tests.record.builders import coded, event


def test_crashes_killed_writers_leave_every_article_once(tmp_path: Path) -> None:
    told = survive(tmp_path / "record", kills=3, seed=4, longest=0.8)
    assert "none lost" in told


def test_crashes_full_disk_is_told_in_a_sentence_and_a_run_with_more_room_completes(tmp_path: Path) -> None:
    try:
        told = fill_disk(tmp_path / "disk", size=1, articles=500, batch=10)
    except (PermissionError, FileNotFoundError) as error:
        pytest.skip(f"no small disk can be made here: {error}")
    assert "No space left" in told


@pytest.mark.skipif(not hasattr(os, "posix_fallocate"), reason="this system cannot set room aside")
def test_crashes_quota_is_told_and_nothing_is_torn(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    record.append([coded("a", event("e1"))])

    def refuse(*args: object) -> None:
        raise OSError(EDQUOT, os.strerror(EDQUOT))

    monkeypatch.setattr(os, "posix_fallocate", refuse)
    with pytest.raises(RecordError, match="quota"):
        record.append([coded("b", event("e2"))])
    monkeypatch.undo()
    assert examine(record.path).findings == ()
    assert record.append([coded("b", event("e2"))]) == 1


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="this system does not tell names of open files")
def test_crashes_parts_are_on_the_disk_before_their_articles_are_written(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(file: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{file}").removeprefix(f"{record.path}/"))
        real(file)

    record.append([coded("old")])
    monkeypatch.setattr(os, "fsync", fsync)
    record.append([coded("a", event("e1"))])
    tables = [path.split("/")[0] for path in synced]
    assert list(dict.fromkeys(tables)) == ["mentions", "events", "articles"]
    first = [path for path in synced if path.startswith("events/")]
    assert first[0].endswith(".parquet")
    assert "events/_delta_log/00000000000000000001.json" in first
    assert first[-1] == "events/_delta_log"


def test_room_leaves_nothing_behind(tmp_path: Path) -> None:
    ensure_room(tmp_path, 1 << 20)
    assert not list(tmp_path.iterdir())
    with pytest.raises(OSError, match="No such file"):
        ensure_room(tmp_path / "missing", 1)
