"""Who the mentions are: persons and their offices on that day, family names, pronouns, pairs and descriptions.

Takes the mentions with what their own sentence tells and gives them what the article and the knowledge tell.
Where the text leaves it open, a mention stays unresolved.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec
from spacy.tokens import Token

from dragoman.coding.draft import Draft, Sentence
from dragoman.coding.names import find_names
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.coreference import load_coreference
from dragoman.knowledge.holders import load_holders
from dragoman.model import Article, Mention

SUBJECT = frozenset({"nsubj", "nsubjpass"})
PLACE_PREPOSITIONS = frozenset({"in", "at", "near", "across", "around", "outside", "inside", "throughout", "through"})
LOOK_BACK = 3  # sentences in which a pronoun or a description finds what it stands for


def is_place_use(head: Token) -> bool:
    """Whether a name stands as a place: 'in Pyongyang', 'across Ukraine' (codebook: a place is not an actor)."""
    return head.dep_ == "pobj" and head.head.lower_ in PLACE_PREPOSITIONS


def article_date(article: Article) -> datetime.date | None:
    """The day on which an article was filed, else published; None when neither is known."""
    day = (article.dateline.date if article.dateline else None) or article.published
    return datetime.date.fromisoformat(day) if day else None


@dataclass(slots=True)
class Seen:
    """A mention together with its sentence and the head of its words."""

    mention: Mention
    sentence: Sentence
    head: Token


class Identity:
    """The step that completes `draft.mentions`; adds mentions for pronouns and for pairs ('the two countries')."""

    def __call__(self, draft: Draft) -> None:
        """Resolve in reading order, so that what a pronoun stands for is already known."""
        resolver = ArticleIdentity(draft)
        draft.mentions = resolver.resolve()


class ArticleIdentity:
    """The persons, states and bodies of one article as they come up."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.day = article_date(draft.article)
        self.holders = load_holders()
        self.knowledge = load_actors()
        self.words = load_coreference()
        self.persons: dict[str, Mention] = {}  # by canonical name
        self.by_name: dict[str, str] = {}  # family or given name alone -> canonical name, the latest
        self.done: list[Seen] = []

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
            self._meet(sentence, mine)
            for seen in self._with_pronouns(sentence, mine):
                self.done += self._resolve(seen)
        self.done.sort(key=lambda s: (s.mention.start, s.mention.end))
        return [msgspec.structs.replace(s.mention, id=f"m{i}") for i, s in enumerate(self.done)]

    # --- persons -----------------------------------------------------------------------------------------------

    def _meet_title(self) -> None:
        """Persons named in a title that the text does not contain: context for 'Kim' and 'he'."""
        for atom in find_names(self.draft.article.title or ""):
            if atom.kind == "person":
                self._know(Mention(id="", start=0, end=0, text=atom.text, actor=atom.actor, actor_id=atom.actor_id,
                                   country=atom.country, how="name"))  # fmt: skip

    def _meet(self, sentence: Sentence, mentions: Iterable[Mention]) -> None:
        """Take note of full names before a sentence is resolved: captions and headlines use them late."""
        for mention in mentions:
            if mention.how == "name" and mention.actor and " " in mention.actor and self._is_person(mention):
                self._know(self._completed(mention))

    def _is_person(self, mention: Mention) -> bool:
        return mention.how == "name" and (mention.actor_id is None or mention.actor_id.startswith("person:"))

    def _know(self, mention: Mention) -> None:
        name = mention.actor
        assert name is not None
        before = self.persons.get(name)
        if before is not None:
            mention = msgspec.structs.replace(
                mention,
                country=before.country or mention.country,
                sector=before.sector or mention.sector,
                office=before.office or mention.office,
            )
        self.persons[name] = mention
        for word in {name.split()[0], name.split()[-1], *mention.text.split()}:
            if word[:1].isupper():
                self.by_name[word] = name

    def _completed(self, mention: Mention) -> Mention:
        """A person with the office held on the article's day, as far as the knowledge has it."""
        if mention.actor_id is None or not mention.actor_id.startswith("person:"):
            return mention
        person = self.holders.persons[mention.actor_id.removeprefix("person:")]
        offices = self.holders.offices_of(person.id, self.day) if self.day else ()
        former = self.holders.former_offices_of(person.id, self.day) if self.day and not offices else ()
        office = offices[0] if offices else None
        return msgspec.structs.replace(
            mention,
            actor=person.name,
            country=mention.country or person.country,
            office=office.name if office else mention.office,
            sector=(office.sector if office else None) or mention.sector or ("ELI" if former else None),
        )

    def _person(self, seen: Seen) -> Mention:
        mention = self._completed(seen.mention)
        if mention.actor_id is None and mention.actor and mention.actor not in self.persons:
            known = self.by_name.get(mention.actor.split()[-1]) if " " not in mention.actor else None
            if known is None:
                found = self._holder_named(mention)
                if found is not None:
                    mention = found
            else:
                mention = self._merged(mention, self.persons[known])
        elif mention.actor in self.persons:
            mention = self._merged(mention, self.persons[mention.actor])
        if mention.actor and (" " in mention.actor or mention.actor_id):
            self._know(mention)
        return mention

    def _merged(self, mention: Mention, known: Mention) -> Mention:
        return msgspec.structs.replace(
            mention,
            actor=known.actor,
            actor_id=known.actor_id,
            country=known.country or mention.country,
            sector=known.sector or mention.sector,
            office=known.office or mention.office,
        )

    def _holder_named(self, mention: Mention) -> Mention | None:
        """A family name alone that only one person in office on that day bears ('Putin', 'Lavrov')."""
        if self.day is None or mention.actor is None or " " in mention.actor:
            return None
        people = [
            p
            for p in self.holders.persons_named(mention.actor)
            if (mention.country is None or p.country == mention.country) and self.holders.offices_of(p.id, self.day)
        ]
        if len(people) != 1:
            return None
        return self._completed(
            msgspec.structs.replace(mention, actor=people[0].name, actor_id=f"person:{people[0].id}")
        )

    # --- everything else ---------------------------------------------------------------------------------------

    def _with_pronouns(self, sentence: Sentence, mentions: list[Mention]) -> list[Seen]:
        seen: list[Seen] = []
        for mention in mentions:
            span = sentence.token_span(mention.start, mention.end)
            if span is not None:
                seen.append(Seen(mention, sentence, span.root))
        covered = {i for m in mentions for i in self._indices(sentence, m)}
        for token in sentence.tokens:
            if token.i not in covered and token.pos_ == "PRON" and token.lower_ in self.words.pronouns:
                start = sentence.offset(token)
                mention = Mention(id="", start=start, end=start + len(token), text=token.text, how="pronoun")
                seen.append(Seen(mention, sentence, token))
        for match in self.words.pairs.finditer(sentence.tokens.text):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            span = sentence.token_span(start, end)
            if span is not None:
                seen = [s for s in seen if not (start <= s.mention.start and s.mention.end <= end)]
                words = self.draft.article.text[start:end]
                seen.append(
                    Seen(Mention(id="", start=start, end=end, text=words, how="description"), sentence, span.root)
                )
        return sorted(seen, key=lambda s: (s.mention.start, s.mention.end))

    def _indices(self, sentence: Sentence, mention: Mention) -> range:
        span = sentence.token_span(mention.start, mention.end)
        return range(span.start, span.end) if span is not None else range(0)

    def _resolve(self, seen: Seen) -> list[Seen]:
        mention = seen.mention
        lowered = mention.text.lower()
        if mention.how == "pronoun" or self.words.pairs.fullmatch(mention.text):
            if lowered in self.words.singular_person:
                return self._one(seen, self._last_person(seen))
            if lowered in self.words.singular_thing:
                acting = seen.head.dep_ in (*SUBJECT, "poss")
                return self._one(seen, self._last_state(seen) if acting else None)
            if lowered in self.words.plural or self.words.pairs.fullmatch(mention.text):
                pair = self._last_pair(seen, plural_pronoun=lowered in self.words.plural)
                if lowered in self.words.fixed_pairs:
                    pair = [self._as_state(code, mention) for code in self.words.fixed_pairs[lowered]]
                elif lowered.split()[-1] in self.words.pair_states:
                    pair = [self._as_state(m.country, m) for m in pair if m.country]
                return [Seen(self._standing_for(mention, m), seen.sentence, seen.head) for m in pair]
            return []
        if self._is_person(mention) and mention.actor:
            return [Seen(self._person(seen), seen.sentence, seen.head)]
        if mention.how == "description":
            return [Seen(self._description(seen), seen.sentence, seen.head)]
        return [seen]

    def _one(self, seen: Seen, found: Mention | None) -> list[Seen]:
        mention = seen.mention if found is None else self._standing_for(seen.mention, found)
        return [Seen(mention, seen.sentence, seen.head)]

    def _standing_for(self, mention: Mention, other: Mention) -> Mention:
        return msgspec.structs.replace(
            mention,
            actor=other.actor,
            actor_id=other.actor_id,
            country=other.country,
            sector=other.sector,
            office=other.office,
        )

    def _description(self, seen: Seen) -> Mention:
        """'The Russian defence minister' on a day, 'his Russian counterpart', 'the ministry', 'the paper'."""
        mention, noun = seen.mention, seen.head.lower_
        if mention.country is None and mention.actor is None:
            mention = self._possessed(seen)
            seen = Seen(mention, seen.sentence, seen.head)
        if mention.country is not None and mention.actor is None:
            return self._office_holder(seen)
        if mention.country is not None or mention.actor is not None:
            return mention
        for group in self.words.descriptions:
            if noun in group.nouns:
                for other in reversed(self.done):
                    if seen.sentence.index - other.sentence.index > LOOK_BACK * 3:
                        break
                    named = f"{other.mention.actor or ''} {other.mention.text}"
                    kind = (other.mention.actor_id or "").split(":")[0]
                    if kind in group.kinds and (group.named is None or re.search(group.named, named, re.IGNORECASE)):
                        return self._standing_for(mention, other.mention)
        if noun in self.words.states and self._is_definite(seen.head):
            found = self._last_state(seen)
            return self._standing_for(mention, found) if found else mention
        mention = self._title_alone(seen)
        if mention.country is None and mention.actor is None and noun in self.words.organs and self._is_definite(seen.head):
            return msgspec.structs.replace(mention, country=self._state_in_focus(seen))
        return mention

    def _state_in_focus(self, seen: Seen) -> str | None:
        """Whose 'the defence ministry' is: of the state that last acted, else of the state where the copy was filed."""
        for other in self._before(seen):
            if other.head.dep_ in (*SUBJECT, "poss") and other.mention.country and other.mention.sector != "JRN":
                return other.mention.country
        place = self.draft.article.dateline.place if self.draft.article.dateline else None
        filed = find_names(place.title()) if place else []
        return filed[0].country if filed else None

    def _possessed(self, seen: Seen) -> Mention:
        """'His government', 'its bombers': of the state that the pronoun stands for."""
        for owner in reversed(self.done):
            if owner.sentence.index != seen.sentence.index:
                break
            if owner.head.dep_ == "poss" and owner.head.head.i == seen.head.i and owner.mention.country:
                return msgspec.structs.replace(seen.mention, country=owner.mention.country)
        return seen.mention

    def _office_holder(self, seen: Seen) -> Mention:
        mention = seen.mention
        assert mention.country is not None
        role = self._role(mention.text)
        if seen.head.lower_ == "counterpart":
            owner = next(
                (s for s in reversed(self.done) if s.head.head.i == seen.head.i and s.head.dep_ == "poss"), None
            )
            role = self._role_of(owner.mention) if owner else None
        office = self.holders.office_for(role, mention.country) if role else None
        if office is None:
            return mention
        holder = self.holders.holder_of(office.id, self.day) if self.day else None
        return msgspec.structs.replace(
            mention,
            actor=holder.name if holder else None,
            actor_id=f"person:{holder.id}" if holder else None,
            office=office.name,
            sector=office.sector,
            how="office",
        )

    def _role(self, text: str) -> str | None:
        """The office that the end of a phrase names: 'the Russian | foreign minister'."""
        words = text.lower().split()
        for start in range(len(words)):
            role = self.holders.role_of_title(" ".join(words[start:]))
            if role is not None:
                return role
        return None

    def _role_of(self, mention: Mention) -> str | None:
        offices = {o.name: o.role for o in self.holders.offices.values()}
        return offices.get(mention.office or "")

    def _title_alone(self, seen: Seen) -> Mention:
        """'The president', 'the minister': the last person of this article whose office has that word."""
        noun = seen.head.lower_
        if noun in self.knowledge.titles and self._is_definite(seen.head):
            for person in reversed(list(self.persons.values())):
                if person.office and noun in person.office.lower().split():
                    return self._standing_for(seen.mention, person)
        return seen.mention

    def _is_definite(self, head: Token) -> bool:
        return any(c.dep_ == "det" and c.lower_ in ("the", "this", "that") for c in head.children)

    # --- what came before --------------------------------------------------------------------------------------

    def _before(self, seen: Seen) -> list[Seen]:
        """What was mentioned in this and the last sentences, latest sentence first, subjects first within each."""
        near = [s for s in self.done if seen.sentence.index - s.sentence.index <= LOOK_BACK]
        return sorted(near, key=lambda s: (-s.sentence.index, s.head.dep_ not in SUBJECT, -s.mention.start))

    def _last_person(self, seen: Seen) -> Mention | None:
        for other in self._before(seen):
            m = other.mention
            official = m.how in ("office", "description") and other.head.lower_ in self.knowledge.titles
            if (m.actor in self.persons or official) and other.head.i != seen.head.i and not self._same_clause_object(seen, other):
                return m
        return None

    def _same_clause_object(self, seen: Seen, other: Seen) -> bool:
        """'Kim met him': the object of a verb is not its subject."""
        return (
            seen.head.dep_ in ("dobj", "dative")
            and other.sentence.index == seen.sentence.index
            and other.head.dep_ in SUBJECT
            and other.head.head.i == seen.head.head.i
        )

    def _last_state(self, seen: Seen) -> Mention | None:
        """The last state, body or group that acted: 'it', 'its', 'the regime'."""
        for other in self._before(seen):
            if other.head.dep_ in (*SUBJECT, "poss") and other.mention.how != "pronoun":
                if other.mention.country and other.mention.actor not in self.persons and not is_place_use(other.head):
                    return other.mention
                if other.mention.actor_id and other.mention.actor_id.split(":")[0] in ("body", "group"):
                    return other.mention
        return None

    def _last_pair(self, seen: Seen, *, plural_pronoun: bool) -> list[Mention]:
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
            subjects = [s for s in here if s.head.dep_ in SUBJECT or self._joined_to_subject(s.head)]
            if plural_pronoun and subjects and len(_by_country(subjects)) == 1 and index < seen.sentence.index:
                return []
            for group in (subjects, here if not plural_pronoun or len(_by_country(here)) == 2 else []):
                pair = _by_country(group)
                if len(pair) == 2 or (plural_pronoun and len(pair) > 2 and group is subjects):
                    return pair
        if plural_pronoun:
            return []
        counts: dict[str, list[Mention]] = {}
        for s in self.done:
            if s.mention.country:
                counts.setdefault(s.mention.country, []).append(s.mention)
        top = sorted(counts.items(), key=lambda item: -len(item[1]))[:2]
        return [self._as_state(code, ms[-1]) for code, ms in top] if len(top) == 2 else []

    def _as_state(self, code: str, mention: Mention) -> Mention:
        state = self.knowledge.state(code)
        return msgspec.structs.replace(
            mention, actor=state.name, actor_id=f"state:{code}", country=code, sector="GOV", office=None
        )

    def _joined_to_subject(self, head: Token) -> bool:
        """'Kim and Lavrov met', 'Kim met with Lavrov': the second side of one act."""
        if head.dep_ == "conj":
            return head.head.dep_ in SUBJECT
        return head.dep_ in ("dobj",) or (head.dep_ == "pobj" and head.head.lower_ == "with")


def _by_country(group: list[Seen]) -> list[Mention]:
    """One mention of each country in the group: the first that says which person or body it is, else the first."""
    kept: dict[str, Mention] = {}
    for s in group:
        country = s.mention.country
        if country and (country not in kept or (kept[country].actor is None and s.mention.actor)):
            kept[country] = s.mention
    return list(kept.values())
