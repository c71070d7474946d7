"""`dragoman events`: the events of a record as a table that a person reads, or as JSON Lines or CSV."""

from __future__ import annotations

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
    from rich.text import Text

    from dragoman.model import Event, ReportedEvent


def events(
    record: RecordOption,
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
    json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of a table.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV instead of a table.")] = False,
) -> None:
    """List events: when, what, who to whom, whether it took place, according to whom, in which words."""
    import sys

    from dragoman.cli.selection import select, select_of_study
    from dragoman.errors import UsageError
    from dragoman.exchange.export import export_events

    if json and csv:
        raise UsageError("Choose one of --json and --csv.")
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
        chosen = select_of_study(record, study, **asked)
        if json or csv:
            from dragoman.studies.exporting import export_study

            export_study(chosen, "jsonl" if json else "csv", sys.stdout.buffer)
        else:
            _print(list(chosen), study)
        return
    found = select(record, **asked)
    if json or csv:
        export_events(found, "jsonl" if json else "csv", sys.stdout.buffer)
    else:
        _print(list(found))


def _print(found: list[ReportedEvent], study: str | None = None) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import according_to, clause, date_words, sides

    console = Console()
    if not found:
        console.print("No event matches.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("date", no_wrap=True)
    table.add_column("type", no_wrap=True)
    table.add_column("who → whom, in which words, according to whom", overflow="fold", ratio=1)
    for each in found:
        event = each.event
        told = Text(sides(event), style="bold")
        told.append(f"\n“{clause(event)}”\n", style="not bold")
        told.append(f"{according_to(each)} [{event.id[:8]}]", style="not bold dim")
        if study is not None:
            told.append(f"\nPLOVER: {_in_plover(event)}", style="not bold dim")
        table.add_row(_lines(date_words(event.date)), Text(f"{event.type}\n{event.status}"), told)
    console.print(table)
    if study is not None:
        console.print(f"{len(found)} events of the study '{study}'.")
    else:
        console.print(f"{len(found)} events. 'dragoman show EVENT --record DIR' shows one in its paragraph.")


def _in_plover(event: Event) -> str:
    """What PLOVER makes of a study's event: 'SANCTION [e1234567]'."""
    from dragoman.studies.events import StudyEvent

    if not isinstance(event, StudyEvent) or event.plover_event is None:
        return "no event"
    return f"{event.plover_type} [{event.plover_event[:8]}]"


def _lines(date: str) -> Text:
    """A span of days on two lines, so that the column stays narrow."""
    from rich.text import Text

    return Text(date.replace(" to ", "\nto ", 1) if len(date) > 12 else date)
