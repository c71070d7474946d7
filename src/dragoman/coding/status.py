"""Did it happen: each candidate's status from negation, modals, tense and the words that govern its trigger.

A walk up the parse from the trigger collects what each word above says of the event, from inside out ("denied that it
planned to attack"); the words are data (`knowledge/status.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from spacy.tokens import Token

from dragoman.coding.dates.attach import reference_day
from dragoman.coding.dates.expressions import expressions
from dragoman.coding.draft import Candidate, Draft
from dragoman.knowledge.status import StatusLexicon, load_status
from dragoman.model import EventType, Status

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
ARGUMENTS = SUBJECTS | {"dobj", "attr", "oprd", "dative", "obj"}
COMPLEMENTS = frozenset({"xcomp", "ccomp"})
VERBAL = frozenset({"VERB", "AUX"})
NOMINAL = frozenset({"NOUN", "PROPN"})
# Modals whose negation denies ("could not agree"); "may not" leaves it open.
DENYING_MODALS = frozenset({"could", "can", "ca", "would", "will", "wo", "shall", "'ll", "’ll", "'d", "’d"})
# Event types that are promises or wills: the future is what makes them.
PROMISES: frozenset[EventType] = frozenset({"AGREE", "THREATEN"})
# The walk is bounded so that a broken parse cannot hold it.
STEPS = 12


class StatusStep:
    """The step that writes `status` of every candidate; reads its trigger and type, and the day of writing."""

    def __call__(self, draft: Draft) -> None:
        """Set each candidate's status."""
        reference = reference_day(draft)
        for candidate in draft.candidates:
            candidate.status = status_of(candidate.trigger, candidate.type)
            if candidate.status == "actual" and lies_ahead(candidate, reference):
                candidate.status = "planned"


def status_of(trigger: Token, event_type: EventType | None = None) -> Status:
    """The status of the event that a token names, from its sentence alone.

    With `event_type` given, the future in a promise or threat and the 'must not' of a demand are the event itself and
    do not make it planned or denied.
    """
    walk = _Walk(load_status(), trigger, event_type)
    status: Status = "actual"
    for outer in walk:
        status = _under(status, outer)
    if status in ("actual", "planned") and trigger.pos_ in VERBAL and _asked(trigger, walk.lexicon):
        return "hypothetical"
    return status


def lies_ahead(candidate: Candidate, reference: date | None) -> bool:
    """Whether a trigger without past tense has a time after the reference beside it ("meets Putin next week")."""
    trigger, sentence = candidate.trigger, candidate.sentence
    if reference is None or _past(trigger) or candidate.type in PROMISES:
        return False
    text = sentence.tokens.text
    ahead = [e for e in expressions(text, reference) if e.first > reference and e.relation in ("in", "by", "since")]
    for each in ahead:
        span = sentence.token_span(sentence.start + each.start, sentence.start + each.end)
        if span is not None and _belongs(span.root, trigger):
            return True
    return False


def _under(inner: Status, outer: Status) -> Status:
    """What an event is once a word above it has its say."""
    if outer == "hypothetical":
        return "hypothetical"
    if outer == "denied":
        return "hypothetical" if inner == "denied" else "denied"
    if outer == "planned":
        return "planned" if inner in ("actual", "habitual") else inner
    if outer == "habitual":
        return "habitual" if inner == "actual" else inner
    return inner


@dataclass(slots=True)
class _Walk:
    """The way up from a trigger; iterating gives what each word on it says of the event, from inside out."""

    lexicon: StatusLexicon
    trigger: Token
    event_type: EventType | None
    over: bool = False

    def __iter__(self) -> Iterator[Status]:
        node: Token | None = self.trigger
        yield from self._own(self.trigger)
        for _ in range(STEPS):
            if node is None or self.over or node.head.i == node.i:
                return
            said, node = self._step(node)
            yield from said

    @property
    def _promise(self) -> bool:
        """Whether the trigger is itself what is promised ("will help"), not the promising ("will agree")."""
        return (
            self.event_type in PROMISES
            and self.trigger.pos_ in VERBAL
            and self.trigger.lemma_ not in self.lexicon.words.promises
        )

    # --- what a word says of itself ------------------------------------------------------------------------------

    def _own(self, trigger: Token) -> list[Status]:
        """Operators at the trigger, less those that its event type already means."""
        said = self._local(trigger)
        if self._promise:
            open_ = self.event_type == "THREATEN" and not self.over
            return [s for s in said if s != "planned" and not (open_ and s == "hypothetical")]
        if self.event_type == "REJECT":
            return [s for s in said if s not in ("denied", "planned")]
        if self.event_type == "REQUEST" and trigger.pos_ in VERBAL:
            return [s for s in said if s == "habitual"]
        return said

    def _local(self, node: Token, below: Token | None = None) -> list[Status]:
        """Operators at a word; what its argument `below` has said for itself ("no talks") is not said twice."""
        return self._of_verb(node, below) if node.pos_ in VERBAL else self._of_noun(node)

    def _of_verb(self, verb: Token, below: Token | None = None) -> list[Status]:
        lexicon, said = self.lexicon, list[Status]()
        if any(c.dep_ == "mark" and c.lower_ in lexicon.words.conditional for c in verb.children):
            self.over = True
            return ["hypothetical"]
        negated = _negated(verb, lexicon, below)
        for child in verb.children:
            word = child.lower_
            if child.dep_ == "aux" and child.tag_ in ("MD", "VBZ", "VBP") and word in lexicon.auxiliaries:
                if not negated:
                    said.append(self._modal(verb, child))
                elif word not in DENYING_MODALS:
                    negated = False
                    said.append("hypothetical")
            elif child.dep_ in ("advmod", "npadvmod") and lexicon.adverbs.get(word, "denied") != "denied":
                said.append(lexicon.adverbs[word])
        if any(_every(t, lexicon) and _verb_over(t) == verb for t in verb.subtree):
            said.append("habitual")
        return [*said, "denied"] if negated else said

    def _modal(self, verb: Token, modal: Token) -> Status:
        """'would' under a verb of saying in the past is the future told later; elsewhere it is open."""
        if modal.lower_ in ("would", "'d", "’d") and not _past_perfect(verb):
            top = verb.head if verb.dep_ == "conj" else verb
            if top.dep_ in ("ccomp", "acl", "relcl") and not any(c.dep_ == "advcl" and _if(c) for c in top.children):
                governor = top.head
                reported = governor.tag_ == "VBD" or any(c.dep_ == "aux" for c in governor.children)
                if reported or top.dep_ == "acl":
                    return "planned"
        return self.lexicon.auxiliaries[modal.lower_]

    def _of_noun(self, noun: Token) -> list[Status]:
        lexicon, said = self.lexicon, list[Status]()
        for child in noun.children:
            word = child.lower_
            if child.dep_ in ("amod", "compound", "nmod", "advmod") and word in lexicon.modifiers:
                said.append(lexicon.modifiers[word])
            elif child.dep_ in ("det", "neg", "preconj") and word in lexicon.words.negative_words:
                said.append("denied")
        return said

    # --- what the words above say --------------------------------------------------------------------------------

    def _step(self, node: Token) -> tuple[list[Status], Token | None]:
        """One step up: what the governor says, and the word to go on from, None at the top of what matters."""
        head = node.head
        if node.dep_ == "conj":
            return self._beside(node, head)
        if node.dep_ == "pcomp" or (node.dep_ == "pobj" and head.pos_ in ("ADP", "SCONJ", "PART")):
            return self._behind_preposition(node, head)
        if node.pos_ in VERBAL or node.pos_ == "ADJ":
            return self._verb_under(node, head)
        return self._noun_under(node, head)

    def _beside(self, node: Token, head: Token) -> tuple[list[Status], Token | None]:
        """Joined by 'and': without subject or auxiliary of its own it shares what is said of the first."""
        own = any(c.dep_ in SUBJECTS or c.dep_ in ("aux", "auxpass") for c in node.children)
        finite_change = node.tag_ in ("VBD", "VBZ", "VBP") and head.tag_ == "VB"
        if own or finite_change or node.pos_ in NOMINAL:
            return [], head
        said = self._local(head)
        if self._promise:
            said = [s for s in said if s != "planned"]
        but = any(c.dep_ == "cc" and c.lower_ in ("but", "yet") for c in (*head.children, *node.children))
        return [s for s in said if not (but and s == "denied")], head

    def _behind_preposition(self, node: Token, preposition: Token) -> tuple[list[Status], Token | None]:
        lexicon, governor = self.lexicon, preposition.head
        said = [lexicon.prepositions[k] for k in _preposition_keys(preposition) if k in lexicon.prepositions]
        if said:
            return said[:1], None
        if governor.pos_ in NOMINAL:
            return self._under_noun(governor)
        if governor.pos_ not in VERBAL:
            return [], None
        key = f"{_verb_key(governor)} {preposition.lower_}"
        table = lexicon.clause_governors if node.dep_ == "pcomp" else lexicon.noun_governors
        found = table.get(key) or (lexicon.clause_governors.get(_verb_key(governor)) if node.dep_ == "pcomp" else None)
        if found is None and _passive(governor) and preposition.lower_ in ("for", "to"):
            found = lexicon.passive_governors.get(_verb_key(governor))
        if found is not None:
            return [found, *self._local(governor)], governor
        light = lexicon.words.light_verbs
        if key in light or (governor.lemma_ in light and preposition.lower_ in ("for", "in", "at", "with", "on")):
            return [s for s in self._local(governor) if s != "denied" or key in light], governor
        return [], None

    def _verb_under(self, node: Token, head: Token) -> tuple[list[Status], Token | None]:
        """A clause in its complement, purpose or modifier."""
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
        perfect = infinitive and any(c.dep_ == "aux" and c.lemma_ == "have" for c in node.children)
        complement = node.dep_ in COMPLEMENTS or (node.dep_ in ("advcl", "acl", "dep") and infinitive)
        if head.pos_ in NOMINAL:
            if node.dep_ in ("acl", "ccomp", "xcomp") and (infinitive or node.tag_ == "VBG" or node.dep_ == "ccomp"):
                return self._under_noun(head)
            if node.dep_ == "relcl" and infinitive and head.lemma_ in self.lexicon.nominal_governors:
                return self._under_noun(head)
            return [], None
        if head.pos_ == "ADJ" and (complement or node.dep_ == "acomp"):
            found = self.lexicon.adjective_governors.get(head.lower_)
            if found and self._promise and head.lower_ in self.lexicon.words.wishes:
                found = None
            return [found] if found else [], head
        if node.pos_ == "ADJ" and head.pos_ in VERBAL:
            return self._local(head), head
        if complement and (found := self._governor(head, node, infinitive)) and not perfect:
            return [found, *self._local(head)], head
        if node.dep_ == "xcomp" and head.pos_ in VERBAL:
            return self._local(head), head
        if node.dep_ == "ccomp":
            said = self._adjective_beside(head)
            return said, head if said else None
        if node.dep_ == "advcl" and head.pos_ in VERBAL:
            return self._adverbial(node, head, infinitive and not perfect)
        return [], None

    def _governor(self, head: Token, node: Token, infinitive: bool) -> Status | None:
        lexicon, key = self.lexicon, _verb_key(head)
        if head.lemma_ == "be" and not (infinitive and node.dep_ == "xcomp"):
            return None
        found = lexicon.passive_governors.get(key) if _passive(head) else None
        found = found or lexicon.clause_governors.get(key)
        # "was found by those it told that ..." and "announced that it had": what is said stands as said.
        if node.dep_ == "ccomp" and not infinitive and key in ("tell", "warn", "announce", "caution", "mean"):
            return None
        if node.dep_ == "ccomp" and not infinitive and key in ("agree", "decide", "determine") and _past(node):
            return None
        if self._promise and (found == "planned" or key in lexicon.words.wishes):
            return None
        return found

    def _adjective_beside(self, head: Token) -> list[Status]:
        """'It is likely that ...': the adjective beside the verb 'be'."""
        if head.lemma_ not in ("be", "seem", "look", "remain"):
            return []
        adjectives = [c for c in head.children if c.dep_ in ("acomp", "attr", "oprd")]
        said = [
            self.lexicon.adjective_governors[a.lower_]
            for a in adjectives
            if a.lower_ in self.lexicon.adjective_governors
        ]
        return [*said, *self._local(head)] if said else []

    def _adverbial(self, node: Token, head: Token, purpose: bool) -> tuple[list[Status], Token | None]:
        if purpose:
            own: list[Status] = (
                [] if head.lemma_ in self.lexicon.words.realised_purpose or self._promise else ["planned"]
            )
            return [*own, *self._local(head)], head
        if node.tag_ in ("VBG", "VBN") and not any(c.dep_ in SUBJECTS or c.dep_ == "mark" for c in node.children):
            return [s for s in self._local(head) if s in ("planned", "hypothetical")], head
        return [], None

    def _under_noun(self, governor: Token) -> tuple[list[Status], Token | None]:
        found = self.lexicon.nominal_governors.get(governor.lemma_.lower())
        if found is None:
            return [], None
        if self._promise and (found == "planned" or governor.lemma_ in self.lexicon.words.wishes):
            return [], None
        return [found, *self._of_noun(governor)], governor

    def _noun_under(self, node: Token, head: Token) -> tuple[list[Status], Token | None]:
        """A noun as argument: verbs that carry it pass on their own status, others say what they say of it."""
        lexicon = self.lexicon
        if node.dep_ in ("compound", "nmod") and head.pos_ in NOMINAL:
            if head.lemma_.lower() in lexicon.nominal_governors:
                return self._under_noun(head)
            return (self._of_noun(head), head) if node is self.trigger else ([], None)
        if node.dep_ not in ARGUMENTS or head.pos_ not in VERBAL:
            return [], None
        key, passive = _verb_key(head), _passive(head)
        governing = node.dep_ not in SUBJECTS or passive
        found = lexicon.passive_governors.get(key) if passive and node.dep_ in SUBJECTS else None
        found = found or (lexicon.noun_governors.get(key) if governing else None)
        if found is not None:
            return [found, *self._local(head, node)], head
        if key in lexicon.words.light_verbs or (node is not self.trigger and node.dep_ in ARGUMENTS):
            return self._local(head, node), head
        if node.dep_ == "nsubj" and not any(
            c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an") for c in node.children
        ):
            return [s for s in self._local(head, node) if s == "hypothetical"], None
        return [], None


def _negated(verb: Token, lexicon: StatusLexicon, below: Token | None = None) -> bool:
    for child in verb.children:
        word = child.lower_
        if child == below:
            continue
        if child.dep_ == "neg" or (child.dep_ == "advmod" and lexicon.adverbs.get(word) == "denied"):
            following = child.nbor() if child.i + 1 < len(child.doc) else None
            if following is None or following.lower_ not in ("only", "just", "merely"):
                return True
        if child.dep_ == "advmod" and any(c.lower_ == "no" for c in child.children):
            return True
        if child.dep_ in ARGUMENTS and (
            word in lexicon.words.negative_words
            or any(c.dep_ == "det" and c.lower_ in ("no", "neither") for c in child.children)
        ):
            return True
    return False


def _every(child: Token, lexicon: StatusLexicon) -> bool:
    """'every year', 'twice a week' beside a verb."""
    if child.lemma_ not in lexicon.words.habitual_times:
        return False
    return any(c.lower_ in ("every", "each") for c in child.children)


def _verb_over(token: Token) -> Token:
    for _ in range(STEPS):
        token = token.head
        if token.pos_ in VERBAL:
            break
    return token


def _verb_key(verb: Token) -> str:
    particle = next((c.lower_ for c in verb.children if c.dep_ == "prt"), None)
    lemma = load_status().words.lemmas.get(verb.lower_, verb.lemma_.lower())
    return f"{lemma} {particle}" if particle else lemma


def _preposition_keys(preposition: Token) -> list[str]:
    """The preposition alone and with those around it: 'without', 'instead of', 'in case of'."""
    doc, i = preposition.doc, preposition.i
    return [" ".join(t.lower_ for t in doc[max(0, i - n) : i + 1]) for n in range(4)]


def _passive(verb: Token) -> bool:
    if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
        return True
    return verb.tag_ == "VBN" and not any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)


def _past(token: Token) -> bool:
    return token.tag_ == "VBD" or any(
        c.dep_ in ("aux", "auxpass") and (c.tag_ == "VBD" or c.lemma_ == "have") for c in token.children
    )


def _past_perfect(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "have" for c in verb.children)


def _if(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("if", "unless") for c in clause.children)


def _asked(trigger: Token, lexicon: StatusLexicon) -> bool:
    """Whether the trigger is what a question asks, not what it takes for granted."""
    sentence = trigger.sent
    if not sentence.text.rstrip(" \"'”’").endswith("?"):
        return False
    if any(t.lower_ in lexicon.words.presupposing and t.tag_ == "WRB" for t in sentence):
        return False
    return trigger is sentence.root or trigger.head == sentence.root


def _belongs(time: Token, trigger: Token) -> bool:
    """Whether a time stands under the trigger, or under the verb that carries it, with no other verb between."""
    words = load_status().words
    node = time
    for _ in range(STEPS):
        if node.i == trigger.i:
            return True
        if node.pos_ in VERBAL:
            carries = node.lemma_ in words.light_verbs and not _past(node)
            return carries and trigger.head.i == node.i
        if node.head.i == node.i:
            return False
        node = node.head
    return False
