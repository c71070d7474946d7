"""A run over a Ray cluster: files go out to readers, articles to coders, and what was found comes back to be recorded.

1. The driver lists the files. 2. Readers (Ray tasks) read them and ask the gate which articles are still to be coded;
files of the driver's machine are read there, objects in a store anywhere. 3. Coders (Ray actors, one a processor) code
them. 4. The driver gets the results, in no particular order, and appends them to the record, which is the checkpoint.
"""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Protocol, cast

from dragoman import object_store
from dragoman.cluster.coders import Plan, ProcessCoder, plan_of
from dragoman.cluster.gate import Gate
from dragoman.cluster.messages import COLUMN, Done, Read, pack, unpack
from dragoman.cluster.reading import File, Reading, read_file
from dragoman.coding.parallel import Results, Setup
from dragoman.errors import DragomanError, RecordError, UsageError
from dragoman.model import Article, CodedArticle, CoderInfo, Problem
from dragoman.reading.sources import STANDARD_INPUT, files

if TYPE_CHECKING:
    import pyarrow as pa
    from ray.data import Dataset

CODERS_A_READER: Final = 2  # taking the text out of a page costs a quarter to a half of coding it
_PIECES: Final = 2_000  # parts that the list of files is cut into, at most


class BatchCoder(Protocol):
    """What codes on a worker."""

    def __init__(self, plan: Plan) -> None:
        """Make it of a plan."""

    def code(self, articles: list[Article]) -> Results:
        """What became of articles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What is to be coded, and how.

    `coder` is what `setup` makes, `known_as` what the record calls it; `record` (a path or an address) is asked what
    it has already, None to code all; `others` are articles that another coder has coded since.
    """

    paths: Sequence[str]
    publisher: str | None = None
    published: str | None = None
    setup: Setup
    coder: CoderInfo
    known_as: CoderInfo
    record: str | None = None
    others: Sequence[str] = ()


def code_on_cluster(job: Job, coder: type[BatchCoder] | None = None) -> Iterator[Done]:
    """Code on the cluster that this process is connected to.

    Whatever machine is lost, its articles are coded by another, but for the driver's, which ends the run: run again,
    what the record has is not coded again. Raises `UsageError` for standard input, `RecordError` when the cluster
    fails.
    """
    import ray

    if STANDARD_INPUT in job.paths:
        raise UsageError("A cluster cannot read standard input; give files, folders or s3:// addresses.")
    listed: list[File] = []
    refused: list[Problem] = []
    for entry in files(job.paths):
        if isinstance(entry, Problem):
            refused.append(entry)
        else:
            listed.append(_file(len(listed), entry))
    if refused:
        yield Done(coded=[], problems=refused, present=0)
    if not listed:
        return
    try:
        with _settings():
            dataset = _dataset(job, listed, coder or ProcessCoder)
            for block in dataset.iter_batches(batch_size=None, batch_format="pyarrow", prefetch_batches=2):
                for packed in cast("pa.Table", block)[COLUMN].to_pylist():
                    done = unpack(packed, Done)
                    if done.error is not None:
                        raise UsageError(done.error)
                    yield done
    except ray.exceptions.RayError as error:
        lines = str(error).strip().splitlines() or [type(error).__name__]
        raise RecordError(
            f"The cluster failed ({lines[-1].rstrip('.')[:300]}). Run again; what the record has is not coded again."
        ) from error


def _anywhere(where: str | None) -> str | None:
    """A path or address that means the same in every process of this machine."""
    return where if where is None or object_store.is_address(where) else os.path.abspath(where)


def _file(number: int, entry: str | os.PathLike[str]) -> File:
    where = str(entry) if object_store.is_address(str(entry)) else os.path.abspath(entry)
    return File(number, where, os.fsencode(entry).decode("utf-8", "replace"))


def _dataset(job: Job, listed: list[File], coder: type[BatchCoder]) -> Dataset:
    import ray
    from ray.data import ActorPoolStrategy, TaskPoolStrategy

    here = {"ray.io/node-id": ray.get_runtime_context().get_node_id()}
    # Beside the driver, since a run does not outlive it anyway.
    gate = ray.remote(num_cpus=0, label_selector=here)(Gate).remote(_anywhere(job.record), job.known_as, job.others)
    how = Reading(job.publisher, job.published, job.known_as)
    processors = max(1, int(ray.cluster_resources().get("CPU", 1)))  # type: ignore[no-untyped-call]
    parts = []
    for remote in (False, True):
        rows = [_row(file) for file in listed if object_store.is_address(file.where) == remote]
        if rows:
            given = ray.data.from_items(rows, override_num_blocks=min(len(rows), _PIECES))
            parts.append(
                given.map_batches(
                    partial(_read, how=how, gate=gate),
                    batch_size=1,
                    batch_format="pyarrow",
                    num_cpus=0,
                    label_selector=None if remote else here,
                    compute=TaskPoolStrategy(size=max(2, processors // CODERS_A_READER)),
                )
            )
    articles = parts[0] if len(parts) == 1 else parts[0].union(*parts[1:])
    return articles.map_batches(
        _Coding,
        fn_constructor_args=(coder, plan_of(job.setup, job.coder)),
        batch_size=1,
        batch_format="pyarrow",
        num_cpus=1,
        compute=ActorPoolStrategy(min_size=1, initial_size=processors),
    )


def _row(file: File) -> dict[str, Any]:
    return {"number": file.number, "where": os.fsencode(file.where), "called": file.called}


def _read(rows: pa.Table, how: Reading, gate: Any) -> Iterator[dict[str, list[bytes]]]:
    """A reading task."""
    import ray

    def admit(*asked: Any) -> Any:
        return ray.get(gate.admit.remote(*asked))

    for row in rows.to_pylist():
        file = File(row["number"], os.fsdecode(row["where"]), row["called"])
        try:
            for message in read_file(file, how, admit):
                yield {COLUMN: [pack(message)]}
        except DragomanError as error:
            yield {COLUMN: [pack(Read(articles=[], problems=[], present=0, error=str(error)))]}


class _Coding:
    """A coding actor."""

    def __init__(self, coder: type[BatchCoder], plan: Plan) -> None:
        self._coder = coder(plan)

    def __call__(self, rows: pa.Table) -> dict[str, list[bytes]]:
        return {COLUMN: [pack(self._done(unpack(packed, Read))) for packed in rows[COLUMN].to_pylist()]}

    def _done(self, read: Read) -> Done:
        try:
            results = self._coder.code(read.articles) if read.articles else []
        except DragomanError as error:
            return Done(coded=[], problems=[], present=0, error=str(error))
        problems = [result for result in results if isinstance(result, Problem)]
        return Done(
            coded=[result for result in results if isinstance(result, CodedArticle)],
            problems=[*read.problems, *problems],
            present=read.present,
            error=read.error,
        )


@contextmanager
def _settings() -> Iterator[None]:
    """Ray Data as it is wanted here: a message is a block, so that work is dealt out in small portions; and quiet."""
    import ray

    context = ray.data.DataContext.get_current()
    wanted = {"target_max_block_size": 1, "enable_progress_bars": False, "print_on_execution_start": False}
    before = {name: getattr(context, name) for name in wanted}
    logger = logging.getLogger("ray.data")
    level = logger.level
    try:
        for name, value in wanted.items():
            setattr(context, name, value)
        logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"ray\.data")  # small inputs, and what Ray will call otherwise
            yield
    finally:
        for name, value in before.items():
            setattr(context, name, value)
        logger.setLevel(level)
