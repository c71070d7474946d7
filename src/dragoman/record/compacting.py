"""Compacting: the many small files of many small appends made few, so that a record stays quick to open and to read.

No row changes, none goes, and readers and writers may be at work meanwhile. What is current, and what was at any
earlier version, is told by the rows themselves and stays as it was.
"""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, WriterProperties
from deltalake.exceptions import CommitFailedError, DeltaError

from dragoman.errors import RecordError, UsageError
from dragoman.record.health.tables import KEEP_HOURS, unneeded
from dragoman.record.room import ensure_room
from dragoman.record.schema import TABLES
from dragoman.record.settling import settle
from dragoman.record.store import Store

MANY: Final = 200
"""Files in a table from which on reading it takes notably longer."""
_TRIES: Final = 3
_WRITE: Final = WriterProperties(compression="ZSTD", max_row_group_size=100_000)
_PATIENCE: Final = CommitProperties(max_commit_retries=20)


class Compacted(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one table: its files, and the bytes they have, before and after.

    `removed` files of earlier states are gone from the disk; `waiting` ones go the next time, when nobody can need them
    any more. `put_off` is why the table was left as it was, else None.
    """

    table: str
    files_before: int
    files_after: int
    bytes_before: int
    bytes_after: int
    removed: int
    waiting: int
    put_off: str | None = None


def compact(record: Path, *, keep_hours: float = KEEP_HOURS, now: float | None = None) -> list[Compacted]:
    """Compact every table of a record.

    Files that a table no longer names stay for `keep_hours` (at least one), for readers that still have them open.
    Raises `UsageError` where there is no record or `keep_hours` is too short, `RecordError` where a table cannot be
    read or written.
    """
    if keep_hours < 1:
        raise UsageError("Files are kept for at least one hour, for readers that have them open.")
    store = Store(record)
    return [_compact(store, name, keep_hours, time.time() if now is None else now) for name in TABLES]


def compact_when_many(record: Path, files: int = MANY) -> list[Compacted]:
    """Compact a record one of whose tables has so many files; for a process that appends without end.

    Costs a look at the logs where nothing is to be done. Raises as `compact` does.
    """
    store = Store(record)
    if all(len(store.files(name).paths) < files for name in TABLES):
        return []
    return compact(record)


def _compact(store: Store, name: str, keep_hours: float, now: float) -> Compacted:
    table = store.table(name)
    files, size = _extent(table)
    put_off = _rewritten(store, table, name) if files > 1 else None
    table = store.table(name)
    files_after, size_after = _extent(table)
    folder = store.root / name
    removed = 0
    for path in unneeded(folder, table, now, keep_hours):
        with contextlib.suppress(OSError):  # somebody else has removed it, or it cannot be: then the next time
            path.unlink()
            removed += 1
    return Compacted(
        table=name,
        files_before=files,
        files_after=files_after,
        bytes_before=size,
        bytes_after=size_after,
        removed=removed,
        waiting=sum(1 for _ in folder.glob("*.parquet")) - files_after,
        put_off=put_off,
    )


def _rewritten(store: Store, table: DeltaTable, name: str) -> str | None:
    """Write the small files of a table as few, in one commit; says why not where others' commits came in between.

    Such a commit fails as a whole: the table is as it was, and the new files are leftovers that the doctor knows.
    """
    for _ in range(_TRIES):
        try:
            ensure_room(store.root / name, _extent(table)[1])
            began = time.time()
            made = table.optimize.compact(writer_properties=_WRITE, commit_properties=_PATIENCE)
            if made["numFilesAdded"]:
                settle(store.root / name, began)
                table.create_checkpoint()  # the log is then opened without reading the commits before
        except CommitFailedError:
            table = store.table(name)
            continue
        except (DeltaError, OSError, pa.ArrowException) as error:
            text = str(error).strip().splitlines() or [type(error).__name__]
            raise RecordError(
                f"The table '{name}' of the record in {store.root} cannot be compacted ({text[0].rstrip('.')}). "
                "It is as it was; see that the disk has room, and ask 'dragoman doctor' whether its files are sound."
            ) from error
        return None
    return "other writers kept it busy"


def _extent(table: DeltaTable) -> tuple[int, int]:
    actions = pa.table(table.get_add_actions())
    return len(actions), sum(actions["size_bytes"].to_pylist())
