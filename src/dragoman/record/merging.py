"""Actors that a user has merged, as SQL: a table's rows are seen with the actors that theirs were merged into.

Apart from `query` because it changes what a stored row says, in this one place; the tables stay as they were written.
"""

from __future__ import annotations

from collections.abc import Mapping

from dragoman.knowledge.own import Merge

# Where actors stand: one in a row of `mentions`, lists of parties in a row of `events`.
_PARTY = ("mention", "text", "actor", "actor_id", "country", "sector", "office")


def merging(table: str, merges: Mapping[str, Merge]) -> str | None:
    """The statement that makes `stored_<table>` out of `unmerged_<table>`; None where a merge changes nothing in it."""
    if not merges:
        return None
    if table == "mentions":
        replaced = ", ".join(f"{_merged(name, '', merges)} AS {name}" for name in ("actor", "actor_id", "country"))
    elif table == "events":
        fields = ", ".join(f"{name} := {_merged(name, 'p.', merges)}" for name in _PARTY)
        sides = ("actors", "recipients")
        replaced = ", ".join(f"list_transform({side}, lambda p: struct_pack({fields})) AS {side}" for side in sides)
    else:
        return None
    return f"CREATE TEMP VIEW stored_{table} AS SELECT * REPLACE ({replaced}) FROM unmerged_{table}"


def _merged(name: str, of: str, merges: Mapping[str, Merge]) -> str:
    """A field of an actor, or what the actor that it was merged into has in its place."""
    field = f'{of}"{name}"'
    values = {m.start: {"actor": m.name, "actor_id": m.into, "country": m.country}.get(name) for m in merges.values()}
    pairs = ", ".join(f"{_text(start)}: {_text(value)}" for start, value in values.items() if value is not None)
    return f"coalesce(MAP {{{pairs}}}[{of}actor_id], {field})" if pairs else field


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
