"""Claims made by a verb: '..., Tass reported', 'vowed to respond', 'called the drill reckless'.

Takes a verb of a parse, gives the statement that it opens. Separate from the cues that are nouns or phrases because
verbs have voices, moods and complements on both sides.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.claims.phrases import VERBAL, agent, child, has_to, is_passive, noun_phrase, source, subject, subtree
from dragoman.coding.claims.statements import Range, Source, Statement, chars, runs
from dragoman.knowledge.cues import PREPOSITIONS, Cue, Cues

REPORTING = frozenset({"speech", "media", "manner", "going_on"})
MAIN = frozenset({"ROOT", "conj", "parataxis", "advcl", "ccomp", "dep", "csubj"})
DETACHED = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj"})
MARKS = frozenset(',;:—–-“”"\'‘’()') | {"''", "``", "--"}


def verb_statement(verb: Token, cues: Cues) -> Statement | None:
    """The statement that a verb opens, or None when it opens none."""
    cue, last = find_cue(verb, cues)
    if cue is None or not is_made(verb, cues):
        return None
    passive = is_passive(verb)
    frame, content = complement(verb, cue, cues, passive)
    speech = bool(cue.frames & {"clause", "quote"})
    if not content and speech and not passive and is_parenthesis(verb, cues):
        frame, content = "around", _around(verb)
    if not content and verb.dep_ == "pcomp" and verb.head.lower_ == "as":
        frame, content = "around", _quoted_before(verb.head.head)
    who = _speaker(verb, passive)
    if (not content and (who is None or not speech or passive)) or not _counts(verb, cue, frame, who, passive):
        return None
    end = last if 0 < last.i - verb.i < 4 else verb
    ranges = [chars(verb.doc, a, b) for a, b in content]
    reports = cue.group in REPORTING or (cue.group == "particles" and speech)
    return Statement((verb.idx, end.idx + len(end)), who, ranges, f"verbs: {cue.lemma}", reports, speech)


def find_cue(verb: Token, cues: Cues) -> tuple[Cue | None, Token]:
    """The lexicon entry of a verb with its particle, and the last token of the cue."""
    for particle in verb.children:
        if particle.i > verb.i and particle.dep_ in {"prt", "advmod", "acomp", "oprd", "ccomp"}:
            cue = cues.particles.get(f"{verb.lemma_} {particle.lower_}")
            if cue is not None:
                return cue, particle
    return cues.verbs.get(verb.lemma_), verb


def is_made(verb: Token, cues: Cues) -> bool:
    """Whether the statement was made at all: 'said', 'continued to insist', not 'may say', 'to say', 'Say so'."""
    if has_to(verb):
        return verb.head.lemma_ in cues.realizing and verb.head is not verb and is_made(verb.head, cues)
    if any(t.tag_ == "MD" for t in verb.children):
        return False
    if verb.tag_ != "VB" or child(verb, "aux") is not None:
        return True
    return verb.dep_ == "conj" and verb.head.pos_ in VERBAL and verb.head.tag_ == "VB" and is_made(verb.head, cues)


def is_parenthesis(verb: Token, cues: Cues) -> bool:
    """Whether a cue stands beside what it reports: '..., sources said.', '..., Seoul said, ...', 'As Tass put it, ...'."""
    cue, _ = find_cue(verb, cues)
    if cue is None or "clause" not in cue.frames or child(verb, "nsubj") is None:
        return False
    if child(verb, "ccomp", "xcomp", "dobj", "mark") is not None and not _as_clause(verb):
        return False
    doc, first, last = verb.doc, verb.left_edge.i, verb.right_edge.i
    before = first > verb.sent.start and doc[first - 1].text in MARKS or doc[first].text in MARKS
    after = last + 1 < verb.sent.end and doc[last + 1].text in MARKS or doc[last].text in MARKS
    return before or (after and first == verb.sent.start)


def complement(verb: Token, cue: Cue, cues: Cues, passive: bool) -> tuple[str, list[Range]]:
    """What the verb says or means: the complement's name and its tokens, the first one that the entry allows."""
    frames = cue.frames
    clause = next((t for t in verb.children if t.dep_ == "ccomp" and not is_parenthesis(t, cues)), None)
    if clause is not None:
        if not has_to(clause) and "clause" in frames:
            return "clause", _clause(verb, clause, cues)
        if has_to(clause) and frames & {"object+infinitive", "infinitive"}:
            return "object+infinitive", subtree(clause)
        if "object+complement" in frames:
            return "object+complement", subtree(clause)
    object_ = _object(verb, passive)
    action = child(verb, "xcomp") or next((t for t in verb.rights if t.dep_ == "advcl" and has_to(t)), None)
    if action is not None:
        if has_to(action) and object_ is not None and "object+infinitive" in frames:
            return "object+infinitive", _joined(noun_phrase(object_), subtree(action))
        if has_to(action) and "infinitive" in frames and (object_ is None or passive):
            return "infinitive", subtree(action)
        if action.tag_ == "VBG" and action.dep_ == "xcomp" and frames & {"gerund", "object"}:
            return "gerund", subtree(action)
    if object_ is not None:
        frame, content = _object_frame(verb, object_, frames, passive)
        if content:
            return frame, content
    return _prepositional(verb, frames)


def _object(verb: Token, passive: bool) -> Token | None:
    if not passive:
        given = child(verb, "dobj")
        if given is not None and given.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl" and given.i < verb.i:
            return verb.head
        return given
    own = child(verb, "nsubjpass")
    return verb.head if own is None and verb.dep_ in {"acl", "relcl"} else own


def _object_frame(verb: Token, object_: Token, frames: frozenset[str], passive: bool) -> tuple[str, list[Range]]:
    predicate = child(verb, "oprd")
    if predicate is not None and "object+complement" in frames:
        return "object+complement", _joined(noun_phrase(object_), subtree(predicate))
    for preposition in verb.children:
        if preposition.dep_ in {"prep", "dative"} and f"object+{preposition.lower_}" in frames and preposition.i > verb.i:
            return "object+preposition", _joined(noun_phrase(object_), subtree(preposition))
    if "object" in frames:
        inside = not passive and object_.head is verb
        return "object", [_stretched(verb, object_)] if inside else [noun_phrase(object_)]
    return "", []


def _prepositional(verb: Token, frames: frozenset[str]) -> tuple[str, list[Range]]:
    for preposition in verb.rights:
        if preposition.lower_ not in frames & PREPOSITIONS:
            continue
        inner = child(preposition, "pobj", "pcomp")
        if inner is not None:
            action = next((t for t in verb.rights if t.dep_ in {"xcomp", "advcl"} and has_to(t)), None)
            if action is not None and action.left_edge.i == inner.right_edge.i + 1:
                return "object+infinitive", [(inner.left_edge.i, action.right_edge.i + 1)]
            return "preposition", subtree(inner)
    for clause in verb.rights:
        if clause.dep_ in {"advcl", "ccomp", "xcomp"} and has_to(clause) and "for" in frames:
            mark = child(clause, "mark")
            if mark is not None and mark.lower_ == "for":
                return "object+infinitive", [(mark.i + 1, clause.right_edge.i + 1)]
    return "", []


def _stretched(verb: Token, object_: Token) -> Range:
    """An object with what a parser hangs on the verb right after it: 'cited the remarks | as proof of ...'."""
    start, end = object_.left_edge.i, object_.right_edge.i + 1
    for right in verb.rights:
        if right.left_edge.i == end and right.dep_ in {"prep", "oprd", "xcomp", "acl", "relcl"} and right.i > object_.i:
            end = right.right_edge.i + 1
    return start, end


def _clause(verb: Token, clause: Token, cues: Cues) -> list[Range]:
    """A clause after the verb with the clauses coordinated to it, or all that stands before the cue."""
    if clause.i > verb.i:
        more = [t for t in verb.rights if t.dep_ == "conj" and t.i > clause.i and _is_more(t, cues)]
        return [(start, end) for part in (clause, *more) for start, end in subtree(part)]
    edge = min([verb.i, *(t.left_edge.i for t in verb.lefts if t.i > clause.i and t.dep_ != "punct")])
    quoted = next((t for t in verb.rights if t.lower_ == "as" and child(t, "pcomp") is not None), None)
    tail = [(verb.i + 1, quoted.right_edge.i + 1)] if quoted is not None else []
    return [(verb.left_edge.i, edge), *tail]


def _is_more(verb: Token, cues: Cues) -> bool:
    """Whether a clause coordinated to a cue goes on with what it reports: 'said that A, and that B'."""
    mark = child(verb, "mark")
    return mark is not None and mark.lower_ == "that"


def _around(verb: Token) -> list[Range]:
    head = verb.head
    if head is verb or head.pos_ not in VERBAL or verb.dep_ not in DETACHED:
        return []
    if verb.dep_ == "advcl" and not _as_clause(verb):
        return []
    cut = {t.i for t in verb.subtree}
    return runs(t.i for t in head.subtree if t.i not in cut)


def _quoted_before(verb: Token) -> list[Range]:
    """'"...", Tass quoted him as saying': the clause before the quoting verb."""
    clause = next((t for t in verb.lefts if t.dep_ == "ccomp"), None)
    return [] if clause is None else subtree(clause)


def _as_clause(verb: Token) -> bool:
    mark = child(verb, "mark", "advmod")
    return mark is not None and mark.lower_ == "as" and mark.i < verb.i


def _joined(first: Range, rest: list[Range]) -> list[Range]:
    if rest and rest[0][0] == first[1]:
        return [(first[0], rest[0][1]), *rest[1:]]
    return sorted([first, *rest])


def _speaker(verb: Token, passive: bool) -> Source | None:
    head = agent(verb) if passive else subject(verb)
    return None if head is None else source(head)


def _counts(verb: Token, cue: Cue, frame: str, who: Source | None, passive: bool) -> bool:
    """Whether a verb with this complement gives somebody's word or attitude here, and is not just background."""
    if who is None and (frame == "object" or cue.lemma == "quote"):
        return False
    if who is not None and who.head is not None and who.head.lower_ in {"it", "this", "these"} and cue.group not in REPORTING:
        return False
    return frame in {"clause", "around", ""} or verb.dep_ in MAIN
