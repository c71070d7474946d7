"""Keeps the desk that pages read up to date with the record on disk; one writer at a time changes the record."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from dragoman.analysis.incidents import incidents_of
from dragoman.errors import DragomanError
from dragoman.record import Record
from dragoman.record.decisions import FILE as DECISIONS
from dragoman.record.decisions import read_decisions
from dragoman.record.reviews import FILE as REVIEWS
from dragoman.record.reviews import read_reviews
from dragoman.web.desk import ArticleCard, Desk
from dragoman.web.patching import patched

State = tuple[tuple[int, int] | None, ...]
Staleness = Literal["decided", "changed"]
WATCHED: Final = ("articles/_delta_log", DECISIONS, REVIEWS, "actors.yaml", "actors.imported.jsonl")
"""What in the record's folder makes its pages other than they were."""
QUICK: Final = 1.0
"""Seconds that a request may wait for a new desk; a record that takes longer is read again behind its readers."""
PAUSE: Final = 20.0
"""Seconds without a decision after which a record that takes long is read again."""
_CARDS: Final = "SELECT article_id AS id, title, publisher, published::VARCHAR AS published, url FROM articles"
_log: Final = logging.getLogger("dragoman.web")


class Keeper:
    """Gives the current desk. When the record changes, it makes a new one, at once if that is quick.

    Of a record that takes long, what persons decided is put into the desk there is (see `patching`), and all of it is
    read again behind its readers when nobody has decided anything for a while.
    """

    def __init__(self, path: Path, warmers: Sequence[Callable[[Desk], None]] = (), pause: float = PAUSE) -> None:
        """Open the record; raises `UsageError` where there is none. `warmers` are run on a new desk of a large record
        before anybody reads from it, so that the first reader need not wait for what takes long.
        """
        self.path = path
        self._warmers = tuple(warmers)
        self._pause = pause
        self._record = Record(path)
        self._making = threading.Lock()
        self._patching = threading.Lock()
        self._writing = threading.Lock()
        self._starting = threading.Lock()
        self._behind: threading.Thread | None = None
        self._took = 0.0
        self._whole: State = ()
        self._shown: State = ()
        self._tried: State = ()
        self._desk: Desk | None = None

    @property
    def stale(self) -> Staleness | None:
        """How the desk that pages get lags behind the record: 'decided' where only what counts over all of it does."""
        seen = self._seen()
        if self._desk is None or self._whole == seen:
            return None
        return "decided" if self._shown == seen else "changed"

    def desk(self) -> Desk:
        """The desk to read from, with all that persons decided; made anew when the record has changed, or the last one
        while that takes long.
        """
        desk, seen = self._desk, self._seen()
        if desk is None or (self._whole != seen and self._took <= QUICK):
            return self.reload()
        if self._shown != seen:
            self._patch(seen)
        if self._whole != seen:
            self._start_behind()
        return self._desk or desk

    def reload(self) -> Desk:
        """Make a new desk if the record has changed, and wait for it."""
        with self._making:
            seen = self._seen()
            if self._desk is None or seen != self._whole:
                began = time.monotonic()
                made = self._made(1 if self._desk is None else self._desk.serial + 1)
                self._took = time.monotonic() - began
                if self._took > QUICK:
                    self._warm(made)
                with self._patching:
                    self._desk, self._whole, self._shown, self._tried = made, seen, seen, ()
            return self._desk

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the record's folder for a write, one writer at a time; the next page sees what was written.

        Gives the folder: `with keeper.writing() as folder: add_decision(folder, decision)`.
        """
        with self._writing:
            yield self.path
            self.desk()

    def _made(self, serial: int) -> Desk:
        # Decisions first: one that is made meanwhile is then laid over again, and never lost.
        decisions, reviews = read_decisions(self.path), read_reviews(self.path)
        cards = self._record.sql(_CARDS).to_pylist()
        return Desk(
            self._record,
            incidents_of(self._record),
            (ArticleCard(**card) for card in cards),
            decisions=decisions,
            reviews=reviews,
            serial=serial,
        )

    def _patch(self, seen: State) -> None:
        """Put what persons decided into the desk; nothing is done where other things have changed, or too many."""
        with self._patching:
            desk = self._desk
            if desk is None or seen in (self._shown, self._tried) or not _differ_in_decisions(self._shown, seen):
                return
            self._tried = seen
            try:
                made = patched(desk)
            except DragomanError as error:
                _log.warning("What was decided cannot be shown yet: %s", error)
                return
            if made is not None:
                self._desk, self._shown = made, seen

    def _start_behind(self) -> None:
        with self._starting:
            if self._behind is None or not self._behind.is_alive():
                self._behind = threading.Thread(target=self._reload_behind, name="dragoman-desk", daemon=True)
                self._behind.start()

    def _warm(self, desk: Desk) -> None:
        for warm in self._warmers:
            try:
                warm(desk)
            except DragomanError as error:
                _log.warning("A page could not be made ready: %s", error)

    def _reload_behind(self) -> None:
        """Read all of the record again, after the last of several decisions in a row."""
        while _differ_in_decisions(self._whole, seen := self._seen()):
            time.sleep(self._pause)
            if seen == self._seen():
                break
        try:
            self.reload()
        except DragomanError as error:
            _log.warning("The record cannot be read again: %s", error)

    def _seen(self) -> State:
        return tuple(_stamp(self.path / name) for name in WATCHED)


def _differ_in_decisions(one: State, other: State) -> bool:
    """Whether nothing but persons' decisions has changed."""
    return all(a == b for name, a, b in zip(WATCHED, one, other, strict=True) if name not in (DECISIONS, REVIEWS))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
