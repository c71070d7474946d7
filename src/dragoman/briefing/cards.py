"""The appendix of a brief: each incident with its course, the words it rests on, and the sentences of its reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from dragoman.analysis.incidents import Incident
from dragoman.analysis.reprints import Reprints
from dragoman.briefing.entries import Entry, ShortIds, counted, origin_words
from dragoman.briefing.voices import source_words
from dragoman.briefing.wording import (
    according_to,
    date_words,
    event_words,
    one_line,
    seen,
    shortened,
    type_words,
)
from dragoman.model import ReportedEvent

CONTEXT: Final = 320
TITLE: Final = 200
VOICES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A report in the same words in a copy of the article: its short id, and where."""

    id: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One event report, its clause in its paragraph; `url` only when it is safe to follow."""

    id: str
    event_id: str
    what: str
    status: str
    date: str
    before: str
    clause: str
    after: str
    according: str
    title: str
    where: str
    url: str | None
    url_text: str | None
    confidence: float
    again: tuple[Again, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCard:
    """One incident with all its reports; `facts` are lines on date, course and sources."""

    entry: Entry
    facts: tuple[str, ...]
    reports: tuple[Card, ...]


def incident_card(incident: Incident, entry: Entry, ids: ShortIds, reprints: Reprints) -> IncidentCard:
    """The card of an incident; reports in the same words in copies of one article stand under the first of them."""
    rows: dict[tuple[str, str, str], list[ReportedEvent]] = {}
    for report in incident.reports:
        family = reprints.family_of(report.article.id)
        original = family.original if family is not None else report.article.id
        rows.setdefault((original, report.event.evidence.text, report.event.status), []).append(report)
    return IncidentCard(
        entry=entry,
        facts=_facts(incident),
        reports=tuple(_card(row, ids) for row in rows.values()),
    )


def safe_url(url: str | None) -> str | None:
    """The address when it is one of the web, without anything unseen or blank in it; else None, to be shown as text."""
    if url is None or seen(url) != url or any(c.isspace() or c in "<>\"'`\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname and "@" not in parts.netloc else None


def _facts(incident: Incident) -> tuple[str, ...]:
    date = f"{date_words(incident.date)}, " if incident.date is not None else ""
    facts = [f"Date: {date}{incident.date_why}."]
    if len(incident.course) > 1:
        steps = (
            f"{step.day or 'day not known'} {step.standing} ({_names(step.by)})"
            if step.by
            else f"{step.day or 'day not known'} {step.standing}"
            for step in incident.course
        )
        facts.append(f"How it came: {'; '.join(steps)}.")
    words = "; ".join(f"{origin_words(o)}, {counted(len(o.reports), 'report')}" for o in incident.origins)
    facts.append(f"Rests on {counted(len(incident.origins), 'independent word')}: {words}.")
    if incident.denied_by:
        facts.append(f"Denied by {_names(incident.denied_by)}.")
    return tuple(facts)


def _names(names: Sequence[str]) -> str:
    shown = [shortened(one_line(name), 90) for name in names[:VOICES]]
    more = len(names) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _card(row: Sequence[ReportedEvent], ids: ShortIds) -> Card:
    report = row[0]
    event, article = report.event, report.article
    before, words, after = _in_paragraph(report)
    return Card(
        id=ids[event.id],
        event_id=one_line(event.id),
        what=f"{event_words(event)} ({type_words(event)})",
        status=event.status,
        date=_date_and_basis(report),
        before=before,
        clause=words,
        after=after,
        according=f"{according_to(report)}; {source_words(report)}",
        title=shortened(one_line(article.title or "(no title)"), TITLE),
        where=_where(report),
        url=safe_url(article.url),
        url_text=shortened(one_line(article.url), TITLE) if article.url else None,
        confidence=event.confidence,
        again=tuple(Again(id=ids[r.event.id], where=_where(r)) for r in row[1:]),
    )


def _where(report: ReportedEvent) -> str:
    """'Moscow Courier, 2023-10-19, first published by TASS'."""
    article = report.article
    publisher = shortened(one_line(article.publisher or "publisher not known"), TITLE)
    first = f", first published by {shortened(one_line(article.reprint_of), TITLE)}" if article.reprint_of else ""
    return f"{publisher}, {article.published or 'day not known'}{first}"


def _date_and_basis(report: ReportedEvent) -> str:
    """'2023-10-19 (from “Thursday”)', 'not stated'."""
    date = report.event.date
    if date is None:
        return "not stated"
    basis = {"dateline": "the dateline's day", "published": "the day of publication", "stated": "stated in the text"}
    written = shortened(one_line(date.expression), 80) if date.expression else ""
    return f"{date_words(date)} ({f'from “{written}”' if written else basis[date.basis]})"


def _in_paragraph(report: ReportedEvent) -> tuple[str, str, str]:
    """What stands before the clause in its paragraph, the clause, and what stands after it; cut when very long."""
    text, span = report.article.text, report.event.evidence
    start = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    before, after = text[start : span.start], text[span.end : end if end >= 0 else len(text)]
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].split(" ", 1)[-1]
    words = span.text if len(span.text) <= 2 * CONTEXT else shortened(span.text, 2 * CONTEXT)
    return _flat(before), _flat(words), _flat(shortened(after, CONTEXT))


def _flat(text: str) -> str:
    """`seen` with line breaks made spaces; spaces at the ends stay, since the parts are put together again."""
    return seen(text).replace("\r", " ").replace("\n", " ")
