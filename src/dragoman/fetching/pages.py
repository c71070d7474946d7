"""A page that was fetched to an article: its text, its own word and the feed's word on title and day, made one."""

from __future__ import annotations

import dataclasses
import datetime
from typing import Final
from urllib.parse import urlsplit

from dragoman.fetching.addresses import normalise
from dragoman.fetching.client import Client
from dragoman.fetching.connection import Limits, Response
from dragoman.fetching.failure import FetchError
from dragoman.fetching.settings import Source
from dragoman.fetching.state import Page
from dragoman.model import Article
from dragoman.reading.article import make_article
from dragoman.reading.days import iso_day
from dragoman.reading.detect import detect_language
from dragoman.reading.response import is_page, read_response

PAGE: Final = Limits(size=8 * 1024 * 1024)
APART: Final = 1  # days by which two words on the day of publication may differ, as time zones make them
_ACCEPT: Final = "text/html, application/xhtml+xml, */*;q=0.1"


def fetch_page(page: Page, source: Source, client: Client) -> Response:
    """Fetch a page; raises `FetchError`, also for what is no page and for articles that became the front page."""
    answer = client.get(page.url, source.reach, PAGE, accept=_ACCEPT)
    if not is_page(answer.headers.get("content-type")):
        kind = answer.headers["content-type"].partition(";")[0].strip()[:80]
        raise FetchError(f"It is {kind}, not a page.", source=page.url)
    if _is_front(answer.url) and not _is_front(page.url):
        raise FetchError("It leads to the front page of the site.", source=page.url)
    return answer


def read_page(page: Page, source: Source) -> tuple[Article, tuple[str, ...]]:
    """The article of a page with a body, and what was mended or decided in reading it.

    The source's outlet and language count, the page's title before the feed's. Raises `InputError` when there is no
    article in it.
    """
    assert page.body is not None
    raw = read_response(page.body, normalise(page.address or page.url) or page.url, page.content_type)
    fetched = datetime.datetime.fromtimestamp(page.fetched or page.found, datetime.UTC).date()
    day, note = agreed_day(raw.published, page.published, fetched)
    raw = dataclasses.replace(
        raw,
        title=raw.title or page.title,
        publisher=source.outlet or raw.publisher,
        published=day,
        language=(detect_language(raw.text) or source.language) if source.language else raw.language,
    )
    notes = raw.repairs if note is None else (*raw.repairs, note)
    return make_article(raw), notes


def agreed_day(own: str | None, given: str | None, fetched: datetime.date) -> tuple[str | None, str | None]:
    """The day of publication by the page's `own` word and that of the feed, and a note where they differ.

    The page's day is taken where they agree within a day. Where they do not, the earlier one is: what goes wrong makes
    days too late, a page that shows today's date, a feed that is stamped when it is made. A day after the one on which
    it was fetched cannot be.
    """
    feed = iso_day(given) if given else None
    latest = (fetched + datetime.timedelta(days=APART)).isoformat()
    late = [f"the {who}'s day {day}" for who, day in (("page", own), ("feed", feed)) if day and day > latest]
    own, feed = (day if day and day <= latest else None for day in (own, feed))
    if late:
        taken = own or feed
        told = f"{taken} is taken" if taken else "the day is left open"
        return taken, f"Published: {' and '.join(late)} had not come when it was fetched; {told}."
    if own is None or feed is None:
        return own or feed, None
    if abs((datetime.date.fromisoformat(own) - datetime.date.fromisoformat(feed)).days) <= APART:
        return own, None
    taken, whose = min((own, "page"), (feed, "feed"))
    return taken, f"Published: the page says {own}, the feed {feed}; the {whose}'s day is taken, the earlier one."


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path.rstrip("/").lower() in ("", "/index.html", "/index.php", "/index.htm") and not parts.query
