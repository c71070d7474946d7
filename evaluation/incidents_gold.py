"""How well reports of one happening are put together: groups the labelled reports and counts pairs.

`python -m evaluation.incidents_gold [--misses N] [--from i77] [--to i76]`. A pair of reports is right when both the
labels and the grouping have it in one incident. Pairs of one incident count by themselves, so large ones weigh more.
"""

from __future__ import annotations

import argparse
import calendar
import itertools
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from dragoman.analysis.incidents import incidents
from dragoman.analysis.parties import plain
from dragoman.json_lines import read_lines
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import (
    Article,
    Claim,
    DateBasis,
    Event,
    EventDate,
    EventType,
    Granularity,
    Party,
    Place,
    ReportedEvent,
    Span,
    Speaker,
    Status,
)

GOLD = Path(__file__).parent / "incidents.gold.jsonl"
Pair = tuple[str, str]


class GoldReport(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One report as a coder gives it, and the incident it tells of.

    A party is 'PRK', 'Name/PRK', 'Name/PRK#Office', '~words/PRK' for somebody without a name, 'Body/-' without a state.
    A date is a day, a month, or two days with '..' between; a place 'Pyongyang/PRK' or 'Sea/-'.
    """

    id: str
    incident: str
    article: str
    publisher: str
    published: str
    type: EventType
    mode: str | None = None
    status: Status = "actual"
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    symmetric: bool = False
    date: str | None = None
    basis: DateBasis = "stated"
    place: str | None = None
    said_by: str | None = None
    text: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """Pairs of reports that are one incident by the labels, by the grouping, and by both."""

    labelled: frozenset[Pair]
    found: frozenset[Pair]

    @property
    def right(self) -> frozenset[Pair]:
        """The pairs that both have."""
        return self.labelled & self.found

    @property
    def precision(self) -> float:
        """Of the pairs that the grouping puts together, the share that the labels have."""
        return len(self.right) / len(self.found) if self.found else 1.0

    @property
    def recall(self) -> float:
        """Of the pairs that the labels have, the share that the grouping puts together."""
        return len(self.right) / len(self.labelled) if self.labelled else 1.0


def read_incidents(path: Path = GOLD) -> list[GoldReport]:
    """The labelled reports of a file; raises `InputError` for a line that is not as it must be."""
    return [row for _, row in read_lines(path, GoldReport)]


def reported(rows: Iterable[GoldReport]) -> list[ReportedEvent]:
    """The reports as a record holds them; the event's id is the row's."""
    return [_reported(row, number) for number, row in enumerate(rows)]


def score(gold: Sequence[GoldReport]) -> Verdict:
    """Group the reports and compare with the labels."""
    by_label: dict[str, list[str]] = {}
    for row in gold:
        by_label.setdefault(row.incident, []).append(row.id)
    grouped = [[report.event.id for report in incident.reports] for incident in incidents(reported(gold))]
    return Verdict(_pairs(by_label.values()), _pairs(grouped))


def shares(verdict: Verdict) -> dict[str, float]:
    """Pairwise precision and recall."""
    return {"incident precision": verdict.precision, "incident recall": verdict.recall}


def report(gold: Sequence[GoldReport], verdict: Verdict, misses: int = 0) -> str:
    """The figures, then so many of the wrong pairs and of the missing ones."""
    rows = {row.id: row for row in gold}
    lines = [
        f"{len({row.incident for row in gold})} incidents, {len(gold)} reports",
        f"precision {verdict.precision:.3f}   {len(verdict.right)} of {len(verdict.found)} pairs put together",
        f"recall    {verdict.recall:.3f}   {len(verdict.right)} of {len(verdict.labelled)} labelled pairs",
    ]
    for name, pairs in (("WRONG", verdict.found - verdict.labelled), ("MISSING", verdict.labelled - verdict.found)):
        for one, other in sorted(pairs)[:misses]:
            lines += [name, *(f"  {rows[r].incident} {r} {rows[r].type} {rows[r].text}" for r in (one, other))]
    return "\n".join(lines)


def main() -> int:
    """Print the report on our labelled incidents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--from", dest="first", default="")
    parser.add_argument("--to", dest="last", default="~")
    options = parser.parse_args()
    gold = [row for row in read_incidents() if options.first <= row.incident <= options.last]
    print(report(gold, score(gold), options.misses))
    return 0


def _pairs(groups: Iterable[Sequence[str]]) -> frozenset[Pair]:
    return frozenset(pair for group in groups for pair in itertools.combinations(sorted(group), 2))


def _reported(row: GoldReport, sentence: int) -> ReportedEvent:
    """The row as an event in an article of its own sentence."""
    claim = _claim(row) if row.said_by else None
    event = Event(
        id=row.id,
        type=row.type,
        mode=row.mode,
        quad=load_ontology().type(row.type).quad,
        intensity=load_ontology().intensity(row.type, row.mode),
        actors=tuple(map(_party, row.actors)),
        recipients=tuple(map(_party, row.recipients)),
        symmetric=row.symmetric,
        status=row.status,
        date=_date(row.date, row.basis) if row.date else None,
        place=_place(row.place) if row.place else None,
        claim=claim.id if claim else None,
        chain=(*(claim.chain if claim else ()), row.publisher),
        evidence=Span(start=0, end=len(row.text), text=row.text),
        sentence=sentence,
        confidence=0.7,
    )
    article = Article(id=row.article, text=row.text, publisher=row.publisher, published=row.published)
    return ReportedEvent(event=event, article=article, claim=claim)


def _party(told: str) -> Party:
    who, _, office = told.partition("#")
    name, _, country = who.rpartition("/") if "/" in who else (who, "", "")
    state = load_actors().by_code.get(name)
    code = None if country in ("", "-") else country
    if state is not None:
        return Party(text=state.name, actor=state.name, actor_id=f"state:{name}", country=name, sector="GOV")
    if name.startswith("~"):
        return Party(text=name[1:], country=code, office=office or None)
    kind = "person" if code else "body"
    return Party(
        text=name,
        actor=name,
        actor_id=f"{kind}:{plain(name).replace(' ', '-')}",
        country=code,
        sector="GOV",
        office=office or None,
    )


def _date(told: str, basis: DateBasis) -> EventDate:
    start, _, end = told.partition("..")
    first, last = _bounds(start)[0], _bounds(end or start)[1]
    lengths: dict[int, Granularity] = {4: "year", 7: "month"}
    return EventDate(start=first, end=last, granularity=lengths.get(len(start), "day"), basis=basis)


def _bounds(told: str) -> tuple[str, str]:
    if len(told) == 7:
        year, month = map(int, told.split("-"))
        return f"{told}-01", f"{told}-{calendar.monthrange(year, month)[1]:02}"
    return (told, told) if len(told) == 10 else (f"{told}-01-01", f"{told}-12-31")


def _place(told: str) -> Place:
    name, _, country = told.rpartition("/")
    return Place(text=name, name=name, country=None if country == "-" else country)


def _claim(row: GoldReport) -> Claim:
    assert row.said_by is not None
    name, _, country = row.said_by.rpartition("/") if "/" in row.said_by else (row.said_by, "", "")
    known = None if name.startswith("~") else name
    words = name.removeprefix("~")
    return Claim(
        id="c0",
        speaker=Speaker(start=0, end=0, text=words, actor=known, country=country or None),
        content=(Span(start=0, end=len(row.text), text=row.text),),
        kind="indirect",
        chain=(words,),
    )


if __name__ == "__main__":
    sys.exit(main())
