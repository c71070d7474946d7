"""Articles for tests of the whole way through the coder: a text goes in, what a reader would ask of it comes out."""

from __future__ import annotations

import functools

from dragoman.coding.coder import Coder
from dragoman.coding.draft import Draft
from dragoman.coding.identity import Identity
from dragoman.coding.language import load_pipeline, parse
from dragoman.coding.mentions import Mentions
from dragoman.model import Article, CodedArticle, Mention

DAY = "2024-08-02"
Dyad = tuple[str, frozenset[str], frozenset[str]]


@functools.cache
def coder() -> Coder:
    """One coder for all tests of a process."""
    return Coder()


def article(text: str, **fields: object) -> Article:
    """An article published on `DAY` unless said otherwise."""
    return Article(**{"id": "test", "text": text, "published": DAY, **fields})  # type: ignore[arg-type]


def code(text: str, **fields: object) -> CodedArticle:
    """The article coded by all steps."""
    return coder().code(article(text, **fields))


def mentioned(text: str, **fields: object) -> Draft:
    """The article with its mentions found, not yet identified."""
    draft = next(parse([article(text, **fields)], load_pipeline()))
    Mentions()(draft)
    return draft


def identified(text: str, **fields: object) -> Draft:
    """The article with its mentions found and identified."""
    draft = mentioned(text, **fields)
    Identity()(draft)
    return draft


def named(draft: Draft, words: str) -> list[Mention]:
    """The mentions that consist of just these words, in order."""
    return [m for m in draft.mentions if m.text == words]
