"""An event of a study: like one of the record, but its type is the study's own, and what PLOVER made of it is told."""

from __future__ import annotations

from dragoman.model import Event


class StudyEvent(Event, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who did what to whom by a study. `intensity` is None where the study gives its type no score.

    `plover_event` is the record's event in the same words between the same sides, and `plover_type` its type; None for
    both where PLOVER knows no event there. `study` is the study's name.
    """

    type: str  # type: ignore[assignment]
    intensity: float | None = None  # type: ignore[assignment]
    plover_event: str | None = None
    plover_type: str | None = None
