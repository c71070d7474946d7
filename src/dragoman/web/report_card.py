"""One report of an incident as a card: its clause in its paragraph with who, whom, when, where and by whom marked.

Apart from the page because it works from the report alone (see `briefing.telling`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from dragoman.analysis.reprints import find_reprints
from dragoman.briefing.telling import LEGEND, Letter, paragraph_around, stretches
from dragoman.briefing.voices import source_words
from dragoman.briefing.wording import event_words, one_line, shortened
from dragoman.model import Article, EventDate, ReportedEvent
from dragoman.web import links
from dragoman.web.marking import Highlight, Piece, paragraphs
from dragoman.web.parts import QUADS, Mark, Ref, When, chain_refs, place_words, publisher_ref, refs, when
from dragoman.web.second import Second

REACH: Final = 420
"""Characters of its paragraph that are shown before and after a clause."""
LONGEST: Final = 1200
"""Characters of a clause that are shown."""
TITLE: Final = 160


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """Characters of the paragraph with what they are; `opens` are the letters whose words begin here."""

    text: str
    on: tuple[Letter, ...] = ()
    opens: tuple[Letter, ...] = ()


class ReportCard(msgspec.Struct, frozen=True, kw_only=True):
    """One report; `copies` have the same words in copies of its article, `why` says why it is one of the incident."""

    label: str
    id: str
    href: str
    article: Ref
    publisher: Ref | None
    published: str | None
    reprint_of: str | None
    url: str | None
    runs: tuple[Run, ...]
    cut: tuple[bool, bool]
    what: str
    marks: tuple[Mark, ...]
    when: When
    date_basis: str
    place: str | None
    actors: tuple[Ref, ...]
    recipients: tuple[Ref, ...]
    symmetric: bool
    chain: tuple[Ref, ...]
    source: str
    confidence: float
    why: str
    copies: tuple[Ref, ...]
    seconds: tuple[Second, ...]


def rows_of_copies(reports: Sequence[ReportedEvent]) -> list[tuple[ReportedEvent, ...]]:
    """Reports in order; those in the same words in copies of one article are one row, the first of them first."""
    articles = {report.article.id: report.article for report in reports}
    reprints = find_reprints(articles.values()) if len(articles) > 1 else None
    rows: dict[tuple[str, str, str, str], list[ReportedEvent]] = {}
    for report in reports:
        family = reprints.family_of(report.article.id) if reprints is not None else None
        original = family.original if family is not None else report.article.id
        event = report.event
        rows.setdefault((original, event.type, event.status, one_line(event.evidence.text)), []).append(report)
    return [tuple(row) for row in rows.values()]


def report_card(row: Sequence[ReportedEvent], label: str, why: str, seconds: tuple[Second, ...] = ()) -> ReportCard:
    """The card of a report and its copies; `seconds` are what second coders say of it."""
    report = row[0]
    event, article = report.event, report.article
    runs, cut = marked(report)
    return ReportCard(
        label=label,
        id=event.id,
        href=links.article(article.id, event.id),
        article=Ref(name=_title(article), href=links.article(article.id)),
        publisher=publisher_ref(article.publisher),
        published=article.published,
        reprint_of=shortened(one_line(article.reprint_of), TITLE) if article.reprint_of else None,
        url=links.safe_url(article.url),
        runs=runs,
        cut=cut,
        what=event_words(event),
        marks=(
            Mark(
                kind="quad",
                text=f"{event.type}, {event.mode}" if event.mode else event.type,
                value=str(event.quad),
                title=f"{QUADS[event.quad - 1]}, PLOVER score {event.intensity:+g}",
            ),
            Mark(kind="plain", text=event.status, title="Its status, as this report tells it"),
        ),
        when=when(event.date, article.published),
        date_basis=basis_words(event.date),
        place=place_words(event),
        actors=refs(event.actors),
        recipients=refs(event.recipients),
        symmetric=event.symmetric,
        chain=chain_refs(report),
        source=source_words(report),
        confidence=event.confidence,
        why=one_line(why),
        copies=tuple(_copy(each) for each in row[1:]),
        seconds=seconds,
    )


def basis_words(date: EventDate | None) -> str:
    """'from “Thursday”', 'the day of publication'; on what a date rests."""
    if date is None:
        return "not stated"
    if date.basis == "stated":
        return f"from “{shortened(one_line(date.expression), 80)}”" if date.expression else "stated in the text"
    return "the dateline's day" if date.basis == "dateline" else "the day of publication"


def marked(report: ReportedEvent) -> tuple[tuple[Run, ...], tuple[bool, bool]]:
    """The paragraph of a report's clause in runs, and whether it was cut before and after."""
    event, text = report.event, report.article.text
    first, last = event.evidence.start, min(event.evidence.end, event.evidence.start + LONGEST)
    within = paragraph_around(text, first, last, REACH)
    highlights = [Highlight(start=start, end=end, layer=letter) for start, end, letter in stretches(report, within)]
    runs: list[Run] = []
    for number, paragraph in enumerate(paragraphs(text, highlights, within=within)):
        if number:
            runs.append(Run(text=" "))
        runs.extend(_run(piece, highlights) for piece in paragraph)
    before, after = text[: within[0]].rpartition("\n")[2], text[within[1] :].partition("\n")[0]
    return tuple(runs), (bool(before.strip()), bool(after.strip()))


def _run(piece: Piece, highlights: Sequence[Highlight]) -> Run:
    return Run(
        text=piece.text,
        on=tuple(dict.fromkeys(_letter(highlights[n]) for n in piece.on)),
        opens=tuple(dict.fromkeys(_letter(highlights[n]) for n in piece.opens)),
    )


def _letter(highlight: Highlight) -> Letter:
    return next(letter for letter in LEGEND if letter == highlight.layer)


def _title(article: Article) -> str:
    return shortened(one_line(article.title or "(no title)"), TITLE)


def _copy(report: ReportedEvent) -> Ref:
    article = report.article
    name = shortened(one_line(article.publisher or article.title or article.id), 90)
    return Ref(name=name, href=links.article(article.id, report.event.id), note=article.published)
