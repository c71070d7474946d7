"""Writes `status` of every candidate: what the walk up from its trigger says, and times that lie ahead."""

from __future__ import annotations

import re
from datetime import date

from spacy.tokens import Token

from dragoman.coding.dates.attach import reference_day
from dragoman.coding.dates.expressions import expressions
from dragoman.coding.dates.patterns import WEEKDAY
from dragoman.coding.dates.tense import is_futurate, is_past
from dragoman.coding.draft import Candidate, Draft
from dragoman.coding.status.walk import Walk
from dragoman.coding.status.words import PROMISES, STEPS, VERBAL
from dragoman.knowledge.status import StatusLexicon, load_status
from dragoman.model import EventType, Status

FUTURE = frozenset({"will", "would", "'ll", "’ll"})
NAMED_DAY = re.compile(WEEKDAY)


class StatusStep:
    """The step that writes `status` of every candidate; reads its trigger and type, and the day of writing."""

    def __call__(self, draft: Draft) -> None:
        """Set each candidate's status."""
        reference = reference_day(draft)
        for candidate in draft.candidates:
            candidate.status = status_of(candidate.trigger, candidate.type)
            if candidate.status == "actual" and (lies_ahead(candidate, reference) or told_by_another(draft, candidate)):
                candidate.status = "planned"


def status_of(trigger: Token, event_type: EventType | None = None) -> Status:
    """The status of the event that a token names, from its sentence alone.

    With `event_type` given, the future in a promise or threat and the 'must not' of a demand are the event itself and
    do not make it planned or denied.
    """
    walk = Walk(load_status(), trigger, event_type)
    status: Status = "actual"
    for outer in walk:
        status = _under(status, outer)
    if status in ("actual", "planned") and trigger.pos_ in VERBAL and _asked(trigger, walk.lexicon):
        return "hypothetical"
    return status


def lies_ahead(candidate: Candidate, reference: date | None) -> bool:
    """Whether a trigger without past tense has a time after the reference beside it ("meets Putin next week").

    A weekday beside a present that looks ahead is the next one ("the talks begin on Monday").
    """
    trigger, sentence = candidate.trigger, candidate.sentence
    if reference is None or is_past(trigger) or candidate.type in PROMISES:
        return False
    text = sentence.tokens.text
    for each in expressions(text, reference):
        if each.relation not in ("in", "by", "since"):
            continue
        span = sentence.token_span(sentence.start + each.start, sentence.start + each.end)
        over = _belongs(span.root, trigger) if span is not None else None
        if over is not None and (each.first > reference or _next(over, each.text, sentence.furniture is None)):
            return True
    return False


def told_by_another(draft: Draft, candidate: Candidate) -> bool:
    """Whether somebody else foretells what would be a promise in its actor's mouth: 'they will help', a paper says."""
    trigger = candidate.trigger
    ahead = any(c.dep_ == "aux" and c.lower_ in FUTURE for c in trigger.children)
    if candidate.type != "AGREE" or not ahead:
        return False
    offset = candidate.sentence.offset(trigger)
    holding = [c for c in draft.claims if any(p.start <= offset < p.end for p in c.content)]
    claim = min(holding, key=lambda c: sum(p.end - p.start for p in c.content), default=None)
    if claim is None or claim.speaker is None:
        return False
    speakers = [m for m in draft.mentions if m.start < claim.speaker.end and claim.speaker.start < m.end]
    countries = {m.country for m in candidate.actors}
    return any(m.sector == "JRN" or (m.country is not None and m.country not in countries) for m in speakers)


def _next(over: Token, expression: str, news: bool) -> bool:
    """Whether a weekday under this word is one to come."""
    return news and is_futurate(over) and NAMED_DAY.match(expression) is not None


def _under(inner: Status, outer: Status) -> Status:
    """What an event is once a word above it has its say."""
    if outer == "hypothetical":
        return "hypothetical"
    if outer == "denied":
        return "hypothetical" if inner == "denied" else "denied"
    if outer == "planned":
        return "planned" if inner in ("actual", "habitual") else inner
    if outer == "habitual":
        return "habitual" if inner == "actual" else inner
    return inner


def _asked(trigger: Token, lexicon: StatusLexicon) -> bool:
    """Whether the trigger is what a question asks, not what it takes for granted, as in "Why did they attack?"."""
    sentence = trigger.sent
    if not sentence.text.rstrip(" \"'”’").endswith("?"):
        return False
    if any(t.lower_ in lexicon.words.presupposing and t.tag_ == "WRB" for t in sentence):
        return False
    if is_past(trigger) and any(c.tag_ == "WP" and c.dep_ in ("nsubj", "nsubjpass") for c in trigger.children):
        return False
    return trigger is sentence.root or trigger.head == sentence.root


def _belongs(time: Token, trigger: Token) -> Token | None:
    """The word over a time that makes it the trigger's: the trigger, or a verb that carries it; None otherwise."""
    words = load_status().words
    node = time
    for _ in range(STEPS):
        if node.i == trigger.i:
            return node
        if node.pos_ in VERBAL:
            carries = node.lemma_ in words.light_verbs and not is_past(node)
            of_noun = node.dep_ == "relcl" and node.head.i == trigger.i
            return node if carries and (trigger.head.i == node.i or of_noun) else None
        if node.head.i == node.i:
            return None
        node = node.head
    return None
