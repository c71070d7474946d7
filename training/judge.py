"""Fits the weights by which candidates are judged: `python -m training.judge ARTICLES.jsonl [...] --to judging.json`.

Articles are labelled as those of `evaluation/` are. Every candidate that the relation model proposes in them is an
example, right where it tells a labelled event with its sides and type; logistic regression with a small ridge (Newton's
method), by the features of `dragoman.coding.learned.judging`. The least confidence kept is the highest that costs
little of the best F1.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from evaluation.gold import GoldArticle, article_of, read_gold
from evaluation.scoring import in_clause, sides_agree

from dragoman.coding.coder import who_steps
from dragoman.coding.draft import Candidate
from dragoman.coding.language import load_pipeline, parse
from dragoman.coding.learned.candidates import LearnedCandidates, candidate
from dragoman.coding.learned.judging import FEATURES, Judgement
from dragoman.coding.learned.model import RelationModel
from dragoman.coding.names import default_names
from dragoman.coding.relation import RelationTyper

RIDGE = 2.0
FOLDS = 5
SPARED = 0.01
Floats = npt.NDArray[np.float64]


def main() -> None:
    """Fit to the articles given and write the weights."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("articles", type=Path, nargs="+")
    options.add_argument("--model", type=Path, required=True, help="folder of the relation model")
    options.add_argument("--to", type=Path, required=True)
    chosen = options.parse_args()
    gold = [article for path in chosen.articles for article in read_gold(path)]
    neutral = Judgement(constant=0.0, weights=dict.fromkeys(FEATURES, 0.0), least=0.0)
    step = LearnedCandidates(RelationTyper(), RelationModel(chosen.model), neutral)
    groups = [group for label in gold for group in examples(label, step)]
    ids = sorted({label.id for label in gold})
    held: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        out = set(ids[fold::FOLDS])
        fitted = fit_twice([g for g in groups if g[0] not in out])
        held += [chosen_of(rows, *fitted) for label, rows in groups if label in out]
    chances, y = np.array([chance for chance, _ in held]), np.array([right for _, right in held], dtype=float)
    least = best_threshold(chances, y, sum(len(a.events) for a in gold))
    kept = chances >= least
    print(f"{len(gold)} articles, {len(y)} triggers, {int(y.sum())} right; least confidence {least:.2f}")
    error = calibration_error(chances, y)
    print(f"cross-validated: precision {y[kept].mean():.3f}, expected calibration error {error:.3f}")
    constant, weights = fit_twice(groups)
    for name, weight in zip(FEATURES, weights, strict=True):
        print(f"  {name:10} {weight:+.2f}")
    rounded = {name: round(float(w), 4) for name, w in zip(FEATURES, weights, strict=True)}
    fitted_all = Judgement(round(constant, 4), rounded, least)
    chosen.to.write_bytes(msgspec.json.format(msgspec.json.encode(fitted_all), indent=1) + b"\n")


Rows = list[tuple[list[float], bool]]


def examples(label: GoldArticle, step: LearnedCandidates) -> Iterator[tuple[str, Rows]]:
    """For each trigger of an article, the features of every pair asked about, and whether it tells a labelled event."""
    (draft,) = parse([article_of(label)], load_pipeline())
    for who in who_steps(default_names()):
        who(draft)
    for group in step.asked(draft, sure=1.0):
        yield label.id, [([j.features[n] for n in FEATURES], is_right(label, candidate(j, [], 1.0))) for j in group]


def is_right(label: GoldArticle, found: Candidate) -> bool:
    """Whether a candidate has the clause, the sides and the type of a labelled event."""
    return any(
        found.type in event.types
        and in_clause(label.text, event, found.start, found.end)
        and sides_agree(event, found.actors, found.recipients)
        for event in label.events
    )


def fit(x: Floats, y: Floats) -> tuple[float, Floats]:
    """Constant and weights of a logistic regression with a ridge on the weights."""
    full = np.hstack([np.ones((len(x), 1)), x])
    ridge = np.diag([0.0] + [RIDGE] * x.shape[1])
    beta = np.zeros(full.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-full @ beta))
        hessian = full.T @ (full * (p * (1 - p))[:, None]) + ridge
        step = np.linalg.solve(hessian, full.T @ (y - p) - ridge @ beta)
        beta += step
        if np.abs(step).max() < 1e-8:
            break
    return float(beta[0]), beta[1:]


def fit_twice(groups: list[tuple[str, Rows]]) -> tuple[float, Floats]:
    """Fit to all pairs; then to the best pair of each trigger by that fit, which is what is kept of it."""
    rows = [row for _, rows in groups for row in rows]
    first = fit(np.array([x for x, _ in rows]), np.array([y for _, y in rows], dtype=float))
    best = [max(rows, key=lambda row: _chance(row[0], *first)) for _, rows in groups]
    return fit(np.array([x for x, _ in best]), np.array([y for _, y in best], dtype=float))


def chosen_of(rows: Rows, constant: float, weights: Floats) -> tuple[float, bool]:
    """The chance of a trigger's best pair, and whether that pair is right."""
    best = max(rows, key=lambda row: _chance(row[0], constant, weights))
    return _chance(best[0], constant, weights), best[1]


def _chance(x: list[float], constant: float, weights: Floats) -> float:
    return float(1 / (1 + np.exp(-(constant + np.array(x) @ weights))))


def best_threshold(chances: Floats, y: Floats, events: int) -> float:
    """The highest confidence, in steps of 0.01, that costs at most `SPARED` of the best F1: precision is worth more.

    Each right candidate counts as one event found.
    """

    def f1(least: float) -> float:
        kept = chances >= least
        return 2 * float(y[kept].sum()) / max(1.0, float(kept.sum()) + events)

    steps = [round(0.01 * i, 2) for i in range(10, 80)]
    best = max(f1(least) for least in steps)
    return max(least for least in steps if f1(least) >= best - SPARED)


def calibration_error(chances: Floats, y: Floats, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width (Guo et al., 2017, arXiv:1706.04599)."""
    which = np.minimum((chances * bins).astype(int), bins - 1)
    parts = [which == b for b in range(bins) if (which == b).any()]
    return float(sum(p.sum() * abs(chances[p].mean() - y[p].mean()) for p in parts) / len(y))


if __name__ == "__main__":
    main()
