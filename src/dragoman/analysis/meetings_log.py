"""Contacts of two sides one by one, and tallies of them: visits with their direction, other meetings, calls, letters.

`meetings` counts by pair for a brief; here is what such a count is made of, for tables and for comparing ties.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dragoman.analysis.contacts import contact
from dragoman.analysis.occurrence import Belongs, Occurrence, day_of, in_order
from dragoman.analysis.parties import is_person, is_state, name_key
from dragoman.model import Event, Party

Kind = Literal["visit", "meeting", "call", "message"]
Level = Literal["persons", "offices", "states"]

_HOSTS: Final[tuple[Literal["one", "other"], ...]] = ("one", "other")
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LEVELS: Final[tuple[Level, ...]] = get_args(Level)
TRIP: Final = 3
"""Days between meetings in the same country that still belong to one trip."""
RESIDENT: Final = ("ambassador", "chargé", "consul")
"""Who holds such an office lives in the other country and does not come for a meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One contact. `one` and `other` are who took part of each side; `host` is the side visited, None unless a visit.

    For a message `sender` is the side that sent it.
    """

    kind: Kind
    what: Occurrence
    one: tuple[Party, ...]
    other: tuple[Party, ...]
    host: Literal["one", "other"] | None = None
    sender: Literal["one", "other"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """Visits of one side to the other that belong together, by their days; `first` is None for one without a date."""

    host: Literal["one", "other"]
    visits: tuple[Encounter, ...]

    @property
    def first(self) -> str | None:
        """The first day of the earliest visit, or None where none has a date."""
        return self.visits[0].what.date.start if self.visits[0].what.date is not None else None

    @property
    def guests(self) -> tuple[Party, ...]:
        """Who travelled, each once; persons where any is named."""
        return present({name_key(p): p for visit in self.visits for p in _guests(visit)}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How often one pair met, called or wrote, by kind of contact."""

    one: str
    other: str
    encounters: tuple[Encounter, ...]

    def count(self, kind: Kind) -> int:
        """How many encounters are of a kind."""
        return sum(each.kind == kind for each in self.encounters)


def encounters(found: Iterable[Occurrence], one: Belongs, other: Belongs) -> list[Encounter]:
    """What two sides had to do with each other face to face, by telephone and in writing, in order of time.

    Only what took place. A meeting is a visit when it was held in the country of one of the two sides, or when a report
    says that one side visited the other's state; the side that lives there is the host. Meetings with an ambassador at
    his post are no visits, and those in third countries neither.
    """
    listed = []
    for each in in_order(found):
        kind = contact(each)
        if each.status == "actual" and kind is not None:
            sides = _sides(each, one, other)
            if sides is not None:
                listed.append(_encounter(each, kind, *sides, one))
    return listed


def trips(found: Sequence[Encounter]) -> list[Trip]:
    """Visits put together into trips, in order of time; those of which no visit has a date come last.

    Dated visits to the same host at most three days apart are one trip. A visit of which only the month or year is
    known belongs to a trip in that time, one without a date to the last trip of one of its guests (of anybody, where it
    names no guest), if there is one. So nothing is counted twice, and a second trip may be missed.
    """
    made: list[Trip] = []
    for host in _HOSTS:
        visits = [each for each in found if each.host == host]
        known = sorted((e for e in visits if e.what.date is not None), key=lambda e: (*_days(e), e.what.id))
        drafts: list[_Draft] = []
        for each in known:
            if _length(each) <= TRIP:
                _add(drafts[-1:], drafts, each, TRIP)
        for each in known:
            if _length(each) > TRIP:
                _add(drafts, drafts, each, 0)
        drafts.sort(key=lambda draft: (draft.first, draft.last))
        for each in visits:
            if each.what.date is None:
                _add_undated(drafts, each)
        made += [Trip(host=host, visits=tuple(draft.visits)) for draft in drafts]
    return sorted(made, key=lambda trip: (trip.first is None, trip.first or "", trip.visits[0].what.id))


def tally(found: Iterable[Encounter], level: Level) -> list[Tally]:
    """Encounters by pair of persons, of offices or of states; most first, then by name.

    By persons, a side that names none stands by its office or words; by offices, a person without one by name.
    """
    pairs: dict[tuple[str, str], list[Encounter]] = {}
    for each in found:
        for pair in sorted({(_named(a, level), _named(b, level)) for a in each.one for b in each.other}):
            pairs.setdefault(pair, []).append(each)
    rows = [Tally(one=one, other=other, encounters=tuple(group)) for (one, other), group in pairs.items()]
    return sorted(rows, key=lambda row: (-len(row.encounters), row.one, row.other))


def present(side: Iterable[Party]) -> tuple[Party, ...]:
    """The persons of a side; where it names none, whoever it names."""
    parties = tuple(side)
    return tuple(p for p in parties if is_person(p)) or parties


def _sides(each: Occurrence, one: Belongs, other: Belongs) -> tuple[list[Party], list[Party], bool] | None:
    """Who took part of each side, and whether the first side stands among the actors."""
    for acting, receiving, first in ((each.actors, each.recipients, True), (each.recipients, each.actors, False)):
        firsts, seconds = [p for p in acting if one(p)], [p for p in receiving if other(p)]
        if firsts and seconds:
            return firsts, seconds, first
    return None


def _encounter(
    each: Occurrence,
    kind: Literal["meeting", "call", "message"],
    ones: list[Party],
    others: list[Party],
    first: bool,
    one: Belongs,
) -> Encounter:
    a, b = present(ones), present(others)
    if kind == "message":
        return Encounter(kind=kind, what=each, one=a, other=b, sender="one" if first else "other")
    host = _host(each, ones, others, one) if kind == "meeting" else None
    return Encounter(kind="visit" if host else kind, what=each, one=a, other=b, host=host)


def _host(
    each: Occurrence, ones: Sequence[Party], others: Sequence[Party], one: Belongs
) -> Literal["one", "other"] | None:
    """The side in whose country they met: by the place, else by a report that somebody visited a state."""
    homes = {p.country for p in ones if p.country}, {p.country for p in others if p.country}
    where = each.place.country if each.place is not None else None
    if where is not None and (where in homes[0]) != (where in homes[1]):
        host: Literal["one", "other"] | None = "one" if where in homes[0] else "other"
    else:
        told = {_visited(report.event, one) for report in each.reports} - {None} if where is None else set()
        host = told.pop() if len(told) == 1 else None
    if host is None:
        return None
    guests = others if host == "one" else ones
    return None if all(_is_resident(p) for p in guests) else host


def _visited(event: Event, one: Belongs) -> Literal["one", "other"] | None:
    if event.mode != "visit" or event.symmetric or not event.recipients or not all(map(is_state, event.recipients)):
        return None
    return "one" if any(map(one, event.recipients)) else "other"


def _is_resident(party: Party) -> bool:
    words = f"{party.office or ''} {party.text}".casefold()
    return any(word in words for word in RESIDENT)


def _named(party: Party, level: Level) -> str:
    if level == "states":
        return party.country or party.actor or party.text
    if level == "offices" and party.office:
        return party.office
    return party.actor or party.office or party.text


@dataclass(slots=True)
class _Draft:
    """A trip in the making; without a date its days are after all others."""

    first: int
    last: int
    visits: list[Encounter]


def _add(among: Sequence[_Draft], drafts: list[_Draft], each: Encounter, slack: int) -> None:
    """Add a dated visit to the trip that it touches, or begin one."""
    first, last = _days(each)
    for draft in among:
        if draft.first <= last + slack and first <= draft.last + slack:
            draft.visits.append(each)
            if _length(each) <= TRIP:
                draft.last = max(draft.last, last)
            return
    drafts.append(_Draft(first, last, [each]))


def _add_undated(drafts: list[_Draft], each: Encounter) -> None:
    names = {name_key(p) for p in _guests(each) if is_person(p)}
    for draft in reversed(drafts):
        if not names or names & {name_key(p) for visit in draft.visits for p in _guests(visit)}:
            draft.visits.append(each)
            return
    drafts.append(_Draft(10**7, 10**7, [each]))


def _guests(each: Encounter) -> tuple[Party, ...]:
    return each.other if each.host == "one" else each.one


def _length(each: Encounter) -> int:
    first, last = _days(each)
    return last - first


def _days(each: Encounter) -> tuple[int, int]:
    date = each.what.date
    return (day_of(date.start).toordinal(), day_of(date.end).toordinal()) if date is not None else (0, 0)
