"""What was fetched and what is to be: the file `fetching.sqlite` in the record's folder.

Why nothing is fetched twice and nothing lost, whenever the program is killed: a page that was fetched is kept here
until the record has it, and only then marked done. What the record gets twice after a kill it leaves out by itself.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from dragoman.errors import UsageError
from dragoman.fetching.entry import Entry
from dragoman.sqlite_file import SqliteFile

FILE: Final = "fetching.sqlite"
LOCK: Final = "fetching.lock"
Standing = Literal["new", "fetched", "done", "refused", "given up"]
"""Of a page: to be fetched; fetched and not yet in the record; in the record; no article in it; never to be had."""

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS sources (
    name TEXT PRIMARY KEY, etag TEXT, modified TEXT, due REAL NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0,
    asked REAL, succeeded REAL, added REAL, error TEXT);
CREATE TABLE IF NOT EXISTS pages (
    url TEXT PRIMARY KEY, source TEXT NOT NULL, title TEXT, published TEXT, updated TEXT, found REAL NOT NULL,
    standing TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due REAL NOT NULL DEFAULT 0, body BLOB, content_type TEXT,
    address TEXT, fetched REAL, article_id TEXT, characters INTEGER, error TEXT);
CREATE INDEX IF NOT EXISTS pages_by_source ON pages (source, standing, due);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is known of a source; times in seconds since 1970. `added` is when it last gave an article."""

    name: str
    etag: str | None = None
    modified: str | None = None
    due: float = 0.0
    failures: int = 0
    asked: float | None = None
    succeeded: float | None = None
    added: float | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page to be fetched or, with a body, to be read; `address` is where the body came from, after redirects."""

    url: str
    source: str
    title: str | None
    published: str | None
    updated: str | None
    found: float
    tries: int
    fetched: float | None = None
    body: bytes | None = None
    content_type: str | None = None
    address: str | None = None


class State(SqliteFile):
    """The file, open; several threads may share it."""

    def __init__(self, record: Path) -> None:
        """Open the file in the record's folder, or make it; raises `RecordError` when it cannot be read."""
        super().__init__(record / FILE, _TABLES)

    # Sources

    def source(self, name: str) -> SourceState:
        """What is known of a source; nothing of a new one."""
        rows = self._rows("SELECT * FROM sources WHERE name = ?", name)
        return SourceState(**dict(rows[0])) if rows else SourceState(name=name)

    def keep(self, source: SourceState) -> None:
        """Write what is known of a source."""
        values = [getattr(source, name) for name in SourceState.__dataclass_fields__]
        marks = ", ".join("?" for _ in values)
        with self._changing():
            self._db.execute(
                f"REPLACE INTO sources ({', '.join(SourceState.__dataclass_fields__)}) VALUES ({marks})", values
            )

    def add(self, source: SourceState, entries: Iterable[Entry], now: float) -> int:
        """Keep what a poll found together with what is then known of the source; returns how many pages are new."""
        before = self._db.total_changes
        with self._changing():
            self._db.executemany(
                "INSERT OR IGNORE INTO pages (url, source, title, published, updated, found, standing)"
                " VALUES (?, ?, ?, ?, ?, ?, 'new')",
                [(e.url, source.name, e.title, e.published, e.updated, now) for e in entries],
            )
            added = self._db.total_changes - before
        self.keep(source)
        return added

    # Pages

    def to_fetch(self, source: str, now: float, most: int) -> list[Page]:
        """Pages of a source that are due, the latest news first."""
        return self._pages(
            "standing = 'new' AND source = ? AND due <= ?"
            " ORDER BY max(coalesce(published, ''), coalesce(updated, '')) DESC, found, rowid LIMIT ?",
            source, now, most,
        )  # fmt: skip

    def to_read(self) -> list[Page]:
        """Pages that were fetched and are not in the record yet, in the order in which they were."""
        return self._pages("standing = 'fetched' ORDER BY fetched, rowid")

    def fetched(self, page: Page) -> None:
        """Keep the body of a page until the record has its article."""
        self._set(
            page.url,
            standing="fetched",
            body=zlib.compress(page.body or b""),
            content_type=page.content_type,
            address=page.address,
            fetched=page.fetched,
            error=None,
        )

    def later(self, url: str, error: str, due: float) -> None:
        """A page could not be had, and is to be tried again."""
        with self._changing():
            self._db.execute("UPDATE pages SET tries = tries + 1, due = ?, error = ? WHERE url = ?", (due, error, url))

    def rest(self, source: str, until: float) -> None:
        """Leave all pages of a source alone until then: its site asked for it."""
        with self._changing():
            self._db.execute(
                "UPDATE pages SET due = max(due, ?) WHERE source = ? AND standing = 'new'", (until, source)
            )

    def settle(self, url: str, standing: Standing, *, error: str | None = None) -> None:
        """A page is not to be had, or has no article."""
        self._set(url, standing=standing, error=error, body=None)

    def done(self, pages: Iterable[tuple[str, str, int]], now: float) -> None:
        """The record has the articles of these pages: address, id and number of characters of each."""
        with self._changing():
            for url, article, characters in pages:
                self._db.execute(
                    "UPDATE pages SET standing = 'done', article_id = ?, characters = ?, body = NULL, error = NULL"
                    " WHERE url = ?",
                    (article, characters, url),
                )
                self._db.execute(
                    "UPDATE sources SET added = ? WHERE name = (SELECT source FROM pages WHERE url = ?)", (now, url)
                )

    def read_file(self, mark: str, source: str, articles: int, now: float) -> None:
        """A file was read to its end, and the record has its articles."""
        with self._changing():
            self._db.execute(
                "INSERT OR IGNORE INTO pages (url, source, found, standing) VALUES (?, ?, ?, 'done')",
                (mark, source, now),
            )
            if articles:
                self._db.execute("UPDATE sources SET added = ? WHERE name = ?", (now, source))

    def seen(self, url: str) -> bool:
        """Whether a page, or a file under its mark, is settled."""
        return bool(self._rows("SELECT 1 FROM pages WHERE url = ? AND standing NOT IN ('new', 'fetched')", url))

    # Health

    def names(self) -> list[str]:
        """The names of all sources that were ever asked."""
        return [row["name"] for row in self._rows("SELECT name FROM sources ORDER BY name")]

    def waiting(self, source: str) -> int:
        """How many pages of a source are still to be fetched."""
        rows = self._rows("SELECT count(*) AS n FROM pages WHERE source = ? AND standing IN ('new', 'fetched')", source)
        return int(rows[0]["n"])

    def settled(self, source: str, most: int) -> list[tuple[Standing, float, int]]:
        """The last pages of a source that were read: how it went, when it was found, characters; the latest first."""
        rows = self._rows(
            "SELECT standing, found, characters FROM pages WHERE source = ? AND standing IN ('done', 'refused')"
            " AND fetched IS NOT NULL ORDER BY found DESC, rowid DESC LIMIT ?",
            source, most,
        )  # fmt: skip
        return [(row["standing"], row["found"], row["characters"] or 0) for row in rows]

    def _pages(self, where: str, *values: object) -> list[Page]:
        rows = self._rows(
            "SELECT url, source, title, published, updated, found, tries, fetched, body, content_type, address"
            f" FROM pages WHERE {where}", *values
        )  # fmt: skip
        return [Page(**{**dict(row), "body": zlib.decompress(row["body"]) if row["body"] else None}) for row in rows]

    def _set(self, url: str, **values: object) -> None:
        names = ", ".join(f"{name} = ?" for name in values)
        with self._changing():
            self._db.execute(f"UPDATE pages SET {names} WHERE url = ?", (*values.values(), url))


@contextmanager
def only_one(record: Path) -> Iterator[None]:
    """Make sure that one program at a time fetches for a record; the system lets go of the lock when it is killed.

    Raises `UsageError` when another one is at it.
    """
    with closing(sqlite3.connect(record / LOCK, timeout=0, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise UsageError(f"Another 'dragoman watch' is at work on {record}; stop it first.") from error
        yield
