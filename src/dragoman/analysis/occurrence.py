"""What the analyses of ties need of a thing that happened: an incident gives all of it.

Apart from both, so that counting by period, by pair or by type does not know how reports were put together.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from dragoman.analysis.parties import persons
from dragoman.model import Event, EventDate, EventType, Party, Place, ReportedEvent, Status

Belongs = Callable[[Party], bool]
"""Whether a party stands on a side."""


class Act(Protocol):
    """What is needed to put an act in words: an event has it, and so has an incident."""

    @property
    def type(self) -> EventType:
        """PLOVER's type."""
        ...

    @property
    def mode(self) -> str | None:
        """PLOVER's mode."""
        ...

    @property
    def status(self) -> Status:
        """Whether it took place, is planned, denied ..."""
        ...

    @property
    def symmetric(self) -> bool:
        """Whether both sides do the same."""
        ...

    @property
    def actors(self) -> Sequence[Party]:
        """Who did it."""
        ...

    @property
    def recipients(self) -> Sequence[Party]:
        """To whom."""
        ...


class Occurrence(Act, Protocol):
    """One thing that is reported, by one report or many; `reports` has the best one first."""

    @property
    def id(self) -> str:
        """Tells it from others."""
        ...

    @property
    def quad(self) -> int:
        """1 verbal and 2 material cooperation, 3 verbal and 4 material conflict."""
        ...

    @property
    def intensity(self) -> float:
        """PLOVER's score from -10 to +10."""
        ...

    @property
    def date(self) -> EventDate | None:
        """When."""
        ...

    @property
    def place(self) -> Place | None:
        """Where."""
        ...

    @property
    def reports(self) -> Sequence[ReportedEvent]:
        """The event reports that tell of it."""
        ...


def day_of(text: str) -> datetime.date:
    """An ISO day as a date."""
    return datetime.date.fromisoformat(text)


def in_order(found: Iterable[Occurrence]) -> list[Occurrence]:
    """By time, then by id; one without a date stands at its first publication, so the order given never matters."""

    def order(each: Occurrence) -> tuple[str, str, str]:
        start = each.date.start if each.date is not None else published(each) or ""
        return start, each.date.end if each.date is not None else "", each.id

    return sorted(found, key=order)


def published(found: Occurrence) -> str | None:
    """The day on which it was first reported."""
    return min((r.article.published for r in found.reports if r.article.published), default=None)


def fullest(found: Occurrence) -> Event:
    """The event of the report that names most persons, for saying in words who took part."""
    events = [report.event for report in found.reports]
    return max(events, key=lambda event: len(set(persons((*event.actors, *event.recipients)))))
