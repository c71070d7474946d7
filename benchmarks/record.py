"""How quickly a large record answers: `python -m benchmarks.record DIR [--events N] [--rounds N]`.

Fills a new folder with a made-up world (`world`; a million events by default, made once), then prints the seconds that
questions take: the first time in a new process, and the best of a few rounds. What is asked is what the dyad series,
the meetings and the brief ask of the record. With `--whole` the incidents of the record are formed and kept first (a
million reports take a quarter of an hour and ten gigabytes), and the series, the meetings, the pledges and the brief
are made of them.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from benchmarks.world import coded_articles

from dragoman.analysis.incidents import Incident, choose, incidents_of
from dragoman.analysis.meetings_log import encounters
from dragoman.analysis.pledges import pledges
from dragoman.analysis.series import series
from dragoman.briefing.compose import brief_of
from dragoman.briefing.subject import Subject, find_subject
from dragoman.record import Record

ARTICLES_AT_ONCE: Final = 10_000
DYAD: Final = ("PRK", "RUS")
LARGEST: Final = ("USA", "CHN")
SPAN: Final = "SELECT count(*) AS n, min(published)::VARCHAR AS a, max(published)::VARCHAR AS z FROM articles"


def main() -> None:
    """Make the record where there is none, and measure."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--events", type=int, default=1_000_000)
    options.add_argument("--at-once", type=int, default=ARTICLES_AT_ONCE, help="articles an append")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--whole", action="store_true", help="also all events, incidents and what is made of them")
    given = options.parse_args()
    if not (given.folder / "record.json").exists():
        fill(given.folder, given.events, given.at_once)
    counts = Record(given.folder).counts()
    print(f"{counts.events:,} events in {counts.articles:,} articles")
    for name, ask in questions(given.folder):
        measure(name, ask, given.rounds)
    if given.whole:
        measure("all events, with articles", lambda: len(Record(given.folder).reported()), 1)
        measure("incidents, formed or read", lambda: len(incidents_of(Record(given.folder))), 1)
        for name, ask in answers(given.folder):
            measure(name, ask, given.rounds)


def fill(folder: Path, events: int, at_once: int) -> None:
    """Write a record of about so many events, in appends of so many articles."""
    began = time.perf_counter()
    record = Record.create(folder)
    coded = coded_articles(events)
    while batch := list(itertools.islice(coded, at_once)):
        record.append(batch)
    print(f"written in {time.perf_counter() - began:.0f} s")


def questions(folder: Path) -> Iterator[tuple[str, Callable[[], int]]]:
    """What is asked, each of a record that is opened anew, and how many rows it gives."""
    for dyad in (DYAD, LARGEST):
        name = "–".join(dyad)
        yield f"{name}: events of the series", lambda d=dyad: len(Record(folder).reported(between=d))
        yield (
            f"{name}: events of the meetings",
            lambda d=dyad: len(Record(folder).reported(between=d, types=("CONSULT",))),
        )
        yield (
            f"{name}: one year",
            lambda d=dyad: len(Record(folder).reported(between=d, since="2023", until="2023")),
        )
        yield f"{name}: as a table", lambda d=dyad: Record(folder).events(between=d).arrow().num_rows
    yield "span of the record", lambda: Record(folder).sql(SPAN).num_rows


def answers(folder: Path) -> Iterator[tuple[str, Callable[[], int]]]:
    """What is made of the kept incidents of two states, each of a record that is opened anew; how many rows it has."""
    for dyad in (DYAD, LARGEST):
        both = find_subject(dyad[0]), find_subject(dyad[1])
        one, other = both[0].holds, both[1].holds
        made: dict[str, Callable[[list[Incident]], int]] = {
            "incidents": len,
            "series by month": lambda found: sum(len(point.found) for point in series(found, period="month").points),
            "meetings": lambda found, one=one, other=other: len(encounters(found, one, other)),
            "pledges": lambda found: len(pledges(found, as_of="2024-12-31")),
            "brief": lambda found, both=both: len(brief_of(found, both).cards),
        }
        for name, make in made.items():
            yield f"{'–'.join(dyad)}: {name}", lambda make=make, both=both: make(_asked(folder, both))


def _asked(folder: Path, both: tuple[Subject, Subject]) -> list[Incident]:
    found = incidents_of(Record(folder), [subject.key for subject in both])
    return choose(found, between=(both[0].holds, both[1].holds))


def measure(name: str, ask: Callable[[], int], rounds: int) -> None:
    """Print the seconds of the first time and the best, and those of all processors together."""
    seconds = []
    rows = 0
    for _ in range(rounds):
        began, busy = time.perf_counter(), time.process_time()
        rows = ask()
        seconds.append((time.perf_counter() - began, time.process_time() - busy))
    best, work = min(seconds)
    print(f"  {name:32} {rows:9,} rows   first {seconds[0][0]:5.2f} s, best {best:5.2f} s (processors {work:5.2f} s)")


if __name__ == "__main__":
    main()
