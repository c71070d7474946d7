"""What a study asks of an article: at which words, and of which pairs of sides, its types are to be told.

It looks at every trigger of the lexicon, at verbs between two sides, and at the study's own cues, so that what PLOVER
calls no event can be found as well. Apart from `coding`, which answers, because labels are made of the same questions.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from dragoman.coding.candidates import Candidates
from dragoman.coding.clauses import apart, find_sides
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.coding.learned.packing import Chars, Question
from dragoman.coding.learned.proposals import Pair, Proposal, pairs_before, pairs_within, proposals, unlisted
from dragoman.coding.relation import RelationTyper
from dragoman.coding.sides import Sides
from dragoman.model import Mention
from dragoman.studies.codebook import Codebook
from dragoman.studies.cues import CueFinder, Found

CUE: Final = 0.9  # how far a cue of the study is trusted as a trigger: as the lexicon's strong words


@dataclass(frozen=True, slots=True)
class Asked:
    """A pair at a trigger with the question about it: characters of `text`, which begins at `start` of the article.

    `cued`: whether a cue of the study stands at the trigger; `cues`: what the head reads of cues.
    """

    proposal: Proposal
    pair: Pair
    start: int
    text: str
    question: Question
    cued: bool
    cues: tuple[float, ...]


class Asker:
    """Finds a codebook's questions in parsed articles whose mentions are known."""

    def __init__(self, codebook: Codebook) -> None:
        self.finder = CueFinder(codebook)
        self.typer = RelationTyper()
        self.lexical = Candidates(self.typer)

    def asked(self, draft: Draft) -> list[list[Asked]]:
        """For each trigger of an article, the pairs of sides that are asked about."""
        sides = {s.index: Sides(draft, s) for s in draft.sentences}
        told: dict[int, dict[int, Candidate]] = {}
        for c in self.lexical.found((s, sides[s.index]) for s in draft.sentences):
            told.setdefault(c.sentence.index, {})[c.trigger.i] = c
        groups: list[list[Asked]] = []
        for sentence in draft.sentences:
            here = sides[sentence.index]
            if not here:
                continue
            hits = self.finder.found(sentence.tokens)
            known = list(proposals(sentence, here, self.typer, told.get(sentence.index, {})))
            for proposal in (*known, *_at_cues(sentence, here, hits, known)):
                groups.append([self._ask(draft, proposal, p, hits) for p in _pairs(proposal, draft, sides, hits)])
        return [group for group in groups if group]

    def _ask(self, draft: Draft, proposal: Proposal, pair: Pair, hits: Found) -> Asked:
        """The question about a pair, in its sentence with those before that its sides stand in."""
        sentence = proposal.sentence
        mentions = [side[0] for side in (pair.actors, pair.recipients) if side]
        first = draft.sentence_at(min(m.start for m in mentions))
        start = min(sentence.start, first.start if first is not None else sentence.start)
        at = sentence.offset(proposal.typed.trigger) - start

        def chars(side: list[Mention]) -> Chars | None:
            return (side[0].start - start, side[0].end - start) if side else None

        question = Question(chars(pair.actors), chars(pair.recipients), (at, at + len(proposal.typed.trigger)))
        text, tokens = draft.article.text[start : sentence.end], _tokens(proposal)
        cued = any(hit.token.i in tokens for hit in hits.hits)
        return Asked(proposal, pair, start, text, question, cued, tuple(self.finder.features(hits, tokens)))


def _pairs(proposal: Proposal, draft: Draft, sides: dict[int, Sides], hits: Found) -> list[Pair]:
    """The pairs of a trigger's sentence; at a cue of the study, one side alone and those named before as well."""
    pairs = pairs_within(proposal, sides[proposal.sentence.index].parties())
    if _tokens(proposal) & {hit.token.i for hit in hits.hits} and not proposal.complete:
        pairs += [p for p in pairs_before(proposal, draft, sides) if p.actors and p.recipients]
        if proposal.actors or proposal.recipients:
            pairs.append(Pair(proposal.actors, proposal.recipients, "clause"))
    return pairs


def _at_cues(sentence: Sentence, sides: Sides, hits: Found, known: Sequence[Proposal]) -> Iterator[Proposal]:
    """The study's cues that no trigger of the lexicon takes in, as triggers of their own."""
    taken = set(itertools.chain.from_iterable(map(_tokens, known)))
    for token in dict.fromkeys(hit.token for hit in hits.hits):
        if token.i in taken:
            continue
        typed = replace(unlisted(token), score=CUE)
        actors, recipients, _, _ = find_sides(sides, typed)
        actors, recipients = apart(actors, recipients, symmetric=False)
        yield Proposal(sentence, typed, True, actors, recipients, len(sides.parties()), None)


def _tokens(proposal: Proposal) -> frozenset[int]:
    return frozenset({proposal.typed.trigger.i, *(t.i for t in proposal.typed.reach)})
