"""`dragoman claims`: who said what, through whom, as a table that a person reads, or as JSON Lines or CSV."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import AsOfOption, RecordOption, SinceOption, SourceOption, UntilOption

if TYPE_CHECKING:
    from rich.text import Text

    from dragoman.record import Record, ReportedClaim

ByOption = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", help="Only what this person, body (and who speaks for it) or state says."),
]
AboutOption = Annotated[
    str | None,
    typer.Option("--about", metavar="NAME", help="Only what names this state, person or body."),
]


def claims(
    record: RecordOption,
    by: ByOption = None,
    about: AboutOption = None,
    direct: Annotated[bool, typer.Option("--direct", help="Only quotations.")] = False,
    since: SinceOption = None,
    until: UntilOption = None,
    source: SourceOption = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Only so many, the latest published.")] = None,
    as_of: AsOfOption = None,
    json: Annotated[bool, typer.Option("--json", help="JSON Lines instead of a table.")] = False,
    csv: Annotated[bool, typer.Option("--csv", help="CSV instead of a table.")] = False,
) -> None:
    """List claims: when published, who said what in which words, and through whom it came."""
    import sys

    from dragoman.briefing.subject import find_organ
    from dragoman.errors import UsageError
    from dragoman.exchange.claims import write_claims_csv, write_claims_jsonl
    from dragoman.record import Record

    if json and csv:
        raise UsageError("Choose one of --json and --csv.")
    opened = Record(record, as_of=as_of)
    organ = None if by is None else find_organ(by)
    who = None if by is None or organ is not None else _key(opened, record, by)
    whom = None if about is None else _key(opened, record, about)
    chosen = opened.claims(by=who, organ=organ, about=whom, direct=direct, since=since, until=until, source=source)
    found = list(chosen)[-limit:] if limit is not None else list(chosen)
    if json:
        write_claims_jsonl(found, sys.stdout.buffer)
    elif csv:
        write_claims_csv(found, sys.stdout.buffer)
    else:
        _print(found)


def _key(record: Record, folder: Path, name: str) -> str:
    """What the record's filters take for a name: a state's code, or the name that a person or body is filed under.

    Raises `UsageError` with near names for one that neither the record nor the actor files know.
    """
    from dragoman.briefing.subject import find_subject
    from dragoman.errors import UsageError
    from dragoman.knowledge.known import known_with
    from dragoman.knowledge.own import own_file
    from dragoman.knowledge.profile import profiles

    named = record.sql(
        "SELECT DISTINCT actor FROM mentions WHERE actor IS NOT NULL UNION "
        "SELECT chain[1] FROM claims WHERE speaker IS NOT NULL AND len(chain) > 0"
    )
    try:
        return find_subject(name, named.column(0).to_pylist()).key
    except UsageError:
        try:
            (profile,) = profiles(name, known_with(own_file(folder)))
        except (UsageError, ValueError):
            pass
        else:
            return profile.name
        raise


def _print(found: list[ReportedClaim]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    if not found:
        console.print("No claim matches.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 1, 0))
    table.add_column("published", no_wrap=True)
    table.add_column("kind", no_wrap=True)
    table.add_column("who said it, in which words, through whom", overflow="fold", ratio=1)
    for told in found:
        table.add_row(told.article.published or "(no date)", told.claim.kind, _told(told))
    console.print(table)
    console.print(f"{len(found)} claims. 'dragoman show CLAIM --record DIR' shows one in its paragraph.")


def _told(told: ReportedClaim) -> Text:
    from rich.text import Text

    from dragoman.briefing.voices import chain_words, claim_id, content_words, speaker_words

    cue = told.claim.cue.text if told.claim.cue is not None else ""
    words = Text(speaker_words(told), style="bold")
    words.append(f"\n{cue}: {content_words(told.claim)}\n" if cue.strip(":") else f"\n{content_words(told.claim)}\n")
    words.stylize("not bold", len(speaker_words(told)))
    words.append(f"{chain_words(told.claim.chain)} [{claim_id(told)}]", style="not bold dim")
    return words
