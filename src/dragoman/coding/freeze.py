"""The end of coding: a finished draft becomes an immutable coded article with ids that are hashes of content."""

from __future__ import annotations

import hashlib

from dragoman.coding.claims.chain import chain_for, claim_containing
from dragoman.coding.contexts import contexts_of
from dragoman.coding.draft import Candidate, Draft
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import CodedArticle, CoderInfo, Event, Mention, Party, Span

ID_LENGTH = 12  # hexadecimal digits: among a million events, one chance in 500 that two share an id


def freeze(draft: Draft, coder: CoderInfo) -> CodedArticle:
    """The coded article of a draft whose steps have all run."""
    events = [_event(draft, c) for c in draft.candidates if c.type is not None]
    # Two readings of one clause can come to the same event; it is one.
    unique = {event.id: event for event in reversed(events)}
    return CodedArticle(
        article=draft.article,
        mentions=tuple(draft.mentions),
        claims=tuple(draft.claims),
        events=tuple(e for e in events if unique.get(e.id) is e),
        coder=coder,
    )


def _event(draft: Draft, candidate: Candidate) -> Event:
    ontology = load_ontology()
    assert candidate.type is not None
    at = candidate.sentence.offset(candidate.trigger)
    claim = claim_containing(draft, at, at + len(candidate.trigger))
    text = draft.article.text[candidate.start : candidate.end]
    actors, recipients = tuple(map(party, candidate.actors)), tuple(map(party, candidate.recipients))
    return Event(
        id=_event_id(draft.article.id, candidate),
        type=candidate.type,
        mode=candidate.mode,
        contexts=contexts_of(candidate.sentence.tokens.text),
        quad=ontology.type(candidate.type).quad,
        intensity=ontology.intensity(candidate.type, candidate.mode),
        actors=actors,
        recipients=recipients,
        symmetric=candidate.symmetric,
        status=candidate.status,
        date=candidate.date,
        place=candidate.place,
        claim=claim.id if claim else None,
        chain=chain_for(draft, claim),
        evidence=Span(start=candidate.start, end=candidate.end, text=text),
        sentence=candidate.sentence.index,
        confidence=round(candidate.confidence, 3),
    )


def party(mention: Mention) -> Party:
    """The side of an event that a mention names."""
    return Party(
        mention=mention.id,
        text=mention.text,
        actor=mention.actor,
        actor_id=mention.actor_id,
        country=mention.country,
        sector=mention.sector,
        office=mention.office,
    )


def _event_id(article_id: str, candidate: Candidate) -> str:
    sides = [[m.actor_id or m.actor or m.text for m in side] for side in (candidate.actors, candidate.recipients)]
    key = repr((article_id, candidate.start, candidate.end, candidate.type, sides))
    return "e" + hashlib.sha256(key.encode()).hexdigest()[:ID_LENGTH]
