"""How likely a candidate of the relation model is a right event: what the model says, weighed with where it stands.

A logistic regression of few weights, fitted by `training/judge.py` to whole articles of our own on which nothing else
is trained; its chances are the confidence of the events.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

import msgspec

from dragoman.coding.clauses import plainness, side_of
from dragoman.coding.draft import Candidate
from dragoman.coding.learned.model import Answer
from dragoman.coding.learned.proposals import Pair, Proposal
from dragoman.errors import KnowledgeError

FEATURES = (
    "something", "type", "plain", "agreed", "unlisted", "lexicon", "noun", "sentence", "before", "alone", "kept",
    "against", "crowd", "told", "told alike",
)  # fmt: skip
SUREST = 0.998  # chances beyond it count as this one


class Judgement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Weights by feature, and the least confidence of an event that is kept."""

    constant: float
    weights: dict[str, float]
    least: float

    def confidence(self, features: Mapping[str, float]) -> float:
        """The chance that a candidate with these features is right, 0 to 1."""
        total = self.constant + sum(self.weights[name] * value for name, value in features.items())
        return 1 / (1 + math.exp(-total))


def features_of(proposal: Proposal, pair: Pair, answer: Answer) -> dict[str, float]:
    """What is weighed of an answer, by the names of `FEATURES`."""
    typed, kind = proposal.typed, answer.type
    agreed = proposal.known and typed.type == kind
    told = proposal.told if proposal.told is not None and _same_sides(pair, proposal.told) else None
    kept, against = 0, 0
    for side, given in ((pair.actors, proposal.actors), (pair.recipients, proposal.recipients)):
        same = bool({side_of(m) for m in side} & {side_of(m) for m in given})
        kept += same
        against += bool(given) and not same
    return {
        "something": _odds(answer.something),
        "type": _odds(answer.chance),
        "plain": plainness(typed),
        "agreed": float(agreed),
        "unlisted": float(not proposal.known),
        "lexicon": typed.score if agreed else 0.0,
        "noun": float(typed.governor.pos_ in ("NOUN", "PROPN")),
        "sentence": float(pair.where == "sentence"),
        "before": float(pair.where == "before"),
        "alone": float(not (pair.actors and pair.recipients)),
        "kept": float(kept),
        "against": float(against),
        "crowd": math.log(max(1, proposal.parties)),
        "told": told.confidence if told is not None else 0.0,
        "told alike": float(told is not None and told.type == kind),
    }


def _same_sides(pair: Pair, told: Candidate) -> bool:
    """Whether the pair joins sides of an event that the lexicon tells, in its order or, where both act, in either."""
    ours, theirs = {side_of(m) for m in pair.actors}, {side_of(m) for m in pair.recipients}
    one, other = {side_of(m) for m in told.actors}, {side_of(m) for m in told.recipients}
    straight = bool(ours & one) == bool(one) and bool(theirs & other) == bool(other)
    return straight or (told.symmetric and bool(ours & other) and bool(theirs & one))


def _odds(chance: float) -> float:
    bounded = min(max(chance, 1 - SUREST), SUREST)
    return math.log(bounded / (1 - bounded))


@functools.cache
def load_judgement(path: Path | None = None) -> Judgement:
    """The weights that come with Dragoman, read once a process. Raises `KnowledgeError`."""
    file = path or Path(str(resources.files("dragoman.coding.learned"))) / "weights" / "judging.json"
    try:
        found = msgspec.json.decode(file.read_bytes(), type=Judgement)
    except (OSError, msgspec.MsgspecError) as error:
        raise KnowledgeError(f"{file}: {error}") from error
    if set(found.weights) != set(FEATURES):
        raise KnowledgeError(f"{file}: weights are wanted for {', '.join(FEATURES)}; fit them anew.")
    return found
