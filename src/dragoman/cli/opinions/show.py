"""`dragoman opinions show`: what models said about events, beside what Dragoman coded; labelled data with --jsonl."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import RecordOption

if TYPE_CHECKING:
    from dragoman.model import ReportedEvent
    from dragoman.opinions.kept import Opinion

CoderOption = Annotated[
    str | None, typer.Option("--model", metavar="NAME", help="Only of this model, or of 'llm:MODEL@HOST'.")
]


def show(
    record: RecordOption,
    model: CoderOption = None,
    differing: Annotated[
        bool, typer.Option("--differing", help="Only where the model sees it otherwise, the furthest off first.")
    ] = False,
    jsonl: Annotated[
        Path | None, typer.Option("--jsonl", metavar="FILE", help="Write the answers as labelled sentences instead.")
    ] = None,
) -> None:
    """List the opinions of models on events."""
    from dragoman.json_lines import write_lines
    from dragoman.opinions.labels import labels
    from dragoman.opinions.standing import compare, distance

    found, lost = placed(record, model, reviewed=True)
    if differing:
        found = [(each, o) for each, o in found if o.answer is not None and not compare(each.event, o.answer).agrees]
        found.sort(key=lambda pair: -distance(pair[0].event, pair[1].answer) if pair[1].answer else 0.0)
    if jsonl is not None:
        told = [opinion for _, opinion in found] + ([] if differing else lost)
        number = write_lines(jsonl, labels(told))
        typer.echo(f"{number} labelled sentences written to {jsonl}.", err=True)
        return
    _print(found, lost, differing=differing)


def placed(
    folder: Path, model: str | None, *, reviewed: bool
) -> tuple[list[tuple[ReportedEvent, Opinion]], list[Opinion]]:
    """Opinions with their events as these are now, in order of the events, and those that lost theirs.

    `reviewed` says whether events are as persons left them. Raises `UsageError` for a model that was never asked.
    """
    from dragoman.errors import UsageError
    from dragoman.opinions.kept import read_opinions
    from dragoman.opinions.standing import opinions_of
    from dragoman.record import Record

    record = Record(folder, reviewed=reviewed)
    made = read_opinions(record.path)
    coders = sorted({opinion.coder for opinion in made})
    wanted = {opinion.coder for opinion in made if model in (None, opinion.coder, opinion.model)}
    if model is not None and not wanted:
        known = f" These were: {', '.join(coders)}." if coders else " 'dragoman opinions ask' asks one."
        raise UsageError(f"No model '{model}' was asked about this record.{known}")
    events = record.reported() if made else []
    by_event = opinions_of(record, events)
    found = [(each, o) for each in events for o in by_event.get(each.event.id, ()) if o.coder in wanted]
    kept = {o.key for opinions in by_event.values() for o in opinions}
    latest = {(o.coder, o.article, o.event.id): o for o in made if o.coder in wanted}
    return found, [o for o in latest.values() if o.key not in kept]


def _print(found: list[tuple[ReportedEvent, Opinion]], lost: list[Opinion], *, differing: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import clause, sides, type_words
    from dragoman.opinions.words import opinion_words, reason_words

    console = Console()
    if not found and not lost:
        none = "No model sees an event otherwise." if differing else "No model was asked."
        console.print(f"{none} 'dragoman opinions ask' asks one.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("event", no_wrap=True)
    table.add_column("as coded, and the second coder", overflow="fold", ratio=1)
    for each, opinion in found:
        event = each.event
        told = Text(f"{type_words(event)}, {event.status}: {sides(event)}", style="bold")
        told.append(f"\n“{clause(event)}”\n", style="not bold")
        told.append(opinion_words(opinion, event), style="not bold")
        reason = reason_words(opinion)
        told.append(f". “{reason}”" if reason else "", style="not bold dim")
        table.add_row(Text(f"{event.id[:8]}\n{event.confidence:.2f}"), told)
    console.print(table)
    console.print(f"{len(found)} opinions.", highlight=False)
    if lost:
        console.print(
            f"{len(lost)} more lost their event: the coder of today does not find it, or a person rejected it."
        )
