"""`dragoman unusual`: which acts of two parties come oftener or less often than their own past suggests."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import AsOfOption, MinConfidenceOption, RecordOption, SinceOption, UntilOption

if TYPE_CHECKING:
    from dragoman.analysis.expectation import Unusual
    from dragoman.cli.ties.asked import Asked
    from dragoman.record import Record

DAYS = 90


def unusual(
    one: Annotated[str, typer.Argument(metavar="A", help="A state by code or name, a person or a body.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    record: RecordOption,
    since: SinceOption = None,
    until: UntilOption = None,
    min_confidence: MinConfidenceOption = None,
    as_of: AsOfOption = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of words.")] = False,
) -> None:
    """Show what is unusual in a window (by default the 90 days up to the last article) against the time before it."""
    from dragoman.analysis.expectation import unusual as find_unusual
    from dragoman.cli.ties.asked import asked
    from dragoman.errors import UsageError
    from dragoman.record import Record

    found = asked(record, (one, other), as_of=as_of, since=since, until=until, min_confidence=min_confidence)
    last = found.until or found.span.last
    if last is None:
        raise UsageError("No article of the record has a date. Give the window with --since and --until.")
    start = datetime.date.fromisoformat(last) - datetime.timedelta(days=DAYS - 1)
    first = found.since or start.isoformat()
    sides = found.subjects[0].holds, found.subjects[1].holds
    seen = _articles(Record(record, as_of=as_of), first, last)
    listed = find_unusual(found.incidents, *sides, since=first, until=last, past_since=found.span.first, exposure=seen)
    if json:
        _write_json(found, listed, first, last, seen)
    else:
        _print(found, listed, first, last, seen)


def _articles(record: Record, since: str, until: str) -> tuple[int, int]:
    """How many articles the record has before and in a window."""
    days = record.sql("SELECT published::VARCHAR AS day, count(*) AS n FROM articles GROUP BY day").to_pylist()
    dated = [(row["day"], row["n"]) for row in days if row["day"] is not None]
    return sum(n for day, n in dated if day < since), sum(n for day, n in dated if since <= day <= until)


def _write_json(found: Asked, listed: list[Unusual], first: str, last: str, seen: tuple[int, int]) -> None:
    from dragoman.cli.ties.rows import ids, print_json

    rows = [
        {
            "type": each.type,
            "direction": each.direction,
            "count": len(each.found),
            "past": each.past,
            "expected": each.expected,
            "chance": each.chance,
            "incidents": ids(each.found),
        }
        for each in listed
    ]
    articles = {"before": seen[0], "window": seen[1]}
    sides = [subject.name for subject in found.subjects]
    print_json({"sides": sides, "since": first, "until": last, "articles": articles, "unusual": rows})


def _print(found: Asked, listed: list[Unusual], first: str, last: str, seen: tuple[int, int]) -> None:
    from rich.console import Console

    from dragoman.cli.ties.rows import line

    console = Console(highlight=False, markup=False)
    window = f"{first} to {last} ({seen[1]} articles)"
    console.print(f"{found.names}, {window}, against the time before ({seen[0]} articles):")
    if not listed:
        console.print("Nothing is unusual by the dyad's own past, or the past is too short to tell.")
    ways = {"both": "between the two", "out": f"by {found.name(0)}", "back": f"by {found.name(1)}"}
    for each in listed:
        many = "more" if each.more else "fewer"
        console.print(
            f"\n{each.type} {ways[each.direction]}: {len(each.found)}, where {each.expected:g} "
            f"{'was' if each.expected == 1 else 'were'} to be expected ({each.past} before); the chance of so many or "
            f"{many} is {_percent(each.chance)}.",
        )
        for incident in each.found:
            console.print(f"  {line(incident)}")


def _percent(chance: float) -> str:
    return "under 0.1 %" if chance < 0.001 else f"{chance:.1%}".replace("%", " %")
