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
from dragoman.coding.dates.interval import Interval, Tense
from dragoman.coding.dates.tense import is_futurate, is_past, is_pluperfect, tense_above
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.knowledge.calendar import load_calendar
from dragoman.knowledge.nominals import load_nominals
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
    """A time expression in its sentence: the word it depends on, and the days it means where that is known.

    `over` says that they lie behind the day of writing.
    """

    sentence: Sentence
    found: Found
    span: Span
    governor: Token
    interval: Interval | None
    over: bool = False


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
    tenses = [_tense(time) for time in placed]
    intervals = resolve([time.found for time in placed], reference, tenses)
    return [
        replace(time, interval=interval, over=bool(interval and reference and interval.last < reference))
        for time, interval in zip(placed, intervals, strict=True)
    ]


def _tense(time: Time) -> Tense | None:
    """The tense of a time; a caption tells in the present of what is over, so there no present looks ahead."""
    found = tense_above(time.governor)
    if found is None and time.sentence.furniture is None and is_futurate(time.governor):
        return "future"
    return found


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
    if trigger.pos_ in VERBAL and _names_another(candidate, time, triggers):
        return None
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
        if _accompanies(node, trigger) or _comes_along(node, trigger):
            cost += 4
        elif not inside and (_other_act(node, trigger, triggers) or node.lower_ in OTHER_TIMES - {SINCE}):
            return None
        if node.lower_ in idle or _accompanies(node, trigger) or _comes_along(node, trigger):
            pass
        elif node.pos_ == "ADJ" and node.dep_ in ("amod", "acl") and node.i > node.head.i:
            of_noun = True  # "an election due in May"
        elif _is_clause(node):
            if node.dep_ in ("relcl", "acl") and (node.lemma_ in light or not _has_object(node)):
                of_noun = True
            elif _over_before(node, time):
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


def _accompanies(node: Token, trigger: Token) -> bool:
    """'Demanding a revision in 2019, they insisted': a participle before the verb tells of the same time."""
    if node.tag_ != "VBG" or node.dep_ != "advcl" or node.head.i != trigger.i or node.i > trigger.i:
        return False
    return not any(c.dep_ in ("mark", "prep", "nsubj", "aux") and c.i < node.i for c in node.children)


def _comes_along(node: Token, trigger: Token) -> bool:
    """'Received the envoy, who visited Hanoi on Tuesday': whoever came on that day is received on it."""
    if node.dep_ != "relcl" or not is_past(node) or not is_past(trigger) or is_pluperfect(node):
        return False
    who = any(c.lower_ == "who" and c.i > 0 and c.nbor(-1).text == "," for c in node.children)
    here = node.head.head.i == trigger.i or any(t.head.i == trigger.i for t in node.head.conjuncts)
    return who and here and node.lemma_ in load_nominals().motion | load_nominals().reaching | {"meet", "visit"}


def _over_before(node: Token, time: Time) -> bool:
    """Whether a time under an infinitive is that of the verb above: "ordered them last month to leave"."""
    if time.interval is None or node.pos_ not in VERBAL:
        return False
    told = node.dep_ == "xcomp" and tense_above(time.governor) == "past"
    asked = node.dep_ in ("xcomp", "ccomp") and node.tag_ == "VB" and time.over and is_past(node.head)
    return told or asked


def _names_another(candidate: Candidate, time: Time, triggers: frozenset[int]) -> bool:
    """Whether a time tells which one a noun below a verb is: "rejected Monday's offer", "over the crash of May 3".

    The noun shares it where the verb happens at it ("at Monday's meeting"), carries it ("attended Monday's parade"), or
    where it names a meeting.
    """
    noun, root, carries = time.governor, time.span.root, candidate.trigger.lemma_ in load_status().words.light_verbs
    if noun.pos_ not in NOMINAL or noun.i == candidate.trigger.i or time.found.relation == SINCE:
        return False
    before = root.head.i == noun.i and root.i < noun.i
    if not before and not (root.head.lower_ == "of" and root.head.head.i == noun.i):
        return False
    if noun.dep_ in ("dobj", "obj"):
        return not carries or candidate.type in SPOKEN
    if noun.lemma_.lower() in load_calendar().occasions or noun.i in triggers:
        return False
    while noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ in NOMINAL:
        noun = noun.head.head  # "on the margins of next month's assembly"
    return noun.dep_ not in ("nsubj", "nsubjpass") and not (noun.dep_ == "pobj" and noun.head.lower_ in VENUE)


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
        if node.dep_ == "pobj" and head.lower_ == "by" and head.dep_ == "prep" and head.head.i not in triggers:
            return 1  # "spoke by phone"
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
        if node.dep_ == "xcomp" and (not governed or head.lemma_ == "be"):
            return 2
        return 3 if not infinitive and not marked and node.tag_ in ("VBG", "VBN") else None
    if node.dep_ in ("ccomp", "parataxis") and head.pos_ in VERBAL and candidate.type in SPOKEN:
        return 5 if not is_past(node) and _reports(head) else None
    return None


def _beside(trigger: Token, time: Time, triggers: frozenset[int]) -> int | None:
    """The time stands with a later conjunct of the same tense and subject: "met and held talks on Monday"."""
    for other in (*trigger.conjuncts, *_misread_conjuncts(trigger)):
        own = any(c.dep_ in ("nsubj", "nsubjpass") for c in other.children)
        if other.i < trigger.i or own or other.pos_ not in VERBAL or tense_above(other) != tense_above(trigger):
            continue
        if time.governor.i == other.i:
            return 4
        below = _under(other, time, triggers - {other.i})
        if below is not None:
            return below + 4
    return None


def _misread_conjuncts(verb: Token) -> list[Token]:
    """'Ordered him to leave and recalled its own': a finite verb joined to an infinitive is joined to the one above."""
    below = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp") and c.tag_ == "VB"]
    return [c for b in below for c in b.conjuncts if verb.tag_ == "VBD" and c.tag_ == "VBD"]


def _reports(verb: Token) -> bool:
    return any(c.dep_ in ("ccomp", "parataxis") for c in verb.children)


def _is_clause(token: Token) -> bool:
    """A verb that heads a clause; 'greeting' in 'a message of greeting' heads none."""
    return token.pos_ in VERBAL and token.dep_ not in ("pobj", "dobj", "nsubj", "nsubjpass", "amod", "compound", "nmod")


def _has_object(verb: Token) -> bool:
    return any(c.dep_ in ("dobj", "obj", "ccomp") for c in verb.children)
