"""Bringing a record from object storage into a folder of this machine, where it is read; and later what is new of it.

A table's files never change, so only those that the folder lacks are fetched. Whatever moment the fetching ends at, the
folder holds a sound record: files come before the entries of the log that name them, the entries in their order, and
the articles after their mentions, claims and events.
"""

from __future__ import annotations

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec
import pyarrow as pa
from deltalake import DeltaTable
from pyarrow.fs import FileSelector, FileSystem, FileType

from dragoman import object_store
from dragoman.errors import RecordError, UsageError
from dragoman.record.home import LOG, Bucket, home_of
from dragoman.record.schema import TABLES
from dragoman.record.store import MARK, Store

AT_ONCE: Final = 8  # files fetched at the same time
LAST: Final = "_last_checkpoint"
_PIECE: Final = 1 << 20
_ENTRY: Final = re.compile(r"(\d{20})\.json")
_OUTSIDE: Final = re.compile(r"^[/\\]|[\\:]|(?:^|/)\.\.(?:/|$)")
_CHECKPOINT: Final = re.compile(r"(\d{20})\.checkpoint.*\.parquet")


class Mirrored(msgspec.Struct, frozen=True, kw_only=True):
    """What a mirror came to: the version that the folder is at, and the files and bytes that were fetched for it."""

    version: int
    files: int
    bytes: int


class _Last(msgspec.Struct):
    """The part of the pointer that is looked at."""

    version: int


def mirror(where: str, folder: Path) -> Mirrored:
    """Bring the record at an address into a folder, or what is new of it into one that mirrors it already.

    What lies in the folder besides the tables (reviews, a file of actors) stays as it is. Raises `UsageError` where
    there is no record, or the folder holds something else or has been written to; `RecordError` when files cannot be
    fetched.
    """
    source = home_of(where) if object_store.is_address(where) else None
    if not isinstance(source, Bucket):
        raise UsageError(f"'{where}' is not in object storage; give the record's address, s3://BUCKET/PREFIX.")
    store = Store(where)
    if (folder / MARK).exists():
        Store(folder)
    elif folder.exists() and (not folder.is_dir() or any(folder.iterdir())) and not _begun(folder):
        raise UsageError(f"{folder} holds other things and no record. Give a folder that is new or empty.")
    # The state of the articles is settled on first: their parts were all committed before it.
    tables = {name: store.table(name) for name in ("articles", *sorted(set(TABLES) - {"articles"}))}
    fetched = [0, 0]
    try:
        for name in (*sorted(set(TABLES) - {"articles"}), "articles"):
            files, size = _mirror_table(source, tables[name], folder / name, where)
            fetched = [fetched[0] + files, fetched[1] + size]
        mark = source.read(MARK)
        if mark is not None and not (folder / MARK).exists():
            _put(folder / MARK, mark)
    except OSError as error:
        raise RecordError(
            f"The record {where} cannot be brought into {folder} ({object_store.why(error)}). The folder has what it"
            " had before; run again."
        ) from error
    return Mirrored(version=tables["articles"].version(), files=fetched[0], bytes=fetched[1])


def _begun(folder: Path) -> bool:
    """Whether a folder has only what a mirror that was cut short leaves."""
    return folder.is_dir() and all(path.name in TABLES for path in folder.iterdir())


def _mirror_table(source: Bucket, table: DeltaTable, folder: Path, where: str) -> tuple[int, int]:
    files = source.files(folder.name)
    log = folder / LOG
    log.mkdir(parents=True, exist_ok=True)
    entries = _entries(files, table.version())
    _check_same(files, log, entries, where)
    size = 0
    named = pa.table(table.get_add_actions())["path"].to_pylist()
    _check_inside(named, where)
    missing = [path for path in named if not (folder / path).exists()]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        size += sum(pool.map(lambda path: _fetch(files, path, folder / path), missing))
    new = [name for name in entries if not (log / name).exists()]
    for name in new:
        size += _fetch(files, f"{LOG}/{name}", log / name)
    _fetch_last(files, log, table.version())
    return len(missing) + len(new), size


def _check_inside(named: list[str], where: str) -> None:
    """Raise `RecordError` for a file that would lie outside the folder: who can write to the store chose its name."""
    strange = next((path for path in named if _OUTSIDE.search(path)), None)
    if strange is not None:
        raise RecordError(
            f"The record {where} names a file outside of itself ('{strange[:200]}'), which Dragoman never writes."
            " Nothing was fetched for it; ask who else can write there."
        )


def _entries(files: FileSystem, version: int) -> list[str]:
    """Names in the log up to a version: checkpoints first, since old entries may be gone, then entries in order."""
    names = [i.base_name for i in files.get_file_info(FileSelector(LOG)) if i.type is FileType.File]
    checkpoints = sorted(n for n in names if (found := _CHECKPOINT.fullmatch(n)) and int(found[1]) <= version)
    return checkpoints + sorted(n for n in names if (found := _ENTRY.fullmatch(n)) and int(found[1]) <= version)


def _check_same(files: FileSystem, log: Path, entries: list[str], where: str) -> None:
    """Raise `UsageError` where the folder's log is not a beginning of the one that it is to mirror."""
    here = sorted(path.name for path in log.iterdir() if _ENTRY.fullmatch(path.name))
    if not here:
        return
    same = here[-1] in entries and _content(files, f"{LOG}/{here[-1]}") == (log / here[-1]).read_bytes()
    if not same and not (entries and here[-1] < entries[0]):
        raise UsageError(
            f"{log.parent.parent} is no mirror of {where}, or has been written to since (coded into, compacted)."
            " Mirror into a new folder; reviews.jsonl and actors.yaml can be taken over from the old one."
        )


def _fetch_last(files: FileSystem, log: Path, version: int) -> None:
    """The pointer to the last checkpoint, unless that is of a later state than the mirror's."""
    if files.get_file_info(f"{LOG}/{LAST}").type is FileType.File:
        content = _content(files, f"{LOG}/{LAST}")
        try:
            last = msgspec.json.decode(content, type=_Last)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):  # it only spares a look at all entries
            return
        if last.version <= version:
            _put(log / LAST, content)


def _content(files: FileSystem, path: str) -> bytes:
    with files.open_input_stream(path) as stream:
        return bytes(stream.read())


def _fetch(files: FileSystem, path: str, to: Path) -> int:
    """Fetch a file beside its place and put it there once it is whole and on the disk; gives its size."""
    to.parent.mkdir(parents=True, exist_ok=True)
    draft = to.with_name(f"{to.name}.{uuid4().hex}.part")
    size = 0
    try:
        with files.open_input_stream(path) as stream, draft.open("wb") as out:
            while piece := stream.read(_PIECE):
                size += out.write(piece)
            out.flush()
            os.fsync(out.fileno())
        os.replace(draft, to)
    finally:
        draft.unlink(missing_ok=True)
    return size


def _put(to: Path, content: bytes) -> None:
    draft = to.with_name(f"{to.name}.{uuid4().hex}")
    draft.write_bytes(content)
    os.replace(draft, to)
