"""Event reports in, happenings out: reports that tell of one and the same thing are put together.

This is a plain rule on type, sides, status, persons and date. Building incidents from all the evidence (places,
wording, reprints, what was planned and then took place) is a later and separate piece of work; nothing here claims it.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, Protocol

from dragoman.analysis.parties import opposite, persons
from dragoman.model import Event, EventDate, EventType, Party, Place, ReportedEvent, Status

Contact = Literal["meeting", "call", "message"]

SLIP: Final = 1
"""Days by which a date taken from the dateline or the publication day may be off."""
MONTH: Final = 31
NEWS_AGE: Final = 3
"""Days after a happening in which a report without a date is taken to tell of it."""


@dataclass(frozen=True, kw_only=True)
class Happening:
    """One thing that is reported to have happened, or to be planned, denied ...; `reports` has the best one first.

    It is an `Occurrence`: what the analyses of ties count.
    """

    reports: tuple[ReportedEvent, ...]

    @property
    def lead(self) -> ReportedEvent:
        """The report that says most: dated to the day, with most persons named, most certain, earliest."""
        return self.reports[0]

    @property
    def event(self) -> Event:
        """The event of the leading report."""
        return self.lead.event

    @functools.cached_property
    def named(self) -> Event:
        """The event of the report that names most persons, for saying who took part."""
        return max(self.reports, key=lambda report: (len(_people(report)), report.event.symmetric)).event

    @property
    def date(self) -> EventDate | None:
        """When, by the leading report."""
        return self.event.date

    @property
    def place(self) -> Place | None:
        """Where, by the first report that says so."""
        return next((r.event.place for r in self.reports if r.event.place is not None), None)

    @property
    def id(self) -> str:
        """The id of the leading report's event."""
        return self.event.id

    @property
    def type(self) -> EventType:
        """The type that all its reports have."""
        return self.event.type

    @property
    def mode(self) -> str | None:
        """The mode by the leading report."""
        return self.event.mode

    @property
    def quad(self) -> int:
        """The quad of the type."""
        return self.event.quad

    @property
    def intensity(self) -> float:
        """The score by the leading report."""
        return self.event.intensity

    @property
    def status(self) -> Status:
        """The status that all its reports have."""
        return self.event.status

    @property
    def symmetric(self) -> bool:
        """Whether both do the same, by the leading report."""
        return self.event.symmetric

    @property
    def actors(self) -> tuple[Party, ...]:
        """Who did it, by the report that names most persons."""
        return self.named.actors

    @property
    def recipients(self) -> tuple[Party, ...]:
        """To whom, by the report that names most persons."""
        return self.named.recipients

    @property
    def order(self) -> tuple[str, str, str]:
        """Sorts happenings by time; one without a date stands at its publication."""
        when = self.date.start if self.date else self.lead.article.published or ""
        return when, self.date.end if self.date else "", self.event.id


def happenings(reported: Iterable[ReportedEvent]) -> list[Happening]:
    """Collapse event reports into happenings, in order of time.

    Two reports are one happening when they have the same type, status and sides (by country; in either order for what
    both do) and, of contacts, are both meetings, calls or messages; when the persons of one are all among those of the
    other; and when their dates are the same or one lies within the other. Dates that rest on the dateline or the day of
    publication may be a day off; a report without a date joins what its own article dates or what happened in the three
    days before its publication. A report that fits more than one happening is left by itself: a false split does less
    harm than a false merge. Reports that say most come first, so the result does not depend on the order given.
    """
    buckets: dict[object, list[ReportedEvent]] = {}
    for report in sorted(reported, key=_rank):
        event = report.event
        buckets.setdefault((event.type, event.status, contact(event), opposite(event)), []).append(report)
    found = []
    for bucket in buckets.values():
        groups = _Groups()
        for report in bucket:
            groups.place(report)
        found += [Happening(reports=tuple(group)) for group in groups.all]
    return sorted(found, key=lambda h: h.order)


class _Contacting(Protocol):
    """Of an event or an occurrence what tells a meeting from a letter."""

    @property
    def type(self) -> EventType: ...
    @property
    def mode(self) -> str | None: ...
    @property
    def symmetric(self) -> bool: ...


def contact(event: _Contacting) -> Contact | None:
    """Whether a CONSULT is a meeting in person, a telephone call or a message; None for other types.

    Meeting is what two do together, and so is visiting; what one side does to the other without a visit is writing.
    """
    if event.type != "CONSULT":
        return None
    if event.mode == "phone":
        return "call"
    return "meeting" if event.symmetric or event.mode is not None else "message"


def same_time(one: ReportedEvent, other: ReportedEvent) -> bool:
    """Whether two reports can tell of the same time, by the rule of `happenings`."""
    a, b = one.event.date, other.event.date
    if a is None and b is None:
        return one.article.id == other.article.id or _days_apart(one, other) <= NEWS_AGE
    if a is None or b is None:
        dated, undated = (other, one) if a is None else (one, other)
        return dated.article.id == undated.article.id or _is_news_of(undated, dated)
    if _within(a, b) or _within(b, a):
        return True
    if a.basis == b.basis == "stated":
        return False
    return _day(a.start) <= _day(b.end) + SLIP and _day(b.start) <= _day(a.end) + SLIP


def same_people(one: ReportedEvent, other: ReportedEvent) -> bool:
    """Whether the persons that one report names are all among those of the other."""
    a, b = _people(one), _people(other)
    return a <= b or b <= a


def _rank(report: ReportedEvent) -> tuple[object, ...]:
    """The report that says most first."""
    event, article = report.event, report.article
    length = _day(event.date.end) - _day(event.date.start) if event.date else 10**6
    basis = 0 if event.date is not None and event.date.basis == "stated" else 1
    return (length, basis, -len(_people(report)), -event.confidence, article.published or "9999", article.id, event.id)


class _Groups:
    """Happenings in the making, kept by month and article, so that a report is compared with few of them."""

    def __init__(self) -> None:
        self.all: list[list[ReportedEvent]] = []
        self._by_key: dict[int | str, list[int]] = {}

    def place(self, report: ReportedEvent) -> None:
        """Put the report into the group it belongs to, or begin a new one."""
        keys = _keys(report)
        places = sorted({place for key in keys for place in self._by_key.get(key, ())})
        near = [group for group in map(self.all.__getitem__, places) if same_time(group[0], report)]
        same = [group for group in near if _people(group[0]) == _people(report)]
        fits = same or [group for group in near if same_people(group[0], report)]
        if len(fits) == 1:
            fits[0].append(report)
            return
        for key in keys:
            self._by_key.setdefault(key, []).append(len(self.all))
        self.all.append([report])


def _keys(report: ReportedEvent) -> list[int | str]:
    """The article, and the months in which the reports lie that can be of the same time as this one."""
    date, published = report.event.date, report.article.published
    keys: list[int | str] = [report.article.id]
    if date is not None:
        first, last = _day(date.start) - SLIP, _day(date.end) + SLIP
    elif published is not None:
        first, last = _day(published) - NEWS_AGE, _day(published)
    else:
        return keys
    return [*keys, *range(first // MONTH, last // MONTH + 1)]


def _people(report: ReportedEvent) -> frozenset[str]:
    return frozenset(persons((*report.event.actors, *report.event.recipients)))


def _within(a: EventDate, b: EventDate) -> bool:
    return b.start <= a.start and a.end <= b.end


def _days_apart(one: ReportedEvent, other: ReportedEvent) -> int:
    a, b = one.article.published, other.article.published
    return 10**6 if a is None or b is None else abs(_day(a) - _day(b))


def _is_news_of(undated: ReportedEvent, dated: ReportedEvent) -> bool:
    published, date = undated.article.published, dated.event.date
    if published is None or date is None:
        return False
    return 0 <= _day(published) - _day(date.end) <= NEWS_AGE


def _day(text: str) -> int:
    """An ISO day as a count of days; whole numbers do not overflow at the ends of the calendar."""
    return datetime.date.fromisoformat(text).toordinal()
