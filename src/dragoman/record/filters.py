"""Which events are asked for: the filters of `Record.reported` and `Record.events`, checked and turned into SQL.

Kept apart so that the command line, Python and pages filter alike and get the same messages.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypedDict, Unpack, get_args

from dragoman.errors import UsageError
from dragoman.model import EventType, Status

TYPES: Final[tuple[str, ...]] = get_args(EventType)
STATUSES: Final[tuple[str, ...]] = get_args(Status)

_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class EventFilters(TypedDict, total=False):
    """Conditions that an event must all meet, as users write them.

    `between` are two countries (ISO 3166 alpha-3), persons or bodies that stand on opposite sides, either way round;
    `party` is one that stands on any side. Names are compared whole, without regard to case, accents and hyphens.
    `since` and `until` (a day, month or year) are compared with the event's first and last day; an event without a
    date is taken by its article's day of publication, for this choice only. `source` is part of the name of anyone in
    the chain of reporting, or of the publisher. Of several `types` or `statuses` one must fit. `min_confidence` is the
    least confidence, 0 to 1.
    """

    between: tuple[str, str] | None
    party: str | None
    since: str | None
    until: str | None
    types: Sequence[str]
    statuses: Sequence[str]
    source: str | None
    min_confidence: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Checked conditions: full ISO days, types and statuses as the codebook spells them."""

    between: tuple[str, str] | None = None
    party: str | None = None
    since: str | None = None
    until: str | None = None
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    source: str | None = None
    min_confidence: float | None = None

    def where(self) -> tuple[str, dict[str, object]]:
        """A SQL condition on the view `current_events`, and the values that it names."""
        values: dict[str, object] = {}
        conditions = ["true"]
        if self.between is not None:
            values["one"], values["other"] = self.between
            conditions.append("may_stand(sides, $one) AND may_stand(sides, $other)")
            conditions.append(
                "((stands_in(actors, $one) AND stands_in(recipients, $other))"
                " OR (stands_in(actors, $other) AND stands_in(recipients, $one)))"
            )
        if self.party is not None:
            values["party"] = self.party
            conditions.append("may_stand(sides, $party)")
            conditions.append("(stands_in(actors, $party) OR stands_in(recipients, $party))")
        if self.since is not None:
            values["since"] = self.since
            conditions.append("coalesce(event_end, published) >= $since::DATE")
        if self.until is not None:
            values["until"] = self.until
            conditions.append("coalesce(event_start, published) <= $until::DATE")
        if self.types:
            values["types"] = list(self.types)
            conditions.append("list_contains($types, type)")
        if self.statuses:
            values["statuses"] = list(self.statuses)
            conditions.append("list_contains($statuses, status)")
        if self.source is not None:
            values["source"] = self.source
            conditions.append(
                "(contains(plain(publisher), plain($source))"
                " OR len(list_filter(chain, lambda name: contains(plain(name), plain($source)))) > 0)"
            )
        if self.min_confidence is not None:
            values["min_confidence"] = self.min_confidence
            conditions.append("confidence >= $min_confidence")
        return " AND ".join(conditions), values


def checked(**filters: Unpack[EventFilters]) -> Filters:
    """Filters from what a user wrote; raises `UsageError` for an unknown type or status, a bad day, an empty name,
    a confidence that is none.
    """
    between, party, source = filters.get("between"), filters.get("party"), filters.get("source")
    since, until = filters.get("since"), filters.get("until")
    first, last = _day(since, "since", end=False), _day(until, "until", end=True)
    if first is not None and last is not None and first > last:
        raise UsageError(f"'since' ({since}) is after 'until' ({until}); no event can be in between. Swap them.")
    return Filters(
        between=None if between is None else (_name(between[0], "between"), _name(between[1], "between")),
        party=None if party is None else _name(party, "party"),
        since=first,
        until=last,
        types=_known(filters.get("types", ()), TYPES, "event type"),
        statuses=_known(filters.get("statuses", ()), STATUSES, "status"),
        source=None if source is None else _name(source, "source"),
        min_confidence=checked_confidence(filters.get("min_confidence")),
    )


def checked_confidence(least: float | None) -> float | None:
    """The least confidence as given; raises `UsageError` for what is no number from 0 to 1."""
    if least is None or 0 <= least <= 1:
        return least
    raise UsageError(f"'min-confidence' is {least:g}, and not a number from 0 (every event) to 1 (only sure ones).")


def _name(value: str, option: str) -> str:
    if not value.strip():
        raise UsageError(f"'{option}' is empty. Give a name or a country's three-letter code.")
    return value.strip()


def _known(given: Sequence[str], valid: tuple[str, ...], what: str) -> tuple[str, ...]:
    by_fold = {value.casefold(): value for value in valid}
    words = (given,) if isinstance(given, str) else given
    unknown = [word for word in words if word.casefold() not in by_fold]
    if unknown:
        raise UsageError(f"There is no {what} '{unknown[0]}'. There are: {', '.join(valid)}.")
    return tuple(by_fold[word.casefold()] for word in words)


def _day(value: str | None, option: str, *, end: bool) -> str | None:
    """A day as given; of a month or a year the first or, with `end`, the last day."""
    if value is None:
        return None
    found = _DAY.fullmatch(value.strip())
    if found is not None:
        year, month, day = (None if part is None else int(part) for part in found.groups())
        month = (12 if end else 1) if month is None else month
        if year and 1 <= month <= 12:
            last = calendar.monthrange(year, month)[1]
            day = (last if end else 1) if day is None else day
            if 1 <= day <= last:
                return f"{year:04}-{month:02}-{day:02}"
    raise UsageError(f"'{option}' is '{value}', and not a day like 2024-08-02, a month like 2024-08 or a year.")
