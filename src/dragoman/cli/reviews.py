"""`dragoman reviews`: what persons decided about events, how right the coder's events are, and the labels out of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import RecordOption

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.record import Record
    from dragoman.record.accuracy import Accuracy, Precision
    from dragoman.record.reviewed import Reviewed
    from dragoman.record.reviews import Verdict


def reviews(
    record: RecordOption,
    jsonl: Annotated[
        Path | None, typer.Option("--jsonl", metavar="FILE", help="Write the articles with their events, as labels.")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="With --jsonl: only articles all of whose events were decided about.")
    ] = False,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write every decision, one a row.")] = None,
    sample: Annotated[
        int, typer.Option("--sample", metavar="N", min=1, help="The size of the random sample whose figures are told.")
    ] = 100,
    seed: Annotated[int, typer.Option("--seed", metavar="N", help="The seed of the random sample.")] = 1,
) -> None:
    """List what persons decided about events, and how right the coder is by it."""
    from dragoman.errors import UsageError
    from dragoman.record import Record

    if whole and jsonl is None:
        raise UsageError("--whole says which articles --jsonl writes. Name a file with --jsonl.")
    opened = Record(record)
    reviewed = opened.reviewed()
    if jsonl is not None or csv is not None:
        _write(opened, reviewed, jsonl, csv, whole=whole)
        return
    _print(reviewed, opened, sample, seed)


def _write(record: Record, reviewed: Reviewed, jsonl: Path | None, csv: Path | None, *, whole: bool) -> None:
    from dragoman.errors import UsageError
    from dragoman.exchange.labels import labelled, write_reviews_csv
    from dragoman.json_lines import write_lines
    from dragoman.record.reviews import read_reviews

    if jsonl is not None:
        coded = _coded(record)
        ids = {verdict.article for verdict in (*reviewed.verdicts.values(), *reviewed.lost)}
        articles = [record.article(key) for key in sorted(ids & coded.keys())]
        number = write_lines(jsonl, labelled(reviewed, articles, coded, whole=whole))
        typer.echo(f"{number} articles written to {jsonl}.", err=True)
    if csv is not None:
        made = read_reviews(record.path)
        try:
            with csv.open("wb") as out:
                write_reviews_csv(made, reviewed.lost, out)
        except OSError as error:
            raise UsageError(f"{csv} cannot be written ({error.strerror}). Give another file.") from error
        typer.echo(f"{len(made)} decisions written to {csv}.", err=True)


def _coded(record: Record) -> dict[str, list[str]]:
    """The ids of the coder's own events by article, for every article of the record."""
    from dragoman.record import Record

    rows = Record(record.path, reviewed=False).sql(
        "SELECT article_id, list(event_id) FILTER (event_id IS NOT NULL) AS ids"
        " FROM articles LEFT JOIN events USING (article_id) GROUP BY article_id"
    )
    return {row["article_id"]: row["ids"] or [] for row in rows.to_pylist()}


def _print(reviewed: Reviewed, record: Record, size: int, seed: int) -> None:
    from rich.console import Console

    from dragoman.record.accuracy import accuracy, sampled

    console = Console()
    found = sorted(reviewed.verdicts.items(), key=lambda item: (item[1].last.when, item[0]))
    if not found and not reviewed.lost:
        console.print("Nobody has decided about an event. 'dragoman serve' opens the pages to do so.")
        return
    _print_decisions(console, found)
    if reviewed.lost:
        console.print("\nLost their event (kept, and in force again when a coding brings it back):\n")
        _print_decisions(console, [(verdict.event.id, verdict) for verdict in reviewed.lost])
    sample = sampled((key for ids in _coded(record).values() for key in ids), size, seed)
    drawn = [reviewed.verdicts[key] for key in sample if key in reviewed.verdicts]
    state = "complete" if len(drawn) == len(sample) else "state its figures when all are decided"
    console.print(f"\nRandom sample (seed {seed}): {len(drawn)} of {len(sample)} decided, {state}.\n")
    _print_accuracy(console, accuracy(drawn))
    console.print("\nAll decisions; doubtful events come first, so these are no figures of the record.\n")
    _print_accuracy(console, accuracy(reviewed.verdicts.values()))


def _print_decisions(console: object, found: Iterable[tuple[str, Verdict]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import event_words, one_line

    assert isinstance(console, Console)
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("when", no_wrap=True)
    table.add_column("who", overflow="fold", max_width=14)
    table.add_column("event", no_wrap=True)
    table.add_column("decision", no_wrap=True)
    table.add_column("what", overflow="fold", ratio=1)
    for key, verdict in found:
        last = verdict.last
        left = verdict.result() or verdict.event
        what = event_words(left) + (f" ({', '.join(last.changes.fields)})" if last.changes else "")
        because = f": {one_line(last.because)}" if last.because else ""
        table.add_row(last.when[:10], Text(one_line(last.who)), Text(key), verdict.state, Text(what + because))
    console.print(table)


def _print_accuracy(console: object, rows: Sequence[Accuracy]) -> None:
    from rich.console import Console
    from rich.table import Table

    assert isinstance(console, Console)
    if not rows:
        console.print("Nothing is decided yet.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("as coded", no_wrap=True)
    for name in ("decided", "right", "detail", "other", "none"):
        table.add_column(name, justify="right")
    table.add_column("event right", justify="right", no_wrap=True)
    table.add_column("all right", justify="right", no_wrap=True)
    for row in rows:
        counts = (row.decided, row.accepted, row.details, row.other, row.rejected)
        table.add_row(row.type or "all types", *map(str, counts), _share(row.event), _share(row.exact))
    console.print(table)


def _share(precision: Precision) -> str:
    if precision.share is None:
        return "none"
    return f"{precision.share:.2f} ({precision.low:.2f}–{precision.high:.2f})"
