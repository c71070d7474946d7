"""`dragoman code`: articles in, a record (and JSON Lines) out, with progress and a closing summary."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer

from dragoman.cli.code_shown import SHOWN_PROBLEMS, Asked, Run, progress_shown, summary
from dragoman.cli.options import FastOption, MinConfidenceOption
from dragoman.errors import UsageError

if TYPE_CHECKING:
    from rich.progress import Progress

    from dragoman.coding.parallel import Setup
    from dragoman.model import Article, CodedArticle, CoderInfo, Problem
    from dragoman.record import Record, RecordWriter

INTERRUPTED = "Interrupted. What was coded is kept in the record; the same command again codes the rest."


def code(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, s3:// addresses; '-' for standard input.", show_default=False),
    ],
    record: Annotated[
        str | None,
        typer.Option("--record", metavar="DIR", help="Folder or s3:// address of the record; made if missing."),
    ] = None,
    jsonl: Annotated[
        str | None, typer.Option("--jsonl", metavar="FILE", help="Write coded articles; '-' for standard output.")
    ] = None,
    publisher: Annotated[str | None, typer.Option(help="Publisher of articles that do not name theirs.")] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="Day of articles that do not give theirs.")
    ] = None,
    processes: Annotated[int, typer.Option(min=1, help="Processes to code on.")] = 1,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="Ray cluster to code on: auto, HOST:PORT, ray://HOST:PORT or local."),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Code again what is in the record already.")] = False,
    fast: FastOption = False,
    min_confidence: MinConfidenceOption = None,
) -> None:
    """Code articles into a record: text, pages, JSON Lines, Parquet, archives; files, folders, object storage."""
    from dragoman.record.filters import checked_confidence

    if record is None and jsonl is None:
        raise UsageError("Nothing to write to: give --record DIR, --jsonl FILE, or both.")
    if cluster is not None and processes > 1:
        raise UsageError("--processes is for one machine; a cluster codes on all of its processors. Leave it out.")
    if cluster is not None and "-" in paths:
        raise UsageError("A cluster cannot read standard input; give files, folders or s3:// addresses.")
    _check_outputs(paths, record, jsonl)
    asked = Asked(
        paths=paths,
        record=record,
        jsonl=jsonl,
        publisher=publisher,
        published=published,
        processes=processes,
        cluster=cluster,
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
    summary(run, asked)
    if run.interrupted:
        typer.echo(INTERRUPTED, err=True)
        raise typer.Exit(130)
    if run.failed:
        raise typer.Exit(1)


def _check_outputs(paths: list[str], record: str | None, jsonl: str | None) -> None:
    """What is written must not lie among what is read: it would be emptied first, or read as articles the next time."""
    outputs = [*([record] if record else []), *([jsonl] if jsonl and jsonl != "-" else [])]
    for out in outputs:
        for path in paths:
            below = _below(out, path)
            if below is None or any(part.startswith(".") for part in below):
                continue
            where = f"lies in '{path}', which is read for articles" if below else "is what is read"
            raise UsageError(f"'{out}' {where}; name another place to write to.")


def _below(target: str, source: str) -> tuple[str, ...] | None:
    """The names from one place down to another, none for the same place; None where it does not lie in it."""
    from dragoman.object_store import is_address, parse_address

    if source == "-" or is_address(target) != is_address(source):
        return None
    if is_address(target):
        inner, outer = (Path("/", *parse_address(one)) for one in (target, source))
    else:
        inner, outer = Path(target).resolve(), Path(source).resolve()
    return inner.relative_to(outer).parts if inner.is_relative_to(outer) else None


def _run(run: Run, stack: ExitStack, asked: Asked) -> None:
    import time

    from dragoman.coding.coder import Coder
    from dragoman.reading import read
    from dragoman.record import Record

    started = time.monotonic()
    writer: RecordWriter | None = None

    def report(problem: Problem) -> None:
        run.counts[problem.kind] += 1
        if len(run.problems) < SHOWN_PROBLEMS:
            run.problems.append(problem)
        if writer is not None:
            writer.problem(problem)

    # Names every bad path before anything is written; on a cluster it is read by others.
    articles = read(asked.paths, publisher=asked.publisher, published=asked.published, report=report)
    if asked.cluster is not None:
        _join(stack, asked)
    setup, info = _coder(asked, stack)
    coder = None if asked.cluster is not None else Coder(setup.pipeline, setup.actors, fast=setup.fast)
    known: Record | None = None
    others: dict[str, str] = {}
    if asked.record is not None:
        record = Record(asked.record, create=True)
        writer = stack.enter_context(_writer(record, asked))
        if not asked.fresh:
            known = record
            others = {one: _name(by.model, by.version) for one, by in record.coded_by_others(info).items()}
    out = stack.enter_context(_output(asked.jsonl)) if asked.jsonl is not None else None
    progress, task = progress_shown(stack)
    if coder is None:
        results = _on_cluster(asked, setup, info, known, others, run, report)
    else:
        wanted = _wanted(articles, known, others, info, run, report)
        results = coder.code_many(wanted, processes=asked.processes, report=report)
    for found in results:
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


def _coder(asked: Asked, stack: ExitStack) -> tuple[Setup, CoderInfo]:
    """What the coder is made of, and what the record is to call it: with a least confidence it is another one."""
    import msgspec

    from dragoman.coding.coder import coder_info
    from dragoman.coding.language import DEFAULT_PIPELINE
    from dragoman.coding.parallel import Setup

    setup = Setup(DEFAULT_PIPELINE, _own_actors(asked.record, stack), asked.fast)
    info = coder_info(setup.pipeline, setup.actors, fast=setup.fast)
    if not asked.least:
        return setup, info
    return setup, msgspec.structs.replace(info, model=f"{info.model}+from-{asked.least}")


def _own_actors(record: str | None, stack: ExitStack) -> Path | None:
    """The user's file of actors beside the record, brought here from object storage."""
    from tempfile import TemporaryDirectory

    from dragoman.knowledge.own import IMPORTED_FILE, OWN_FILE, own_file
    from dragoman.object_store import is_address
    from dragoman.record.home import home_of

    if record is None:
        return None
    if not is_address(record):
        return own_file(Path(record))
    folder = Path(stack.enter_context(TemporaryDirectory(prefix="dragoman-")))
    for name in (OWN_FILE, IMPORTED_FILE):
        content = home_of(record).read(name)
        if content is not None:
            (folder / name).write_bytes(content)
    return own_file(folder)


def _writer(record: Record, asked: Asked) -> RecordWriter:
    """On a cluster, more at once: an append takes about as long for many articles as for few."""
    from dragoman.record import RecordWriter

    return RecordWriter(record, articles=2_000, seconds=60) if asked.cluster is not None else RecordWriter(record)


def _join(stack: ExitStack, asked: Asked) -> None:
    """Connect to the cluster, before time goes into anything else."""
    from dragoman.cluster import connected

    stack.enter_context(connected(asked.cluster or ""))


def _on_cluster(
    asked: Asked,
    setup: Setup,
    info: CoderInfo,
    known: Record | None,
    others: Collection[str],
    run: Run,
    report: Callable[[Problem], None],
) -> Iterator[CodedArticle]:
    """Code on the cluster that was joined."""
    from dragoman.cluster import Job, code_on_cluster
    from dragoman.coding.coder import coder_info

    job = Job(
        paths=asked.paths,
        publisher=asked.publisher,
        published=asked.published,
        setup=setup,
        coder=coder_info(setup.pipeline, setup.actors, fast=setup.fast),
        known_as=info,
        record=known.where if known is not None else None,
        others=sorted(others),
    )
    for done in code_on_cluster(job):
        run.present += done.present
        for problem in done.problems:
            report(problem)
        yield from done.coded


def _kept(found: CodedArticle, least: float | None, info: CoderInfo) -> CodedArticle:
    """The coded article without the events that are less sure than asked for."""
    import msgspec

    if not least:
        return found
    return msgspec.structs.replace(found, events=tuple(e for e in found.events if e.confidence >= least), coder=info)


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
