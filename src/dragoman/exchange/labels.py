"""Persons' decisions as labelled data: articles with the events that a person says they tell, and a sheet of decisions.

The articles have the form of the labelled articles that the evaluation reads (docs/evaluation.md), so that a lab can
score a coder, or train one, on what it has reviewed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO, Final

import msgspec

from dragoman.exchange.export import cell
from dragoman.model import Article, Event, EventType, Party, Status
from dragoman.record.reviewed import Reviewed
from dragoman.record.reviews import Review, Verdict, verdicts

COLUMNS: Final = (
    "when", "who", "decision", "because", "counts", "changed", "article_id", "event_id", "type", "mode", "actors",
    "recipients", "status", "date_start", "date_end", "place", "start", "end", "evidence",
)  # fmt: skip
_TOGETHER: Final = "; "


class LabelledDate(msgspec.Struct, frozen=True):
    """First and last day."""

    start: str
    end: str


class LabelledEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One event as a person left it; sides are states by code, others by name, `said_by` who said it first."""

    types: tuple[EventType, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    symmetric: bool
    status: Status
    date: LabelledDate | None
    place: str | None
    said_by: str | None
    evidence: str
    also: tuple[str, ...] = ()


class LabelledArticle(msgspec.Struct, frozen=True, kw_only=True):
    """One article with the events that a person says it tells."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    text: str
    events: tuple[LabelledEvent, ...]


def labelled(
    reviewed: Reviewed, articles: Iterable[Article], coded: Mapping[str, Collection[str]], *, whole: bool = False
) -> Iterator[LabelledArticle]:
    """The articles that were wholly reviewed, and unless `whole` those with accepted, edited or added events.

    `coded` are the ids of the coder's events by article. An article is wholly reviewed when all of them are decided
    about; only there does the lack of an event say that there is none. Decisions that lost their event are labels all
    the same, as long as their words stand in the text.
    """
    by_article: dict[str, list[Verdict]] = {}
    for verdict in (*reviewed.verdicts.values(), *reviewed.lost):
        by_article.setdefault(verdict.article, []).append(verdict)
    now = {row.event.id: row.event for row in reviewed.rows}
    for article in sorted(articles, key=lambda a: a.id):
        decided = by_article.get(article.id, [])
        events = [now.get(verdict.event.id) or verdict.result() for verdict in decided]
        told = [e for e in events if e is not None and e.evidence.text in article.text]
        is_whole = bool(decided) and all(key in reviewed.verdicts for key in coded.get(article.id, ()))
        if is_whole or (told and not whole):
            told.sort(key=lambda e: (e.evidence.start, e.evidence.end, e.id))
            yield LabelledArticle(
                id=article.id,
                title=article.title,
                publisher=article.publisher,
                published=article.published,
                text=article.text,
                events=tuple(map(_label, told)),
            )


def write_reviews_csv(reviews: Sequence[Review], lost: Iterable[Verdict], stream: BinaryIO) -> None:
    """One row a decision with the columns of `COLUMNS`, in the order in which they were made; the event as it was then.

    `counts` is 'yes' for the decision that stands, 'lost' when the coder no longer finds its event, else 'no'.
    """
    standing = {id(verdict.last) for verdict in verdicts(reviews)}
    gone = {(verdict.article, verdict.event.id) for verdict in lost}
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
    try:
        sheet = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        sheet.writeheader()
        for review in reviews:
            stands = id(review) in standing
            counts = "no" if not stands else "lost" if (review.article, review.event.id) in gone else "yes"
            sheet.writerow({name: cell(value) for name, value in _flat(review, counts).items()})
    finally:
        text.detach()  # flushes, and leaves the stream open to its owner


def _label(event: Event) -> LabelledEvent:
    return LabelledEvent(
        types=(event.type,),
        source=_names(event.actors),
        target=_names(event.recipients),
        symmetric=event.symmetric,
        status=event.status,
        date=None if event.date is None else LabelledDate(event.date.start, event.date.end),
        place=None if event.place is None else event.place.text,
        said_by=event.chain[0] if event.claim is not None and event.chain else None,
        evidence=event.evidence.text,
    )


def _names(parties: Iterable[Party]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.country or p.actor or p.text for p in parties))


def _flat(review: Review, counts: str) -> dict[str, object]:
    event, date = review.event, review.event.date
    changes = {} if review.changes is None else msgspec.to_builtins(review.changes)
    return {
        "when": review.when,
        "who": review.who,
        "decision": review.kind,
        "because": review.because,
        "counts": counts,
        "changed": msgspec.json.encode(changes).decode() if changes else None,
        "article_id": review.article,
        "event_id": event.id,
        "type": event.type,
        "mode": event.mode,
        "actors": _TOGETHER.join(p.actor or p.text for p in event.actors),
        "recipients": _TOGETHER.join(p.actor or p.text for p in event.recipients),
        "status": event.status,
        "date_start": None if date is None else date.start,
        "date_end": None if date is None else date.end,
        "place": None if event.place is None else event.place.text,
        "start": event.evidence.start,
        "end": event.evidence.end,
        "evidence": event.evidence.text,
    }
