"""What the relation model costs: `python -m benchmarks.relations ARTICLES [--limit N]`.

Prints, on one process and one thread: pairs typed a second by the model alone; articles coded a second with the model
and by the lexicon alone (`--fast`), and their ratio. Processor time is counted, so a busy machine matters less.
ARTICLES is anything that `dragoman code` reads.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable
from pathlib import Path

from training.sentences import read_sentences

from dragoman import Coder, read
from dragoman.coding.learned.model import load_model
from dragoman.coding.learned.packing import Passage, Question

RELATIONS = Path(__file__).parent.parent / "training" / "relations"
WARM = 3


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("articles")
    options.add_argument("--limit", type=int, default=100)
    chosen = options.parse_args()
    passages = pairs()
    model = load_model()
    list(model.answer(passages[:50]))
    spent = seconds(lambda: list(model.answer(passages)))
    print(f"model alone: {len(passages) / spent:.0f} pairs/s ({len(passages)} pairs, one a sentence)")
    articles = list(itertools.islice(read([chosen.articles]), chosen.limit))
    times = {}
    for fast in (True, False):
        coder = Coder(fast=fast)
        list(coder.code_many(articles[:WARM]))
        times[fast] = seconds(lambda coder=coder: list(coder.code_many(articles)))  # type: ignore[misc]
    rates = {fast: len(articles) / spent for fast, spent in times.items()}
    print(f"{len(articles)} articles: {rates[True]:.1f}/s fast, {rates[False]:.1f}/s with the model")
    print(f"with the model coding takes {times[False] / times[True]:.2f} times as long")


def pairs() -> list[Passage]:
    """The first event with two sides of each of our labelled sentences, as a question without a trigger."""
    found = []
    for sentence in read_sentences(sorted(RELATIONS.glob("*.jsonl"))):
        spans = {p.id: (p.start, p.end) for p in sentence.parties}
        for event in sentence.events:
            if event.actors and event.recipients:
                question = Question(spans[event.actors[0]], spans[event.recipients[0]], None)
                found.append(Passage(sentence.text, (question,), inline=True))
                break
    return found[:1000]


def seconds(work: Callable[[], object]) -> float:
    """The processor time that something takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


if __name__ == "__main__":
    main()
