"""Happenings and reports put in words: the lines of a brief and the cards of its appendix, without any markup.

Every string here has passed `one_line` or `seen`; the printers only lay out and escape.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from dragoman.analysis.happenings import Happening
from dragoman.analysis.sourcing import is_alleged, side_telling
from dragoman.briefing.voices import source_words
from dragoman.briefing.wording import (
    according_to,
    clause,
    date_words,
    event_words,
    one_line,
    seen,
    shortened,
    sides,
    type_words,
)
from dragoman.knowledge.actors import load_actors
from dragoman.model import ReportedEvent

SHORT_ID: Final = 8
CONTEXT: Final = 700
CLAUSES: Final = 3
STATEMENTS: Final = frozenset({"ACCUSE", "SUPPORT", "THREATEN", "REJECT", "REQUEST", "AGREE"})
"""Types of event that are words of one side about or to the other."""
TITLE_LIMIT: Final = 200

ShortIds = Mapping[str, str]
"""Event id to the beginning of it that is unique in the brief."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One happening, as a brief tells it.

    `code` is its type with mode and place. `clauses` is empty where the happening is told in full further up. `ids` are
    short event ids, the leading report's first. `marks` are notes on its standing ('alleged'); `note` says what became
    of it, by the report with the short id `see`.
    """

    date: str
    what: str
    code: str
    clauses: tuple[str, ...]
    according: str
    ids: tuple[str, ...]
    articles: int
    marks: tuple[str, ...] = ()
    note: str | None = None
    see: str | None = None

    @property
    def id(self) -> str:
        """The short id of the leading report."""
        return self.ids[0]

    def names(self, speaker: str) -> bool:
        """Whether the line already says who speaks, at the head of what it tells or of whom it rests on."""
        name = speaker.casefold().removeprefix("the ")
        return any(words.casefold().removeprefix("the ").startswith(name) for words in (self.what, self.according))

    @property
    def support(self) -> str:
        """'1 report', '3 reports in 2 articles'."""
        if len(self.ids) == 1:
            return "1 report"
        return f"{len(self.ids)} reports in {self.articles} article{'s' if self.articles > 1 else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One event report for the appendix, with the clause in its paragraph; `url` only when it is safe to follow."""

    id: str
    event_id: str
    what: str
    code: str
    sides: str
    status: str
    date: str
    place: str | None
    before: str
    clause: str
    after: str
    according: str
    title: str
    publisher: str
    published: str
    reprint_of: str | None
    url: str | None
    url_text: str | None
    confidence: float


def short_ids(reported: Iterable[ReportedEvent]) -> ShortIds:
    """For each event id the shortest beginning, of eight characters or more, that no other event here has."""
    ids = sorted({r.event.id for r in reported})
    length = SHORT_ID
    while len({i[:length] for i in ids}) < len(ids):
        length += 1
    return {i: i[:length] for i in ids}


def line_of(happening: Happening, ids: ShortIds, *, doubted: bool = False) -> Line:
    """The line of a happening; it quotes the leading report and what else the same article says of it.

    `doubted` says that other reports deny it.
    """
    lead, event = happening.lead, happening.event
    marks = (
        (("alleged",) if is_alleged(happening) else ()) + (("contested",) if doubted else ()) + _one_sided(happening)
    )
    what, place = event_words(happening.named), _place(happening)
    return Line(
        date=date_words(event.date) if event.date else "no date",
        what=what,
        code=type_words(event) if place is None or place in what else f"{type_words(event)}; {place}",
        clauses=_clauses(happening),
        according=_sourced(lead),
        ids=tuple(ids[r.event.id] for r in happening.reports),
        articles=len({r.article.id for r in happening.reports}),
        marks=marks,
    )


def card_of(report: ReportedEvent, ids: ShortIds) -> Card:
    """The card of one report, with the paragraph around its clause."""
    event, article = report.event, report.article
    before, words, after = _in_paragraph(report)
    return Card(
        id=ids[event.id],
        event_id=one_line(event.id),
        what=event_words(event),
        code=type_words(event),
        sides=sides(event),
        status=event.status,
        date=_date_and_basis(report),
        place=one_line(event.place.name or event.place.text) if event.place else None,
        before=before,
        clause=words,
        after=after,
        according=f"{according_to(report)}; {source_words(report)}",
        title=shortened(one_line(article.title or "(no title)"), TITLE_LIMIT),
        publisher=shortened(one_line(article.publisher or "Publisher not known"), TITLE_LIMIT),
        published=article.published or "day not known",
        reprint_of=shortened(one_line(article.reprint_of), TITLE_LIMIT) if article.reprint_of else None,
        url=safe_url(article.url),
        url_text=shortened(one_line(article.url), TITLE_LIMIT) if article.url else None,
        confidence=event.confidence,
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


def _one_sided(happening: Happening) -> tuple[str, ...]:
    """'only North Korea says so', of what one of the two sides and its state media alone tell."""
    code = side_telling(happening)
    return () if code is None else (f"only {load_actors().state(code).name} says so",)


def _clauses(happening: Happening) -> tuple[str, ...]:
    """The leading clause; of statements also what else the same article says, since one speech has many points."""
    lead = happening.lead
    quoted = [clause(lead.event)]
    if lead.event.type in STATEMENTS:
        for report in happening.reports:
            words = clause(report.event)
            if report.article.id == lead.article.id and not any(words in q or q in words for q in quoted):
                quoted.append(words)
    return tuple(quoted[:CLAUSES])


def _sourced(report: ReportedEvent) -> str:
    """'Tass, by Moscow Courier (2023-10-19)'; of an event without a date the day is named as that of publication."""
    published = report.article.published
    if published is None:
        return according_to(report)
    return f"{according_to(report)} ({published if report.event.date else f'published {published}'})"


def _place(happening: Happening) -> str | None:
    place = happening.place
    return shortened(one_line(place.name or place.text), 80) if place else None


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
