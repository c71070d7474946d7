"""Opinions beside the events as they are coded now: which opinion is about which event, and what it says otherwise.

Apart from `kept`, which keeps what was said, because articles are coded anew and events then have other ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import msgspec

from dragoman.knowledge.ontology import load_ontology
from dragoman.model import Event, ReportedEvent
from dragoman.opinions.answers import Answer
from dragoman.opinions.kept import Opinion, read_opinions
from dragoman.record.reviews import likeness

if TYPE_CHECKING:
    from dragoman.record import Record

_SAME_TYPE: Final = 0.5
_NO_EVENT, _OTHER_QUAD, _OTHER_TYPE, _OTHER_SIDES, _OTHER_STATUS = 1.0, 0.8, 0.5, 0.4, 0.3


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an answer has the same as the event in each of these; all false where it says that there is none."""

    event: bool
    type: bool
    mode: bool
    status: bool
    sides: bool

    @property
    def agrees(self) -> bool:
        """Whether they are the same in type, status and sides; a mode more or less is no other event."""
        return self.event and self.type and self.status and self.sides


def opinions_of(record: Record, events: Iterable[ReportedEvent]) -> dict[str, tuple[Opinion, ...]]:
    """The latest opinion of each coder on these events, by event id; events without one are left out.

    Pure but for reading RECORD/opinions.jsonl, and the codings of articles whose events have other ids now. An opinion
    finds its event by id, else in the same article by the same sides at words that overlap. Raises `RecordError` for a
    line that cannot be read.
    """
    asked: dict[str, list[Opinion]] = {}
    for opinion in read_opinions(record.path):
        asked.setdefault(opinion.article, []).append(opinion)
    wanted: dict[str, dict[str, Event]] = {}
    if asked:
        for each in events:
            if each.article.id in asked:
                wanted.setdefault(each.article.id, {})[each.event.id] = each.event
    found: dict[str, tuple[Opinion, ...]] = {}
    for article, given in wanted.items():
        ids = {opinion.event.id for opinion in asked[article]}
        now = given if ids <= given.keys() else {e.id: e for e in record.coded(article).events} | given
        placed = place(asked[article], list(now.values()))
        found |= {key: placed[key] for key in given if key in placed}
    return found


def place(opinions: Sequence[Opinion], events: Sequence[Event]) -> dict[str, tuple[Opinion, ...]]:
    """The opinions about the events of one article, by event id: of each coder the latest on each event, in order."""
    by_coder: dict[str, dict[str, Opinion]] = {}
    for opinion in opinions:
        by_coder.setdefault(opinion.coder, {})[opinion.event.id] = opinion
    found: dict[str, list[Opinion]] = {}
    for latest in by_coder.values():
        for key, opinion in _placed(latest, events).items():
            found.setdefault(key, []).append(opinion)
    return {key: tuple(told) for key, told in found.items()}


def compare(event: Event, answer: Answer) -> Comparison:
    """What an answer has in common with an event."""
    return Comparison(
        event=answer.event,
        type=answer.type == event.type,
        mode=answer.event and answer.mode == event.mode,
        status=answer.status == event.status,
        sides=answer.doer == ("both" if event.symmetric else "actor"),
    )


def distance(event: Event, answer: Answer) -> float:
    """How far an answer is from an event, from 0 (the same) to 1 (there is none): for what is to be looked at first."""
    found = compare(event, answer)
    if not found.event:
        return _NO_EVENT
    if not found.type:
        quads = load_ontology().quad_of
        return _OTHER_TYPE if answer.type is not None and quads[answer.type] == event.quad else _OTHER_QUAD
    return max(0.0 if found.sides else _OTHER_SIDES, 0.0 if found.status else _OTHER_STATUS)


def _placed(latest: Mapping[str, Opinion], events: Sequence[Event]) -> dict[str, Opinion]:
    """The opinions of one coder by the event that each is about now; each event has one, each opinion one event."""
    found = {event.id: latest[event.id] for event in events if event.id in latest}
    open_events = [event for event in events if event.id not in found]
    pairs = sorted(
        (-score, number, event.id)
        for number, (key, opinion) in enumerate(latest.items())
        if key not in found
        for event in open_events
        if (score := _likeness(opinion.event, event)) > 0
    )
    opinions, taken = list(latest.values()), set[int]()
    for _, number, key in pairs:
        if key not in found and number not in taken:
            found[key] = opinions[number]
            taken.add(number)
    return found


def _likeness(then: Event, now: Event) -> float:
    """As for reviews, but whatever the types are: the question was about words and sides."""
    alike = likeness(then, msgspec.structs.replace(now, type=then.type))
    return alike + _SAME_TYPE if alike and then.type == now.type else alike
