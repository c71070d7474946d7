from __future__ import annotations

import gzip
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.fetching.entry import Entry
from dragoman.fetching.failure import FetchError
from dragoman.fetching.feeds import read_feed
from dragoman.fetching.listing import read_listing
from dragoman.fetching.sitemaps import read_sitemap

URL = "https://news.example/feeds/all.xml"
RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>News</title><link>https://news.example/</link>
<item><title>Talks &amp;amp; &lt;b&gt;more&lt;/b&gt;</title><link>/a-1?utm_source=rss#top</link>
<pubDate>Thu, 01 Aug 2024 23:30:00 -0500</pubDate></item>
<item><title>By its id</title><guid isPermaLink="true">https://news.example/b</guid></item>
<item><title>No address</title><guid isPermaLink="false">17</guid></item>
<item><title>Again</title><link>https://news.example/a-1</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><title>One</title><link rel="alternate" href="../one"/><updated>2024-08-02T10:00:00Z</updated></entry></feed>"""
BOMB = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<rss version="2.0"><channel><item><title>&b;</title><link>/x</link></item></channel></rss>"""
FILE = """<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<rss version="2.0"><channel><title>&x;</title></channel></rss>"""


def test_feeds_read_rss() -> None:
    first, second = read_feed(RSS.encode(), URL)
    assert first == Entry(
        url="https://news.example/a-1", title="Talks & more", published="2024-08-02T04:30:00+00:00", updated=None
    )
    assert second == Entry(url="https://news.example/b", title="By its id")


def test_feeds_read_atom() -> None:
    (entry,) = read_feed(ATOM.encode(), URL)
    assert entry == Entry(url="https://news.example/one", title="One", updated="2024-08-02T10:00:00+00:00")


def test_feeds_read_json() -> None:
    items = [
        {"id": "1", "url": "/one", "title": "One", "date_published": "2024-08-02T10:00:00+09:00"},
        {"id": "https://news.example/two", "date_published": "yesterday"},
        {"title": "nothing"},
        7,
    ]
    found = read_feed(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items}).encode(), URL)
    assert found == [
        Entry(url="https://news.example/one", title="One", published="2024-08-02T10:00:00+09:00"),
        Entry(url="https://news.example/two"),
    ]


@pytest.mark.parametrize("bomb", [BOMB, FILE])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_feeds_refuse_what_declares_entities_in_whatever_encoding(bomb: str, encoding: str) -> None:
    for read in (lambda data: read_feed(data, URL), lambda data: read_sitemap(data, URL, 10_000)):
        with pytest.raises(FetchError):
            read(bomb.encode(encoding))


def test_feeds_refuse_elements_too_deep_in_each_other() -> None:
    with pytest.raises(FetchError, match="deep"):
        read_feed(b"<rss version='2.0'><channel>" + b"<item>" * 5_000, URL)


@pytest.mark.parametrize("data", [b"<item>x</item>" * 5_001, b"<rss version='2.0'>" + b"<" * 300_000])
def test_feeds_refuse_what_would_take_long(data: bytes) -> None:
    with pytest.raises(FetchError, match="more than"):
        read_feed(data, URL)


@pytest.mark.parametrize("data", [b"", b"<html><body>Not found</body></html>", b"{}", b"{'", b"[1]", b"\x00\x01"])
def test_feeds_refuse_what_is_none(data: bytes) -> None:
    with pytest.raises(FetchError):
        read_feed(data, URL)


def test_feeds_read_the_encoding_that_the_server_names() -> None:
    data = "<rss version='2.0'><channel><item><title>Café</title><link>/a</link></item></channel></rss>".encode(
        "cp1252"
    )
    (entry,) = read_feed(data, URL, "text/xml; charset=windows-1252")
    assert entry.title == "Café"


def test_feeds_read_what_is_not_well_formed() -> None:
    (entry,) = read_feed(b"<rss version='2.0'><channel><item><title>A & B</title><link>/a</link></channel>", URL)
    assert entry.url == "https://news.example/a"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_feeds_take_mutated_feeds(data: st.DataObject) -> None:
    for whole in (RSS, ATOM):
        mutated = bytearray(whole.encode())
        for _ in range(data.draw(st.integers(1, 10))):
            mutated[data.draw(st.integers(0, len(mutated) - 1))] = data.draw(st.integers(0, 255))
        for read in (lambda d: read_feed(d, URL), lambda d: read_sitemap(d, URL, 10_000)):
            try:
                read(bytes(mutated))
            except FetchError:
                continue


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/a</loc><lastmod>2024-08-02</lastmod><news:news><news:title>A day</news:title>
<news:publication_date>2024-08-01T10:00:00Z</news:publication_date></news:news></url>
<!-- nothing --><url><loc> /b </loc><lastmod>last week</lastmod></url><url><loc>ftp://x/</loc></url></urlset>"""


@pytest.mark.parametrize("packed", [False, True])
def test_sitemaps_read_pages(packed: bool) -> None:
    data = gzip.compress(SITEMAP.encode(), mtime=0) if packed else SITEMAP.encode()
    assert read_sitemap(data, URL, 10_000).pages == [
        Entry(url="https://news.example/a", title="A day", published="2024-08-01T10:00:00Z", updated="2024-08-02"),
        Entry(url="https://news.example/b"),
    ]


def test_sitemaps_read_an_index() -> None:
    data = b"<sitemapindex><sitemap><loc>https://news.example/1.xml.gz</loc></sitemap></sitemapindex>"
    found = read_sitemap(data, URL, 10_000)
    assert [each.url for each in found.maps] == ["https://news.example/1.xml.gz"]
    assert found.pages == []


def test_sitemaps_read_a_plain_list() -> None:
    assert len(read_sitemap(b"https://news.example/a\nhttps://news.example/b\n", URL, 10_000).pages) == 2


@pytest.mark.parametrize(
    "data", [gzip.compress(b"\0" * 1_000_000, mtime=0), b"<html/>", b"hello", gzip.compress(b"<a", mtime=0)[:-4]]
)
def test_sitemaps_refuse_what_is_none(data: bytes) -> None:
    with pytest.raises(FetchError):
        read_sitemap(data, URL, 10_000)


LISTING = """<base href="/news/"><a href="20240801-talks.html">One<a href="view.php?id=7&utm_source=x">Two</a>
<a href="/a-visit-to-the-capital">Three</a><a href="/about">About</a><a href="https://other.example/20240801">Other</a>
<a href="report-2024.pdf">PDF</a><a href="javascript:x()">x</a>"""


def test_listing_takes_links_that_look_like_articles() -> None:
    assert [entry.url for entry in read_listing(LISTING.encode(), "https://news.example/")] == [
        "https://news.example/news/20240801-talks.html",
        "https://news.example/news/view.php?id=7",
        "https://news.example/a-visit-to-the-capital",
    ]


def test_listing_takes_links_that_have_the_pattern() -> None:
    found = read_listing(LISTING.encode(), "https://news.example/", r"/about$")
    assert [entry.url for entry in found] == ["https://news.example/about"]
