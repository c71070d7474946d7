"""In which tense a time expression stands, read off the verbs above it in the parse."""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.dates.interval import Tense
from dragoman.knowledge.status import load_status

VERBAL = frozenset({"VERB", "AUX"})
STEPS = 8
CLAUSES_OF_TIME = frozenset({"after", "as", "before", "once", "until", "when"})


def tense_above(token: Token) -> Tense | None:
    """The tense of the nearest verb that has one, the token itself included; None where the present leaves it open.

    Words that plan count as future whatever their own tense: "was scheduled for Friday", "a planned visit in May".
    """
    node = token
    for _ in range(STEPS):
        found = _of_verb(node) if node.pos_ in VERBAL else _of_noun(node)
        if found is not None:
            return found
        if node.head.i == node.i or (node.pos_ in VERBAL and node.tag_ in ("VBZ", "VBP")):
            return _of_main_clause(node)
        node = node.head
    return None


def verb_above(token: Token) -> Token:
    """The nearest verb above a token."""
    for _ in range(STEPS):
        token = token.head
        if token.pos_ in VERBAL:
            break
    return token


def is_past(verb: Token) -> bool:
    """Simple past, perfect or past passive."""
    return verb.tag_ == "VBD" or any(
        c.dep_ in ("aux", "auxpass") and (c.tag_ == "VBD" or c.lemma_ == "have") for c in verb.children
    )


def is_pluperfect(verb: Token) -> bool:
    """'had met': told as older than what stands around it."""
    return any(c.dep_ == "aux" and c.lower_ in ("had", "'d", "’d") and c.tag_ == "VBD" for c in verb.children)


def is_futurate(verb: Token) -> bool:
    """Whether a present can stand for what is to come: 'the talks begin on Monday', 'is meeting him on Friday'."""
    if verb.tag_ in ("VBZ", "VBP"):
        return verb.lemma_ in load_status().words.timetable
    return verb.tag_ == "VBG" and any(c.dep_ == "aux" and c.lower_ in ("is", "are") for c in verb.children)


def _of_main_clause(verb: Token) -> Tense | None:
    """The present of a clause of time looks where its main verb does: 'before he meets the pope, he will ...'."""
    if verb.dep_ == "advcl" and verb.head.pos_ in VERBAL and any(c.lower_ in CLAUSES_OF_TIME for c in verb.children):
        found = _of_verb(verb.head)
        return found if found == "future" else None
    return None


def _of_verb(verb: Token) -> Tense | None:
    lexicon = load_status()
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children):
        will = auxiliaries & {"will", "shall", "'ll", "’ll", "wo"}
        return "past" if "have" in auxiliaries and not will else "future"
    planning = "planned" in (lexicon.passive_governors.get(verb.lemma_), lexicon.noun_governors.get(verb.lemma_))
    if planning and (verb.tag_ == "VBN" or any(c.dep_ == "prep" and c.lower_ == "for" for c in verb.children)):
        return "future"
    if (
        verb.tag_ in ("VBD", "VBN")
        and verb.dep_ == "acl"
        and any(c.dep_ == "prep" and c.lower_ == "for" for c in verb.children)
    ):
        # "the strike announced for Monday"
        return "future"
    if "to" in auxiliaries and verb.tag_ == "VB":
        governor = verb.head
        if "have" in auxiliaries or governor.i == verb.i:
            return "past" if "have" in auxiliaries else None
        governing = (
            lexicon.clause_governors,
            lexicon.passive_governors,
            lexicon.adjective_governors,
            lexicon.nominal_governors,
        )
        ahead = any(table.get(governor.lemma_) in ("planned", "hypothetical") for table in governing)
        return "future" if ahead else None
    if verb.lemma_ == "be" and verb.tag_ in ("VBZ", "VBP") and _has_infinitive(verb):
        return "future"  # "is to see him on Monday"
    if is_past(verb) or verb.tag_ == "VBN":
        return "past"
    return None


def _has_infinitive(verb: Token) -> bool:
    actions = (c for c in verb.children if c.dep_ == "xcomp" and c.tag_ == "VB")
    return any(c.dep_ == "aux" and c.lower_ == "to" for action in actions for c in action.children)


def _of_noun(noun: Token) -> Tense | None:
    modifiers = load_status().modifiers
    return "future" if any(modifiers.get(c.lower_) == "planned" for c in noun.children) else None
