"""The day of saying: what somebody says in the present tense, he does on the day on which he says it.

Reads `draft.claims`, which know who says what: a quotation takes the day of its own saying, else that of an earlier one
by the same speaker, and "tomorrow" within it counts from there.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.coding.dates.attach import SPOKEN, Time, dating
from dragoman.coding.dates.expressions import resolve
from dragoman.coding.dates.tense import is_past, tense_above
from dragoman.coding.draft import Candidate, Draft
from dragoman.coding.status.words import is_performed
from dragoman.knowledge.status import load_status
from dragoman.model import Claim

# Words that count from the day on which they are spoken.
FROM_TODAY = re.compile(
    r"(?:(?:early|late|earlier|later)\s+)?(?:today|tonight|tomorrow|yesterday|this|last\s+night)\b", re.I
)
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})


def says_now(trigger: Token) -> bool:
    """Whether a trigger is a main verb in the present or future: said in the statement itself."""
    if trigger.pos_ in NOMINAL and trigger.dep_ == "dobj" and trigger.head.lemma_ in load_status().words.light_verbs:
        trigger = trigger.head  # "I would like to give a warning"
    while trigger.dep_ == "xcomp" and trigger.tag_ == "VB" and trigger.head.pos_ in VERBAL:
        trigger = trigger.head  # "We will continue to back them"
    if trigger.pos_ not in VERBAL or is_past(trigger):
        return False
    if is_performed(trigger):
        return True
    finite = trigger.tag_ in ("VBZ", "VBP") or any(
        c.dep_ in ("aux", "auxpass") and c.lower_ != "to" for c in trigger.children
    )
    return finite and trigger.dep_ in ("ROOT", "conj", "ccomp", "parataxis")


def days_of_saying(draft: Draft, times: Sequence[Time]) -> dict[str, Time]:
    """The time of each claim that has one: that which dates its cue and is not itself part of what is said."""
    found: dict[str, Time] = {}
    for claim in draft.claims:
        sentence = draft.sentence_at(claim.cue.start) if claim.cue else None
        span = sentence.token_span(claim.cue.start, claim.cue.end) if sentence and claim.cue else None
        if sentence is None or span is None:
            continue
        here = [t for t in times if t.sentence.index == sentence.index and not _within(claim, _offset(t))]
        saying = Candidate(sentence, span.root, sentence.start, sentence.end, [], [])
        time = dating(saying, here, frozenset()) if here else None
        if time is not None and time.interval is not None:
            found[claim.id] = time
    return found


def from_their_day(draft: Draft, times: Sequence[Time]) -> list[Time]:
    """The times, with "tomorrow" in a quotation counted from the day on which it was spoken."""
    said = days_of_saying(draft, times)
    counted: list[Time] = []
    for time in times:
        claim = claim_at(draft, _offset(time)) if FROM_TODAY.match(time.found.text) else None
        own = said.get(claim.id) if claim else None
        if claim and claim.kind != "indirect" and own and own.interval and own.interval.granularity == "day":
            (interval,) = resolve([time.found], own.interval.last, [tense_above(time.governor)])
            time = replace(time, interval=interval)
        counted.append(time)
    return counted


def spoken(draft: Draft, candidates: Sequence[Candidate], said: Mapping[str, Time]) -> dict[int, Time]:
    """The day of saying for undated acts in words that a claim holds, by the candidate's place in the list."""
    found: dict[int, Time] = {}
    for number, candidate in enumerate(candidates):
        if candidate.date is not None or candidate.type not in SPOKEN:
            continue
        if not says_now(candidate.trigger) and not _expresses(candidate):
            continue
        claim = claim_at(draft, candidate.sentence.offset(candidate.trigger))
        time = _day_of(draft, claim, said) if claim else None
        if time is not None:
            found[number] = time
    return found


def _expresses(candidate: Candidate) -> bool:
    """'We are disappointed that they rejected it': whoever acts in words does so in the present above the trigger."""
    actors = [candidate.sentence.token_span(m.start, m.end) for m in candidate.actors]
    subjects = {a.root.i for a in actors if a is not None and a.root.dep_ == "nsubj"}
    above = candidate.trigger.head
    above = above.head if above.dep_ == "acomp" else above
    own = candidate.trigger.dep_ == "ccomp" and any(c.i in subjects for c in above.children)
    return own and above.i != candidate.trigger.i and says_now(above)


def _day_of(draft: Draft, claim: Claim, said: Mapping[str, Time]) -> Time | None:
    """The claim's own day, else that of the nearest earlier claim by the same speaker."""
    if claim.id in said:
        return said[claim.id]
    if claim.speaker is None:
        return None
    for other in reversed(draft.claims[: draft.claims.index(claim)]):
        if other.id in said and other.speaker and _same(claim, other):
            return said[other.id]
    return None


def _same(one: Claim, other: Claim) -> bool:
    if one.speaker is None or other.speaker is None:
        return False
    if one.speaker.actor is not None:
        return one.speaker.actor == other.speaker.actor
    return (one.speaker.start, one.speaker.text) == (other.speaker.start, other.speaker.text)


def claim_at(draft: Draft, offset: int) -> Claim | None:
    """The innermost claim whose content holds a character of the text."""
    holding = [c for c in draft.claims if _within(c, offset)]
    return min(holding, key=lambda c: sum(p.end - p.start for p in c.content), default=None)


def _within(claim: Claim, offset: int) -> bool:
    return any(piece.start <= offset < piece.end for piece in claim.content)


def _offset(time: Time) -> int:
    return time.sentence.start + time.found.start
