"""Whose word a document is: 'Kim sent a message to Lam. The message said ...' is Kim's.

Takes a noun for a document and the parsed article before it, gives the noun phrase of who made it. Separate from
`speakers` because it reads parses of other sentences and knows no mentions.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from dragoman.coding.claims.phrases import VERBAL, agent, child, is_passive, subject
from dragoman.coding.draft import Sentence
from dragoman.knowledge.cues import Cues

FROM = frozenset({"by", "from"})
OWNERS = frozenset({"compound", "nmod", "poss"})


def maker_before(noun: Token, base: int, sentences: list[Sentence], cues: Cues) -> tuple[Token, int] | None:
    """Who made the document that a noun refers back to, by the last phrase before it with that noun that tells.

    Gives the head of the maker's noun phrase and the offset of its paragraph.
    """
    for earlier, at in _same_before(noun, base, sentences):
        maker = maker_of(earlier, cues)
        if maker is not None:
            return maker, at
    return None


def maker_of(noun: Token, cues: Cues) -> Token | None:
    """'Wang's message', 'a letter from Wang', 'Wang sent a message', 'a statement that the ministry issued'."""
    owner = child(noun, "poss")
    if owner is not None and owner.pos_ in {"PROPN", "NOUN"}:
        return owner
    for made in noun.rights:  # 'the letter sent by Wang', 'the letter that Wang sent'
        if made.dep_ in {"acl", "relcl"} and made.lemma_ in cues.issuing:
            return agent(made) if is_passive(made) else child(made, "nsubj")
    below = [t for t in noun.subtree if t.dep_ == "prep" and t.lower_ in FROM and t.i > noun.i]
    for preposition in below:
        maker = child(preposition, "pobj")
        if maker is not None and maker.ent_type_ not in {"DATE", "TIME"}:
            return maker
    verb = noun
    while verb.pos_ not in VERBAL and verb.head != verb and verb.dep_ not in {"nsubj", "pobj"}:
        verb = verb.head
    if noun.dep_ in {"nsubjpass", "pobj"} or verb.dep_ == "nsubjpass":
        verb = noun.head.head if noun.dep_ == "pobj" else verb if verb.pos_ in VERBAL else verb.head
    if verb.pos_ not in VERBAL:
        verb = next((t for t in noun.rights if t.dep_ == "relcl"), verb)
    if verb.lemma_ in cues.receiving:
        source = next((t for t in verb.rights if t.dep_ == "prep" and t.lower_ == "from"), None)
        return child(source, "pobj") if source is not None else None
    if verb.lemma_ not in cues.issuing:
        return None
    return agent(verb) if is_passive(verb) else subject(verb)


def _same_before(noun: Token, base: int, sentences: list[Sentence]) -> Iterator[tuple[Token, int]]:
    """The tokens with the noun's lemma before it, the last first, with the offset of their paragraph."""
    seen: set[int] = set()
    for sentence in reversed(sentences):
        doc: Doc = sentence.tokens.doc
        if sentence.base > base or sentence.base in seen:
            continue
        seen.add(sentence.base)
        for token in reversed(doc):
            if token.lemma_ == noun.lemma_ and (sentence.base < base or token.i < noun.i):
                yield token, sentence.base
