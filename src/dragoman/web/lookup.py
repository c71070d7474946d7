"""Where incidents are looked up: by id, party, pair of states, report and article. Made once, or out of the one before.

Apart from `desk`, which pages ask, so that a single decision need not have everything put into order again.
"""

from __future__ import annotations

import bisect
import functools
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping
from typing import TypeVar

from dragoman.analysis.incidents import Incident
from dragoman.analysis.parties import plain
from dragoman.model import ReportedEvent

K = TypeVar("K", bound=Hashable)
Pair = tuple[str, str]


class Lookup:
    """The indexes of some incidents; lists are in order of time. Not to be changed once it is made."""

    def __init__(self, incidents: Iterable[Incident] = ()) -> None:
        """Put incidents, which come in order of time, where they are looked for."""
        self.incidents = tuple(incidents)
        self.by_id: dict[str, Incident] = {}
        self.reports: dict[str, tuple[ReportedEvent, Incident]] = {}
        self.by_country: dict[str, list[Incident]] = {}
        self.by_name: dict[str, list[Incident]] = {}
        self.by_article: dict[str, list[ReportedEvent]] = {}
        self.pairs: dict[Pair, list[Incident]] = {}
        self.names: dict[str, str] = {}
        folded = functools.cache(plain)
        for each in self.incidents:
            self._put(each, folded)
        self._name(self.incidents)

    def altered(self, without: Collection[Incident], plus: Collection[Incident]) -> Lookup:
        """The same with some incidents in place of others; what is not touched is shared."""
        made, gone = Lookup(), {each.id for each in without}
        made.incidents = tuple(_in_order((each for each in self.incidents if each.id not in gone), plus))
        made.by_country = _with(self.by_country, countries_of, gone, without, plus)
        made.by_name = _with(self.by_name, _folded_names, gone, without, plus)
        made.pairs = _with(self.pairs, pairs_of, gone, without, plus)
        made.names = self.names | {plain(name): name for each in plus for name in _names(each)}
        made.by_id, made.reports, made.by_article = dict(self.by_id), dict(self.reports), dict(self.by_article)
        dropped = {report.event.id for each in without for report in each.reports}
        articles = {report.article.id for each in (*without, *plus) for report in each.reports}
        for event in dropped:
            del made.reports[event]
        for each in without:
            for key in (each.id, *each.keys):
                made.by_id.pop(key, None)
        for article in articles:
            made.by_article[article] = [r for r in made.by_article.get(article, ()) if r.event.id not in dropped]
        for each in plus:
            for report in each.reports:
                made.by_article[report.article.id].append(report)
        made._name(plus)
        return made

    def _put(self, each: Incident, folded: Callable[[str], str]) -> None:
        for code in countries_of(each):
            self.by_country.setdefault(code, []).append(each)
        for name in _names(each):
            self.names.setdefault(folded(name), name)
            self.by_name.setdefault(folded(name), []).append(each)
        for pair in pairs_of(each):
            self.pairs.setdefault(pair, []).append(each)
        for report in each.reports:
            self.by_article.setdefault(report.article.id, []).append(report)

    def _name(self, incidents: Collection[Incident]) -> None:
        """Make incidents known by their ids; an id of its own goes before one that a report would give another."""
        for each in incidents:
            for key in each.keys:
                self.by_id.setdefault(key, each)
            self.reports.update((report.event.id, (report, each)) for report in each.reports)
        self.by_id.update((each.id, each) for each in incidents)


def countries_of(each: Incident) -> list[str]:
    """The states that stand in an incident, by code."""
    return sorted({party.country for party in (*each.actors, *each.recipients) if party.country})


def pairs_of(each: Incident) -> list[Pair]:
    """The pairs of states on opposite sides, by their codes in order."""
    ours = {party.country for party in each.actors if party.country}
    theirs = {party.country for party in each.recipients if party.country}
    return sorted({(min(a, b), max(a, b)) for a in ours for b in theirs if a != b})


def _names(each: Incident) -> Iterator[str]:
    yield from dict.fromkeys(party.actor for party in (*each.actors, *each.recipients) if party.actor)


def _folded_names(each: Incident) -> list[str]:
    return sorted(set(map(plain, _names(each))))


def _with(
    lists: Mapping[K, list[Incident]],
    keys: Callable[[Incident], list[K]],
    gone: set[str],
    without: Iterable[Incident],
    plus: Iterable[Incident],
) -> dict[K, list[Incident]]:
    new: dict[K, list[Incident]] = {key: [] for each in without for key in keys(each)}
    for each in plus:
        for key in keys(each):
            new.setdefault(key, []).append(each)
    made = dict(lists)
    for key, added in new.items():
        made[key] = _in_order((each for each in lists.get(key, ()) if each.id not in gone), added)
        if not made[key]:
            del made[key]
    return made


def _in_order(ordered: Iterable[Incident], added: Iterable[Incident]) -> list[Incident]:
    made = list(ordered)
    for each in added:
        bisect.insort(made, each, key=lambda incident: incident.order)
    return made
