"""`dragoman code`: articles in, a record (and JSON Lines) out, with progress and a closing summary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from dragoman.model import Article, CoderInfo, Problem
    from dragoman.record import Record

SHOWN_PROBLEMS = 10
INTERRUPTED = "Interrupted. What was coded is kept in the record; the same command again codes the rest."


def code(
    paths: Annotated[list[str], typer.Argument(help="Files and folders; '-' for standard input.", show_default=False)],
    record: Annotated[Path | None, typer.Option("--record", help="Folder of the record; made if missing.")] = None,
    jsonl: Annotated[
        str | None, typer.Option("--jsonl", metavar="FILE", help="Write coded articles; '-' for standard output.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher of articles that do not name theirs.")] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of articles that do not give theirs.")
    ] = None,
    processes: Annotated[int, typer.Option(min=1, help="Processes to code on.")] = 1,
    fresh: Annotated[bool, typer.Option("--fresh", help="Code again what is in the record already.")] = False,
) -> None:
    """Code articles into a record: text, Markdown, HTML and JSON Lines, files and folders."""
    if record is None and jsonl is None:
        raise UsageError("Nothing to write to: give --record DIR, --jsonl FILE, or both.")
    _check_outputs(paths, record, jsonl)
    run = Run()
    try:
        with ExitStack() as stack:
            _run(run, stack, paths, record, jsonl, publisher, published, processes, fresh)
    except KeyboardInterrupt:
        run.interrupted = True
    _summary(run, record, jsonl)
    if run.interrupted:
        typer.echo(INTERRUPTED, err=True)
        raise typer.Exit(130)
    if run.failed:
        raise typer.Exit(1)


@dataclass
class Run:
    """What one run has done so far."""

    articles: int = 0
    present: int = 0
    events: int = 0
    claims: int = 0
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def failed(self) -> int:
        """How many inputs were kept aside."""
        return self.counts["failed"]

    @property
    def rate(self) -> float:
        """Articles coded a second."""
        return self.articles / max(self.seconds, 1e-6)


def _check_outputs(paths: list[str], record: Path | None, jsonl: str | None) -> None:
    """What is written must not lie among what is read: it would be emptied first, or read as articles the next time."""
    outputs = [*([record] if record else []), *([Path(jsonl)] if jsonl and jsonl != "-" else [])]
    for out in outputs:
        for path in paths:
            target, source = out.resolve(), Path(path).resolve()
            if path == "-" or not target.is_relative_to(source):
                continue
            if not any(part.startswith(".") for part in target.relative_to(source).parts):
                where = "is what is read" if target == source else f"lies in '{path}', which is read for articles"
                raise UsageError(f"'{out}' {where}; name another place to write to.")


def _run(
    run: Run,
    stack: ExitStack,
    paths: list[str],
    folder: Path | None,
    jsonl: str | None,
    publisher: str | None,
    published: str | None,
    processes: int,
    fresh: bool,
) -> None:
    import time

    from dragoman.coding.coder import Coder
    from dragoman.knowledge.own import own_file
    from dragoman.reading import read
    from dragoman.record import Record, RecordWriter

    started = time.monotonic()
    writer: RecordWriter | None = None

    def report(problem: Problem) -> None:
        run.counts[problem.kind] += 1
        if len(run.problems) < SHOWN_PROBLEMS:
            run.problems.append(problem)
        if writer is not None:
            writer.problem(problem)

    articles = read(paths, publisher=publisher, published=published, report=report)
    coder = Coder(actors=own_file(folder) if folder is not None else None)
    known: Record | None = None
    if folder is not None:
        known = Record(folder, create=True)
        writer = stack.enter_context(RecordWriter(known))
    out = stack.enter_context(_output(jsonl)) if jsonl is not None else None
    progress, task = _progress(stack)
    wanted = _wanted(articles, known if not fresh else None, coder.info, run, report)
    for coded in coder.code_many(wanted, processes=processes, report=report):
        run.articles += 1
        run.events += len(coded.events)
        run.claims += len(coded.claims)
        if writer is not None:
            writer.add(coded)
        if out is not None:
            out.write(coded.to_json() + b"\n")
        run.seconds = time.monotonic() - started
        progress.update(task, advance=1, events=run.events, failed=run.failed, rate=f"{run.rate:.1f}")


def _wanted(
    articles: Iterator[Article], known: Record | None, coder: CoderInfo, run: Run, report: object
) -> Iterator[Article]:
    """The articles that this run has not seen and the record does not hold.

    One id with two texts in one run is two articles: the second gets an id of its own, so that neither is lost.
    """
    from dragoman.coding.distinct import distinct

    for article in distinct(articles, report):  # type: ignore[arg-type]
        if known is not None and known.has(article, coder):
            run.present += 1
        else:
            yield article


def _output(jsonl: str) -> IO[bytes]:
    if jsonl == "-":
        return open(sys.stdout.fileno(), "wb", closefd=False)
    try:
        return open(jsonl, "wb")
    except OSError as error:
        raise UsageError(f"Cannot write {jsonl}: {error.strerror}.") from error


def _progress(stack: ExitStack) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    progress = Progress(
        SpinnerColumn(),
        TextColumn("{task.completed} articles"),
        TextColumn("{task.fields[rate]}/s"),
        TextColumn("{task.fields[events]} events"),
        TextColumn("{task.fields[failed]} failed"),
        TimeElapsedColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    stack.enter_context(progress)
    return progress, progress.add_task("code", total=None, rate="0", events=0, failed=0)


def _summary(run: Run, record: Path | None, jsonl: str | None) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from dragoman.briefing.wording import seen

    console = Console(stderr=jsonl == "-")
    present = f"{run.present:,}" + (" (not written again; --fresh does that)" if jsonl and run.present else "")
    table = Table("", "", show_header=False, box=None, pad_edge=False)
    table.add_row("Articles coded", f"{run.articles:,}")
    table.add_row("Already in the record", present)
    table.add_row("Events", f"{run.events:,}")
    table.add_row("Claims", f"{run.claims:,}")
    table.add_row("Repaired while reading", f"{run.counts['repaired']:,}")
    table.add_row("Kept aside (failed)", f"{run.failed:,}")
    table.add_row("Time", f"{run.seconds:.1f} s ({run.rate:.1f} articles/s)")
    if record is not None:
        table.add_row("Record", escape(str(record)))
    console.print(table)
    errors = Console(stderr=True)
    for problem in run.problems:
        where = problem.source if problem.line is None else f"{problem.source}, line {problem.line}"
        where += f", field '{problem.field}'" if problem.field else ""
        told = seen(f"{problem.kind.capitalize()}: {where}: {problem.reason}")
        errors.print(escape(told), soft_wrap=True)
    rest = run.counts.total() - len(run.problems)
    if rest > 0:
        kept = "'dragoman failures' lists all" if record else "--record DIR keeps them all"
        errors.print(f"... and {rest:,} more; {kept}.")
