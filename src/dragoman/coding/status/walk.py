"""The way up the parse from a trigger: what each word above it says of the event, from inside out.

"denied that it planned to attack" gives planned, then denied. Which words say what is data (`knowledge/status.yaml`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from dragoman.coding.dates.tense import is_past
from dragoman.coding.status.words import (
    ARGUMENTS,
    IN_WORDS,
    NOMINAL,
    PROMISES,
    STEPS,
    SUBJECTS,
    VERBAL,
    WOULD,
    is_negated,
    is_passive,
    is_performed,
    of_noun,
    of_verb,
    opens_condition,
    verb_key,
)
from dragoman.knowledge.status import StatusLexicon
from dragoman.model import EventType, Status

BE = frozenset({"be", "seem", "look", "remain"})
# Prepositions before a verbal noun that tell when or how, not what is planned or feared: "before visiting Hanoi".
CIRCUMSTANCE = frozenset({"after", "before", "by", "despite", "since", "upon", "when", "while"})
Step = tuple[list[Status], Token | None]


@dataclass(slots=True)
class Walk:
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
            # "will always support" promises once, and for good.
            return [s for s in said if s not in ("planned", "habitual") and not (open_ and s == "hypothetical")]
        if self.event_type == "REJECT":
            return [s for s in said if s not in ("denied", "planned")]
        asking = self.lexicon.clause_governors.get(trigger.lemma_) == "hypothetical"
        if self.event_type == "REQUEST" and trigger.pos_ in VERBAL and not asking:
            return [s for s in said if s == "habitual"]  # "must not ignore" is what is asked
        return said

    def _local(self, node: Token, below: Token | None = None) -> list[Status]:
        """Operators at a word, less what its argument `below` has said for itself ("no talks")."""
        if node.pos_ not in VERBAL:
            return of_noun(node, self.lexicon, self.event_type if node is self.trigger else None)
        if opens_condition(node, self.lexicon):
            self.over = True
            return ["hypothetical"]
        return of_verb(node, self.lexicon, below)

    # --- what the words above say --------------------------------------------------------------------------------

    def _step(self, node: Token) -> Step:
        """One step up: what the governor says, and the word to go on from, None at the top of what matters."""
        head = node.head
        if node.dep_ == "conj":
            return self._beside(node, head)
        if node.dep_ == "pcomp" or (node.dep_ == "pobj" and head.pos_ in ("ADP", "SCONJ", "PART")):
            return self._behind_preposition(node, head)
        if node.pos_ in VERBAL or node.pos_ == "ADJ":
            return self._verb_under(node, head)
        return self._noun_under(node, head)

    def _beside(self, node: Token, head: Token) -> Step:
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

    def _behind_preposition(self, node: Token, preposition: Token) -> Step:
        lexicon, governor = self.lexicon, preposition.head
        said = [lexicon.prepositions[k] for k in _preposition_keys(preposition) if k in lexicon.prepositions]
        if said:
            return said[:1], None
        if governor.pos_ in NOMINAL:
            return self._under_noun(governor)
        if governor.pos_ == "ADJ":
            found = lexicon.adjective_governors.get(governor.lower_)
            return ([found], governor) if found else ([], None)
        away = governor.pos_ in ("ADV", "ADP") and governor.head.pos_ in VERBAL
        verb = governor.head if away else governor
        if verb.pos_ not in VERBAL:
            return [], None
        key = f"{verb_key(verb)} {governor.lower_} {preposition.lower_}" if away else ""
        return self._behind_verb(node, preposition, verb, key or f"{verb_key(verb)} {preposition.lower_}")

    def _behind_verb(self, node: Token, preposition: Token, verb: Token, key: str) -> Step:
        """'called for talks', 'accused of planning', 'preparations are under way for a meeting'."""
        lexicon, light = self.lexicon, self.lexicon.words.light_verbs
        clause = node.dep_ == "pcomp" and preposition.lower_ not in CIRCUMSTANCE
        found = (lexicon.clause_governors if clause else lexicon.noun_governors).get(key)
        found = found or (lexicon.noun_governors.get(key) if clause else None)
        found = found or (lexicon.clause_governors.get(verb_key(verb)) if clause else None)
        if found is None and clause:
            found = self._averted(verb)
        if found is None and is_passive(verb) and preposition.lower_ in ("for", "to"):
            found = lexicon.passive_governors.get(verb_key(verb))
        if found is not None:
            return [found, *self._local(verb)], verb
        if key in light or (verb.lemma_ in light and preposition.lower_ in ("for", "in", "at", "with", "on")):
            subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.pos_ in NOMINAL), None)
            if preposition.lower_ == "for" and verb.lemma_ == "be" and subject is not None:
                return self._under_noun(subject)
            return [s for s in self._local(verb) if s != "denied" or key in light], verb
        return [], None

    def _verb_under(self, node: Token, head: Token) -> Step:
        """A clause in its complement, purpose or modifier."""
        infinitive = any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children)
        perfect = infinitive and any(c.dep_ == "aux" and c.lemma_ == "have" for c in node.children)
        complement = node.dep_ in ("xcomp", "ccomp") or (node.dep_ in ("advcl", "acl", "dep") and infinitive)
        if head.pos_ in NOMINAL:
            return self._clause_of_noun(node, head, infinitive)
        if head.pos_ == "ADJ" and (complement or node.dep_ == "acomp"):
            found = self.lexicon.adjective_governors.get(head.lower_)
            if found and self._promise and head.lower_ in self.lexicon.words.wishes:
                found = None
            return [found] if found else [], head
        if node.pos_ == "ADJ" and head.pos_ in VERBAL:
            return self._local(head), head
        if self.event_type in IN_WORDS and is_performed(node):
            return [], None
        if complement and verb_key(head) in self.lexicon.words.implicatives and is_negated(head, self.lexicon):
            return [s for s in self._local(head) if s != "denied"], head  # "did not hesitate to endorse"
        if node.dep_ == "ccomp" and verb_key(head) in self.lexicon.words.assertions and is_negated(head, self.lexicon):
            # "the report does not say that it attacked"
            return ["hypothetical", *(s for s in self._local(head) if s != "denied")], head
        if complement and (found := self._governor(head, node, infinitive)) and not perfect:
            return [found, *self._local(head)], head
        if node.dep_ == "xcomp" and head.pos_ in VERBAL:
            return self._local(head), head
        if node.dep_ == "ccomp":
            said = self._predicate_beside(head)
            return said, head if said else None
        if node.dep_ == "advcl" and head.pos_ in VERBAL:
            return self._adverbial(node, head, infinitive and not perfect)
        return [], None

    def _clause_of_noun(self, node: Token, head: Token, infinitive: bool) -> Step:
        """'plans to visit', 'the claim that it attacked', 'the first to visit'."""
        that = any(c.dep_ == "mark" and c.lower_ == "that" for c in node.children)
        if node.dep_ in ("acl", "ccomp", "xcomp", "advcl") and (
            infinitive or that or node.tag_ == "VBG" or node.dep_ == "ccomp"
        ):
            return self._under_noun(head)
        if node.dep_ == "relcl" and (infinitive or that) and self._governs(head):
            return self._under_noun(head)
        return [], None

    def _governor(self, head: Token, node: Token, infinitive: bool) -> Status | None:
        lexicon, key = self.lexicon, verb_key(head)
        if head.lemma_ == "be" and not (infinitive and node.dep_ == "xcomp"):
            return None
        found = lexicon.passive_governors.get(key) if is_passive(head) else None
        found = found or lexicon.clause_governors.get(key) or self._averted(head)
        if node.dep_ == "ccomp" and not infinitive:
            # "was found by those it told that ..." and "announced that it had": what is said stands as said.
            if key in ("tell", "warn", "announce", "caution", "mean"):
                return None
            if key in ("agree", "decide", "determine") and is_past(node):
                return None
        if self._promise and (found == "planned" or key in lexicon.words.wishes):
            return None
        return found

    def _averted(self, verb: Token) -> Status | None:
        """'prevented an attack' denies it, 'to prevent an attack' leaves it open."""
        if verb_key(verb) not in self.lexicon.words.averting:
            return None
        done = is_past(verb) or (is_passive(verb) and verb.dep_ in ("ROOT", "ccomp", "conj"))
        open_ = any(c.dep_ == "aux" and (c.tag_ == "MD" or c.lower_ == "to") for c in verb.children)
        return "denied" if done and not open_ else "hypothetical"

    def _predicate_beside(self, head: Token) -> list[Status]:
        """'It is likely that ...', 'it is not true that ...', 'the condition is that ...'."""
        if head.lemma_ not in BE:
            return []
        lexicon = self.lexicon
        beside = [c for c in head.children if c.dep_ in ("acomp", "attr", "oprd")]
        said = [lexicon.adjective_governors[a.lower_] for a in beside if a.lower_ in lexicon.adjective_governors]
        if is_negated(head, lexicon):
            untrue = [lexicon.negated_adjectives[a.lower_] for a in beside if a.lower_ in lexicon.negated_adjectives]
            if untrue:
                return untrue
        subjects = (c for c in head.children if c.dep_ in SUBJECTS)
        said += [
            lexicon.nominal_governors[s.lemma_.lower()]
            for s in subjects
            if s.lemma_.lower() in lexicon.nominal_governors
        ]
        return [*said, *self._local(head)] if said else []

    def _adverbial(self, node: Token, head: Token, purpose: bool) -> Step:
        if purpose:
            own: list[Status] = (
                [] if head.lemma_ in self.lexicon.words.realised_purpose or self._promise else ["planned"]
            )
            return [*own, *self._local(head)], head
        if node.tag_ in ("VBG", "VBN") and not any(c.dep_ in SUBJECTS or c.dep_ == "mark" for c in node.children):
            return [s for s in self._local(head) if s in ("planned", "hypothetical")], head
        return [], None

    def _governs(self, noun: Token) -> bool:
        lemma = noun.lemma_.lower()
        return lemma in self.lexicon.nominal_governors or lemma in self.lexicon.words.reports

    def _under_noun(self, governor: Token) -> Step:
        """'a plan for', and nouns of saying, which pass on what is said of them ("rejected claims that ...")."""
        found = self.lexicon.nominal_governors.get(governor.lemma_.lower())
        if found is None:
            return [], governor if governor.lemma_.lower() in self.lexicon.words.reports else None
        if self._promise and (found == "planned" or governor.lemma_ in self.lexicon.words.wishes):
            return [], None
        return [found, *of_noun(governor, self.lexicon)], governor

    def _noun_under(self, node: Token, head: Token) -> Step:
        """A noun as argument: verbs that carry it pass on their own status, others say what they say of it."""
        lexicon = self.lexicon
        if node.dep_ in ("compound", "nmod") and head.pos_ in NOMINAL:
            if head.lemma_.lower() in lexicon.nominal_governors:
                return self._under_noun(head)
            return (of_noun(head, lexicon), head) if node is self.trigger else ([], None)
        if node.dep_ not in ARGUMENTS or head.pos_ not in VERBAL:
            return [], None
        said = self._said_of_noun(node, head)
        if said:
            return [*said, *self._local(head, node)], head
        key = verb_key(head)
        if key in lexicon.words.light_verbs or (node is not self.trigger and node.dep_ in ARGUMENTS):
            return self._local(head, node), head
        if node.dep_ == "nsubj" and not any(
            c.dep_ in ("det", "poss") and c.lower_ not in ("a", "an") for c in node.children
        ):
            return [s for s in self._local(head, node) if s == "hypothetical"], None
        return [], None

    def _said_of_noun(self, node: Token, head: Token) -> list[Status]:
        """What a verb says of the event that is its object or subject."""
        lexicon, key, passive = self.lexicon, verb_key(head), is_passive(head)
        if any(c.dep_ == "oprd" for c in head.children) and not passive:
            return []  # "called the attack barbaric"
        found = lexicon.passive_governors.get(key) if passive and node.dep_ in SUBJECTS else None
        if found is None and (node.dep_ not in SUBJECTS or passive):
            found = lexicon.noun_governors.get(key) or self._averted(head)
            if found is None and node.lemma_.lower() in lexicon.words.reports and key in lexicon.words.dismissals:
                found = "denied"
        if found is not None:
            return [found]
        if node.dep_ not in SUBJECTS or head.lemma_ not in BE:
            return []
        action = next(
            (c for c in head.children if c.dep_ == "xcomp" and any(w.lower_ == "to" for w in c.children)), None
        )
        if action is not None and (self.event_type not in PROMISES or is_passive(action)):
            return ["planned"]  # "a parade is to be held", not "our commitment is to help"
        beside = [c for c in head.children if c.dep_ in ("acomp", "attr")]
        if any(c.lemma_.lower() in lexicon.words.falsehoods for c in beside):
            return ["denied"]
        said = [lexicon.adjective_governors[c.lower_] for c in beside if c.lower_ in lexicon.adjective_governors]
        if not said and any(c.dep_ == "aux" and c.lower_ in WOULD for c in head.children):
            # "an attack would be a disaster", also as somebody said: nobody plans it.
            return (
                ["hypothetical"]
                if any(c.dep_ == "det" and c.lower_ in ("a", "an", "any") for c in node.children)
                else []
            )
        return said


def _preposition_keys(preposition: Token) -> list[str]:
    """The preposition alone and with those around it: 'without', 'instead of', 'in case of'."""
    doc, i = preposition.doc, preposition.i
    return [" ".join(t.lower_ for t in doc[max(0, i - n) : i + 1]) for n in range(4)]
