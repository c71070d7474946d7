"""A small SQLite file beside a record, open: rows out, and changes that are on the disk as a whole or not at all.

Apart from what such files hold (`alerts.ledger`, `fetching.state`): here are opening, locking and complaints.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dragoman.errors import RecordError


class SqliteFile:
    """The file, open; several threads may share it."""

    def __init__(self, path: Path, tables: str) -> None:
        """Open the file, or make it with `tables`, statements that make them; raises `RecordError` when that fails."""
        self.path = path
        self._lock = threading.RLock()
        try:
            self._db = sqlite3.connect(self.path, timeout=30, isolation_level=None, check_same_thread=False)
            self._db.row_factory = sqlite3.Row
            self._db.executescript(tables)
        except sqlite3.Error as error:
            raise RecordError(f"{self.path} cannot be opened ({error}).") from error

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _rows(self, query: str, *values: object) -> list[Any]:
        try:
            with self._lock:
                return self._db.execute(query, values).fetchall()
        except sqlite3.Error as error:
            raise RecordError(f"{self.path} cannot be read ({error}).") from error

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """One transaction, on the disk when it ends."""
        try:
            with self._lock:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise RecordError(f"{self.path} cannot be written ({error}).") from error
