"""A sheet for hand coding: events out as CSV with a column to fill in, what a person filled in back.

Apart from `labels`, which writes decisions that were made in the record: a sheet goes to somebody who has no record,
and comes back as the answers of one person to given questions.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, Literal, cast, get_args

import msgspec

from dragoman.briefing.wording import date_words, event_words, one_line
from dragoman.errors import InputError, UsageError
from dragoman.exchange.export import cell
from dragoman.model import ReportedEvent

Verdict = Literal["right", "type", "sides", "none"]
VERDICTS: Final[tuple[Verdict, ...]] = get_args(Verdict)
COLUMNS: Final = (
    "event_id", "type", "status", "what", "date", "evidence", "context", "publisher", "published", "title", "url",
    "verdict", "note",
)  # fmt: skip
CONTEXT: Final = 300
"""Characters of the article before and after the clause."""


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """One answer: the event is `right` in type and sides, of another `type`, between other `sides`, or `none` at all.

    `verdict` is None where the person left it open; `type` is the type as it was coded when the sheet was written.
    """

    event_id: str
    type: str
    verdict: Verdict | None
    note: str | None


def write_label_sheet(events: Iterable[ReportedEvent], out: Path | BinaryIO) -> int:
    """Write one row an event with the columns of `COLUMNS`, `verdict` and `note` empty; return how many there were.

    Raises `UsageError` for a file that cannot be written.
    """
    if not isinstance(out, Path):
        return _write(events, out)
    try:
        with out.open("wb") as stream:
            return _write(events, stream)
    except OSError as error:
        raise UsageError(f"{out} cannot be written ({error.strerror or error}). Give another file.") from error


def read_label_sheet(path: Path) -> dict[str, Labelled]:
    """The answers of a sheet by event id, in its order.

    Raises `UsageError` for a file that cannot be read, and `InputError` with line and column for a column that is
    missing, a verdict that is none of `VERDICTS`, or an event that stands there twice.
    """
    found: dict[str, Labelled] = {}
    for line, answer in _answers(path):
        if answer.event_id in found:
            raise InputError(
                f"'{answer.event_id}' stands there twice; keep one of the rows",
                source=str(path),
                line=line,
                field="event_id",
            )
        found[answer.event_id] = answer
    return found


def _write(events: Iterable[ReportedEvent], stream: BinaryIO) -> int:
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    count = 0
    try:
        sheet = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        sheet.writeheader()
        for report in events:
            count += 1
            sheet.writerow({name: cell(value) for name, value in _row(report).items()})
    finally:
        text.detach()  # flushes, and leaves the stream open to its owner
    return count


def _row(report: ReportedEvent) -> dict[str, str | None]:
    event, article = report.event, report.article
    first, last = event.evidence.start, event.evidence.end
    return {
        "event_id": event.id,
        "type": event.type,
        "status": event.status,
        "what": event_words(event),
        "date": date_words(event.date),
        "evidence": one_line(event.evidence.text),
        "context": one_line(article.text[max(0, first - CONTEXT) : last + CONTEXT]),
        "publisher": article.publisher,
        "published": article.published,
        "title": article.title,
        "url": article.url,
        "verdict": None,
        "note": None,
    }


def _answers(path: Path) -> Iterator[tuple[int, Labelled]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read ({error}). Give a sheet in CSV and UTF-8.") from error
    sheet = csv.DictReader(io.StringIO(text, newline=""))
    missing = [name for name in ("event_id", "type", "verdict") if name not in (sheet.fieldnames or ())]
    if missing:
        raise InputError("the column is missing; the first row must name it", source=str(path), field=missing[0])
    for row in sheet:
        verdict = (row["verdict"] or "").strip().lower()
        if verdict and verdict not in VERDICTS:
            raise InputError(
                f"'{verdict}' is no verdict; there are: {', '.join(VERDICTS)}, or nothing where it is open",
                source=str(path),
                line=sheet.line_num,
                field="verdict",
            )
        yield (
            sheet.line_num,
            Labelled(
                event_id=(row["event_id"] or "").strip(),
                type=(row["type"] or "").strip(),
                verdict=cast("Verdict", verdict) if verdict else None,
                note=(row.get("note") or "").strip() or None,
            ),
        )
