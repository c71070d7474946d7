"""Fits the weights by which candidates are judged: `python -m training.judge ARTICLES.jsonl [...] --to judging.json`.

Articles are labelled as those of `evaluation/` are. Every candidate that the relation model proposes in them is an
example, right where it tells a labelled event with its sides and type; logistic regression with a small ridge (Newton's
method), by `dragoman.coding.learned.judging`'s features. The least confidence is the one with the best F1.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import msgspec
import numpy as np
import numpy.typing as npt
from evaluation.gold import GoldArticle, read_gold
from evaluation.scoring import in_clause, sides_agree

from dragoman.coding.coder import who_steps
from dragoman.coding.draft import Candidate
from dragoman.coding.language import load_pipeline, parse
from dragoman.coding.learned.candidates import LearnedCandidates
from dragoman.coding.learned.judging import FEATURES, Judgement
from dragoman.coding.learned.model import RelationModel
from dragoman.coding.names import default_names
from dragoman.coding.relation import RelationTyper
from dragoman.model import Article

RIDGE = 2.0
FOLDS = 5
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
    found = [example for label in gold for example in examples(label, step)]
    names = sorted(found[0][1])
    x = np.array([[features[n] for n in names] for _, features, _ in found])
    y = np.array([right for _, _, right in found], dtype=float)
    article = np.array([label.id for label, _, _ in found])
    chances = np.zeros(len(y))
    ids = sorted(set(article))
    for fold in range(FOLDS):
        out = np.isin(article, ids[fold::FOLDS])
        chances[out] = _chances(x[out], *fit(x[~out], y[~out]))
    least = best_threshold(chances, y, sum(len(a.events) for a in gold))
    print(f"{len(gold)} articles, {len(y)} candidates, {int(y.sum())} right; least confidence {least:.2f}")
    print(f"cross-validated expected calibration error {calibration_error(chances, y):.3f}")
    constant, weights = fit(x, y)
    for name, weight in zip(names, weights, strict=True):
        print(f"  {name:10} {weight:+.2f}")
    fitted = Judgement(float(constant), {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}, least)
    chosen.to.write_bytes(msgspec.json.format(msgspec.json.encode(fitted), indent=1) + b"\n")


def examples(label: GoldArticle, step: LearnedCandidates) -> Iterator[tuple[GoldArticle, dict[str, float], bool]]:
    """Every candidate of an article with its features, and whether it tells a labelled event."""
    article = Article(
        id=label.id, title=label.title, publisher=label.publisher, published=label.published, text=label.text
    )
    (draft,) = parse([article], load_pipeline())
    for who in who_steps(default_names()):
        who(draft)
    for judged in step.every(draft):
        yield label, judged.features, is_right(label, judged.candidate)


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


def _chances(x: Floats, constant: float, weights: Floats) -> Floats:
    return 1 / (1 + np.exp(-(constant + x @ weights)))


def best_threshold(chances: Floats, y: Floats, events: int) -> float:
    """The least confidence, in steps of 0.01, at which F1 is best; each right candidate counts as one event found."""

    def f1(least: float) -> float:
        kept = chances >= least
        return 2 * float(y[kept].sum()) / max(1.0, float(kept.sum()) + events)

    return max((round(0.01 * i, 2) for i in range(10, 80)), key=f1)


def calibration_error(chances: Floats, y: Floats, bins: int = 10) -> float:
    """Expected calibration error over bins of equal width (Guo et al., 2017, arXiv:1706.04599)."""
    which = np.minimum((chances * bins).astype(int), bins - 1)
    parts = [which == b for b in range(bins) if (which == b).any()]
    return float(sum(p.sum() * abs(chances[p].mean() - y[p].mean()) for p in parts) / len(y))


if __name__ == "__main__":
    main()
