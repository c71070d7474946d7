"""Codes an article that the record holds with a study's types: at each trigger, what do which two sides do there?

It takes the mentions and claims that the record's coder found, so that both speak of the same actors, and gives status,
date and place by the coder's own steps.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from spacy.language import Language

from dragoman.coding.claims.chain import chain_for, claim_containing
from dragoman.coding.clauses import evidence, side_of
from dragoman.coding.contexts import contexts_of
from dragoman.coding.dates import DateStep
from dragoman.coding.draft import Candidate, Draft
from dragoman.coding.freeze import ID_LENGTH, party
from dragoman.coding.language import parse
from dragoman.coding.learned.labels import NONE as NO_TYPE
from dragoman.coding.learned.labels import TYPES
from dragoman.coding.learned.packing import Passage
from dragoman.coding.places import PlaceStep
from dragoman.coding.status import StatusStep
from dragoman.model import CodedArticle, Event, Span
from dragoman.studies.asking import Asked, Asker
from dragoman.studies.codebook import NONE
from dragoman.studies.encoder import Encoder
from dragoman.studies.events import StudyEvent
from dragoman.studies.features import Numbers, rows
from dragoman.studies.study import Study

LEAST: Final = 0.5
"""The least chance of a type at which a pair is told of."""


class Answered(NamedTuple):
    """What the study says of a pair: its likeliest type with the chance of that, and PLOVER's likeliest type."""

    asked: Asked
    type: str
    chance: float
    plover: int


class StudyCoder:
    """Codes articles with a trained study. Raises `UsageError` where the study was made with another model."""

    def __init__(self, study: Study, encoder: Encoder, nlp: Language, *, least: float = LEAST) -> None:
        study.check(encoder)
        self.study, self.encoder, self.nlp, self.least = study, encoder, nlp, least
        self.asker = Asker(study.codebook)
        self.steps = StatusStep(), DateStep(), PlaceStep()

    def code(self, coded: CodedArticle) -> list[StudyEvent]:
        """The study's events of an article, in order of its text."""
        draft = self.drafted(coded)
        told = self._told(self.asker.asked(draft))
        draft.candidates = [_candidate(each) for each in told]
        for step in self.steps:
            step(draft)
        made = [self._event(draft, c, each, coded.events) for c, each in zip(draft.candidates, told, strict=True)]
        unique = {event.id: event for event in reversed(made)}
        return [event for event in made if unique[event.id] is event]

    def drafted(self, coded: CodedArticle) -> Draft:
        """The article parsed, with the record's mentions and claims."""
        (draft,) = parse([coded.article], self.nlp)
        draft.mentions, draft.claims = list(coded.mentions), list(coded.claims)
        return draft

    def answers(self, groups: Sequence[Sequence[Asked]]) -> list[list[Answered]]:
        """What the study says of each pair; what the codebook forbids to stand alone is left out."""
        flat = list(itertools.chain.from_iterable(groups))
        if not flat:
            return []
        vectors, chances = self._encoded(flat)
        given = self.study.head.chances(rows(vectors, chances, [asked.cues for asked in flat]))
        answered = iter(
            self._answer(asked, row, int(plover[:NO_TYPE].argmax()))
            for asked, row, plover in zip(flat, given, chances, strict=True)
        )
        return [[a for a in itertools.islice(answered, len(group)) if a is not None] for group in groups]

    def _told(self, groups: Sequence[Sequence[Asked]]) -> list[Answered]:
        """The best pair of each trigger where it is likely enough; of two tellings of one thing, the likelier."""
        best = [max(group, key=lambda a: a.chance) for group in self.answers(groups) if group]
        kept: list[Answered] = []
        for each in sorted((a for a in best if a.chance >= self.least), key=lambda a: (-a.chance, _at(a))):
            if not any(_same(each, other) for other in kept):
                kept.append(each)
        return sorted(kept, key=_at)

    def _answer(self, asked: Asked, chances: Numbers, plover: int) -> Answered | None:
        """The likeliest type, None where that is NONE or may not stand with these sides."""
        best = int(chances.argmax())
        kind = self.study.head.types[best]
        if kind == NONE:
            return None
        standing = "recipient" if not asked.pair.actors else "actor" if not asked.pair.recipients else None
        if standing is not None and self.study.codebook.types[kind].alone != standing:
            return None
        return Answered(asked, kind, float(chances[best]), plover)

    def _encoded(self, flat: Sequence[Asked]) -> tuple[Numbers, Numbers]:
        """Vectors and chances of all questions; those about the same words are read together."""
        order = sorted(range(len(flat)), key=lambda i: (flat[i].start, len(flat[i].text)))
        grouped = [list(g) for _, g in itertools.groupby(order, key=lambda i: (flat[i].start, len(flat[i].text)))]
        read = self.encoder.encode([Passage(flat[g[0]].text, tuple(flat[i].question for i in g)) for g in grouped])
        place = {i: n for n, i in enumerate(itertools.chain.from_iterable(grouped))}
        back = [place[i] for i in range(len(flat))]
        vectors = np.concatenate([v for v, _ in read])[back].astype(np.float64)
        return vectors, np.concatenate([c for _, c in read])[back].astype(np.float64)

    def _event(self, draft: Draft, candidate: Candidate, told: Answered, events: Iterable[Event]) -> StudyEvent:
        entry = self.study.codebook.types[told.type]
        at = candidate.sentence.offset(candidate.trigger)
        claim = claim_containing(draft, at, at + len(candidate.trigger))
        also = _also(candidate, events)
        text = draft.article.text[candidate.start : candidate.end]
        return StudyEvent(
            id=_event_id(self.study.name, draft.article.id, candidate, told.type),
            type=told.type,
            contexts=contexts_of(candidate.sentence.tokens.text),
            quad=entry.quad,
            intensity=entry.score,
            actors=tuple(map(party, candidate.actors)),
            recipients=tuple(map(party, candidate.recipients)),
            symmetric=entry.symmetric and bool(candidate.recipients),
            status=candidate.status,
            date=candidate.date,
            place=candidate.place,
            claim=claim.id if claim else None,
            chain=chain_for(draft, claim),
            evidence=Span(start=candidate.start, end=candidate.end, text=text),
            sentence=candidate.sentence.index,
            confidence=round(told.chance, 3),
            plover_event=None if also is None else also.id,
            plover_type=None if also is None else also.type,
        )


def _candidate(told: Answered) -> Candidate:
    """What the steps for status, date and place read; they know PLOVER's types alone."""
    proposal, pair = told.asked.proposal, told.asked.pair
    start, end = evidence(proposal.sentence, proposal.typed)
    return Candidate(
        sentence=proposal.sentence,
        trigger=proposal.typed.trigger,
        start=start,
        end=end,
        actors=pair.actors,
        recipients=pair.recipients,
        type=TYPES[told.plover],
        confidence=told.chance,
    )


def _at(told: Answered) -> tuple[int, int]:
    proposal = told.asked.proposal
    return proposal.sentence.index, proposal.typed.trigger.i


def _sides(told: Answered) -> frozenset[str]:
    return frozenset(side_of(m) for m in (*told.asked.pair.actors, *told.asked.pair.recipients))


def _same(one: Answered, other: Answered) -> bool:
    """Whether two triggers of a sentence tell the same: one type, and sides of which one has all of the other's."""
    if one.type != other.type or one.asked.proposal.sentence is not other.asked.proposal.sentence:
        return False
    return _sides(one) <= _sides(other) or _sides(other) <= _sides(one)


def _also(candidate: Candidate, events: Iterable[Event]) -> Event | None:
    """The event that the record's coder made of the same words and sides, whatever type it gave it."""

    def shared(event: Event) -> int:
        return min(event.evidence.end, candidate.end) - max(event.evidence.start, candidate.start)

    ours = {m.id for m in (*candidate.actors, *candidate.recipients)}
    both = {side_of(m) for m in (*candidate.actors, *candidate.recipients)}
    fitting = [
        event
        for event in events
        if shared(event) > 0
        and all(
            p.mention in ours or (p.country or p.actor_id or p.actor or p.text) in both
            for p in (*event.actors[:1], *event.recipients[:1])
        )
    ]
    return max(fitting, key=lambda e: (shared(e), e.confidence, e.id), default=None)


def _event_id(study: str, article: str, candidate: Candidate, kind: str) -> str:
    sides = [[m.actor_id or m.actor or m.text for m in side] for side in (candidate.actors, candidate.recipients)]
    key = repr((study, article, candidate.start, candidate.end, kind, sides))
    return "s" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:ID_LENGTH]
