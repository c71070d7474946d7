"""Claims made by a phrase: 'according to Seoul', 'in the words of Lavrov', 'in Kim's view'.

Separate from verbs because such a phrase has no complement: what it speaks for is the clause around it.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.claims.phrases import VERBAL, child, full_stop, source
from dragoman.coding.claims.statements import Range, Statement, chars, trim
from dragoman.knowledge.cues import Cues

DEFINITE = frozenset({"PRON", "PROPN"})
OWNED = frozenset({"by", "in", "to"})
TURNS = frozenset({"adding", "although", "and", "but", "or", "though", "which", "while", "who"})


def phrase_statement(token: Token, cues: Cues) -> Statement | None:
    """The statement of a phrase that begins at a token, or None."""
    doc = token.doc
    for words in sorted(cues.phrases, key=len, reverse=True):
        last = token.i + len(words) - 1
        if token.lower_ == words[0] and last < len(doc) and tuple(t.lower_ for t in doc[token.i : last + 1]) == words:
            return _statement(token, last, child(doc[last], "pobj", "pcomp"), f"phrases: {' '.join(words)}", cues)
    thing = child(token, "pobj") if token.lower_ in OWNED else None
    if thing is None or thing.lemma_ not in cues.possessed:
        return None
    return _statement(token, thing.i, child(thing, "poss"), f"possessed: {thing.lemma_}", cues)


def _statement(first: Token, last: int, speaker: Token | None, entry: str, cues: Cues) -> Statement | None:
    """`last` is the phrase's last token besides the speaker; a possessor stands before it."""
    if speaker is None or not _may_speak(speaker, cues):
        return None
    who = source(speaker)
    start, end = chars(first.doc, first.i, last + 1)
    scope = _around(first, (start, max(who.end, end)))
    cue = (start, end) if speaker.i > last else chars(first.doc, last, last + 1)
    aside = (min(start, who.start), max(end, who.end))
    return Statement(cue, who, scope, entry, reports=True, aside=aside) if scope else None


def _may_speak(speaker: Token, cues: Cues) -> bool:
    """'according to the ministry', 'per officials'; not 'per student', 'according to plan', 'to the agreement'."""
    if speaker.lemma_ in cues.not_sources:
        return False
    plural = speaker.tag_ in {"NNS", "NNPS"}
    return plural or speaker.pos_ in DEFINITE or child(speaker, "det", "poss", "compound") is not None


def _around(token: Token, phrase: Range) -> list[Range]:
    """The clause that a phrase stands in, without the phrase, in characters."""
    clause = token.head
    while clause.dep_ != "ROOT" and not (clause.pos_ in VERBAL and clause.dep_ == "ccomp" and clause.head.i < clause.i):
        clause = clause.head
    start, end = chars(token.doc, token.sent.start, full_stop(token.sent))
    if clause.dep_ != "ROOT":
        start, end = chars(token.doc, clause.left_edge.i, clause.right_edge.i + 1)
    text = token.doc.text
    before, after = (start, min(phrase[0], end)), (max(phrase[1], start), end)
    lead = trim(text, before)
    if lead is None or text[slice(*lead)].lower() in TURNS:
        return [after]
    rest = text[slice(*after)]
    words = rest.strip(" ,").split(" ")
    if not rest.startswith(",") or words[0].lower() in TURNS:
        return [before]
    return [before, after]
