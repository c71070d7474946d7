"""An answer of a web server to an article: the page's bytes with the Content-Type that came with them.

Separate because archives and the network give the same, and files have no Content-Type.
"""

from __future__ import annotations

import codecs
import re

from dragoman.errors import InputError
from dragoman.reading.encoding import decode, mend_mojibake
from dragoman.reading.html import CHARSET, Page, extract_page
from dragoman.reading.raw import RawArticle

PAGES = ("text/html", "application/xhtml+xml")
_SAID = re.compile(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
# What servers say of every page by default, true or not; here what the page says of itself is believed instead.
_BY_DEFAULT = frozenset({"ascii", "iso8859-1", "cp1252"})


def read_response(data: bytes, url: str, content_type: str | None) -> RawArticle:
    """The article of a page that was fetched from `url`, which becomes its address whatever the page calls itself.

    A page cannot pass for another one that way. Raises `InputError` when there is no article in it.
    """
    if not is_page(content_type):
        raise InputError(f"It is {(content_type or '').split(';')[0].strip()[:80]}, not a page.", source=url)
    decoded = decode(data, source=url, declared=charset(data, content_type))
    html, mended = mend_mojibake(decoded.text)
    page: Page = extract_page(html, source=url)
    return RawArticle(
        source=url,
        text=page.text,
        title=page.title,
        publisher=page.publisher,
        published=page.published,
        url=url,
        captions=page.captions,
        repairs=decoded.repairs + mended,
    )


def is_page(content_type: str | None) -> bool:
    """Whether a Content-Type is that of a page; one that is not given may be."""
    kind = (content_type or PAGES[0]).partition(";")[0].strip().lower()
    return kind in PAGES


def charset(data: bytes, content_type: str | None) -> str | None:
    """The encoding that the server names, or that the page itself names where the server's word is worth little."""
    header, meta = _SAID.search(content_type or ""), CHARSET.search(data[:4096])
    own = meta[1].decode("ascii") if meta else None
    if header is None:
        return own
    try:
        name = codecs.lookup(header[1]).name
    except LookupError:
        return own
    return own if own is not None and name in _BY_DEFAULT else header[1]
