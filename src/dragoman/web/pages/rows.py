"""The rows behind all pages, as JSON alone: event reports, claims and articles, filtered, in a fixed order, by pages.

They hold what was found word for word; other pages show incidents and their best values, in words to be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Final, TypeVar

import msgspec
from fastapi import APIRouter

from dragoman.analysis.parties import plain
from dragoman.briefing.subject import Subject
from dragoman.model import Claim, ClaimKind, Event, EventType, ReportedEvent, Status
from dragoman.record import ReportedClaim
from dragoman.record.filters import checked
from dragoman.web import links
from dragoman.web.asking import Asked, PageNumber, Share
from dragoman.web.desk import ArticleCard, Desk
from dragoman.web.errors import RefusedError
from dragoman.web.pages.actor import subject_of
from dragoman.web.pages.base import data
from dragoman.web.parts import Pager, paged
from dragoman.web.press import press
from dragoman.web.reports import NO_DAY, chosen_reports
from dragoman.web.sayings import place_of, said_by, said_of

router = APIRouter()
T = TypeVar("T")
ROWS: Final = 100
RowsPerPage = Annotated[int, msgspec.Meta(ge=1, le=1000)]


class EventsAsked(Asked, frozen=True, kw_only=True):
    """Which event reports: those of `a` on any side, or of `a` and `b` on opposite sides, as `dragoman events` asks."""

    a: str | None = None
    b: str | None = None
    since: str | None = None
    until: str | None = None
    type: tuple[EventType, ...] = ()
    status: tuple[Status, ...] = ()
    source: str | None = None
    min_confidence: Share = 0.0
    page: PageNumber = 1
    per: RowsPerPage = ROWS


class ClaimsAsked(Asked, frozen=True, kw_only=True):
    """Which claims: made by somebody (of a state also by its people and organs), about somebody, of which kind."""

    by: str | None = None
    about: str | None = None
    kind: ClaimKind | None = None
    since: str | None = None
    until: str | None = None
    source: str | None = None
    page: PageNumber = 1
    per: RowsPerPage = ROWS


class ArticlesAsked(Asked, frozen=True, kw_only=True):
    """Which articles: of an outlet, of a time."""

    outlet: str | None = None
    since: str | None = None
    until: str | None = None
    page: PageNumber = 1
    per: RowsPerPage = ROWS


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """An event report as it stands in the record, with its claim, and the id of the incident that it reports."""

    event: Event
    claim: Claim | None
    article: ArticleCard
    incident: str
    page: str


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """A claim; `id` is that of its article and its own."""

    id: str
    claim: Claim
    article: ArticleCard
    page: str


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True):
    """An article without its text, which is at `data`, and how many events it reports."""

    article: ArticleCard
    events: int
    page: str
    data: str


class EventRows(msgspec.Struct, frozen=True, kw_only=True):
    """Event reports by day, then by article, then by place in it."""

    rows: tuple[EventRow, ...]
    pager: Pager


class ClaimRows(msgspec.Struct, frozen=True, kw_only=True):
    """Claims by the day of publication, then by article, then by place in it."""

    rows: tuple[ClaimRow, ...]
    pager: Pager


class ArticleRows(msgspec.Struct, frozen=True, kw_only=True):
    """Articles by the day of publication, then by id."""

    rows: tuple[ArticleRow, ...]
    pager: Pager


def events(desk: Desk, asked: EventsAsked) -> EventRows:
    """Event reports as coded and corrected."""
    shown, pager = _shown(desk, "/events.json", asked, lambda: _events(desk, asked))
    return EventRows(rows=tuple(_event_row(desk, each) for each in shown), pager=pager)


def claims(desk: Desk, asked: ClaimsAsked) -> ClaimRows:
    """Who said what, in which words, through whom."""
    shown, pager = _shown(desk, "/claims.json", asked, lambda: _claims(desk, asked))
    return ClaimRows(rows=tuple(_claim_row(desk, each) for each in shown), pager=pager)


def articles(desk: Desk, asked: ArticlesAsked) -> ArticleRows:
    """Articles without their text."""
    shown, pager = _shown(desk, "/articles.json", asked, lambda: _articles(desk, asked))
    return ArticleRows(rows=tuple(_article_row(desk, each) for each in shown), pager=pager)


def warm(desk: Desk) -> None:
    """Put the rows into their order before anybody asks."""
    events(desk, EventsAsked())
    claims(desk, ClaimsAsked())
    articles(desk, ArticlesAsked())


def _shown(desk: Desk, path: str, asked: Any, find: Callable[[], Sequence[T]]) -> tuple[Sequence[T], Pager]:
    """One page of what is found, which is found once."""
    query = asked.query()
    key = msgspec.structs.replace(asked, page=1, per=ROWS)
    found = desk.memo((path, key), find)
    return paged(found, asked.page, lambda number: links.changed(path, query, page=number), asked.per)


def _events(desk: Desk, asked: EventsAsked) -> Sequence[ReportedEvent]:
    days = checked(since=asked.since, until=asked.until, source=asked.source)
    sides = _sides(desk, asked.a, asked.b)
    return chosen_reports(desk, days, sides, types=asked.type, statuses=asked.status, least=asked.min_confidence)


def _sides(desk: Desk, a: str | None, b: str | None) -> Sequence[Subject]:
    """Whom the sides are; raises `RefusedError` where both are one, or only the second is given."""
    if a is None and b is not None:
        raise RefusedError("'b' is given without 'a'. Give 'a' for one party, both for two on opposite sides.")
    found = tuple(desk.subject(name) for name in (a, b) if name is not None)
    if len(found) == 2 and found[0] == found[1]:
        raise RefusedError(f"Both parties are {found[0].name}. Give two different ones, or one alone.")
    return found


def _claims(desk: Desk, asked: ClaimsAsked) -> Sequence[ReportedClaim]:
    days = checked(since=asked.since, until=asked.until, source=asked.source)
    by, about = (None if name is None else subject_of(desk, name) for name in (asked.by, asked.about))
    found: Iterable[ReportedClaim] = desk.claims() if by is None else said_by(desk, by)
    if about is not None:
        named = {place_of(told) for told in said_of(desk, about)}
        found = (told for told in found if place_of(told) in named)
    if asked.kind is not None:
        found = (told for told in found if told.claim.kind == asked.kind)
    if days.source is not None:
        wanted = plain(days.source)
        found = (told for told in found if _names(wanted, told.claim.chain))
    return tuple(told for told in found if _is_published(told.article.published, days.since, days.until))


def _articles(desk: Desk, asked: ArticlesAsked) -> Sequence[ArticleCard]:
    days = checked(since=asked.since, until=asked.until)
    found: Iterable[ArticleCard] = press(desk, asked.outlet).articles if asked.outlet else desk.articles.values()
    kept = (card for card in found if _is_published(card.published, days.since, days.until))
    return sorted(kept, key=lambda card: (card.published or NO_DAY, card.id))


def _is_published(day: str | None, since: str | None, until: str | None) -> bool:
    return (since is None or (day or "") >= since) and (until is None or (day or NO_DAY) <= until)


def _names(wanted: str, chain: Iterable[str | None]) -> bool:
    return any(wanted in plain(name) for name in chain if name)


def _event_row(desk: Desk, each: ReportedEvent) -> EventRow:
    return EventRow(
        event=each.event,
        claim=each.claim,
        article=desk.articles[each.article.id],
        incident=desk.event(each.event.id)[1].id,
        page=links.article(each.article.id, each.event.id),
    )


def _claim_row(desk: Desk, told: ReportedClaim) -> ClaimRow:
    return ClaimRow(
        id=f"{told.article.id}/{told.claim.id}",
        claim=told.claim,
        article=desk.articles[told.article.id],
        page=links.article(told.article.id, told.claim.id),
    )


def _article_row(desk: Desk, card: ArticleCard) -> ArticleRow:
    page = links.article(card.id)
    return ArticleRow(article=card, events=len(desk.reports_in(card.id)), page=page, data=links.twin(page))


data(router, "/events.json", events)
data(router, "/claims.json", claims)
data(router, "/articles.json", articles)
