"""Keeps the desk that pages read up to date with the record on disk; one writer at a time changes the record."""

from __future__ import annotations

import atexit
import gc
import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Literal

from dragoman.analysis.incidents import incidents_of
from dragoman.errors import DragomanError
from dragoman.opinions.kept import FILE as OPINIONS
from dragoman.record import Record
from dragoman.record.decisions import FILE as DECISIONS
from dragoman.record.decisions import read_decisions
from dragoman.record.reviews import FILE as REVIEWS
from dragoman.record.reviews import read_reviews
from dragoman.web.desk import ArticleCard, Desk
from dragoman.web.patching import patched
from dragoman.web.stamps import Stamp, stamp_of

State = tuple[Stamp, ...]
Staleness = Literal["decided", "changed"]
WATCHED: Final = ("articles/_delta_log", DECISIONS, REVIEWS, OPINIONS, "actors.yaml", "actors.imported.jsonl")
"""What in the record's folder makes its pages other than they were."""
BESIDE: Final = frozenset({DECISIONS, REVIEWS, OPINIONS})
"""What can be put into the desk there is. Opinions change no incident: with them it is whole again."""
QUICK: Final = 1.0
"""Seconds that a request may wait for a new desk; a record that takes longer is read again behind its readers."""
PAUSE: Final = 20.0
"""Seconds without a decision after which a record that takes long is read again."""
_CARDS: Final = "SELECT article_id AS id, title, publisher, published::VARCHAR AS published, url FROM articles"
_log: Final = logging.getLogger("dragoman.web")


class Keeper:
    """Gives the current desk. When the record changes, it makes a new one, at once if that is quick.

    Of a record that takes long, what persons decided is put into the desk there is (see `patching`), and all of it is
    read again behind its readers when nobody has decided anything for a while. What models said of events is put into
    it in any record, and no more is needed.
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
        if desk is None or (self._took <= QUICK and _changed(self._whole, seen) - {OPINIONS}):
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
                gc.unfreeze()
                made = self._made(1 if self._desk is None else self._desk.serial + 1)
                self._took = time.monotonic() - began
                if self._took > QUICK:
                    self._warm(made)
                    _leave_alone()
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
            if desk is None or seen in (self._shown, self._tried) or _changed(self._shown, seen) - BESIDE:
                return
            self._tried = seen
            try:
                made = patched(desk)
            except DragomanError as error:
                _log.warning("What was decided cannot be shown yet: %s", error)
                return
            if made is not None:
                self._desk, self._shown = made, seen
                if _changed(self._whole, seen) == {OPINIONS}:
                    self._whole = seen

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
        while not _changed(self._whole, seen := self._seen()) - BESIDE:
            time.sleep(self._pause)
            if not _changed(seen, self._seen()) - {OPINIONS}:  # which may come for hours, every few seconds
                break
        try:
            self.reload()
        except DragomanError as error:
            _log.warning("The record cannot be read again: %s", error)

    def _seen(self) -> State:
        return tuple(stamp_of(self.path / name) for name in WATCHED)


def _leave_alone() -> None:
    """Keep Python from looking for garbage among millions of objects that stay, which holds pages up for seconds."""
    gc.freeze()
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)  # so that what is to be closed at the end is


def _changed(one: State, other: State) -> set[str]:
    """What differs between two states; all of it where one is not known."""
    if len(one) != len(other):
        return set(WATCHED)
    return {name for name, a, b in zip(WATCHED, one, other, strict=True) if a != b}
