"""The record's tables: `record.json` and one Delta Lake table a kind, opened, made and appended to.

Kept apart from what the rows mean (`schema`) and from where they lie (`home`): here is what can be wrong with them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import pyarrow as pa
import pyarrow.dataset as ds
from deltalake import CommitProperties, DeltaTable, write_deltalake
from deltalake.exceptions import CommitFailedError, DeltaError

from dragoman import object_store
from dragoman.errors import RecordError, UsageError
from dragoman.knowledge.own import IMPORTED_FILE, OWN_FILE
from dragoman.record.decisions import FILE as DECISIONS_FILE
from dragoman.record.home import Bucket, Folder, Home, home_of
from dragoman.record.reviews import FILE as REVIEWS_FILE
from dragoman.record.schema import SCHEMA_VERSION, SIDES, TABLES, Row
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
    """The tables of the record in a folder or at an address."""

    def __init__(self, where: str | Path, *, create: bool = False) -> None:
        """Open the record, or make an empty one with `create` where there is none.

        Raises `UsageError` when it is missing or no record, `RecordError` when it is one that cannot be read.
        """
        self.home = home_of(where)
        self._datasets: dict[str, tuple[int, ds.Dataset]] = {}
        self._files: dict[str, Files] = {}
        self._tables: dict[str, DeltaTable] = {}
        if create and _mark(self.home) is None:
            _make(self.home)
        _check(self.home)

    @property
    def root(self) -> Path:
        """The folder of the record; raises `UsageError` for one in object storage."""
        return self.home.folder

    def table(self, name: str) -> DeltaTable:
        """One table as it stands now; raises `RecordError` when it is missing or damaged."""
        with self.reading(f"the table '{name}'"):
            known = self._tables.get(name)
            if known is not None:
                known.update_incremental()
                return known
            table = DeltaTable(self.home.table(name), storage_options=self.home.options())
        if isinstance(self.home, Bucket):  # opening asks for each commit of the log, of which there may be hundreds
            self._tables[name] = table
        return table

    def dataset(self, name: str, table: DeltaTable | None = None) -> ds.Dataset:
        """The rows of one table, as it stands now or as given; raises `RecordError` when it is missing or damaged."""
        table = table or self.table(name)
        version, dataset = self._datasets.get(name, (-1, None))
        if version != table.version():  # listing the files of a table takes longer than looking for a newer one
            with self.reading(f"the table '{name}'"):
                dataset = table.to_pyarrow_dataset(filesystem=self.home.files(name))
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
                self.home.ensure_room(name, added.nbytes)
                began = time.time()
                write_deltalake(table, added, mode="append", commit_properties=_PATIENCE)
                self.home.settle(name, began)

    def append_as(self, version: int, name: str, rows: Sequence[Row], table: DeltaTable) -> bool:
        """Add rows in the commit that makes `version`, or do nothing and say False when another writer made it."""
        assert table.version() == version - 1
        with self._writing(name):
            added = _arrow(name, rows)
            self.home.ensure_room(name, added.nbytes)
            began = time.time()
            try:
                write_deltalake(table, added, mode="append", commit_properties=_NO_RETRY)
            except CommitFailedError:
                if self.table(name).version() < version:  # nobody took it: the commit failed for another reason
                    raise
                return False
            self.home.settle(name, began)
        return True

    @contextmanager
    def reading(self, what: str) -> Iterator[None]:
        """Turn what goes wrong while files are read into a `RecordError` that says where and what to do."""
        try:
            yield
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise RecordError(
                f"The record in {self.home} is damaged: {what} cannot be read ({_first_line(error)}). "
                f"{_remedy(self.home)}"
            ) from error

    @contextmanager
    def _writing(self, name: str) -> Iterator[None]:
        try:
            yield
        except (DeltaError, OSError, pa.ArrowException) as error:
            raise RecordError(
                f"The table '{name}' of the record in {self.home} cannot be written ({_first_line(error)}). "
                "What was recorded before is untouched; see that the disk has room and the folder may be written."
            ) from error


def write_mark(root: Path) -> None:
    """Write the file that makes a folder a record; at every moment it is there whole or not at all."""
    _write_mark(Folder(root))


def _write_mark(home: Home) -> None:
    home.write(MARK, msgspec.json.encode(_Mark(format=_FORMAT, schema_version=SCHEMA_VERSION)) + b"\n")


def _make(home: Home) -> None:
    """Make the tables first and the mark last, so that a creation cut short is no record yet and can be made again."""
    try:
        home.make()
        ours = (*TABLES, OWN_FILE, IMPORTED_FILE, DECISIONS_FILE, REVIEWS_FILE, CACHE)
        strangers = [name for name in home.names() or () if name not in ours and not name.startswith(MARK)]
        if strangers:
            raise UsageError(
                f"{home} holds other things ('{strangers[0]}') and no record. Give a folder that is new or empty."
            )
        for name, schema in TABLES.items():
            _make_table(home, name, schema)
        _write_mark(home)
    except (DeltaError, OSError) as error:
        raise RecordError(f"A record cannot be made in {home}: {_first_line(error)}.") from error


def _make_table(home: Home, name: str, schema: pa.Schema) -> None:
    try:
        DeltaTable.create(home.table(name), schema=schema, mode="ignore", storage_options=home.options())
    except DeltaError:
        DeltaTable(home.table(name), storage_options=home.options())  # another process made it meanwhile


def _mark(home: Home) -> bytes | None:
    try:
        return home.read(MARK)
    except OSError as error:
        raise RecordError(f"{MARK} in {home} cannot be read ({_first_line(error)}). {_remedy(home)}") from error


def _check(home: Home) -> None:
    content = _mark(home)
    if content is None:
        if home.names() is None:
            raise UsageError(f"There is no record in {home}. 'dragoman code PATH --record {home}' makes one.")
        raise UsageError(
            f"{home} is not a record: it has no {MARK}. Give the folder that '--record' named when coding."
        )
    where = f"{home}/{MARK}"
    try:
        mark = msgspec.json.decode(content, type=_Mark)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordError(f"{where} cannot be read ({error}). Put the file back from a copy.") from error
    if mark.format != _FORMAT:
        raise RecordError(f"{where} says that this is a '{mark.format}', and not a '{_FORMAT}'.")
    if mark.schema_version > SCHEMA_VERSION:
        raise RecordError(
            f"The record in {home} was made by a newer Dragoman (schema {mark.schema_version}; this one reads up to "
            f"{SCHEMA_VERSION}). Install the newer Dragoman to read it."
        )
    missing = [name for name in TABLES if not home.has_table(name)]
    if missing:
        raise RecordError(
            f"The record in {home} is damaged: the table '{missing[0]}' is missing. Put the folder back from a copy."
        )


def _remedy(home: Home) -> str:
    if isinstance(home, Bucket):
        return "See that the store can be reached and read; if it can, put the files back from a copy."
    return "Put the folder back from a copy, or code the articles into a new record."


def _arrow(name: str, rows: Sequence[Row]) -> pa.Table:
    return pa.Table.from_pylist(list(rows), schema=TABLES[name])


def _first_line(error: BaseException) -> str:
    return object_store.why(error)
