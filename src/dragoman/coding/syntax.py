"""Questions that the typing of events puts to a dependency parse: what is this verb's object, its complement, its mood?

Pure functions of tokens, so that the rules in `relation` read as rules.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

OBJECTS = frozenset({"dobj", "nsubjpass", "obj", "oprd"})
CLAUSES = frozenset({"xcomp", "ccomp", "pcomp"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
# Prepositions that lead to what a verb without an object is about: "took part in drills", "engaged in talks".
INNER = frozenset({"in", "into", "on"})
FUTURE = frozenset({"will", "shall", "wo", "'ll", "’ll"})
UNABLE = frozenset({"can", "could", "would", "ca"})


def lemma(token: Token) -> str:
    """The lemma in lower case."""
    return token.lemma_.lower()


def is_passive(verb: Token) -> bool:
    """Whether the verb stands in the passive, with or without its auxiliary."""
    if any(child.dep_ in ("nsubjpass", "auxpass", "agent") for child in verb.children):
        return True
    return verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod")


def objects(verb: Token, transparent: frozenset[str] = frozenset()) -> list[Token]:
    """What the verb is done to: objects, the subject of a passive, the noun that a participle or relative clause is on.

    A noun in `transparent` ("a round of talks") is followed by what it is made of.
    """
    found = [child for child in verb.children if child.dep_ in OBJECTS]
    part = [child for child in found if child.lemma_ == "part"]
    if not found or part:
        found += [o for child in verb.children if child.dep_ == "prep" and child.lower_ in INNER for o in _pobj(child)]
    if not found and verb.dep_ == "acl" and verb.tag_ == "VBN" and not is_infinitive(verb):
        found = [verb.head]
    if verb.dep_ == "relcl" and not any(
        child.dep_ == "dobj" and child.tag_ not in ("WDT", "WP") for child in verb.children
    ):
        subject = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if subject is not None and (subject.tag_ not in ("WDT", "WP") or subject.dep_ == "nsubjpass"):
            found.append(verb.head)
    return [inner for token in found for inner in see_through(token, transparent)]


def objects_of(verb: Token, preposition: str, transparent: frozenset[str] = frozenset()) -> list[Token]:
    """What the verb governs by a preposition: "calls for sanctions"."""
    found = [o for child in verb.children if child.dep_ == "prep" and child.lower_ == preposition for o in _pobj(child)]
    return [inner for token in found for inner in see_through(token, transparent)]


def see_through(noun: Token, transparent: frozenset[str]) -> Iterator[Token]:
    """The noun itself, and what it is a measure of when it is transparent; conjuncts come along."""
    yield noun
    if lemma(noun) in transparent:
        for prep in noun.children:
            if prep.dep_ == "prep" and prep.lower_ == "of":
                yield from _pobj(prep)
    for child in noun.children:
        if child.dep_ == "conj":
            yield child


def complement(token: Token) -> Token | None:
    """The clause that the word governs: "refused to meet", "accused X of attacking", "a threat to leave"."""
    for child in token.children:
        if child.dep_ in CLAUSES and child.pos_ in ("VERB", "AUX", "ADJ"):
            return child
        if child.dep_ == "acl" and is_infinitive(child) and token.pos_ in ("NOUN", "ADJ"):
            return child
    for child in token.children:
        if child.dep_ in ("prep", "agent"):
            for inner in child.children:
                if inner.dep_ == "pcomp":
                    return inner
        if child.dep_ in OBJECTS:
            for inner in child.children:
                if inner.dep_ in ("acl", "relcl") and inner.tag_ == "VB" and is_infinitive(inner):
                    return inner
    return None


def purposes(token: Token) -> list[Token]:
    """The clauses that say what a call or a letter is for: "to congratulate", "urging"."""
    return [child for child in token.children if child.dep_ in ("xcomp", "advcl", "acl", "ccomp")]


def has_subject_of_its_own(clause: Token, verb: Token) -> bool:
    """Whether the clause under a verb is about somebody else: "said that the mayor left", "forced the mayor to leave".

    A pronoun may well be the verb's own subject: "announced that it would send".
    """
    if clause.dep_ == "xcomp" and any(child.dep_ == "dobj" for child in verb.children):
        return True
    return any(child.dep_ in ("nsubj", "nsubjpass") and child.pos_ != "PRON" for child in clause.children)


def has_joint_subject(verb: Token) -> bool:
    """Whether the verb's subject names several: "the king and the queen", "the ministers", "they"."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            return bool(child.conjuncts) or child.tag_ in ("NNS", "NNPS") or child.lower_ in ("they", "both", "we")
    return False


def is_negated(token: Token) -> bool:
    """Whether the word itself is denied: "did not meet", "no talks", "never visited"."""
    return any(child.dep_ == "neg" or child.lower_ in ("no", "never") for child in token.children)


def is_future(verb: Token) -> bool:
    """Whether the verb is put in the future by its own auxiliary."""
    return any(child.dep_ == "aux" and child.lower_ in FUTURE for child in verb.children)


def is_said_future(verb: Token) -> bool:
    """Whether the verb is a future told afterwards: "said it would send"."""
    return verb.dep_ == "ccomp" and any(child.dep_ == "aux" and child.lower_ == "would" for child in verb.children)


def is_unable(verb: Token) -> bool:
    """Whether an auxiliary says what can or would be, which denied makes a refusal: "would not meet"."""
    return any(child.dep_ == "aux" and child.lower_ in UNABLE for child in verb.children)


def obliges(clause: Token, modals: frozenset[str]) -> bool:
    """Whether the clause says what somebody named must do: "Israel must end"; "we must" obliges the speaker alone."""
    if not any(child.dep_ == "aux" and child.lower_ in modals for child in clause.children):
        return False
    return any(child.dep_ in ("nsubj", "nsubjpass") and child.pos_ != "PRON" for child in clause.children)


def is_infinitive(clause: Token) -> bool:
    """Whether the clause is led by "to"."""
    return any(child.lower_ == "to" and child.dep_ == "aux" for child in clause.children)


def is_modifier(token: Token) -> bool:
    """Whether the word only tells of what kind another is: "war drills", "flood-hit areas"."""
    if token.pos_ in ("VERB", "AUX"):
        return token.dep_ in ("amod", "compound")
    return token.dep_ in ("compound", "nmod", "npadvmod")


def in_phrase(token: Token, phrases: frozenset[str]) -> bool:
    """Whether the word with the word before or after it, or both, makes one of the phrases."""
    doc, i = token.doc, token.i
    before = doc[i - 1].lower_ if i else ""
    after = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    word = token.lower_
    return f"{before} {word}" in phrases or f"{word} {after}" in phrases or f"{before} {word} {after}" in phrases


def is_bare_participle(clause: Token) -> bool:
    """In "ordered nine jailed": the clause says what becomes of the object."""
    return clause.tag_ == "VBN" and not any(child.dep_ in ("aux", "auxpass") for child in clause.children)


def has_parts(token: Token, parts: tuple[str, ...]) -> bool:
    """Whether every other word of a longer entry hangs on the token, or on a word that does; subjects do not count."""
    near = [child for child in token.children if child.dep_ not in SUBJECTS and not _is_far_preposition(child, token)]
    words = {form for child in near for form in (child.lower_, lemma(child))}
    if parts[0] not in words:
        return False
    if len(parts) == 1:
        return True
    near = [child for child in token.children if child.dep_ not in SUBJECTS]
    words |= {form for child in near for form in (child.lower_, lemma(child))}
    words |= {form for child in near for inner in child.children for form in (inner.lower_, lemma(inner))}
    return all(part in words for part in parts)


def _is_far_preposition(child: Token, head: Token) -> bool:
    """A preposition belongs to a verb when it follows at once, but for adverbs and days: "appealed Tuesday to"."""
    if child.dep_ != "prep" or head.pos_ not in ("VERB", "AUX"):
        return False
    between = head.doc[head.i + 1 : child.i]
    return child.i < head.i or any(t.pos_ not in ("ADV", "PART") and t.dep_ != "npadvmod" for t in between)


def _pobj(prep: Token) -> list[Token]:
    return [child for child in prep.children if child.dep_ == "pobj"]
