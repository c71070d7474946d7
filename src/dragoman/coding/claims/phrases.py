"""Reading a parse: where a noun phrase or a clause lies, and who does what a verb says.

Separate because all finders of cues ask the same of a parse, and because its labels belong in one place.
"""

from __future__ import annotations

from spacy.tokens import Span, Token

from dragoman.coding.claims.statements import Source, runs

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
VERBAL = frozenset({"VERB", "AUX"})
RELATIVES = frozenset({"who", "which", "that", "whom"})


def noun_phrase(head: Token) -> tuple[int, int]:
    """The tokens of a noun phrase without the clauses that hang on it; appositions and coordinations stay."""
    start, end = head.left_edge.i, head.i + 1
    for child in head.rights:
        if child.dep_ in {"relcl", "acl", "advcl", "ccomp", "parataxis"}:
            break
        if child.dep_ not in {"punct", "cc"}:
            end = child.right_edge.i + 1
    while end - 1 > head.i and head.doc[end - 1].is_punct and head.doc[end - 1].text not in ")]":
        end -= 1
    while start < head.i and (head.doc[start].is_punct or head.doc[start].dep_ in {"cc", "mark"}):
        start += 1
    return start, end


def source(head: Token) -> Source:
    """The noun phrase of a head as the source of a claim; 'who' stands for the noun before its clause."""
    referent = head
    if head.lower_ in RELATIVES and head.tag_ in {"WP", "WDT", "IN"}:
        clause = next((t for t in head.ancestors if t.dep_ == "relcl"), None)
        start, end = head.i, head.i + 1
        referent = clause.head if clause is not None else head
    elif head.dep_ == "poss":
        start, end = head.left_edge.i, head.i + 1
    else:
        start, end = noun_phrase(head)
    doc = head.doc
    return Source(doc[start].idx, doc[end - 1].idx + len(doc[end - 1]), referent)


def subtree(token: Token) -> list[tuple[int, int]]:
    """The tokens below a token, itself included, as ranges."""
    return runs(t.i for t in token.subtree)


def full_stop(sentence: Span) -> int:
    """The number of the token that ends a sentence, or one past it when none does; '?' and '!' count as words."""
    last = sentence.end - 1
    return last if sentence.doc[last].text == "." else sentence.end


def child(token: Token, *labels: str) -> Token | None:
    """The first dependent with one of the labels."""
    return next((t for t in token.children if t.dep_ in labels), None)


def is_passive(verb: Token) -> bool:
    """'was told', 'the plan proposed by': the verb's subject is not the one who speaks."""
    if verb.tag_ != "VBN":
        return False
    if child(verb, "auxpass", "nsubjpass") is not None:
        return True
    if child(verb, "nsubj") is not None or child(verb, "aux") is not None:
        return False
    if verb.dep_ == "conj" and verb.head.pos_ in VERBAL:
        return is_passive(verb.head)
    return verb.dep_ in {"acl", "relcl", "advcl", "ROOT", "amod"}


def has_to(verb: Token) -> bool:
    """Whether a verb is a to-infinitive."""
    return any(t.tag_ == "TO" for t in verb.children)


def agent(verb: Token) -> Token | None:
    """'by Seoul' after a passive."""
    by = child(verb, "agent")
    return child(by, "pobj") if by is not None else None


def subject(verb: Token) -> Token | None:
    """Who does what an active verb says: its subject, or the one that it shares with the clause above."""
    own = child(verb, *SUBJECTS)
    if own is not None:
        return own
    if child(verb, "expl") is not None:
        return None
    head = verb.head
    if verb.dep_ == "pcomp":
        return _quoted_person(head) or _governing_subject(head.head)
    if verb.dep_ == "acl":
        return head if verb.tag_ == "VBG" else None
    if verb.dep_ == "relcl":
        return head
    if verb.dep_ in {"xcomp", "ccomp"} and head.pos_ in VERBAL:
        person = child(head, "dobj")
        if person is not None and person.i < verb.i and verb.tag_ != "VBG":
            return person
    if verb.dep_ in {"conj", "xcomp", "advcl", "ccomp", "parataxis", "dep", "prep"}:
        return _governing_subject(head)
    return None


def _governing_subject(head: Token) -> Token | None:
    while head.pos_ not in VERBAL and head.dep_ in {"acomp", "attr", "prep", "advmod", "dobj", "pobj"}:
        head = head.head
    return subject(head) if head.pos_ in VERBAL else None


def _quoted_person(preposition: Token) -> Token | None:
    """'quoted Lavrov as saying': the one quoted speaks."""
    if preposition.lower_ != "as" or preposition.head.pos_ not in VERBAL:
        return None
    return child(preposition.head, "dobj", "nsubjpass")
