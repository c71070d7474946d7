"""With whom somebody has to do: counterparts, meetings, and of a state its own people; incidents in, rows out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
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
from dragoman.web.desk import Desk, party_key
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """What of an actor's incidents does not hang on filters, each by incident: who its counterparts are, by a key that
    `called` has name and address for, and of a state which of its own people and organs take part.
    """

    subject: Subject
    others: Mapping[str, tuple[str, ...]]
    called: Mapping[str, tuple[str, str | None]]
    own: Mapping[str, tuple[Party, ...]]
    met: tuple[Encounter, ...]


def company(desk: Desk, subject: Subject) -> Company:
    """The company of an actor; made once for a desk."""
    return desk.memo(("company", subject.key), lambda: _company(desk.of(subject), subject))


def happened(found: Iterable[Incident]) -> list[Incident]:
    """Without what was denied or called off."""
    return [each for each in found if each.standing not in _DENIED]


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


def counterparts(found: Sequence[Incident], ours: Company, met: Iterable[Encounter]) -> tuple[CounterpartRow, ...]:
    """With whom most: states for a state, whoever they are for others; most incidents first, then by name."""
    groups: dict[str, list[Incident]] = {}
    for each in found:
        for key in ours.others.get(each.id, ()):
            groups.setdefault(key, []).append(each)
    meetings: Counter[str] = Counter()
    for contact in met:
        meetings.update({_group(party, ours.subject)[0] for party in contact.other})
    ranked = sorted(groups, key=lambda key: (-len(groups[key]), ours.called[key][0]))
    most = max((len(group) for group in groups.values()), default=1)
    return tuple(_row(ours.subject, *ours.called[key], groups[key], meetings[key], most) for key in ranked)


def members(found: Iterable[Incident], ours: Company) -> tuple[MemberRow, ...]:
    """The persons and organs of a state that incidents, in order of time, name; those in most of them first."""
    counted: Counter[str] = Counter()
    latest: dict[str, tuple[str, Party]] = {}
    for each in found:
        for party in ours.own.get(each.id, ()):
            name = party.actor or party.text
            counted[name] += 1
            before = latest.get(name)
            if before is None or party.office is not None or before[1].office is None:
                latest[name] = (each.date.start if each.date is not None else each.first_reported or "", party)
    rows = [_member(name, counted[name], *latest[name]) for name in counted]
    return tuple(sorted(rows, key=lambda row: (-row.incidents, row.name.name)))


def _company(found: Sequence[Incident], subject: Subject) -> Company:
    others: dict[str, tuple[str, ...]] = {}
    called: dict[str, tuple[str, str | None]] = {}
    own: dict[str, tuple[Party, ...]] = {}
    groups: dict[Party, tuple[str, str, str | None]] = {}
    for each in found:
        here: dict[str, None] = {}
        for one, other in ((each.actors, each.recipients), (each.recipients, each.actors)):
            if any(map(subject.holds, one)):
                for party in other:
                    if not subject.holds(party):
                        group = groups.get(party) or groups.setdefault(party, _group(party, subject))
                        called.setdefault(group[0], group[1:])
                        here[group[0]] = None
        others[each.id] = tuple(here)
        if subject.code is not None:
            named = {p.actor: p for p in (*each.actors, *each.recipients) if p.country == subject.code and p.actor}
            own[each.id] = tuple(p for p in named.values() if not is_state(p))
    return Company(subject=subject, others=others, called=called, own=own, met=tuple(_contacts(found, subject)))


def _contacts(found: Iterable[Incident], subject: Subject) -> list[Encounter]:
    """Meetings, calls and letters with whomever else, the latest first; those without a date come last."""
    consulting = [each for each in found if each.type == "CONSULT"]
    met = encounters(consulting, subject.holds, lambda party: not subject.holds(party))
    return sorted(met, key=lambda e: (e.what.date.start if e.what.date is not None else "", e.what.id), reverse=True)


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
    last = group[-1]
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
    """Who came to whom, or who wrote; a person is visited in his own state."""
    if each.kind == "message":
        return "wrote" if each.sender == "one" else "was written to"
    if each.kind != "visit":
        return None
    ours, theirs = ({p.country for p in side if p.country} for side in (each.one, each.other))
    place = each.what.place
    visited = {place.country} if place is not None and place.country else set()
    if not visited:
        trips = (r.event for r in each.what.reports if r.event.mode == "visit" and not r.event.symmetric)
        visited = {p.country for event in trips for p in event.recipients if is_state(p) and p.country}
    if bool(visited & ours) != bool(visited & theirs):
        return "received" if visited & ours else "went there"
    return "received" if each.host == "one" else "went there"


def _member(name: str, number: int, day: str, party: Party) -> MemberRow:
    return MemberRow(
        name=Ref(name=shortened(one_line(name), 90), href=links.actor(name)),
        kind="person" if is_person(party) else "organ",
        office=shortened(one_line(party.office), 120) if party.office else None,
        incidents=number,
        last=day or None,
    )
