"""What was told to whom: the file `alerts.sqlite` in the record's folder, written so that no kill doubles a message.

Before a message is handed over, that it will be is written down; afterwards, how it went. What is found written down
without an outcome may have been sent or not: it is marked so and never sent again. Each watch remembers what it has
told of, and what was in the record before it was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from dragoman.alerts.messages import Message
from dragoman.sqlite_file import SqliteFile

FILE: Final = "alerts.sqlite"
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS watches (watch TEXT PRIMARY KEY, since REAL NOT NULL);
CREATE TABLE IF NOT EXISTS known (watch TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (watch, key));
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY, watch TEXT NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, made REAL NOT NULL);
CREATE TABLE IF NOT EXISTS sendings (
    message INTEGER NOT NULL, target TEXT NOT NULL, standing TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    due REAL NOT NULL, PRIMARY KEY (message, target));
CREATE INDEX IF NOT EXISTS sendings_by_standing ON sendings (standing, due);
"""


@dataclass(frozen=True, slots=True)
class Due:
    """A message that is to go to one target; `made` in seconds since 1970."""

    id: int
    title: str
    body: str
    made: float
    tries: int


class Ledger(SqliteFile):
    """The file, open."""

    def __init__(self, record: Path) -> None:
        """Open the file in the record's folder, or make it; raises `RecordError` when it cannot be read."""
        super().__init__(record / FILE, _TABLES)

    def has_watch(self, watch: str) -> bool:
        """Whether this watch, with these conditions, was there before."""
        return bool(self._rows("SELECT 1 FROM watches WHERE watch = ?", watch))

    def add_watch(self, watch: str, keys: Iterable[str], now: float) -> None:
        """Note a new watch, and what it is not to tell of, since the record has it already."""
        with self._changing():
            self._know(watch, keys)
            self._db.execute("INSERT OR IGNORE INTO watches VALUES (?, ?)", (watch, now))

    def known(self, watch: str) -> set[str]:
        """What a watch has told of, or is not to."""
        return {row["key"] for row in self._rows("SELECT key FROM known WHERE watch = ?", watch)}

    def add(
        self, watch: str, messages: Sequence[Message], also: Iterable[str], targets: Sequence[str], now: float
    ) -> None:
        """Keep messages to be sent to targets, and what the watch need not tell of again, in one step."""
        with self._changing():
            for each in messages:
                row = self._db.execute(
                    "INSERT INTO messages (watch, title, body, made) VALUES (?, ?, ?, ?)",
                    (watch, each.title, each.body, now),
                )
                self._db.executemany(
                    "INSERT INTO sendings (message, target, standing, due) VALUES (?, ?, 'due', ?)",
                    [(row.lastrowid, target, now) for target in targets],
                )
                self._know(watch, each.keys)
            self._know(watch, also)

    def due(self, target: str, now: float) -> list[Due]:
        """What is to go to a target now, in order."""
        rows = self._rows(
            "SELECT id, title, body, made, tries FROM sendings JOIN messages ON message = id"
            " WHERE target = ? AND standing = 'due' AND due <= ? ORDER BY id",
            target, now,
        )  # fmt: skip
        return [Due(**dict(row)) for row in rows]

    def begin(self, messages: Iterable[Due], target: str) -> None:
        """Write down that messages are about to be sent."""
        self._set(messages, target, "sending")

    def sent(self, messages: Iterable[Due], target: str) -> None:
        """Write down that messages were sent."""
        self._set(messages, target, "sent")

    def failed(self, messages: Iterable[Due], target: str, again: float | None) -> None:
        """Write down that messages were not taken, and when to try again; never with None."""
        with self._changing():
            for each in messages:
                self._db.execute(
                    "UPDATE sendings SET standing = ?, tries = tries + 1, due = ? WHERE message = ? AND target = ?",
                    ("failed" if again is None else "due", again or 0.0, each.id, target),
                )

    def find_unsure(self) -> list[str]:
        """Mark what a kill left without an outcome, and return the titles; it is not sent again."""
        rows = self._rows(
            "SELECT DISTINCT id, title FROM sendings JOIN messages ON message = id WHERE standing = 'sending'"
        )
        with self._changing():
            self._db.execute("UPDATE sendings SET standing = 'unsure' WHERE standing = 'sending'")
        return [row["title"] for row in rows]

    def _know(self, watch: str, keys: Iterable[str]) -> None:
        self._db.executemany("INSERT OR IGNORE INTO known VALUES (?, ?)", [(watch, key) for key in keys])

    def _set(self, messages: Iterable[Due], target: str, standing: str) -> None:
        with self._changing():
            self._db.executemany(
                "UPDATE sendings SET standing = ? WHERE message = ? AND target = ?",
                [(standing, each.id, target) for each in messages],
            )
