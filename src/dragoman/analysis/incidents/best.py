"""The best date, place, type and sides of an incident out of what its reports say, each with the reason in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from dragoman.analysis.incidents.told import Told, affiliations
from dragoman.analysis.parties import is_person, is_state, name_key
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import EventDate, EventType, Party, Place

T = TypeVar("T")
OriginName = Callable[[Told], object]
"""Whose word a report is: copies and the media of one side have one."""


def best_date(members: Sequence[Told], origin: OriginName) -> tuple[EventDate | None, str]:
    """The date that most independent words give, of those that are most precise; what took place goes before plans."""
    dated = [(m, m.event.date) for m in members if m.event.date is not None]
    if not dated:
        return None, "no report gives a date"
    done = [pair for pair in dated if pair[0].event.status in ("actual", "habitual")] or dated
    done = [pair for pair in done if pair[1].basis == "stated"] or done
    shortest = min(_length(date) for _, date in done)
    done = [pair for pair in done if _length(pair[1]) == shortest]
    votes = _votes(((date.start, date.end), origin(m)) for m, date in done)
    days = max(votes, key=lambda d: (votes[d], [-ord(c) for c in d[0]]))
    date = next(date for _, date in done if (date.start, date.end) == days)
    others = len({(d.start, d.end) for _, d in dated} - {days})
    why = _by(votes[days], members) if date.basis == "stated" else _BASIS[date.basis]
    return date, why + (f"; others say less precisely or otherwise ({others})" if others else "")


_BASIS = {"dateline": "the day of the dateline; no report states one", "published": "the day of publication"}


def best_place(members: Sequence[Told], origin: OriginName) -> tuple[Place | None, str]:
    """The place that most independent words name, towns and sites before states."""
    named = [(m, m.event.place) for m in members if m.event.place is not None]
    if not named:
        return None, "no report gives a place"
    # What is only planned or thought of ("invited to come to Moscow next time") does not say where this took place.
    told = [pair for pair in named if pair[0].event.status in ("actual", "habitual")] or named
    told = [(m, place) for m, place in told if place.stated] or told
    exact = [(m, m.spot) for m, _ in told if m.spot is not None] or told
    votes = _votes((place.name or place.text, origin(m)) for m, place in exact)
    name = min(votes, key=lambda n: (-votes[n], n))
    place = next(place for _, place in exact if (place.name or place.text) == name)
    return place, _by(votes[name], members) + ("" if place.stated else ", from the dateline")


def best_type(members: Sequence[Told], origin: OriginName) -> tuple[EventType, str | None, str]:
    """The type that most independent words have, and its mode; of equals the leading report's."""
    votes = _votes((m.event.type, origin(m)) for m in members)
    order = [m.event.type for m in members]
    kind = min(votes, key=lambda t: (-votes[t], order.index(t)))
    modes = _votes((m.event.mode, origin(m)) for m in members if m.event.type == kind and m.event.mode is not None)
    mode = min(modes, key=lambda name: (-modes[name], name)) if modes else None
    if mode is not None and 2 * modes[mode] < votes[kind]:
        mode = None
    others = sorted(set(order) - {kind})
    why = _by(votes[kind], members)
    return kind, mode, why + (f"; told as {', '.join(others)} too" if others else "")


def is_symmetric(members: Sequence[Told], kind: EventType, mode: str | None) -> bool:
    """Whether both sides do the same, by the first report of this type and mode.

    A visit is one side's, a meeting both sides'; so what is told as both, and is no visit by most, is a meeting.
    """
    alike = [m.event.symmetric for m in members if m.event.type == kind and m.event.mode == mode]
    return alike[0] if alike else any(m.event.symmetric for m in members if m.event.type == kind)


def intensity_of(kind: EventType, mode: str | None) -> tuple[int, float]:
    """Quad and PLOVER score of a type and mode."""
    return load_ontology().type(kind).quad, load_ontology().intensity(kind, mode)


def best_sides(members: Sequence[Told]) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """The two sides with all persons and offices that any report names; a state only where nobody of it is named.

    Reports that turn the sides round ('Lavrov visited Kim') are turned as the first one has them.
    """
    lead = members[0].event
    sides: tuple[list[Party], list[Party]] = list(lead.actors), list(lead.recipients)
    ours = affiliations(lead.actors), affiliations(lead.recipients)
    for member in members[1:]:
        actors, recipients = member.event.actors, member.event.recipients
        straight = len(ours[0] & member.first) + len(ours[1] & member.second)
        turned = len(ours[0] & member.second) + len(ours[1] & member.first)
        if turned > straight:
            actors, recipients = recipients, actors
        sides[0].extend(actors)
        sides[1].extend(recipients)
    return _united(sides[0]), _united(sides[1])


def _united(parties: Iterable[Party]) -> tuple[Party, ...]:
    """Each party once; words without a name give way to names, and a state to its people."""
    found: dict[str, Party] = {}
    for party in parties:
        key = name_key(party)
        if key not in found or (found[key].office is None and party.office is not None):
            found[key] = party
    kept = list(found.values())
    persons = {p.country for p in kept if is_person(p)}
    named = [p for p in kept if is_person(p) or not (p.country in persons and (is_state(p) or p.actor is None))]
    known = {p.country for p in named if p.actor is not None}
    return tuple(p for p in named if p.actor is not None or p.country is None or p.country not in known)


def _votes(given: Iterable[tuple[T, object]]) -> dict[T, int]:
    """How many different voices give each value, in the order in which values come up."""
    voices: dict[T, set[object]] = {}
    for value, voice in given:
        voices.setdefault(value, set()).add(voice)
    return {value: len(heard) for value, heard in voices.items()}


def _by(count: int, members: Sequence[Told]) -> str:
    if len(members) == 1:
        return "by its only report"
    return f"by {count} independent word{'s' if count > 1 else ''} among {len(members)} reports"


def _length(date: EventDate) -> int:
    return {"day": 0, "week": 1, "month": 2, "year": 3}[date.granularity] * 400 + (date.start != date.end)
