"""A desk: one state of a record in memory, with the indexes that pages need. It never changes; see `keeper` for that.

Pages read lists from here and never open the record for them; only single articles are fetched when asked for.
"""

from __future__ import annotations

import copy
import functools
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, TypeVar, cast

import msgspec

from dragoman.analysis.incidents import Incident, choose, find_incident
from dragoman.analysis.meetings_firsts import Span
from dragoman.analysis.parties import plain
from dragoman.briefing.subject import Subject, find_subject
from dragoman.errors import UsageError
from dragoman.knowledge.actors import load_actors
from dragoman.model import CodedArticle, Party, ReportedEvent
from dragoman.record import Record, ReportedClaim
from dragoman.record.decisions import Decision
from dragoman.record.reviews import Review
from dragoman.web.errors import NotFoundError
from dragoman.web.lookup import Lookup

T = TypeVar("T")
KEPT: Final = 2048
"""How many results of `memo` are kept; the one longest not asked for goes first."""
ARTICLES: Final = 256
"""How many single articles are kept, apart from those, so that a walk through articles drives nothing else out."""


class ArticleCard(msgspec.Struct, frozen=True, kw_only=True):
    """An article without its text."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


class Desk:
    """What pages read. `incidents` are in order of time, `articles` by id; `serial` tells one desk from the next.

    `decisions` and `reviews` are what persons decided before it was made. Safe to use from several threads: nothing in
    it changes but what it remembers.
    """

    def __init__(
        self,
        record: Record,
        incidents: Sequence[Incident] | Lookup,
        articles: Iterable[ArticleCard] | Mapping[str, ArticleCard],
        *,
        decisions: Sequence[Decision] = (),
        reviews: Sequence[Review] = (),
        serial: int = 1,
        remembered: Mapping[Hashable, object] = MappingProxyType({}),
    ) -> None:
        """`incidents` in order of time, or looked up already; `remembered` is what `memo` knows from the beginning."""
        self.record = record
        self.lookup: Final = incidents if isinstance(incidents, Lookup) else Lookup(incidents)
        self.incidents: Final = self.lookup.incidents
        cards = articles if isinstance(articles, Mapping) else {card.id: card for card in articles}
        self.articles: Final[Mapping[str, ArticleCard]] = cards
        self.decisions: Final = tuple(decisions)
        self.reviews: Final = tuple(reviews)
        self.serial = serial
        self.span: Final = _span(self.articles.values())
        self._remembered: OrderedDict[Hashable, object] = OrderedDict(remembered)
        self._lock = threading.Lock()
        self._coded = functools.lru_cache(ARTICLES)(record.coded)

    @property
    def last_day(self) -> str | None:
        """The day of the newest article: 'today' for a record, which knows no clock."""
        return self.span.last

    @property
    def names(self) -> Sequence[str]:
        """The names of all actors in the record, once each, in order."""
        return self.memo("names", lambda: sorted(self.lookup.names.values()))

    @property
    def pairs(self) -> dict[tuple[str, str], list[Incident]]:
        """The incidents between two states, by their codes in order, each in order of time; not to be changed."""
        return self.lookup.pairs

    @property
    def countries(self) -> dict[str, list[Incident]]:
        """The incidents of each state and its people, by its code; not to be changed."""
        return self.lookup.by_country

    def report_count(self) -> int:
        """How many event reports there are."""
        return len(self.lookup.reports)

    def incident(self, incident_id: str) -> Incident:
        """The incident with this id, or the beginning of only one; raises `NotFoundError`."""
        found = self.lookup.by_id.get(incident_id)
        if found is not None:
            return found
        try:
            return find_incident(self.incidents, incident_id)
        except UsageError as error:
            raise NotFoundError(str(error)) from error

    def event(self, event_id: str) -> tuple[ReportedEvent, Incident]:
        """An event report by the id of its event, and its incident; raises `NotFoundError`."""
        if event_id not in self.lookup.reports:
            raise NotFoundError(f"There is no event '{event_id}' in the record as it stands.")
        return self.lookup.reports[event_id]

    def reports_in(self, article_id: str) -> Sequence[ReportedEvent]:
        """The event reports of an article, in no special order; none for an article without events."""
        return self.lookup.by_article.get(article_id, ())

    def subject(self, text: str) -> Subject:
        """The state, person or body that a user or an address names; raises `NotFoundError` with near names."""

        def find() -> Subject:
            state = load_actors().by_code.get(text.strip().upper())
            if state is not None:
                return Subject(name=state.name, code=state.code)
            try:
                return find_subject(text, self.names)
            except UsageError as error:
                raise NotFoundError(str(error)) from error

        return self.memo(("subject", text), find)

    def of(self, subject: Subject) -> Sequence[Incident]:
        """The incidents in which a subject stands on any side, in order of time."""
        if subject.code is not None:
            return self.lookup.by_country.get(subject.code, ())
        return self.lookup.by_name.get(plain(subject.name), ())

    def between(self, one: Subject, other: Subject) -> Sequence[Incident]:
        """The incidents with two subjects on opposite sides, in order of time."""
        if one.code is not None and other.code is not None and one.code != other.code:
            return self.lookup.pairs.get((min(one.code, other.code), max(one.code, other.code)), ())
        shorter = min(self.of(one), self.of(other), key=len)
        return choose(shorter, between=(one.holds, other.holds))

    def coded(self, article_id: str) -> CodedArticle:
        """An article with all that was found in it, from the record; raises `NotFoundError`."""
        if article_id not in self.articles:
            raise NotFoundError(f"There is no article '{article_id}' in the record.")
        return self._coded(article_id)

    def claims(self) -> Sequence[ReportedClaim]:
        """All claims of the record; read on first use and kept."""
        return self.memo("claims", lambda: tuple(self.record.claims()))

    def memo(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for this desk and key; of many keys those last used are kept.

        `key` begins with a word for what it is: ("series", "PRK", "RUS"). Nothing that was kept may be changed.
        """
        with self._lock:
            if key in self._remembered:
                self._remembered.move_to_end(key)
                return cast("T", self._remembered[key])
        made = make()
        with self._lock:
            self._remembered[key] = made
            while len(self._remembered) > KEPT:
                self._remembered.popitem(last=False)
        return made

    def renewed(self, remembered: Mapping[Hashable, object]) -> Desk:
        """The desk after this one of a record that has not changed, with what `memo` is to know of it."""
        made = copy.copy(self)
        made.serial = self.serial + 1
        made._remembered = OrderedDict(remembered)
        made._lock = threading.Lock()
        return made

    def remembered(self) -> dict[Hashable, object]:
        """A copy of what `memo` has kept, what was asked for last at the end."""
        with self._lock:
            return dict(self._remembered)


def party_key(party: Party) -> str | None:
    """What an address of this party is made of: a state's code, else the name; None for words without a name."""
    state = load_actors().by_code.get(party.country or "")
    return party.country if state is not None and party.actor == state.name else party.actor


def _span(cards: Iterable[ArticleCard]) -> Span:
    listed = list(cards)
    days = sorted(card.published for card in listed if card.published)
    return Span(articles=len(listed), first=days[0] if days else None, last=days[-1] if days else None)
