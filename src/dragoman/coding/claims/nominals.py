"""Claims made by a noun or an adjective: 'Kim's claim that ...', 'voiced hope of ...', 'wary of ...'.

Separate from verbs because who speaks is found elsewhere: a possessor, a maker after 'by', the subject of a lending
verb or of 'be'.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.claims.phrases import VERBAL, child, has_to, source, subject, subtree
from dragoman.coding.claims.statements import Range, Source, Statement, chars
from dragoman.coding.claims.usage import is_made
from dragoman.knowledge.cues import Cue, Cues

BE = frozenset({"be", "become", "feel", "get", "grow", "remain", "seem", "sound", "stay"})
STATES = frozenset({"GPE", "NORP", "ORG"})


def noun_statement(noun: Token, cues: Cues) -> Statement | None:
    """The statement that a noun stands for, or None; without a clause or infinitive only when somebody has it."""
    cue = cues.nouns.get(noun.lemma_.lower())
    if cue is None:
        return None
    frame, content = _complement(noun, cue)
    if not content:
        return None
    who = _holder(noun, cues, frame)
    if who is None and frame != "clause":
        return None
    ranges = [chars(noun.doc, a, b) for a, b in content]
    return Statement((noun.idx, noun.idx + len(noun)), who, ranges, f"nouns: {cue.lemma}")


def adjective_statement(adjective: Token, cues: Cues) -> Statement | None:
    """The attitude that an adjective after 'be' (or set off by commas) expresses, or None."""
    cue = cues.adjectives.get(adjective.lower_)
    if cue is None or adjective.dep_ == "amod":
        return None
    _, content = _complement(adjective, cue)
    verb = adjective.head if adjective.dep_ in {"acomp", "attr", "oprd"} else adjective
    if not content or (verb != adjective and verb.lemma_ not in BE):
        return None
    if verb.pos_ in VERBAL and not is_made(verb, cues):
        return None
    head = child(adjective, "nsubj", "nsubjpass") or (subject(verb) if verb.pos_ in VERBAL else None)
    if head is None or head.lower_ in {"it", "this", "that"}:
        return None
    ranges = [chars(adjective.doc, a, b) for a, b in content]
    return Statement((adjective.idx, adjective.idx + len(adjective)), source(head), ranges, f"adjectives: {cue.lemma}")


def _complement(word: Token, cue: Cue) -> tuple[str, list[Range]]:
    for below in word.rights:
        if below.dep_ in {"acl", "ccomp", "xcomp", "relcl", "advcl"} and has_to(below):
            if "infinitive" in cue.frames:
                return "infinitive", subtree(below)
        elif below.dep_ in {"acl", "ccomp"} and "clause" in cue.frames:
            mark = child(below, "mark")
            if below.dep_ == "ccomp" or (mark is not None and mark.lower_ == "that"):
                return "clause", subtree(below)
        elif below.dep_ in {"prep", "agent"} and below.lower_ in cue.frames:
            inner = child(below, "pobj", "pcomp")
            if inner is not None:
                return "preposition", subtree(inner)
    return "", []


def _holder(noun: Token, cues: Cues, frame: str) -> Source | None:
    """Who makes or holds it: 'Kim's claim', 'a claim by Kim', 'the U.S. claim', 'Kim made the claim'."""
    owner = child(noun, "poss")
    if owner is not None:
        return source(owner)
    for preposition in noun.rights:
        maker = child(preposition, "pobj") if preposition.lower_ in {"by", "from", "among"} else None
        if maker is not None:
            return source(maker)
    verb = noun.head
    if noun.dep_ == "dobj" and verb.lemma_ in cues.light_verbs and is_made(verb, cues):
        head = subject(verb)
        if head is not None and head.lower_ not in {"it", "this", "that"}:
            return source(head)
    state = next((t for t in noun.lefts if t.ent_type_ in STATES and t.dep_ in {"compound", "amod", "nmod"}), None)
    return None if state is None else Source(state.left_edge.idx, state.idx + len(state), state)
