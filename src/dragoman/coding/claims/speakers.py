"""Who a speaker is: the words as written, the actor and state by the mentions there, the name in a chain.

Separate because mentions are resolved before and without knowledge of claims: a document speaks for its maker, and
'the official' is the one who was quoted before.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence

from spacy.tokens import Token

from dragoman.coding.claims.heard import PERSONAL, PLURAL, PLURALS, Heard, Voice
from dragoman.coding.claims.makers import maker_before, maker_of
from dragoman.coding.claims.phrases import RELATIVES, noun_phrase, subject
from dragoman.coding.claims.phrases import source as phrase_of
from dragoman.coding.claims.statements import Range, Source, chars
from dragoman.coding.draft import Draft
from dragoman.coding.gender import Genders, titles_of
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.cues import Cues
from dragoman.knowledge.gender import Gender
from dragoman.knowledge.holders import load_holders
from dragoman.model import Mention, Speaker

ARTICLE = re.compile(r"^(?:the|an?|this|that|these|those)\s+", re.IGNORECASE)
NAME = re.compile(r"[^\W\d_][\w.’'-]*")
OWNERS = frozenset({"compound", "nmod", "poss"})
PRONOUNS = PERSONAL | PLURAL | {"it"}
LONGEST = 300  # characters of a mention, an upper bound for looking back


class Speakers:
    """Looks up the mentions of one article by place, and who has spoken; to be asked in order of the text."""

    def __init__(self, draft: Draft, cues: Cues) -> None:
        self.text = draft.article.text
        self.sentences = draft.sentences
        self.cues = cues
        self.heard = Heard(cues)
        self.genders = Genders(load_holders().persons)
        self.mentions = sorted(draft.mentions, key=lambda m: (m.start, -m.end))
        self.starts = [m.start for m in self.mentions]

    def resolve(self, source: Source, base: int) -> tuple[Speaker, str]:
        """The speaker of a source in the paragraph at `base`, and the name by which a chain calls him."""
        start, end = base + source.start, base + source.end
        mention = self._of(source, base)
        name, actor = self._name(source, base, mention), mention.actor if mention is not None else None
        if mention is not None and self._is_of_body(source, mention):
            actor = None  # 'UN officials' speak without their names
        actor = actor or self._outlet(self._phrase(source, base), mention)
        country = mention.country if mention is not None else self._country(self._phrase(source, base), source, base)
        before = self._before(source, base, mention)
        if before is not None:
            name, actor, country = before.name, before.actor, before.country or country
        self._remember(source, base, mention, name, actor, country)
        return Speaker(start=start, end=end, text=self.text[start:end], actor=actor, country=country), name

    def touching(self, start: int, end: int) -> list[Mention]:
        """Mentions that share a character with a stretch, in order."""
        first = bisect.bisect_left(self.starts, start - LONGEST)
        last = bisect.bisect_left(self.starts, end)
        return [m for m in self.mentions[first:last] if m.end > start]

    def _phrase(self, source: Source, base: int) -> Range:
        """The noun phrase that a source stands for: its own words, or those that 'who' goes back to."""
        if source.head is None or source.start <= source.head.idx < source.end:
            return base + source.start, base + source.end
        first, last = chars(source.head.doc, *noun_phrase(source.head))
        return base + first, base + last

    def _of(self, source: Source, base: int) -> Mention | None:
        """The mention that holds the head of the phrase, or of its apposition; any for a label without a parse.

        What a document or an outlet says ("the Tass report", "a statement by the ministry"), its owner says.
        """
        head = source.head
        if head is None:
            found = self.touching(base + source.start, base + source.end)
            return found[0] if found else None
        heads = [head, *(t for t in head.children if t.dep_ == "appos")]
        if head.lemma_.lower() in self.cues.vehicles:
            heads += [t for t in head.lefts if t.dep_ in OWNERS and t.lower_ not in RELATIVES][::-1]
            heads += [t for by in head.rights if by.lower_ in {"by", "from"} for t in by.children if t.dep_ == "pobj"]
        held: Mention | None = None
        for token in heads:
            holding = self._holding(token, base)
            if holding and (token == head or holding[0].how != "demonym"):
                found_ = next((m for m in holding if m.actor is not None), holding[0])
                if found_.actor is not None or found_.country is not None:
                    return found_
                held = held or found_
        return held

    def _holding(self, token: Token, base: int) -> list[Mention]:
        start, end = base + token.idx, base + token.idx + len(token)
        return [m for m in self.touching(start, end) if m.start <= start and end <= m.end]

    def _name(self, source: Source, base: int, mention: Mention | None) -> str:
        """What a chain calls the source: the actor's name, those of several, else the words of the text."""
        several = self._several(source, base, mention)
        if several is not None:
            return several
        phrase = self._phrase(source, base)
        outlet = self._outlet(phrase, mention)
        if outlet is not None:
            return outlet
        if mention is not None and mention.how == "metonym" and not _is_capital(mention):
            return plain(mention.text)  # 'the White House' says more of the source than 'United States'
        if mention is not None and mention.actor is not None and not self._is_of_body(source, mention):
            return mention.actor
        head = source.head
        named = next((t for t in head.rights if t.dep_ == "appos" and t.pos_ == "PROPN"), None) if head else None
        if head is not None and head.pos_ == "NOUN" and named is not None:
            first, last = chars(head.doc, *noun_phrase(named))
            return plain(self.text[base + first : base + last])
        return plain(self.text[slice(*phrase)])

    def _is_of_body(self, source: Source, mention: Mention) -> bool:
        """'UN officials' are people of the body and not the body itself."""
        head, kind = source.head, (mention.actor_id or "").partition(":")[0]
        unnamed = head is not None and head.lemma_.lower() in self.cues.unnamed | self.cues.spokespeople
        return unnamed and mention.how == "description" and kind in {"body", "group", "organ", "outlet"}

    def _several(self, source: Source, base: int, mention: Mention | None) -> str | None:
        """'Kim Jong Un and Vladimir Putin', of 'the two leaders' as of names side by side; None for a single source."""
        head = source.head
        if head is None or mention is None or self._phrase(source, base) != (base + source.start, base + source.end):
            return None
        same = [m for m in self.mentions if (m.start, m.end) == (mention.start, mention.end)]
        if len(same) > 1:
            return _listed([m.actor for m in same])
        joined = [t for t in head.conjuncts if t.i > head.i and t.idx < source.end]
        if not joined:
            return None
        held = [next((m for m in self._holding(t, base) if m.actor), None) for t in joined]
        names = _listed([mention.actor, *(m.actor if m is not None else None for m in held)])
        return names or plain(self.text[base + source.start : base + source.end].replace(",", "\0")).replace("\0", ",")

    def _outlet(self, phrase: Range, mention: Mention | None) -> str | None:
        """The outlet whose name stands in a description: 'the official Rodong Sinmun newspaper'."""
        if mention is None or mention.sector != "JRN" or mention.actor is not None:
            return None
        words = self.text[slice(*phrase)]
        names = {name: o.name for o in load_actors().outlets for name in (o.name, *o.names)}
        found = [name for name in names if name in words and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)]
        return names[max(found, key=len)] if found else None

    def _before(self, source: Source, base: int, mention: Mention | None) -> Voice | None:
        """Who spoke before and is meant again, or who made the document that speaks."""
        head = source.head
        if head is None or not source.start <= head.idx < source.end:
            return None
        at = base + source.start
        lemma, word = head.lemma_.lower(), head.lower_
        if word in PLURAL or mention is None or mention.actor is None:
            if lemma in self.cues.documents and not (mention is not None and mention.actor is not None):
                return self._maker(head, base, at)
            found = self.heard.of(head, at)
            if found is not None and (word not in PLURAL or mention is None or self._same_sentence(found.at, at)):
                return found
        elif word in PERSONAL:
            found = self.heard.of(head, at)
            return found if found is not None and _led_before(head, found.at - base) else None
        return None

    def _maker(self, head: Token, base: int, at: int) -> Voice | None:
        maker = maker_of(head, self.cues)
        made = (maker, base) if maker is not None else maker_before(head, base, self.sentences, self.cues)
        if made is None or made[0].lemma_.lower() in self.cues.documents:
            return self.heard.outlet(at)
        who = phrase_of(made[0])
        mention = self._of(who, made[1])
        name = self._name(who, made[1], mention)
        if mention is None or mention.actor is None:
            earlier = self.heard.of(made[0], at)
            if earlier is not None:
                return earlier
            if made[0].lower_ in PRONOUNS:
                return None
        actor, country = (mention.actor, mention.country) if mention is not None else (None, None)
        return Voice(at, name, actor, country, frozenset(), False, False, False, False)

    def _same_sentence(self, one: int, other: int) -> bool:
        return "\n" not in self.text[one:other] and ". " not in self.text[one:other]

    def _remember(
        self, source: Source, base: int, mention: Mention | None, name: str, actor: str | None, country: str | None
    ) -> None:
        head = source.head
        if head is None or head.lower_ in RELATIVES:
            return
        phrase = self.text[base + source.start : base + source.end]
        kind = (mention.actor_id or "").partition(":")[0] if mention is not None else ""
        words = frozenset(w.lower() for w in (*NAME.findall(phrase), *NAME.findall(name), head.lemma_))
        named = kind in {"person", "provisional"} or head.ent_type_ == "PERSON"
        people = self.cues.unnamed | self.cues.experts | self.cues.spokespeople
        self.heard.voices.append(
            Voice(
                at=base + source.start,
                name=name,
                actor=actor,
                country=country,
                words=words,
                person=named or head.lower_ in PERSONAL or head.lemma_.lower() in people,
                plural=head.tag_ in PLURALS or head.lower_ in PLURAL or " and " in name,
                outlet=mention is not None and mention.sector == "JRN",
                gender=self._gender(head, mention, name, country),
                learned=bool(words & self.cues.experts) or (named and (mention is None or mention.office is None)),
            )
        )

    def _gender(self, head: Token, mention: Mention | None, name: str, country: str | None) -> Gender | None:
        if head.lower_ in PERSONAL:
            return self.genders.words.pronouns[head.lower_]
        by_noun = self.genders.by_words(titles_of(head))
        if mention is None:
            return by_noun or self.genders.words.of_name(name, country)
        if mention.how == "description":
            return by_noun or self.genders.of(mention)
        return self.genders.of(mention) or by_noun

    def _country(self, phrase: Range, source: Source, base: int) -> str | None:
        """The one state that the phrase itself names ("a South Korean official"), not its apposition."""
        start, end = phrase
        comma = self.text.find(",", start, end)
        end = end if comma < 0 else comma
        if source.head is not None and source.head.pos_ == "PROPN":
            end = min(end, base + source.head.idx + len(source.head))
        countries = {m.country for m in self.touching(start, end) if m.country}
        return countries.pop() if len(countries) == 1 else None


def _led_before(pronoun: Token, at: int) -> bool:
    """Whether who spoke at a character of the paragraph is the subject of the sentence before the pronoun's."""
    first = pronoun.sent.start
    if first == 0 or not pronoun.doc[first - 1].sent.start_char <= at < pronoun.doc[first - 1].sent.end_char:
        return False
    head = subject(pronoun.doc[first - 1].sent.root)
    return head is not None and head.left_edge.idx <= at < head.idx + len(head)


def _listed(names: Sequence[str | None]) -> str | None:
    """'A, B and C'; None when one of them has no name, the name itself when all are the same."""
    known = [name for name in dict.fromkeys(names) if name is not None]
    if None in names or not known:
        return None
    return known[0] if len(known) == 1 else f"{', '.join(known[:-1])} and {known[-1]}"


def _is_capital(mention: Mention) -> bool:
    """Whether a state goes by its capital: 'Kyiv said' is Ukraine's word."""
    state = load_actors().by_code.get(mention.country or "")
    return state is not None and mention.text in state.capitals


def plain(words: str) -> str:
    """A phrase as a chain gives it: on one line, without article and apposition."""
    words = " ".join(words.split())
    return ARTICLE.sub("", words.split(",")[0]).strip(" \"'“”‘’")
