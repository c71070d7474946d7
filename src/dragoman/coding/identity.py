"""Who the mentions are: persons and their offices on that day, family names, pronouns, pairs and descriptions.

Takes the mentions with what their own sentence tells and gives them what the article and the knowledge tell.
Where the text leaves it open, a mention stays unresolved.
"""

from __future__ import annotations

import datetime

import msgspec
from spacy.tokens import Token

from dragoman.coding.antecedents import Antecedents
from dragoman.coding.draft import Draft, Sentence
from dragoman.coding.gender import Genders
from dragoman.coding.names import Names, default_names
from dragoman.coding.persons import Persons
from dragoman.coding.provisional import filed
from dragoman.coding.seen import (
    SUBJECT,
    Seen,
    employer_of,
    is_definite,
    is_one_of_several,
    is_place_use,
    standing_for,
    working_for,
)
from dragoman.knowledge.coreference import load_coreference
from dragoman.knowledge.offices import Office
from dragoman.model import Article, Mention

__all__ = ["Identity", "article_date", "is_place_use"]


def article_date(article: Article) -> datetime.date | None:
    """The day on which an article was filed, else published; None when neither is known."""
    day = (article.dateline.date if article.dateline else None) or article.published
    return datetime.date.fromisoformat(day) if day else None


class Identity:
    """The step that completes `draft.mentions`; adds mentions for pronouns and for pairs ('the two countries')."""

    def __init__(self, names: Names | None = None) -> None:
        self.names = names or default_names()

    def __call__(self, draft: Draft) -> None:
        """Resolve in reading order, so that what a pronoun stands for is already known."""
        draft.mentions = ArticleIdentity(draft, self.names).resolve()


class ArticleIdentity:
    """Resolves the mentions of one article."""

    def __init__(self, draft: Draft, names: Names) -> None:
        self.draft = draft
        self.names = names
        self.day = article_date(draft.article)
        self.holders = names.known.holders
        self.knowledge = names.known.actors
        self.words = load_coreference()
        self.persons = Persons(names, self.day)
        self.genders = Genders(self.holders.persons)
        self.antecedents = Antecedents(names, self.persons.known, self.genders)
        self.filed_in = self._filed_in()

    def resolve(self) -> list[Mention]:
        """All mentions, resolved, in order of the text, numbered anew."""
        self._meet_title()
        by_sentence: dict[int, list[Mention]] = {}
        for mention in self.draft.mentions:
            sentence = self.draft.sentence_at(mention.start)
            if sentence is not None:
                by_sentence.setdefault(sentence.index, []).append(mention)
        for sentence in self.draft.sentences:
            mine = by_sentence.get(sentence.index, [])
            for mention in mine:  # full names first: captions and headlines use them late
                if mention.actor and " " in mention.actor and self.persons.is_person(mention):
                    self.persons.meet(self.persons.completed(mention))
            first = len(self.antecedents.done)
            here = self._with_pronouns(sentence, mine)
            self.antecedents.here = here
            for seen in here:
                self.antecedents.done += self._resolve(seen)
            self._employ(first)
        done = sorted(self.antecedents.done, key=lambda s: (s.mention.start, s.mention.end))
        settled = (filed(s.mention, self.persons.known, self.names.known, self.persons.completed) for s in done)
        return [msgspec.structs.replace(mention, id=f"m{i}") for i, mention in enumerate(settled)]

    def _filed_in(self) -> str | None:
        """The state where the copy was filed, by its dateline."""
        place = self.draft.article.dateline.place if self.draft.article.dateline else None
        named = self.names.find(place.title()) if place else []
        return named[0].country if named else None

    def _meet_title(self) -> None:
        """Persons named in a title that the text does not contain: context for 'Kim' and 'he'."""
        for atom in self.names.find(self.draft.article.title or ""):
            if atom.kind == "person":
                self.persons.meet(
                    Mention(
                        id="",
                        start=0,
                        end=0,
                        text=atom.text,
                        actor=atom.actor,
                        actor_id=atom.actor_id,
                        country=atom.country,
                        how="name",
                    )
                )

    def _employ(self, first: int) -> None:
        """Give people of a sentence whose state nothing told so far that of whom they work for, told after them."""
        here = self.antecedents.done[first:]
        for number, seen in enumerate(here, first):
            m = seen.mention
            unknown = m.how == "description" and m.country is None and m.actor is None
            employer = employer_of(seen, here) if unknown else None
            if employer is not None:
                self.antecedents.done[number] = Seen(working_for(m, employer), seen.sentence, seen.head)

    def _with_pronouns(self, sentence: Sentence, mentions: list[Mention]) -> list[Seen]:
        """The sentence's mentions with its pronouns and phrases for two sides, in order."""
        seen: list[Seen] = []
        named: set[int] = set()
        for mention in mentions:
            span = sentence.token_span(mention.start, mention.end)
            if span is not None:
                seen.append(Seen(mention, sentence, span.root))
                named |= set(range(span.start, span.end)) if mention.how != "description" else set()
        for token in sentence.tokens:
            if token.i not in named and token.pos_ == "PRON" and token.lower_ in self.words.pronouns:
                start = sentence.offset(token)
                mention = Mention(id="", start=start, end=start + len(token), text=token.text, how="pronoun")
                seen.append(Seen(mention, sentence, token))
        for match in self.words.pairs.finditer(sentence.tokens.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            span = sentence.token_span(start, end)
            if span is not None:
                seen = [s for s in seen if not (start <= s.mention.start and s.mention.end <= end)]
                words = self.draft.article.text[start:end]
                mention = Mention(id="", start=start, end=end, text=words, how="description")
                seen.append(Seen(mention, sentence, span.root))
        return sorted(seen, key=lambda s: (s.mention.start, s.mention.end))

    def _resolve(self, seen: Seen) -> list[Seen]:
        mention = seen.mention
        lowered = mention.text.lower()
        if lowered in self.words.singular_person:
            found = self.antecedents.person(seen)
            resolved = [standing_for(mention, found) if found else mention]
        elif lowered in self.words.singular_thing:
            found = self.antecedents.state(seen) if seen.head.dep_ in (*SUBJECT, "poss") else None
            resolved = [standing_for(mention, found) if found else mention]
        elif lowered in self.words.plural or self.words.pairs.fullmatch(mention.text):
            resolved = self.antecedents.pair(seen)
        elif self.persons.is_person(mention) and mention.actor:
            resolved = [self.persons.resolve(seen, self.filed_in)]
            self.genders.note(resolved[0].actor, seen.head)
        elif mention.how == "description":
            resolved = [self._description(seen)]
        else:
            resolved = [mention]
        return [Seen(m, seen.sentence, seen.head) for m in resolved]

    # --- descriptions ------------------------------------------------------------------------------------------

    def _description(self, seen: Seen) -> Mention:
        """'The Russian defence minister' on a day, 'his Russian counterpart', 'the ministry', 'the paper'."""
        mention = seen.mention
        owner = self.antecedents.possessor(seen)
        if mention.country is None and mention.actor is None and owner is not None and owner.mention.country:
            mention = msgspec.structs.replace(mention, country=owner.mention.country)
        if mention.country is not None and mention.actor is None:
            return self._in_office(seen, mention, self._office(seen, mention.country, owner))
        if mention.actor is not None:
            of_body = (mention.actor_id or "").startswith("body:")
            return self._of_body(seen, mention) if of_body else mention
        body = self.antecedents.body(seen)
        if body is not None:
            return standing_for(mention, body)
        return self._bare(seen)

    def _bare(self, seen: Seen) -> Mention:
        """A description that names no state: 'the regime', 'the president', 'the defence ministry'."""
        mention, noun = seen.mention, seen.head.lower_
        if self._of_another(seen.head):
            return mention
        again = self.antecedents.same_noun(seen)
        if not is_definite(seen.head):
            organ = self.antecedents.organ_before(seen)
            return self._again(mention, again) if again else working_for(mention, organ) if organ else mention
        if noun in self.words.states:
            found = self.antecedents.state(seen)
            return standing_for(mention, found) if found else mention
        if noun in self.knowledge.titles:
            officials = [p for p in reversed(list(self.persons.known.values())) if p.office]
            officials = [p for p in officials if self._may_be(seen, p)]
            by_name = (p for p in officials if noun in (p.office or "").lower().split())
            by_title = (p for p in officials if noun in self._words_of_titles(p.office))
            person = next(by_name, None) or next(by_title, None)
            if person is not None:
                return standing_for(mention, person)
        if again is not None:
            return self._again(mention, again)
        country = self.antecedents.state_in_focus(seen) or self.filed_in
        if country is None:
            return mention
        office = self._office(seen, country, None)
        if office is not None or noun in self.words.organs:
            return self._in_office(seen, msgspec.structs.replace(mention, country=country), office)
        return mention

    def _of_another(self, noun: Token) -> bool:
        """Whether what follows names whose it is, though not in words that we know: 'chairman of the Juche Society'."""
        nouns = (noun, *noun.conjuncts)
        phrases = [c for n in nouns for c in n.children if c.dep_ == "prep" and c.lower_ == "of" and c.i > noun.i]
        named = {t.lower_ for p in phrases for t in p.subtree if t.pos_ == "PROPN"}
        return len(named) > 1 and bool(named & self.words.societies)

    def _again(self, mention: Mention, before: Mention) -> Mention:
        """A description with the identity of an earlier one; its own word tells its sector, unless it is of a body."""
        of_body = (before.actor_id or "").startswith("body:")
        sector = before.sector if of_body else mention.sector or before.sector
        return msgspec.structs.replace(standing_for(mention, before), sector=sector)

    def _may_be(self, seen: Seen, person: Mention) -> bool:
        """Whether a description can be of a person: 'the spokesman' is not Ms Lind."""
        by_noun = self.genders.by_words([seen.head.lower_])
        return by_noun is None or self.genders.of(person) in (None, by_noun)

    def _words_of_titles(self, name: str | None) -> set[str]:
        """The words of an office's titles: 'chairman' for the Leader of North Korea."""
        office = next((o for o in self.holders.offices.values() if o.name == name), None)
        return {word for title in office.titles for word in title.lower().split()} if office is not None else set()

    def _office(self, seen: Seen, country: str, owner: Seen | None) -> Office | None:
        """The office of a state that a description names, unless it is a former one; a counterpart has its owner's."""
        words = _words_of(seen)
        if any(w in self.knowledge.former for w in words):
            return None
        if seen.head.lower_ == "counterpart":
            role = self._role_of(owner.mention) if owner is not None else None
            return self.holders.office_for(role, country) if role else None
        for start in range(len(words)):
            title = " ".join(words[start:])
            role = self.holders.role_of_title(title)
            office = self.holders.office_titled(title, country)
            office = office or (self.holders.office_for(role, country) if role else None)
            if office is not None:
                return office
        return None

    def _of_body(self, seen: Seen, mention: Mention) -> Mention:
        """'The IAEA chief', 'the UN secretary-general': the holder of a body's office."""
        body = (mention.actor_id or "").removeprefix("body:")
        words = _words_of(seen)
        for start in range(len(words)):
            office = self.holders.office_titled(" ".join(words[start:]), body)
            if office is not None:
                return self._in_office(seen, mention, office)
        return mention

    def _in_office(self, seen: Seen, mention: Mention, office: Office | None) -> Mention:
        """The office with its holder of that day; 'a Kremlin spokesman' is one of several and nobody by name."""
        if office is None:
            return mention
        holder = self.holders.holder_of(office.id, self.day) if self.day and not is_one_of_several(seen.head) else None
        by_noun = self.genders.by_words([seen.head.lower_])
        if holder is not None and None not in (by_noun, holder.gender) and by_noun != holder.gender:
            holder = None  # "the spokesman" of a ministry for which a woman speaks
        return msgspec.structs.replace(
            mention,
            actor=holder.name if holder else mention.actor,
            actor_id=f"person:{holder.id}" if holder else mention.actor_id,
            office=office.name,
            sector=office.sector,
            how="office",
        )

    def _role_of(self, mention: Mention) -> str | None:
        return next((o.role for o in self.holders.offices.values() if o.name == mention.office), None)


def _words_of(seen: Seen) -> list[str]:
    """The words of a description in lower case."""
    span = seen.sentence.token_span(seen.mention.start, seen.mention.end)
    return [t.lower_ for t in span] if span is not None else []
