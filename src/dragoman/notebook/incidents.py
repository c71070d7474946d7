"""The incidents of a record that conditions let through: a sequence, a table, and a list in a notebook.

Apart from `analysis.incidents`, which forms them, because here is what a person asks for and how it is shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypedDict, Unpack, get_args

import msgspec
import pyarrow as pa

from dragoman.analysis.incidents import Incident, Standing, choose
from dragoman.briefing.brief import find_subjects
from dragoman.briefing.tied import incidents_with
from dragoman.errors import UsageError
from dragoman.model import Granularity, Party
from dragoman.notebook.rows import Rows
from dragoman.record.filters import checked
from dragoman.record.frames import Categories
from dragoman.record.schema import EVENT_COLUMNS

if TYPE_CHECKING:
    from dragoman.record import Record

_NAMES: Final = pa.list_(pa.string())
_SIDE: Final = EVENT_COLUMNS.field("actors").type
COLUMNS: Final = pa.schema(
    [
        ("incident_id", pa.string()),
        ("date_start", pa.date32()),
        ("date_end", pa.date32()),
        ("granularity", pa.string()),
        ("date_why", pa.string()),
        ("type", pa.string()),
        ("mode", pa.string()),
        ("type_why", pa.string()),
        ("quad", pa.int8()),
        ("intensity", pa.float64()),
        ("standing", pa.string()),
        ("status", pa.string()),
        ("symmetric", pa.bool_()),
        ("actors", _SIDE),
        ("recipients", _SIDE),
        ("actor_states", _NAMES),
        ("recipient_states", _NAMES),
        ("place", EVENT_COLUMNS.field("place").type),
        ("evidence", pa.string()),
        ("reports", pa.int64()),
        ("copies", pa.int64()),
        ("origins", _NAMES),
        ("confirmed_by", _NAMES),
        ("denied_by", _NAMES),
        ("first_reported", pa.date32()),
        ("last_reported", pa.date32()),
        ("confidence", pa.float64()),
        ("event_ids", _NAMES),
        ("article_ids", _NAMES),
    ]
)
"""One row an incident; `evidence` is the clause of the report that says most, `confidence` the highest of a report."""


class IncidentFilters(TypedDict, total=False):
    """Conditions that an incident must all meet, as users write them.

    `between` are two that stand on opposite sides, `party` one that stands on any: states by code or any name, persons
    or bodies. `since` and `until` (a day, month or year) are compared with its days, or with its first publication
    where it has none. Of several `types` or `standings` ('took place', 'announced', 'contested' ...) one must fit.
    `min_confidence` is what at least one report must be told with.
    """

    between: tuple[str, str] | None
    party: str | None
    since: str | None
    until: str | None
    types: Sequence[str]
    standings: Sequence[str]
    min_confidence: float | None


class Incidents(Rows[Incident]):
    """Incidents in order of time."""

    own_categories: ClassVar[Categories] = MappingProxyType(
        {"standing": get_args(Standing), "granularity": get_args(Granularity)}
    )

    def arrow(self) -> pa.Table:
        """One row an incident with the columns of `COLUMNS`."""
        return pa.Table.from_pylist([_row(each) for each in self], schema=COLUMNS)

    def _repr_html_(self) -> str:
        from dragoman.notebook.html import incidents_html

        return incidents_html(self)


def incidents_where(record: Record, **filters: Unpack[IncidentFilters]) -> Incidents:
    """The incidents of a record that meet all conditions.

    Formed from all reports of the record, so that an incident is the same whoever asks. Raises `UsageError` for parties
    that nobody knows, both `between` and `party`, an unknown type or standing, a bad day or confidence.
    """
    between, party = filters.get("between"), filters.get("party")
    if between is not None and party is not None:
        raise UsageError("Give 'between' or 'party', not both.")
    standings = filters.get("standings", ())
    words = (standings,) if isinstance(standings, str) else tuple(standings)
    unknown = [word for word in words if word not in get_args(Standing)]
    if unknown:
        raise UsageError(f"There is no standing '{unknown[0]}'. There are: {', '.join(get_args(Standing))}.")
    asked = checked(since=filters.get("since"), until=filters.get("until"), types=filters.get("types", ()))
    subjects = find_subjects(record, between or ((party,) if party is not None else ()))
    found = incidents_with(record, subjects, min_confidence=filters.get("min_confidence"))
    return Incidents(choose(found, since=asked.since, until=asked.until, types=asked.types, standings=words))


def states(parties: Iterable[Party]) -> list[str]:
    """The codes of the states on a side, each once."""
    return list(dict.fromkeys(p.country for p in parties if p.country))


def day(text: str | None) -> datetime.date | None:
    """An ISO day as a date."""
    return None if text is None else datetime.date.fromisoformat(text)


def _row(each: Incident) -> dict[str, Any]:
    date = each.date
    return {
        "incident_id": each.id,
        "date_start": None if date is None else day(date.start),
        "date_end": None if date is None else day(date.end),
        "granularity": None if date is None else date.granularity,
        "date_why": each.date_why,
        "type": each.type,
        "mode": each.mode,
        "type_why": each.type_why,
        "quad": each.quad,
        "intensity": each.intensity,
        "standing": each.standing,
        "status": each.status,
        "symmetric": each.symmetric,
        "actors": msgspec.to_builtins(each.actors),
        "recipients": msgspec.to_builtins(each.recipients),
        "actor_states": states(each.actors),
        "recipient_states": states(each.recipients),
        "place": msgspec.to_builtins(each.place),
        "evidence": each.event.evidence.text,
        "reports": len(each.reports),
        "copies": each.copies,
        "origins": [origin.name for origin in each.origins],
        "confirmed_by": each.confirmed_by,
        "denied_by": each.denied_by,
        "first_reported": day(each.first_reported),
        "last_reported": day(each.last_reported),
        "confidence": max(report.event.confidence for report in each.reports),
        "event_ids": [report.event.id for report in each.reports],
        "article_ids": list(dict.fromkeys(report.article.id for report in each.reports)),
    }
