"""Possible events by the relation model: who does what to whom at each trigger, asked of all sides that may be meant.

It takes the same mentions and triggers as the lexicon's step (`coding.candidates`) and writes the same fields. Each
trigger is asked about with the sides that its sentence offers; where its clause leaves a side unsaid ("the talks lasted
two hours") and nothing sure was found, with those named shortly before. What the model calls NONE is no event.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from dragoman.coding.candidates import ACTOR_ALONE, RECIPIENT_ALONE, Candidates
from dragoman.coding.clauses import collapse, evidence, side_of
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.coding.learned.judging import Judgement, features_of
from dragoman.coding.learned.labels import NONE, TYPES
from dragoman.coding.learned.model import Answer, RelationModel
from dragoman.coding.learned.proposals import (
    Pair,
    Proposal,
    how_often,
    pairs_before,
    pairs_within,
    passage,
    proposals,
)
from dragoman.coding.learned.speakers import SPOKEN, with_speakers
from dragoman.coding.relation import RelationTyper
from dragoman.coding.sides import Sides
from dragoman.model import EventType, Mention

SURE = 0.6  # a confidence at which a side is not looked for in the sentences before
# The lexicon's share in the type: what sentences held out from training would have, and articles of ours.
LEXICON = 0.2
ALIKE = 0.75  # share of the best pair's confidence at which a further side of the sentence joins it


class Judged(NamedTuple):
    """A pair of sides at a trigger with the model's answer, what that is judged by, and the confidence."""

    proposal: Proposal
    pair: Pair
    answer: Answer
    features: dict[str, float]
    confidence: float


Group = list[Judged]


class LearnedCandidates:
    """The step that writes `draft.candidates` with the relation model."""

    def __init__(self, typer: RelationTyper, model: RelationModel, judgement: Judgement) -> None:
        self.typer = typer
        self.lexical = Candidates(typer)
        self.model = model
        self.judgement = judgement

    def __call__(self, draft: Draft) -> None:
        """Keep the best of what is asked at each trigger, where it is likely enough."""
        found = []
        for group in self.asked(draft, SURE):
            best = max(group, key=lambda j: j.confidence)
            if best.confidence >= self.judgement.least:
                found.append(candidate(best, group, self.judgement.least))
        for sentence in draft.sentences:
            draft.candidates += collapse(c for c in found if c.sentence is sentence)

    def asked(self, draft: Draft, sure: float) -> Iterator[Group]:
        """For each trigger all that was asked and may stand, judged.

        A trigger with an unsaid side is asked about with sides named before unless its sentence gave a `sure` answer.
        """
        found, sides = self.proposed(draft)
        parties = {index: s.parties() for index, s in sides.items()}
        often = how_often(sides)
        places = {index: s.places() for index, s in sides.items()}
        at = [(p, p.sentence.index) for p in found]
        within = self._ask(draft, [(p, pairs_within(p, parties[i], places[i])) for p, i in at])
        wanting = [
            p for p, group in zip(found, within, strict=True)
            if not p.complete and max((j.confidence for j in group), default=0.0) < sure
        ]  # fmt: skip
        before = self._ask(draft, [(p, pairs_before(p, draft, sides, often)) for p in wanting])
        later = {id(p): group for p, group in zip(wanting, before, strict=True)}
        for proposal, group in zip(found, within, strict=True):
            whole = group + later.get(id(proposal), [])
            if whole:
                yield whole

    def proposed(self, draft: Draft) -> tuple[list[Proposal], dict[int, Sides]]:
        """The triggers of an article, and the sides of each of its sentences by the sentence's index."""
        sides = {s.index: Sides(draft, s) for s in draft.sentences}
        told = self._told((s, sides[s.index]) for s in draft.sentences)
        found = [p for s in draft.sentences for p in proposals(s, sides[s.index], self.typer, told.get(s.index, {}))]
        return with_speakers(draft, sides, found), sides

    def _told(self, sentences: Iterable[tuple[Sentence, Sides]]) -> dict[int, dict[int, Candidate]]:
        """What the lexicon alone makes of an article: its candidates by sentence and trigger."""
        told: dict[int, dict[int, Candidate]] = {}
        for c in self.lexical.found(sentences):
            told.setdefault(c.sentence.index, {})[c.trigger.i] = c
        return told

    def _ask(self, draft: Draft, wanted: Sequence[tuple[Proposal, list[Pair]]]) -> list[Group]:
        """The answers to each proposal's pairs; each sentence is read once."""
        asked = [(p, pair) for p, pairs in wanted for pair in pairs]
        by_sentence = [list(group) for _, group in itertools.groupby(asked, key=lambda a: a[0].sentence.index)]
        answers = itertools.chain.from_iterable(self.model.answer(passage(draft, group) for group in by_sentence))
        return [[j for pair in pairs for j in self._judged(p, pair, next(answers))] for p, pairs in wanted]

    def _judged(self, proposal: Proposal, pair: Pair, answer: Answer) -> Iterable[Judged]:
        # Which acts may stand with one side is asked of the lexicon, so it also says what they are.
        alone = not (pair.actors and pair.recipients)
        answer = with_lexicon(answer, proposal, 1.0 if alone else LEXICON)
        if may_stand(answer.type, pair):
            features = features_of(proposal, pair, answer)
            yield Judged(proposal, pair, answer, features, self.judgement.confidence(features))


def with_lexicon(answer: Answer, proposal: Proposal, share: float) -> Answer:
    """The model's answer with the lexicon's share in the type, where the lexicon knows the trigger."""
    if not proposal.known:
        return answer
    types = answer.types.copy()
    by_lexicon = np.array([proposal.typed.scores[kind] for kind in TYPES], dtype=types.dtype)
    types[:NONE] = (1 - share) * types[:NONE] + share * types[:NONE].sum() * by_lexicon
    return answer._replace(types=types)


def may_stand(kind: EventType, pair: Pair) -> bool:
    """Whether the codebook lets an event of that type stand with these sides: both, or the one that it allows alone."""
    if pair.where == "voice" and kind not in SPOKEN:
        return False
    both = bool(pair.actors and pair.recipients)
    return both or bool((pair.actors and kind in ACTOR_ALONE) or (pair.recipients and kind in RECIPIENT_ALONE))


def candidate(best: Judged, group: Group, least: float) -> Candidate:
    """The event that the best pair of a trigger tells, with further sides of its sentence that are about as likely."""
    typed, kind = best.proposal.typed, best.answer.type
    start, end = evidence(best.proposal.sentence, typed)
    agreed = best.proposal.known and typed.type == kind
    actors, recipients = _joined(best, group, least)
    return Candidate(
        sentence=best.proposal.sentence,
        trigger=typed.trigger,
        start=start,
        end=end,
        actors=actors,
        recipients=recipients,
        type=kind,
        mode=typed.mode if agreed and typed.mode is not None else best.answer.mode(kind),
        symmetric=bool(recipients) and (typed.symmetric if agreed else kind == "CONSULT"),
        confidence=best.confidence,
    )


def _joined(best: Judged, group: Group, least: float) -> tuple[list[Mention], list[Mention]]:
    actors, recipients = list(best.pair.actors), list(best.pair.recipients)
    if best.pair.where != "sentence" or len(actors) != 1 or len(recipients) != 1:
        return actors, recipients
    taken = {side_of(m) for m in (*actors, *recipients)}
    for other in group:
        alike = other.answer.type == best.answer.type and other.confidence >= max(least, ALIKE * best.confidence)
        if not alike or other.pair.where != "sentence":
            continue
        a, r = other.pair.actors[0], other.pair.recipients[0]
        if side_of(a) == side_of(actors[0]) and side_of(r) not in taken:
            recipients.append(r)
            taken.add(side_of(r))
        elif side_of(r) == side_of(recipients[0]) and side_of(a) not in taken:
            actors.append(a)
            taken.add(side_of(a))
    return actors, recipients
