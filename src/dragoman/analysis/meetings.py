"""Who met whom, how often: happenings in, meetings by pair out, as a brief lists them.

`meetings_log` has contacts of every kind one by one, `meetings_firsts` what was a first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dragoman.analysis.happenings import Happening, contact
from dragoman.analysis.occurrence import Belongs
from dragoman.analysis.parties import is_person, name_key
from dragoman.model import Event, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """The meetings of one pair; `of_persons` when both are named persons, else offices, delegations or states."""

    one: Party
    other: Party
    of_persons: bool
    happenings: tuple[Happening, ...]


def is_meeting(happening: Happening) -> bool:
    """Whether this is a meeting in person that took place."""
    event = happening.event
    return event.status == "actual" and contact(event) == "meeting"


def meetings(happenings: Iterable[Happening], one: Belongs, other: Belongs) -> list[Meetings]:
    """Meetings counted by pair of persons, or of offices and states where a side names no person.

    `one` and `other` say who stands on which side; a party on both is of the first. Pairs of persons come first, then
    by number of meetings, most first, then by the last one, latest first, then by name.
    """
    pairs: dict[tuple[bool, str, str], tuple[Party, Party, list[Happening]]] = {}
    for happening in happenings:
        if is_meeting(happening):
            for key, (a, b) in _pairs(happening.named, one, other).items():
                pairs.setdefault(key, (a, b, []))[2].append(happening)
    rows = [
        Meetings(one=a, other=b, of_persons=of_persons, happenings=tuple(found))
        for (of_persons, _, _), (a, b, found) in sorted(pairs.items(), key=lambda item: item[0])
    ]
    rows.sort(key=lambda m: m.happenings[-1].order, reverse=True)
    rows.sort(key=lambda m: (not m.of_persons, -len(m.happenings)))
    return rows


def _pairs(event: Event, one: Belongs, other: Belongs) -> dict[tuple[bool, str, str], tuple[Party, Party]]:
    """Each pair once, by names; nobody meets his own side or himself."""
    found: dict[tuple[bool, str, str], tuple[Party, Party]] = {}
    for a_side, b_side in ((event.actors, event.recipients), (event.recipients, event.actors)):
        firsts = _present([p for p in a_side if one(p)])
        seconds = _present([p for p in b_side if other(p)])
        of_persons = any(map(is_person, firsts)) and any(map(is_person, seconds))
        for a in firsts:
            for b in seconds:
                names = name_key(a), name_key(b)
                if names[0] != names[1] and (of_persons, *reversed(names)) not in found:
                    found.setdefault((of_persons, *names), (a, b))
    return found


def _present(side: Sequence[Party]) -> Sequence[Party]:
    """The persons of a side; where it names none, whoever it names."""
    return [p for p in side if is_person(p)] or side
