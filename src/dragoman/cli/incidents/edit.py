"""`dragoman incidents merge` and `split`: a person's word on what is one incident, kept beside the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.options import RecordOption

if TYPE_CHECKING:
    from dragoman.analysis.incidents import Incident

BecauseOption = Annotated[str | None, typer.Option("--because", metavar="REASON", help="Why, kept with the decision.")]
IncidentArgument = Annotated[
    str, typer.Argument(metavar="INCIDENT", help="Its id or the beginning.", show_default=False)
]


def merge(
    one: IncidentArgument,
    other: Annotated[str, typer.Argument(metavar="INCIDENT", help="The other one.", show_default=False)],
    record: RecordOption,
    because: BecauseOption = None,
) -> None:
    """Make one incident of two, from now on and when articles are coded again."""
    from dragoman.analysis.incidents import find_incident, incidents_of, references
    from dragoman.errors import UsageError
    from dragoman.record import Record
    from dragoman.record.decisions import Decision, add_decision

    opened = Record(record)
    found = incidents_of(opened)
    first, second = find_incident(found, one), find_incident(found, other)
    if first.id == second.id:
        raise UsageError(f"'{one}' and '{other}' are the same incident; nothing is to be merged.")
    reports = (*references(first), *references(second))
    add_decision(record, Decision(kind="merge", reports=reports, because=because))
    made = find_incident(incidents_of(opened), first.id)
    typer.echo(f"One incident now: {made.id}, with {len(made.reports)} reports.")


def split(
    incident: IncidentArgument,
    reports: Annotated[
        list[str], typer.Argument(metavar="EVENT...", help="Event ids, or their beginnings.", show_default=False)
    ],
    record: RecordOption,
    because: BecauseOption = None,
) -> None:
    """Make reports of an incident one of their own, from now on and when articles are coded again."""
    from dragoman.analysis.incidents import find_incident, incidents_of, references
    from dragoman.errors import UsageError
    from dragoman.record import Record
    from dragoman.record.decisions import Decision, add_decision

    opened = Record(record)
    found = find_incident(incidents_of(opened), incident)
    events = {_event_of(found, wanted) for wanted in reports}
    if len(events) == len(found.reports):
        raise UsageError(f"These are all the reports of {found.id}; name those that are to leave it.")
    moved = references(found, only=events)
    rest = references(found, only={r.event.id for r in found.reports} - events)
    add_decision(record, Decision(kind="split", reports=moved, rest=rest, because=because))
    after = incidents_of(opened)
    new, old = (_holding(after, min(ids)) for ids in (events, {r.event.id for r in found.reports} - events))
    typer.echo(f"Two incidents now: {new.id} with {len(new.reports)} reports, {old.id} with {len(old.reports)}.")


def _event_of(incident: Incident, wanted: str) -> str:
    """The id of the event of this incident that begins so; raises `UsageError` when none or several do."""
    from dragoman.errors import UsageError

    ids = [r.event.id for r in incident.reports if wanted and r.event.id.startswith(wanted)]
    if len(ids) != 1 and wanted not in ids:
        what = "Several reports begin" if ids else "No report begins"
        own = ", ".join(r.event.id for r in incident.reports[:8])
        raise UsageError(f"{what} with '{wanted}' in {incident.id}. Its reports are: {own}.")
    return wanted if wanted in ids else ids[0]


def _holding(found: Sequence[Incident], event: str) -> Incident:
    return next(incident for incident in found if any(r.event.id == event for r in incident.reports))
