"""Whether a report can tell of the same happening as a group of others, and how well: the rules, each in one place.

Any contradiction in sides, persons, days or places keeps a report out; what speaks for it is graded, so that the best
of several groups can be told. A false split does less harm than a false merge: what is not enough stays apart.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, NamedTuple

from dragoman.analysis.incidents.group import Group
from dragoman.analysis.incidents.told import Contact, People, Told
from dragoman.analysis.incidents.when import AHEAD, DAY, MOVED, NEXT_DAY, OVERLAP, SAME_ARTICLE, SOON, When, when_fits
from dragoman.analysis.incidents.words import says
from dragoman.analysis.parties import plain as folded
from dragoman.model import EventType, Place

NEAR: Final[frozenset[frozenset[EventType]]] = frozenset(
    frozenset(pair)
    for pair in (
        ("AGREE", "SUPPORT"), ("AGREE", "COOPERATE"), ("AGREE", "AID"), ("AGREE", "CONCEDE"),
        ("SUPPORT", "COOPERATE"), ("SUPPORT", "AID"), ("AID", "COOPERATE"), ("CONCEDE", "RETREAT"),
        ("COOPERATE", "RETREAT"), ("COOPERATE", "MOBILIZE"),
        ("SANCTION", "COERCE"), ("COERCE", "ASSAULT"), ("MOBILIZE", "ASSAULT"), ("MOBILIZE", "COERCE"),
        ("ACCUSE", "REJECT"), ("ACCUSE", "REQUEST"), ("ACCUSE", "THREATEN"), ("ACCUSE", "PROTEST"),
    )
)  # fmt: skip
"""Types that one act is easily told as: a treaty is agreed, supported and a cooperation, a seizure an assault."""
FAR: Final = 100.0
"""Kilometres beyond which two places cannot be one."""
ENOUGH: Final = 1 / 3
MUCH: Final = 1 / 2
LONG: Final = 7
"""Days of a date that says little about which of several happenings is meant."""


class Fit(NamedTuple):
    """How well a report fits a group; what comes first weighs most, greater is better."""

    when: When
    names: int
    sides: int
    type: int
    place: int
    matter: float


def fit(told: Told, group: Group) -> Fit | None:
    """How a report fits a group, or None where it does not."""
    sides, kind = _sides(told, group), _type(told, group)
    if sides is None or kind is None:
        return None
    names = _names(told.people, group.people)
    if names is None:
        return None
    when = when_fits(told, group, both_named=names == 2)
    if when is None:
        return None
    place = _place(told, group)
    if place is None:
        # Two who meet on a day meet in one place: a region, a site and a town are names of it.
        if told.block != "contact" or when != DAY or names < 2:
            return None
        place = 0
    found = Fit(when, names, sides, kind, place, _matter(told, group))
    enough = _contact_enough if told.block == "contact" else _act_enough
    return found if enough(told, group, found) else None


def _contact_enough(told: Told, group: Group, fit: Fit) -> bool:
    """What it takes to be the same meeting, call or message: the same sides, and the day or a name or a place."""
    if fit.sides < 2 or (fit.names == 0 and _called_otherwise(told, group)):
        return False
    if fit.when == NEXT_DAY:
        if told.report.article.publisher in group.publishers or says("again", told.event.evidence.text):
            return False
        return fit.names == 2 and (fit.place == 1 or "call" in group.contacts)
    if fit.when in (DAY, OVERLAP):
        return _short(told, group) or fit.names > 0 or fit.place == 1
    if fit.when == SAME_ARTICLE:
        # An article knows what happened from what might: "talks", and "invited him to come next time".
        if (told.event.status == "hypothetical") != (group.statuses == {"hypothetical"}):
            return False
        return fit.names > 0 or fit.place == 1 or not (told.people or told.spot)
    if fit.when in (AHEAD, MOVED):
        return fit.names > 0
    return fit.names > 0 or fit.place == 1


def _act_enough(told: Told, group: Group, fit: Fit) -> bool:
    """What it takes to be the same statement or deed: the matter; on one day, that nothing tells one from the other."""
    some, much = _shares(told, group, ENOUGH), _shares(told, group, MUCH)
    overlap, both = bool(told.topics & group.topics), bool(told.topics and group.topics)
    short = fit.when in (DAY, OVERLAP) and _short(told, group)
    there = short and fit.place == 1 and (overlap or not both)
    special = told.event.mode is not None and told.event.mode == group.lead.event.mode
    if told.report.article.id in group.articles:  # what an article tells twice over is two acts, unless in like words
        return fit.sides == 2 and (some if fit.type == 2 else short and much)
    if fit.sides < 2:
        return short and (some or there)
    if fit.type < 2:
        return short and (much or (some and fit.names + fit.place > 0) or (there and overlap))
    if fit.when in (SOON, AHEAD):
        return much or (special and not both)
    bare = not told.topics and not group.topics
    vague = (fit.names > 0 or special) and not both
    return some or (there and told.block == "deeds") or (fit.when == DAY and (bare or vague))


def _sides(told: Told, group: Group) -> int | None:
    """2 when both have the same sides, 1 when one leaves a side out or names fewer on it."""
    a, b, c, d = told.first, told.second, group.lead.first, group.lead.second
    unordered = told.block == "contact" or told.event.symmetric or group.lead.event.symmetric
    if (a, b) == (c, d) or (unordered and ((a, b) == (d, c) or a | b == c | d)):
        return 2 if a and b else 1 if a or b else None
    if told.block == "contact":
        return None
    if a and a == c and (not b or not d or "MOBILIZE" in (told.event.type, group.lead.event.type)):
        return 1
    if b and b == d and (not a or not c):
        return 1
    part = a and b and c and d and (a <= c or c <= a) and (b <= d or d <= b)
    return 1 if part else None


def _type(told: Told, group: Group) -> int | None:
    """2 for the same type (and kind of contact), 1 for one that is easily taken for it."""
    if told.contact is not None:
        return 2 if all(_one_contact(told.contact, other) for other in group.contacts) else None
    lead = group.lead.event.type
    if told.event.type == lead:
        return 2
    return 1 if frozenset((told.event.type, lead)) in NEAR else None


def _one_contact(one: Contact, other: Contact) -> bool:
    return one == other or {one, other} == {"meeting", "unclear"}


def _names(told: Mapping[str, People], group: Mapping[str, People]) -> int | None:
    """On how many sides both name the same person or office; None when they name others."""
    alike = 0
    for of, people in told.items():
        other = group.get(of)
        if other is None:
            continue
        if people.names and other.names:
            # The first named of each must be known to the other: who comes along is often left out, a host never.
            if not (people.first & other.names and other.first & people.names):
                return None
            alike += 1
        elif people.offices and other.offices:
            if not people.offices & other.offices:
                return None
            alike += 1
    return alike


def _called_otherwise(told: Told, group: Group) -> bool:
    """Whether both speak of somebody without a name in words that have nothing in common."""
    pairs = [(p.called, group.people[of].called) for of, p in told.people.items() if of in group.people]
    return any(one and other and not one & other for one, other in pairs)


def _place(told: Told, group: Group) -> int | None:
    """1 for the same place, 0 where one does not say, None for two places: two towns, or contacts in two states."""
    spot, spots = told.spot, group.spots
    if spot is None or not spots:
        return None if told.block == "contact" and _other_state(told.event.place, group) else 0
    if any(_one_place(spot, other) for other in spots):
        return 1
    return None


def _other_state(place: Place | None, group: Group) -> bool:
    """Whether a place lies in a state, and the places that the group tells all lie in others."""
    if place is None or place.country is None or not place.stated:
        return False
    told = (m.event.place for m in group.members)
    states = {place.country for place in told if place is not None and place.stated} - {None}
    return bool(states) and place.country not in states


def _one_place(one: Place, other: Place) -> bool:
    if folded(one.name or one.text) == folded(other.name or other.text):
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return _distance(one.lat, one.lon, other.lat, other.lon) <= FAR


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points, along the ground (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(half))


def _matter(told: Told, group: Group) -> float:
    return round(len(told.topics & group.topics) / len(told.topics), 2) if told.topics else 0.0


def _shares(told: Told, group: Group, share: float) -> bool:
    """Whether two words for the matter (one, where a clause has no more) and that share of them stand in both."""
    shared, fewer = len(told.topics & group.topics), min(len(told.topics), len(group.topics))
    return fewer > 0 and shared >= min(2, fewer) and shared >= share * fewer


def _short(told: Told, group: Group) -> bool:
    spans = [span for span in (told.days, group.days) if span is not None]
    return all(last - first <= LONG for first, last in spans)
