"""`dragoman blocs`: who stands with whom in the record, and what changed on a day."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.options import AsOfOption, MinConfidenceOption, RecordOption, SinceOption, UntilOption

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.analysis.blocs import Network
    from dragoman.analysis.blocs_change import Change


def blocs(
    record: RecordOption,
    since: SinceOption = None,
    until: UntilOption = None,
    split: Annotated[
        str | None,
        typer.Option("--split", metavar="DATE", help="Compare what was before this day with what came from it on."),
    ] = None,
    min_confidence: MinConfidenceOption = None,
    as_of: AsOfOption = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")] = False,
) -> None:
    """Show the blocs of states, the ties that make and strain them, and with --split what changed."""
    from dragoman.analysis.blocs import network
    from dragoman.analysis.blocs_change import change
    from dragoman.cli.ties.asked import asked
    from dragoman.record.filters import checked

    found = asked(record, (), as_of=as_of, since=since, until=until, min_confidence=min_confidence, meet="anyone")
    day = checked(since=split).since
    if day is None:
        windows = [("", network(found.incidents, since=found.since, until=found.until))]
        changed = None
    else:
        eve = (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()
        before = network(found.incidents, since=found.since, until=eve)
        after = network(found.incidents, since=day, until=found.until)
        windows = [(f"Before {day}", before), (f"From {day} on", after)]
        changed = change(before, after)
    if json:
        _write_json(windows, changed)
    else:
        _print(windows, changed)


def _write_json(windows: list[tuple[str, Network]], changed: Change | None) -> None:
    from dragoman.cli.ties.rows import print_json

    told: dict[str, Any] = {"networks": [{"window": name, **_row(net)} for name, net in windows]}
    if changed is not None:
        told["change"] = {
            "together": [list(pair) for pair in changed.together],
            "apart": [list(pair) for pair in changed.apart],
            "turned": [
                {"one": t.one, "other": t.other, "from": t.before.sign, "to": t.after.sign} for t in changed.turned
            ],
        }
    print_json(told)


def _row(net: Network) -> dict[str, Any]:
    from dragoman.cli.ties.rows import ids, index_row

    return {
        "blocs": [list(bloc) for bloc in net.blocs],
        "frustration": net.frustration,
        "triangles": net.triangles,
        "balanced": net.balanced,
        "strained": [[tie.one, tie.other] for tie in net.strained],
        "ties": [
            {"one": t.one, "other": t.other, "sign": t.sign, "index": index_row(t.index), "incidents": ids(t.found)}
            for t in net.ties
        ],
    }


def _print(windows: list[tuple[str, Network]], changed: Change | None) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    for name, net in windows:
        if name:
            console.print(f"{name}", style="bold")
        _print_network(console, net)
    if changed is None:
        return
    console.print("Changed", style="bold")
    lines = [f"{_name(t.one)} and {_name(t.other)} turned {_way(t.after.sign)}." for t in changed.turned]
    lines += [f"{_name(a)} and {_name(b)} are now in one bloc." for a, b in changed.together]
    lines += [f"{_name(a)} and {_name(b)} are no longer in one bloc." for a, b in changed.apart]
    for line in lines or ["Nothing that the reports are enough to show."]:
        console.print(line)


def _print_network(console: Console, net: Network) -> None:
    from dragoman.cli.ties.rows import signed, table

    told = [tie for tie in net.ties if tie.sign]
    if not told:
        console.print("No tie between two states is told of often enough to call it friendly or hostile.\n")
        return
    for number, bloc in enumerate(net.blocs, start=1):
        console.print(f"Bloc {number}: {', '.join(map(_name, bloc))}")
    triangles = f"; {net.balanced} of {net.triangles} triangles are balanced" if net.triangles else ""
    console.print(f"Frustration {net.frustration:.0%} of the weight of signed ties{triangles}.\n")
    rows = table("tie", "incidents", "mean, 80 %", "between", wide="between")
    for tie in sorted(told, key=lambda t: (-t.sign, -abs(t.index.mean), t.one, t.other)):
        interval = f"{signed(tie.index.mean)} ({signed(tie.index.low)} to {signed(tie.index.high)})"
        strain = ", against the blocs" if tie in net.strained else ""
        rows.add_row(_way(tie.sign), str(len(tie.found)), interval, f"{_name(tie.one)} – {_name(tie.other)}{strain}")
    console.print(rows)
    console.print(f"{len(net.ties) - len(told)} ties have too few or too mixed incidents for a sign.\n")


def _name(code: str) -> str:
    from dragoman.knowledge.actors import load_actors

    state = load_actors().by_code.get(code)
    return state.name if state is not None else code


def _way(sign: int) -> str:
    return "friendly" if sign > 0 else "hostile"
