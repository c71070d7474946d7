"""`dragoman events`: the events of a record as a table that a person reads, or as JSON Lines or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import (
    AsOfOption,
    BetweenOption,
    RecordOption,
    SinceOption,
    SourceOption,
    StatusOption,
    TypeOption,
    UntilOption,
)

if TYPE_CHECKING:
    from dragoman.model import ReportedEvent


def events(
    record: RecordOption,
    between: BetweenOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    type: TypeOption = None,
    status: StatusOption = None,
    source: SourceOption = None,
    as_of: AsOfOption = None,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of a table.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV instead of a table.")] = False,
) -> None:
    """List events: when, what, who to whom, whether it took place, according to whom, in which words."""
    import sys

    from dragoman.errors import UsageError
    from dragoman.exchange.export import export_events
    from dragoman.record import Record

    if json and csv:
        raise UsageError("Choose one of --json and --csv.")
    found = Record(record, as_of=as_of).events(
        between=between, since=since, until=until, types=type or (), statuses=status or (), source=source
    )
    if json or csv:
        export_events(found, "jsonl" if json else "csv", sys.stdout.buffer)
    else:
        _print(list(found))


def _print(found: list[ReportedEvent]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import according_to, clause, date_words, sides

    console = Console()
    if not found:
        console.print("No event matches.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", expand=True)
    wide = console.width >= 80
    table.add_column("date", no_wrap=True)
    table.add_column("type", no_wrap=True)
    table.add_column("who → whom", width=max(console.width // 5, 15) if wide else None, overflow="fold")
    table.add_column("according to", width=max(console.width // 6, 13) if wide else None, overflow="fold")
    table.add_column("clause", ratio=1 if wide else None, overflow="fold")
    table.add_column("event", no_wrap=True)
    for each in found:
        event = each.event
        kind = event.type if event.status == "actual" else f"{event.type}\n{event.status}"
        table.add_row(
            *map(Text, (date_words(event.date), kind, sides(event), according_to(each), clause(event), event.id[:8]))
        )
    console.print(table)
    console.print(f"{len(found)} events. 'dragoman show EVENT --record DIR' shows one in its sentence.")
