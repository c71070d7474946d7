"""JSON Lines in bulk: typed rows in, with file, line and field in every complaint; rows out, all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from dragoman.errors import InputError, UsageError

T = TypeVar("T")


def read_lines(path: Path, kind: type[T]) -> Iterator[tuple[int, T]]:
    """The rows of a file with their line numbers, one by one; blank lines are passed over.

    Raises `UsageError` when the file cannot be opened, `InputError` at the first line that is no such row.
    """
    decoder = msgspec.json.Decoder(kind)
    try:
        lines = path.open("rb")
    except OSError as error:
        raise UsageError(f"{path} cannot be opened ({error.strerror}); give a JSON Lines file.") from error
    with lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                try:
                    yield number, decoder.decode(line)
                except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                    raise _input_error(error, str(path), number) from error


def write_lines(path: Path, rows: Iterable[Any]) -> int:
    """Write a row a line and give their number; the file appears when all are written.

    Raises `UsageError` when it cannot be written; what the rows raise passes through and leaves no file.
    """
    written = 0
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as out:
            for row in rows:
                out.write(msgspec.json.encode(row) + b"\n")
                written += 1
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror}); name another file.") from error
    finally:
        part.unlink(missing_ok=True)
    return written


def _input_error(error: Exception, source: str, line: int) -> InputError:
    said, _, where = str(error).partition(" - at `$.")
    field = where.rstrip("`").partition("[")[0] or None
    if "missing required field" in said:
        field = said.rpartition("`")[0].rpartition("`")[2]
    what = said if isinstance(error, msgspec.ValidationError) else f"not valid JSON: {said}"
    if isinstance(error, RecursionError):
        what = "not valid JSON: nested too deeply"
    return InputError(f"{what}.", source=source, line=line, field=field)
