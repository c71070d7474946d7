"""Where actors are named: names from the knowledge, persons found by the parser's entity recogniser, and noun phrases.

A noun phrase counts as one mention with its state: 'Russian Foreign Minister Sergei Lavrov', 'Russian troops',
"South Korea's Unification Ministry". The name of the state inside it is then no mention of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from spacy.tokens import Token

from dragoman.coding.draft import Draft, Sentence
from dragoman.coding.names import Atom, Names, default_names
from dragoman.coding.seen import is_definite
from dragoman.coding.voice import home_state
from dragoman.knowledge.coreference import load_coreference
from dragoman.model import How, Mention

STATE_KINDS = frozenset({"state", "capital", "metonym", "adjective", "demonym"})
MODIFIERS = frozenset({"amod", "compound", "nmod", "poss", "nummod", "det"})
BELONGING = frozenset({"of", "for", "at", "from"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss", "conj", "appos", "ROOT"})
NUMBERS = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"})
FIELDS = frozenset({"affairs", "defence", "defense"})
LONGEST_NOUN_LIKE = 5
LONGEST_TITLE = 4  # words
HOW: dict[str, How] = {"adjective": "demonym", "demonym": "demonym", "metonym": "metonym", "capital": "metonym"}


@dataclass(slots=True)
class Found:
    """A mention in the making: its tokens' characters in the paragraph, the head, and what is known of it."""

    start: int
    end: int
    head: Token
    how: How
    actor: str | None = None
    actor_id: str | None = None
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    absorbed: set[int] = field(default_factory=set)  # where the names begin that are part of this mention
    title: range = range(0)  # tokens of the title in front of a person's name


class Mentions:
    """The step that writes `draft.mentions`, each as far known as its own sentence tells."""

    def __init__(self, names: Names | None = None) -> None:
        self.names = names or default_names()

    def __call__(self, draft: Draft) -> None:
        """Find the mentions of all sentences, in order of the text."""
        found: list[tuple[Sentence, Found]] = []
        about = {a.country for a in self.names.find(f"{draft.article.title or ''}\n{draft.article.text}") if a.country}
        across = {other for country in about for other in load_coreference().across.get(country, ())}
        atoms_of: dict[int, list[Atom]] = {}
        called = _words_of_persons(draft)
        home = home_state(draft.article, self.names)
        adjectives = load_coreference().own_adjectives if home is not None else {}
        own = {a: home.country for a, codes in adjectives.items() if home is not None and home.country in codes}
        for sentence in draft.sentences:
            if sentence.base not in atoms_of:
                atoms_of[sentence.base] = self.names.find(sentence.tokens.doc.text, about, across)
            parts = SentenceMentions(sentence, atoms_of[sentence.base], self.names, called, own)
            found += [(sentence, f) for f in parts.find()]
        found.sort(key=lambda pair: (pair[0].base + pair[1].start, -pair[1].end))
        draft.mentions = [
            Mention(
                id=f"m{number}",
                start=sentence.base + f.start,
                end=sentence.base + f.end,
                text=draft.article.text[sentence.base + f.start : sentence.base + f.end],
                actor=f.actor,
                actor_id=f.actor_id,
                country=f.country,
                sector=f.sector,
                office=f.office,
                how=f.how,
            )
            for number, (sentence, f) in enumerate(found)
        ]


class SentenceMentions:
    """The mentions of one sentence, from the names in it and its parse."""

    def __init__(
        self,
        sentence: Sentence,
        atoms: list[Atom],
        names: Names,
        called: frozenset[str],
        own: Mapping[str, str | None] | None = None,
    ) -> None:
        self.called = called
        self.own = own or {}  # adjectives that in this article mean its own state, 'Korean'
        self.tokens = sentence.tokens
        self.knowledge = names.known.actors
        self.holders = names.known.holders
        self.words = load_coreference()
        first, last = self.tokens.start_char, self.tokens.end_char
        self.atoms = [a for a in atoms if first <= a.start and a.end <= last]
        self.atoms_at: dict[int, list[Atom]] = {}
        self._agents: dict[int, str | None] = {}
        for atom in self.atoms:
            span = self.tokens.doc.char_span(atom.start, atom.end, alignment_mode="expand")
            for token in span or ():
                self.atoms_at.setdefault(token.i, []).append(atom)

    def find(self) -> list[Found]:
        """All mentions of the sentence; names that are part of a longer mention are left out."""
        persons = list(self._persons())
        taken = {t for f in persons for t in (*self._token_indices(f), *f.title)}
        absorbed_by_name: set[int] = set()
        # "His Russian counterpart, Sergei Lavrov": the name stands for the phrase that it explains.
        explained = {f.head.head.i for f in persons if f.head.dep_ == "appos"}
        phrases = list(self._phrases())
        for f in phrases:
            if f.head.i in explained:
                taken.add(f.head.i)
                absorbed_by_name |= f.absorbed
        phrases = [f for f in phrases if f.head.i not in taken]
        absorbed = absorbed_by_name.union(*(f.absorbed for f in persons + phrases))
        for f in persons + phrases:
            absorbed |= {a.start for i in (*self._token_indices(f), *f.title) for a in self.atoms_at.get(i, ())}
        names = [self._name(a) for a in self.atoms if a.kind != "person" and a.start not in absorbed]
        names = [f for f in names if f.head.ent_type_ != "PERSON" or f.head.text not in self.knowledge.ambiguous]
        return [*persons, *phrases, *names]

    def _token_indices(self, found: Found) -> range:
        span = self.tokens.doc.char_span(found.start, found.end, alignment_mode="expand")
        return range(span.start, span.end) if span is not None else range(0)

    # --- persons -----------------------------------------------------------------------------------------------

    def _persons(self) -> Iterator[Found]:
        known = [a for a in self.atoms if a.kind == "person"]
        for atom in known:
            span = self.tokens.doc.char_span(atom.start, atom.end, alignment_mode="expand")
            if span is None:
                continue
            found = Found(atom.start, atom.end, span.root, "name", atom.actor, atom.actor_id, atom.country, atom.sector)
            yield self._with_office(found, span.start)
        covered = {i for i, atoms in self.atoms_at.items() if any(a.kind == "person" for a in atoms)}
        named = {i for i, atoms in self.atoms_at.items() if any(a.kind != "person" for a in atoms)}
        for entity in self.tokens.ents:
            indices = set(range(entity.start, entity.end))
            if not self._may_be_person(entity.label_, entity.text) or indices & covered:
                continue
            words = [t for t in entity if t.text not in ("'s", "’s") and t.i not in named]
            while words and self._is_title(words[0]):
                words.pop(0)
            if not words or not words[0].text[:1].isupper():
                continue
            start, end = words[0].idx, words[-1].idx + len(words[-1])
            text = self.tokens.doc[words[0].i : words[-1].i + 1].text
            root = words[-1] if words[-1].i == entity.root.i or entity.root not in words else entity.root
            yield self._with_office(Found(start, end, root, "name", text), words[0].i)
        for token in self.tokens:
            if not token.ent_type_ and token.i not in self.atoms_at and self._is_lone(token):
                yield self._with_office(Found(token.idx, token.idx + len(token), token, "name", token.text), token.i)

    def _is_lone(self, token: Token) -> bool:
        """A family name of a known person that the recogniser overlooked, with no other name beside it."""
        doc = self.tokens.doc
        beside = [doc[i] for i in (token.i - 1, token.i + 1) if self.tokens.start <= i < self.tokens.end]
        if any(t.pos_ == "PROPN" and not self._is_title(t) for t in beside) or not token.text[:1].isupper():
            return False
        # The tagger takes some rare names for common nouns; a short one may really be a noun ('Song', 'Park').
        if token.pos_ != "PROPN" and not (token.pos_ == "NOUN" and len(token) > LONGEST_NOUN_LIKE):
            return False
        return token.dep_ in ARGUMENTS and (token.text in self.called or bool(self.holders.persons_named(token.text)))

    def _may_be_person(self, label: str, text: str) -> bool:
        """PERSON, or a lone family name of a known person that the recogniser took for something else ('Biden')."""
        if label == "PERSON":
            return True
        return label not in NUMBERS and (text in self.called or bool(self.holders.persons_named(text.strip())))

    def _is_title(self, token: Token) -> bool:
        if token.text in self.knowledge.ranks or token.text in self.knowledge.honorifics:
            return True
        return self._agent(token) is not None

    def _with_office(self, found: Found, first: int) -> Found:
        """Add country, sector and office from the title in front of the name or the apposition beside it."""
        doc, head = self.tokens.doc, found.head
        left = first
        while (
            left > self.tokens.start
            and doc[left - 1].pos_ in ("PROPN", "NOUN", "ADJ", "PART")
            and (doc[left - 1].dep_ in MODIFIERS or doc[left - 1].dep_ in ("case", "appos", "nsubj"))
            and self._same_phrase(doc[left - 1], head)
        ):
            left -= 1
        if left < first:
            self._read_title(found, list(doc[left:first]))
            found.title = range(left, first)
        for child in head.children:
            if child.dep_ == "appos" and child.i > head.i and child.pos_ in ("NOUN", "PROPN"):
                for noun in (child, *child.conjuncts):
                    self._read_title(found, sorted(self._phrase_tokens(noun), key=lambda t: t.i))
        if head.dep_ == "appos" and head.head.pos_ in ("NOUN", "PROPN") and head.head.i < head.i:
            self._read_title(found, sorted(self._phrase_tokens(head.head), key=lambda t: t.i))
        return found

    def _same_phrase(self, token: Token, head: Token) -> bool:
        """Whether a token before the name hangs on the name: 'Russian Foreign Minister | Sergei Lavrov'."""
        step = token
        while step.i != head.i and step.dep_ in (*MODIFIERS, "case"):
            step = step.head
        return step.i == head.i

    def _phrase_tokens(self, noun: Token) -> Iterator[Token]:
        """The noun, its modifiers and what it belongs to ('of the Russian Federation'), without clauses."""
        yield noun
        for child in noun.children:
            if child.dep_ in MODIFIERS:
                yield from self._phrase_tokens(child)
            elif child.dep_ == "prep" and child.lower_ in BELONGING:
                yield child
                for grandchild in child.children:
                    yield from self._phrase_tokens(grandchild)

    def _read_title(self, found: Found, tokens: list[Token]) -> None:
        words = [t.text for t in tokens]
        lowered = " ".join(words).lower()
        country = next((a.country for t in tokens for a in self.atoms_at.get(t.i, ()) if a.country), None)
        body = next(
            (a for t in tokens for a in self.atoms_at.get(t.i, ()) if a.kind in ("body", "organ", "group")), None
        )
        titles = [t for t in tokens if self._is_title(t)]
        if not titles and country is None and body is None:
            return
        found.country = found.country or country
        if body is not None and found.sector is None:
            found.sector = body.sector
        former = any(w in self.knowledge.former for w in lowered.split())
        if former:
            found.sector = "ELI"
        elif found.sector is None and titles:
            found.sector = self._agent(titles[-1]) or self.knowledge.ranks.get(titles[-1].text)
        if found.office is None and titles and not former:
            found.office = self._office(found, tokens)

    def _office(self, found: Found, tokens: list[Token]) -> str | None:
        """The office that the text gives, under its name in the knowledge where it is known."""
        bare = [t.lower_ for t in tokens if not self.atoms_at.get(t.i) and t.text not in ("'s", "’s", "the")]
        if not bare or found.country is None:
            return None
        for start in range(len(bare)):
            role = self.holders.role_of_title(" ".join(bare[start:]))
            office = self.holders.office_for(role, found.country) if role is not None else None
            if office is not None:
                return office.name
        return None

    # --- noun phrases ------------------------------------------------------------------------------------------

    def _phrases(self) -> Iterator[Found]:
        """'Russian troops', 'the NATO chief', 'the president of Nepal', 'its embassy', and bare 'the ministry'."""
        for token in self.tokens:
            if token.pos_ not in ("NOUN", "PROPN"):
                continue
            sector = self._agent_sector(token)
            if sector is not None and token.dep_ == "pobj" and self._names_field(token):
                continue
            if sector is None:
                if token.lower_ in self.words.standing and is_definite(token) and token.i not in self.atoms_at:
                    yield Found(token.idx, token.idx + len(token), token, "description")
                continue
            owners, left = self._owners(token)
            if token.dep_ in ("compound", "amod", "nmod") and not owners:
                continue
            end = token.idx + len(token)
            if not owners:
                home = next((self.own[c.lower_] for c in token.children if c.lower_ in self.own), None)
                yield Found(self._start(token, left), end, token, "description", country=home, sector=sector)
            for owner in owners:
                state = owner.kind in STATE_KINDS or owner.kind == "organ"
                yield Found(
                    self._start(token, left),
                    end,
                    token,
                    "description",
                    actor=None if state else owner.actor,
                    actor_id=None if state else owner.actor_id,
                    country=owner.country,
                    sector=sector if state else owner.sector,
                    absorbed={a.start for a in owners},
                )

    def _names_field(self, token: Token) -> bool:
        """'The Ministry of Foreign | Affairs': what an organ is for is no agent of its own."""
        organ = token.head.head
        return token.lower_ in FIELDS and self._agent_sector(organ) is not None

    def _agent_sector(self, token: Token) -> str | None:
        end = token.idx + len(token)
        for atom in self.atoms_at.get(token.i, ()):
            # 'Democratic | People's Republic of Korea', 'Soviet | Union': words of a state's name are nobody's people.
            part = (atom.start < token.idx or atom.end > end) and not atom.contextual
            if atom.kind not in STATE_KINDS or part:
                return None
        return self._agent(token)

    def _agent(self, token: Token) -> str | None:
        """The sector of the agent, organ or title that ends with this noun: 'troops', 'foreign ministry'."""
        if token.i not in self._agents:
            self._agents[token.i] = self._looked_up(token)
        return self._agents[token.i]

    def _looked_up(self, token: Token) -> str | None:
        doc, knowledge = self.tokens.doc, self.knowledge
        first = max(self.tokens.start, token.i - LONGEST_TITLE + 1)
        text, begin = doc[first : token.i + 1].text.lower(), doc[first].idx
        for at in range(first, token.i + 1):
            words = text[doc[at].idx - begin :]
            entry = knowledge.titles.get(words) or knowledge.title_plurals.get(words) or knowledge.patterns.get(words)
            sector = entry.sector if entry else knowledge.agents.get(words)
            if sector:
                return sector
        entry = knowledge.titles.get(token.text)
        return entry.sector if entry else None

    def _start(self, token: Token, left: int) -> int:
        while left < token.i and self.tokens.doc[left].is_space:
            left += 1
        return int(self.tokens.doc[left].idx)

    def _owners(self, token: Token) -> tuple[list[Atom], int]:
        """The names that say whose the agent is, and the first token of the phrase."""
        owners: list[Atom] = []
        left = token.i
        for child in token.children:
            if child.i < token.i and child.dep_ in MODIFIERS:
                part = [t for t in child.subtree if t.i < token.i and t.dep_ not in ("relcl", "prep", "pobj")]
                here = [a for t in part for a in self.atoms_at.get(t.i, ()) if a.kind != "person"]
                owners += [a for a in here if a not in owners]
                if here or child.dep_ != "det":
                    left = min(left, *(t.i for t in part)) if part else left
        if not owners:
            for child in token.children:
                if child.dep_ == "prep" and child.lower_ in BELONGING:
                    for noun in child.children:
                        for each in (noun, *noun.conjuncts):
                            owners += [
                                a
                                for t in self._phrase_tokens(each)
                                for a in self.atoms_at.get(t.i, ())
                                if a.kind != "person" and a not in owners
                            ]
        kept: list[Atom] = []
        for atom in owners:
            if all(atom.country != other.country or atom.country is None for other in kept):
                kept.append(atom)
        return kept, left

    # --- names -------------------------------------------------------------------------------------------------

    def _name(self, atom: Atom) -> Found:
        span = self.tokens.doc.char_span(atom.start, atom.end, alignment_mode="expand")
        head = span.root if span is not None else self.tokens.root
        return Found(
            atom.start, atom.end, head, HOW.get(atom.kind, "name"), atom.actor, atom.actor_id, atom.country, atom.sector
        )


def _words_of_persons(draft: Draft) -> frozenset[str]:
    """First and last words of the full names of persons in an article: by these alone it calls them later on."""
    names = [
        [t.text for t in entity if t.text not in ("'s", "’s")]
        for sentence in draft.sentences
        for entity in sentence.tokens.ents
        if entity.label_ == "PERSON"
    ]
    return frozenset(w for words in names if len(words) > 1 for w in (words[0], words[-1]) if len(w) > 2)
