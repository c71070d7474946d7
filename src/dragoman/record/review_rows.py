"""What persons left of events as rows of the table `events`, and the places of the rows that they stand instead of.

Apart from `reviewed`, which is pure, and from `query`, which shows the rows.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import pyarrow as pa

from dragoman.record.reviewed import Placed, Reviewed
from dragoman.record.schema import TABLES, Row, event_value
from dragoman.record.sides import with_sides

_PLACES: Final = pa.schema([("coding_id", pa.string()), ("position", pa.int64())])


class Overriding(NamedTuple):
    """Rows with all columns of `events`, and the places (coding, number) of those that they stand instead of."""

    rows: pa.Table
    hidden: pa.Table


def overriding(reviewed: Reviewed) -> Overriding | None:
    """The rows that decisions make other; None where they change nothing."""
    if not reviewed.rows and not reviewed.hidden:
        return None
    rows = pa.Table.from_pylist([_row(placed) for placed in reviewed.rows], schema=TABLES["events"])
    hidden = [{"coding_id": coding, "position": position} for coding, position in sorted(reviewed.hidden)]
    return Overriding(with_sides(rows), pa.Table.from_pylist(hidden, schema=_PLACES))


def _row(placed: Placed) -> Row:
    values = event_value(placed.event)
    key = values.pop("id")
    return {
        "coding_id": placed.coding,
        "article_id": placed.article,
        "position": placed.position,
        "event_id": key,
        **values,
    }
