"""Other datasets beside the record: files of GDELT, POLECAT, ICEWS or PLOVER in, one Parquet file a dataset kept.

They lie in `RECORD/beside/NAME.parquet` and in no table of the record, so that no count ever mixes them with coded
events unmarked. Apart from the formats, which read files and know nothing of a record.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any, Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.errors import RecordError, UsageError
from dragoman.exchange.formats import READERS, OtherEvent, Taken

FOLDER: Final = "beside"
NAME: Final = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
ABOUT: Final = b"dragoman.beside"
_ROWS_AT_ONCE: Final = 5000
_PARTY: Final = pa.struct(
    [(name, pa.string()) for name in ("text", "actor", "actor_id", "country", "sector", "office", "mention")]
)
SCHEMA: Final = pa.schema(
    [
        ("dataset", pa.string()), ("id", pa.string()), ("line", pa.int64()), ("date", pa.string()),
        ("end", pa.string()), ("type", pa.string()), ("mode", pa.string()), ("code", pa.string()), ("quad", pa.int8()),
        ("quad_given", pa.int8()), ("intensity", pa.float64()), ("contexts", pa.list_(pa.string())),
        ("actors", pa.list_(_PARTY)), ("recipients", pa.list_(_PARTY)), ("place", pa.string()),
        ("place_country", pa.string()), ("lat", pa.float64()), ("lon", pa.float64()), ("publisher", pa.string()),
        ("published", pa.string()), ("url", pa.string()), ("original", pa.string()),
    ]
)  # fmt: skip


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """One dataset that is kept: its name, format, the file it came from, its rows, and its first and last day."""

    name: str
    format: str
    file: str
    rows: int
    first: str | None
    last: str | None


def keep_beside(record: Path, name: str, format: str, file: Path, taken: Taken) -> Beside:
    """Read a file of a format and keep it under a name, in place of what had that name, in one step.

    Raises `UsageError` for a name or format that cannot be, `InputError` with line and column where a line is faulty
    and `taken` does not leave such lines out; nothing is kept then.
    """
    if NAME.fullmatch(name) is None:
        raise UsageError(f"'{name}' cannot name a dataset. Use small letters, digits, '.', '_' and '-'.")
    if format not in READERS:
        raise UsageError(f"There is no import format '{format}'. There are: {', '.join(READERS)}.")
    path = _path(record, name)
    try:
        path.parent.mkdir(exist_ok=True)
        handle, part = tempfile.mkstemp(prefix=f"{name}.", suffix=".part", dir=path.parent)
        os.close(handle)
        try:
            about = _write(Path(part), name, format, file, READERS[format](file, taken))
            os.replace(part, path)
        finally:
            Path(part).unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(f"{path} cannot be written ({error.strerror or error}).") from error
    return about


def kept_beside(record: Path) -> list[Beside]:
    """The datasets that are kept beside a record, by name."""
    return [_about(path) for path in sorted((record / FOLDER).glob("*.parquet"))]


def read_beside(record: Path, name: str) -> Iterator[OtherEvent]:
    """The events of a dataset that is kept, one by one; raises `UsageError` where there is none of that name."""
    path = _path(record, name)
    if NAME.fullmatch(name) is None or not path.is_file():
        known = ", ".join(each.name for each in kept_beside(record)) or "none"
        raise UsageError(f"No dataset '{name}' is kept beside the record; there are: {known}.")
    with pq.ParquetFile(path) as file:
        for batch in file.iter_batches(_ROWS_AT_ONCE):
            for row in batch.to_pylist():
                yield _event(row)


def is_kept(record: Path, name: str) -> bool:
    """Whether a dataset of that name is kept."""
    return NAME.fullmatch(name) is not None and _path(record, name).is_file()


def _path(record: Path, name: str) -> Path:
    return record / FOLDER / f"{name}.parquet"


def _write(path: Path, name: str, format: str, file: Path, events: Iterable[OtherEvent]) -> Beside:
    """Written in batches; what the file says of itself is known only at its end, and put there."""
    rows, days = 0, set[str]()
    iterator = iter(events)
    with pq.ParquetWriter(path, SCHEMA, compression="zstd") as writer:
        while some := list(islice(iterator, _ROWS_AT_ONCE)):
            writer.write_table(pa.Table.from_pylist([_row(name, each) for each in some], schema=SCHEMA))
            rows += len(some)
            told = [each.date for each in some if each.date is not None]
            days = {min({*days, *told}), max({*days, *told})} if told or days else days
        about = Beside(
            name=name, format=format, file=file.name, rows=rows, first=min(days, default=None),
            last=max(days, default=None),
        )  # fmt: skip
        writer.add_key_value_metadata({ABOUT: msgspec.json.encode(about)})
    return about


def _row(name: str, event: OtherEvent) -> dict[str, object]:
    row: dict[str, Any] = msgspec.to_builtins(event)
    return {**row, "dataset": name, "original": msgspec.json.encode(event.original).decode()}


def _event(row: Mapping[str, Any]) -> OtherEvent:
    fields = {**row, "original": msgspec.json.decode(row["original"])}
    del fields["dataset"]
    return msgspec.convert(fields, OtherEvent)


def _about(path: Path) -> Beside:
    try:
        metadata = pq.read_metadata(path).metadata or {}
        return msgspec.json.decode(metadata[ABOUT], type=Beside)
    except (OSError, KeyError, pa.ArrowInvalid, msgspec.DecodeError) as error:
        raise RecordError(f"{path} is no dataset that was imported ({error}). Import it again.") from error
