"""RSS, Atom and JSON feeds: bytes in, entries out. Nothing is fetched here."""

from __future__ import annotations

import calendar
import io
import json
import re
from datetime import UTC, datetime
from html import unescape
from typing import Any, Final

from dragoman.errors import UsageError
from dragoman.fetching.addresses import normalise
from dragoman.fetching.entry import MOST, Entry, distinct
from dragoman.fetching.failure import FetchError
from dragoman.fetching.markup import charset_of, clean_xml
from dragoman.reading.days import iso_day

_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_TITLE: Final = 500  # characters
_MOST_TAGS: Final = 200_000
_ENTRY: Final = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.IGNORECASE)


def read_feed(data: bytes, url: str, content_type: str | None = None) -> list[Entry]:
    """The entries of a feed that was found at `url`, in its order; entries without an address are left out.

    Raises `FetchError` for what is no feed, `UsageError` where the reader of feeds is not installed.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return distinct(_json_feed(data, url))
    return distinct(_xml_feed(clean_xml(data, url, charset_of(content_type)), url))


def _xml_feed(text: str, url: str) -> list[Entry]:
    try:
        import feedparser  # type: ignore[import-untyped]
    except ImportError as error:
        raise UsageError("'feedparser' is not installed. Install Dragoman with 'dragoman[watch]'.") from error

    # What is not well-formed goes through a parser written in Python, which takes seconds for a thousand entries.
    if text.count("<") > _MOST_TAGS or sum(1 for _ in _ENTRY.finditer(text)) > MOST:
        raise FetchError(f"Not a feed: more than {_MOST_TAGS:,} tags or {MOST:,} entries.", source=url)
    # Given as bytes in a file, since of a text feedparser would ask whether it is an address or a name of a file.
    stream = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>\n' + text.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        found = feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # parsers of hostile input raise anything
        raise FetchError(f"The feed cannot be parsed ({type(error).__name__}).", source=url) from error
    entries = found.entries
    if not found.get("version") and not entries:
        raise FetchError("Not a feed: neither RSS nor Atom.", source=url)
    return [entry for each in entries if (entry := _xml_entry(each, url)) is not None]


def _xml_entry(each: dict[str, Any], base: str) -> Entry | None:
    guid = str(each.get("id") or "")
    link = str(each.get("link") or "") or (guid if guid.startswith(("http://", "https://")) else "")
    url = normalise(link, base) if link else None
    if url is None:
        return None
    return Entry(  # asked for by `dict`, since feedparser gives one day for the other where that is missing
        url=url,
        title=plain(each.get("title")),
        published=_moment(dict.get(each, "published_parsed")),
        updated=_moment(dict.get(each, "updated_parsed")),
    )


def _moment(parsed: object) -> str | None:
    """An ISO time in UTC of feedparser's nine numbers; None for no time or one that cannot be."""
    if not isinstance(parsed, tuple):
        return None
    try:
        return datetime.fromtimestamp(calendar.timegm(parsed), UTC).isoformat()
    except (ValueError, OverflowError, OSError):
        return None


def _json_feed(data: bytes, url: str) -> list[Entry]:
    try:
        feed = json.loads(data.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError):
        raise FetchError("Not a feed: invalid JSON.", source=url) from None
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise FetchError("Not a JSON feed: it has no 'items'.", source=url)
    return [entry for each in items[:MOST] if isinstance(each, dict) and (entry := _json_entry(each, url)) is not None]


def _json_entry(each: dict[str, object], base: str) -> Entry | None:
    link = next((v for k in ("url", "external_url", "id") if isinstance(v := each.get(k), str) and v.strip()), None)
    url = normalise(link, base) if link else None
    if url is None:
        return None
    return Entry(
        url=url,
        title=plain(each.get("title")),
        published=_given(each.get("date_published")),
        updated=_given(each.get("date_modified")),
    )


def _given(value: object) -> str | None:
    return value.strip()[:40] if isinstance(value, str) and iso_day(value) else None


def plain(title: object) -> str | None:
    """A title without tags and white space around it; None for an empty one."""
    if not isinstance(title, str):
        return None
    words = " ".join(unescape(_TAG.sub(" ", title[: 4 * _TITLE])).split())
    return words[:_TITLE] or None
