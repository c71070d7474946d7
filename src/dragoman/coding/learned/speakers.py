"""What a speaker says of others: words that judge, warn or demand, with whoever speaks for the one side.

"The reckless scheme of the allies", in a state's own commentary or in what its minister says, accuses the allies; the
one who accuses stands nowhere near. It takes the draft with its claims and gives further pairs to ask about, for
triggers that the lexicon knows and lack an actor, and for judging words that it does not know.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Token

from dragoman.coding.claims.chain import claim_containing
from dragoman.coding.clauses import side_of
from dragoman.coding.draft import Draft, Sentence
from dragoman.coding.learned.proposals import Pair, Proposal
from dragoman.coding.relation import Typed
from dragoman.coding.sides import Sides
from dragoman.coding.syntax import is_negated
from dragoman.coding.voice import home_state, issuer
from dragoman.knowledge.stances import load_stances
from dragoman.model import EventType, Mention

# What a speaker does to others by such words.
SPOKEN: frozenset[EventType] = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"})
# Acts that whoever says them of another accuses him of.
HOSTILE: frozenset[EventType] = frozenset({"ASSAULT", "COERCE", "REJECT", "SANCTION", "THREATEN"})
OPEN = frozenset({"VERB", "NOUN", "PROPN", "ADJ", "ADV", "AUX"})
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
        proposals.append(_voiced(sides, speakers, proposal) if lacking else proposal)
    proposals += _alleged(draft, speakers, found, taken)
    for sentence in draft.sentences:
        parties = len(sides[sentence.index].parties())
        typed = _judging(sentence, taken.get(sentence.index, ())) if parties and sentence.furniture is None else None
        if typed is not None:
            proposal = _voiced(sides, speakers, Proposal(sentence, typed, False, [], [], parties, None))
            proposals += [proposal] if proposal.voiced else []
    return sorted(proposals, key=lambda p: p.sentence.index)


def _alleged(
    draft: Draft, speakers: Speakers, found: Sequence[Proposal], taken: Mapping[int, Container[int]]
) -> Iterator[Proposal]:
    """What one side says that another has done to somebody: "said that Israel had breached the deal" accuses Israel."""
    seen: set[int] = set()
    for proposal in found:
        sentence, typed = proposal.sentence, proposal.typed
        told = typed.type in HOSTILE and bool(proposal.actors) and sentence.furniture is None
        verb = _said_by(draft, proposal) if told and not is_negated(typed.governor) else None
        if verb is None or verb.i in seen or verb.i in taken.get(sentence.index, ()):
            continue
        at = sentence.offset(typed.trigger)
        speaker = speakers.of(at, at + len(typed.trigger))
        whom = [m for m in proposal.actors if speaker is not None and side_of(m) != side_of(speaker)]
        if speaker is not None and speaker.text and whom:
            seen.add(verb.i)
            alleging = Typed("ACCUSE", None, False, verb, verb, verb.lemma_.lower(), 0.5, (verb, typed.trigger))
            yield Proposal(sentence, alleging, False, [], [], proposal.parties, None, Pair([speaker], whom, "voice"))


def _said_by(draft: Draft, proposal: Proposal) -> Token | None:
    """The verb of saying, in the same sentence, that a trigger is told by."""
    sentence = proposal.sentence
    at = sentence.offset(proposal.typed.trigger)
    claim = claim_containing(draft, at, at + len(proposal.typed.trigger))
    if claim is None or claim.cue is None or not sentence.start <= claim.cue.start < sentence.end:
        return None
    span = sentence.token_span(claim.cue.start, claim.cue.end)
    return span.root if span is not None and span.root.pos_ == "VERB" else None


def _judging(sentence: Sentence, taken: Container[int]) -> Typed | None:
    """The first judging word of a sentence, where it has any: the rest repeats or heightens it."""
    words = load_stances()
    for token in sentence.tokens:
        kind = words.get(token.lemma_.lower()) if token.pos_ in OPEN else None
        if kind is None or token.i in taken:
            continue
        governor = _clause_of(token)
        trigger = governor if kind == "REQUEST" else token
        if trigger.i not in taken:
            return Typed(kind, None, False, trigger, governor, trigger.lemma_.lower(), 0.5, (trigger, governor))
    return None


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


def _voiced(sides: Mapping[int, Sides], speakers: Speakers, proposal: Proposal) -> Proposal:
    at = proposal.sentence.offset(proposal.typed.trigger)
    speaker = speakers.of(at, at + len(proposal.typed.trigger))
    if speaker is None:
        return proposal
    told = [m for m in proposal.recipients if side_of(m) != side_of(speaker)]
    whom = told or _judged(sides[proposal.sentence.index], speaker, proposal)
    return replace(proposal, voiced=Pair([speaker], whom, "voice")) if whom else proposal


def _judged(sides: Sides, speaker: Mention, proposal: Proposal) -> list[Mention]:
    """Whom a judging word is about: the party of its sentence that stands nearest to it."""
    at = proposal.sentence.offset(proposal.typed.trigger)
    others = [m for m in sides.parties() if side_of(m) != side_of(speaker) and m.sector != "JRN"]
    return [min(others, key=lambda m: (abs(m.start - at), m.start))] if others else []
