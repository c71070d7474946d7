"""A stream of articles in which every id stands once: repeats are dropped, a clash of ids is parted and told."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

from dragoman.model import Article, Problem


def distinct(articles: Iterable[Article], report: Callable[[Problem], None]) -> Iterator[Article]:
    """The articles, each once; the second of two texts under one id is renamed to 'id~' and a hash of its text."""
    seen: dict[str, bytes] = {}
    for article in articles:
        digest = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).digest()
        before = seen.setdefault(article.id, digest)
        if before is digest:
            yield article
        elif before != digest:
            own = f"{article.id}~{digest.hex()[:8]}"
            if seen.setdefault(own, digest) is digest:
                report(_clash(article, own))
                yield msgspec.structs.replace(article, id=own)


def _clash(article: Article, own: str) -> Problem:
    return Problem(
        kind="repaired",
        stage="reading",
        source=article.url or article.id,
        field="id",
        article_id=own,
        reason=f"the id '{article.id}' is given to two different texts; this one is kept as '{own}'.",
    )
