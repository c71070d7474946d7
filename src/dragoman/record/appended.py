"""Files of decisions: a line of JSON each, only ever added at the end, by several writers at once without loss.

Apart from what the lines mean (`decisions`, `reviews`): here are torn ends, and what cannot be read.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from dragoman.errors import RecordError
from dragoman.record.locking import alone

T = TypeVar("T")

_BYTES = getattr(os, "O_BINARY", 0)  # Windows would write other line ends

_TAIL = 1 << 16
"""Bytes that are looked at for the beginning of a last line that was cut short; longer ones are read whole."""


def add_lines(path: Path, rows: Sequence[msgspec.Struct]) -> None:
    """Add rows at the end of a file in one write, and wait until the disk has them.

    A last line that an earlier writer left unfinished is taken away first: nobody was ever told that it was written.
    Raises `RecordError` when the file cannot be written; then nothing of the rows stays in it.
    """
    told = b"".join(msgspec.json.encode(row) + b"\n" for row in rows)
    try:
        new = not path.exists()
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | _BYTES, 0o666)
        try:
            with alone(file):
                _add(file, told)
        finally:
            os.close(file)
        if new:
            _sync_folder(path.parent)
    except OSError as error:
        raise RecordError(
            f"{path} cannot be written ({error.strerror}). See that the folder may be written."
        ) from error


def read_lines(path: Path, kind: type[T], undone: str) -> Iterator[T]:
    """The rows of a file from the first to the last; none where there is no file.

    A last line without an end that is no row was cut short and is passed over. Raises `RecordError` with file, line
    and field for any other; `undone` says what taking the line out would mean.
    """
    decoder = msgspec.json.Decoder(kind)
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return
    except OSError as error:
        raise RecordError(f"{path} cannot be read ({error.strerror}).") from error
    lines = content.split(b"\n")
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                if number == len(lines) and _is_torn(line):
                    return
                what, _, field = str(error).partition(" - at `$.")
                where = f"{path}, line {number}" + (f", field '{field.rstrip('`')}'" if field else "")
                raise RecordError(f"{where}: {what}. Mend the line or take it out; {undone}") from error


def _add(file: int, told: bytes) -> None:
    size = os.fstat(file).st_size
    start, line = _last_line(file, size)
    if line and _is_torn(line):
        os.ftruncate(file, size := start)
    elif line:
        told = b"\n" + told  # a whole row that somebody wrote by hand, without the line's end
    try:
        if os.write(file, told) < len(told):
            raise OSError(28, "No space left on the disk")
        os.fsync(file)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(file, size)
        raise


def _last_line(file: int, size: int) -> tuple[int, bytes]:
    """Where the last line begins, and what stands in it when it has no end."""
    reach = _TAIL
    while True:
        start = max(0, size - reach)
        os.lseek(file, start, os.SEEK_SET)
        tail = b""
        while part := os.read(file, size - start - len(tail)):
            tail += part
        before, found, line = tail.rpartition(b"\n")
        if found or start == 0:
            return start + len(before) + len(found), line
        reach *= 2


def _is_torn(line: bytes) -> bool:
    """Whether a line is no whole JSON."""
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return True
    return False


def _sync_folder(folder: Path) -> None:
    """Let the disk have the new file's name as well, where a folder can be told so."""
    with contextlib.suppress(OSError):
        opened = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
