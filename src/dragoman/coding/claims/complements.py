"""What follows a cue verb, or stands around it: the words that are said, believed or wanted.

Takes a verb and its entry of the lexicon, gives tokens. Separate from who says it and whether it counts.
"""

from __future__ import annotations

from spacy.tokens import Token

from dragoman.coding.claims.phrases import VERBAL, child, full_stop, has_to, noun_phrase, subtree
from dragoman.coding.claims.statements import Range, runs
from dragoman.coding.claims.usage import is_as_clause, is_aside, is_parenthesis
from dragoman.knowledge.cues import PREPOSITIONS, Cue, Cues

DETACHED = frozenset({"parataxis", "ccomp", "advcl", "dep", "conj"})
QUOTES = frozenset('“”"«»') | {"''", "``"}
TIMES = frozenset({"DATE", "TIME"})


def complement(verb: Token, cue: Cue, cues: Cues, passive: bool) -> tuple[str, list[Range]]:
    """What the verb says or means: the complement's name and its tokens, the first one that the entry allows."""
    frames = cue.frames
    clause = next((t for t in verb.children if t.dep_ == "ccomp" and not is_parenthesis(t, cues)), None)
    if clause is not None:
        object_ = child(verb, "dobj")
        if "object" in frames and object_ is not None and _is_reduced(clause, object_):
            return "object", [(object_.left_edge.i, clause.right_edge.i + 1)]
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


def around(verb: Token) -> list[Range]:
    """What stands beside a cue that has no complement of its own: 'the plan, Seoul said, has failed'."""
    head = verb.head
    while verb.dep_ == "advcl" and head.head != head and head.dep_ != "conj":
        head = head.head  # 'as Tass reported' speaks for its whole sentence
    if head == verb or head.pos_ not in VERBAL or verb.dep_ not in DETACHED:
        return []
    if _closes(verb):
        head = verb.sent.root  # '..., Tass reported.' speaks for all before it, whatever a parser joins it to
    if verb.dep_ == "advcl" and not is_as_clause(verb) and verb.left_edge.tag_ in {"IN", "WRB"}:
        return []
    cut = {t.i for t in verb.subtree} | {full_stop(verb.sent)}
    return runs(t.i for t in head.subtree if t.i not in cut)


def _closes(verb: Token) -> bool:
    """Whether a cue with its speaker ends the sentence after a comma, outside quotation marks."""
    first, last, sentence = verb.left_edge.i, verb.right_edge.i, verb.sent
    before = [t for t in verb.doc[sentence.start : first] if t.text in QUOTES]
    return first > sentence.start and verb.doc[first - 1].text == "," and last + 1 >= full_stop(sentence) and not before


def quoted_before(verb: Token) -> list[Range]:
    """'"...", Tass quoted him as saying': the clause before the quoting verb."""
    clause = next((t for t in verb.lefts if t.dep_ == "ccomp"), None)
    return [] if clause is None else subtree(clause)


def _object(verb: Token, passive: bool) -> Token | None:
    if not passive:
        given = child(verb, "dobj")
        if given is not None and given.tag_ in {"WDT", "WP"} and verb.dep_ == "relcl" and given.i < verb.i:
            return verb.head
        return given
    own = child(verb, "nsubjpass")
    return verb.head if own is None and verb.dep_ in {"acl", "relcl"} else own


def _object_frame(verb: Token, object_: Token, frames: frozenset[str], passive: bool) -> tuple[str, list[Range]]:
    asked = object_.tag_ in {"WDT", "WP"}  # 'what he called a provocation': the provocation is what he says
    predicate = child(verb, "oprd") or next((t for t in verb.rights if t.dep_ == "dobj" and t != object_), None)
    if predicate is not None and "object+complement" in frames:
        return "object+complement", subtree(predicate) if asked else _joined(noun_phrase(object_), subtree(predicate))
    for preposition in verb.children:
        if preposition.dep_ == "advcl" and preposition.left_edge.lower_ == "as" and "object+as" in frames:
            return "object+preposition", subtree(preposition) if asked else _joined(
                noun_phrase(object_), subtree(preposition)
            )
        if (
            preposition.dep_ in {"prep", "dative"}
            and f"object+{preposition.lower_}" in frames
            and preposition.i > verb.i
        ):
            return "object+preposition", subtree(preposition) if asked else _joined(
                noun_phrase(object_), subtree(preposition)
            )
    if "object" in frames and object_.ent_type_ not in TIMES:
        inside = not passive and object_.head == verb
        return "object", [_stretched(verb, object_)] if inside else [noun_phrase(object_)]
    return "", []


def _stretched(verb: Token, object_: Token) -> Range:
    """An object with what a parser hangs on the verb right after it: 'cited the remarks | as proof of ...'."""
    start, end = object_.left_edge.i, object_.right_edge.i + 1
    for right in verb.rights:
        if (
            right.left_edge.i == end
            and right.dep_ in {"prep", "oprd", "xcomp", "acl", "relcl", "dobj"}
            and right.i > object_.i
        ):
            end = right.right_edge.i + 1
    return start, end


def _prepositional(verb: Token, frames: frozenset[str]) -> tuple[str, list[Range]]:
    for preposition in verb.rights:
        if preposition.lower_ not in frames & PREPOSITIONS:
            continue
        inner = child(preposition, "pobj", "pcomp")
        if inner is not None and inner.ent_type_ not in TIMES:
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


def _clause(verb: Token, clause: Token, cues: Cues) -> list[Range]:
    """A clause after the verb with the clauses coordinated to it, or all that stands before the cue."""
    if clause.i > verb.i:
        more = [t for t in verb.rights if t.dep_ == "conj" and t.i > clause.i and _is_more(t, clause)]
        aside = {t.i for part in clause.rights if is_aside(part, cues) for t in part.subtree}
        return runs(t.i for part in (clause, *more) for t in part.subtree if t.i not in aside)
    edge = min([verb.i, *(t.left_edge.i for t in verb.lefts if t.i > clause.i and t.dep_ != "punct")])
    quoted = next((t for t in verb.rights if t.lower_ == "as" and child(t, "pcomp") is not None), None)
    tail = [(verb.i + 1, quoted.right_edge.i + 1)] if quoted is not None else []
    return [(verb.left_edge.i, edge), *tail]


def _is_reduced(clause: Token, object_: Token) -> bool:
    """'cited remarks Kim had made': a clause right after an object tells of the object."""
    return (
        object_.i < clause.i
        and object_.right_edge.i + 1 == clause.left_edge.i
        and child(clause, "mark") is None
        and child(clause, "nsubj", "nsubjpass") is not None
    )


def _is_more(verb: Token, clause: Token) -> bool:
    """Whether a clause coordinated to a cue goes on with what it reports.

    'said that A, and that B'; 'she says she hopes for A, but she knows B'.
    """
    mark, mine, its = child(verb, "mark"), child(verb, "nsubj"), child(clause, "nsubj")
    if mark is not None:
        return mark.lower_ == "that"
    return mine is not None and its is not None and mine.pos_ == "PRON" and mine.lower_ == its.lower_


def _joined(first: Range, rest: list[Range]) -> list[Range]:
    if rest and rest[0][0] == first[1]:
        return [(first[0], rest[0][1]), *rest[1:]]
    return sorted([first, *rest])
