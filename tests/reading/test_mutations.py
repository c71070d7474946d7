"""Inputs that were damaged or made to do harm give articles or problems: no traceback, no hang, no flood of memory.

`MUTATIONS=1000 pytest tests/reading/test_mutations.py` tries as many of each kind (a few minutes); the suite tries few.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import itertools
import json
import os
import resource
import signal
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.fetching.failure import FetchError
from dragoman.fetching.feeds import read_feed
from dragoman.fetching.sitemaps import read_sitemap
from dragoman.model import Article, Problem
from dragoman.reading import read
from dragoman.reading.days import iso_day
from dragoman.reading.raw import MAX_TEXT
from tests.reading.test_html import AGENCY, FIRST, SECOND, WIRE

EACH = int(os.environ.get("MUTATIONS", "15"))
SECONDS = 20.0  # of processor; the machine may be busy
MEMORY = 600  # MB that reading may take at its worst
SEEDS: dict[str, bytes] = {
    "wire.html": WIRE.encode(),
    "agency.html": AGENCY,
    "lines.jsonl": b"".join(
        json.dumps(line).encode() + b"\n"
        for line in (
            {"text": f"OSLO, March 12 (Reuters) - {FIRST}", "published": "2024-03-12", "publisher": "Northern Wire"},
            {"html": WIRE, "url": "https://news.example/pact"},
        )
    ),
    "wire.txt": f"Pact signed\nMarch 12, 2024\nBy Ann Larsen\n\nOSLO (Reuters) – {FIRST}\n\n{SECOND}\n".encode(),
    "notes.md": f"---\ntitle: Pact\npublished: 2024-03-12\n---\n# Pact\n\n![Oslo](a.jpg)\n{FIRST}\n".encode(),
    "pages.warc": b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/pact\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nWARC-Date: 2024-03-12T00:00:00Z\r\n"
    b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n" % (len(WIRE.encode()) + 44)
    + b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + WIRE.encode() + b"\r\n\r\n",
}  # fmt: skip
FEEDS: dict[str, bytes] = {
    "rss": b'<?xml version="1.0"?><rss version="2.0"><channel><title>Wire</title><item><title>Pact</title>'
    b"<link>https://news.example/1</link><pubDate>Tue, 12 Mar 2024 10:00:00 GMT</pubDate></item></channel></rss>",
    "atom": b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Pact</title><link href="/1"/>'
    b"<updated>2024-03-12T10:00:00Z</updated></entry></feed>",
    "json": b'{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/1", "title": "Pact"}]}',
    "map": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://news.example/1</loc>'
    b"<lastmod>2024-03-12</lastmod></url></urlset>",
}
TOKENS = (
    b"<", b">", b"&", b"<!--", b"-->", b"<![CDATA[", b"</", b"<div>", b"<p>", b"<table><tr><td>", b"&#x110000;",
    b"&#0;", b"<?xml ?>", b'"', b"'", b"{", b"[", b"\\u", b"\\ud800", b",", b":", b"\x00", b"\xff\xfe",
    b"\xef\xbb\xbf", b"\r", b"\n", b"\n\n", b" ", b"\t", b"\xe2\x80\xae", b"\xf0\x9f\x98\x80", b"\xed\xa0\x80",
    b"\xc3\xa2\xe2\x82\xac", b"---\n", b"...", b"- ", b"&a *a", b"!!python/object", b"9999999999", b"2024-02-30",
    b"Feb. 31", b"OSLO, ", b"By ", b"(Reuters)", b"charset=utf-16", b"charset=punycode", b"\x1f\x8b", b"\r\n\r\n",
    b"Content-Length: 99999999999\r\n", b"WARC/1.0\r\n",
)  # fmt: skip
CODINGS = ("utf-16", "utf-16-be", "utf-32", "utf-8-sig", "cp949", "cp1251", "shift_jis", "utf-7")


@st.composite
def mutated(draw: st.DrawFn, seeds: dict[str, bytes]) -> tuple[str, bytes]:
    """The name of a seed and its bytes after up to eight things have befallen them."""
    name = draw(st.sampled_from(sorted(seeds)))
    data = seeds[name]
    for _ in range(draw(st.integers(1, 8))):
        first, second = sorted((draw(st.integers(0, len(data))), draw(st.integers(0, len(data)))))
        kind = draw(st.sampled_from(("flip", "cut", "double", "put", "end", "recode", "swap", "mix")))
        if kind == "flip":
            data = data[:first] + bytes([draw(st.integers(0, 255))]) + data[first + 1 :]
        elif kind == "cut":
            data = data[:first] + data[second:]
        elif kind == "double":
            data = data[:first] + data[first:second] * draw(st.integers(2, 30)) + data[second:]
        elif kind == "put":
            data = data[:first] + draw(st.sampled_from(TOKENS)) * draw(st.sampled_from((1, 2, 30, 3000))) + data[first:]
        elif kind == "end":
            data = data[:second]
        elif kind == "recode":
            data = data.decode("utf-8", "replace").encode(draw(st.sampled_from(CODINGS)), "replace")
        elif kind == "swap":
            data = data[second:] + data[first:second] + data[:first]
        else:
            data = data[:first] + seeds[draw(st.sampled_from(sorted(seeds)))] + data[first:]
        data = data[:2_000_000]
    return name, data


MANY = settings(derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


class TooSlowError(BaseException):
    """Not an `Exception`, which readers of hostile input catch."""


@contextlib.contextmanager
def bounded() -> Iterator[None]:
    """Raise where what is done takes too long or too much memory."""

    def stop(*_: object) -> None:
        raise TooSlowError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - most < MEMORY * 1024


def outcome(path: Path, data: bytes) -> tuple[list[Article], list[Problem]]:
    """What reading these bytes gives, and that it is what the rest of Dragoman may be given."""
    path.write_bytes(data)
    problems: list[Problem] = []
    with bounded():
        articles = list(read(path, report=problems.append))
    for article in articles:
        assert article.text.strip()
        assert len(article.text) <= MAX_TEXT
        assert article.published is None or iso_day(article.published) == article.published
        assert all(0 <= part.start < part.end <= len(article.text) for part in article.furniture)
        assert msgspec.json.decode(msgspec.json.encode(article), type=Article) == article
    for problem in problems:
        assert problem.reason
        msgspec.json.encode(problem)
    return articles, problems


@settings(MANY, max_examples=EACH * len(SEEDS))
@given(given=mutated(SEEDS))
def test_mutations_of_files_give_articles_or_problems(
    given: tuple[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    name, data = given
    articles, problems = outcome(tmp_path_factory.getbasetemp() / f"mutated-{os.getpid()}-{name}", data)
    assert articles or problems


@settings(MANY, max_examples=EACH * len(FEEDS))
@given(given=mutated(FEEDS))
def test_mutations_of_feeds_give_entries_or_an_error(given: tuple[str, bytes]) -> None:
    name, data = given
    with bounded(), contextlib.suppress(FetchError):
        if name == "map":
            read_sitemap(data, "https://news.example/map.xml", 1 << 20)
        else:
            assert all(entry.url.startswith("http") for entry in read_feed(data, "https://news.example/feed"))


def test_mutations_seeds_are_read_as_they_are(tmp_path: Path) -> None:
    for name, data in SEEDS.items():
        articles, problems = outcome(tmp_path / name, data)
        assert articles, problems
    assert all(read_feed(FEEDS[name], "https://news.example/feed") for name in ("rss", "atom", "json"))


def laughs() -> bytes:
    """Entities of entities: a few hundred bytes that would be ten thousand million."""
    names = "abcdefghijk"
    made = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in itertools.pairwise(names))
    return f'<!DOCTYPE html [<!ENTITY a "ha">{made}]><html><body><p>&k;</p><p>{FIRST}</p></body></html>'.encode()


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", b"0" * 50_000_000)
    return out.getvalue()


def aliases() -> bytes:
    """Front matter whose lists hold the list before nine times."""
    lists = "".join(f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    return f"---\na: &a [x, x]\n{lists}---\n{FIRST}\n".encode()


PAGE = f"<p>{FIRST}</p>"
BOMBS: dict[str, Callable[[], bytes]] = {
    "laughs.html": laughs,
    "zip.txt": packed,
    "gzip.html": lambda: gzip.compress(b"<p>" + b" " * 50_000_000, mtime=0),
    "packed.warc.gz": lambda: gzip.compress(SEEDS["pages.warc"].replace(b"Northern", b" " * 50_000_000), mtime=0),
    "aliases.md": aliases,
    "nested.md": lambda: f"---\ntitle: {'[' * 9000}\n---\n{FIRST}\n".encode(),
    "deep.html": lambda: b"<html><body>" + b"<div>" * 90_000 + PAGE.encode(),
    "tables.html": lambda: b"<html><body>" + b"<table><tr><td><p>x</table>" * 5_000 + PAGE.encode(),
    "space.html": lambda: b"<html><body><p>" + b" \n" * 500_000 + PAGE.encode(),
    "punycode.html": lambda: b'<html><meta charset="punycode"><body>-' + b"abcdefgh9" * 100_000,
    "deep.jsonl": lambda: b'{"text": ' + b"[" * 500_000,
    "number.jsonl": lambda: b'{"id": ' + b"9" * 500_000 + b', "text": "x"}',
    "line.txt": lambda: b"OSLO, " * 150_000 + b"- " + FIRST.encode(),
    "comments": lambda: b"<!-- -->" * 400 + b"x",
}


NO_ARTICLE = {"zip.txt", "gzip.html", "aliases.md", "nested.md", "deep.jsonl", "number.jsonl", "comments"}


@pytest.mark.parametrize("name", BOMBS)
def test_mutations_bombs_are_refused_or_read_in_little_time_and_memory(name: str, tmp_path: Path) -> None:
    articles, problems = outcome(tmp_path / name, BOMBS[name]())
    assert articles or problems
    assert sum(len(article.text) for article in articles) < MAX_TEXT
    if name in NO_ARTICLE:
        assert not articles
