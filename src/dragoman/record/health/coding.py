"""Whether one coded article is what it says it is: hashes, spans, ids, references and days. Pure.

It takes an article's row and its parts as they came out of the tables, and says what is untrue of them in words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from dragoman.model import Claim, CodedArticle, Event, EventDate, Mention, Span, Speaker
from dragoman.record.schema import input_hash, output_hash

Spanned = Span | Speaker | Mention


def untruths(coded: CodedArticle, input_digest: str, output_digest: str) -> Iterator[str]:
    """What is wrong with a coded article whose row states these hashes; nothing for a sound one."""
    if input_hash(coded.article, coded.coder) != input_digest:
        yield "the article or its coder is not the one that was coded (input_hash)"
    if output_hash(coded) != output_digest:
        yield "what was coded has changed or lacks something since it was written (output_hash)"
    yield from _spans(coded)
    yield from _ids(coded)
    yield from _references(coded)
    for event in coded.events:
        yield from _values(event)


def _spans(coded: CodedArticle) -> Iterator[str]:
    text = coded.article.text
    if not all(_is_in(text, mention) for mention in coded.mentions):
        yield "a mention has other words than the text at its place"
    if not all(_is_in(text, span) for claim in coded.claims for span in _of_claim(claim)):
        yield "a claim has other words than the text at its place"
    if not all(_is_in(text, event.evidence) for event in coded.events):
        yield "the evidence of an event has other words than the text at its place"
    if not all(0 <= part.start <= part.end <= len(text) for part in coded.article.furniture):
        yield "a stretch of furniture lies outside the text"


def _of_claim(claim: Claim) -> Iterable[Spanned]:
    return [span for span in (claim.speaker, claim.cue, *claim.content) if span is not None]


def _is_in(text: str, span: Spanned) -> bool:
    return 0 <= span.start <= span.end <= len(text) and text[span.start : span.end] == span.text


def _ids(coded: CodedArticle) -> Iterator[str]:
    for name, parts in (("mentions", coded.mentions), ("claims", coded.claims), ("events", coded.events)):
        ids = [part.id for part in parts]
        if len(set(ids)) < len(ids):
            yield f"two {name} have one id"


def _references(coded: CodedArticle) -> Iterator[str]:
    claims = {claim.id for claim in coded.claims}
    mentions = {mention.id for mention in coded.mentions}
    if any(event.claim is not None and event.claim not in claims for event in coded.events):
        yield "an event stands in a claim that is not there"
    parties = (party for event in coded.events for party in (*event.actors, *event.recipients))
    if any(party.mention is not None and party.mention not in mentions for party in parties):
        yield "a party names a mention that is not there"


def _values(event: Event) -> Iterator[str]:
    if event.date is not None and not _is_ordered(event.date):
        yield "the last day of an event is before its first"
    if not 0 <= event.confidence <= 1:
        yield "the confidence of an event is not from 0 to 1"
    if not math.isfinite(event.intensity):
        yield "the intensity of an event is no number"


def _is_ordered(days: EventDate) -> bool:
    return days.start <= days.end
