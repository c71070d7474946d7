"""Several sources fetched at the same time: threads that ask and fetch, and one stream of what they found.

A thread works on one source at a time, so that one slow site holds up nobody else. What it finds goes through a queue
of few places: pages are fetched no faster than they are coded.
"""

from __future__ import annotations

import dataclasses
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from dragoman.fetching.client import Client
from dragoman.fetching.failure import FetchError
from dragoman.fetching.pages import fetch_page
from dragoman.fetching.polling import Poll, poll
from dragoman.fetching.settings import Source
from dragoman.fetching.state import Page, SourceState

AHEAD: Final = 16
PATIENCE: Final = 10.0  # seconds that requests under way are waited for when the watch is to end
Given = TypeVar("Given")
Result = TypeVar("Result")


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The watch is to end: raised where a thread would have slept."""


@dataclass(frozen=True, slots=True)
class Polled:
    """What a source was asked, or why that failed."""

    source: Source
    found: Poll | FetchError


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page with its body, or why it could not be had."""

    source: Source
    page: Page
    error: FetchError | None = None


@dataclass(frozen=True, slots=True)
class _Ended:
    """A thread is through, or died of something that is not to be hidden."""

    error: BaseException | None = None


def poll_all(
    sources: Sequence[tuple[Source, SourceState]], client: Client, jobs: int, stop: threading.Event
) -> Iterator[Polled]:
    """Ask all sources; results come as they come."""

    def work(pair: tuple[Source, SourceState], put: Callable[[Polled], None]) -> None:
        source, known = pair
        try:
            found: Poll | FetchError = poll(source, known, client)
        except FetchError as error:
            found = error
        put(Polled(source, found))

    yield from _all(sources, work, jobs, stop)


def fetch_all(
    wanted: Sequence[tuple[Source, Sequence[Page]]],
    client: Client,
    jobs: int,
    stop: threading.Event,
    keep: Callable[[Page], None],
    now: Callable[[], float],
) -> Iterator[Fetched]:
    """Fetch the pages of several sources; those of one in their order. A site that wants rest gets it: the others of
    its source are left for later. `keep` is called with each page at once, in the thread that fetched it: while others
    wait to be coded it must be safe already.
    """

    def work(pair: tuple[Source, Sequence[Page]], put: Callable[[Fetched], None]) -> None:
        source, pages = pair
        for page in pages:
            if stop.is_set():
                return
            try:
                answer = fetch_page(page, source, client)
            except FetchError as error:
                put(Fetched(source, page, error))
                if error.after is not None:
                    return
                continue
            said = answer.headers.get("content-type")
            whole = dataclasses.replace(page, body=answer.body, content_type=said, address=answer.url, fetched=now())
            keep(whole)
            put(Fetched(source, whole))

    yield from _all(wanted, work, jobs, stop)


def _all(
    given: Sequence[Given],
    work: Callable[[Given, Callable[[Result], None]], None],
    jobs: int,
    stop: threading.Event,
) -> Iterator[Result]:
    todo: queue.SimpleQueue[Given] = queue.SimpleQueue()
    for each in given:
        todo.put(each)
    results: queue.Queue[Result | _Ended] = queue.Queue(AHEAD)
    left = threading.Event()  # nobody takes results any more

    def put(result: Result | _Ended) -> None:
        while not left.is_set():
            try:
                return results.put(result, timeout=0.2)
            except queue.Full:
                continue

    def run() -> None:
        try:
            while not (stop.is_set() or left.is_set()):
                work(todo.get_nowait(), put)
            put(_Ended())
        except (queue.Empty, Stopped):
            put(_Ended())
        except BaseException as error:
            put(_Ended(error))

    threads = [threading.Thread(target=run, daemon=True) for _ in range(min(jobs, len(given)))]
    for thread in threads:
        thread.start()
    running = len(threads)
    patience = PATIENCE
    try:
        while running and patience > 0:
            try:
                result = results.get(timeout=0.2)
            except queue.Empty:
                patience -= 0.2 if stop.is_set() else 0.0
                continue
            if not isinstance(result, _Ended):
                yield result
                continue
            running -= 1
            if result.error is not None:
                raise result.error
    finally:
        left.set()
