"""Incidents by what a person asks for: two parties, a period, types, how they stand, or one by its id."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from dragoman.analysis.incidents.incident import Incident
from dragoman.errors import UsageError
from dragoman.model import Party

Belongs = Callable[[Party], bool]
"""Whether a party stands on a side."""


def choose(
    found: Iterable[Incident],
    *,
    between: tuple[Belongs, Belongs] | None = None,
    since: str | None = None,
    until: str | None = None,
    types: Collection[str] = (),
    standings: Collection[str] = (),
) -> list[Incident]:
    """The incidents that meet all conditions; days are ISO, one without a date stands at its first publication."""
    return [
        incident
        for incident in found
        if (between is None or _is_between(incident, *between))
        and _is_within(incident, since, until)
        and (not types or incident.type in types)
        and (not standings or incident.standing in standings)
    ]


def find_incident(found: Sequence[Incident], wanted: str) -> Incident:
    """The incident with this id, with an id that one of its reports would give it, or with the only id that begins so.

    Raises `UsageError` when there is none or more than one.
    """
    wanted = wanted.strip()
    for exact in (True, False):
        ids = [i for i in found if any(key == wanted or (not exact and key.startswith(wanted)) for key in i.keys)]
        if len(ids) == 1:
            return ids[0]
        if ids and wanted:
            several = ", ".join(incident.id for incident in ids[:5])
            raise UsageError(f"Several incidents begin with '{wanted}': {several}. Give more of the id.")
    raise UsageError(f"There is no incident '{wanted}' in the record. 'dragoman incidents' lists them with their ids.")


def _is_between(incident: Incident, one: Belongs, other: Belongs) -> bool:
    sides = ((incident.actors, incident.recipients), (incident.recipients, incident.actors))
    return any(any(map(one, a)) and any(map(other, b)) for a, b in sides)


def _is_within(incident: Incident, since: str | None, until: str | None) -> bool:
    first = incident.date.start if incident.date is not None else incident.first_reported
    last = incident.date.end if incident.date is not None else incident.first_reported
    if since is not None and (last is None or last < since):
        return False
    return until is None or (first is not None and first <= until)
