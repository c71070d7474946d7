"""What `--between` takes: two parties by code or any name, as the record's filters know them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.record import Record


def between_keys(record: Record, between: tuple[str, str] | None) -> tuple[str, str] | None:
    """The two parties by code or canonical name; raises `UsageError` with near names for one that nobody knows."""
    if between is None:
        return None
    from dragoman.briefing.brief import find_subjects

    one, other = find_subjects(record, between)
    return one.key, other.key
