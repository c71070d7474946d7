"""The record's folder: `record.json` and one Delta Lake table a kind, opened, made and appended to.

Kept apart from what the rows mean: here are the files and what can be wrong with them.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple
from uuid import uuid4

import msgspec
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

from dragoman.errors import RecordError, UsageError
from dragoman.knowledge.own import IMPORTED_FILE, OWN_FILE
from dragoman.record.decisions import FILE as DECISIONS_FILE
from dragoman.record.reviews import FILE as REVIEWS_FILE
from dragoman.record.room import ensure_room
from dragoman.record.schema import SCHEMA_VERSION, SIDES, TABLES, Row
from dragoman.record.settling import settle
from dragoman.record.sides import with_sides

MARK: Final = "record.json"
CACHE: Final = ".cache"
"""A folder of what can be made again from the rest."""
_FORMAT: Final = "dragoman-record"
_READS: Final = 1  # reader version of Delta Lake up to which the rows of a table are simply those of its files
_PATIENCE: Final = CommitProperties(max_commit_retries=100)  # appends of several writers follow one another
_NO_RETRY: Final = CommitProperties(max_commit_retries=0)


class Files(NamedTuple):
    """The files and columns of one table as of one of its versions."""

    version: int
    paths: tuple[str, ...]
    columns: tuple[str, ...]


class _Mark(msgspec.Struct, frozen=True, kw_only=True):
    format: str
    schema_version: int


class Store:
    """The tables of the record in `root`."""

    def __init__(self, root: Path, *, create: bool = False) -> None:
        """Open the record, or make an empty one with `create` where there is none.

        Raises `UsageError` when the folder is missing or no record, `RecordError` when it is one that cannot be read.
        """
        self.root = root
        self._datasets: dict[str, tuple[int, ds.Dataset]] = {}
        self._files: dict[str, Files] = {}
        if create and not (root / MARK).exists():
            _make(root)
        _check(root)

    def table(self, name: str) -> DeltaTable:
        """One table as it stands now; raises `RecordError` when it is missing or damaged."""
        with self.reading(f"the table '{name}'"):
            return DeltaTable(self.root / name)

    def dataset(self, name: str, table: DeltaTable | None = None) -> ds.Dataset:
        """The rows of one table, as it stands now or as given; raises `RecordError` when it is missing or damaged."""
        table = table or self.table(name)
        version, dataset = self._datasets.get(name, (-1, None))
        if version != table.version():  # listing the files of a table takes longer than looking for a newer one
            # Arrow's own file system: delta-rs's calls Python from Arrow's threads, and a process that ends while they
            # are at work is now and then aborted.
            files = SubTreeFileSystem(str(self.root.absolute() / name), LocalFileSystem())
            with self.reading(f"the table '{name}'"):
                dataset = table.to_pyarrow_dataset(filesystem=files)
            self._datasets[name] = table.version(), dataset
        return dataset

    def files(self, name: str) -> Files:
        """The Parquet files that hold the rows of one table as it stands now; raises `RecordError` as `table` does."""
        table = self.table(name)
        known = self._files.get(name)
        if known is None or known.version != table.version():
            with self.reading(f"the table '{name}'"):
                if table.protocol().min_reader_version > _READS:
                    raise DeltaError(f"its format is version {table.protocol().min_reader_version} of Delta Lake")
                paths = pa.table(table.get_add_actions())["path"].to_pylist()
                columns = tuple(field.name for field in table.schema().fields)
            folder = self.root.absolute() / name
            known = self._files[name] = Files(table.version(), tuple(str(folder / path) for path in paths), columns)
        return known

    def append(self, name: str, rows: Sequence[Row]) -> None:
        """Add rows to a table in one commit (none for no rows); other writers' appends do not disturb it."""
        if rows:
            table = self.table(name)
            added = _arrow(name, rows)
            if SIDES in added.column_names:
                # A record made before there was this column goes on without it.
                added = with_sides(added) if SIDES in table.schema().to_arrow().names else added.drop_columns([SIDES])
            with self._writing(name):
                ensure_room(self.root / name, added.nbytes)
                began = time.time()
                write_deltalake(table, added, mode="append", commit_properties=_PATIENCE)
                settle(self.root / name, began)

    def append_as(self, version: int, name: str, rows: Sequence[Row], table: DeltaTable) -> bool:
        """Add rows in the commit that makes `version`, or do nothing and say False when another writer made it."""
        assert table.version() == version - 1
        with self._writing(name):
            added = _arrow(name, rows)
            ensure_room(self.root / name, added.nbytes)
            began = time.time()
            try:
                write_deltalake(table, added, mode="append", commit_properties=_NO_RETRY)
            except CommitFailedError:
                if self.table(name).version() < version:  # nobody took it: the commit failed for another reason
                    raise
                return False
            settle(self.root / name, began)
        return True

    @contextmanager
    def reading(self, what: str) -> Iterator[None]:
        """Turn what goes wrong while files are read into a `RecordError` that says where and what to do."""
        try:
            yield
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise RecordError(
                f"The record in {self.root} is damaged: {what} cannot be read ({_first_line(error)}). "
                "Put the folder back from a copy, or code the articles into a new record."
            ) from error

    @contextmanager
    def _writing(self, name: str) -> Iterator[None]:
        try:
            yield
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise RecordError(
                f"The table '{name}' of the record in {self.root} cannot be written ({_first_line(error)}). "
                "What was recorded before is untouched; see that the disk has room and the folder may be written."
            ) from error


def write_mark(root: Path) -> None:
    """Write the file that makes a folder a record; at every moment it is there whole or not at all."""
    draft = root / f"{MARK}.{uuid4().hex}"
    draft.write_bytes(msgspec.json.encode(_Mark(format=_FORMAT, schema_version=SCHEMA_VERSION)) + b"\n")
    os.replace(draft, root / MARK)


def _make(root: Path) -> None:
    """Make the tables first and the mark last, so that a creation cut short is no record yet and can be made again."""
    if root.exists() and not root.is_dir():
        raise UsageError(f"{root} is a file; a record is a folder. Give the path of a folder that is new or empty.")
    try:
        root.mkdir(parents=True, exist_ok=True)
        ours = (*TABLES, OWN_FILE, IMPORTED_FILE, DECISIONS_FILE, REVIEWS_FILE, CACHE)
        strangers = sorted(f.name for f in root.iterdir() if f.name not in ours and not f.name.startswith(MARK))
        if strangers:
            raise UsageError(
                f"{root} holds other things ('{strangers[0]}') and no record. Give a folder that is new or empty."
            )
        ensure_room(root, 0)
        for name, schema in TABLES.items():
            _make_table(root / name, schema)
        write_mark(root)
    except (DeltaError, OSError) as error:
        raise RecordError(f"A record cannot be made in {root}: {_first_line(error)}.") from error


def _make_table(path: Path, schema: pa.Schema) -> None:
    try:
        DeltaTable.create(path, schema=schema, mode="ignore")
    except DeltaError:
        DeltaTable(path)  # another process made it between the look and the commit


def _check(root: Path) -> None:
    if not root.exists():
        raise UsageError(f"There is no record in {root}. 'dragoman code PATH --record {root}' makes one.")
    if not (root / MARK).is_file():
        raise UsageError(
            f"{root} is not a record: it has no {MARK}. Give the folder that '--record' named when coding."
        )
    try:
        mark = msgspec.json.decode((root / MARK).read_bytes(), type=_Mark)
    except (msgspec.DecodeError, OSError) as error:
        raise RecordError(f"{root / MARK} cannot be read ({error}). Put the file back from a copy.") from error
    if mark.format != _FORMAT:
        raise RecordError(f"{root / MARK} says that this is a '{mark.format}', and not a '{_FORMAT}'.")
    if mark.schema_version > SCHEMA_VERSION:
        raise RecordError(
            f"The record in {root} was made by a newer Dragoman (schema {mark.schema_version}; this one reads up to "
            f"{SCHEMA_VERSION}). Install the newer Dragoman to read it."
        )
    missing = [name for name in TABLES if not (root / name / "_delta_log").is_dir()]
    if missing:
        raise RecordError(
            f"The record in {root} is damaged: the table '{missing[0]}' is missing. Put the folder back from a copy."
        )


def _arrow(name: str, rows: Sequence[Row]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=TABLES[name])


def _first_line(error: BaseException) -> Any:
    text = str(error).strip()
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__
