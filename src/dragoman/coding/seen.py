"""A resolved mention together with where it stands: what the parts of identity hand to each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec
from spacy.tokens import Token

from dragoman.coding.draft import Sentence
from dragoman.knowledge.cues import load_cues
from dragoman.knowledge.nominals import load_nominals
from dragoman.model import Mention

SUBJECT = frozenset({"nsubj", "nsubjpass"})
PLACE_PREPOSITIONS = frozenset(
    {
        "in",
        "at",
        "near",
        "across",
        "around",
        "outside",
        "inside",
        "throughout",
        "through",
        "via",
        "off",
        "north",
        "south",
    }
)
BELONGING = frozenset({"at", "for", "from", "of", "with"})
SEVERAL = frozenset({"a", "an", "another", "any", "one", "some"})
LEADING = frozenset({"to", "for", "from", "into", "towards", "toward", "of"})


@dataclass(slots=True)
class Seen:
    """A mention together with its sentence and the head of its words."""

    mention: Mention
    sentence: Sentence
    head: Token


def is_place_use(head: Token) -> bool:
    """Whether a name stands as a place (codebook: a place is not an actor).

    'In Pyongyang', 'across Ukraine', 'flew to Moscow', 'left Bahrain for home', 'south of Aleppo'.
    """
    above = head.head
    if head.dep_ == "pobj" and above.dep_ in ("prep", "dative", "agent", "pcomp", "prt", "advmod"):
        word = above.lower_
        if word in PLACE_PREPOSITIONS:
            # 'In September | Turkey persuaded': a month taken for a part of the name.
            return not any(c.dep_ == "compound" and c.ent_type_ == "DATE" for c in head.children)
        if word in LEADING and above.head.lemma_.lower() in load_nominals().motion:
            return above.head.pos_ in ("VERB", "AUX", "ADP", "NOUN") and (word != "of" or above.head.pos_ == "ADV")
    return head.dep_ == "dobj" and above.lemma_.lower() in load_nominals().reaching


def standing_for(mention: Mention, other: Mention) -> Mention:
    """A mention with the identity of another."""
    return msgspec.structs.replace(
        mention,
        actor=other.actor,
        actor_id=other.actor_id,
        country=other.country,
        sector=other.sector,
        office=other.office,
    )


def by_country(group: Iterable[Seen]) -> list[Mention]:
    """One mention of each country in the group: the first that says which person or body it is, else the first."""
    kept: dict[str, Mention] = {}
    for s in group:
        country = s.mention.country
        if country and (country not in kept or (kept[country].actor is None and s.mention.actor)):
            kept[country] = s.mention
    return list(kept.values())


def is_definite(head: Token) -> bool:
    """'The ministry', 'this paper'."""
    return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in head.children)


def is_one_of_several(head: Token) -> bool:
    """'A spokesman', 'another official', 'two envoys': nobody whom an office alone names."""
    return any((c.dep_ == "det" and c.lower_ in SEVERAL) or c.dep_ == "nummod" for c in head.children)


def employer_of(seen: Seen, others: Sequence[Seen]) -> Mention | None:
    """The state or body of 'a spokesman for the ministry', 'an official with the army', 'officials in Seoul'."""
    people = load_cues().unnamed | load_cues().spokespeople
    of_people = seen.head.lemma_.lower() in people
    after = [c for c in seen.head.children if c.dep_ == "prep" and c.lower_ in (*BELONGING, "in") and c.i > seen.head.i]
    nouns = {n.i: c.lower_ for c in after for n in c.children if n.dep_ == "pobj"}
    found: list[Mention] = []
    for other in others:
        preposition = nouns.get(other.head.i)
        known = other.mention.country is not None or (other.mention.actor_id or "").startswith("body:")
        if preposition is None or not known or (preposition in ("in", "with") and not of_people):
            continue
        if preposition != "in" or other.mention.how == "metonym":
            found.append(other.mention)
    return found[0] if len(found) == 1 else None  # "leaders of the two countries" are no side of their own


def working_for(mention: Mention, employer: Mention) -> Mention:
    """A mention of people with the state and sector of whom they work for, or as people of that body."""
    if (employer.actor_id or "").startswith("body:"):
        return msgspec.structs.replace(
            mention, actor=employer.actor, actor_id=employer.actor_id, country=employer.country, sector=employer.sector
        )
    sector = employer.sector if employer.how == "description" else mention.sector
    return msgspec.structs.replace(mention, country=employer.country, sector=sector or mention.sector)
