"""Keeps the desk that pages read up to date with the record on disk; one writer at a time changes the record."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from dragoman.analysis.incidents import incidents_of
from dragoman.errors import DragomanError
from dragoman.record import Record
from dragoman.record.decisions import read_decisions
from dragoman.web.desk import ArticleCard, Desk

WATCHED: Final = ("articles/_delta_log", "incidents.jsonl", "reviews.jsonl", "actors.yaml", "actors.imported.jsonl")
"""What in the record's folder makes its pages other than they were."""
QUICK: Final = 1.0
"""Seconds that a request may wait for a new desk; a record that takes longer is read again behind its readers."""
_CARDS: Final = "SELECT article_id AS id, title, publisher, published::VARCHAR AS published, url FROM articles"
_log: Final = logging.getLogger("dragoman.web")


class Keeper:
    """Gives the current desk. When the record changes, it makes a new one, at once if that is quick."""

    def __init__(self, path: Path, warmers: Sequence[Callable[[Desk], None]] = ()) -> None:
        """Open the record; raises `UsageError` where there is none. `warmers` are run on a new desk of a large record
        before anybody reads from it, so that the first reader need not wait for what takes long.
        """
        self.path = path
        self._warmers = tuple(warmers)
        self._record = Record(path)
        self._making = threading.Lock()
        self._writing = threading.Lock()
        self._starting = threading.Lock()
        self._behind: threading.Thread | None = None
        self._took = 0.0
        self._state: tuple[object, ...] = ()
        self._desk: Desk | None = None

    @property
    def stale(self) -> bool:
        """Whether the record has changed since the desk that pages get was made."""
        return self._desk is not None and self._state != self._seen()

    def desk(self) -> Desk:
        """The desk to read from; made anew when the record has changed, or the last one while that takes long."""
        desk = self._desk
        if desk is None or not self.stale:
            return desk or self.reload()
        if self._took <= QUICK:
            return self.reload()
        with self._starting:
            if self._behind is None or not self._behind.is_alive():
                self._behind = threading.Thread(target=self._reload_behind, name="dragoman-desk", daemon=True)
                self._behind.start()
        return desk

    def reload(self) -> Desk:
        """Make a new desk if the record has changed, and wait for it."""
        with self._making:
            seen = self._seen()
            if self._desk is None or seen != self._state:
                began = time.monotonic()
                made = self._made(1 if self._desk is None else self._desk.serial + 1)
                self._took = time.monotonic() - began
                if self._took > QUICK:
                    self._warm(made)
                self._desk, self._state = made, seen
            return self._desk

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the record's folder for a write, one writer at a time; the next page sees what was written, or says of a
        large record that its pages are being brought up to date.

        Gives the folder: `with keeper.writing() as folder: add_decision(folder, decision)`.
        """
        with self._writing:
            yield self.path
            self.desk()

    def _made(self, serial: int) -> Desk:
        cards = self._record.sql(_CARDS).to_pylist()
        return Desk(
            self._record,
            incidents_of(self._record),
            (ArticleCard(**card) for card in cards),
            decisions=read_decisions(self.path),
            serial=serial,
        )

    def _warm(self, desk: Desk) -> None:
        for warm in self._warmers:
            try:
                warm(desk)
            except DragomanError as error:
                _log.warning("A page could not be made ready: %s", error)

    def _reload_behind(self) -> None:
        try:
            self.reload()
        except DragomanError as error:
            _log.warning("The record cannot be read again: %s", error)

    def _seen(self) -> tuple[object, ...]:
        return tuple(_stamp(self.path / name) for name in WATCHED)


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
