"""An event report as it is compared with others: its sides, persons, days, place and matter, worked out once.

Apart from the comparison so that each report is read once, however often it is compared.
"""

from __future__ import annotations

import datetime
import functools
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.incidents.words import content_words, says, topics
from dragoman.analysis.parties import is_person
from dragoman.analysis.parties import plain as folded
from dragoman.knowledge.actors import load_actors
from dragoman.model import Event, EventDate, EventType, Party, Place, ReportedEvent

Contact = Literal["meeting", "call", "message", "unclear"]
Block = Literal["contact", "words", "deeds"]

WORDS: Final[frozenset[EventType]] = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST"})
SLIP: Final = 1
"""Days by which what happened may lie before a date that is only that of the dateline or the publication."""
ID_LENGTH: Final = 11


@dataclass(frozen=True, slots=True)
class People:
    """Who of one state or body takes part: persons, the first named apart, offices, and what others are called.

    `called` has the words for those without a name or office ('military delegation').
    """

    names: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()

    def and_also(self, more: People) -> People:
        """Both together."""
        return People(
            self.names | more.names, self.first | more.first, self.offices | more.offices, self.called | more.called
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One report. `first` and `second` are the sides by state, else by name; nobody known leaves a side empty.

    `days` is the first and last day on which it can have happened, `published` when it was reported, as ordinals.
    """

    report: ReportedEvent
    key: str
    block: Block
    contact: Contact | None
    first: frozenset[str]
    second: frozenset[str]
    people: Mapping[str, People]
    days: tuple[int, int] | None
    stated: bool
    published: int | None
    spot: Place | None
    topics: frozenset[str]

    @property
    def event(self) -> Event:
        """The event that is reported."""
        return self.report.event

    @property
    def day(self) -> int | None:
        """The day, where the text states it to the day."""
        return self.days[0] if self.stated and self.days is not None and self.days[0] == self.days[1] else None


def told_all(reports: Iterable[ReportedEvent]) -> list[Told]:
    """Each report made ready, in order of article and place in it, with a key that coding again leaves as it is.

    The key is made of the article, the sentence and the sides, so that neither a better type nor a better date
    changes it; of several reports with the same ones, the order tells them apart.
    """
    ordered = sorted(
        reports, key=lambda r: (r.article.id, r.event.sentence, r.event.evidence.start, r.event.type, r.event.id)
    )
    seen: dict[tuple[object, ...], int] = {}
    found = []
    for report in ordered:
        event = report.event
        first, second = affiliations(event.actors), affiliations(event.recipients)
        base = (report.article.id, event.sentence, *sorted((tuple(sorted(first)), tuple(sorted(second)))))
        number = seen[base] = seen.get(base, -1) + 1
        digest = hashlib.sha256(repr((*base, number)).encode("utf-8", "surrogatepass")).hexdigest()
        found.append(_told(report, f"i{digest[:ID_LENGTH]}", first, second))
    return found


def affiliations(parties: Iterable[Party]) -> frozenset[str]:
    """On whose behalf parties act: state codes, else names, folded; who is neither of a state nor known is nobody."""
    return frozenset(p.country or folded(p.actor or "") for p in parties if p.country or p.actor)


def ordinal(day: str) -> int:
    """An ISO day as a count of days."""
    return datetime.date.fromisoformat(day).toordinal()


def _told(report: ReportedEvent, key: str, first: frozenset[str], second: frozenset[str]) -> Told:
    event, published = report.event, report.article.published
    block: Block = "contact" if event.type == "CONSULT" else "words" if event.type in WORDS else "deeds"
    return Told(
        report=report,
        key=key,
        block=block,
        contact=_contact(event),
        first=first,
        second=second,
        people=_people((*event.actors, *event.recipients)),
        days=None if event.date is None else _days(event.date),
        stated=event.date is not None and event.date.basis == "stated",
        published=None if published is None else ordinal(published),
        spot=_spot(event.place),
        topics=topics(event),
    )


def _contact(event: Event) -> Contact | None:
    """What kind of contact a CONSULT is; what one side does to another without a visit may be any."""
    if event.type != "CONSULT":
        return None
    clause = event.evidence.text
    if event.mode == "phone" or (event.mode is None and says("call", clause)):
        return "call"
    if not event.symmetric and says("message", clause) and (event.mode is None or not says("journey", clause)):
        return "message"
    return "meeting" if event.symmetric or event.mode is not None else "unclear"


def _people(parties: Iterable[Party]) -> dict[str, People]:
    found: dict[str, People] = {}
    for party in parties:
        of = party.country or folded(party.actor or "")
        known = found.get(of, People())
        name = frozenset({folded(party.actor)}) if party.actor and is_person(party) and party.country else frozenset()
        office = frozenset({folded(party.office)}) if party.office else frozenset()
        called = frozenset() if party.actor or party.office else content_words(party.text)
        more = People(name, frozenset() if known.first else name, office, called)
        found[of] = known.and_also(more)
    return {of: people for of, people in found.items() if people != People()}


def _days(date: EventDate) -> tuple[int, int]:
    start, end = ordinal(date.start), ordinal(date.end)
    return (start, end) if date.basis == "stated" else (start - SLIP, end)


def _spot(place: Place | None) -> Place | None:
    """A place that the report names and that is no whole state, region or sea of nobody."""
    if place is None or not place.stated or not (place.name or place.text):
        return None
    return None if folded(place.name or place.text) in _state_names() else place


@functools.cache
def _state_names() -> frozenset[str]:
    return frozenset(folded(form.text) for form in load_actors().forms if form.kind == "state") | frozenset(
        folded(state.name) for state in load_actors().states
    )
