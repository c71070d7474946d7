"""`dragoman actors add` and `merge`: entries put into the record's own file of actors."""

from __future__ import annotations

import enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.actors.options import OwnFolder, has_record

if TYPE_CHECKING:
    from dragoman.knowledge.own import OwnEntry


class Kind(enum.StrEnum):
    """What can be added, by the section it stands in."""

    person = "persons"
    body = "bodies"
    group = "groups"
    outlet = "outlets"


def add(
    record: OwnFolder,
    name: Annotated[str, typer.Option("--name", help="The name by which the actor goes.", show_default=False)],
    kind: Annotated[str, typer.Option("--kind", help="One of person, body, group, outlet.")] = "person",
    country: Annotated[str | None, typer.Option("--country", metavar="CODE", help="ISO alpha-3 code.")] = None,
    alias: Annotated[list[str] | None, typer.Option("--alias", help="Another name; may be given again.")] = None,
    sector: Annotated[str | None, typer.Option("--sector", help="PLOVER sector, such as GOV or MIL.")] = None,
    office: Annotated[str | None, typer.Option("--office", help="Office held: its title, or our id for it.")] = None,
    start: Annotated[str | None, typer.Option("--from", metavar="DATE", help="In office from (2024, 2024-05).")] = None,
    end: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help="In office to; left out: to this day.")
    ] = None,
    state_media: Annotated[bool | None, typer.Option(help="Whether an outlet is state media.")] = None,
) -> None:
    """Make an actor known, in the file actors.yaml of the record."""
    from dragoman.errors import UsageError
    from dragoman.knowledge.own import OWN_FILE
    from dragoman.knowledge.own_edit import add_entry

    if kind not in Kind.__members__:
        raise UsageError(f"There is no kind '{kind}'. There are: {', '.join(Kind.__members__)}.")
    if office is None and (start is not None or end is not None):
        raise UsageError("--from and --to are of an office; give --office too.")
    entry = _entry(
        Kind[kind],
        {"name": name, "names": tuple(alias or ()), "country": country, "sector": sector, "state_media": state_media},
        {"office": office, "from": start, "to": end} if office else None,
    )
    path = record / OWN_FILE
    typer.echo(f"Added to '{Kind[kind]}' in {path}:\n{add_entry(path, Kind[kind], entry)}", nl=False)


def _entry(kind: Kind, given: dict[str, object], office: dict[str, str | None] | None) -> OwnEntry:
    import msgspec

    from dragoman.errors import UsageError
    from dragoman.knowledge.own import SECTIONS, OwnEntry

    values = {name: value for name, value in given.items() if value not in (None, ())}
    if office is not None:
        values["offices"] = [{name: value for name, value in office.items() if value is not None}]
    try:
        entry = msgspec.convert(values, SECTIONS[kind])
    except msgspec.ValidationError as error:
        raise UsageError(f"This is no entry of '{kind}': {error}.") from error
    assert isinstance(entry, OwnEntry)
    return entry


def merge(
    start: Annotated[str, typer.Argument(metavar="FROM_ID", help="The id that is given up.", show_default=False)],
    into: Annotated[str, typer.Argument(metavar="INTO_ID", help="The id it is read as.", show_default=False)],
    record: OwnFolder,
) -> None:
    """Read one actor's id as another's from now on, in the record and in later coding."""
    from dragoman.errors import UsageError
    from dragoman.knowledge.known import known_with
    from dragoman.knowledge.own import OWN_FILE, Merge, own_file
    from dragoman.knowledge.own_edit import add_entry
    from dragoman.knowledge.profile import name_of

    if start == into:
        raise UsageError("The two ids are the same; nothing is to be merged.")
    known = known_with(own_file(record))
    target = name_of(into, known) or _in_record(record, into)
    if target is None:
        raise UsageError(f"There is no actor '{into}'. 'dragoman actors show NAME' tells ids.")
    if name_of(start, known) is None and _in_record(record, start) is None:
        raise UsageError(f"There is no actor '{start}'. 'dragoman actors show NAME --record {record}' tells ids.")
    name, country = target
    path = record / OWN_FILE
    entry = Merge(start=start, into=into, name=name, country=country)
    typer.echo(f"Added to 'merge' in {path}:\n{add_entry(path, 'merge', entry)}", nl=False)


def _in_record(record: Path, actor_id: str) -> tuple[str, str | None] | None:
    """Name and country that most mentions under an id have in the record, or None where there are none."""
    from dragoman.record import Record

    if not has_record(record):
        return None
    quoted = actor_id.replace("'", "''")
    rows = (
        Record(record)
        .sql(
            f"SELECT actor, country FROM mentions WHERE actor_id = '{quoted}' AND actor IS NOT NULL GROUP BY ALL "
            "ORDER BY count(*) DESC, actor, country LIMIT 1"
        )
        .to_pylist()
    )
    return (rows[0]["actor"], rows[0]["country"]) if rows else None
