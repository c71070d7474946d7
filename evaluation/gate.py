"""The gate: coding must do at least as well on our labelled articles, mentions and sentences as `floors.json` says.

`python -m evaluation.gate` checks; `--update` raises floors to what was reached; `--update --lower` may lower them too.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from dragoman import Coder, read
from dragoman.model import Article
from evaluation import attributions, dates_gold, incidents_gold, mentions, places_gold, status_gold
from evaluation.attributions_gold import read_rows
from evaluation.gold import GoldArticle, article_of, read_gold
from evaluation.scoring import score

HERE = Path(__file__).parent
GOLD = HERE / "dispatches.gold.jsonl"
HARD = HERE / "hard.gold.jsonl"
FLOORS = HERE / "floors.json"
# Every labelled file: the floors hold for these labels and no others.
LABELS = (GOLD, HARD, mentions.GOLD, dates_gold.GOLD, status_gold.GOLD, places_gold.GOLD, incidents_gold.GOLD)
DISPATCHES = HERE.parent / "examples" / "dispatches"
# Parsers differ in the last digit between processors; two events more or fewer of 288 move F1 by 0.007.
SLACK = 0.01


def main() -> int:
    """Score, compare with the floors, and print what was found; 1 when a floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--update", action="store_true", help="raise the floors to what was reached")
    parser.add_argument("--lower", action="store_true", help="with --update: lower floors as well")
    options = parser.parse_args()
    gold = read_gold(GOLD)
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in LABELS)).hexdigest()[:16]
    coder = Coder()
    coded = {c.article.id: c for c in coder.code_many(articles_of(gold))}
    reached = score(gold, coded)
    hard = read_gold(HARD)
    on_hard = score(hard, {c.article.id: c for c in coder.code_many(map(article_of, hard))})
    reached |= {f"hard {name}": on_hard[name] for name in ("event precision", "event F1", "sides found")}
    said = attributions.shares(attributions.total(read_rows(GOLD), coded))
    reached |= {"speakers named": said["speakers named right, of found"], "quotations": said["direct quotations, F1"]}
    reached |= mentions.shares(mentions.score(mentions.read_mentions(mentions.GOLD)))
    reached |= dates_gold.shares(dates_gold.score(dates_gold.read_dates()))
    reached |= status_gold.shares(status_gold.score(status_gold.read_status()))
    reached |= places_gold.shares(places_gold.score(places_gold.read_places()))
    reached |= incidents_gold.shares(incidents_gold.score(incidents_gold.read_incidents()))
    pinned: dict[str, Any] = {"gold": digest, "floors": {}}
    if FLOORS.exists():
        pinned = json.loads(FLOORS.read_text("utf-8"))
    if options.update:
        return _update(pinned["floors"], reached, digest, lower=options.lower)
    if pinned["gold"] != digest:
        print("The labels have changed since the floors were set: run with --update.")
        return 1
    missed = [name for name, floor in pinned["floors"].items() if reached[name] < floor - SLACK]
    for name, value in reached.items():
        print(
            f"{name:20} {value:.3f}   floor {pinned['floors'].get(name, 0):.3f}{'   MISSED' if name in missed else ''}"
        )
    return 1 if missed else 0


def articles_of(gold: list[GoldArticle]) -> list[Article]:
    """The dispatches that are labelled, as they are read for coding; a changed text is an error."""
    articles = {a.id: a for a in read([DISPATCHES])}
    for label in gold:
        if label.id not in articles or articles[label.id].text != label.text:
            sys.exit(f"The dispatch labelled as {label.id} is missing or its text has changed: label it again.")
    return [articles[label.id] for label in gold]


def _update(floors: dict[str, float], reached: dict[str, float], digest: str, *, lower: bool) -> int:
    new = {name: round(value, 3) for name, value in reached.items()}
    fallen = [name for name, value in new.items() if value < floors.get(name, 0.0) - SLACK]
    if fallen and not lower:
        print(f"Floors would fall: {', '.join(fallen)}. Give --lower to do that, and say so in the commit.")
        return 1
    if not lower:
        new = {name: max(value, floors.get(name, 0.0)) for name, value in new.items()}
    FLOORS.write_text(json.dumps({"gold": digest, "floors": new}, indent=1) + "\n", "utf-8")
    print(f"Floors set: {new}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
