"""How a verb is used: which cue it is, whether its statement was made, whether it stands beside what it reports.

Separate because complements ask it of the verbs below a cue as well.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.claims.phrases import VERBAL, child, has_to
from dragoman.knowledge.cues import Cue, Cues

REPORTING = frozenset({"speech", "media", "manner", "going_on"})
ASIDES = REPORTING | {"asking", "judging", "ordering"}
WOULD = frozenset({"would", "'d", "’d"})  # "would like to" is a wish, not a maybe
PARTICLES = frozenset({"prt", "advmod", "acomp", "oprd", "ccomp"})
MARKS = frozenset(",;:–—-“”\"'‘’()") | {"''", "``", "--"}


def find_cue(verb: Token, cues: Cues) -> tuple[Cue | None, Token]:
    """The lexicon entry of a verb with its particle, and the last token of the cue."""
    for particle in verb.children:
        if particle.i > verb.i and particle.dep_ in PARTICLES:
            cue = cues.particles.get(f"{verb.lemma_} {particle.lower_}")
            if cue is not None:
                return cue, particle
    return cues.verb(verb.lemma_), verb


def is_made(verb: Token, cues: Cues) -> bool:
    """Whether the statement was made at all: 'said', 'continued to insist', not 'may say', 'to say', 'Say so'."""
    if has_to(verb):
        return verb.head.lemma_ in cues.realizing and verb.head != verb and is_made(verb.head, cues)
    modal = next((t for t in verb.lefts if t.tag_ == "MD"), None) if verb.tag_ in {"VB", "VBN"} else None
    if modal is not None:
        cue, _ = find_cue(verb, cues)
        return modal.lower_ in WOULD and cue is not None and cue.group == "feeling"
    if verb.tag_ != "VB" or child(verb, "aux") is not None:
        return True
    return verb.dep_ == "conj" and verb.head.pos_ in VERBAL and verb.head.tag_ == "VB" and is_made(verb.head, cues)


def is_parenthesis(verb: Token, cues: Cues) -> bool:
    """Whether a cue stands beside what it reports: '..., sources said.', 'As Tass put it, ...'."""
    cue, _ = find_cue(verb, cues)
    if cue is None or "clause" not in cue.frames or child(verb, "nsubj") is None:
        return False
    # 'Kyiv opposes and condemns it, he said': what the second verb takes, the first takes too.
    said = any(child(t, "ccomp", "xcomp", "dobj") is not None for t in (verb, *verb.conjuncts))
    if (said or child(verb, "mark") is not None) and not is_as_clause(verb):
        return False
    doc, first, last = verb.doc, verb.left_edge.i, verb.right_edge.i
    before = (first > verb.sent.start and doc[first - 1].text in MARKS) or doc[first].text in MARKS
    after = (last + 1 < verb.sent.end and doc[last + 1].text in MARKS) or doc[last].text in MARKS
    return before or (after and first == verb.sent.start)


def is_aside(verb: Token, cues: Cues) -> bool:
    """', arguing that ...' after a reported clause: its speaker goes on, though parsers hang it on the clause."""
    cue, _ = find_cue(verb, cues)
    comma = verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text == ","
    return verb.dep_ == "advcl" and verb.tag_ == "VBG" and comma and cue is not None and cue.group in ASIDES


def is_as_clause(verb: Token) -> bool:
    """'as Tass reported'."""
    mark = child(verb, "mark", "advmod")
    return mark is not None and mark.lower_ == "as" and mark.i < verb.i
