"""Parquet to articles: a row an article, its columns the fields of an article in JSON Lines, read piece by piece.

Apart from `jsonl` because here the names stand once for the whole file: an unknown one is told once, and nothing read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime
from typing import BinaryIO, Final

import pyarrow as pa
import pyarrow.parquet as pq

from dragoman.errors import InputError
from dragoman.model import Problem
from dragoman.reading.fields import IGNORED, check_fields
from dragoman.reading.jsonl import make_raw
from dragoman.reading.raw import MAX_FILE, MAX_KEPT, RawArticle, make_problem

MAGIC: Final = b"PAR1"
ROWS: Final = 256  # rows unpacked at once


def read_parquet(stream: BinaryIO, source: str) -> Iterator[RawArticle | Problem]:
    """The articles of a file in order, a problem in the place of each row that is none; `line` counts the rows.

    An unknown column and damage are one problem for the file.
    """
    if not stream.seekable():
        yield make_problem("Parquet is read from its end, which this input has not yet; give it as a file.", source)
        return
    number = 0
    try:
        file = pq.ParquetFile(stream)
        columns = _columns(file, source)
        for batch in _folded(stream, file).iter_batches(batch_size=ROWS, columns=columns):
            for place in range(len(batch)):
                number += 1
                yield _article(batch.slice(place, 1), source, number)
    except InputError as error:
        yield make_problem(error.what, source, field=error.field)
        return
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:  # the last of names of columns
        where = f"from row {number + 1} on" if number else "as Parquet"
        yield make_problem(f"The file cannot be read {where} ({_why(error)}).", source)
        return
    if number == 0:
        yield make_problem("There is no article in it; give one a row.", source)


def _folded(stream: BinaryIO, file: pq.ParquetFile) -> pq.ParquetFile:
    """The file with each text in memory once, however often it stands there: a few bytes can repeat one endlessly."""
    texts = [
        field.name
        for field in file.schema_arrow
        if pa.types.is_string(field.type) or pa.types.is_large_string(field.type)
    ]
    stream.seek(0)
    return pq.ParquetFile(stream, read_dictionary=texts)


def _columns(file: pq.ParquetFile, source: str) -> list[str]:
    """The columns to read; raises `InputError` for one that nobody knows, or one that stands twice."""
    names = file.schema_arrow.names
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise InputError("The column stands twice.", source=source, field=twice)
    known = [name for name in names if check_fields({name: None}, source=source) == {} and not _is_ignored(name)]
    if not {"text", "html"} & set(known):
        raise InputError("There is no column 'text' or 'html' in it.", source=source)
    return known


def _is_ignored(name: str) -> bool:
    return name.startswith("_") or name in IGNORED


def _article(piece: pa.RecordBatch, source: str, number: int) -> RawArticle | Problem:
    """The article of a piece of one row."""
    try:
        (row,) = piece.to_pylist()
    except (ValueError, OverflowError) as error:  # text that is no UTF-8, a day beyond the calendar
        return make_problem(f"The row cannot be read ({_why(error)}).", source, line=number)
    try:
        for name in ("text", "html"):
            value = row.get(name)
            if isinstance(value, str) and len(value) > MAX_FILE:
                raise InputError(f"Longer than {MAX_FILE:,} characters; split the text.", source=source, field=name)
        return make_raw({name: _plain(value) for name, value in row.items()}, source, number)
    except InputError as error:
        content = str(row.get("text") or row.get("html") or "")[:MAX_KEPT]
        return make_problem(error.what, source, line=number, field=error.field, content=content)


def _plain(value: object) -> object:
    """Days and times, which have a type of their own here, as the text that they are elsewhere."""
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _why(error: Exception) -> str:
    reason = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else str(error)
    return (reason.strip().splitlines() or [type(error).__name__])[0].rstrip(".")[:300]
