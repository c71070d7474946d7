"""A small SQLite file: a change is there as a whole or not at all, and what fails is named with the file."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from dragoman.errors import RecordError
from dragoman.sqlite_file import SqliteFile

TABLES = "CREATE TABLE IF NOT EXISTS names (name TEXT PRIMARY KEY);"


class Names(SqliteFile):
    def add(self, *names: str) -> None:
        with self._changing():
            for name in names:
                self._db.execute("INSERT INTO names VALUES (?)", (name,))

    def all(self, table: str = "names") -> list[str]:
        return [row["name"] for row in self._rows(f"SELECT name FROM {table} ORDER BY name")]


@pytest.fixture
def names(tmp_path: Path) -> Iterator[Names]:
    opened = Names(tmp_path / "names.sqlite", TABLES)
    yield opened
    opened.close()


def test_sqlite_file_keeps_what_was_changed(names: Names) -> None:
    names.add("a", "b")
    again = Names(names.path, TABLES)
    assert again.all() == ["a", "b"]
    again.close()


def test_sqlite_file_keeps_nothing_of_a_change_that_fails(names: Names) -> None:
    names.add("a")
    with pytest.raises(RecordError, match=r"names\.sqlite cannot be written"):
        names.add("b", "a")
    assert names.all() == ["a"]


def test_sqlite_file_is_shared_by_threads(names: Names) -> None:
    threads = [threading.Thread(target=names.add, args=(f"{n}",)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names.all() == [f"{n}" for n in range(8)]


def test_sqlite_file_names_the_file_that_cannot_be_opened_or_read(names: Names, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"names\.sqlite cannot be read"):
        names.all("others")
    other = tmp_path / "other.sqlite"
    other.write_text("no database, but a text that is long enough to be taken for a header of one", encoding="utf-8")
    with pytest.raises(RecordError, match=r"other\.sqlite cannot be opened"):
        SqliteFile(other, TABLES)
