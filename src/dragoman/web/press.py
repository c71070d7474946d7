"""Outlets of a desk and how the reporting of one compares with all others on the same ties; numbers, without a page.

An outlet is counted by incident: what it reports ten times is one. Others are all other outlets of the record, on the
pairs of states of which the outlet itself tells something.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.incidents import Incident
from dragoman.analysis.parties import plain
from dragoman.analysis.reprints.families import named_origin, outlet_name
from dragoman.model import Article, Dateline, ReportedEvent
from dragoman.record import ReportedClaim
from dragoman.web.desk import ArticleCard, Desk
from dragoman.web.errors import NotFoundError

SURE: Final = 1.96
"""Standard errors on each side of a mean or a share that hold it with a chance of 95 in 100."""
Pair = tuple[str, str]
_CREDITS: Final = """
SELECT article_id, publisher, reprint_of, dateline.agency AS agency FROM articles
WHERE reprint_of IS NOT NULL OR dateline.agency IS NOT NULL
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One outlet: its articles by day, its event reports with their incidents, and those incidents in order of time."""

    name: str
    key: str
    written: tuple[str, ...]
    articles: tuple[ArticleCard, ...]
    reports: tuple[tuple[ReportedEvent, Incident], ...]
    incidents: tuple[Incident, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """The mean PLOVER score of incidents with the interval that holds it with a chance of 95 in 100; None for none."""

    number: int
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How often something is among an outlet's incidents and among those of others; `apart` says that the difference is
    more than chance (its interval of 95 % does not hold 0).
    """

    value: str
    own: int
    own_of: int
    others: int
    others_of: int

    @property
    def difference(self) -> float:
        """The outlet's share less that of the others."""
        return _part(self.own, self.own_of) - _part(self.others, self.others_of)

    @property
    def apart(self) -> bool:
        """Whether the two shares differ by more than chance."""
        if not self.own_of or not self.others_of:
            return False
        a, b = _part(self.own, self.own_of), _part(self.others, self.others_of)
        error = math.sqrt(a * (1 - a) / self.own_of + b * (1 - b) / self.others_of)
        return abs(a - b) > SURE * error and min(self.own_of, self.others_of) >= 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Against:
    """An outlet's incidents against those that others tell on the same ties; each incident once on either side."""

    own: tuple[Incident, ...]
    others: tuple[Incident, ...]
    alone: tuple[Incident, ...]
    missed: tuple[Incident, ...]


def press(desk: Desk, name: str) -> Press:
    """The outlet of that name; raises `NotFoundError` for one that published nothing in the record."""
    found = outlets(desk).get(_key(name))
    if found is None:
        raise NotFoundError(
            f"No article in the record was published by '{name[:80]}'. The list of outlets is at /outlet."
        )
    return found


def outlets(desk: Desk) -> Mapping[str, Press]:
    """All outlets of the record by their names as compared; an agency goes by one name, however articles write it."""

    def index() -> dict[str, Press]:
        cards: dict[str, list[ArticleCard]] = {}
        for card in desk.articles.values():
            if card.publisher is not None:
                cards.setdefault(_key(card.publisher), []).append(card)
        reports: dict[str, list[tuple[ReportedEvent, Incident]]] = {}
        for incident in desk.incidents:
            for report in incident.reports:
                if report.article.publisher is not None:
                    reports.setdefault(_key(report.article.publisher), []).append((report, incident))
        return {key: _press(key, cards[key], reports.get(key, ())) for key in sorted(cards)}

    return desk.memo(("outlets",), index)


def against(desk: Desk, outlet: Press, choose: Callable[[Incident], bool]) -> Against:
    """What an outlet tells of ties between states, what others tell of the same ties, and where the two differ.

    `choose` lets incidents through. Missed is only what others told while the outlet was in the record.
    """
    pairs = {pair for incident in outlet.incidents for pair in pairs_of(incident)}
    own_ids = {incident.id for incident in outlet.incidents}
    days = [card.published for card in outlet.articles if card.published]
    first, last = (min(days), max(days)) if days else ("", "")
    on_ties = {each.id: each for pair in sorted(pairs) for each in desk.pairs.get(pair, ()) if choose(each)}
    ordered = sorted(on_ties.values(), key=lambda each: each.order)
    others = [each for each in ordered if any(_key(r.article.publisher or "") != outlet.key for r in each.reports)]
    own = [each for each in ordered if each.id in own_ids]
    told = {each.id for each in others}
    return Against(
        own=tuple(own),
        others=tuple(others),
        alone=tuple(each for each in own if each.id not in told),
        missed=tuple(e for e in others if e.id not in own_ids and first <= (e.first_reported or "") <= last),
    )


def pairs_of(incident: Incident) -> set[Pair]:
    """The pairs of states on opposite sides, codes in order."""
    ours = {p.country for p in incident.actors if p.country}
    theirs = {p.country for p in incident.recipients if p.country}
    return {(min(a, b), max(a, b)) for a in ours for b in theirs if a != b}


def tone(found: Sequence[Incident]) -> Tone:
    """The mean score of incidents; the interval is that of the mean of so many values that scatter so much."""
    if not found:
        return Tone(number=0, mean=None, low=None, high=None)
    scores = [each.intensity for each in found]
    mean = sum(scores) / len(scores)
    if len(scores) < 3:
        return Tone(number=len(scores), mean=mean, low=None, high=None)
    spread = math.sqrt(sum((score - mean) ** 2 for score in scores) / (len(scores) - 1))
    reach = SURE * spread / math.sqrt(len(scores))
    return Tone(number=len(scores), mean=mean, low=mean - reach, high=mean + reach)


def shares(own: Sequence[Incident], others: Sequence[Incident], of: Callable[[Incident], str]) -> tuple[Share, ...]:
    """How the values of something are shared out on both sides; the outlet's commonest first."""
    ours, theirs = Counter(map(of, own)), Counter(map(of, others))
    ranked = sorted({*ours, *theirs}, key=lambda value: (-ours[value], -theirs[value], value))
    return tuple(Share(value=v, own=ours[v], own_of=len(own), others=theirs[v], others_of=len(others)) for v in ranked)


def claims_in(desk: Desk, outlet: Press) -> Sequence[ReportedClaim]:
    """The claims in an outlet's articles."""

    def index() -> dict[str, list[ReportedClaim]]:
        found: dict[str, list[ReportedClaim]] = {}
        for told in desk.claims():
            if told.article.publisher is not None:
                found.setdefault(_key(told.article.publisher), []).append(told)
        return found

    return desk.memo(("claims of outlets",), index).get(outlet.key, ())


def reprints(desk: Desk, outlet: Press) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Whom an outlet says it has its articles from, and who says so of it: by name, with the ids of the articles.

    Goes by what articles say ('first published by', the agency of the dateline), not by likeness of their texts.
    """
    taken: dict[str, list[str]] = {}
    given: dict[str, list[str]] = {}
    for article, publisher, origin in _credits(desk):
        if _key(publisher) == outlet.key:
            taken.setdefault(origin, []).append(article)
        elif _key(origin) == outlet.key:
            given.setdefault(outlet_name(publisher) or publisher, []).append(article)
    return taken, given


def _credits(desk: Desk) -> Sequence[tuple[str, str, str]]:
    """Article, publisher and the other outlet that it is credited to."""

    def read() -> Sequence[tuple[str, str, str]]:
        found = []
        for row in desk.record.sql(_CREDITS).to_pylist():
            article = Article(
                id=row["article_id"],
                text="",
                publisher=row["publisher"],
                reprint_of=row["reprint_of"],
                dateline=Dateline(agency=row["agency"]) if row["agency"] else None,
            )
            origin = named_origin(article)
            if article.publisher is not None and origin is not None and _key(origin) != _key(article.publisher):
                found.append((article.id, article.publisher, origin))
        return found

    return desk.memo(("credits",), read)


def _press(key: str, cards: Sequence[ArticleCard], reports: Iterable[tuple[ReportedEvent, Incident]]) -> Press:
    told = tuple(reports)
    written = Counter(card.publisher for card in cards if card.publisher is not None)
    incidents = {incident.id: incident for _, incident in told}
    commonest = min(written, key=lambda name: (-written[name], name))
    return Press(
        name=outlet_name(commonest) or commonest,
        key=key,
        written=tuple(sorted(written)),
        articles=tuple(sorted(cards, key=lambda card: (card.published or "", card.id))),
        reports=told,
        incidents=tuple(incidents.values()),
    )


def _key(name: str) -> str:
    return plain(outlet_name(name) or name)


def _part(number: int, of: int) -> float:
    return number / of if of else 0.0
