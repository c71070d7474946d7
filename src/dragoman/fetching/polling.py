"""Asking one source what it has: a feed, a sitemap or a listing page in, entries out. Writes nothing, for threads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from dragoman.fetching.client import Client
from dragoman.fetching.connection import Limits, Response
from dragoman.fetching.entry import MOST_MAPPED, Entry, distinct
from dragoman.fetching.failure import FetchError
from dragoman.fetching.feeds import read_feed
from dragoman.fetching.listing import read_listing
from dragoman.fetching.settings import Source
from dragoman.fetching.sitemaps import read_sitemap
from dragoman.fetching.state import SourceState

FEED: Final = Limits(size=4 * 1024 * 1024)
SITEMAP: Final = Limits(size=50 * 1024 * 1024, total=120.0)  # the most that a sitemap may have
LISTING: Final = Limits(size=8 * 1024 * 1024)
MOST_MAPS: Final = 20  # sitemaps of an index that are read at a time, those that changed last
_OVERLAP: Final = 2 * 86400.0  # seconds; sitemaps that changed so long before the last look are looked at again
_ACCEPT: Final = {
    "feed": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5",
    "sitemap": "application/xml, text/xml, text/plain;q=0.8, */*;q=0.5",
    "page": "text/html, application/xhtml+xml, */*;q=0.1",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What a poll found; `etag` and `modified` let the next one ask only for what changed. `notes` tell of parts that
    could not be had.
    """

    entries: tuple[Entry, ...] = ()
    unchanged: bool = False
    etag: str | None = None
    modified: str | None = None
    notes: tuple[str, ...] = ()


def poll(source: Source, known: SourceState, client: Client) -> Poll:
    """Ask a source of the network for its entries; raises `FetchError` when it cannot be had."""
    limits = {"feed": FEED, "sitemap": SITEMAP, "page": LISTING}[source.kind]
    answer = client.get(
        source.where,
        source.reach,
        limits,
        etag=known.etag,
        modified=known.modified,
        accept=_ACCEPT[source.kind],
    )
    if answer.status == 304:
        return Poll(unchanged=True, etag=known.etag, modified=known.modified)
    found = Poll(etag=answer.headers.get("etag"), modified=answer.headers.get("last-modified"))
    said = answer.headers.get("content-type")
    if source.kind == "feed":
        return replace(found, entries=tuple(read_feed(answer.body, answer.url, said)))
    if source.kind == "page":
        return replace(found, entries=tuple(read_listing(answer.body, answer.url, source.links, said)))
    return _sitemap(source, known, client, answer, found)


def _sitemap(source: Source, known: SourceState, client: Client, answer: Response, found: Poll) -> Poll:
    """The pages of a sitemap and of those that it lists. An index is asked for anew each time: it may be the same while
    what it lists has changed.
    """
    sitemap = read_sitemap(answer.body, answer.url, SITEMAP.size, answer.headers.get("content-type"))
    if not sitemap.maps:
        return replace(found, entries=tuple(sitemap.pages))
    host = urlsplit(answer.url).hostname
    since = _iso(known.succeeded - _OVERLAP) if known.succeeded is not None else ""
    wanted = [m for m in sitemap.maps if urlsplit(m.url).hostname == host and not (m.updated and m.updated < since)]
    wanted.sort(key=lambda each: each.newest, reverse=True)
    notes = []
    if len(wanted) > MOST_MAPS:
        notes.append(f"Of {len(wanted)} sitemaps that changed, the latest {MOST_MAPS} were read.")
    pages: list[Entry] = []
    for each in wanted[:MOST_MAPS]:
        try:
            part = client.get(each.url, source.reach, SITEMAP, accept=_ACCEPT["sitemap"])
            pages += read_sitemap(part.body, part.url, SITEMAP.size, part.headers.get("content-type")).pages
        except FetchError as error:
            notes.append(f"{each.url}: {error.what}")
            if error.after is not None:
                break
        if len(pages) >= MOST_MAPPED:
            break
    return Poll(entries=tuple(distinct(pages)[:MOST_MAPPED]), notes=tuple(notes))


def _iso(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()
