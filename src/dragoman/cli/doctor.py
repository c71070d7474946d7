"""`dragoman doctor`: what is wrong with a record, and what can be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import RecordOption

if TYPE_CHECKING:
    from dragoman.record.doctor import Health


def doctor(
    record: RecordOption,
    repair: Annotated[
        bool, typer.Option("--repair", help="Mend what is safe to mend; never touches what was coded.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as one JSON object.")] = False,
) -> None:
    """Look whether a record is whole; exit code 1 where something is wrong."""
    from dragoman.record import doctor as looking

    health = looking.examine(record)
    done: list[str] = []
    if repair:
        done = looking.repair(health)
        if done:
            health = looking.examine(record)
    if as_json:
        _print_json(health, done)
    else:
        _print(health, done)
    if not health.sound:
        raise typer.Exit(1)


def _print_json(health: Health, done: list[str]) -> None:
    import msgspec

    findings = [
        {
            "weight": each.weight,
            "where": each.where,
            "what": each.what,
            "count": each.count,
            "remedy": each.remedy,
            "repairable": each.repair is not None,
        }
        for each in health.findings
    ]
    told = {
        "record": health.record,
        "version": health.version,
        "sound": health.sound,
        "counts": health.counts,
        "findings": findings,
        "repaired": done,
    }
    typer.echo(msgspec.json.format(msgspec.json.encode(told), indent=2).decode())


def _print(health: Health, done: list[str]) -> None:
    from dragoman.briefing.wording import seen

    counts = health.counts
    parts = [name for name in ("mentions", "claims", "events", "failures") if name in counts]
    told = ", ".join(f"{counts[name]:,} {name}" for name in parts)
    typer.echo(
        f"{health.record}: version {health.version}, {counts.get('current', 0):,} articles in "
        f"{counts.get('articles', 0):,} codings, {told}"
    )
    for line in done:
        typer.echo(seen(f"Mended: {line}"))
    for each in health.findings:
        number = f"{each.count:,} " if each.count > 1 else ""
        typer.echo(seen(f"{each.weight.capitalize()}: {each.where}: {number}{each.what}."))
        if each.remedy:
            typer.echo(seen(f"    {each.remedy}"))
    wrong = sum(each.weight == "wrong" for each in health.findings)
    typer.echo("The record is sound." if not wrong else f"{wrong:,} things are wrong.")
