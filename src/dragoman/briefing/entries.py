"""Incidents put in words: the lines of a brief, each with how it stands and on whose word, without any markup.

Every string here has passed `one_line` or `seen`; the printers only lay out and escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from dragoman.analysis.incidents import Incident, Origin
from dragoman.analysis.sourcing import is_alleged, side_telling
from dragoman.briefing.wording import (
    according_to,
    clause,
    date_words,
    event_words,
    one_line,
    shortened,
    type_words,
)
from dragoman.knowledge.actors import load_actors
from dragoman.model import Place, ReportedEvent

SHORT_ID: Final = 8
TELLING: Final = 4
"""Words of a clause that says something by itself; 'the talks' does not."""
WHO: Final = 160
FACTS: Final = ("took place", "goes on")

ShortIds = Mapping[str, str]
"""Event id to the beginning of it that is unique in the brief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One incident, as a brief tells it.

    `date` is its own, or 'no date'; `when` is that, or 'told 2023-10-13'. `standing` says how it stands, `marks` what
    to mind about its sources. `quote` is the clause of the report with the short id `event`, `according` who says so;
    `words` is the number of independent words on which it rests.
    """

    id: str
    date: str
    when: str
    what: str
    place: str | None
    code: str
    standing: str
    marks: tuple[str, ...]
    words: int
    reports: int
    copies: int
    quote: str
    according: str
    event: str

    @property
    def line(self) -> str:
        """What and where in one line."""
        return f"{self.what}, {self.place}" if self.place and self.place not in self.what else self.what

    @property
    def rests(self) -> str:
        """'1 source', '3 independent sources, 1 copy'."""
        words = "1 source" if self.words == 1 else f"{self.words} independent sources"
        return f"{words}, {counted(self.copies, 'copy', 'copies')}" if self.copies else words


def counted(number: int, noun: str, many: str | None = None) -> str:
    """'1 report', '3 reports'."""
    return f"{number} {noun if number == 1 else many or noun + 's'}"


def short_ids(reported: Iterable[ReportedEvent]) -> ShortIds:
    """For each event id the shortest beginning, of eight characters or more, that no other event here has."""
    ids = sorted({r.event.id for r in reported})
    length = SHORT_ID
    while len({i[:length] for i in ids}) < len(ids):
        length += 1
    return {i: i[:length] for i in ids}


def entry_of(incident: Incident, ids: ShortIds, *, disputed: bool = False) -> Entry:
    """The entry of an incident; `disputed` says that another incident denies it."""
    told = telling(incident)
    first = incident.first_reported
    return Entry(
        id=incident.id,
        date=date_words(incident.date) if incident.date else "no date",
        when=date_words(incident.date) if incident.date else f"told {first}" if first else "no date",
        what=incident_words(incident),
        place=place_words(incident.place),
        code=type_words(incident),
        standing=_standing(incident, disputed),
        marks=_marks(incident, disputed),
        words=len(incident.origins),
        reports=len(incident.reports),
        copies=incident.copies,
        quote=clause(told.event),
        according=sourced(told),
        event=ids[told.event.id],
    )


def incident_words(incident: Incident) -> str:
    """Who did what to whom: 'Kim Jong Un and Sergei Lavrov met'; of what is off, what it would have been."""
    off = incident.standing in ("cancelled", "put off")
    return shortened(event_words(replace(incident, standing="announced") if off else incident), WHO)


def telling(incident: Incident) -> ReportedEvent:
    """The report to quote: of those that tell how the incident stands the first whose clause says something itself."""
    fitting = [r for r in incident.reports if r.event.status == incident.status] or list(incident.reports)
    long = [r for r in fitting if len(r.event.evidence.text.split()) >= TELLING]
    return (long or fitting)[0]


def origin_words(origin: Origin) -> str:
    """'Russia, a side of it, with its officials and state media'; 'Moscow Courier'."""
    state = load_actors().by_code.get(origin.name)
    name = state.name if state is not None else shortened(one_line(origin.name), WHO)
    words = {
        "side": f"{name} (a side of it, with its officials and state media)",
        "state": f"{name} (no side of it)",
        "unnamed": f"people without a name, by {name}",
    }
    return words.get(origin.kind, name)


def place_words(place: Place | None) -> str | None:
    """A place by its name, else as written."""
    return shortened(one_line(place.name or place.text), 60) if place else None


def sourced(report: ReportedEvent) -> str:
    """'TASS, by Moscow Courier, 2023-10-19'."""
    published = report.article.published
    return f"{according_to(report)}, {published}" if published else according_to(report)


def _standing(incident: Incident, disputed: bool) -> str:
    """How it stands; what third parties alone tell as a fact is alleged."""
    if incident.standing in FACTS and disputed:
        return "contested"
    return "alleged" if incident.standing in FACTS and is_alleged(incident) else incident.standing


def _marks(incident: Incident, disputed: bool) -> tuple[str, ...]:
    """'alleged by third parties', where the standing does not say so; 'only North Korea says so'."""
    if is_alleged(incident):
        return ("alleged by third parties",) if disputed or incident.standing not in FACTS else ()
    code = side_telling(incident)
    return () if code is None else (f"only {load_actors().state(code).name} says so",)
