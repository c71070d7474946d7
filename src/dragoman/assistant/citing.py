"""Events, incidents and what else is found as items of an answer, each with its citation.

Every word of an article goes through here: what steers a terminal or cannot be seen is taken out (hidden characters are
a way to smuggle instructions past a reader), lengths are capped, and addresses that are none of the web are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from dragoman.analysis.incidents import Incident
from dragoman.analysis.occurrence import Occurrence
from dragoman.assistant.answers import Citation, Days, EventItem, IncidentItem, SearchItem, Side
from dragoman.assistant.shelf import Shelf
from dragoman.briefing.cards import safe_url
from dragoman.briefing.voices import source_words
from dragoman.briefing.wording import event_words, one_line, shortened
from dragoman.model import Article, EventDate, Party, Place, ReportedEvent, Span
from dragoman.record.search import Found, Hit
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError

SENTENCE: Final = 700
"""Characters of a quoted sentence."""
AROUND: Final = 240
"""Characters of its sentence that are given before and behind the quoted clause."""
HEADING: Final = 200
NAME: Final = 100
NAMES: Final = 8
"""Parties of a side, links of a chain, sources that are listed."""
_END: Final = re.compile(r"(?<=[a-z0-9)”\"’])[.!?][\"”’)]*\s+")


def uri_of(kind: str, wanted: str) -> str:
    """The address of a resource."""
    return f"dragoman://{kind}/{quote(wanted, safe='')}"


def event_item(desk: Desk, shelf: Shelf, report: ReportedEvent) -> EventItem:
    """One report of an event."""
    event = report.event
    found = desk.lookup.reports.get(event.id)
    return EventItem(
        what=event_words(event),
        type=event.type,
        mode=event.mode,
        status=event.status,
        date=days(event.date),
        place=place(event.place),
        actors=sides(event.actors),
        recipients=sides(event.recipients),
        intensity=event.intensity,
        confidence=round(event.confidence, 2),
        incident=found[1].id if found is not None else None,
        citation=citation(shelf, report),
    )


def incident_item(shelf: Shelf, incident: Incident) -> IncidentItem:
    """One incident with the report that says most, and one that denies it where that is another."""
    denied = next((r for r in incident.reports if r.event.status == "denied" and r is not incident.lead), None)
    return IncidentItem(
        id=incident.id,
        what=event_words(incident),
        type=incident.type,
        mode=incident.mode,
        standing=incident.standing,
        date=days(incident.date),
        place=place(incident.place),
        actors=sides(incident.actors),
        recipients=sides(incident.recipients),
        intensity=incident.intensity,
        reports=len(incident.reports),
        copies=incident.copies,
        independent=len(incident.origins),
        told_by=names(incident.confirmed_by),
        denied_by=names(incident.denied_by),
        first_reported=incident.first_reported,
        last_reported=incident.last_reported,
        uri=uri_of("incident", incident.id),
        citation=citation(shelf, incident.lead),
        denial=citation(shelf, denied) if denied is not None else None,
    )


def occurrence_item(desk: Desk, shelf: Shelf, what: Occurrence) -> IncidentItem:
    """The incident that an analysis speaks of."""
    return incident_item(shelf, desk.incident(what.id))


def search_item(desk: Desk, shelf: Shelf, hit: Hit) -> SearchItem:
    """What a search found; an event with what the record says of it now."""
    passage = shortened(one_line("".join(piece.text for piece in hit.text)), SENTENCE)
    if hit.found.kind == "event":
        try:
            report, incident = desk.event(hit.found.id)
        except NotFoundError:  # the index is a moment behind or ahead of the desk
            pass
        else:
            return SearchItem(
                kind="event",
                passage=passage,
                what=event_words(report.event),
                incident=incident.id,
                citation=citation(shelf, report),
            )
    speaker = hit.found.who[0] if hit.found.kind == "claim" and hit.found.who else None
    return SearchItem(
        kind=hit.found.kind,
        passage=passage,
        speaker=shortened(one_line(speaker), NAME) if speaker else None,
        citation=found_citation(shelf, hit.found),
    )


def citation(shelf: Shelf, report: ReportedEvent) -> Citation:
    """Where a report of an event stands, and according to whom."""
    event, article = report.event, report.article
    return Citation(
        id=event.id,
        kind="event",
        quoted=shortened(one_line(event.evidence.text), SENTENCE),
        context=_context(article.text, event.evidence),
        said_by=names(event.chain or ((article.publisher,) if article.publisher else ())),
        source=source_words(report),
        article=article.id,
        title=_capped(article.title, HEADING),
        publisher=_capped(article.publisher, NAME),
        published=article.published,
        first_published_by=_capped(article.reprint_of, NAME),
        url=safe_url(article.url),
        uri=uri_of("event", event.id),
        look_up=shelf.look_up(event.id),
    )


def article_citation(shelf: Shelf, article: Article) -> Citation:
    """An article as a whole."""
    return Citation(
        id=article.id,
        kind="article",
        said_by=names((article.publisher,) if article.publisher else ()),
        article=article.id,
        title=_capped(article.title, HEADING),
        publisher=_capped(article.publisher, NAME),
        published=article.published,
        first_published_by=_capped(article.reprint_of, NAME),
        url=safe_url(article.url),
        uri=uri_of("article", article.id),
        look_up=shelf.search_for(article.title),
    )


def found_citation(shelf: Shelf, found: Found) -> Citation:
    """A claim or an article that a search found."""
    claim = found.kind == "claim"
    return Citation(
        id=found.id,
        kind=found.kind,
        quoted=shortened(one_line(found.words), SENTENCE) if found.words else None,
        said_by=names(found.said_by),
        article=found.article,
        title=_capped(found.title, HEADING),
        publisher=_capped(found.publisher, NAME),
        published=found.published,
        url=safe_url(found.url),
        uri=uri_of("article", found.article),
        look_up=shelf.look_up(found.id) if claim else shelf.search_for(found.title),
    )


def sides(parties: Iterable[Party]) -> tuple[Side, ...]:
    """Who stands on a side."""
    return tuple(
        Side(name=shortened(one_line(p.actor or p.text), NAME), country=p.country, office=_capped(p.office, NAME))
        for p in list(parties)[:NAMES]
    )


def days(date: EventDate | None) -> Days | None:
    """A date."""
    return None if date is None else Days(start=date.start, end=date.end, basis=date.basis)


def place(where: Place | None) -> str | None:
    """A place with its state."""
    if where is None:
        return None
    named = shortened(one_line(where.name or where.text), NAME)
    return f"{named} ({where.country})" if where.country else named


def names(given: Iterable[str]) -> tuple[str, ...]:
    """Names out of articles, the first few."""
    return tuple(shortened(one_line(name), NAME) for name in list(given)[:NAMES])


def _context(text: str, clause: Span) -> str | None:
    """The sentence that a clause is a part of, as far as it reaches on its line; None where it is no more than that."""
    if text[clause.start : clause.end] != clause.text:
        return None
    before = text[max(text.rfind("\n", 0, clause.start) + 1, clause.start - AROUND) : clause.start]
    after = text[clause.end : clause.end + AROUND].split("\n", 1)[0]
    ends = [found.end() for found in _END.finditer(before)]
    begin = before[ends[-1] :] if ends else before
    last = clause.text[-1:]
    over = _END.search(f"{last}{after} ")
    rest = after[: over.end() - len(last)] if over is not None else after
    whole = one_line(f"{begin}{clause.text}{rest}")
    return shortened(whole, SENTENCE + AROUND) if whole.strip(" .,;") != one_line(clause.text).strip(" .,;") else None


def _capped(text: str | None, limit: int) -> str | None:
    return shortened(one_line(text), limit) if text else None
