"""What persons decided about incidents, in a file beside the tables of the record: a decision a line, added at the end.

A decision names reports by article and words, so that it holds when articles are coded again under other ids.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

import msgspec

from dragoman.model import ReportedEvent
from dragoman.record.appended import add_lines, read_lines

FILE: Final = "incidents.jsonl"


class ReportRef(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One report: its article, the stretch of the clause in its text with the words, its type and its key then."""

    article: str
    start: int
    end: int
    text: str
    type: str
    key: str


class Decision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """`merge`: `reports` are one incident. `split`: `reports` are one of their own, apart from `rest`."""

    kind: Literal["merge", "split"]
    reports: tuple[ReportRef, ...]
    rest: tuple[ReportRef, ...] = ()
    because: str | None = None


def reference(report: ReportedEvent, key: str) -> ReportRef:
    """How a decision names a report."""
    span = report.event.evidence
    return ReportRef(
        article=report.article.id, start=span.start, end=span.end, text=span.text, type=report.event.type, key=key
    )


def read_decisions(record: Path) -> list[Decision]:
    """The decisions of a record in the order in which they were made; none where there is no file.

    Raises `RecordError` naming the line that cannot be read.
    """
    return list(read_lines(record / FILE, Decision, "the decision on it is then undone."))


def add_decision(record: Path, decision: Decision) -> None:
    """Add a decision at the end of the file; raises `RecordError` when that cannot be written."""
    add_lines(record / FILE, [decision])
