"""The same coder on several processes of one machine: batches go out, results come back in order."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool

from dragoman.coding.batches import batches
from dragoman.model import Article, CodedArticle, Problem

AHEAD = 3  # batches waiting for each process: enough to keep it busy, few enough to bound memory
BATCH = 16
_coder = None


def code_in_processes(articles: Iterable[Article], pipeline: str, processes: int) -> Iterator[CodedArticle | Problem]:
    """Results in the order of the articles. A batch that kills its process is coded again one article at a time.

    Workers are spawned, not forked: the parent may hold threads of the tables' libraries.
    """
    pool = _pool(pipeline, processes)
    waiting: deque[tuple[list[Article], Future[list[CodedArticle | Problem]]]] = deque()
    stream = batches(articles, BATCH)
    try:
        while True:
            while len(waiting) < processes * AHEAD and (batch := next(stream, None)) is not None:
                waiting.append((batch, pool.submit(_code, batch)))
            if not waiting:
                return
            batch, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                yield from _one_by_one(batch, pipeline)
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _pool(pipeline, processes)
                waiting = deque((b, pool.submit(_code, b)) for b, _ in waiting)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(pipeline: str, processes: int) -> ProcessPoolExecutor:
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(processes, mp_context=context, initializer=_start, initargs=(pipeline,))


def _start(pipeline: str) -> None:
    """Load the coder once a process; Ctrl-C is the parent's to handle."""
    global _coder
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    from dragoman.coding.coder import Coder

    _coder = Coder(pipeline)


def _code(batch: list[Article]) -> list[CodedArticle | Problem]:
    assert _coder is not None
    return list(_coder.code_batch(batch))


def _one_by_one(batch: list[Article], pipeline: str) -> Iterator[CodedArticle | Problem]:
    from dragoman.coding.coder import failure

    for article in batch:
        with _pool(pipeline, 1) as pool:
            try:
                yield from pool.submit(_code, [article]).result()
            except BrokenProcessPool as error:
                yield failure(article, error)
