"""A page that lists articles, of a site without feed and sitemap: its links that lead to articles."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlsplit

from trafilatura import load_html

from dragoman.errors import InputError
from dragoman.fetching.addresses import normalise
from dragoman.fetching.entry import MOST, Entry, distinct
from dragoman.fetching.failure import FetchError
from dragoman.fetching.markup import charset_of
from dragoman.reading.encoding import decode
from dragoman.reading.html import CHARSET, MAX_TAGS

_NUMBER: Final = re.compile(r"\d{4,}|[?&][a-z_]*id=\d+", re.IGNORECASE)
_WORDS: Final = re.compile(r"(?:[^/-]+-){3,}")
_NOT_PAGES: Final = re.compile(
    r"\.(?:pdf|jpe?g|png|gif|svg|webp|mp[34]|zip|docx?|xlsx?|css|js|xml|rss)$", re.IGNORECASE
)


def read_listing(data: bytes, url: str, pattern: str | None = None, content_type: str | None = None) -> list[Entry]:
    """The articles that a page links to, in its order, on the same host only.

    A link is one when its address has `pattern` (a regular expression) in it; without a pattern, when it looks like
    that of an article: a number of four digits or more, or four words joined by hyphens.
    Raises `FetchError` for what is no page.
    """
    said = CHARSET.search(data[:4096])
    charset = charset_of(content_type) or (said[1].decode("ascii") if said else None)
    try:
        html = decode(data, source=url, declared=charset).text
    except InputError as error:
        raise FetchError(error.what, source=url) from None
    if html.count("<") > MAX_TAGS:
        raise FetchError(f"The page has more than {MAX_TAGS:,} tags.", source=url)
    tree = load_html(html)
    if tree is None:
        raise FetchError("There is nothing in the page.", source=url)
    base = next((b.get("href") for b in tree.iter("base") if b.get("href")), None)
    base = normalise(base, url) if base else url
    host = urlsplit(url).hostname
    wanted = re.compile(pattern) if pattern is not None else None
    entries = []
    for link in tree.iter("a"):
        found = normalise(link.get("href") or "", base or url)
        if found is None or urlsplit(found).hostname != host or found == normalise(url):
            continue
        if wanted.search(found) if wanted is not None else _is_article(found):
            entries.append(Entry(url=found, title=" ".join(link.text_content().split())[:500] or None))
    return distinct(entries[:MOST])


def _is_article(url: str) -> bool:
    parts = urlsplit(url)
    if _NOT_PAGES.search(parts.path):
        return False
    return bool(_NUMBER.search(f"{parts.path}?{parts.query}") or _WORDS.search(parts.path))
