"""The persons of one article: full names as they come up, family names alone, and the offices they hold on that day."""

from __future__ import annotations

import datetime
import re

import msgspec

from dragoman.coding.names import Names
from dragoman.coding.seen import Seen, standing_for
from dragoman.knowledge.holders import Person, fold_name
from dragoman.model import Mention

TITLE_WORDS = 4
INITIAL = re.compile(r"(?<=\s)[A-Z]\.\s*")  # 'Vladimir V. Putin'


class Persons:
    """Who has been named so far, and who a name alone stands for."""

    def __init__(self, names: Names, day: datetime.date | None) -> None:
        self.holders = names.known.holders
        self.day = day
        self.known: dict[str, Mention] = {}  # by canonical name
        self.by_name: dict[str, str] = {}  # family or given name alone, folded -> canonical name, the latest

    def is_person(self, mention: Mention) -> bool:
        """Whether a mention is a person's name, known or not."""
        return mention.how == "name" and (mention.actor_id is None or mention.actor_id.startswith("person:"))

    def meet(self, mention: Mention) -> None:
        """Take note of a person named in full."""
        name = mention.actor
        assert name is not None
        before = self.known.get(name)
        if before is not None:
            mention = msgspec.structs.replace(
                mention,
                country=before.country or mention.country,
                sector=before.sector or mention.sector,
                office=before.office or mention.office,
            )
        self.known[name] = mention
        for word in sorted({name.split()[0], name.split()[-1], *mention.text.split()}):
            if word[:1].isupper():
                self.by_name[fold_name(word)] = name

    def completed(self, mention: Mention) -> Mention:
        """A person with the office held on the article's day; officials of a body have no country (record schema)."""
        if mention.actor_id is None and mention.actor and " " in mention.actor:
            found = self.holders.person_called(mention.actor) or self.holders.person_called(
                INITIAL.sub("", mention.actor)
            )
            if found is not None and mention.country in (None, found.country):
                mention = msgspec.structs.replace(mention, actor_id=f"person:{found.id}")
        if mention.actor_id is None or not mention.actor_id.startswith("person:"):
            return mention
        person = self.holders.persons[mention.actor_id.removeprefix("person:")]
        offices = self.holders.offices_of(person.id, self.day) if self.day else ()
        former = self.holders.former_offices_of(person.id, self.day) if self.day and not offices else ()
        office = offices[0] if offices else None
        # "NATO chief Mark Rutte" is NATO's man, also on a day for which no office of his is known.
        of_body = office.country is None if office is not None else mention.sector == "IGO"
        return msgspec.structs.replace(
            mention,
            actor=person.name,
            country=None if of_body else mention.country or person.country,
            office=office.name if office else mention.office,
            sector=(office.sector if office else None) or mention.sector or ("ELI" if former else None),
        )

    def resolve(self, seen: Seen, home: str | None) -> Mention:
        """Who a name stands for; `home` is the state where an article without other clues is at home."""
        mention = self.completed(seen.mention)
        name = mention.actor
        assert name is not None
        if name in self.known:
            mention = self._merged(mention, self.known[name])
        elif mention.actor_id is None and " " not in name:
            named = self.by_name.get(fold_name(name))
            if named is not None:
                mention = self._merged(mention, self.known[named])
            else:
                mention = self._holder_named(seen, mention, home) or mention
        if mention.actor and (" " in mention.actor or mention.actor_id):
            self.meet(mention)
        return mention

    def _merged(self, mention: Mention, known: Mention) -> Mention:
        return msgspec.structs.replace(
            standing_for(mention, known),
            country=known.country if known.sector == "IGO" else known.country or mention.country,
            sector=known.sector or mention.sector,
            office=known.office or mention.office,
        )

    def _holder_named(self, seen: Seen, mention: Mention, home: str | None) -> Mention | None:
        """A family name alone that only one person in office on that day bears, with that title where there is one."""
        day, name = self.day, mention.actor
        if day is None or name is None:
            return None
        people = [
            p
            for p in self.holders.persons_named(name)
            if mention.country in (None, p.country) and self.holders.offices_of(p.id, day)
        ]
        role = self._role_before(seen)
        if role is not None and len(people) > 1:
            people = [p for p in people if any(o.role == role for o in self.holders.offices_of(p.id, day))]
        if len(people) > 1 and home is not None:
            people = [p for p in people if p.country == home]
        return self._as(mention, people[0]) if len(people) == 1 else None

    def _role_before(self, seen: Seen) -> str | None:
        """The role that the title in front of a name gives: 'President | Morales'."""
        doc, first = seen.sentence.tokens.doc, seen.head.i
        for start in range(max(seen.sentence.tokens.start, first - TITLE_WORDS), first):
            role = self.holders.role_of_title(doc[start:first].text.lower())
            if role is not None:
                return role
        return None

    def _as(self, mention: Mention, person: Person) -> Mention:
        return self.completed(
            msgspec.structs.replace(mention, actor=person.name, actor_id=f"person:{person.id}", country=person.country)
        )
