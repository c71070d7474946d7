"""`dragoman search`: full text over the articles, claims and events of a record, as a list, JSON Lines or CSV."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from dragoman.cli.options import BetweenOption, RecordOption, SinceOption, StatusOption, TypeOption, UntilOption

if TYPE_CHECKING:
    from rich.text import Text

    from dragoman.record.search import Ask, Hit, Kind, Page, Piece

Plural = Literal["articles", "claims", "events"]
Order = Literal["relevance", "newest", "oldest"]
SHOWN = 20
_KINDS: dict[Plural, Kind] = {"articles": "article", "claims": "claim", "events": "event"}


QueryArgument = Annotated[
    str,
    typer.Argument(
        metavar="QUERY",
        help='Words, all of which must be there; "a phrase", -without, one OR other, begin*. Empty for everything.',
    ),
]
InOption = Annotated[Plural | None, typer.Option("--in", help="Only these; all three otherwise.")]
PartyOption = Annotated[
    list[str] | None,
    typer.Option("--party", metavar="NAME", help="Only with this state, person or body; may be given again."),
]
OutletOption = Annotated[
    list[str] | None,
    typer.Option("--outlet", metavar="NAME", help="Only from this publisher, its whole name; may be given again."),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", min=1, help=f"Only so many; {SHOWN}, or all with --json or --csv.")
]


def search(
    query: QueryArgument,
    record: RecordOption,
    in_: InOption = None,
    between: BetweenOption = None,
    party: PartyOption = None,
    type: TypeOption = None,
    status: StatusOption = None,
    outlet: OutletOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    sort: Annotated[Order, typer.Option("--sort", help="What comes first.")] = "relevance",
    limit: LimitOption = None,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of a list.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV instead of a list.")] = False,
) -> None:
    """Search the texts of a record: its articles, what is claimed in them, and the events that they tell."""
    import sys

    from dragoman.errors import UsageError
    from dragoman.exchange.found import found_bytes

    if json and csv:
        raise UsageError("Choose one of --json and --csv.")
    if find_spec("tantivy") is None:
        raise UsageError("'tantivy' is not installed. Install Dragoman with 'dragoman[serve]'.")
    from dragoman.analysis.incidents import incidents_of
    from dragoman.record import Record
    from dragoman.record.filters import checked
    from dragoman.record.search import Ask, search_index

    filters = checked(since=since, until=until, types=type or (), statuses=status or ())
    opened = Record(record)
    dyads, parties = _parties(opened, between, party or ())
    ask = Ask(
        q=query,
        kind=_KINDS[in_] if in_ else None,
        types=filters.types,
        statuses=filters.statuses,
        dyads=dyads,
        parties=parties,
        outlets=tuple(outlet or ()),
        since=filters.since,
        until=filters.until,
        sort=sort,
    )
    index = search_index(opened, lambda: (r for each in incidents_of(opened) for r in each.reports))
    if json or csv:
        for piece in found_bytes(islice(index.every(ask), limit), "jsonl" if json else "csv"):
            sys.stdout.buffer.write(piece)
    else:
        _print(index.find(ask, 0, limit or SHOWN), ask, record)


def _parties(
    record: object, between: tuple[str, str] | None, party: list[str] | tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The dyad and the parties as the index has them; raises `UsageError` with near names for strangers."""
    from dragoman.briefing.brief import find_subjects
    from dragoman.knowledge.holders import fold_name
    from dragoman.record import Record

    names = (*(between or ()), *party)
    found = find_subjects(cast(Record, record), names) if names else ()
    keys = [subject.code or fold_name(subject.name) for subject in found]
    if between is not None and found[0].code and found[1].code:
        return ("-".join(sorted(keys[:2])),), tuple(keys[2:])
    return (), tuple(keys)


def _print(page: Page, ask: Ask, record: Path) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from dragoman.briefing.wording import one_line

    console = Console()
    for note in page.notes:
        console.print(Text(one_line(note), style="dim"))
    if page.suggestion:
        console.print(Text(f"Did you mean: {one_line(page.suggestion)}", style="bold"))
    if not page.hits:
        console.print("Nothing was found.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("date", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    table.add_column("what was found, and where", overflow="fold", ratio=1)
    for hit in page.hits:
        table.add_row(hit.found.start or "(no date)", _kind(hit), _told(hit))
    console.print(table)
    told = ", ".join(f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in page.kinds.items())
    console.print(f"{len(page.hits)} of {page.total:,} shown. In all: {told}. --csv and --json give the whole result.")


def _kind(hit: Hit) -> Text:
    from rich.text import Text

    event = hit.found.kind == "event"
    return Text(f"{hit.found.types[0]}\n{hit.found.statuses[0]}" if event else hit.found.kind)


def _told(hit: Hit) -> Text:
    from rich.text import Text

    from dragoman.briefing.voices import chain_words
    from dragoman.briefing.wording import one_line

    found = hit.found
    head = _marked(hit.title) if found.kind != "event" else Text(" → ".join(map(_side, (found.who, found.whom))))
    head.stylize("bold")
    words = _marked(hit.text)
    told = Text.assemble(head, "\n", words if found.kind == "article" else Text.assemble("“", words, "”"), "\n")
    where = chain_words(found.said_by)
    title = f", in “{one_line(found.title)}”" if found.title and found.kind != "article" else ""
    told.append(f"{where}{title} [{one_line(found.id)}]", style="dim")
    return told


def _side(names: tuple[str, ...]) -> str:
    from dragoman.briefing.wording import one_line

    return one_line(", ".join(names)) or "nobody named"


def _marked(pieces: tuple[Piece, ...]) -> Text:
    """The pieces on one line, what was looked for underlined."""
    import re

    from rich.text import Text

    from dragoman.briefing.wording import seen

    text = Text()
    for piece in pieces:
        text.append(re.sub(r"\s+", " ", seen(piece.text)), style="underline" if piece.hit else "")
    return text
