"""Claims made by a verb: '..., Tass reported', 'vowed to respond', 'called the drill reckless'.

Takes a verb of a parse, gives the statement that it opens. Separate from the cues that are nouns or phrases because
verbs have voices, moods and complements on both sides.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.claims.complements import around, complement, quoted_before
from dragoman.coding.claims.phrases import VERBAL, agent, child, is_passive, source, subject
from dragoman.coding.claims.statements import Range, Source, Statement, chars
from dragoman.coding.claims.usage import REPORTING, find_cue, is_as_clause, is_aside, is_made, is_parenthesis
from dragoman.knowledge.cues import Cue, Cues

MAIN = frozenset({"ROOT", "conj", "parataxis", "advcl", "ccomp", "dep", "csubj"})
ACTS = frozenset({"asking", "ordering", "promising"})
SPEAKING = frozenset({"GPE", "NORP", "ORG", "PERSON"})
FINITE = frozenset({"VBD", "VBP", "VBZ"})
BARE = frozenset({"it", "this", "these"})


def verb_statement(verb: Token, cues: Cues) -> Statement | None:
    """The statement that a verb opens, or None when it opens none."""
    cue, last = find_cue(verb, cues)
    if cue is None or not is_made(verb, cues):
        return None
    passive = is_passive(verb)
    frame, content = _content(verb, cue, cues, passive)
    speech = bool(cue.frames & {"clause", "quote"})
    who = _speaker(verb, passive, cues)
    if (not content and (who is None or not speech or passive)) or not _counts(verb, cue, frame, who, cues):
        return None
    end = last if 0 < last.i - verb.i < 4 else verb
    ranges = [chars(verb.doc, a, b) for a, b in content]
    section = "particles" if cue.group == "particles" else "verbs"
    reports = cue.group in REPORTING or (section == "particles" and speech)
    made = Statement((verb.idx, end.idx + len(end)), who, ranges, f"{section}: {cue.lemma}", reports, speech)
    made.acts = cue.group in ACTS
    if frame == "around" and verb.dep_ == "advcl":
        made.aside = chars(verb.doc, verb.left_edge.i, verb.right_edge.i + 1)
    return made


def _content(verb: Token, cue: Cue, cues: Cues, passive: bool) -> tuple[str, list[Range]]:
    frame, content = complement(verb, cue, cues, passive)
    if content:
        return frame, content
    if passive:
        beside = is_as_clause(verb) and agent(verb) is not None
    else:
        beside = bool(cue.frames & {"clause", "quote"}) and is_parenthesis(verb, cues)
    if beside:
        return "around", around(verb)
    if verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        return "around", quoted_before(verb.head.head)
    return "", []


def _speaker(verb: Token, passive: bool, cues: Cues) -> Source | None:
    first = verb
    while first.dep_ == "conj" and first.head.pos_ in VERBAL and first.head.tag_ == verb.tag_ == "VBG":
        first = first.head
    head = agent(verb) if passive else subject(verb)
    if not passive and cue_of_speech(verb, cues) and child(verb, "nsubj") is None:
        head = _further_said(verb, cues) or head
    above = first.head
    if not passive and is_aside(first, cues):
        while above.dep_ == "ccomp" and find_cue(above.head, cues)[0] is not None:
            above = above.head
        if above != first.head:
            head = subject(above)
    if head is None and not passive and verb.dep_ == "ROOT" and verb.tag_ in FINITE and cue_of_speech(verb, cues):
        return _named_before(verb)
    return None if head is None else source(head)


def _named_before(verb: Token) -> Source | None:
    """Who is named first before a main verb that a parser leaves without subject: 'On Friday Yoon, an aide, said'."""
    named = (e for e in verb.sent.ents if e.end <= verb.i and e.label_ in SPEAKING)
    entity = next(named, None)
    return None if entity is None else Source(entity.start_char, entity.end_char, entity.root)


def _further_said(verb: Token, cues: Cues) -> Token | None:
    """'said that Kim would pay if he struck a deal and said the operation goes on': whoever said the first says this.

    Parsers join such a cue to a verb of what is said; one after 'would' has another form and cannot be its partner.
    """
    if verb.dep_ != "conj" or verb.tag_ not in FINITE:
        return None
    above, conditional = verb.head, False
    while above.head != above:
        conditional = conditional or any(t.tag_ == "MD" for t in above.lefts)
        if above.tag_ == verb.tag_ and cue_of_speech(above, cues) and conditional:
            return subject(above)
        above = above.head
    return subject(above) if conditional and above.tag_ == verb.tag_ and cue_of_speech(above, cues) else None


def cue_of_speech(verb: Token, cues: Cues) -> bool:
    """Whether a verb reports what is said."""
    cue, _ = find_cue(verb, cues)
    return cue is not None and cue.group in REPORTING


def _counts(verb: Token, cue: Cue, frame: str, who: Source | None, cues: Cues) -> bool:
    """Whether a verb with this complement gives somebody's word or attitude here, and is not just background."""
    if who is None and (frame == "object" or cue.lemma == "quote"):
        return False
    if who is not None and who.head is not None and who.head.lower_ in BARE and cue.group not in REPORTING:
        return False
    if cue.group in REPORTING and child(verb, "neg") is not None:
        return False
    object_ = child(verb, "dobj")
    if frame == "object" and verb.lemma_ in cues.light_verbs and object_ is not None and object_.lemma_ in cues.nouns:
        return False  # 'expressed hope that': the noun is the cue
    return frame in {"clause", "around", ""} or verb.dep_ in MAIN
