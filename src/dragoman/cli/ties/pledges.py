"""`dragoman pledges`: what was promised, threatened, demanded or scheduled, and what became of it by a given day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.options import AsOfOption, MinConfidenceOption, RecordOption, SinceOption, UntilOption

if TYPE_CHECKING:
    from dragoman.analysis.pledges import Pledge, State
    from dragoman.cli.ties.asked import Asked

ORDER: tuple[tuple[State, str], ...] = (
    ("overdue", "Overdue: the time is over and nothing tells what became of it"),
    ("open", "Open"),
    ("disputed", "Disputed: later events both fulfil and break it"),
    ("broken", "Broken, refused or called off"),
    ("answered", "Answered by something that may settle it"),
    ("fulfilled", "Kept, carried out, met or taken place"),
)
SHOWN = 3


def pledges(
    who: Annotated[list[str], typer.Argument(metavar="A [B]", help="One party, or two and what is between them.")],
    record: RecordOption,
    as_of_day: Annotated[
        str | None,
        typer.Option(
            "--as-of-day", metavar="DATE", help="What was known and due on this day; else the last article's."
        ),
    ] = None,
    state: Annotated[
        str | None, typer.Option("--state", metavar="STATE", help="Only these: open, overdue, broken, fulfilled ...")
    ] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    min_confidence: MinConfidenceOption = None,
    as_of: AsOfOption = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of a list.")] = False,
) -> None:
    """List pledges: open and overdue ones first, then those that later events broke, answered or fulfilled."""
    from dragoman.analysis.pledges import STATES
    from dragoman.analysis.pledges import pledges as find_pledges
    from dragoman.cli.ties.asked import asked, one_of
    from dragoman.errors import UsageError
    from dragoman.record.filters import checked

    if len(who) > 2:
        raise UsageError(f"Pledges are of one party or between two; {len(who)} were given.")
    wanted = cast("State", one_of(state, STATES, "state")) if state is not None else None
    found = asked(
        record,
        who,
        as_of=as_of,
        since=since,
        until=until,
        min_confidence=min_confidence,
        meet="between" if len(who) == 2 else "party",
    )
    day = checked(until=as_of_day).until if as_of_day is not None else found.span.last
    if day is None:
        raise UsageError("No article of the record has a date. Give the day with --as-of-day.")
    inside = {each.id for each in found.within()}
    listed = [p for p in find_pledges(found.incidents, as_of=day) if p.what.id in inside]
    chosen = [p for p in listed if wanted is None or p.state == wanted]
    if json:
        _write_json(found, chosen, day)
    else:
        _print(found, chosen, day)


def _write_json(found: Asked, listed: list[Pledge], day: str) -> None:
    from dragoman.cli.ties.rows import party_row, print_json

    print_json(
        {
            "sides": [subject.name for subject in found.subjects],
            "as_of": day,
            "pledges": [
                {
                    "kind": p.kind,
                    "state": p.state,
                    "made": p.made,
                    "due": {"start": p.due.start, "end": p.due.end} if p.due is not None else None,
                    "by": [party_row(party) for party in p.by],
                    "to": [party_row(party) for party in p.to],
                    "words": p.what.reports[0].event.evidence.text,
                    "incident": p.what.id,
                    "answers": [{"relation": a.relation, "why": a.why, "incident": a.what.id} for a in p.answers],
                }
                for p in listed
            ],
        }
    )


def _print(found: Asked, listed: list[Pledge], day: str) -> None:
    from rich.console import Console

    from dragoman.analysis.pledges import open_at

    console = Console(highlight=False, markup=False)
    if not listed:
        console.print(f"{found.names}: no pledge by {day}.")
        return
    console.print(f"{found.names}: {len(listed)} pledges, as of {day}.")
    for state, heading in ORDER:
        chosen = [p for p in (open_at(listed) if state in ("open", "overdue") else listed) if p.state == state]
        if chosen:
            console.print(f"\n{heading} ({len(chosen)})", style="bold")
        for pledge in chosen:
            for words in _words(pledge):
                console.print(words)


def _words(pledge: Pledge) -> list[str]:
    from dragoman.briefing.wording import clause, date_words, side_words
    from dragoman.cli.ties.rows import line

    to = f" to {side_words(pledge.to)}" if pledge.to else ""
    due = f", due {date_words(pledge.due)}" if pledge.due is not None else ""
    head = f"{pledge.made or '(no date)'}  {pledge.kind} by {side_words(pledge.by)}{to}{due}"
    lines = [f"{head}: “{clause(pledge.what.reports[0].event, 150)}” [{pledge.what.id}]"]
    settling = [a for a in pledge.answers if a.relation != "answers"]
    for answer in (settling or list(pledge.answers))[:SHOWN]:
        lines.append(f"    {answer.relation}: {line(answer.what)}, {answer.why}")
    return lines
