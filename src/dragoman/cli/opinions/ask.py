"""`dragoman opinions ask`: the one verb that sends sentences of a record to a language model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import (
    BetweenOption,
    MinConfidenceOption,
    RecordOption,
    SinceOption,
    SourceOption,
    StatusOption,
    TypeOption,
    UntilOption,
)

if TYPE_CHECKING:
    from dragoman.model import ReportedEvent
    from dragoman.opinions.address import Endpoint
    from dragoman.opinions.asking import Run
    from dragoman.opinions.completions import Completions
    from dragoman.opinions.kept import Known
    from dragoman.opinions.question import Question

SAMPLED = 20
"""Questions whose size is looked at to tell what all may cost."""
TYPICAL_ANSWER = 120  # tokens


def ask(
    address: Annotated[
        str,
        typer.Argument(
            metavar="ADDRESS", help="An OpenAI-compatible server, as http://127.0.0.1:11434/v1.", show_default=False
        ),
    ],
    record: RecordOption,
    model: Annotated[str, typer.Option("--model", metavar="NAME", help="The model, as the server calls it.")],
    below: Annotated[
        float, typer.Option("--below", metavar="X", help="Only events of less confidence than this (0 to 1).")
    ] = 0.6,
    between: BetweenOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    type: TypeOption = None,
    status: StatusOption = None,
    source: SourceOption = None,
    min_confidence: MinConfidenceOption = None,
    budget_requests: Annotated[
        int | None, typer.Option("--budget-requests", metavar="N", min=0, help="Send no more requests than this.")
    ] = None,
    budget_tokens: Annotated[
        int | None,
        typer.Option("--budget-tokens", metavar="N", min=0, help="Spend no more tokens, asked and answered."),
    ] = None,
    answer_tokens: Annotated[
        int,
        typer.Option(
            "--answer-tokens",
            metavar="N",
            min=50,
            max=1_000_000,
            help="The longest answer; models that reason first need more.",
        ),
    ] = 500,
    key_from: Annotated[
        str | None,
        typer.Option("--key-from", metavar="VARIABLE", help="The environment variable that holds the key."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0.1, max=86_400, help="How long to wait for an answer.")
    ] = 60.0,
    again: Annotated[
        bool, typer.Option("--again", help="Ask anew where the model refused or its answer was of no use.")
    ] = False,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Let articles and key go over the internet without encryption.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Send nothing; print how much would be asked, and one whole question.")
    ] = False,
) -> None:
    """Ask a language model about doubtful events; sentences of the articles go to that server.

    What it says is kept in the record as another coder's opinion and changes nothing that was coded. Nothing is asked
    twice, also after an interruption.
    """
    from dragoman.cli.selection import select
    from dragoman.errors import UsageError
    from dragoman.opinions.address import completions_of, find_endpoint
    from dragoman.opinions.asking import doubtful
    from dragoman.opinions.budget import Budget
    from dragoman.opinions.completions import Completions, coder_name
    from dragoman.opinions.kept import Known, only_one, read_opinions
    from dragoman.opinions.marks import Reader
    from dragoman.opinions.question import make_question
    from dragoman.opinions.wording import load_wording
    from dragoman.record import Record

    if not 0 < below <= 1:
        raise UsageError(f"--below is {below:g}, and not a number over 0 and up to 1.")
    if not model.strip():
        raise UsageError("--model is empty. Give the name by which the server knows the model.")
    coder = coder_name(model, completions_of(address).host)
    selected = select(
        record,
        as_of=None,
        between=between,
        since=since,
        until=until,
        types=type,
        statuses=status,
        source=source,
        min_confidence=min_confidence,
    )
    found = doubtful(selected, below)
    reader = Reader(Record(record))

    def question(each: ReportedEvent) -> Question:
        return make_question(each.article, each.event, reader.marks(each), coder)

    def known() -> Known:
        return Known(read_opinions(record), coder=coder, wording=load_wording().version, again=again)

    if dry_run:
        _print_plan(found, question, known(), completions_of(address).host, below)
        return
    endpoint = find_endpoint(address, insecure=insecure)
    asking = Completions(
        endpoint=endpoint,
        model=model,
        budget=Budget(requests=budget_requests, tokens=budget_tokens, answer=answer_tokens),
        key=_key(key_from),
        timeout=timeout,
    )
    with only_one(record):
        _warn(endpoint, model, len(found), below)
        _run(record, found, question, asking, known())


def _key(variable: str | None) -> str | None:
    import os

    from dragoman.errors import UsageError

    if variable is None:
        return None
    key = os.environ.get(variable, "").strip()
    if not key:
        raise UsageError("The variable that --key-from names is not set, or is empty. It takes a name, not the key.")
    return key


def _warn(endpoint: Endpoint, model: str, number: int, below: float) -> None:
    """Said before anything is sent."""
    from dragoman.briefing.wording import one_line

    typer.echo(
        f"Asking {one_line(model)} at {endpoint.host} about {number} events of confidence below {below:g}.", err=True
    )
    if endpoint.distance != "this machine":
        typer.echo(
            f"Sentences of the articles leave this machine: they are sent to {endpoint.target.origin}, "
            f"on {endpoint.distance}.",
            err=True,
        )


def _run(
    record: Path,
    found: list[ReportedEvent],
    question: Callable[[ReportedEvent], Question],
    asking: Completions,
    known: Known,
) -> None:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from dragoman.briefing.wording import one_line
    from dragoman.opinions.asking import Run, ask_about
    from dragoman.opinions.kept import Opinion, add_opinion

    console = Console(stderr=True)
    counts = TextColumn("{task.completed} answers, {task.fields[spent]:,} tokens")
    shown = (SpinnerColumn(), counts, TimeElapsedColumn())
    with Progress(*shown, console=console, transient=True, disable=not console.is_terminal) as on:
        task = on.add_task("", spent=0)

        def tell(line: str) -> None:
            on.console.print(escape(one_line(line)), soft_wrap=True, highlight=False)

        def keep(opinion: Opinion) -> None:
            add_opinion(record, opinion)
            on.update(task, advance=1, spent=asking.budget.spent)

        asking.tell = tell
        run, interrupted = Run(), False
        try:
            ask_about(found, question, asking, known, keep, tell=tell, run=run)
        except KeyboardInterrupt:
            interrupted, run.ended = True, "It was interrupted."
    _print_run(run, asking)
    if interrupted or run.failed:
        raise typer.Exit(130 if interrupted else 1)


def _print_run(run: Run, asking: Completions) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False, box=None, pad_edge=False)
    rows = [
        ("Answers", str(run.outcomes["answer"])),
        ("Of no use", str(run.outcomes["unusable"])),
        ("Refusals", str(run.outcomes["refusal"])),
        ("Asked before", str(run.known)),
        ("Without an answer", str(run.unanswered)),
        ("Requests", f"{asking.budget.sent:,}"),
        ("Tokens", f"{asking.budget.spent:,}"),
    ]
    if run.ended is not None:
        rows += [("Ended early", run.ended), ("Not asked yet", str(run.left))]
    for name, value in rows:
        table.add_row(name, Text(value))
    console = Console()
    console.print(table)
    if run.ended is not None:
        console.print("What was answered is kept. The same command goes on from here.")


def _print_plan(
    found: list[ReportedEvent],
    question: Callable[[ReportedEvent], Question],
    known: Known,
    host: str,
    below: float,
) -> None:
    from dragoman.briefing.wording import one_line, seen
    from dragoman.opinions.budget import TYPICAL_PER_BYTE
    from dragoman.opinions.question import digest, size_of

    left = [each for each in found if not known.has_event(each.event.id, digest(each.article))]
    before = len(found) - len(left)
    typer.echo(f"{len(found)} events of confidence below {below:g}; {before} were asked about before.")
    if not left:
        typer.echo("Nothing would be sent.")
        return
    questions = [question(each) for each in left[:SAMPLED]]
    size = sum(size_of(each.messages) for each in questions) / len(questions)
    tokens = round(len(left) * (size * TYPICAL_PER_BYTE + TYPICAL_ANSWER), -2)
    typer.echo(f"{len(left)} questions to {one_line(host)}, about {tokens:,.0f} tokens. Nothing was sent. The first:")
    for message in questions[0].messages:
        typer.echo(f"\n--- {message['role']} ---\n{seen(message['content'])}")
