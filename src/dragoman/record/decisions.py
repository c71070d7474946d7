"""What persons decided about incidents, in a file beside the tables of the record: a decision a line, added at the end.

A decision names reports by article and words, so that it holds when articles are coded again under other ids.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import msgspec

from dragoman.errors import RecordError
from dragoman.model import ReportedEvent

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
    path = record / FILE
    return list(_read(path)) if path.exists() else []


def add_decision(record: Path, decision: Decision) -> None:
    """Add a decision at the end of the file; raises `RecordError` when that cannot be written."""
    path = record / FILE
    try:
        with path.open("ab") as out:
            out.write(msgspec.json.encode(decision) + b"\n")
    except OSError as error:
        raise RecordError(
            f"{path} cannot be written ({error.strerror}). See that the folder may be written."
        ) from error


def _read(path: Path) -> Iterator[Decision]:
    decoder = msgspec.json.Decoder(Decision)
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise RecordError(f"{path} cannot be read ({error.strerror}).") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise RecordError(
                    f"{path}, line {number}: {error}. Mend the line or take it out; the decision on it is then undone."
                ) from error
