"""What a reader of one format hands on: an article's text and what the input itself says of it, nothing judged yet."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.model import Problem, ProblemKind

MAX_TEXT = 1_000_000  # characters; a long book has fewer, and the parser's memory grows with the text
MAX_FILE = 20 * 1024 * 1024  # bytes of one text, page, or line of JSON
MAX_KEPT = 10_000  # characters of a refused input that are kept aside with the reason
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")  # would upset a terminal


@dataclass(frozen=True, slots=True, kw_only=True)
class RawArticle:
    """One article as a format reader found it. `published` is an ISO day; `repairs` says what was mended.

    `captions` are the words of captions of pictures, where the format tells them from the text.
    """

    source: str
    line: int | None = None
    text: str
    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    markdown: bool = False
    captions: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


def make_problem(
    reason: str,
    source: str,
    *,
    kind: ProblemKind = "failed",
    line: int | None = None,
    field: str | None = None,
    article_id: str | None = None,
    content: str | None = None,
) -> Problem:
    """A problem met in reading; `content` is cut at `MAX_KEPT` and made fit to be written and shown."""
    if content is not None:
        content = CONTROL.sub("\ufffd", content[:MAX_KEPT]).encode("utf-8", "replace").decode("utf-8")
    return Problem(
        kind=kind,
        stage="reading",
        source=source,
        line=line,
        field=field,
        article_id=article_id,
        reason=reason,
        content=content,
    )
