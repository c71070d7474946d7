"""Which incidents a brief tells in full: a weight for each, and the choice of the weightiest without crowding a day.

A plain sum, so that a person can say why one stands before another: deeds before words, what several independent
sources tell, what persons who come up often do, what is dated and what is disputed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from dragoman.analysis.contacts import contact
from dragoman.analysis.incidents import Incident
from dragoman.analysis.parties import affiliations, persons
from dragoman.briefing.entries import TELLING, telling

MANY: Final = 4
"""Independent sources beyond which more add nothing."""
CROWD: Final = 2.0
"""What an incident loses for each that is already chosen of its day, or of the same article."""
STANDING: Final[Mapping[str, float]] = {
    "took place": 1.0,
    "goes on": 0.5,
    "contested": 2.0,
    "cancelled": 0.5,
    "put off": 0.5,
    "denied": -1.0,
    "possible": -2.0,
}


def choose_key(found: Sequence[Incident], most: int, *, marked: Collection[str] = ()) -> list[Incident]:
    """At most so many of the incidents, in the order given; `marked` are the ids of those that made a turning
    point or are denied by others.

    The weightiest is chosen first; each choice makes others of its day or its article lighter.
    """
    prominent = Counter(name for each in found for name in _names(each))
    often = max(prominent.values(), default=1)
    weights = {
        each.id: weight(each) + 2 * _share(each, prominent, often) + (2.0 if each.id in marked else 0.0)
        for each in found
    }
    chosen: list[Incident] = []
    left = list(found)
    while left and len(chosen) < most:
        best = max(left, key=lambda each: (weights[each.id] - CROWD * _near(each, chosen), each.id))
        chosen.append(best)
        left.remove(best)
    ids = {each.id for each in chosen}
    return [each for each in found if each.id in ids]


def weight(incident: Incident) -> float:
    """How much an incident says by itself."""
    total = STANDING.get(incident.standing, 0.0)
    total += min(len(incident.origins), MANY) + abs(incident.intensity) / 5
    total += 2.0 if incident.quad in (2, 4) else 0.0
    if contact(incident) == "meeting" and persons(incident.actors) and persons(incident.recipients):
        total += 1.0
    if incident.date is not None and incident.date.granularity == "day":
        total += 1.5
    if len(telling(incident).event.evidence.text.split()) < TELLING:
        total -= 2.0
    return total + 2 * max(report.event.confidence for report in incident.reports)


def _names(incident: Incident) -> frozenset[str]:
    return frozenset(persons((*incident.actors, *incident.recipients)))


def _share(incident: Incident, prominent: Counter[str], often: int) -> float:
    """How often the persons of an incident come up, from 0 to 1 by the one who does most."""
    return max((prominent[name] / often for name in _names(incident)), default=0.0)


def _near(incident: Incident, chosen: Iterable[Incident]) -> int:
    """How many of the chosen are of its day, told in its leading article, or the same without a day."""
    day = incident.date.start if incident.date is not None else None
    return sum(
        (day is not None and other.date is not None and other.date.start == day)
        or other.lead.article.id == incident.lead.article.id
        or (day is None and other.date is None and _kind(other) == _kind(incident))
        for other in chosen
    )


def _kind(incident: Incident) -> object:
    return incident.type, affiliations(incident.actors), affiliations(incident.recipients)
