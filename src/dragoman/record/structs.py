"""Rows as values of the model, by way of JSON that DuckDB writes and msgspec reads: many rows in little time.

Apart from `schema`, whose functions take single rows as dicts, because here the rows never become dicts.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

import msgspec
import pyarrow as pa

from dragoman.record.query import Look

T = TypeVar("T", bound=msgspec.Struct)

_ROWS_AT_ONCE = 10_000


def as_json(kind: type[msgspec.Struct], id_column: str) -> str:
    """An SQL expression for the JSON of a value whose fields are the columns of a row."""
    fields = (f"'{name}': \"{id_column if name == 'id' else name}\"" for name in kind.__struct_fields__)
    return f"to_json({{{', '.join(fields)}}})::VARCHAR"


def values(column: pa.ChunkedArray, kind: type[T]) -> Iterator[T]:
    """The values of a column that `as_json` made; raises `msgspec.ValidationError` for one that the model forbids."""
    decode = msgspec.json.Decoder(kind).decode
    for start in range(0, len(column), _ROWS_AT_ONCE):
        for text in column.slice(start, _ROWS_AT_ONCE).cast(pa.binary()).to_pylist():
            yield decode(text)


def by_coding(look: Look, name: str, kind: type[T], id_column: str, chosen: str) -> dict[str, list[T]]:
    """The rows of a table as values, by the coding that they belong to, in order of the text.

    `chosen`: the SQL that narrows the rows, such as `SEMI JOIN wanted USING (coding_id)`.
    """
    found = look.table(
        f"SELECT coding_id, {as_json(kind, id_column)} AS part FROM {name} {chosen} ORDER BY coding_id, position"
    )
    made: dict[str, list[T]] = {}
    for coding, part in zip(found["coding_id"].to_pylist(), values(found["part"], kind), strict=True):
        made.setdefault(coding, []).append(part)
    return made


@contextmanager
def without_collecting() -> Iterator[None]:
    """Let Python not look for garbage while many values are made that are none; it would look at all of them often."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
