"""The same coder on several processes of one machine: batches go out, results come back in order."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import NamedTuple

import msgspec

from dragoman.coding.batches import batches
from dragoman.model import Article, CodedArticle, Problem

AHEAD = 3  # batches waiting for each process: enough to keep it busy, few enough to bound memory
BATCH = 8
KILLED = "Coding it ended the process that did it, perhaps for want of memory; give it in smaller parts."
Results = list[CodedArticle | Problem]
_coder = None


class Setup(NamedTuple):
    """What a worker makes its coder of."""

    pipeline: str
    actors: Path | None
    fast: bool


def code_in_processes(articles: Iterable[Article], processes: int, setup: Setup) -> Iterator[CodedArticle | Problem]:
    """Results in the order of the articles. A batch that kills its process is coded again one article at a time.

    Workers are spawned, not forked: the parent may hold threads of the tables' libraries.
    """
    workers, alone = Workers(processes, setup), Workers(1, setup)
    waiting: deque[tuple[list[Article], Future[Results]]] = deque()
    stream = batches(articles, BATCH)
    try:
        while True:
            while len(waiting) < processes * AHEAD and (batch := next(stream, None)) is not None:
                waiting.append((batch, workers.submit(batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                results = future.result()
            except BrokenProcessPool:
                yield from _one_by_one(batch, alone)
                workers.restart()
                waiting = deque((b, f if _succeeded(f) else workers.submit(b)) for b, f in waiting)
            else:
                yield from results
    finally:
        workers.stop()
        alone.stop()


class Workers:
    """Processes with a coder each. When one dies all are lost: what they were given fails until they are restarted."""

    def __init__(self, processes: int, setup: Setup) -> None:
        self.processes = processes
        self.setup = setup
        self.pool = self._pool()

    def submit(self, batch: list[Article]) -> Future[Results]:
        """The results of a batch, to come; on a broken pool they fail as they do when it breaks under them."""
        try:
            return self.pool.submit(_code, batch)
        except BrokenProcessPool as error:
            failed: Future[Results] = Future()
            failed.set_exception(error)
            return failed

    def restart(self) -> None:
        """New processes in place of those that died."""
        self.stop()
        self.pool = self._pool()

    def stop(self) -> None:
        """End the processes once they have done what they are at; what waits is dropped."""
        self.pool.shutdown(wait=False, cancel_futures=True)

    def _pool(self) -> ProcessPoolExecutor:
        """No process is started before there is something to do."""
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self.processes, mp_context=context, initializer=_start, initargs=(self.setup,))


def _start(setup: Setup) -> None:
    """Load the coder once a process; Ctrl-C is the parent's to handle."""
    global _coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    from dragoman.coding.coder import Coder

    _coder = Coder(setup.pipeline, setup.actors, fast=setup.fast)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, also where that was killed and could say nothing."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def _code(batch: list[Article]) -> Results:
    assert _coder is not None
    return list(_coder.code_batch(batch))


def _one_by_one(batch: list[Article], alone: Workers) -> Iterator[CodedArticle | Problem]:
    from dragoman.coding.coder import failure

    for article in batch:
        try:
            yield from alone.submit([article]).result()
        except BrokenProcessPool as error:
            alone.restart()
            yield msgspec.structs.replace(failure(article, error), reason=KILLED)


def _succeeded(future: Future[Results]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None
