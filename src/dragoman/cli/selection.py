"""The events that the filters of a command select, its two parties given by code or any name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.record.selection import EventSelection


def select(
    folder: Path,
    *,
    as_of: str | None,
    between: tuple[str, str] | None,
    since: str | None,
    until: str | None,
    types: Sequence[str] | None,
    statuses: Sequence[str] | None,
    source: str | None,
    min_confidence: float | None,
    unreviewed: bool = False,
) -> EventSelection:
    """Open the record and select; raises `UsageError` for what cannot be asked, with near names for unknown parties."""
    from dragoman.briefing.brief import find_subjects
    from dragoman.record import Record

    record = Record(folder, as_of=as_of, reviewed=not unreviewed)
    keys: tuple[str, str] | None = None
    if between is not None:
        one, other = find_subjects(record, between)
        keys = one.key, other.key
    return record.events(
        between=keys,
        since=since,
        until=until,
        types=types or (),
        statuses=statuses or (),
        source=source,
        min_confidence=min_confidence,
    )
