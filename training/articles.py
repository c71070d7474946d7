"""Labelled articles turned into questions with answers, as the coder asks them: its own triggers, pairs and passages.

Sentences teach what words mean; articles teach which of many pairs a text does not speak of. Kept apart from `rows`,
whose sentences come with their parties marked: here the coder's own steps find them, so its slips are learned with.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from evaluation.gold import GoldArticle, GoldEvent, article_of, read_gold
from evaluation.scoring import in_clause, sides_agree

from dragoman.coding.clauses import evidence
from dragoman.coding.coder import who_steps
from dragoman.coding.language import load_pipeline, parse
from dragoman.coding.learned.candidates import LearnedCandidates
from dragoman.coding.learned.judging import load_judgement
from dragoman.coding.learned.labels import NONE, STATUSES, TYPES
from dragoman.coding.learned.model import load_model
from dragoman.coding.learned.packing import Passage
from dragoman.coding.learned.proposals import Pair, Proposal, pairs_before, pairs_within, passage
from dragoman.coding.names import default_names
from dragoman.coding.relation import RelationTyper
from training.rows import MOST, Example, Row

NEGATIVES = 4.0  # questions answered NONE for each of the others: nearer to what the coder meets than in sentences


def read_articles(paths: Iterable[Path]) -> Iterator[Example]:
    """The examples of all labelled articles in the files; raises `InputError` for a bad line."""
    step = LearnedCandidates(RelationTyper(), load_model(), load_judgement())
    for path in paths:
        for label in read_gold(path):
            yield from examples_of(label, step)


def examples_of(label: GoldArticle, step: LearnedCandidates) -> Iterator[Example]:
    """An example for each passage that the coder would read of the article; no answer of a model goes into it."""
    (draft,) = parse([article_of(label)], load_pipeline())
    for who in who_steps(default_names()):
        who(draft)
    found, sides = step.proposed(draft)
    within = [(p, pair) for p in found for pair in pairs_within(p, sides[p.sentence.index].parties())]
    before = [(p, pair) for p in found for pair in pairs_before(p, draft, sides)]
    for asked in (within, before):
        for _, group in groupby(asked, key=lambda a: a[0].sentence.index):
            rows = list(group)
            for first in range(0, len(rows), MOST):
                part = rows[first : first + MOST]
                yield _example(label, part, passage(draft, part), [p for p, _ in rows])


def _example(
    label: GoldArticle, asked: Sequence[tuple[Proposal, Pair]], text: Passage, beside: Sequence[Proposal]
) -> Example:
    events, none = [], []
    for (proposal, pair), question in zip(asked, text.questions, strict=True):
        told = answer(label, proposal, pair, beside)
        if told is None:
            none.append(Row(question, NONE))
        elif told:
            kind = proposal.typed.type if proposal.typed.type in told[0].types else told[0].types[0]
            events.append(Row(question, TYPES.index(kind), STATUSES.index(told[0].status)))
    return Example(text.text, tuple(events), (), tuple(none), NEGATIVES)


def answer(label: GoldArticle, proposal: Proposal, pair: Pair, beside: Sequence[Proposal]) -> list[GoldEvent] | None:
    """The labelled events that a pair at a trigger tells; None for no event; an empty list where that is not clear.

    It is not clear where another trigger of the sentence (`beside`) fits the label better, since the clause of a label
    may hold several ("condemned the launch"), and where one side of a labelled event is asked about alone.
    """
    here = [event for event in label.events if _in(label, event, proposal)]
    if not here:
        return None
    if not (pair.actors and pair.recipients):
        return []
    told = [event for event in here if sides_agree(event, pair.actors, pair.recipients)]
    if not told:
        return None
    fitting = [event for event in told if proposal.typed.type in event.types]
    others = [event for event in told if not any(_names(label, event, other) for other in beside)]
    return fitting or others


def _names(label: GoldArticle, event: GoldEvent, proposal: Proposal) -> bool:
    return proposal.known and proposal.typed.type in event.types and _in(label, event, proposal)


def _in(label: GoldArticle, event: GoldEvent, proposal: Proposal) -> bool:
    return in_clause(label.text, event, *evidence(proposal.sentence, proposal.typed))
