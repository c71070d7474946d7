from __future__ import annotations

import datetime

import pytest

from dragoman.errors import InputError
from dragoman.fetching.pages import agreed_day, read_page
from dragoman.fetching.settings import Source
from dragoman.fetching.state import Page
from tests.reading import pages

FETCHED = datetime.date(2024, 8, 2)
SOURCE = Source(name="ours", kind="feed", where="https://news.example/feed")


def page(body: str | bytes, content_type: str | None = "text/html", url: str = "https://news.example/a") -> Page:
    data = body.encode() if isinstance(body, str) else body
    return Page(
        url=url, source="ours", title="The feed's title", published="2024-08-01T23:00:00Z", updated=None,
        found=0, tries=0, fetched=1_722_600_000.0, body=data, content_type=content_type,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("own", "feed", "taken", "noted"),
    [
        ("2024-08-01", "2024-08-02T01:00:00Z", "2024-08-01", False),
        ("2024-08-01", None, "2024-08-01", False),
        (None, "2024-08-01", "2024-08-01", False),
        (None, None, None, False),
        ("2024-08-02", "2024-07-22", "2024-07-22", True),  # the page shows today's date
        ("2024-07-22", "2024-08-02", "2024-07-22", True),  # the feed was stamped when it was made
        ("2031-01-01", "2024-08-01", "2024-08-01", True),
        ("2031-01-01", None, None, True),
        ("2024-08-01", "nonsense", "2024-08-01", False),
    ],
)
def test_pages_days_agree_or_are_noted(own: str | None, feed: str | None, taken: str | None, noted: bool) -> None:
    day, note = agreed_day(own, feed, FETCHED)
    assert day == taken
    assert (note is not None) is noted


def test_pages_cannot_pass_for_another_page() -> None:
    html = pages.article("A visit", "Japan urged China to act.").replace(
        "</head>", '<link rel="canonical" href="https://other.example/theirs"></head>'
    )
    article, _ = read_page(page(html), SOURCE)
    assert article.url == "https://news.example/a"


def test_pages_take_the_title_of_the_feed_where_they_have_none() -> None:
    html = pages.article("X", "Japan urged China to act.").replace("<title>X</title>", "").replace("<h1>X</h1>", "")
    article, _ = read_page(page(html), SOURCE)
    assert article.title == "The feed's title"


@pytest.mark.parametrize("content_type", ["text/html; charset=windows-1252", "text/html; charset=nonsense", None])
def test_pages_read_the_encoding_that_is_true(content_type: str | None) -> None:
    html = pages.article("Paris", "The Élysée said that the café was closed.").replace('charset="utf-8"', "")
    article, _ = read_page(page(html.encode("cp1252"), content_type), SOURCE)
    assert "The Élysée said that the café" in article.text


def test_pages_believe_the_page_where_the_server_says_what_it_says_of_all() -> None:
    html = pages.article("Paris", "The Élysée said that the café was closed.")
    article, _ = read_page(page(html, "text/html; charset=ISO-8859-1"), SOURCE)
    assert "The Élysée said that the café" in article.text


@pytest.mark.parametrize("body", [b"", b"\x00\x00", b"%PDF-1.4", b"<html><body></body></html>", b"<b" * 300_000])
def test_pages_without_an_article_are_refused(body: bytes) -> None:
    with pytest.raises(InputError):
        read_page(page(body), SOURCE)
