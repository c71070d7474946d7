"""Coding over a Ray cluster of two nodes: everything once, whatever dies. The slow tests are all here."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.cluster import connected
from dragoman.cluster.messages import Done
from dragoman.errors import UsageError
from dragoman.record import Record, RecordWriter
from tests.cli.conftest import Command
from tests.cluster.conftest import lines, put, rows, write
from tests.cluster.stubs import Foreign, Slow, Stub, run

ray = pytest.importorskip("ray")
ROOT = Path(__file__).parents[2]
NODE: dict[str, Any] = {"num_cpus": 1, "object_store_memory": 100 * 2**20}
# A node that does not answer is given up after a few seconds, and not after half a minute.
HASTY = {"health_check_initial_delay_ms": 2_000, "health_check_period_ms": 1_000, "health_check_failure_threshold": 5}


@pytest.fixture(scope="module")
def cluster(store: str) -> Iterator[Any]:
    """Two nodes of one processor each on this machine, whose processes know the store of objects."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        head = {**NODE, "include_dashboard": False, "_system_config": HASTY}
        made = Cluster(initialize_head=True, connect=False, head_node_args=head)
        made.second = made.add_node(**NODE)
        yield made
        ray.shutdown()
        made.shutdown()


@pytest.fixture
def joined(cluster: Any) -> Iterator[Any]:
    """The cluster, with this process connected to it."""
    with connected(cluster.address):
        yield cluster


@pytest.fixture
def record(tmp_path: Path) -> Record:
    return Record.create(tmp_path / "record")


def stored(record: Record) -> Counter[str]:
    """How often each article was ever written into a record."""
    return Counter(Record(record.path).sql("SELECT article_id FROM stored_articles")["article_id"].to_pylist())


def once(first: int, last: int) -> Counter[str]:
    return Counter(f"n{number}" for number in range(first, last))


def keep(writer: RecordWriter, done: Done) -> None:
    for coded in done.coded:
        writer.add(coded)
    for problem in done.problems:
        writer.problem(problem)


def test_cluster_codes_local_files_and_objects_into_a_record(
    dragoman: Command, joined: Any, bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.cluster.coding.ProcessCoder", Stub)
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.jsonl", *rows(0, 20), {"id": "bad"})
    pq.write_table(pa.Table.from_pylist(rows(20, 30)), tmp_path / "b.parquet")
    put(f"{bucket}/in/c.jsonl", lines(*rows(30, 40), *rows(0, 1)))
    words = ["a.jsonl", "b.parquet", f"s3://{bucket}/in", "--record", "record", "--fast", "--cluster", joined.address]
    first = dragoman("code", *words)
    assert "Articles coded 40" in " ".join(first.out.split())
    assert "a.jsonl, line 21, field 'text'" in first.told
    second = dragoman("code", *words)
    assert (second.code, "Already in the record 40" in " ".join(second.out.split())) == (1, True)
    assert stored(Record(tmp_path / "record")) == once(0, 40)


def test_cluster_run_that_was_killed_goes_on_where_it_was(cluster: Any, record: Record, tmp_path: Path) -> None:
    inputs = [str(write(tmp_path / f"{part}.jsonl", *rows(part * 40, part * 40 + 40))) for part in range(2)]
    command = [sys.executable, "-m", "tests.cluster.driver", cluster.address, str(record.path), *inputs]
    driver = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert driver.stdout is not None
    for line in driver.stdout:
        if int(line.removeprefix("kept")) >= 16:
            break
    driver.kill()
    driver.wait()
    kept = stored(record)
    assert 16 <= kept.total() < 80
    with connected(cluster.address), RecordWriter(record) as writer:
        coded: list[str] = []
        present = 0
        for done in run(inputs, Record(record.path), Slow):
            keep(writer, done)
            coded += [one.article.id for one in done.coded]
            present += done.present
    assert present == kept.total()
    assert not kept.keys() & set(coded)
    assert stored(record) == once(0, 80)


def test_cluster_tells_a_workers_own_error(joined: Any, record: Record, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Install the same on all"):
        list(run([str(write(tmp_path / "a.jsonl", *rows(0, 1)))], record, Foreign))


def test_cluster_codes_all_once_though_a_node_is_killed(joined: Any, record: Record, tmp_path: Path) -> None:
    inputs = [str(write(tmp_path / f"{part}.jsonl", *rows(part * 64, part * 64 + 64))) for part in range(2)]
    with RecordWriter(record, articles=16) as writer:
        killed = False
        for done in run(inputs, record, Slow):
            keep(writer, done)
            if not killed:
                killed = True
                joined.remove_node(joined.second, allow_graceful=False)
    assert stored(record) == once(0, 128)


# --- bad use -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["a.jsonl", "--cluster", "here"], "'here' is no address of a cluster"),
        (["a.jsonl", "--cluster", "http://127.0.0.1:6379"], "is no address of a cluster"),
        (["a.jsonl", "--cluster", "127.0.0.1:99999"], "is no address of a cluster"),
        (["a.jsonl", "--cluster", "127.0.0.1:1"], "No cluster answers at '127.0.0.1:1'"),
        (["a.jsonl", "--cluster", "local", "--processes", "2"], "--processes is for one machine"),
        (["none.jsonl", "--cluster", "127.0.0.1:1"], "'none.jsonl' does not exist"),
        (["-", "--cluster", "local"], "cannot read standard input"),
    ],
)
def test_cluster_bad_use_is_told_in_a_sentence(
    dragoman: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "a.jsonl", *rows(0, 1))
    done = dragoman("code", *words, "--record", "record")
    assert (done.code, told in done.told) == (2, True), done.told
    assert not (tmp_path / "record").exists()


def test_cluster_without_the_extra_is_told(dragoman: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    done = dragoman("code", write(tmp_path / "a.jsonl", *rows(0, 1)), "--record", tmp_path / "r", "--cluster", "local")
    assert (done.code, "dragoman[cluster]" in done.told) == (2, True)


def test_cluster_says_nothing_to_anybody() -> None:
    assert os.environ.get("RAY_USAGE_STATS_ENABLED", "0") == "0"
