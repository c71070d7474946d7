"""The incidents that a question is about: formed from the whole record, then those of two parties, of one or of all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dragoman.analysis.incidents import Incident, choose, incidents_of
from dragoman.briefing.subject import Subject
from dragoman.record import Record
from dragoman.record.filters import checked_confidence


def incidents_with(
    record: Record, subjects: Sequence[Subject], *, min_confidence: float | None = None
) -> list[Incident]:
    """What the record tells of two subjects on opposite sides, or of one, or of anyone when none is given.

    All reports of the record are put together first, so that an incident is the same whoever asks. With
    `min_confidence` only those stay that at least one report tells with such confidence. Raises `UsageError` for what
    is no confidence.
    """
    least = checked_confidence(min_confidence)
    found = of_subjects(incidents_of(record, [subject.key for subject in subjects]), subjects)
    if least is None:
        return found
    return [each for each in found if max(r.event.confidence for r in each.reports) >= least]


def of_subjects(found: Iterable[Incident], subjects: Sequence[Subject]) -> list[Incident]:
    """Those of the incidents that have the subjects in them, two of them on opposite sides."""
    if len(subjects) == 2:
        return choose(found, between=(subjects[0].holds, subjects[1].holds))
    if len(subjects) == 1:
        return [each for each in found if any(map(subjects[0].holds, (*each.actors, *each.recipients)))]
    return list(found)
