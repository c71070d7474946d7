"""The events that the filters of a command select, its two parties given by code or any name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.selection import EventSelection
    from dragoman.studies.selection import StudySelection


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
    from dragoman.record import Record

    record = Record(folder, as_of=as_of, reviewed=not unreviewed)
    return record.events(
        between=_keys(record, between),
        since=since,
        until=until,
        types=types or (),
        statuses=statuses or (),
        source=source,
        min_confidence=min_confidence,
    )


def select_of_study(
    folder: Path,
    study: str,
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
) -> StudySelection:
    """Like `select`, of what a study found in the record; `types` are the study's."""
    from dragoman.record import Record
    from dragoman.studies.selection import study_events

    return study_events(
        folder,
        study,
        as_of=as_of,
        reviewed=not unreviewed,
        between=_keys(Record(folder), between),
        since=since,
        until=until,
        types=types or (),
        statuses=statuses or (),
        source=source,
        min_confidence=min_confidence,
    )


def _keys(record: Record, between: tuple[str, str] | None) -> tuple[str, str] | None:
    from dragoman.briefing.brief import find_subjects

    if between is None:
        return None
    one, other = find_subjects(record, between)
    return one.key, other.key
