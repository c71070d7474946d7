"""The article page: the text as published with every mention, claim and event marked, and their notes beside it."""

from __future__ import annotations

from typing import Final

import msgspec
from fastapi import APIRouter

from dragoman.briefing.wording import UNSEEN, one_line, shortened
from dragoman.model import Article, CodedArticle
from dragoman.web import links
from dragoman.web.article_notes import (
    ClaimNote,
    CopyRow,
    EventNote,
    NamedRow,
    ProblemRow,
    claim_notes,
    copies_of,
    event_notes,
    named,
    problems_of,
)
from dragoman.web.article_text import LAYERS, Layer, Runs, Stretch, read_text
from dragoman.web.desk import Desk
from dragoman.web.errors import RefusedError
from dragoman.web.marking import sentences
from dragoman.web.pages.base import Asked, page
from dragoman.web.parts import Ref, publisher_ref
from dragoman.web.reviewing import choices

router = APIRouter()
PLAIN: Final = "text"
"""What `show` has when no layer is to be shown: the text is always."""
TITLE: Final = 300
SENTENCE: Final = 140
SENTENCES: Final = 400
FORMS: Final = 24
"""Events of an article up to which each has its form on the page; of more, the one that is to be corrected."""
CLAUSE: Final = 2000
"""Characters of an added event's words."""


class ArticleAsked(Asked, frozen=True, kw_only=True):
    """Which article, and which layers of it: `show=mentions,claims,events`, or each by itself; all when not given.

    `add` is a stretch of the text, '120-240', out of which an event that was missed is to be made; `correct` is the id
    of an event whose form stands open.
    """

    article_id: str
    show: tuple[str, ...] = ()
    add: str | None = None
    correct: str | None = None


class Toggle(msgspec.Struct, frozen=True, kw_only=True):
    """A layer that can be shown, and how many there are of it."""

    layer: Layer
    number: int
    shown: bool


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of the text that an event can be made of, as '120-240', with its words."""

    value: str
    words: str


class ArticlePage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page of an article shows. `url` is None for an address not safe to follow; `address` tells it."""

    id: str
    title: str
    publisher: Ref | None
    published: str | None
    reprint_of: str | None
    dateline: str | None
    url: str | None
    address: str | None
    coder: str
    words: int
    path: str
    toggles: tuple[Toggle, ...]
    paragraphs: tuple[Runs, ...]
    left_out: int
    events: tuple[EventNote, ...]
    forms: bool
    claims: tuple[ClaimNote, ...]
    named: tuple[NamedRow, ...]
    copies: tuple[CopyRow, ...]
    problems: tuple[ProblemRow, ...]
    sentences: tuple[Sentence, ...]
    adding: Sentence | None


def article(desk: Desk, asked: ArticleAsked) -> ArticlePage:
    """One article with all that was found in it."""
    coded = desk.coded(asked.article_id)
    show = _layers(asked.show)
    told = coded.article
    events = event_notes(desk, coded, choices(desk, told.id))
    claims = claim_notes(coded, events)
    stretches = [
        Stretch(id=note.choice.id, start=note.choice.start, end=note.choice.end, words=note.says) for note in events
    ]
    claim_words = [shortened(f"{note.speaker}: {note.content}; {note.chain}", 400) for note in claims]
    shown = read_text(coded, stretches, claim_words, show)
    return ArticlePage(
        id=told.id,
        title=shortened(one_line(told.title or "(no title)"), TITLE),
        publisher=publisher_ref(told.publisher),
        published=told.published,
        reprint_of=shortened(one_line(told.reprint_of), TITLE) if told.reprint_of else None,
        dateline=_dateline(told),
        url=links.safe_url(told.url),
        address=shortened(one_line(told.url), TITLE) if told.url else None,
        coder=one_line(f"{coded.coder.version}, {coded.coder.model}"),
        words=len(told.text.split()),
        path=links.article(told.id),
        toggles=_toggles(coded, len(events), show),
        paragraphs=shown,
        left_out=len(UNSEEN.findall(told.text)),
        events=events,
        forms=len(events) <= FORMS,
        claims=claims,
        named=named(coded.mentions),
        copies=desk.memo(("copies", told.id), lambda: copies_of(desk, told)),
        problems=problems_of(desk, told.id),
        sentences=_sentences(told.text),
        adding=_adding(told.text, asked.add),
    )


def _layers(show: tuple[str, ...]) -> tuple[Layer, ...]:
    wanted = [name.strip() for each in show for name in each.split(",") if name.strip()]
    unknown = [name for name in wanted if name not in (*LAYERS, PLAIN)]
    if unknown:
        raise RefusedError(f"'show' is '{unknown[0]}'. It can be: {', '.join((*LAYERS, PLAIN))}.")
    return tuple(layer for layer in LAYERS if layer in wanted or not wanted)


def _toggles(coded: CodedArticle, events: int, show: tuple[Layer, ...]) -> tuple[Toggle, ...]:
    numbers = {"mentions": len(coded.mentions), "claims": len(coded.claims), "events": events}
    return tuple(Toggle(layer=layer, number=numbers[layer], shown=layer in show) for layer in LAYERS)


def _dateline(told: Article) -> str | None:
    if told.dateline is None:
        return None
    parts = (told.dateline.place, told.dateline.date, told.dateline.agency)
    return ", ".join(shortened(one_line(part), 90) for part in parts if part) or None


def _sentences(text: str) -> tuple[Sentence, ...]:
    return tuple(_sentence(text, start, end, SENTENCE) for start, end in sentences(text)[:SENTENCES])


def _sentence(text: str, start: int, end: int, limit: int) -> Sentence:
    return Sentence(value=f"{start}-{end}", words=shortened(one_line(text[start:end]), limit))


def _adding(text: str, add: str | None) -> Sentence | None:
    if add is None:
        return None
    start, dash, end = add.partition("-")
    if not (dash and start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text)):
        raise RefusedError(f"'add' is '{shortened(one_line(add), 60)}'. It is a stretch of the text, such as '0-120'.")
    return _sentence(text, int(start), int(end), CLAUSE)


page(router, "/article/{article_id}", "article.html", article)
