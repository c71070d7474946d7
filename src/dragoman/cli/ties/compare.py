"""`dragoman compare`: the ties of one party with several others side by side, or the record with another dataset."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import AsOfOption, BetweenOption, MinConfidenceOption, RecordOption, SinceOption, UntilOption

if TYPE_CHECKING:
    from dragoman.analysis.comparison import Side, Tie


def compare(
    record: RecordOption,
    middle: Annotated[
        str | None, typer.Argument(metavar="A", help="Whose ties: a state, a person or a body.", show_default=False)
    ] = None,
    others: Annotated[
        list[str] | None, typer.Argument(metavar="B C ...", help="With whom: two or more.", show_default=False)
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    min_confidence: MinConfidenceOption = None,
    as_of: AsOfOption = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of words and a table.")] = False,
    with_: Annotated[
        str | None,
        typer.Option("--with", metavar="FILE", help="Another dataset: a file, or a name of 'import --list'."),
    ] = None,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="FORMAT", help="The format of --with, if not seen.")
    ] = None,
    between: BetweenOption = None,
) -> None:
    """Compare the ties of A with B, C and more: visits either way, calls, letters, cooperation and conflict.

    Or, with --with FILE --between A B, what the record and another dataset tell of one tie.
    """
    from dragoman.analysis.comparison import Side
    from dragoman.analysis.comparison import compare as make
    from dragoman.cli.ties.asked import asked
    from dragoman.cli.ties.compare_with import compare_with
    from dragoman.errors import UsageError

    if with_ is not None or between is not None:
        if with_ is None or between is None or middle is not None:
            raise UsageError("Give '--with FILE --between A B', or A and at least two others, not both.")
        filters = {"as_of": as_of, "since": since, "until": until, "min_confidence": min_confidence}
        compare_with(with_, as_, between, record, json, **filters)
        return
    if middle is None or others is None or len(others) < 2:
        raise UsageError("A comparison takes A and at least two others.")
    found = asked(
        record,
        (middle, *others),
        as_of=as_of,
        since=since,
        until=until,
        min_confidence=min_confidence,
        meet="party",
    )
    if len(set(found.subjects)) < len(found.subjects):
        raise UsageError("A party is named twice. Name each once.")
    first, *rest = (Side(name=s.name, code=s.code, holds=s.holds) for s in found.subjects)
    ties = make(found.within(), first, rest)
    if json:
        _write_json(first, ties)
    else:
        _print(first, ties)


def _write_json(middle: Side, ties: list[Tie]) -> None:
    from dragoman.analysis.comparison import comparison_words
    from dragoman.analysis.meetings_log import KINDS
    from dragoman.cli.ties.rows import ids, index_row, print_json

    print_json(
        {
            "of": middle.name,
            "words": comparison_words(middle, ties),
            "ties": [
                {
                    "with": tie.other.name,
                    "count": len(tie.found),
                    "cooperation": tie.cooperation,
                    "conflict": tie.conflict,
                    "trips_received": [ids(v.what for v in trip.visits) for trip in tie.received],
                    "trips_paid": [ids(v.what for v in trip.visits) for trip in tie.paid],
                    **{kind: tie.count(kind) for kind in KINDS},
                    "index": index_row(tie.index),
                    "incidents": ids(tie.found),
                }
                for tie in ties
            ],
        }
    )


def _print(middle: Side, ties: list[Tie]) -> None:
    from rich.console import Console

    from dragoman.analysis.comparison import comparison_words
    from dragoman.briefing.wording import one_line
    from dragoman.cli.ties.rows import signed, table

    console = Console(highlight=False, markup=False)
    if not any(tie.found for tie in ties):
        console.print(f"{one_line(middle.name)}: nothing that took place with any of them is reported.")
        return
    for sentence in comparison_words(middle, ties):
        console.print(one_line(sentence))
    console.print()
    rows = table("", *(one_line(tie.other.name) for tie in ties))
    measures: tuple[tuple[str, Callable[[Tie], str]], ...] = (
        ("cooperation", lambda tie: str(tie.cooperation)),
        ("conflict", lambda tie: str(tie.conflict)),
        ("index", lambda tie: signed(tie.index.mean)),
        ("  95 %", lambda tie: f"{signed(tie.index.low)} to {signed(tie.index.high)}"),
        ("visits received", lambda tie: str(len(tie.received))),
        ("visits paid", lambda tie: str(len(tie.paid))),
        ("other meetings", lambda tie: str(tie.count("meeting"))),
        ("calls", lambda tie: str(tie.count("call"))),
        ("letters", lambda tie: str(tie.count("message"))),
    )
    for name, told in measures:
        rows.add_row(name, *map(told, ties))
    console.print(rows)
    console.print("\nWhat took place, dated or not; visits at most three days apart are one trip (docs/ties.md).")
