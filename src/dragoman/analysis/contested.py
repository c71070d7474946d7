"""What is both told and denied: occurrences in, each denial with what says the contrary out.

Within one incident its own reports contradict each other; between incidents, deeds that go on (deliveries) are denied
in one year and told in the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.occurrence import Occurrence, day_of, in_order, published
from dragoman.analysis.parties import affiliations, persons
from dragoman.analysis.sourcing import MATERIAL
from dragoman.model import EventDate

SLIP: Final = 1
"""Days by which a date taken from the dateline or the publication day may be off."""
NEWS_AGE: Final = 3
"""Days after which a report without a date is no longer taken to tell of the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """What somebody denies; `told` are the occurrences that say the contrary, maybe none or the same one itself."""

    denied: Occurrence
    told: tuple[Occurrence, ...]


def contested(found: Iterable[Occurrence]) -> list[Contested]:
    """What is denied, each with what tells it as a fact: same type and sides, compatible persons and dates.

    Deeds that go on are compared whenever one of the two has no date; words and meetings only when they can be of the
    same time. An occurrence that some of its reports deny stands against itself.
    """
    ordered = in_order(found)
    told: dict[object, list[Occurrence]] = {}
    for each in ordered:
        if each.status in ("actual", "habitual"):
            told.setdefault(_kind(each), []).append(each)
    disputes = []
    for each in ordered:
        if each.status in ("actual", "habitual"):
            if any(r.event.status == "denied" for r in each.reports):
                disputes.append(Contested(denied=each, told=(each,)))
        elif each.status == "denied":
            against = tuple(other for other in told.get(_kind(each), ()) if _contradicts(other, each))
            disputes.append(Contested(denied=each, told=against))
    return disputes


def _kind(each: Occurrence) -> object:
    sides = affiliations(each.actors), affiliations(each.recipients)
    return each.type, frozenset(sides) if each.symmetric or each.type == "CONSULT" else sides


def _contradicts(told: Occurrence, denied: Occurrence) -> bool:
    a, b = (frozenset(persons((*each.actors, *each.recipients))) for each in (told, denied))
    if not (a <= b or b <= a):
        return False
    if told.quad in MATERIAL and (told.date is None or denied.date is None):
        return True
    # What is denied before it happened was a plan, and is none of what happened.
    happened, day = told.date.start if told.date is not None else published(told), published(denied)
    before = happened is not None and day is not None and day < happened
    return not before and _same_time(told, denied)


def _same_time(one: Occurrence, other: Occurrence) -> bool:
    a, b = one.date, other.date
    if a is not None and b is not None:
        slip = 0 if a.basis == b.basis == "stated" else SLIP
        within = _within(a, b) or _within(b, a)
        return within or (slip > 0 and _gap(a, b) <= slip)
    if {r.article.id for r in one.reports} & {r.article.id for r in other.reports}:
        return True
    first, second = published(one), published(other)
    if first is None or second is None:
        return False
    if a is None and b is None:
        return abs((day_of(first) - day_of(second)).days) <= NEWS_AGE
    dated, told = (a, second) if a is not None else (b, first)
    assert dated is not None
    return 0 <= (day_of(told) - day_of(dated.end)).days <= NEWS_AGE


def _within(a: EventDate, b: EventDate) -> bool:
    return b.start <= a.start and a.end <= b.end


def _gap(a: EventDate, b: EventDate) -> int:
    """Days between two dates, 0 or less where they overlap."""
    return max((day_of(a.start) - day_of(b.end)).days, (day_of(b.start) - day_of(a.end)).days)
