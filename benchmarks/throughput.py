"""How fast Dragoman codes: `python -m benchmarks.throughput ARTICLES [--limit N] [--memory N]`.

Prints, for the same texts in the same run, articles and words a second of bare `nlp.pipe` of the spaCy pipeline that
Dragoman parses with, of coding by the lexicon alone (`--fast`) and of coding with the relation model, and how many
times as fast as the bare pipeline that is. Processor time is counted, so a busy machine matters less; every measurement
has a process of its own and is warmed up first. Then the start from cold, and two processes against one by the clock
(for that the machine must be idle). With `--memory N`, what a process holds over N articles, the texts taken round and
round. ARTICLES is anything that `dragoman code` reads.
"""

from __future__ import annotations

import argparse
import itertools
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple, ParamSpec, TypeVar

import spacy

from dragoman import Article, Coder, read
from dragoman.coding.language import DEFAULT_PIPELINE

WARM = 20  # articles that are worked on before anything is counted
STEPS = 10  # times that memory is looked at
FIRST = "import sys, dragoman; next(dragoman.Coder().code_many(dragoman.read([sys.argv[1]])))"
HELP = "from dragoman.cli import main; main()"
P = ParamSpec("P")
T = TypeVar("T")


class Spent(NamedTuple):
    """Processor seconds, and the most memory the process held, in MB."""

    processor: float
    memory: float


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("articles")
    options.add_argument("--limit", type=int)
    options.add_argument("--memory", type=int, default=0)
    chosen = options.parse_args()
    articles = list(itertools.islice(read([chosen.articles]), chosen.limit))
    words = sum(len(a.text.split()) for a in articles)
    print(f"{len(articles)} articles, {words} words")
    bare = alone(spent_bare, articles)
    tell("bare nlp.pipe", bare, bare, len(articles), words)
    one = {fast: alone(spent_coding, articles, fast) for fast in (True, False)}
    tell("coding, --fast", one[True], bare, len(articles), words)
    tell("coding", one[False], bare, len(articles), words)
    print(f"with the model coding takes {one[False].processor / one[True].processor:.2f} times as long")
    for name, code, argument in (("dragoman --help", HELP, "--help"), ("first article", FIRST, chosen.articles)):
        print(
            f"{name}: {processor_of([sys.executable, '-c', code, argument]):.2f} s of processor time from a cold start"
        )
    print(f"two processes, by the clock: {alone(clocked, articles, 1) / alone(clocked, articles, 2):.2f} times one")
    if chosen.memory:
        held = ", ".join(f"{mb:.0f}" for mb in alone(memory_over, articles, chosen.memory))
        print(f"memory of one process over {chosen.memory} articles, MB: {held}")


def tell(what: str, spent: Spent, bare: Spent, articles: int, words: int) -> None:
    """One line of figures."""
    rate = articles / spent.processor
    print(
        f"{what}: {rate:.1f} articles/s, {words / spent.processor:.0f} words/s, {rate * 3600:.0f} articles/hour, "
        f"ratio {bare.processor / spent.processor:.2f}, at most {spent.memory:.0f} MB"
    )


def alone(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a function gives in a new process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def spent_bare(articles: list[Article]) -> Spent:
    """What spaCy alone takes, one text an article."""
    nlp = spacy.load(DEFAULT_PIPELINE)
    texts = [a.text for a in articles]
    return spent(lambda some: sum(1 for _ in nlp.pipe(texts[:some])), len(texts))


def spent_coding(articles: list[Article], fast: bool) -> Spent:
    """What coding takes in one process."""
    coder = Coder(fast=fast)
    return spent(lambda some: sum(1 for _ in coder.code_many(articles[:some])), len(articles))


def clocked(articles: list[Article], processes: int) -> float:
    """Seconds by the clock that coding takes, without the time in which the processes start."""
    coded = Coder().code_many([*articles[:WARM], *articles], processes=processes)
    for _ in itertools.islice(coded, WARM):
        pass
    started = time.perf_counter()
    for _ in coded:
        pass
    return time.perf_counter() - started


def spent(work: Callable[[int], int], whole: int) -> Spent:
    """What work on so many articles takes."""
    work(WARM)
    started = time.process_time()
    work(whole)
    return Spent(time.process_time() - started, most_held())


def memory_over(articles: list[Article], count: int) -> list[float]:
    """The most memory held until each tenth of so many articles."""
    coded = Coder().code_many(itertools.islice(itertools.cycle(articles), count))
    held = []
    for number, _ in enumerate(coded, start=1):
        if number % max(1, count // STEPS) == 0:
            held.append(most_held())
    return held


def most_held() -> float:
    """The most memory that this process has held, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def processor_of(command: list[str]) -> float:
    """The processor time that a program takes, its children's too."""
    before = os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


if __name__ == "__main__":
    main()
