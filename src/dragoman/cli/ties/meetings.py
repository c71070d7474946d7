"""`dragoman meetings`: who met whom, where, when, how often; visits with their direction; calls and letters apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

import typer

from dragoman.cli.options import AsOfOption, MinConfidenceOption, RecordOption, SinceOption, UntilOption

if TYPE_CHECKING:
    from rich.console import Console

    from dragoman.analysis.meetings_firsts import First
    from dragoman.analysis.meetings_log import Encounter, Level
    from dragoman.cli.ties.asked import Asked

HEADINGS = (
    ("visit", "Visits"),
    ("meeting", "Meetings in third countries, or where it is not told"),
    ("call", "Telephone calls"),
    ("message", "Letters and messages"),
)


def meetings(
    one: Annotated[str, typer.Argument(metavar="A", help="A state by code or name, a person or a body.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another.")],
    record: RecordOption,
    by: Annotated[str, typer.Option("--by", metavar="LEVEL", help="Count by persons, offices or states.")] = "persons",
    since: SinceOption = None,
    until: UntilOption = None,
    min_confidence: MinConfidenceOption = None,
    as_of: AsOfOption = None,
    json: Annotated[bool, typer.Option("--json", help="One JSON object instead of tables.")] = False,
) -> None:
    """List what two parties had to do with each other in person, by telephone and in writing, and what was a first."""
    from dragoman.analysis.meetings_firsts import firsts
    from dragoman.analysis.meetings_log import LEVELS, encounters
    from dragoman.cli.ties.asked import asked, one_of

    level = cast("Level", one_of(by, LEVELS, "by"))
    found = asked(record, (one, other), as_of=as_of, since=since, until=until, min_confidence=min_confidence)
    met = encounters(found.incidents, found.subjects[0].holds, found.subjects[1].holds)
    first = {f.what.id: f for f in reversed(firsts(met))}
    inside = {each.id for each in found.within()}
    chosen = [each for each in met if each.what.id in inside]
    if json:
        _write_json(found, chosen, first, level)
    else:
        _print(found, chosen, first, level)


def _write_json(found: Asked, met: list[Encounter], first: dict[str, First], level: Level) -> None:
    from dragoman.analysis.meetings_firsts import first_words
    from dragoman.analysis.meetings_log import KINDS, tally, trips
    from dragoman.cli.ties.rows import date_row, ids, party_row, print_json

    names = {"one": found.subjects[0].name, "other": found.subjects[1].name}
    print_json(
        {
            "sides": list(names.values()),
            "encounters": [
                {
                    "kind": each.kind,
                    "date": date_row(each.what),
                    "place": each.what.place.name or each.what.place.text if each.what.place is not None else None,
                    "host": names[each.host] if each.host else None,
                    "sender": names[each.sender] if each.sender else None,
                    "one": [party_row(p) for p in each.one],
                    "other": [party_row(p) for p in each.other],
                    "first": first_words(first[each.what.id], found.span) if each.what.id in first else None,
                    "incident": each.what.id,
                }
                for each in met
            ],
            "trips": [
                {
                    "host": names[t.host],
                    "first": t.first,
                    "guests": [party_row(p) for p in t.guests],
                    "incidents": ids(v.what for v in t.visits),
                }
                for t in trips(met)
            ],
            "tally": [
                {"one": row.one, "other": row.other, **{kind: row.count(kind) for kind in KINDS}}
                for row in tally(met, level)
            ],
        }
    )


def _print(found: Asked, met: list[Encounter], first: dict[str, First], level: Level) -> None:
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if not met:
        console.print(f"{found.names}: no contact in person, by telephone or in writing is reported.")
        return
    _print_tally(console, met, level)
    _print_trips(console, found, met)
    for kind, heading in HEADINGS:
        chosen = [each for each in met if each.kind == kind]
        if chosen:
            console.print(f"\n{heading} ({len(chosen)})", style="bold")
        for each in chosen:
            console.print(_words(found, each, first.get(each.what.id)))
    console.print(f"\nFirst means the first that this record of {found.span.words} tells of.")
    console.print("'dragoman show ID --record DIR' shows an incident and why its reports are one.")


def _print_tally(console: Console, met: list[Encounter], level: Level) -> None:
    from dragoman.analysis.meetings_log import KINDS, tally
    from dragoman.briefing.wording import one_line
    from dragoman.cli.ties.rows import table

    rows = table("visits", "meetings", "calls", "letters", f"by {level}", wide=f"by {level}")
    for row in tally(met, level):
        rows.add_row(*(str(row.count(kind) or "") for kind in KINDS), one_line(f"{row.one} – {row.other}"))
    console.print(rows)


def _print_trips(console: Console, found: Asked, met: list[Encounter]) -> None:
    from dragoman.analysis.comparison import times
    from dragoman.analysis.meetings_log import trips

    made = trips(met)
    one, other = found.name(0), found.name(1)
    for side, host, guest in (("one", one, other), ("other", other, one)):
        received = [trip for trip in made if trip.host == side]
        undated = sum(trip.first is None for trip in received)
        if received:
            more = f" ({undated} of them without a day)" if undated else ""
            console.print(f"\n{host} received {guest} {times(len(received))}{more}.", end="")
    console.print()


def _words(found: Asked, each: Encounter, first: First | None) -> str:
    from dragoman.analysis.meetings_firsts import short_words
    from dragoman.briefing.wording import date_words, one_line, side_words

    place = f", {one_line(each.what.place.name or each.what.place.text)}" if each.what.place is not None else ""
    one, other = side_words(each.one), side_words(each.other)
    if each.sender is not None:
        who = f"{one} to {other}" if each.sender == "one" else f"{other} to {one}"
    elif each.host is not None:
        guest, host = (other, 0) if each.host == "one" else (one, 1)
        who = f"{one} – {other}"
        who += f"; {guest} in {found.name(host)}" if found.subjects[host].code is not None else ""
    else:
        who = f"{one} – {other}"
    told = f"{date_words(each.what.date)}  {who}{place} [{each.what.id}]"
    return told if first is None else f"{told}\n    {short_words(first)}"
