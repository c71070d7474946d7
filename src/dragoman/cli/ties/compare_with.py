"""`dragoman compare --with FILE --between A B`: the record and another dataset, by month and one by one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dragoman.cli.ties.asked import Asked
    from dragoman.exchange.agreement import Agreement
    from dragoman.exchange.formats import OtherEvent, Taken

SHOWN = 12
"""Incidents and events that only one has, which the table names; --json has all."""


def compare_with(
    what: str, format: str | None, between: tuple[str, str], record: Path, json: bool, **filters: Any
) -> None:
    """Print how far the record and a dataset agree on a tie: `what` is a file or the name of a dataset kept."""
    from dragoman.cli.import_ import tell
    from dragoman.cli.ties.asked import asked
    from dragoman.exchange.agreement import agreement, between_sides, within
    from dragoman.exchange.formats import Taken
    from dragoman.model import Party

    found = asked(record, between, **filters)
    sides = found.subjects[0].holds, found.subjects[1].holds
    one, other = ((Party(text=s.name, actor=s.name, country=s.code),) for s in found.subjects[:2])
    taken = Taken(between=(one, other))
    events = (
        event
        for event in _events(what, format, record, taken)
        if between_sides(event, *sides) and within(event, found.since, found.until)
    )
    made = agreement(found.within(), events)
    if json:
        _write_json(found, what, made)
    else:
        _print(found, what, made)
    tell(taken)


def _events(what: str, format: str | None, record: Path, taken: Taken) -> Iterator[OtherEvent]:
    from dragoman.errors import UsageError
    from dragoman.exchange.beside import is_kept, read_beside
    from dragoman.exchange.formats import READERS
    from dragoman.exchange.formats.sniff import format_of

    path = Path(what)
    if is_kept(record, what) and format is None:
        return read_beside(record, what)
    if not path.is_file():
        raise UsageError(f"'{what}' is neither a file nor a dataset kept beside the record ('dragoman import --list').")
    chosen = format or format_of(path)
    if chosen is None or chosen not in READERS:
        raise UsageError(f"The format of {what} is not known. Say it with --as: {', '.join(READERS)}.")
    return READERS[chosen](path, taken)


def _figures(made: Agreement) -> dict[str, object]:
    return {
        "incidents": made.ours,
        "events": made.theirs,
        "incidents_found": made.ours_found,
        "events_found": made.theirs_found,
        "same_type": made.same_type,
        "correlation_by_month": made.correlation,
        "left_out": dict(sorted(made.left_out.items())),
    }


def _write_json(found: Asked, what: str, made: Agreement) -> None:
    from dragoman.cli.ties.rows import ids, print_json

    months = [
        {"month": m.label, "record": list(m.ours), "dataset": list(m.theirs), "untyped": m.untyped} for m in made.months
    ]
    print_json(
        {
            "sides": [subject.name for subject in found.subjects],
            "dataset": what,
            **_figures(made),
            "months": months,
            "both": [
                {"incident": m.ours.id, "event": m.theirs.id, "line": m.theirs.line, "same_type": m.same_type}
                for m in made.matches
            ],
            "only_record": ids(made.only_ours),
            "only_dataset": [
                {"event": e.id, "line": e.line, "date": e.date, "type": e.type, "code": e.code, "url": e.url}
                for e in made.only_theirs
            ],
        }
    )


def _print(found: Asked, what: str, made: Agreement) -> None:
    from rich.console import Console

    from dragoman.briefing.wording import one_line
    from dragoman.cli.ties.rows import line, table
    from dragoman.exchange.agreement import party_names

    console = Console(highlight=False, markup=False)
    console.print(f"{found.names}: {made.ours} incidents of the record, {made.theirs} events of {one_line(what)}.\n")
    untyped = any(month.untyped for month in made.months)
    rows = table("month", "+words", "+deeds", "-words", "-deeds", *(["no type"] if untyped else []))
    for month in made.months:
        if any(month.ours) or any(month.theirs) or month.untyped:
            pairs = zip(month.ours, month.theirs, strict=True)
            cells = [f"{ours or '·'} | {theirs or '·'}" for ours, theirs in pairs]
            rows.add_row(month.label, *cells, *([f"  | {month.untyped or '·'}"] if untyped else []))
    console.print("Incidents of the record | events of the dataset:")
    console.print(rows)
    told = {
        "of the record's incidents, the dataset has": _percent(made.ours_found),
        "of the dataset's events, the record has": _percent(made.theirs_found),
        "of what both have, the type is the same in": _percent(made.same_type),
        "correlation of the months' numbers": "-" if made.correlation is None else f"{made.correlation:.2f}",
    }
    console.print("")
    for words, figure in told.items():
        console.print(f"{words}: {figure}")
    for reason, count in sorted(made.left_out.items()):
        console.print(f"left out: {count} {reason}")
    _list(console, "Only in the record", [line(each) for each in made.only_ours])
    theirs = [
        f"{e.date}  {one_line(party_names(e.actors))} → {one_line(party_names(e.recipients))}: "
        f"{_told(e)} [line {e.line}]"
        for e in made.only_theirs
    ]
    _list(console, "Only in the dataset", theirs)
    console.print("\nAlike: same sides, at most a day apart, same type or quad where there is one (docs/formats.md).")


def _told(event: OtherEvent) -> str:
    """What an event of the dataset is: its type and code, or its headline in a sheet kept by hand."""
    from dragoman.briefing.wording import one_line, shortened

    if event.type is None and (headline := event.original.get("Headline")):
        return shortened(one_line(headline), 90)
    return f"{event.type or 'no PLOVER type'} ({one_line(event.code or '')})"


def _list(console: Any, title: str, lines: list[str]) -> None:
    if not lines:
        return
    console.print(f"\n{title}: {len(lines)}")
    for each in lines[:SHOWN]:
        console.print(f"  {each}", soft_wrap=True)
    if len(lines) > SHOWN:
        console.print(f"  and {len(lines) - SHOWN} more; --json has all")


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"
