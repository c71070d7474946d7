"""What the methods of docs/ties.md are worth: `python -m benchmarks.ties [--rounds N]`.

Prints how often the intervals of the index hold a mean that is known because it was made up, how often a series of
scores drawn at random is said to turn, and how often a real turn is found; then seconds for ten thousand happenings.
"""

from __future__ import annotations

import argparse
import datetime
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from dragoman.analysis.blocs import network
from dragoman.analysis.meetings_log import encounters, trips
from dragoman.analysis.occurrence import Occurrence
from dragoman.analysis.series import series
from dragoman.analysis.series_index import estimates
from dragoman.analysis.turning import STRICTNESS, price_of, segments, turning_points
from dragoman.knowledge.ontology import TYPES, load_ontology
from dragoman.model import EventDate, EventType, Party, Place, ReportedEvent, Status

SIZES: Final = (0, 1, 2, 4, 9)
"""Happenings a period."""
MANY: Final = 10_000
_T = TypeVar("_T")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    print("Intervals of 95 % that hold the true mean, by how far true means lie apart and number of periods:")
    for apart in (0.5, 1, 2, 3):
        print(f"  {apart}: " + ", ".join(f"{n} periods {held(apart, n, rounds):.0%}" for n in (5, 12, 40)))
    scale = [entry.score for entry in load_ontology().types.values()]
    print(f"Random series that are said to turn (strictness {STRICTNESS}), by number of happenings:")
    print("  " + ", ".join(f"{n}: {turned(scale, n, 0, rounds):.1%}" for n in (10, 30, 100)))
    print("Turns by five points in the middle that are found:")
    print("  " + ", ".join(f"{n}: {turned(scale, n, 5, rounds):.0%}" for n in (20, 40, 100)))
    speed()


def held(apart: float, periods: int, rounds: int) -> float:
    """The share of intervals that hold the true mean of their period; scores scatter about it by 4."""
    chance = random.Random(1)
    hits = total = 0
    for _ in range(rounds):
        truths = [chance.gauss(1, apart) for _ in range(periods)]
        groups = [[chance.gauss(truth, 4) for _ in range(chance.choice(SIZES))] for truth in truths]
        hits += sum(e.low <= truth <= e.high for truth, e in zip(truths, estimates(groups), strict=True))
        total += periods
    return hits / total


def turned(scale: Sequence[float], count: int, drop: float, rounds: int) -> float:
    """The share of series of scores, one to four a period, that are cut; half of the scores are lower by `drop`."""
    chance = random.Random(2)
    hits = 0
    for _ in range(rounds):
        scores = [max(-10, chance.choice(scale) - (drop if n >= count // 2 else 0)) for n in range(count)]
        bins, at = [], 0
        while at < count:
            size = chance.randint(1, 4)
            bins.append(scores[at : at + size])
            at += size
        ends = segments([len(b) for b in bins], [sum(b) for b in bins], [sum(x * x for x in b) for b in bins],
                        price_of(scores))  # fmt: skip
        hits += len(ends) > 1
    return hits / rounds


@dataclass(frozen=True, slots=True)
class MadeUp:
    """An occurrence without reports."""

    id: str
    type: EventType
    quad: int
    intensity: float
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    date: EventDate
    place: Place | None
    mode: str | None = None
    symmetric: bool = False
    status: Status = "actual"
    reports: tuple[ReportedEvent, ...] = ()


def speed() -> None:
    """Seconds for a dyad of ten thousand happenings over ten years."""
    found = made_up(MANY)
    print(f"Seconds for {MANY:,} happenings of two states over ten years:")
    made = timed("series by week", lambda: series(found, period="week"))
    if made is not None:
        timed("turning points", lambda: turning_points(made))
    met = timed("meetings", lambda: encounters(found, lambda p: p.country == "PRK", lambda p: p.country == "RUS"))
    timed("trips", lambda: trips(met))
    timed("network", lambda: network(found))


def made_up(count: int) -> list[Occurrence]:
    """Occurrences between two states, of every type, spread over ten years."""
    chance = random.Random(3)
    ontology = load_ontology()
    first = datetime.date(2015, 1, 1).toordinal()
    sides = [(Party(text=code, country=code, actor=code),) for code in ("PRK", "RUS")]
    made: list[Occurrence] = []
    for number in range(count):
        kind: EventType = chance.choice(TYPES)
        day = datetime.date.fromordinal(first + chance.randrange(3650)).isoformat()
        actors, recipients = chance.sample(sides, 2)
        made.append(
            MadeUp(
                id=f"e{number}",
                type=kind,
                quad=ontology.type(kind).quad,
                intensity=ontology.intensity(kind),
                actors=actors,
                recipients=recipients,
                date=EventDate(start=day, end=day, granularity="day", basis="stated"),
                place=Place(text="Moscow", country="RUS") if chance.random() < 0.3 else None,
                mode="visit" if kind == "CONSULT" else None,
            )
        )
    return made


def timed(name: str, call: Callable[[], _T]) -> _T:
    """Print how long a call takes, and return what it gives."""
    start = time.process_time()
    result = call()
    print(f"  {name}: {time.process_time() - start:.2f}")
    return result


if __name__ == "__main__":
    main()
