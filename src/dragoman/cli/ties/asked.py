"""What every verb on ties begins with: the record opened, the parties found, and the incidents with them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dragoman.analysis.incidents import Incident
    from dragoman.analysis.meetings_firsts import Span
    from dragoman.analysis.occurrence import Occurrence
    from dragoman.briefing.subject import Subject
    from dragoman.record import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The parties of a question, the incidents with them, the span of the record, and the window as full ISO days."""

    subjects: tuple[Subject, ...]
    incidents: list[Incident]
    span: Span
    since: str | None
    until: str | None

    @property
    def names(self) -> str:
        """'North Korea and Russia'."""
        return " and ".join(map(self.name, range(len(self.subjects))))

    def name(self, number: int) -> str:
        """What the party with this number is called, safe to print."""
        from dragoman.briefing.wording import one_line

        return one_line(self.subjects[number].name)

    def within(self) -> list[Occurrence]:
        """The incidents that touch the window; one without a date is taken by its first publication."""
        from dragoman.analysis.occurrence import published

        first, last = self.since or "", self.until or "9999-12-31"
        chosen: list[Occurrence] = []
        for each in self.incidents:
            day = published(each) or ""
            start, end = (each.date.start, each.date.end) if each.date is not None else (day, day)
            if first <= end and start <= last:
                chosen.append(each)
        return chosen


def asked(
    folder: Path,
    who: Sequence[str],
    *,
    as_of: str | None = None,
    since: str | None = None,
    until: str | None = None,
    min_confidence: float | None = None,
    meet: Literal["between", "party", "anyone"] = "between",
) -> Asked:
    """Open the record and put together what it tells of the parties: between the two, with the first, or of anyone.

    All of it, not of the window alone, since what is new or unusual shows only against what was before. Raises
    `UsageError` for unknown parties with near names, and for what is no day.
    """
    from dragoman.briefing.brief import find_subjects
    from dragoman.briefing.tied import incidents_with
    from dragoman.record import Record
    from dragoman.record.filters import checked

    window = checked(since=since, until=until)
    record = Record(folder, as_of=as_of)
    subjects = find_subjects(record, who)
    about = {"between": subjects[:2], "party": subjects[:1], "anyone": ()}[meet]
    return Asked(
        subjects=subjects,
        incidents=incidents_with(record, about, min_confidence=min_confidence),
        span=_span(record),
        since=window.since,
        until=window.until,
    )


def one_of(value: str, valid: Iterable[str], option: str) -> str:
    """The value when it is one of the valid ones; raises `UsageError` that lists them otherwise."""
    from dragoman.errors import UsageError

    if value not in valid:
        raise UsageError(f"'{option}' is '{value}'. It can be: {', '.join(valid)}.")
    return value


def _span(record: Record) -> Span:
    from dragoman.analysis.meetings_firsts import Span

    query = "SELECT count(*) AS n, min(published)::VARCHAR AS a, max(published)::VARCHAR AS z FROM articles"
    row = record.sql(query).to_pylist()[0]
    return Span(articles=row["n"], first=row["a"], last=row["z"])
