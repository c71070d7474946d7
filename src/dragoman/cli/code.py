"""`dragoman code`: articles in, a record (and JSON Lines) out, with progress and a closing summary."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import FastOption, MinConfidenceOption
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from dragoman.coding.coder import Coder
    from dragoman.model import Article, CodedArticle, CoderInfo, Problem
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
    fast: FastOption = False,
    min_confidence: MinConfidenceOption = None,
) -> None:
    """Code articles into a record: text, Markdown, HTML and JSON Lines, files and folders."""
    from dragoman.record.filters import checked_confidence

    if record is None and jsonl is None:
        raise UsageError("Nothing to write to: give --record DIR, --jsonl FILE, or both.")
    _check_outputs(paths, record, jsonl)
    asked = Asked(
        paths=paths,
        record=record,
        jsonl=jsonl,
        publisher=publisher,
        published=published,
        processes=processes,
        fresh=fresh,
        fast=fast,
        least=checked_confidence(min_confidence),
    )
    run = Run()
    try:
        with ExitStack() as stack:
            _run(run, stack, asked)
    except KeyboardInterrupt:
        run.interrupted = True
    _summary(run, asked)
    if run.interrupted:
        typer.echo(INTERRUPTED, err=True)
        raise typer.Exit(130)
    if run.failed:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asked for; `least` is the least confidence of the events that are kept."""

    paths: list[str]
    record: Path | None
    jsonl: str | None
    publisher: str | None
    published: str | None
    processes: int
    fresh: bool
    fast: bool
    least: float | None


@dataclass
class Run:
    """What one run has done so far.

    `superseded` are the articles that another coder had coded before, `unsure` the events that were not kept.
    """

    articles: int = 0
    superseded: int = 0
    present: int = 0
    events: int = 0
    unsure: int = 0
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


def _run(run: Run, stack: ExitStack, asked: Asked) -> None:
    import time

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

    articles = read(asked.paths, publisher=asked.publisher, published=asked.published, report=report)
    coder, info = _coder(asked)
    known: Record | None = None
    others: dict[str, str] = {}
    if asked.record is not None:
        record = Record(asked.record, create=True)
        writer = stack.enter_context(RecordWriter(record))
        if not asked.fresh:
            known, others = record, _coded_by_others(record, info)
    out = stack.enter_context(_output(asked.jsonl)) if asked.jsonl is not None else None
    progress, task = _progress(stack)
    wanted = _wanted(articles, known, others, info, run, report)
    for found in coder.code_many(wanted, processes=asked.processes, report=report):
        coded = _kept(found, asked.least, info)
        if coded.article.id in others:
            if not run.superseded:
                _tell_of_other(progress, others[coded.article.id], info)
            run.superseded += 1
        run.articles += 1
        run.events += len(coded.events)
        run.unsure += len(found.events) - len(coded.events)
        run.claims += len(coded.claims)
        if writer is not None:
            writer.add(coded)
        if out is not None:
            out.write(coded.to_json() + b"\n")
        run.seconds = time.monotonic() - started
        progress.update(task, advance=1, events=run.events, failed=run.failed, rate=f"{run.rate:.1f}")


def _coder(asked: Asked) -> tuple[Coder, CoderInfo]:
    """The coder, and what the record is to call it: with a least confidence it is another one, which keeps less."""
    import msgspec

    from dragoman.coding.coder import Coder
    from dragoman.knowledge.own import own_file

    actors = own_file(asked.record) if asked.record is not None else None
    coder = Coder(actors=actors, fast=asked.fast)
    if not asked.least:
        return coder, coder.info
    return coder, msgspec.structs.replace(coder.info, model=f"{coder.info.model}+from-{asked.least}")


def _kept(found: CodedArticle, least: float | None, info: CoderInfo) -> CodedArticle:
    """The coded article without the events that are less sure than asked for."""
    import msgspec

    if not least:
        return found
    return msgspec.structs.replace(found, events=tuple(e for e in found.events if e.confidence >= least), coder=info)


def _coded_by_others(record: Record, info: CoderInfo) -> dict[str, str]:
    """The articles whose current coding is by another coder, with its name."""
    names = record.sql("SELECT article_id, coder_model, coder_version FROM articles").to_pylist()
    return {
        row["article_id"]: _name(row["coder_model"], row["coder_version"])
        for row in names
        if (row["coder_model"], row["coder_version"]) != (info.model, info.version)
    }


def _name(model: str, version: str) -> str:
    return f"{model} of Dragoman {version}"


def _wanted(
    articles: Iterator[Article],
    known: Record | None,
    others: Collection[str],
    info: CoderInfo,
    run: Run,
    report: Callable[[Problem], None],
) -> Iterator[Article]:
    """The articles that this run has not seen and the record does not hold, coded by this coder.

    One id with two texts in one run is two articles: the second gets an id of its own, so that neither is lost. What
    another coder has coded since is coded again, although the record has a former coding of this one.
    """
    from dragoman.coding.distinct import distinct

    for article in distinct(articles, report):
        if known is not None and article.id not in others and known.has(article, info):
            run.present += 1
        else:
            yield article


def _tell_of_other(progress: Progress, other: str, info: CoderInfo) -> None:
    """Said before hours go into it: coding anew what a record already has."""
    from rich.markup import escape

    told = (
        f"The record has these articles as coded by {other}; they are coded again by "
        f"{_name(info.model, info.version)}. The former codings can still be read with --as-of."
    )
    progress.console.print(escape(told), soft_wrap=True)


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


def _summary(run: Run, asked: Asked) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from dragoman.briefing.wording import seen

    console = Console(stderr=asked.jsonl == "-")
    present = f"{run.present:,}" + (" (not written again; --fresh does that)" if asked.jsonl and run.present else "")
    table = Table("", "", show_header=False, box=None, pad_edge=False)
    table.add_row("Articles coded", f"{run.articles:,}")
    if run.superseded:
        table.add_row("Of them by another coder before", f"{run.superseded:,}")
    table.add_row("Already in the record", present)
    table.add_row("Events", f"{run.events:,}")
    if asked.least:
        table.add_row(f"Left out (confidence below {asked.least:g})", f"{run.unsure:,}")
    table.add_row("Claims", f"{run.claims:,}")
    table.add_row("Repaired while reading", f"{run.counts['repaired']:,}")
    table.add_row("Kept aside (failed)", f"{run.failed:,}")
    table.add_row("Time", f"{run.seconds:.1f} s ({run.rate:.1f} articles/s)")
    if asked.record is not None:
        table.add_row("Record", escape(str(asked.record)))
    console.print(table)
    errors = Console(stderr=True)
    for problem in run.problems:
        where = problem.source if problem.line is None else f"{problem.source}, line {problem.line}"
        where += f", field '{problem.field}'" if problem.field else ""
        told = seen(f"{problem.kind.capitalize()}: {where}: {problem.reason}")
        errors.print(escape(told), soft_wrap=True)
    rest = run.counts.total() - len(run.problems)
    if rest > 0:
        kept = "'dragoman failures' lists all" if asked.record else "--record DIR keeps them all"
        errors.print(f"... and {rest:,} more; {kept}.")
