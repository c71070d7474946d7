"""What a run of `dragoman code` was asked for, what it has done so far, and how that is shown.

Apart from `code`, which does it.
"""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from dragoman.model import Problem

SHOWN_PROBLEMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user asked for; `least` is the least confidence of the events that are kept."""

    paths: list[str]
    record: str | None
    jsonl: str | None
    publisher: str | None
    published: str | None
    processes: int
    cluster: str | None
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


def progress_shown(stack: ExitStack) -> tuple[Progress, TaskID]:
    """A line of progress on standard error while the stack is open, and its task."""
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


def summary(run: Run, asked: Asked) -> None:
    """Print what a run has done."""
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
