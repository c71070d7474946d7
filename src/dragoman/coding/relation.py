"""The event type that a word evokes in its sentence: a verb or noun with its particle, object, complement and mood.

It takes parsed tokens and the predicate lexicon and gives `Typed`; who the sides are is for `candidates` (in articles)
and `relate` (where both are given) to find.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from spacy.tokens import Doc, Token

from dragoman.coding.syntax import (
    complement,
    has_joint_subject,
    has_parts,
    has_subject_of_its_own,
    in_phrase,
    is_bare_participle,
    is_future,
    is_infinitive,
    is_modifier,
    is_negated,
    is_passive,
    is_said_future,
    is_unable,
    lemma,
    objects,
    objects_of,
    obliges,
    purposes,
)
from dragoman.knowledge.ontology import TYPES, load_ontology
from dragoman.knowledge.predicates import TRUST, FrameSense, Lexicon, Matrix, Predicates, Sense, load_predicates
from dragoman.model import EventType

NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "DATE"})
DEEPEST = 6
REMEMBERED = 100  # documents; a long article has as many paragraphs
MATERIAL_CONFLICT = 4
# Words about an act that leave it an event of its own: "condemnation of the attack".
KEEPING: frozenset[EventType] = frozenset({"ACCUSE", "SUPPORT"})
# An act that another word decides about is told less plainly than one that stands alone.
EMBEDDED = 0.95


@dataclass(frozen=True, slots=True)
class Typed:
    """The event that a word takes part in evoking. Every word of `reach` gives the same event, so dedupe by `trigger`.

    `trigger` is the word that names the event ("talks" in "held talks", "refused" in "refused to meet"); `governor` the
    verb (or the noun itself) on which subject and objects hang; `reach` all words whose subjects, objects and
    prepositions may be sides. `inverse`: the subject is the one acted on. `score`: how far the words are to be trusted.
    """

    type: EventType
    mode: str | None
    symmetric: bool
    trigger: Token
    governor: Token
    lemma: str
    score: float
    reach: tuple[Token, ...]
    inverse: bool = False

    @property
    def head(self) -> Token:
        """The verb or noun that the sides hang on: `governor` by another name."""
        return self.governor

    @property
    def scores(self) -> Mapping[EventType, float]:
        """A chance for each of the sixteen types; they add up to one."""
        return spread(self.type, self.score)


@functools.cache
def spread(kind: EventType, score: float) -> Mapping[EventType, float]:
    """A distribution with `score` on one type; types of its quad get three fifths of the rest."""
    quad_of = load_ontology().quad_of
    near = [t for t in TYPES if t != kind and quad_of[t] == quad_of[kind]]
    far = [t for t in TYPES if quad_of[t] != quad_of[kind]]
    rest = 1 - score
    scores = {t: rest * (0.6 / len(near) if t in near else 0.4 / len(far)) for t in TYPES}
    scores[kind] = score
    return MappingProxyType(scores)


class RelationTyper:
    """Types words of a parsed sentence by the predicate lexicon.

    It remembers what the words of the last documents evoke: both coders ask about the same words.
    """

    def __init__(self, predicates: Predicates | None = None) -> None:
        self.predicates = predicates or load_predicates()
        p = self.predicates
        known = {*p.light, *p.deferring, *p.saying, *p.frames, *p.matrices, *p.transparent}
        for lexicon in (p.verbs, p.nouns, p.adjectives):
            known.update(lexicon.single, lexicon.longer)
        self._known = frozenset(known)
        self._quad_of = load_ontology().quad_of
        self._doc: Doc | None = None
        self._memory: dict[int, Typed | None] = {}
        self._triggers: dict[int, Typed | None] = {}
        self._memories: dict[Doc, tuple[dict[int, Typed | None], dict[int, Typed | None]]] = {}

    def trigger(self, token: Token) -> Typed | None:
        """The event that the token evokes or helps to evoke, or None.

        1. the token with what hangs below it; 2. upwards, as long as the word above takes it in: the light verb of a
        noun ("held talks"), the word that decides about a complement ("refused to meet").
        """
        if token.doc is not self._doc:
            self._turn_to(token.doc)
        if token.i not in self._triggers:
            self._triggers[token.i] = self._trigger(token)
        return self._triggers[token.i]

    def _turn_to(self, doc: Doc) -> None:
        if len(self._memories) >= REMEMBERED and doc not in self._memories:
            self._memories.clear()
        self._doc = doc
        self._memory, self._triggers = self._memories.setdefault(doc, ({}, {}))

    def _trigger(self, token: Token) -> Typed | None:
        typed = self._below(token)
        if typed is None:
            return None
        node, steps = token, 0
        while node.head != node and steps < DEEPEST:
            parent = node.head
            if node.dep_ == "conj":
                return self._as_conjunct(typed, parent)
            above = self._below(parent)
            if above is not None and token in above.reach:
                typed = above
            elif (above is not None or lemma(parent) not in self._known) and parent.pos_ != "ADP":
                break
            node, steps = parent, steps + 1
        return typed

    def _as_conjunct(self, typed: Typed, first: Token) -> Typed:
        """In "held talks and a reception": the second noun has the light verb of the first."""
        other = self.trigger(first)
        if other is None or typed.governor != typed.trigger or first not in other.reach:
            return typed
        if other.governor != other.trigger and other.trigger == first and typed.trigger.pos_ == "NOUN":
            return replace(typed, governor=other.governor, reach=(other.governor, *typed.reach))
        return typed

    def _below(self, token: Token) -> Typed | None:
        """What the token evokes with the words below it."""
        if lemma(token) not in self._known:
            return None
        if token.i not in self._memory:
            # A relative clause has the noun above it for its object: no word is asked about itself.
            self._memory[token.i] = None
            self._memory[token.i] = self._evoked(token)
        return self._memory[token.i]

    def _evoked(self, token: Token) -> Typed | None:
        if is_modifier(token):
            return None
        if token.pos_ in ("VERB", "AUX"):
            typed = self._verb(token)
            return None if typed is None else self._in_mood(token, self._with_message(token, typed))
        if token.pos_ in ("NOUN", "PROPN"):
            return self._noun(token)
        if token.pos_ == "ADJ":
            return self._adjective(token)
        return None

    def _verb(self, token: Token) -> Typed | None:
        p = self.predicates
        found = self._decided(token)
        if found is not None:
            return found
        framed = self._framed(token)
        if framed is not None:
            return framed[0]
        sense = _longer(p.verbs, token)
        if sense is None and lemma(token) in p.light:
            for noun in objects(token, p.transparent):
                inner = self._below(noun)
                if inner is not None and inner.trigger.pos_ != "VERB":
                    inverse = inner.inverse or (lemma(token) in p.undergoing and not inner.symmetric)
                    return replace(inner, governor=token, reach=_join(token, inner.reach), inverse=inverse)
        if sense is None and lemma(token) in p.deferring:
            clause = complement(token) or _predicate(token)
            if clause is not None and (is_bare_participle(clause) or not has_subject_of_its_own(clause, token)):
                inner = self._below(clause)
                return None if inner is None else self._deferred(token, inner)
        sense = sense or p.verbs.single.get(lemma(token))
        if sense is None or (sense.object is not None and sense.object != bool(objects(token))):
            return None
        content = next((t for o in objects(token, p.transparent) if (t := self._below(o))), None)
        return self._typed(sense, token, content)

    def _with_message(self, verb: Token, typed: Typed) -> Typed:
        """In "called to congratulate" and "sent a letter urging", the event is what the message says."""
        p = self.predicates
        if typed.type != "CONSULT":
            return typed
        for carrier in (verb, *objects(verb, p.transparent)):
            if lemma(carrier) not in p.carriers:
                continue
            for clause in purposes(carrier):
                inner = self._below(clause)
                if inner is not None and inner.type in p.carried:
                    return replace(inner, governor=verb, reach=_join(verb, (carrier, *typed.reach, *inner.reach)))
        return typed

    def _noun(self, token: Token) -> Typed | None:
        p = self.predicates
        if (token.pos_ == "PROPN" and token.ent_type_ in NAMES) or in_phrase(token, p.idioms):
            return None
        found = self._decided(token)
        if found is not None:
            return found
        sense = _longer(p.nouns, token)
        if sense is None and lemma(token) in p.deferring:
            clause = complement(token)
            inner = self._below(clause) if clause is not None else None
            if inner is not None:
                return self._deferred(token, inner)
        sense = sense or p.nouns.single.get(lemma(token)) or self._hollow(token)
        typed = None if sense is None else self._typed(sense, token, None)
        if typed is None or typed.type in KEEPING:
            return typed
        # "a suspension of aid", "the threat of sanctions": one event, named by the first noun.
        content = next((t for o in objects_of(token, "of") if (t := self._below(o))), None)
        if content is None:
            return typed
        mode = typed.mode or p.content_modes.get(typed.type, {}).get(content.type)
        return replace(typed, mode=mode, reach=_join(token, content.reach))

    def _hollow(self, noun: Token) -> Sense | None:
        """In "a mediation effort" the event is in the word before."""
        if lemma(noun) not in self.predicates.transparent:
            return None
        kinds = (self.predicates.nouns.single.get(lemma(child)) for child in noun.children if child.dep_ == "compound")
        return next((sense for sense in kinds if sense is not None), None)

    def _adjective(self, token: Token) -> Typed | None:
        p = self.predicates
        found = self._decided(token)
        if found is not None:
            return found
        clause = complement(token)
        if clause is not None and lemma(token) in p.deferring:
            inner = self._below(clause)
            return None if inner is None else self._deferred(token, inner)
        sense = _longer(p.adjectives, token) or p.adjectives.single.get(lemma(token))
        said_of = token.dep_ in ("acomp", "conj", "attr") or any(child.dep_ == "prep" for child in token.children)
        return self._typed(sense, token, None) if sense is not None and said_of else None

    def _decided(self, token: Token) -> Typed | None:
        """In "refused to meet", "vowed to attack": the word above decides about the act below."""
        clause = complement(token)
        if clause is None or is_bare_participle(clause):
            return None
        if lemma(token) in self.predicates.saying and obliges(clause, self.predicates.obliging):
            inner = self._below(clause)
            mode = None if inner is None else self.predicates.content_modes.get("REQUEST", {}).get(inner.type)
            below = (clause, *(inner.reach if inner is not None else ()))
            return Typed("REQUEST", mode, False, token, token, lemma(token), 0.8, _join(token, below))
        for parts, matrix in self.predicates.matrices.get(lemma(token), ()):
            if (parts and not has_parts(token, parts)) or (matrix.infinitive and not is_infinitive(clause)):
                continue
            inner = self._below(clause)
            hostile = inner is not None and self._is_hostile(inner)
            kind = matrix.hostile if hostile and matrix.hostile else matrix.type
            return self._matrix_event(token, clause, kind, matrix, inner)
        return None

    def _is_hostile(self, act: Typed) -> bool:
        """A weak word ("remove", "cut") makes no threat of a promise."""
        return self._quad_of[act.type] == MATERIAL_CONFLICT and act.score > TRUST["weak"]

    def _matrix_event(self, token: Token, clause: Token, kind: EventType, matrix: Matrix, inner: Typed | None) -> Typed:
        mode = matrix.mode
        if inner is not None and mode is None:
            mode = self.predicates.content_modes.get(kind, {}).get(inner.type)
        below: tuple[Token, ...] = () if matrix.keeps else (clause, *(inner.reach if inner is not None else ()))
        score = 0.85 if inner is not None else 0.6
        return Typed(
            kind,
            mode,
            matrix.mutual and has_joint_subject(token),
            token,
            token,
            lemma(token),
            score,
            _join(token, below),
        )

    def _deferred(self, token: Token, inner: Typed) -> Typed:
        governor = inner.governor
        if inner.governor.pos_ == "NOUN" and token.pos_ != "NOUN":
            governor = token
        score = inner.score * EMBEDDED
        return replace(inner, governor=governor, score=score, reach=_join(token, inner.reach))

    def _framed(self, token: Token) -> tuple[Typed | None] | None:
        """The frame of verb and object, as a tuple of one; (None,) where a frame says there is no event."""
        frames = self.predicates.frames.get(lemma(token))
        if not frames:
            return None
        nouns = objects(token, self.predicates.transparent)
        for frame in frames:
            found = self._fills(token, nouns, frame)
            if found is not None:
                noun, inner = found
                typed = self._typed(frame.sense, token, inner)
                return (None if typed is None else replace(typed, reach=_join(token, (noun,))),)
        return None

    def _fills(self, verb: Token, nouns: list[Token], frame: FrameSense) -> tuple[Token, Typed | None] | None:
        """The object that fills the frame, with what it evokes; None when the frame does not hold."""
        if frame.particle is not None:
            if not has_parts(verb, (frame.particle,)):
                return None
            nouns = [*nouns, *objects_of(verb, frame.particle, self.predicates.transparent)]
        if frame.preps and not any(child.lower_ in frame.preps and _leads(child) for child in verb.children):
            return None
        if frame.near and not any(lemma(word) in frame.near for word in verb.subtree):
            return None
        for noun in nouns:
            inner = self._below(noun)
            evoked = inner is not None and (inner.type in frame.evoked or f"{inner.type}/{inner.mode}" in frame.evoked)
            if evoked or lemma(noun) in frame.lemmas or (frame.person and noun.ent_type_ == "PERSON"):
                return noun, inner
        return None

    def _typed(self, sense: Sense, token: Token, content: Typed | None) -> Typed | None:
        if sense.type is None:
            return None
        mode = sense.mode
        if mode is None and content is not None:
            mode = self.predicates.content_modes.get(sense.type, {}).get(content.type)
        symmetric = sense.symmetric or (sense.mutual and has_joint_subject(token))
        return Typed(sense.type, mode, symmetric, token, token, lemma(token), sense.trust, (token,), sense.inverse)

    def _in_mood(self, verb: Token, typed: Typed) -> Typed:
        """In "will send aid" is a promise, "will strike" a threat, "will not meet" a refusal."""
        p = self.predicates
        if is_passive(verb) or verb not in typed.reach:
            return typed
        future = is_future(verb) or is_said_future(verb)
        if is_negated(verb):
            refused = p.declined if future or is_unable(verb) else p.withheld
            kind = refused.get(typed.type)
        else:
            kind = p.promised.get(typed.type) if future else None
        if kind is None:
            return typed
        mode = p.content_modes.get(kind, {}).get(typed.type)
        return replace(typed, type=kind, mode=mode, score=typed.score * EMBEDDED)


def _longer(lexicon: Lexicon, token: Token) -> Sense | None:
    return next((sense for parts, sense in lexicon.longer.get(lemma(token), ()) if has_parts(token, parts)), None)


def _predicate(token: Token) -> Token | None:
    """What a copula says of its subject: "is ready", "are grateful"."""
    return next((c for c in token.children if c.dep_ == "acomp"), None) if lemma(token) == "be" else None


def _join(token: Token, others: Iterable[Token]) -> tuple[Token, ...]:
    return tuple(sorted({token, *others}, key=lambda t: t.i))


def _leads(prep: Token) -> bool:
    """Whether a preposition leads to something other than a time: "on the town", not "on Friday"."""
    nouns = [child for child in prep.children if child.dep_ == "pobj"]
    return prep.dep_ == "prep" and not (nouns and all(noun.ent_type_ in ("DATE", "TIME") for noun in nouns))
