"""Sitemaps: bytes in, the addresses of pages or of further sitemaps out. Nothing is fetched here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from lxml import etree

from dragoman.fetching.addresses import normalise
from dragoman.fetching.connection import unpack
from dragoman.fetching.entry import MOST_MAPPED, Entry, distinct
from dragoman.fetching.failure import FetchError
from dragoman.fetching.feeds import plain
from dragoman.fetching.markup import charset_of, clean_xml
from dragoman.reading.days import iso_day

_GZIP: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """What one sitemap lists: pages, and other sitemaps (of which `updated` is when they last changed)."""

    pages: list[Entry]
    maps: list[Entry]


def read_sitemap(data: bytes, url: str, size: int, content_type: str | None = None) -> Sitemap:
    """A sitemap, an index of sitemaps, a news sitemap or a plain list of addresses, packed or not.

    `size` caps what it may be unpacked. Raises `FetchError` for anything else.
    """
    if data.startswith(_GZIP):
        data = unpack([data], size, url)
    text = clean_xml(data, url, charset_of(content_type))
    if not text.lstrip().startswith("<"):
        return _plain_list(text, url)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    kind = None if root is None else _name(root)
    if root is None or kind not in ("urlset", "sitemapindex"):
        raise FetchError("Not a sitemap: it has neither 'urlset' nor 'sitemapindex'.", source=url)
    wanted = "url" if kind == "urlset" else "sitemap"
    listed = [each for each in root if _name(each) == wanted][:MOST_MAPPED]
    entries = distinct([entry for each in listed if (entry := _entry(each, url)) is not None])
    return Sitemap(pages=entries, maps=[]) if kind == "urlset" else Sitemap(pages=[], maps=entries)


def _entry(element: etree._Element, base: str) -> Entry | None:
    said: dict[str, str] = {}
    news: dict[str, str] = {}
    for child in element:
        if _name(child) == "news":
            news = {_name(each): (each.text or "").strip() for each in child}
        else:
            said.setdefault(_name(child), (child.text or "").strip())
    url = normalise(said.get("loc", ""), base) if said.get("loc") else None
    if url is None:
        return None
    return Entry(
        url=url,
        title=plain(news.get("title")),
        published=_day(news.get("publication_date")),
        updated=_day(said.get("lastmod")),
    )


def _name(element: etree._Element) -> str:
    """The name without its namespace, which some sites get wrong; '' for what is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""  # QName raises for names like "a:"


def _day(value: str | None) -> str | None:
    return value if value and iso_day(value) else None


def _plain_list(text: str, url: str) -> Sitemap:
    lines = [line.strip() for line in text.splitlines()[:MOST_MAPPED]]
    entries = [Entry(url=found) for line in lines if line and (found := normalise(line)) is not None]
    if not entries:
        raise FetchError("Not a sitemap: neither XML nor a list of addresses.", source=url)
    return Sitemap(pages=distinct(entries), maps=[])
