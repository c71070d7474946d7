"""The outlets of a desk: their articles and reports, the claims that they carry, and who has its articles from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.incidents import Incident
from dragoman.analysis.parties import plain
from dragoman.analysis.reprints.families import named_origin, outlet_name
from dragoman.model import Article, Dateline, ReportedEvent
from dragoman.record import ReportedClaim
from dragoman.web.desk import ArticleCard, Desk
from dragoman.web.errors import NotFoundError

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


def press(desk: Desk, name: str) -> Press:
    """The outlet of that name; raises `NotFoundError` for one that published nothing in the record."""
    found = outlets(desk).get(outlet_key(name))
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
                cards.setdefault(outlet_key(card.publisher), []).append(card)
        reports: dict[str, list[tuple[ReportedEvent, Incident]]] = {}
        for incident in desk.incidents:
            for report in incident.reports:
                if report.article.publisher is not None:
                    reports.setdefault(outlet_key(report.article.publisher), []).append((report, incident))
        return {key: _press(key, cards[key], reports.get(key, ())) for key in sorted(cards)}

    return desk.memo(("outlets",), index)


def claims_in(desk: Desk, outlet: Press) -> Sequence[ReportedClaim]:
    """The claims in an outlet's articles."""

    def index() -> dict[str, list[ReportedClaim]]:
        found: dict[str, list[ReportedClaim]] = {}
        for told in desk.claims():
            if told.article.publisher is not None:
                found.setdefault(outlet_key(told.article.publisher), []).append(told)
        return found

    return desk.memo(("claims of outlets",), index).get(outlet.key, ())


def reprints(desk: Desk, outlet: Press) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Whom an outlet says it has its articles from, and who says so of it: by name, with the ids of the articles.

    Goes by what articles say ('first published by', the agency of the dateline), not by likeness of their texts.
    """
    taken: dict[str, list[str]] = {}
    given: dict[str, list[str]] = {}
    for article, publisher, origin in _credits(desk):
        if outlet_key(publisher) == outlet.key:
            taken.setdefault(origin, []).append(article)
        elif outlet_key(origin) == outlet.key:
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
            if (
                article.publisher is not None
                and origin is not None
                and outlet_key(origin) != outlet_key(article.publisher)
            ):
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


def outlet_key(name: str) -> str:
    """By what an outlet is told from others, however its name is written."""
    return plain(outlet_name(name) or name)
