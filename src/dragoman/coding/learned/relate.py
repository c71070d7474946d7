"""Relations whose two sides are given, typed by the lexicon and the relation model together.

The model is asked twice, without a trigger (marks inside the text) and with the one that the lexicon chose and its type
as a hint; its mean and the lexicon's chances are then mixed.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dragoman.coding.learned.labels import NONE, STATUSES
from dragoman.coding.learned.model import Answer, Floats, RelationModel
from dragoman.coding.learned.packing import Chars, Passage, Question
from dragoman.coding.relate import Related
from dragoman.knowledge.ontology import TYPES

# The lexicon's share of the mixture. Sentences held out from training would have less of it (0.2), public ones on which
# the lexicon was written more (0.6 and above): docs/evaluation.md.
LEXICON = 0.6


def relate_with_model(
    rows: Sequence[tuple[str, Chars, Chars]], by_lexicon: Sequence[Related], model: RelationModel
) -> list[Related]:
    """The relations of a batch of (text, actor, recipient), given what the lexicon says of each."""
    passages = []
    for (text, actor, recipient), related in zip(rows, by_lexicon, strict=True):
        plain = Question(actor, recipient, None)
        hinted = plain if related.at is None else plain._replace(trigger=related.at, hint=TYPES.index(related.type))
        passages += [Passage(text, (plain,), inline=True), Passage(text, (hinted,), inline=True)]
    answers = [answer for (answer,) in model.answer(passages)]
    return [_mixed(related, [_given(a) for a in answers[2 * i : 2 * i + 2]]) for i, related in enumerate(by_lexicon)]


def _given(answer: Answer) -> Floats:
    """The chances of the sixteen types, given that the sides do something to each other.

    A relation has no status, so what that would say goes into the type: a meeting to come counts as the promise of
    it, an agreement or a meeting that was not made as a refusal.
    """
    given: Floats = answer.types[:NONE] / answer.types[:NONE].sum()
    planned, denied = (float(answer.statuses[STATUSES.index(s)]) for s in ("planned", "denied"))
    agree, consult, reject = (TYPES.index(t) for t in ("AGREE", "CONSULT", "REJECT"))
    given[agree] += planned * given[consult]
    given[reject] += denied * (given[agree] + given[consult])
    given[consult] *= 1 - min(1.0, planned + denied)
    given[agree] *= 1 - denied
    chances: Floats = given / given.sum()
    return chances


def _mixed(related: Related, chances: list[Floats]) -> Related:
    learned = np.mean(chances, axis=0)
    scores = {kind: LEXICON * related.scores[kind] + (1 - LEXICON) * float(learned[i]) for i, kind in enumerate(TYPES)}
    best = max(TYPES, key=lambda kind: scores[kind])
    return Related(best, scores, related.trigger, related.at)
