"""Labelled articles: what a reader found in a text, in the form that docs/evaluation.md describes."""

from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.errors import InputError
from dragoman.model import Article, ClaimKind, EventType, Status

Span = tuple[int, int]


class GoldDate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """First and last day, ISO, both included."""

    start: str
    end: str


class GoldEvent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that one side did to another; `types` are those a careful reader may choose, best first."""

    types: tuple[EventType, ...]
    source: tuple[str, ...]
    target: tuple[str, ...]
    symmetric: bool
    status: Status
    date: GoldDate | None
    place: str | None
    said_by: str | None
    evidence: str
    also: tuple[str, ...] = ()


class GoldAttribution(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who said what; `source`, `cue` and `content` are words of the text, `speaker` who that is."""

    source: str
    cue: str
    content: str
    speaker: str
    kind: ClaimKind


class GoldArticle(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labelled article."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    text: str
    events: tuple[GoldEvent, ...]
    attributions: tuple[GoldAttribution, ...] = ()


def article_of(label: GoldArticle) -> Article:
    """A labelled article without its labels."""
    return Article(
        id=label.id, title=label.title, publisher=label.publisher, published=label.published, text=label.text
    )


def read_gold(path: Path) -> list[GoldArticle]:
    """All labelled articles of a file; raises `InputError` naming the line for one that is not as it must be.

    Every evidence, source, cue and content must be words of the text.
    """
    articles: list[GoldArticle] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            article = msgspec.json.decode(line, type=GoldArticle)
        except msgspec.MsgspecError as error:
            raise InputError(str(error), source=path.name, line=number) from error
        quoted = [("evidence", w) for e in article.events for w in (e.evidence, *e.also)]
        quoted += [(f, getattr(a, f)) for a in article.attributions for f in ("source", "cue", "content")]
        for field, words in quoted:
            if words not in article.text:
                raise InputError(
                    f"'{words[:60]}' does not stand in the text", source=path.name, line=number, field=field
                )
        articles.append(article)
    return articles
