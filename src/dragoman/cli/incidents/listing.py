"""`dragoman incidents`: the incidents of a record as a table that a person reads, or as JSON Lines or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import AsOfOption, BetweenOption, SinceOption, TypeOption, UnreviewedOption, UntilOption

if TYPE_CHECKING:
    from rich.text import Text

    from dragoman.analysis.incidents import Incident
    from dragoman.record import Record

StandingOption = Annotated[
    list[str] | None,
    typer.Option("--standing", metavar="WORD", help="Only what took place, is contested ...; may be given again."),
]


def incidents(
    context: typer.Context,
    record: Annotated[Path | None, typer.Option("--record", help="Folder of the record.", show_default=False)] = None,
    between: BetweenOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    type: TypeOption = None,
    standing: StandingOption = None,
    as_of: AsOfOption = None,
    unreviewed: UnreviewedOption = False,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of a table.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV instead of a table.")] = False,
) -> None:
    """List incidents: when and where, what, between whom, how it stands, and on how many independent words."""
    import sys

    from dragoman.errors import UsageError
    from dragoman.exchange.incidents import write_incidents_csv, write_incidents_jsonl
    from dragoman.record import Record

    if context.invoked_subcommand is not None:
        return
    if record is None:
        raise UsageError("Name the folder of the record with --record.")
    if json and csv:
        raise UsageError("Choose one of --json and --csv.")
    opened = Record(record, as_of=as_of, reviewed=not unreviewed)
    found = _selected(opened, between, since, until, type or [], standing or [])
    if json:
        write_incidents_jsonl(found, sys.stdout.buffer)
    elif csv:
        write_incidents_csv(found, sys.stdout.buffer)
    else:
        _print(found)


def _selected(
    record: Record,
    between: tuple[str, str] | None,
    since: str | None,
    until: str | None,
    types: list[str],
    standings: list[str],
) -> list[Incident]:
    from typing import get_args

    from dragoman.analysis.incidents import Standing, choose, incidents_of
    from dragoman.briefing.brief import find_subjects
    from dragoman.errors import UsageError
    from dragoman.record.filters import checked

    filters = checked(since=since, until=until, types=types)
    unknown = [word for word in standings if word not in get_args(Standing)]
    if unknown:
        raise UsageError(f"There is no standing '{unknown[0]}'. There are: {', '.join(get_args(Standing))}.")
    sides = None
    if between is not None:
        one, other = find_subjects(record, between)
        sides = one.holds, other.holds
    return choose(
        incidents_of(record),
        between=sides,
        since=filters.since,
        until=filters.until,
        types=filters.types,
        standings=standings,
    )


def _print(found: list[Incident]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import date_words

    console = Console()
    if not found:
        console.print("No incident matches.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("date", no_wrap=True)
    table.add_column("type", no_wrap=True)
    table.add_column("between whom, in which words, on whose", overflow="fold", ratio=1)
    for incident in found:
        date = date_words(incident.date)
        days = Text(date.replace(" to ", "\nto ", 1) if len(date) > 12 else date)
        table.add_row(days, Text(f"{incident.type}\n{incident.standing}"), _told(incident))
    console.print(table)
    console.print(f"{len(found)} incidents. 'dragoman show INCIDENT --record DIR' says why its reports are one.")


def _told(incident: Incident) -> Text:
    from rich.text import Text

    from dragoman.briefing.wording import clause, one_line, side_words
    from dragoman.cli.incidents.wording import count_words

    arrow = "↔" if incident.symmetric else "→"
    told = Text(f"{side_words(incident.actors)} {arrow} {side_words(incident.recipients)}", style="bold")
    place = incident.place
    if place is not None:
        told.append(f", {one_line(place.name or place.text)}", style="not bold")
    told.append(f"\n“{clause(incident.event)}”\n", style="not bold")
    told.append(f"{count_words(incident)} [{incident.id}]", style="not bold dim")
    return told
