"""What a speaker says of others: words that judge, warn or demand, with whoever speaks for the one side.

"The reckless scheme of the allies", in a state's own commentary or in what its minister says, accuses the allies; the
one who accuses stands nowhere near. It takes the draft with its claims and gives further pairs to ask about, for
triggers that the lexicon knows and lack an actor, and for judging words that it does not know.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.coding.claims.chain import claim_containing
from dragoman.coding.clauses import side_of
from dragoman.coding.draft import Draft, Sentence
from dragoman.coding.learned.proposals import Pair, Proposal
from dragoman.coding.relation import Typed
from dragoman.coding.sides import Sides
from dragoman.coding.voice import home_state, issuer
from dragoman.knowledge.stances import load_stances
from dragoman.model import EventType, Mention

# What a speaker does to others by such words.
SPOKEN: frozenset[EventType] = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
OPEN = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "ADV", "AUX"})
MOST = 2  # judging words of a sentence that are asked about
BACK = 3  # sentences back to which those spoken of are looked for
STEPS = 6


class Speakers:
    """Who speaks at each place of an article: the speaker of the claim there, else the state whose words it is."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.home = home_state(draft.article) or issuer(draft)
        self.at = {(m.start, m.end): m for m in draft.mentions}

    def of(self, start: int, end: int) -> Mention | None:
        """The speaker of a stretch of the text where one with a state is known."""
        claim = claim_containing(self.draft, start, end)
        if claim is None:
            return self.home
        if claim.speaker is None:
            return None
        first, last = claim.speaker.start, claim.speaker.end
        found = self.at.get((first, last))
        if found is None or found.country is None:
            inside = (m for m in self.draft.mentions if first <= m.start and m.end <= last)
            found = next((m for m in inside if m.country), None)
        if found is not None and found.sector == "JRN" and self.home is not None and found.country == self.home.country:
            return self.home
        return found if found is not None and found.sector != "JRN" else None


def with_speakers(draft: Draft, sides: Mapping[int, Sides], found: Sequence[Proposal]) -> list[Proposal]:
    """An article's proposals with the pairs that speakers make, and those of judging words, in order of the text."""
    speakers = Speakers(draft)
    taken: dict[int, set[int]] = {}
    proposals: list[Proposal] = []
    for proposal in found:
        taken.setdefault(proposal.sentence.index, set()).update(t.i for t in proposal.typed.reach)
        lacking = proposal.known and not proposal.actors and proposal.typed.type in SPOKEN
        proposals.append(_voiced(draft, sides, speakers, proposal) if lacking else proposal)
    for sentence in draft.sentences:
        if sentence.furniture is None:
            for typed in _judging(sentence, taken.get(sentence.index, set())):
                parties = len(sides[sentence.index].parties())
                proposal = _voiced(draft, sides, speakers, Proposal(sentence, typed, False, [], [], parties, None))
                proposals += [proposal] if proposal.voiced else []
    return sorted(proposals, key=lambda p: p.sentence.index)


def _judging(sentence: Sentence, taken: set[int]) -> Iterator[Typed]:
    words = load_stances()
    seen: set[int] = set()
    number = 0
    for token in sentence.tokens:
        kind = words.get(token.lemma_.lower()) if token.pos_ in OPEN else None
        if kind is None or token.i in taken:
            continue
        governor = _clause_of(token)
        trigger = governor if kind == "REQUEST" else token
        if governor.i in seen or trigger.i in taken:
            continue
        seen.add(governor.i)
        number += 1
        if number > MOST:
            return
        yield Typed(kind, None, False, trigger, governor, trigger.lemma_.lower(), 0.5, (trigger, governor))


def _clause_of(token: Token) -> Token:
    """The verb of the clause that a word stands in, or the word itself."""
    step = token
    for _ in range(STEPS):
        if step.pos_ in ("VERB", "AUX") and step.dep_ not in ("aux", "auxpass", "amod"):
            return step
        if step.head.i == step.i:
            break
        step = step.head
    return token


def _voiced(draft: Draft, sides: Mapping[int, Sides], speakers: Speakers, proposal: Proposal) -> Proposal:
    at = proposal.sentence.offset(proposal.typed.trigger)
    speaker = speakers.of(at, at + len(proposal.typed.trigger))
    if speaker is None:
        return proposal
    told = [m for m in proposal.recipients if side_of(m) != side_of(speaker)]
    whom = told or _judged(draft, sides, speaker, proposal)
    return replace(proposal, voiced=Pair([speaker], whom, "voice")) if whom else proposal


def _judged(draft: Draft, sides: Mapping[int, Sides], speaker: Mention, proposal: Proposal) -> list[Mention]:
    """Whom a judging word is about: the party of its sentence that stands nearest to it, else the last one named."""
    sentence = proposal.sentence
    at = sentence.offset(proposal.typed.trigger)
    others = [m for m in sides[sentence.index].parties() if side_of(m) != side_of(speaker) and m.sector != "JRN"]
    if others:
        return [min(others, key=lambda m: (abs(m.start - at), m.start))]
    if speaker.text:
        return []  # in what somebody is quoted with, only whom it names
    for earlier in reversed(draft.sentences[max(0, sentence.index - BACK) : sentence.index]):
        for m in reversed(sides[earlier.index].parties()):
            if side_of(m) != side_of(speaker) and m.sector != "JRN":
                return [m]
    return []
