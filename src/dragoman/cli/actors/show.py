"""`dragoman actors show`: what is known of an actor, and where a record mentions it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.actors.options import OwnOption, has_record

if TYPE_CHECKING:
    from dragoman.knowledge.profile import Held, Profile

COUNTED = ("mentions", "articles", "events")
LAST = 5  # articles told one by one


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name or an actor's id.", show_default=False)],
    record: OwnOption = None,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of tables.")] = False,
) -> None:
    """Show an actor's names, offices by date and other facts, and where the record mentions it."""
    import msgspec

    from dragoman.knowledge.known import known_with
    from dragoman.knowledge.own import own_file

    known = known_with(own_file(record) if record is not None else None)
    found = _profiles(name, known, record)
    told = [
        (profile, _mentioned(record, profile) if record is not None and has_record(record) else None)
        for profile in found
    ]
    if json:
        for profile, mentioned in told:
            value = msgspec.to_builtins(profile)
            typer.echo(msgspec.json.encode({**value, "facts": dict(profile.facts), "mentioned": mentioned}).decode())
    else:
        for number, (profile, mentioned) in enumerate(told):
            _print(profile, mentioned, first=number == 0)


def _profiles(name: str, known: Any, record: Path | None) -> tuple[Profile, ...]:
    """The actors of that name that are known or, where none is, that the record has under a provisional id."""
    from dragoman.errors import UsageError
    from dragoman.knowledge.profile import Profile, profiles

    try:
        return profiles(name, known)
    except UsageError:
        rows = _rows(
            record,
            "SELECT actor_id, actor, any_value(country) AS country FROM mentions "
            f"WHERE actor_id = {_quoted(name)} OR (plain(actor) = plain({_quoted(name)}) "
            "AND starts_with(actor_id, 'provisional:')) GROUP BY ALL ORDER BY ALL",
        )
        if not rows:
            raise
        return tuple(
            Profile(
                actor_id=row["actor_id"],
                kind="person",
                name=row["actor"],
                names=(),
                country=row["country"],
                sector=None,
            )
            for row in rows
        )


def _mentioned(record: Path, profile: Profile) -> dict[str, Any]:
    """How often and where the record mentions an actor."""
    wanted = f"actor_id = {_quoted(profile.actor_id)}"
    (counts,) = _rows(
        record, f"SELECT count(*) AS mentions, count(DISTINCT article_id) AS articles FROM mentions WHERE {wanted}"
    )
    (events,) = _rows(
        record,
        "SELECT count(*) AS events FROM events WHERE len(list_filter(list_concat(actors, recipients), "
        f"lambda p: p.{wanted})) > 0",
    )
    last = _rows(
        record,
        "SELECT a.article_id AS id, a.published::VARCHAR AS published, a.publisher AS publisher, a.title AS title "
        f"FROM articles AS a SEMI JOIN (FROM mentions WHERE {wanted}) AS m ON a.article_id = m.article_id "
        f"ORDER BY a.published DESC NULLS LAST, a.article_id LIMIT {LAST}",
    )
    return {**counts, **events, "last": last}


def _rows(record: Path | None, query: str) -> list[dict[str, Any]]:
    from dragoman.record import Record

    if record is None or not has_record(record):
        return []
    rows: list[dict[str, Any]] = Record(record).sql(query).to_pylist()
    return rows


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _print(profile: Profile, mentioned: dict[str, Any] | None, *, first: bool) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    if not first:
        console.print()
    table = Table(show_header=False, box=None, pad_edge=False)
    table.add_column(style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    rows = [("Name", profile.name), ("Id", profile.actor_id), ("Kind", profile.kind)]
    rows += [("Also written", ", ".join(profile.names))] if profile.names else []
    rows += [("Country", profile.country or "none"), ("Sector", profile.sector or "not known")]
    rows += [("Office", _held(office)) for office in profile.offices]
    rows += [(word.capitalize(), value) for word, value in profile.facts]
    if mentioned is not None:
        counts = (f"{mentioned[what]:,} {what if mentioned[what] != 1 else what[:-1]}" for what in COUNTED)
        rows.append(("In the record", ", ".join(counts)))
        for article in mentioned["last"]:
            what = ", ".join(article[k] for k in ("publisher", "title") if article[k]) or article["id"]
            rows.append(("", f"{article['published'] or 'day not known'}  {what}"))
    for word, value in rows:
        table.add_row(word, Text(value))
    console.print(table)


def _held(office: Held) -> str:
    acting = ", acting" if office.acting else ""
    sure = "" if office.sure == "high" else " (each date give or take a month)"
    end = f"to {office.end or 'unknown'}" if office.seen is None else f"in office on {office.seen}"
    return f"{office.office}{acting}: from {office.start or 'unknown'}, {end}{sure}"
