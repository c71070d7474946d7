"""HTML to an article: trafilatura takes the news text and what the page says of itself out of the page.

Pages are hostile: nothing is fetched, sizes are limited before, and whatever the parsers raise becomes an `InputError`.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trafilatura import bare_extraction, load_html
from trafilatura.settings import Document

from dragoman.errors import InputError
from dragoman.reading.days import iso_day
from dragoman.reading.encoding import decode, mend_mojibake
from dragoman.reading.raw import RawArticle

if TYPE_CHECKING:
    from lxml.html import HtmlElement

for _name in ("trafilatura", "htmldate"):  # they log what we report
    logging.getLogger(_name).addHandler(logging.NullHandler())

MAX_TAGS = 100_000  # a page of news has some thousands
MANY_TAGS = 20_000  # from here on no second opinion: it takes time by the square of the paragraphs
CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)
PAGE = re.compile(r"<(?:!doctype|html|head|body)\b", re.IGNORECASE)
# Within a table cell these say that the table lays out the page and holds no figures.
BLOCKS = ("div", "p", "br", "table", "article", "section", "h1", "h2", "h3", "ul", "font", "pre")
XML_DECLARATION = re.compile(r"\A\s*<\?xml[^>]{0,200}\?>")
# A fixed last day instead of today's keeps the same page the same article on every day; the wide search for anything
# that looks like a date is off, since an unknown day is better than a wrong one.
DATES = {"original_date": True, "extensive_search": False, "min_date": "1990-01-01", "max_date": "2100-12-31"}


@dataclass(frozen=True, slots=True)
class Page:
    """The news text of a page and what the page says of it; `published` is an ISO day."""

    text: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    captions: tuple[str, ...] = ()


def read_html(data: bytes, source: str) -> RawArticle:
    """The article of a page; raises `InputError` when there is none in it."""
    declared = CHARSET.search(data[:4096])
    decoded = decode(data, source=source, declared=declared[1].decode("ascii") if declared else None)
    html, mended = mend_mojibake(decoded.text)
    page = extract_page(html, source=source)
    return RawArticle(
        source=source,
        text=page.text,
        title=page.title,
        publisher=page.publisher,
        published=page.published,
        url=page.url,
        captions=page.captions,
        repairs=decoded.repairs + mended,
    )


def extract_page(html: str, *, source: str, line: int | None = None) -> Page:
    """The news text of a page or a part of one, given as text; raises `InputError` when there is none."""
    html = XML_DECLARATION.sub("", html, count=1)
    if html.count("<") > MAX_TAGS:
        raise InputError(f"Not a page of news: it has more than {MAX_TAGS:,} tags.", source=source, line=line)
    if not PAGE.search(html, 0, 4096):
        html = f"<html><body><div>{html}</div></body></html>"
    try:
        document, captions = _extract(html)
    except Exception as error:  # parsers of hostile input raise anything; the next article must still be read
        raise InputError(f"The page cannot be parsed ({type(error).__name__}).", source=source, line=line) from error
    if document is None or not document.text or not document.text.strip():
        raise InputError("No text of an article was found in the page.", source=source, line=line)
    return Page(
        text=document.text,
        title=document.title or None,
        publisher=_outlet(document.sitename, document.hostname),
        published=iso_day(document.date) if document.date else None,
        url=document.url or None,
        captions=captions,
    )


def _extract(html: str) -> tuple[Document | None, tuple[str, ...]]:
    tree = load_html(html)
    if tree is None:
        return None, ()
    _unwrap_layout(tree)
    captions = _keep_captions(tree)
    document = bare_extraction(
        tree,
        include_comments=False,
        with_metadata=True,
        fast=html.count("<") > MANY_TAGS,
        date_extraction_params=DATES,
    )
    return (document if isinstance(document, Document) else None), captions


def _unwrap_layout(tree: HtmlElement) -> None:
    """Turn tables that lay out a page, as state agencies' pages have them, into plain blocks."""
    for table in list(tree.iter("table")):
        rows = list(table.iter("tr"))
        one_column = all(len(row) <= 1 for row in rows)
        if one_column or any(next(cell.iter(*BLOCKS), None) is not None for cell in table.iter("td")):
            for part in list(table.iter("table", "tbody", "thead", "tr", "td", "th", "center", "font")):
                part.tag = "div"


def _keep_captions(tree: HtmlElement) -> tuple[str, ...]:
    """Turn captions of pictures into paragraphs, which are extracted, and tell their words."""
    captions = []
    for caption in list(tree.iter("figcaption")):
        words = " ".join(caption.text_content().split())
        if words:
            captions.append(words)
            caption.tag = "p"
    for figure in list(tree.iter("figure")):
        figure.tag = "div"
    return tuple(captions)


def _outlet(sitename: str | None, hostname: str | None) -> str | None:
    """The outlet's name; the mere address of its site is none, and the article's url has it anyway."""
    if not sitename or sitename.lower().removeprefix("www.") == (hostname or "").lower().removeprefix("www."):
        return None
    return sitename
