"""With whom somebody has to do: counterparts, meetings, and of a state its own people; incidents in, rows out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal

import msgspec

from dragoman.analysis.incidents import Incident
from dragoman.analysis.meetings_log import Encounter, encounters
from dragoman.analysis.parties import is_person, is_state, plain
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line, party_words, shortened
from dragoman.knowledge.actors import load_actors
from dragoman.model import Party
from dragoman.web import links
from dragoman.web.desk import party_key
from dragoman.web.parts import Ref, When, refs, when

_DENIED: Final = ("denied", "cancelled")


class CounterpartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A counterpart: how many incidents, of cooperation and of conflict, and how wide their bars are, in hundredths of
    the longest row. `mean` is the mean PLOVER score.
    """

    name: Ref
    href: str
    incidents: int
    cooperation: int
    conflict: int
    cooperation_width: float
    conflict_width: float
    mean: float
    meetings: int
    last: When
    last_href: str


class MetRow(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting, call or letter. `way` says who came to whom, or who wrote."""

    href: str
    kind: str
    way: str | None
    when: When
    ours: tuple[Ref, ...]
    whom: tuple[Ref, ...]
    place: str | None


class MemberRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person or organ of a state, as this record names it; `office` is the latest that it gives."""

    name: Ref
    kind: Literal["person", "organ"]
    office: str | None
    incidents: int
    last: str | None


def happened(found: Iterable[Incident]) -> list[Incident]:
    """Without what was denied or called off."""
    return [each for each in found if each.standing not in _DENIED]


def contacts(found: Iterable[Incident], subject: Subject) -> list[Encounter]:
    """Meetings, calls and letters with whomever else, the latest first; those without a date come last."""
    met = encounters(found, subject.holds, lambda party: not subject.holds(party))
    return sorted(met, key=lambda e: (e.what.date.start if e.what.date is not None else "", e.what.id), reverse=True)


def met_row(each: Encounter) -> MetRow:
    """A contact as a row, seen from the one side."""
    what = each.what
    return MetRow(
        href=links.incident(what.id),
        kind=each.kind,
        way=_way(each),
        when=when(what.date),
        ours=refs(each.one),
        whom=refs(each.other),
        place=shortened(one_line(what.place.name or what.place.text), 80) if what.place is not None else None,
    )


def counterparts(found: Sequence[Incident], subject: Subject, met: Iterable[Encounter]) -> tuple[CounterpartRow, ...]:
    """With whom most: states for a state, whoever they are for others; most incidents first, then by name."""
    groups: dict[str, list[Incident]] = {}
    shown: dict[str, tuple[str, str | None]] = {}
    for each in found:
        for key, (name, address) in _others(each, subject).items():
            groups.setdefault(key, []).append(each)
            shown.setdefault(key, (name, address))
    meetings: dict[str, set[str]] = {}
    for contact in met:
        for party in contact.other:
            meetings.setdefault(_group(party, subject)[0], set()).add(contact.what.id)
    ranked = sorted(groups, key=lambda key: (-len(groups[key]), shown[key][0]))
    most = max((len(group) for group in groups.values()), default=1)
    return tuple(_row(subject, *shown[key], groups[key], len(meetings.get(key, ())), most) for key in ranked)


def members(found: Iterable[Incident], code: str) -> tuple[MemberRow, ...]:
    """The persons and organs of a state that incidents name; those in most of them first."""
    counted: dict[str, int] = {}
    latest: dict[str, tuple[str, Party]] = {}
    for each in found:
        day = each.date.start if each.date is not None else each.first_reported or ""
        ours = {
            p.actor: p
            for p in (*each.actors, *each.recipients)
            if p.country == code and p.actor is not None and not is_state(p)
        }
        for name, party in ours.items():
            counted[name] = counted.get(name, 0) + 1
            before = latest.get(name)
            if before is None or (party.office is not None, day) >= (before[1].office is not None, before[0]):
                latest[name] = (day, party)
    rows = [_member(name, counted[name], *latest[name]) for name in counted]
    return tuple(sorted(rows, key=lambda row: (-row.incidents, row.name.name)))


def _others(each: Incident, subject: Subject) -> dict[str, tuple[str, str | None]]:
    sides = ((each.actors, each.recipients), (each.recipients, each.actors))
    others = (p for a, b in sides if any(map(subject.holds, a)) for p in b if not subject.holds(p))
    found: dict[str, tuple[str, str | None]] = {}
    for party in others:
        key, name, address = _group(party, subject)
        found.setdefault(key, (name, address))
    return found


def _group(party: Party, subject: Subject) -> tuple[str, str, str | None]:
    """Under what a party is counted, how it is called, and what its page goes by."""
    state = load_actors().by_code.get(party.country or "")
    if state is not None and (subject.code is not None or not is_person(party)):
        return state.code, state.name, state.code
    name = party_words(party)
    return plain(party.actor or name), name, party_key(party)


def _row(
    subject: Subject, name: str, key: str | None, group: Sequence[Incident], meetings: int, most: int
) -> CounterpartRow:
    good = sum(each.quad <= 2 for each in group)
    last = max(group, key=lambda each: each.order)
    to = links.dyad(subject.key, key) if key else links.incident(last.id)
    return CounterpartRow(
        name=Ref(name=shortened(one_line(name), 80), href=links.actor(key) if key else None),
        href=to,
        incidents=len(group),
        cooperation=good,
        conflict=len(group) - good,
        cooperation_width=round(100 * good / most, 1),
        conflict_width=round(100 * (len(group) - good) / most, 1),
        mean=round(sum(each.intensity for each in group) / len(group), 2),
        meetings=meetings,
        last=when(last.date, last.first_reported),
        last_href=links.incident(last.id),
    )


def _way(each: Encounter) -> str | None:
    if each.kind == "visit":
        return "received" if each.host == "one" else "went there"
    if each.kind == "message":
        return "wrote" if each.sender == "one" else "was written to"
    return None


def _member(name: str, number: int, day: str, party: Party) -> MemberRow:
    return MemberRow(
        name=Ref(name=shortened(one_line(name), 90), href=links.actor(name)),
        kind="person" if is_person(party) else "organ",
        office=shortened(one_line(party.office), 120) if party.office else None,
        incidents=number,
        last=day or None,
    )
