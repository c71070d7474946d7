"""In words why a report was taken into an incident, for `dragoman show` and for whoever checks the grouping."""

from __future__ import annotations

import datetime

from dragoman.analysis.incidents.compare import Fit
from dragoman.analysis.incidents.group import Group
from dragoman.analysis.incidents.told import Told
from dragoman.analysis.incidents.when import AHEAD, ANSWER, DAY, MOVED, NEXT_DAY, OVERLAP, SAME_ARTICLE, SOON
from dragoman.analysis.parties import persons, plain


def why(told: Told, group: Group, fit: Fit) -> str:
    """The reasons in one line: 'same sides; both name Sergei Lavrov; both state 2023-10-19; same place, Pyongyang'."""
    words = ["same sides" if fit.sides == 2 else "a side that one leaves out or names in part, the other the same"]
    if fit.type < 2:
        words.append(f"{told.event.type} is easily told for {group.lead.event.type}")
    words += [_names(told, group), _time(told, group, fit.when)]
    if fit.place and told.spot is not None:
        words.append(f"same place, {told.spot.name or told.spot.text}")
    if told.block != "contact" and (shared := sorted(told.topics & group.topics)):
        words.append(f"same matter ({', '.join(shared[:5])})")
    return "; ".join(word for word in words if word)


def _names(told: Told, group: Group) -> str:
    parties = (*told.event.actors, *told.event.recipients)
    theirs = {name for people in group.people.values() for name in people.names}
    both = [name for name in persons(parties) if plain(name) in theirs]
    if both:
        return f"both name {' and '.join(both)}"
    offices = {office for people in group.people.values() for office in people.offices}
    same = [party.office for party in parties if party.office and plain(party.office) in offices]
    return f"both mean the {same[0]}" if same else ""


def _time(told: Told, group: Group, when: int) -> str:
    if when == DAY:
        return f"both state {_span(told)}"
    if when == OVERLAP:
        return f"{_span(told)} goes with {_span_of(group.days)}"
    if when == SAME_ARTICLE:
        return "no date, in the same article"
    if when == SOON:
        return "published within days of it" if group.days else "published within days of the other"
    if when == ANSWER:
        return "a denial soon after it was told"
    if when == MOVED:
        return f"put off, from {_span_of(group.days)} to {_span(told)}"
    if when == AHEAD:
        return "a plan without a day, the only such thing in the weeks after it"
    assert when == NEXT_DAY
    return f"{_span(told)} for {_span_of(group.days)}: a day apart, as clocks differ"


def _span(told: Told) -> str:
    date = told.event.date
    if date is None:
        return "no date"
    return date.start if date.start == date.end else f"{date.start} to {date.end}"


def _span_of(days: tuple[int, int] | None) -> str:
    if days is None:
        return "no date"
    first, last = (datetime.date.fromordinal(day).isoformat() for day in days)
    return first if first == last else f"{first} to {last}"
