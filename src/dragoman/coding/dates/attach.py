"""Which time expression dates which candidate: by the parse of its sentence, as an editor would read it.

Pure functions over a draft. A time belongs to the word that it depends on; it does not leak into another verb's
clause. What only the article as a whole tells is in `links`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Span, Token

from dragoman.coding.dates.expressions import Found, find, resolve
from dragoman.coding.dates.interval import Interval
from dragoman.coding.dates.tense import is_past, tense_above
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.knowledge.calendar import load_calendar
from dragoman.knowledge.status import load_status
from dragoman.model import EventType

VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
# Acts in words: what somebody says in the present tense, he does on the day on which he says it.
SPOKEN: frozenset[EventType] = frozenset({"AGREE", "SUPPORT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "CONCEDE"})
# Prepositions through which a time inside a phrase says nothing about the verb: "after talks on Monday".
OTHER_TIMES = frozenset(
    {"above", "after", "ahead", "because", "before", "below", "compared", "despite", "following", "like", "since",
     "than", "unlike", "until"}
)  # fmt: skip
SINCE = "since"
VENUE = frozenset({"at", "during", "in", "on"})
RELATIVE_TIME = frozenset({"when", "where", "whereupon"})
DATING_RELATIONS = frozenset({"in", "since", "by"})
CARRYING = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "obj", "oprd"})
STEPS = 10


@dataclass(frozen=True, slots=True)
class Time:
    """A time expression in its sentence: the word it depends on, and the days it means where that is known."""

    sentence: Sentence
    found: Found
    span: Span
    governor: Token
    interval: Interval | None


def reference_day(draft: Draft) -> date | None:
    """The day that "today" means: the dateline's, else that of publication."""
    dateline = draft.article.dateline
    written = dateline.date if dateline and dateline.date else draft.article.published
    return date.fromisoformat(written[:10]) if written else None


def times_of(draft: Draft, sentences: Sequence[Sentence], reference: date | None) -> list[Time]:
    """The time expressions of these sentences, resolved in order; offsets are those of the article's text."""
    placed: list[Time] = []
    for sentence in sentences:
        for found in find(draft.article.text[sentence.start : sentence.end]):
            span = sentence.token_span(sentence.start + found.start, sentence.start + found.end)
            if span is not None:
                placed.append(Time(sentence, found, span, governor_of(span), None))
    tenses = [tense_above(time.governor) for time in placed]
    intervals = resolve([time.found for time in placed], reference, tenses)
    return [replace(time, interval=interval) for time, interval in zip(placed, intervals, strict=True)]


def governor_of(span: Span) -> Token:
    """The word that a time depends on, past prepositions and other words of time.

    In "according to the ministry the same day, ..." it is 'according', whatever the parser says.
    """
    token = span.root
    for before in reversed(span.doc[span.sent.start : span.start]):
        if before.lower_ == "according":
            return before
        if before.is_punct or before.pos_ in VERBAL:
            break
    for _ in range(STEPS):
        head = token.head
        if head.i == token.i:
            return token
        inside = span.start <= head.i < span.end
        if not inside and head.pos_ not in ("ADP", "SCONJ", "ADV", "PART", "NUM", "PUNCT") and head.ent_type_ != "DATE":
            return head
        token = head
    return token


def dating(candidate: Candidate, times: Sequence[Time], triggers: frozenset[int]) -> Time | None:
    """The time that dates a candidate, or None. `triggers` are the tokens of all candidates of the sentence."""
    ranked = [
        (cost, _days(time), abs(time.span.root.i - candidate.trigger.i), number)
        for number, time in enumerate(times)
        if _may_date(time) and (cost := _cost(candidate, time, triggers)) is not None
    ]
    return times[min(ranked)[3]] if ranked else None


def _may_date(time: Time) -> bool:
    above = time.span.root.head.lower_
    if time.governor.lower_ == "according":
        return False
    return time.found.relation in DATING_RELATIONS and (above not in OTHER_TIMES or above == SINCE)


def _days(time: Time) -> int:
    return (time.interval.last - time.interval.first).days if time.interval else 10**6


def _cost(candidate: Candidate, time: Time, triggers: frozenset[int]) -> int | None:
    """How far a time is from a trigger in the parse; None when it belongs to something else."""
    trigger, governor = candidate.trigger, time.governor
    if governor.i == trigger.i:
        return 0
    below = _under(trigger, time, triggers)
    if below is not None:
        return below
    above = _above(candidate, trigger, time, triggers, depth=0)
    return above if above is not None else _beside(trigger, time, triggers)


def _under(trigger: Token, time: Time, triggers: frozenset[int]) -> int | None:
    """The cost of a time inside the trigger's phrase: through nouns and 'which took place', not through other acts.

    A time behind a noun's participle is the verb's only where the noun is what the verb happens at: "decided at the
    assembly held in May", "attended the forum held in May", but not "praised the treaty signed in May".
    """
    light, idle = load_status().words.light_verbs, load_calendar().idle_participles
    node, cost, of_noun = time.span.root, 1, False
    for _ in range(STEPS):
        if node.i == trigger.i:
            return None if of_noun and trigger.pos_ in VERBAL and trigger.lemma_ not in light else cost
        inside = time.span.start <= node.i < time.span.end
        if not inside and (_other_act(node, trigger, triggers) or node.lower_ in OTHER_TIMES - {SINCE}):
            return None
        if node.lower_ in idle:
            pass
        elif _is_clause(node):
            if node.dep_ in ("relcl", "acl") and (node.lemma_ in light or not _has_object(node)):
                of_noun = True
            elif node.dep_ == "xcomp" and time.interval is not None and tense_above(time.governor) == "past":
                # "decided to expel him at the assembly of 3 May": what is over when the text is written.
                cost += 3
            else:
                return None
        elif of_noun and node.lower_ in VENUE:
            of_noun = False
        if node.head.i == node.i:
            return None
        cost += node.pos_ not in ("ADP", "PART") and not inside
        node = node.head
    return None


def _other_act(node: Token, trigger: Token, triggers: frozenset[int]) -> bool:
    """Whether a word is another candidate's, unless it is the occasion of this one or belongs to its noun."""
    if node.i not in triggers:
        return False
    occasion = node.dep_ == "pobj" and node.head.lower_ in VENUE
    return not occasion and not (node.dep_ in ("acl", "relcl") and node.head.i == trigger.i)


def _above(candidate: Candidate, node: Token, time: Time, triggers: frozenset[int], depth: int) -> int | None:
    """The cost of a time that stands with a word above the trigger: the verb that carries it, a first conjunct."""
    head = node.head
    if depth > 4 or head.i == node.i:
        return None
    shares = _shares(candidate, node, head, triggers)
    if not shares:
        return None
    if time.span.start <= head.i < time.span.end:
        return shares
    if node.dep_ == "relcl":
        # "met him in Sochi on Monday, where they agreed": the relative clause goes on with the verb.
        head = next((a for a in head.ancestors if a.pos_ in VERBAL), head)
    if time.governor.i == head.i or ((below := _under(head, time, triggers)) is not None and below <= 2):
        return shares + depth * 2
    return _above(candidate, head, time, triggers, depth + 1)


def _shares(candidate: Candidate, node: Token, head: Token, triggers: frozenset[int]) -> int | None:
    """The cost of going from a word to the one above it, or None when that has a time of its own."""
    lexicon = load_status()
    if node.pos_ in NOMINAL:
        if node.dep_ in CARRYING and head.pos_ in VERBAL:
            carried = head.lemma_ in lexicon.words.light_verbs or (head.i not in triggers and not _reports(head))
            return 1 if carried else None
        if node.dep_ in ("compound", "conj", "nmod"):
            return 2
        return 1 if node.dep_ == "pobj" and head.lower_ in VENUE else None
    if node.pos_ == "ADP":
        return 2 if head.pos_ in VERBAL else None
    if node.dep_ in ("relcl", "advcl") and any(c.lower_ in RELATIVE_TIME for c in node.children):
        return 2 if head.pos_ in NOMINAL or tense_above(node) == tense_above(head) else None
    if node.dep_ == "conj" and head.pos_ in VERBAL:
        return 2 if tense_above(node) == tense_above(head) else None
    if node.dep_ in ("advcl", "xcomp") and head.pos_ in VERBAL:
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
        governed = lexicon.clause_governors.get(head.lemma_) or lexicon.passive_governors.get(head.lemma_)
        marked = any(c.dep_ in ("mark", "nsubj", "nsubjpass") for c in node.children)
        if node.dep_ == "xcomp" and not governed:
            return 2
        return 3 if not infinitive and not marked and node.tag_ in ("VBG", "VBN") else None
    if node.dep_ in ("ccomp", "parataxis") and head.pos_ in VERBAL and candidate.type in SPOKEN:
        return 5 if not is_past(node) and _reports(head) else None
    return None


def _beside(trigger: Token, time: Time, triggers: frozenset[int]) -> int | None:
    """The time stands with a later conjunct of the same tense and subject: "met and held talks on Monday"."""
    for other in trigger.conjuncts:
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in other.children)
        if other.i < trigger.i or own or other.pos_ not in VERBAL or tense_above(other) != tense_above(trigger):
            continue
        if time.governor.i == other.i:
            return 4
        below = _under(other, time, triggers - {other.i})
        if below is not None:
            return below + 4
    return None


def _reports(verb: Token) -> bool:
    return any(c.dep_ in ("ccomp", "parataxis") for c in verb.children)


def _is_clause(token: Token) -> bool:
    """A verb that heads a clause; 'greeting' in 'a message of greeting' heads none."""
    return token.pos_ in VERBAL and token.dep_ not in ("pobj", "dobj", "nsubj", "nsubjpass", "amod", "compound", "nmod")


def _has_object(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "obj", "ccomp") for c in verb.children)
