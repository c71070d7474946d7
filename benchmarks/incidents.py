"""How long incidents take to form, and that the time grows with the reports: `python -m benchmarks.incidents [N ...]`.

Makes so many reports (by default 5,000, 10,000 and 20,000) of made-up happenings over five years of an uneven world:
few pairs of states make most of the news, a third of the reports have no date, one in ten is a copy. Prints processor
seconds for finding the copies and for the incidents, and what 100,000 reports would take at that rate.
"""

from __future__ import annotations

import argparse
import datetime
import random
import time
from collections.abc import Iterator
from typing import Final

from dragoman.analysis.incidents import incidents
from dragoman.analysis.reprints import find_reprints
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import Article, Event, EventDate, EventType, Party, Place, ReportedEvent, Span, Status

STATES: Final = "PRK RUS KOR USA CHN JPN UKR IRN ISR TUR SYR DEU FRA GBR POL IND PAK VNM PHL BRA KEN ETH EGY SAU"
TYPES: Final[tuple[EventType, ...]] = ("CONSULT", "CONSULT", "ACCUSE", "AGREE", "SUPPORT", "AID", "MOBILIZE", "ASSAULT")
MATTERS: Final = (
    "missile grain border port prisoner drone pipeline tariff vaccine election satellite trawler embassy refugee "
    "uranium bridge railway fishery airspace exercise treaty hostage loan flood cable island reactor convoy school dam"
)
TOWNS: Final = ("Springfield", "Riverton", "Lakeside", "Hillview", "Eastport", "Northgate", "Westbrook", "Southfield")
FILLER: Final = (
    "officials talked of supplies and of the weather while the markets opened a little higher than in the week before "
    "and nobody at the ministry wished to add anything to what the statement had said about the plans for the autumn"
)
FIRST: Final = datetime.date(2020, 1, 1)
DAYS: Final = 5 * 365


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("counts", nargs="*", type=int, default=[5_000, 10_000, 20_000])
    for count in options.parse_args().counts:
        made = list(reports(count))
        began = time.process_time()
        reprints = find_reprints({r.article.id: r.article for r in made}.values())
        copied = time.process_time()
        found = incidents(made, reprints=reprints)
        ended = time.process_time()
        print(
            f"{count:7} reports: copies {copied - began:5.1f} s, incidents {ended - copied:5.1f} s ({len(found)}); "
            f"100,000 at this rate {(ended - began) * 100_000 / count:.0f} s"
        )


def reports(count: int, seed: int = 7) -> Iterator[ReportedEvent]:
    """So many reports of made-up happenings, always the same for a seed."""
    chance = random.Random(seed)
    made = 0
    while made < count:
        told = _happening(chance)
        before: ReportedEvent | None = None
        for _ in range(min(chance.choice((1, 1, 2, 3, 5, 9)), count - made)):
            if before is not None and chance.random() < 0.1:
                before = _copy(before, made)
            else:
                before = _report(chance, made, *told)
            made += 1
            yield before


def _happening(chance: random.Random) -> tuple[EventType, Status, str, str, datetime.date, str, tuple[str, ...]]:
    states = STATES.split()
    one, other = (min(int(chance.expovariate(0.15)), len(states) - 1) for _ in range(2))
    if one == other:
        other = (one + 1) % len(states)
    day = FIRST + datetime.timedelta(days=chance.randrange(DAYS))
    status: Status = chance.choices(("actual", "planned", "denied"), (85, 10, 5))[0]
    matters = tuple(chance.sample(MATTERS.split(), 3))
    return chance.choice(TYPES), status, states[one], states[other], day, chance.choice(TOWNS), matters


def _report(
    chance: random.Random,
    number: int,
    kind: EventType,
    status: Status,
    one: str,
    other: str,
    day: datetime.date,
    town: str,
    matters: tuple[str, ...],
) -> ReportedEvent:
    published = day + datetime.timedelta(days=chance.randrange(3))
    clause = f"{one} and {other} over the {' and '.join(chance.sample(matters, 2))}"
    text = f"{clause}. {' '.join(chance.choices(FILLER.split(), k=150))}."
    date = None
    if chance.random() > 0.33:
        date = EventDate(start=day.isoformat(), end=day.isoformat(), granularity="day", basis="stated")
    article = Article(
        id=f"a{number:07}", text=text, publisher=f"Paper {chance.randrange(200)}", published=published.isoformat()
    )
    event = Event(
        id=f"e{number:07}",
        type=kind,
        quad=load_ontology().type(kind).quad,
        intensity=load_ontology().intensity(kind),
        actors=(_party(chance, one),),
        recipients=(_party(chance, other),),
        symmetric=kind in ("CONSULT", "AGREE"),
        status=status,
        date=date,
        place=Place(text=town, name=town, country=one) if chance.random() < 0.4 else None,
        evidence=Span(start=0, end=len(clause), text=clause),
        sentence=0,
        confidence=0.7,
    )
    return ReportedEvent(event=event, article=article)


def _party(chance: random.Random, state: str) -> Party:
    if chance.random() < 0.5:
        return Party(text=state, actor=state, actor_id=f"state:{state}", country=state, sector="GOV")
    name = f"Minister {chance.randrange(4)} of {state}"
    return Party(text=name, actor=name, actor_id=f"person:{name}", country=state, sector="GOV", office=name)


def _copy(report: ReportedEvent, number: int) -> ReportedEvent:
    article = Article(
        id=f"a{number:07}",
        text=report.article.text + " Read more.",
        publisher="Reprinter",
        published=report.article.published,
    )
    fields = {name: getattr(report.event, name) for name in Event.__struct_fields__ if name != "id"}
    return ReportedEvent(event=Event(id=f"e{number:07}", **fields), article=article)


if __name__ == "__main__":
    main()
