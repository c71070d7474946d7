"""`dragoman export`: the record's events or incidents in a file, in one of many formats."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import (
    AsOfOption,
    BetweenOption,
    MinConfidenceOption,
    RecordOption,
    SinceOption,
    SourceOption,
    StatusOption,
    StudyOption,
    TypeOption,
    UnreviewedOption,
    UntilOption,
)

if TYPE_CHECKING:
    from dragoman.exchange.formats import Written
    from dragoman.record.selection import EventSelection
    from dragoman.studies.selection import StudySelection


class Format(enum.StrEnum):
    """Formats that a record can be exported to."""

    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    plover = "plover"
    polecat = "polecat"
    gdelt = "gdelt"
    gdelt_mentions = "gdelt-mentions"
    icews = "icews"
    timeline = "timeline"
    icalendar = "icalendar"
    graphml = "graphml"
    gexf = "gexf"
    ftm = "ftm"
    ftm_statements = "ftm-statements"
    bibtex = "bibtex"
    csl = "csl"
    rss = "rss"
    atom = "atom"


OWN = (Format.csv, Format.jsonl, Format.parquet)
"""Formats of `exchange.export`, which lose nothing or little; the others are those of `exchange.formats`."""


def export(
    record: RecordOption,
    format: Annotated[Format, typer.Option("--format", help="What to write (docs/formats.md).")] = Format.csv,
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Where to; '-' for standard output.")] = "-",
    between: BetweenOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    type: TypeOption = None,
    status: StatusOption = None,
    source: SourceOption = None,
    min_confidence: MinConfidenceOption = None,
    as_of: AsOfOption = None,
    unreviewed: UnreviewedOption = False,
    study: StudyOption = None,
) -> None:
    """Write the events of a record to a file, or the incidents that they report, as the format has it."""
    import sys

    from dragoman.cli.selection import select, select_of_study
    from dragoman.exchange.export import export_events

    asked: dict[str, Any] = {
        "as_of": as_of,
        "between": between,
        "since": since,
        "until": until,
        "types": type,
        "statuses": status,
        "source": source,
        "min_confidence": min_confidence,
        "unreviewed": unreviewed,
    }
    if study is not None:
        _export_study(select_of_study(record, study, **asked), format, out)
        return
    found = select(record, **asked)
    if format not in OWN:
        _export_other(found, format, record, as_of, between, unreviewed, out)
    elif out == "-":
        export_events(found, format.value, sys.stdout.buffer)
    else:
        count = export_events(found, format.value, Path(out))
        typer.echo(f"{count} events written to {out}", err=True)


def _export_study(found: StudySelection, format: Format, out: str) -> None:
    import sys

    from dragoman.errors import UsageError
    from dragoman.studies.exporting import export_study

    if format not in OWN:
        raise UsageError(
            f"'{format.value}' holds PLOVER's types or codes alone. "
            f"Export a study as {', '.join(each.value for each in OWN)}."
        )
    count = export_study(found, format.value, sys.stdout.buffer if out == "-" else Path(out))
    if out != "-":
        typer.echo(f"{count} events written to {out}", err=True)


def _export_other(
    found: EventSelection,
    format: Format,
    record: Path,
    as_of: str | None,
    between: tuple[str, str] | None,
    unreviewed: bool,
    out: str,
) -> None:
    import sys

    from dragoman.errors import UsageError
    from dragoman.exchange.formats import FORMATS

    chosen = FORMATS[format.value]
    items: Iterable[Any] = found.with_coders()
    if chosen.unit == "incidents":
        items = _incidents(found, record, as_of, unreviewed)
    title = "Events" if between is None else _title(record, between)
    if out == "-":
        written = chosen(items, sys.stdout.buffer, title)
    else:
        try:
            with Path(out).open("wb") as stream:
                written = chosen(items, stream, title)
        except OSError as error:
            raise UsageError(f"{out} cannot be written ({error.strerror or error}). Give another file.") from error
    typer.echo(_told(written, out), err=True)


def _incidents(found: EventSelection, record: Path, as_of: str | None, unreviewed: bool) -> list[Any]:
    """The incidents that at least one of the selected events reports, with all their reports."""
    from dragoman.analysis.incidents import incidents_of
    from dragoman.record import Record

    table = found.arrow()
    wanted = set(zip(table["article_id"].to_pylist(), table["event_id"].to_pylist(), strict=True))
    opened = Record(record, as_of=as_of, reviewed=not unreviewed)
    return [
        each
        for each in sorted(incidents_of(opened), key=lambda each: each.order)
        if any((report.article.id, report.event.id) in wanted for report in each.reports)
    ]


def _title(record: Path, between: tuple[str, str]) -> str:
    """'North Korea and Russia'."""
    from dragoman.briefing.brief import find_subjects
    from dragoman.record import Record

    return " and ".join(subject.name for subject in find_subjects(Record(record), between))


def _told(written: Written, out: str) -> str:
    where = "" if out == "-" else f" to {out}"
    told = f"{written.rows} written{where}"
    if written.left_out:
        listed = ", ".join(f"{count} {reason}" for reason, count in sorted(written.left_out.items()))
        told += f"; left out, since the format cannot hold them: {listed}"
    return f"{told}."
