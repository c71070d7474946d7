"""The two sides of a trigger from the parse: who acts, and on whom. Pure functions over tokens and mention heads."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from spacy.tokens import Token

from dragoman.coding.draft import Draft, Sentence
from dragoman.coding.provisional import is_known
from dragoman.coding.seen import is_place_use
from dragoman.knowledge.nominals import load_nominals
from dragoman.model import Mention

SUBJECT = frozenset({"nsubj", "nsubjpass", "csubj"})
# Prepositions that lead to the other side of an act.
TOWARDS = frozenset(
    {"with", "to", "against", "on", "at", "from", "for", "toward", "towards", "over", "of", "upon", "into", "about",
     "between", "among", "alongside", "versus", "via"}
)  # fmt: skip
BLAMED_FOR = frozenset({"of", "for", "from", "into"})
BY = frozenset({"by", "from"})
# Behind a noun, these lead to whom its act is done, who is not to blame for it: 'condemned the attack on Ukraine'.
AIMED = frozenset({"against", "for", "into", "on", "over", "to", "upon"})
TERRITORY = frozenset({"across", "in", "inside"})
GOING = frozenset({"in", "at", "to", "for", "into"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss"})
CONTROL_BY_OBJECT = frozenset({"urge", "ask", "order", "tell", "force", "press", "persuade", "invite", "allow", "want",
                               "expect", "require", "help", "enable", "request", "push", "call"})  # fmt: skip
Blaming = Collection[int] | None  # the tokens that make a reproach; None where nobody is blamed
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
LISTED = 3  # commas that make an enumeration of what stands behind a preposition
DEPTH = 3  # how far into noun phrases within noun phrases a side is looked for


class Sides:
    """Finds parties of triggers within one sentence."""

    def __init__(self, draft: Draft, sentence: Sentence) -> None:
        self.sentence = sentence
        self.at: dict[int, list[Mention]] = {}
        self.covered: dict[int, int] = {}
        for mention in draft.mentions:
            if sentence.start <= mention.start < sentence.end and (mention.country or is_known(mention)):
                span = sentence.token_span(mention.start, mention.end)
                if span is not None:
                    head = span.root.i
                    self.at.setdefault(head, []).append(mention)
                    for i in range(span.start, span.end):
                        self.covered[i] = head
                    if span.root.dep_ == "appos":  # "his counterpart, Sergei Lavrov": the phrase is the name
                        self.covered.setdefault(span.root.head.i, head)

    def __bool__(self) -> bool:
        return bool(self.at)

    def parties(self) -> list[Mention]:
        """All parties of the sentence that do not stand as places, in order."""
        tokens = self.sentence.tokens.doc
        return _unique([m for i in sorted(self.at) if not is_place_use(tokens[i]) for m in self.at[i]])

    def places(self) -> list[Mention]:
        """All that the sentence names as places, in order: those there may be met, or suffer what is done."""
        tokens = self.sentence.tokens.doc
        return _unique([m for i in sorted(self.at) if is_place_use(tokens[i]) for m in self.at[i]])

    # --- noun phrases ------------------------------------------------------------------------------------------

    def named_by(self, noun: Token, *, places: bool = False) -> list[Mention]:
        """The parties that a noun phrase names itself, with those joined to it by 'and'."""
        found: list[Mention] = []
        for each in (noun, *noun.conjuncts):
            head = self.covered.get(each.i)
            if head is not None and (places or not is_place_use(each)):
                found += [m for m in self.at[head] if m not in found]
        return found

    def within(self, noun: Token, depth: int = DEPTH, *, blaming: Blaming = None) -> list[Mention]:
        """The parties that a noun phrase names, else those it belongs to or is about ('ties with Moscow').

        With `blaming`, the tokens of a reproach, the victims of what is blamed are left out.
        """
        found = self.named_by(noun)
        if found or depth == 0:
            return found
        for child in noun.children:
            if child.dep_ in MODIFIERS or child.dep_ == "appos":
                found += [m for m in self.within(child, depth - 1, blaming=blaming) if m not in found]
            elif (
                child.dep_ in ("prep", "agent")
                and (child.lower_ in TOWARDS or (blaming is not None and child.lower_ == "by"))
                and not _leads_to_victim(child, blaming)
                and not _is_occasion(child)
            ):
                for inner in child.children:
                    if inner.dep_ in ("pobj", "pcomp"):
                        found += [m for m in self.within(inner, depth - 1, blaming=blaming) if m not in found]
        return found

    # --- verbs -------------------------------------------------------------------------------------------------

    def subject_tokens(self, verb: Token) -> list[Token]:
        """The grammatical subject, climbing out of infinitives, participles, coordination and relative clauses."""
        step = verb
        for _ in range(6):
            own = [c for c in step.children if c.dep_ in SUBJECT]
            if own:
                return [self._antecedent(t, step) for t in own]
            if is_misread_past(step):
                return [step.sent.root]
            misread = _subject_after_month(step)
            if misread is not None:
                return [misread]
            if step.dep_ in ("conj", "xcomp", "advcl", "prep", "pcomp", "auxpass", "aux") and step.head.i != step.i:
                parent = step.head
                if step.dep_ == "prep" and step.lower_ in BLAMED_FOR and step.i != verb.i:
                    # "Accused the soldiers of having killed him": the soldiers killed.
                    objects = [c for c in parent.children if c.dep_ in ("dobj", "dative")]
                    if objects:
                        return objects
                if step.dep_ == "xcomp" and parent.lemma_ in CONTROL_BY_OBJECT:
                    objects = [c for c in parent.children if c.dep_ in ("dobj", "dative")]
                    if objects:
                        return objects
                step = parent
            elif step.dep_ in ("acl", "relcl") and step.head.i != step.i:
                noun = step.head
                if self.within(noun) or not _is_infinitive(step):
                    return [noun]
                # "Its efforts to forge ties": whoever makes the efforts forges the ties.
                owners = [c for c in noun.children if c.dep_ == "poss"]
                if owners:
                    return owners
                step = noun
            elif step.dep_ in ("pobj", "dobj", "attr") and step.head.pos_ in ("VERB", "AUX", "ADP"):
                step = step.head
            else:
                return []
        return []

    def _antecedent(self, subject: Token, verb: Token) -> Token:
        """The noun that 'who' or 'which' stands for."""
        if subject.tag_ in ("WP", "WDT") and verb.dep_ == "relcl":
            return verb.head
        return subject

    def is_passive(self, verb: Token) -> bool:
        """'X was sanctioned', 'X, sanctioned by Y'."""
        if any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children):
            return True
        if is_misread_past(verb):
            return False
        by = any(c.dep_ == "agent" for c in verb.children)
        if verb.tag_ == "VBN" and (verb.dep_ == "acl" or (verb.dep_ == "advcl" and by)):
            return True
        return verb.dep_ == "conj" and verb.tag_ == "VBN" and not self._own_subject(verb) and self.is_passive(verb.head)

    def _own_subject(self, verb: Token) -> bool:
        return any(c.dep_ in SUBJECT for c in verb.children)

    def agents(self, verb: Token) -> list[Mention]:
        """Parties of a passive's 'by' phrase."""
        found: list[Mention] = []
        for child in verb.children:
            if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
                for noun in child.children:
                    found += self.within(noun)
        return found

    def senders(self, verb: Token) -> list[Mention]:
        """Parties from whom a verb's subject comes: "congratulations came from the presidents of Nepal and Ghana"."""
        if verb.lemma_ not in load_nominals().arriving:
            return []
        phrases = [c for c in verb.children if c.dep_ == "prep" and c.lower_ == "from"]
        return _unique([m for p in phrases for t in self._enumeration(p) for m in self.at.get(t.i, ())])

    def _enumeration(self, preposition: Token) -> list[Token]:
        """The tokens behind a preposition, over all of a long list that the parser loses its way in."""
        own = list(preposition.subtree)
        rest = [t for t in self.sentence.tokens if t.i > preposition.i]
        end = next((t for t in rest if t.tag_ in FINITE or (t.dep_ == "prep" and _is_occasion(t))), None)
        edges = [c.left_edge.i for c in end.children if c.dep_ in SUBJECT] if end is not None else []
        listed = rest if end is None else [t for t in rest if t.i < min([end.i, *edges])]
        return listed if sum(t.text == "," for t in listed) >= LISTED else own

    def objects(self, verb: Token, *, armed: bool = False, blaming: Blaming = None) -> list[Mention]:
        """Parties of a verb's objects and of the prepositional phrases that lead to the other side.

        With `armed`, a weapon is no object: whose missiles are fired does not say at whom. With `blaming`, the tokens
        of a reproach, the victims of what is blamed are no objects.
        """
        direct: list[Mention] = []
        oblique: list[Mention] = []
        for child in verb.children:
            if armed and child.dep_ == "dobj" and child.lemma_.lower() in load_nominals().instruments:
                continue
            if child.dep_ in ("dobj", "dative", "oprd", "attr") and child.pos_ != "ADP":
                # "Ukraine, which Russia attacked": the relative pronoun stands for the noun.
                relative = child.tag_ in ("WDT", "WP") and verb.dep_ == "relcl"
                direct += self.within(verb.head if relative else child, blaming=blaming)
            elif (
                child.dep_ in ("prep", "dative")
                and child.lower_ in TOWARDS
                and child.i > verb.i
                and not _is_occasion(child)
            ):
                for noun in child.children:
                    if noun.dep_ == "pobj":
                        oblique += self.within(noun, blaming=blaming) or (self._where(noun) if armed else [])
            elif child.dep_ == "prep" and child.lower_ == "together":
                oblique += [m for c in child.subtree for m in self.named_by(c)]
        return _unique(direct + oblique)

    def _where(self, target: Token) -> list[Mention]:
        """Whose territory is hit: 'fired at Nepal', 'at targets in Nepal', 'deep in Russian territory'."""
        named = self.named_by(target, places=True)
        if named:
            return named
        phrases = [t for t in target.subtree if t.dep_ == "prep" and t.lower_ in TERRITORY]
        nouns = [n for p in phrases for n in p.children if n.dep_ == "pobj"]
        return _unique([m for n in nouns for m in (self.named_by(n, places=True) or self.within(n))])

    def destinations(self, token: Token) -> list[Mention]:
        """Places that a verb or noun of coming and going leads to."""
        nouns = [n for c in self._clause_tokens(token) if c.dep_ == "prep" and c.lower_ in GOING for n in c.children]
        return _unique([m for n in nouns for m in self.named_by(n, places=True)])

    def clause(self, verb: Token, *, blaming: Blaming = None) -> list[Mention]:
        """Any party in the verb's own clause after it, without clauses that have a subject of their own."""
        return _unique([m for t in self._clause_tokens(verb, blaming) if t.i > verb.i for m in self.at.get(t.i, ())
                        if not is_place_use(t)])  # fmt: skip

    def _clause_tokens(self, top: Token, blaming: Blaming = None) -> Iterator[Token]:
        for child in top.children:
            if _leads_to_victim(child, blaming):
                continue
            if child.dep_ in ("conj", "parataxis", "advcl", "relcl") and child.pos_ in ("VERB", "AUX"):
                continue
            if child.dep_ == "ccomp" and child.i < top.i:
                continue
            yield child
            yield from self._clause_tokens(child, blaming)

    # --- nouns -------------------------------------------------------------------------------------------------

    def of_noun(
        self, noun: Token, *, fought_in: bool = False, blaming: Blaming = None
    ) -> tuple[list[Mention], list[Mention]]:
        """Both sides of a nominal trigger: "Putin's visit to Pyongyang", 'talks between A and B'.

        With `fought_in`, 'in' leads to a side too: 'the war in Ukraine'; with `blaming`, the victims of what is blamed
        are no side: 'concern over the attack on Ukraine'.
        """
        actors: list[Mention] = []
        recipients: list[Mention] = []
        honoured: list[Mention] = []  # 'congratulations on the anniversary of Nepal'
        suffered = noun.lemma_.lower() in load_nominals().suffered
        for child in noun.children:
            if child.dep_ == "poss" and suffered:
                recipients += self.within(child)
            elif child.dep_ in MODIFIERS:
                actors += self.within(child)
                if child.dep_ != "poss":
                    actors += [m for t in child.subtree for m in self.at.get(t.i, ())]
            elif child.dep_ == "prep" and child.lower_ == "between":
                pair = [m for c in child.children if c.dep_ == "pobj" for m in self.named_by(c, places=True)]
                actors += pair[:1]
                recipients += pair[1:]
            elif child.dep_ in ("prep", "agent") and child.lower_ in BY:
                actors += [m for c in child.children for m in self.within(c)]
            elif child.dep_ == "prep" and child.lower_ == "of":
                done_to = actors or noun.lemma_.lower() in load_nominals().of_object
                for c in child.children:
                    (recipients if done_to else actors).extend(self.within(c))
            elif child.dep_ == "prep" and (child.lower_ in TOWARDS or (fought_in and child.lower_ == "in")):
                found = [m for c in child.children for m in self._nominal_object(c, blaming)]
                (honoured if _is_occasion(child) else recipients).extend(found)
        return _unique(actors), _unique(recipients or honoured)

    def _nominal_object(self, noun: Token, blaming: Blaming) -> list[Mention]:
        return self.named_by(noun, places=True) or self.within(noun, blaming=blaming)


def is_misread_past(verb: Token) -> bool:
    """'The envoys of A and B, | handed over letters': a sentence's only verb that the parser takes for a participle.

    A passive participle has no object of its own, and a sentence has a finite verb.
    """
    if verb.tag_ != "VBN" or verb.dep_ != "acl" or verb.sent.root.pos_ not in ("NOUN", "PROPN"):
        return False
    kinds = {c.dep_ for c in verb.children}
    return "dobj" in kinds and "agent" not in kinds and not any(t.tag_ in FINITE for t in verb.sent)


def _leads_to_victim(preposition: Token, blaming: Blaming) -> bool:
    """'Condemned the attack | on', 'the bombing | of': behind it stands whom the noun's act is done to."""
    noun = preposition.head
    if blaming is None or noun.i in blaming or preposition.dep_ != "prep" or noun.pos_ != "NOUN":
        return False
    of = preposition.lower_ == "of" and noun.lemma_.lower() in load_nominals().of_object
    return of or preposition.lower_ in AIMED


def _is_occasion(preposition: Token) -> bool:
    """'On the occasion | of', 'on the sidelines | of': whose occasion it is, or where, takes no part in the act."""
    return any(c.dep_ == "pobj" and c.lemma_.lower() in load_nominals().occasions for c in preposition.children)


def _subject_after_month(verb: Token) -> Token | None:
    """'In September Turkey persuaded Russia': the parser takes the subject for the object of 'in'."""
    for child in verb.children:
        if child.dep_ == "prep" and child.i < verb.i:
            for noun in child.children:
                if noun.dep_ == "pobj" and any(c.dep_ == "compound" and c.ent_type_ == "DATE" for c in noun.children):
                    return noun if noun.ent_type_ != "DATE" else None
    return None


def _is_infinitive(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _unique(mentions: list[Mention]) -> list[Mention]:
    kept: list[Mention] = []
    for m in mentions:
        if m not in kept:
            kept.append(m)
    return kept
