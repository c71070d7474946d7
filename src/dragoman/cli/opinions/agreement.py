"""`dragoman opinions agreement`: how far Dragoman and a model agree on the events that it was asked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.opinions.show import CoderOption, placed
from dragoman.cli.options import RecordOption

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.opinions.agreement import Agreement, Kappa
    from dragoman.opinions.kept import Opinion
    from dragoman.record.accuracy import Precision


def agreement(
    record: RecordOption,
    model: CoderOption = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object a model instead of tables.")] = False,
) -> None:
    """Tell how far the coder and each model agree: Cohen's kappa on type and status, with counts and intervals."""
    import msgspec
    from rich.console import Console

    from dragoman.opinions.agreement import agreement as agreement_of

    found, lost = placed(record, model, reviewed=False)
    coders = sorted({opinion.coder for _, opinion in found} | {opinion.coder for opinion in lost})
    console = Console()
    if not coders and not json:
        console.print("No model was asked. 'dragoman opinions ask' asks one.")
    for coder in coders:
        told = [(each.event, o) for each, o in found if o.coder == coder]
        gone = sum(opinion.coder == coder for opinion in lost)
        made = agreement_of((event, o.answer) for event, o in told if o.answer is not None)
        if json:
            counts = {"coder": coder, **_counts([o for _, o in told]), "lost": gone}
            typer.echo(msgspec.json.encode({**counts, **msgspec.to_builtins(made)}))
        else:
            _print(console, coder, made, [o for _, o in told], gone)


def _counts(opinions: list[Opinion]) -> dict[str, int]:
    names = {"answers": "answer", "unusable": "unusable", "refusals": "refusal"}
    return {name: sum(opinion.outcome == outcome for opinion in opinions) for name, outcome in names.items()}


def _print(console: Console, coder: str, made: Agreement, opinions: list[Opinion], lost: int) -> None:
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import one_line

    counts = _counts(opinions)
    console.print(Text(one_line(coder), style="bold"))
    console.print(
        f"{counts['answers']} answers, {counts['unusable']} of no use, {counts['refusals']} refusals, "
        f"{lost} lost their event.\n",
        highlight=False,
    )
    if not made.types:
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1, 0, 0))
    table.add_column("as coded", no_wrap=True)
    for name in ("asked", "same", "other", "none"):
        table.add_column(name, justify="right")
    table.add_column("same type", justify="right", no_wrap=True)
    table.add_column("kappa", justify="right", no_wrap=True)
    for row in made.types:
        numbers = map(str, (row.asked, row.same, row.other, row.none))
        table.add_row(row.type or "all types", *numbers, _share(row.share), _kappa(row.kappa))
    console.print(table)
    rest = Table(show_header=False, box=None, pad_edge=False, padding=(0, 2, 0, 0))
    rest.add_row("\nType, where it sees an event", f"\nkappa {_kappa(made.events)}, {made.events.n} events")
    rest.add_row("Status, where it sees an event", f"kappa {_kappa(made.status)}, {made.status.n} events")
    rest.add_row("Sides, where it sees an event", f"same {_share(made.sides)}")
    rest.add_row("Type, status and sides", f"same {_share(made.all_same)}")
    console.print(rest, highlight=False)
    console.print("\nOf events that were asked about, which are the doubtful ones; not of the record.\n")


def _share(precision: Precision) -> str:
    if precision.share is None:
        return "none"
    return f"{precision.share:.2f} ({precision.low:.2f}–{precision.high:.2f})"


def _kappa(found: Kappa) -> str:
    if found.kappa is None or found.low is None or found.high is None:
        return "none"
    kappa, low, high = (round(value, 2) + 0.0 for value in (found.kappa, found.low, found.high))  # no '-0.00'
    return f"{kappa:.2f} ({low:.2f} to {high:.2f})"
