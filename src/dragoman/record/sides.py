"""Who stands on the sides of an event, in one text a row, so that a filter by party need not open up nested columns.

The text is there to pass over the rows that cannot be meant; which are meant is said by the parties themselves. Written
with an event and read with a condition, hence apart from both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

import duckdb
import pyarrow as pa

from dragoman.record.schema import SIDES

# How names are compared: without regard to case, accents and hyphens ("Kim Jong-un" is "Kim Jong Un").
PLAIN: Final = "CREATE MACRO plain(name) AS lower(strip_accents(replace(name, '-', ' ')))"
STANDS_IN: Final = """CREATE MACRO stands_in(side, name) AS len(list_filter(side, lambda p:
    plain(p.actor) = plain(name) OR lower(p.country) = lower(name) OR p.actor_id = name)) > 0"""
_TEXT: Final = f"""
SELECT concat('|', array_to_string(list_sort(list_distinct(flatten(list_transform(
    list_concat(actors, recipients), lambda p: [lower(p.country), plain(p.actor), p.actor_id])))), '|'), '|') AS {SIDES}
FROM parties"""


def with_sides(events: pa.Table) -> pa.Table:
    """Rows of `events` with their `sides`: '|north korea|prk|state:PRK|', each name once, as it is compared."""
    connection = duckdb.connect(":memory:")
    try:
        connection.execute(PLAIN)
        connection.register("parties", events.select(["actors", "recipients"]))
        found = connection.sql(_TEXT).to_arrow_table()[SIDES]
    finally:
        connection.close()
    return events.set_column(events.column_names.index(SIDES), SIDES, found)


def may_stand(merged: Iterable[str]) -> str:
    """The macro `may_stand(sides, name)`: false only where nobody of this name stands on either side.

    `merged` are the ids of actors that are read as others, so that their rows may be meant by any name. Rows without
    the text, of records made before there was one, may always be meant.
    """
    ids = "|".join(map(re.escape, sorted(merged))).replace("'", "''")
    others = f" OR regexp_matches(sides, '\\|({ids})\\|')" if ids else ""
    return f"""CREATE MACRO may_stand(sides, name) AS sides IS NULL OR contains(sides, '|' || plain(name) || '|')
        OR contains(sides, '|' || lower(name) || '|') OR contains(sides, '|' || name || '|'){others}"""
