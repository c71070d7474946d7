"""A table of SOURCES.toml: every look at a value checks its type, and every complaint names file, table and key."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any, Final

from dragoman.errors import UsageError

SHORTEST: Final = 60.0
_LENGTH: Final = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")
_SECONDS: Final = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


class Table:
    """One table of the file; `where` is what it is called in messages."""

    def __init__(self, values: Mapping[str, Any], where: str) -> None:
        self.values = values
        self.where = where

    def wrong(self, key: str, what: str) -> UsageError:
        """The error that names file, table and key."""
        return UsageError(f"{self.where}, key '{key}': {what}")

    def only(self, known: tuple[str, ...]) -> None:
        """Refuse a key that is not among the known ones."""
        for key in self.values:
            if key not in known:
                near = next(iter(difflib.get_close_matches(key, known, 1)), None)
                hint = f"Did you mean '{near}'?" if near else f"Known are: {', '.join(known)}."
                raise self.wrong(key, f"unknown. {hint}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self.values

    def text(self, key: str) -> str | None:
        """A text that is not empty, or None where there is none."""
        value = self._of(key, str, "text in quotes")
        if value is not None and not value.strip():
            raise self.wrong(key, "empty. Leave it out or give it a value.")
        return value.strip() if value is not None else None

    def flag(self, key: str) -> bool:
        """True or false; false where there is none."""
        return bool(self._of(key, bool, "true or false"))

    def number(self, key: str, otherwise: int, least: int = 1) -> int:
        """A whole number."""
        value: int | None = None if isinstance(self.values.get(key), bool) else self._of(key, int, "a whole number")
        if self.has(key) and (value is None or value < least):
            raise self.wrong(key, f"must be a whole number of at least {least}.")
        return otherwise if value is None else value

    def share(self, key: str) -> float | None:
        """A number from 0 to 1."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
            raise self.wrong(key, "must be a number from 0 to 1.")
        return float(value)

    def seconds(self, key: str, otherwise: float, least: float = SHORTEST) -> float:
        """A length of time such as '15m', in seconds."""
        value = self.text(key)
        if value is None:
            return otherwise
        match = _LENGTH.fullmatch(value)
        if match is None:
            raise self.wrong(key, f"'{value}' is no length of time, such as 30s, 15m, 2h or 1d.")
        seconds = float(match[1]) * _SECONDS[match[2]]
        if seconds < least:
            raise self.wrong(key, f"'{value}' is too short; the least is {least:g} seconds.")
        return seconds

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; one text stands for a list of it."""
        value = self.values.get(key, [])
        given = [value] if isinstance(value, str) else value
        if not isinstance(given, list) or not all(isinstance(each, str) and each.strip() for each in given):
            raise self.wrong(key, "must be a list of texts.")
        return tuple(each.strip() for each in given)

    def numbers(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(v, int) and not isinstance(v, bool) for v in value):
            raise self.wrong(key, "must be a list of whole numbers.")
        return tuple(value)

    def table(self, key: str) -> Table:
        """The table of this name; an empty one where there is none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.wrong(key, f"must be a table: [{key}].")
        return Table(value, f"{self.where}, [{key}]")

    def tables(self, key: str) -> list[Table]:
        """The tables of a list of them, each called by its name, or else by its place."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
            raise self.wrong(key, f"must be a list of tables: [[{key}]].")
        return [
            Table(
                each, f"{self.where}, [[{key}]] {repr(each['name']) if isinstance(each.get('name'), str) else number}"
            )
            for number, each in enumerate(value, 1)
        ]

    def _of(self, key: str, kind: type, called: str) -> Any:
        value = self.values.get(key)
        if value is not None and not isinstance(value, kind):
            raise self.wrong(key, f"must be {called}.")
        return value
