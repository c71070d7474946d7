"""The search index behind the pages: one for each record, brought up to date behind its readers when the desk is new.

Apart from `record.search`, which makes it, because here it is known who waits and for how long.
"""

from __future__ import annotations

import threading
import weakref
from typing import Final

from dragoman.errors import DragomanError
from dragoman.record import Record
from dragoman.record.search import SearchIndex, search_index
from dragoman.web.desk import Desk

FIRST_WAIT: Final = 4.0
"""Seconds that a reader waits for the first index of a record."""
NEXT_WAIT: Final = 0.4
"""Seconds for a newer one, while there is an older."""


class Finder:
    """The index of one record."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._index: SearchIndex | None = None
        self._of: weakref.ref[Desk] | None = None
        self._maker: threading.Thread | None = None
        self._error: DragomanError | None = None

    def index(self, desk: Desk) -> tuple[SearchIndex | None, bool]:
        """The index for a desk, and whether it is the desk's own; an older one or none while that is being made.

        Raises `RecordError` when the record cannot be read.
        """
        with self._lock:
            if self._current(desk):
                return self._index, True
            if self._maker is None or not self._maker.is_alive():
                self._maker = threading.Thread(target=self._make, args=(desk,), name="dragoman-index")
                self._maker.start()
            maker, wait = self._maker, FIRST_WAIT if self._index is None else NEXT_WAIT
        maker.join(wait)
        with self._lock:
            if self._error is not None:
                error, self._error = self._error, None
                raise error
            return self._index, self._current(desk)

    def _current(self, desk: Desk) -> bool:
        return self._index is not None and self._of is not None and self._of() is desk

    def _make(self, desk: Desk) -> None:
        try:
            made = search_index(desk.record, lambda: (r for each in desk.incidents for r in each.reports), fresh=True)
        except DragomanError as error:
            with self._lock:
                self._error = error
            return
        with self._lock:
            self._index, self._of = made, weakref.ref(desk)


_finders: Final[weakref.WeakKeyDictionary[Record, Finder]] = weakref.WeakKeyDictionary()
_lock: Final = threading.Lock()


def finder(desk: Desk) -> Finder:
    """The one finder of a desk's record."""
    with _lock:
        return _finders.setdefault(desk.record, Finder())
