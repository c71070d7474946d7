"""`dragoman watch`: news in from feeds, sitemaps, pages, folders and archives, for as long as it runs."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import FastOption, RecordOption

if TYPE_CHECKING:
    import threading
    from types import FrameType

    from dragoman.alerts import Alerter
    from dragoman.fetching.runlog import Round
    from dragoman.record import Record

SHOWN = 10


def watch(
    sources: Annotated[Path, typer.Argument(metavar="SOURCES.toml", help="Which sources to watch.")],
    record: RecordOption,
    once: Annotated[bool, typer.Option("--once", help="One round: what is due now, and end.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fetch and send nothing; print the alerts that the record would cause.")
    ] = False,
    jobs: Annotated[int, typer.Option("--jobs", metavar="N", min=1, max=64, help="Sources asked at a time.")] = 4,
    fast: FastOption = False,
) -> None:
    """Watch sources: fetch what is new, code it into the record, and tell who asked to be told."""
    from dragoman.alerts import Alerter
    from dragoman.fetching.intake import coder_for
    from dragoman.fetching.settings import load_settings
    from dragoman.fetching.state import only_one
    from dragoman.fetching.watching import Watch
    from dragoman.record import Record

    settings = load_settings(sources)
    if dry_run:
        _print_alerts(Alerter(settings.alerts, settings.watches, record), Record(record))
        return
    Record(record, create=True)
    with only_one(record):
        alerter = Alerter(settings.alerts, settings.watches, record, tell=_say) if settings.watches else None
        at_work = Watch(
            settings,
            record,
            make_coder=coder_for(record, fast=fast),
            jobs=jobs,
            alerts=alerter,
            tell=_say,
            report=_report,
        )
        if alerter is not None:
            alerter.start(at_work.record)
        with _ending(at_work.stop):
            at_work.run(once=once)


@contextmanager
def _ending(stop: threading.Event) -> Iterator[None]:
    """End cleanly at the first SIGINT or SIGTERM; a second one ends at once, which loses nothing either."""

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()
        # Not by way of `sys.stderr`: the signal may have come in the middle of a write to it.
        with suppress(OSError):
            os.write(2, b"Ending after the article in hand.\n")
        for name, handler in before.items():
            signal.signal(name, handler)

    before = {name: signal.signal(name, end) for name in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


def _report(done: Round) -> None:
    """A round in a line or two."""
    from dragoman.briefing.wording import one_line

    words = [f"{len(done.polled)} sources asked", f"{len(done.fetched)} fetched", f"{done.articles} articles"]
    words += [f"{done.events} events"]
    words += [f"{len(done.skipped)} skipped"] if done.skipped else []
    words += [f"{len(done.failed)} failed"] if done.failed else []
    words += [f"{done.alerts} messages sent"] if done.alerts else []
    _say(f"{done.ended}: {', '.join(words)}")
    for each in (done.failed + done.skipped)[:SHOWN]:
        again = f" Tried again after {each.again}." if each.again else ""
        _say(one_line(f"  {each.source}: {each.url}: {each.why}{again}"))
    rest = len(done.failed) + len(done.skipped) - SHOWN
    if rest > 0:
        _say(f"  ... and {rest} more; runs.jsonl in the record has all.")


def _print_alerts(alerter: Alerter, record: Record) -> None:
    messages = alerter.would_send(record)
    for message in messages:
        typer.echo(f"{message.title}\n{message.body}\n")
    if not messages:
        typer.echo("Nothing in the record meets a [[watch]] and is recent.")


def _say(line: str) -> None:
    typer.echo(line, err=True)
