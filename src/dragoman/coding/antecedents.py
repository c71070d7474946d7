"""What pronouns, pairs and bare descriptions of an article stand for: the mentions that came before them."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

import msgspec

from dragoman.coding.gender import Genders
from dragoman.coding.names import Names
from dragoman.coding.seen import SUBJECT, Seen, by_country, is_definite, is_place_use, standing_for
from dragoman.knowledge.coreference import load_coreference
from dragoman.model import Mention

LOOK_BACK = 3  # sentences in which a pronoun finds what it stands for
PLURALS = frozenset({"NNS", "NNPS"})
AGAIN = frozenset({"another", "fourth", "one", "other", "second", "third"})
# Prepositions and verbs that lead to whom a verb is addressed, who is another than its subject.
ADDRESSING = frozenset({"against", "for", "of", "on", "to", "upon", "with"})
TELLING = frozenset({"ask", "demand", "force", "invite", "order", "press", "request", "tell", "urge", "warn"})
LOOK_FURTHER = 9  # the same for 'the paper', 'the ministry'


class Antecedents:
    """The resolved mentions of an article so far, and questions to them."""

    def __init__(self, names: Names, persons: Container[str | None], genders: Genders) -> None:
        self.knowledge = names.known.actors
        self.words = load_coreference()
        self.persons = persons
        self.genders = genders
        self.done: list[Seen] = []
        self.here: list[Seen] = []  # the names of the sentence that is being read, those after the mention included

    def before(self, seen: Seen, back: int = LOOK_BACK) -> list[Seen]:
        """What was mentioned in this and the last sentences, latest sentence first, subjects first within each."""
        near = [s for s in self.done if seen.sentence.index - s.sentence.index <= back]
        return sorted(near, key=lambda s: (-s.sentence.index, s.head.dep_ not in SUBJECT, -s.mention.start))

    def person(self, seen: Seen) -> Mention | None:
        """Whom 'he' or 'her' stands for: the last person or office holder that is not the subject of the same verb.

        'He' never stands for somebody known as a woman, nor 'she' for a man.
        """
        own = {s.mention.actor for s in self.done if _own_object(seen, s) or _in_own_clause(seen, s)} - {None}
        for other in self.before(seen):
            m = other.mention
            titled = m.how == "description" and other.head.lower_ in self.knowledge.titles
            official = m.how == "office" or titled
            someone = m.actor in self.persons or official
            if not someone or m.actor in own or other.head.i == seen.head.i or _own_object(seen, other):
                continue
            gender = self.genders.of(m, other.head if m.how == "description" else None)
            if self.genders.fits(seen.head.lower_, gender):
                return m
        return None

    def state(self, seen: Seen) -> Mention | None:
        """The last state, body or group that acted: 'it', 'its', 'the regime'."""
        for other in self.before(seen):
            m = other.mention
            if other.head.dep_ in (*SUBJECT, "poss") and m.how != "pronoun" and not is_place_use(other.head):
                if m.country and m.actor not in self.persons:
                    return m
                if m.actor_id and m.actor_id.split(":")[0] in ("body", "group"):
                    return m
        return None

    def state_in_focus(self, seen: Seen) -> str | None:
        """Whose 'the defence ministry' is: of the state that last acted, else of one that was just named as a place."""
        others = _addressed(seen, self.here)
        near = [s for s in self.before(seen) if s.mention.country and s.mention.sector != "JRN"]
        near = [s for s in near if s.mention.country not in others]
        acting = [s for s in near if s.head.dep_ in (*SUBJECT, "poss")]
        named = {s.mention.country for s in near}
        if acting:
            return acting[0].mention.country
        return named.pop() if len(named) == 1 else None

    def body(self, seen: Seen) -> Mention | None:
        """'The paper', 'the ministry', 'the alliance': the last body of that kind."""
        groups = [g for g in self.words.descriptions if seen.head.lower_ in g.nouns]
        if not groups or not is_definite(seen.head):
            return None
        for other in reversed(self.done):
            if seen.sentence.index - other.sentence.index > LOOK_FURTHER:
                break
            named = f"{other.mention.actor or ''} {other.mention.text}"
            kind = (other.mention.actor_id or "").split(":")[0]
            if any(kind in g.kinds and (not g.named or re.search(g.named, named, re.IGNORECASE)) for g in groups):
                return other.mention
        return None

    def same_noun(self, seen: Seen) -> Mention | None:
        """'The official', 'another official' after 'a senior U.S. official': of the same state."""
        again = any(c.lower_ in AGAIN for c in seen.head.children)
        if not again and not is_definite(seen.head):
            return None
        others = _addressed(seen, self.here)
        for other in reversed(self.done):
            if seen.sentence.index - other.sentence.index > LOOK_FURTHER:
                break
            m, same = other.mention, other.head.lemma_.lower() == seen.head.lemma_.lower()
            same = (
                same
                and m.country not in others
                and (again or (other.head.tag_ in PLURALS) == (seen.head.tag_ in PLURALS))
            )
            if same and m.how == "description" and (m.country or m.actor_id):
                return m
        return None

    def organ_before(self, seen: Seen) -> Mention | None:
        """Whose 'a ministry official' is: of the last ministry."""
        organs = {c.lower_ for c in seen.head.children if c.dep_ == "compound"} & self.words.standing
        if not organs or any(c.lower_ in ("here", "there") for c in seen.head.children):
            return None
        for other in reversed(self.done):
            if seen.sentence.index - other.sentence.index > LOOK_FURTHER:
                break
            if other.head.lower_ in organs and other.mention.country:
                return other.mention
        return None

    def possessor(self, seen: Seen) -> Seen | None:
        """Whose 'his government', 'its bombers', 'his counterpart' is."""
        for owner in reversed(self.done):
            if owner.sentence.index != seen.sentence.index:
                break
            if owner.head.dep_ == "poss" and owner.head.head.i == seen.head.i:
                return owner
        return None

    def pair(self, seen: Seen) -> list[Mention]:
        """The sides that 'they', 'the two countries', 'the ministers' stand for."""
        lowered = seen.mention.text.lower()
        size = 3 if "three" in lowered.split() else 2
        if lowered in self.words.fixed_pairs:
            return [self.as_state(code, seen.mention) for code in self.words.fixed_pairs[lowered]]
        people = lowered.split()[-1] not in self.words.pair_states | self.words.plural
        pair = self._last_persons(seen, size) if people else []
        pair = pair or self._last_pair(seen, size, plural_pronoun=lowered in self.words.plural)
        if lowered.split()[-1] in self.words.pair_states:
            pair = [self.as_state(m.country, m) for m in pair if m.country]
        return [standing_for(seen.mention, m) for m in pair]

    def as_state(self, code: str, mention: Mention) -> Mention:
        """A mention of a state itself, whoever stood for it."""
        state = self.knowledge.state(code)
        return msgspec.structs.replace(
            mention, actor=state.name, actor_id=f"state:{code}", country=code, sector="GOV", office=None
        )

    def _last_persons(self, seen: Seen, size: int) -> list[Mention]:
        """'The two leaders', 'the ministers': the persons of as many states that were last named in one sentence."""
        for index in range(seen.sentence.index, seen.sentence.index - LOOK_BACK - 1, -1):
            here = [s for s in self.done if s.sentence.index == index and s.mention.actor in self.persons]
            pair = by_country([s for s in here if s.mention.country])
            if len(pair) == size:
                return pair
        return []

    def _last_pair(self, seen: Seen, size: int, *, plural_pronoun: bool) -> list[Mention]:
        """The two that were last named side by side; for 'the two countries' else the two that the article is about."""
        for index in range(seen.sentence.index, seen.sentence.index - LOOK_BACK - 1, -1):
            here = [
                s
                for s in self.done
                if s.sentence.index == index
                and s.mention.country
                and s.mention.sector != "JRN"
                and not is_place_use(s.head)
            ]
            subjects = [s for s in here if s.head.dep_ in SUBJECT or _joined_to_subject(s)]
            if plural_pronoun and subjects and len(by_country(subjects)) == 1 and index < seen.sentence.index:
                return []
            for group in (subjects, here if not plural_pronoun or len(by_country(here)) == 2 else []):
                pair = by_country(group)
                if len(pair) == size or (plural_pronoun and len(pair) > 2 and group is subjects):
                    return pair
        return [] if plural_pronoun or size > 2 else self._main_pair()

    def _main_pair(self) -> list[Mention]:
        counts: dict[str, list[Mention]] = {}
        for s in self.done:
            if s.mention.country:
                counts.setdefault(s.mention.country, []).append(s.mention)
        top = sorted(counts.items(), key=lambda item: -len(item[1]))[:2]
        return [self.as_state(code, mentions[-1]) for code, mentions in top] if len(top) == 2 else []


def _addressed(seen: Seen, here: Iterable[Seen]) -> set[str]:
    """The states to whom the verb is addressed whose subject a description is: it is of none of them.

    'The ministry urged Russia', 'the ministry demanded that Russia stop'.
    """
    verb = seen.head.head
    if seen.head.dep_ != "nsubj" or verb.pos_ != "VERB":
        return set()
    found = set()
    for other in here:
        head, above = other.head, other.head.head
        object_of = head.dep_ in ("dobj", "dative") and above.i == verb.i
        towards = head.dep_ == "pobj" and above.dep_ == "prep" and above.lower_ in ADDRESSING and above.head.i == verb.i
        told = (
            verb.lemma_ in TELLING
            and head.dep_ in SUBJECT
            and above.dep_ in ("ccomp", "xcomp")
            and above.head.i == verb.i
        )
        if other.mention.country and other.mention.how != "pronoun" and (object_of or towards or told):
            found.add(other.mention.country)
    return found


def _own_object(seen: Seen, other: Seen) -> bool:
    """'Kim met him': the object of a verb is not its subject."""
    return (
        seen.head.dep_ in ("dobj", "dative")
        and other.sentence.index == seen.sentence.index
        and other.head.dep_ in SUBJECT
        and other.head.head.i == seen.head.head.i
    )


def _in_own_clause(seen: Seen, other: Seen) -> bool:
    """'While seeing Lavrov off, he thanked him': who is seen off is not the one who does it."""
    clause = other.head.head
    return (
        seen.head.dep_ in SUBJECT
        and other.head.dep_ == "dobj"
        and clause.dep_ == "advcl"
        and clause.head == seen.head.head
        and not any(t.dep_ in SUBJECT for t in clause.children)
    )


def _joined_to_subject(seen: Seen) -> bool:
    """'Kim and Lavrov met', 'Kim met with Lavrov': the second side of one act."""
    head = seen.head
    if head.dep_ == "conj":
        return head.head.dep_ in SUBJECT
    return head.dep_ == "dobj" or (head.dep_ == "pobj" and head.head.lower_ == "with")
