"""What a search found, out of Dragoman: CSV and JSON Lines with the same columns, in pieces as it is found."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal

import msgspec

from dragoman.exchange.export import cell

if TYPE_CHECKING:
    from dragoman.record.search import Found

COLUMNS: Final = (
    "kind", "id", "article_id", "date_start", "date_end", "types", "mode", "quad", "statuses", "who", "whom", "place",
    "words", "said_by", "confidence", "title", "publisher", "published", "url",
)  # fmt: skip
_AT_ONCE: Final = 1000


def found_bytes(found: Iterable[Found], format: Literal["csv", "jsonl"]) -> Iterator[bytes]:
    """The rows of `COLUMNS`, in pieces; in CSV the values of a list are joined by '; ', a chain by ' > '."""
    rows = iter(found)
    first = True
    while (batch := list(islice(rows, _AT_ONCE))) or first:
        yield _csv(batch, header=first) if format == "csv" else _jsonl(batch)
        first = False


def _csv(batch: Iterable[Found], *, header: bool) -> bytes:
    text = io.StringIO(newline="")
    sheet = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    if header:
        sheet.writeheader()
    for each in batch:
        row = _row(each)
        flat = {n: (" > " if n == "said_by" else "; ").join(v) if isinstance(v, tuple) else v for n, v in row.items()}
        sheet.writerow({name: cell(value) for name, value in flat.items()})
    return text.getvalue().encode("utf-8", "replace")


def _jsonl(batch: Iterable[Found]) -> bytes:
    return b"".join(msgspec.json.encode(_row(each)) + b"\n" for each in batch)


def _row(each: Found) -> dict[str, object]:
    names = {"article_id": "article", "date_start": "start", "date_end": "end"}
    return {column: getattr(each, names.get(column, column)) for column in COLUMNS}
