"""On whose word a happening rests: what is only alleged by third parties, and what is both told and denied."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.happenings import Happening, same_people, same_time
from dragoman.analysis.parties import opposite, plain
from dragoman.knowledge.actors import load_actors
from dragoman.model import ReportedEvent, Speaker

MATERIAL: Final = (2, 4)
"""The quads of deeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A happening that somebody denies; `told` are the happenings that say the contrary, maybe none."""

    denied: Happening
    told: tuple[Happening, ...]


def is_alleged(happening: Happening) -> bool:
    """Whether every report rests on the word of somebody who is neither its publisher nor a party to the event."""
    return all(_is_hearsay(report) for report in happening.reports)


def contested(happenings: Iterable[Happening]) -> list[Contested]:
    """What is reported as denied, each with what tells it as a fact: same type and sides, compatible persons and dates.

    Deeds that go on, such as deliveries, are compared whenever one of the two has no date; words and meetings only
    when they can be of the same time.
    """
    found = list(happenings)
    told = [h for h in found if h.event.status in ("actual", "habitual")]
    return [
        Contested(denied=h, told=tuple(t for t in told if _contradicts(t, h)))
        for h in found
        if h.event.status == "denied"
    ]


def is_outlet(name: str) -> bool:
    """Whether this is the name of a news outlet that the actor files know."""
    return plain(name) in _outlets()


def state_media_of(publisher: str) -> str | None:
    """The code of the state that owns the outlet or sets its line; None for others and for outlets not known."""
    return _outlets().get(plain(publisher))


def _is_hearsay(report: ReportedEvent) -> bool:
    claim, event, article = report.claim, report.event, report.article
    if claim is None or claim.speaker is None or not _is_somebody(claim.speaker):
        return False
    parties = (*event.actors, *event.recipients)
    names = {plain(p.actor or p.text) for p in parties}
    countries = {p.country for p in parties if p.country}
    speaker = plain(claim.speaker.actor or claim.speaker.text)
    own = {plain(name) for name in (article.publisher, article.reprint_of) if name}
    return speaker not in names | own and not _speaks_for(claim.speaker, countries)


def _is_somebody(speaker: Speaker) -> bool:
    """Whether the speaker is known, or named by a noun for people ('two officials'), and not 'the text' or 'timing'."""
    if speaker.actor is not None or speaker.country is not None:
        return True
    knowledge = load_actors()
    return any(word in knowledge.agents or word in knowledge.titles for word in speaker.text.lower().split())


def _speaks_for(speaker: Speaker, countries: set[str]) -> bool:
    return speaker.country in countries


def _contradicts(told: Happening, denied: Happening) -> bool:
    a, b = told.event, denied.event
    if a.type != b.type or opposite(a) != opposite(b) or not same_people(told.lead, denied.lead):
        return False
    lasting = a.quad in MATERIAL and (a.date is None or b.date is None)
    return lasting or same_time(told.lead, denied.lead)


@functools.cache
def _outlets() -> dict[str, str | None]:
    return {
        plain(name): outlet.country if outlet.state_media else None
        for outlet in load_actors().outlets
        for name in (outlet.name, *outlet.names)
    }
