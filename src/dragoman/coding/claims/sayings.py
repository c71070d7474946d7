"""Claims made by a phrase: 'according to Seoul', 'in the words of Lavrov', 'in Kim's view'.

Separate from verbs because such a phrase has no complement: what it speaks for is the clause around it.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.claims.phrases import VERBAL, child, source
from dragoman.coding.claims.statements import Range, Statement, chars
from dragoman.knowledge.cues import Cues


def phrase_statement(token: Token, cues: Cues) -> Statement | None:
    """The statement of a phrase that begins at a token, or None."""
    doc = token.doc
    for words in cues.phrases:
        if token.lower_ != words[0] or tuple(t.lower_ for t in doc[token.i : token.i + len(words)]) != words:
            continue
        last = doc[token.i + len(words) - 1]
        speaker = child(last, "pobj") or child(last, "pcomp")
        if speaker is None or speaker.ent_type_ in {"PERCENT", "MONEY", "QUANTITY"} or speaker.is_stop and speaker.lower_ in {"day"}:
            return None
        who = source(speaker)
        cue = chars(doc, token.i, last.i + 1)
        scope = around(token, (cue[0], max(who.end, cue[1])))
        return Statement(cue, who, scope, f"phrases: {' '.join(words)}", reports=True) if scope else None
    return None


def around(token: Token, phrase: Range) -> list[Range]:
    """The clause that a phrase stands in, without the phrase, in characters."""
    clause = token.head
    while clause.dep_ != "ROOT" and not (clause.pos_ in VERBAL and clause.dep_ == "ccomp" and clause.head.i < clause.i):
        clause = clause.head
    sentence = token.sent
    start, end = sentence.start_char, sentence.end_char
    if clause.dep_ != "ROOT":
        start, end = chars(token.doc, clause.left_edge.i, clause.right_edge.i + 1)
    before, after = (start, phrase[0]), (phrase[1], end)
    text = token.doc.text
    lead = text[before[0] : before[1]].strip(" ,“\"'")
    if not lead or lead.lower() in {"and", "but", "meanwhile", "however"}:
        return [after]
    if not text[after[0] : after[1]].startswith(","):
        return [before]
    rest = text[after[0] : after[1]].lstrip(" ,")
    if rest.split(" ")[0].lower() in {"and", "but", "while", "adding", "which", "who", "although", "though", "or"}:
        return [before]
    return [p for p in (before, after) if p[0] < p[1]]
