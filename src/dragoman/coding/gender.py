"""Whether 'he' or 'she' can stand for a mention: by what is known of the person, by titles in the text, by the name.

Kept for one article, since a title told once ("Mrs Lind") holds for the name alone later. What is not known is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from spacy.tokens import Token

from dragoman.knowledge.gender import Gender, load_gender
from dragoman.knowledge.holders import Person
from dragoman.model import Mention

BESIDE = frozenset({"amod", "appos", "compound", "nmod"})


class Genders:
    """What an article and the knowledge tell of the gender of those it names."""

    def __init__(self, persons: Mapping[str, Person]) -> None:
        self.persons = persons
        self.words = load_gender()
        self.told: dict[str, Gender] = {}

    def note(self, actor: str | None, head: Token) -> None:
        """Remember what the words around a name tell: 'spokeswoman X', 'Mr X', 'X, the queen'."""
        found = self.by_words(titles_of(head))
        if actor is not None and found is not None:
            self.told.setdefault(actor, found)

    def of(self, mention: Mention, head: Token | None = None) -> Gender | None:
        """The gender of whoever is meant; with `head`, of a description, by its own noun first."""
        if head is not None and (by_noun := self.by_words(titles_of(head))) is not None:
            return by_noun
        person = self.persons.get((mention.actor_id or "").removeprefix("person:"))
        if person is not None and person.gender is not None:
            return person.gender
        if mention.actor is None:
            return None
        return self.told.get(mention.actor) or self.words.of_name(mention.actor, mention.country)

    def by_words(self, words: Iterable[str]) -> Gender | None:
        """What titles tell, where they do not contradict each other."""
        found = {g for w in words if (g := self.words.words.get(w)) is not None}
        return found.pop() if len(found) == 1 else None

    def fits(self, pronoun: str, gender: Gender | None) -> bool:
        """Whether 'he', 'her' ... may stand for somebody of that gender; the unknown may be anybody."""
        meant = self.words.pronouns.get(pronoun)
        return meant is None or gender is None or meant == gender


def titles_of(head: Token) -> list[str]:
    """A noun or name with the words that stand before it and beside it, in small letters."""
    words = [head.lower_, *(c.lower_ for c in head.children if c.dep_ in BESIDE)]
    if head.dep_ == "appos":
        words += [head.head.lower_]
    return words
