"""Persons' decisions laid over the events as they are coded now: which rows are overridden, by what, and what is lost.

Pure: it takes the verdicts and the current coding of the articles they are about. Apart from `reviews`, which keeps the
decisions, and from `query`, which shows the rows.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import msgspec

from dragoman.model import Claim, Event, Mention, Party, Span
from dragoman.record.reviews import Verdict, likeness

_ENDS: Final = re.compile(r"[.!?][\"'”’)]*\s+|\n+")
_ID_LENGTH: Final = 12


class Coding(msgspec.Struct, frozen=True, kw_only=True):
    """The current coding of an article that somebody decided about; `id` is that of its row."""

    id: str
    text: str
    publisher: str | None = None
    events: tuple[Event, ...] = ()
    claims: tuple[Claim, ...] = ()
    mentions: tuple[Mention, ...] = ()


class Placed(NamedTuple):
    """An event with its place in the record: article, coding, and its number among the events of that."""

    article: str
    coding: str
    position: int
    event: Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """What the decisions come to. `hidden` are places (coding, number) of stored events, `rows` what stands instead.

    `verdicts` are by the event's id as it is now, those on rejected events too; `coded` are the coder's own events that
    were decided about, by id. `lost` are verdicts whose event the coder no longer finds, or whose words are gone: they
    are kept, and tell nothing of the record until a coding finds their event again.
    """

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    coded: Mapping[str, Placed] = field(default_factory=dict)
    hidden: frozenset[tuple[str, int]] = frozenset()
    rows: tuple[Placed, ...] = ()
    lost: tuple[Verdict, ...] = ()


def overlay(decided: Sequence[Verdict], codings: Mapping[str, Coding]) -> Reviewed:
    """Lay verdicts over the current codings, by article; articles that are not given are not in the record."""
    by_article: dict[str, list[Verdict]] = {}
    for verdict in decided:
        by_article.setdefault(verdict.article, []).append(verdict)
    parts = [_article(article, codings.get(article), group) for article, group in by_article.items()]
    return Reviewed(
        verdicts={key: verdict for part in parts for key, verdict in part.verdicts.items()},
        coded={key: placed for part in parts for key, placed in part.coded.items()},
        hidden=frozenset(place for part in parts for place in part.hidden),
        rows=tuple(row for part in parts for row in part.rows),
        lost=tuple(verdict for part in parts for verdict in part.lost),
    )


def added_id(article: str, event: Event) -> str:
    """The id of an event that a person adds: the same for the same words, type and sides."""
    sides = [[p.actor_id or p.actor or p.text for p in side] for side in (event.actors, event.recipients)]
    key = repr((article, event.evidence.start, event.evidence.end, event.type, sides))
    return "p" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:_ID_LENGTH]


def placed_in(coding: Coding, event: Event) -> Event | None:
    """An event that a person added, with its words, parties, claim and sentence found in the text as it is now.

    None when the words no longer stand there, or stand there more than once and not where they stood.
    """
    words = event.evidence.text
    start = event.evidence.start
    if coding.text[start : event.evidence.end] != words:
        start = coding.text.find(words)
        if start < 0 or coding.text.find(words, start + 1) >= 0:
            return None
    span = Span(start=start, end=start + len(words), text=words)
    claim = _claim_around(span, coding.claims)
    chain = claim.chain if claim is not None else ((coding.publisher,) if coding.publisher else ())
    return _linked(
        msgspec.structs.replace(
            event,
            evidence=span,
            sentence=_sentence(span, coding),
            claim=None if claim is None else claim.id,
            chain=chain,
        ),
        coding,
    )


def _article(article: str, coding: Coding | None, decided: Sequence[Verdict]) -> Reviewed:
    """The decisions about one article."""
    if coding is None:
        return Reviewed(lost=tuple(decided))
    now = _now(decided, coding)
    verdicts: dict[str, Verdict] = {}
    rows: list[Placed] = []
    lost: list[Verdict] = []
    taken = {place: number for number, place in now.items() if place is not None}
    extra = len(coding.events)
    for number, verdict in enumerate(decided):
        place = now[number]
        if verdict.added:
            event = placed_in(coding, verdict.event)
            if event is None:
                lost.append(verdict)
                continue
            left = verdict.result(event)
            verdicts[verdict.event.id] = verdict
            if left is not None:
                rows.append(Placed(article, coding.id, extra if place is None else place, left))
            extra += 1
        elif place is None:
            if not any(_like(verdict, coding.events[at]) and taken[at] > number for at in taken):
                lost.append(verdict)
        else:
            verdicts[coding.events[place].id] = verdict
            left = verdict.result(coding.events[place])
            if left is not None:
                rows.append(Placed(article, coding.id, place, _linked(left, coding)))
    coded = {
        coding.events[at].id: Placed(article, coding.id, at, coding.events[at])
        for at, number in taken.items()
        if not decided[number].added
    }
    return Reviewed(
        verdicts=verdicts,
        coded=coded,
        hidden=frozenset((coding.id, at) for at in taken),
        rows=tuple(rows),
        lost=tuple(lost),
    )


def _now(decided: Sequence[Verdict], coding: Coding) -> dict[int, int | None]:
    """The number of the event that each verdict is about now, by the verdict's number; each event once.

    An id that is still there decides; else what is most alike, of equals what was decided last.
    """
    found: dict[int, int | None] = dict.fromkeys(range(len(decided)))
    by_id = {event.id: at for at, event in enumerate(coding.events)}
    for number, verdict in enumerate(decided):
        found[number] = by_id.get(verdict.event.id)
    taken = {at for at in found.values() if at is not None}
    pairs = sorted(
        (-score, -number, at)
        for number, verdict in enumerate(decided)
        if found[number] is None
        for at, event in enumerate(coding.events)
        if at not in taken and (score := _like(verdict, event)) > 0
    )
    for _, negative, at in pairs:
        if found[-negative] is None and at not in taken:
            found[-negative] = at
            taken.add(at)
    return found


def _like(verdict: Verdict, event: Event) -> float:
    """How well an event is the one decided about: as it was coded, or as a person corrected it."""
    left = verdict.result() if verdict.last.kind == "edit" else None
    return max(likeness(verdict.event, event), 0.0 if left is None else likeness(left, event))


def _linked(event: Event, coding: Coding) -> Event:
    """The event with each party at the mention in this coding that is nearest to its clause."""
    return msgspec.structs.replace(
        event,
        actors=tuple(_at_mention(p, event.evidence, coding.mentions) for p in event.actors),
        recipients=tuple(_at_mention(p, event.evidence, coding.mentions) for p in event.recipients),
    )


def _at_mention(party: Party, clause: Span, mentions: Iterable[Mention]) -> Party:
    def distance(mention: Mention) -> int:
        return max(clause.start - mention.end, mention.start - clause.end, 0)

    named = [m for m in mentions if (m.actor == party.actor if party.actor else m.text == party.text)]
    if any(m.id == party.mention for m in named):
        return party
    nearest = min(named, key=lambda m: (distance(m), m.start), default=None)
    return msgspec.structs.replace(party, mention=None if nearest is None else nearest.id)


def _claim_around(span: Span, claims: Iterable[Claim]) -> Claim | None:
    """The innermost claim whose content the words stand in."""
    around = [
        (content.end - content.start, claim.id, claim)
        for claim in claims
        for content in claim.content
        if content.start <= span.start and span.end <= content.end
    ]
    return min(around, key=lambda each: each[:2])[2] if around else None


def _sentence(span: Span, coding: Coding) -> int:
    """The number of the sentence: that of an event in the same words, else counted by full stops and line ends."""
    for event in coding.events:
        if event.evidence.start < span.end and span.start < event.evidence.end:
            return event.sentence
    return sum(1 for end in _ENDS.finditer(coding.text, 0, span.start))
