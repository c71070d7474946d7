"""Archives, written here byte by byte: what is a page in them, and what a bad record costs."""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from fastwarc.stream_io import ZstdWriter, zstd_train_dictionary_from_samples
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Article, Problem
from dragoman.reading import read
from dragoman.reading.raw import RawArticle
from dragoman.reading.sources import sniff
from dragoman.reading.warc import DICTIONARY, ZSTD, read_warc
from tests.reading import pages


def record(body: bytes, url: str = "https://news.example/a-1", **http: str) -> bytes:
    """A record of an answer; `status` and header fields (with '_' for '-') may be given."""
    status = http.pop("status", "200 OK")
    fields = {"Content-Type": "text/html; charset=utf-8"} | {k.replace("_", "-"): v for k, v in http.items()}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value)
    payload = head.encode() + b"\r\n" + body
    return warc("response", payload, url, "application/http; msgtype=response")


def warc(kind: str, payload: bytes, url: str, content_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2024-08-02T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: {content_type}\r\n"
        f"Content-Length: {len(payload)}\r\n\r\n"
    )
    return head.encode() + payload + b"\r\n\r\n"


def found(data: bytes) -> tuple[list[RawArticle], list[Problem]]:
    results = list(read_warc(io.BytesIO(data), "a.warc"))
    return [r for r in results if isinstance(r, RawArticle)], [r for r in results if isinstance(r, Problem)]


PAGE = pages.article("Japan urges China to act", "Japan urged China to act on Thursday.").encode()


@pytest.mark.parametrize("packed", [False, True])
def test_warc_reads_pages_only(tmp_path: Path, packed: bool) -> None:
    records = [
        warc("warcinfo", b"software: ours\r\n", "", "application/warc-fields"),
        warc("request", b"GET / HTTP/1.1\r\n\r\n", "https://news.example/a-1", "application/http; msgtype=request"),
        record(PAGE),
        record(b"\x89PNG", "https://news.example/b.png", Content_Type="image/png"),
        record(b"gone", "https://news.example/c", status="404 Not Found"),
        record(PAGE.replace(b"Thursday", b"Friday"), "https://news.example/d-4"),
    ]
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(map(gzip.compress, records) if packed else records))
    problems: list[Problem] = []
    articles: list[Article] = list(read(tmp_path, report=problems.append))
    assert [article.url for article in articles] == ["https://news.example/a-1", "https://news.example/d-4"]
    assert articles[0].published == "2024-08-01"
    assert "Japan urged China to act on Thursday." in articles[0].text
    assert problems == []
    assert sniff(path.read_bytes()[:4096]) == "warc"


def test_warc_believes_the_server_on_the_encoding() -> None:
    page = pages.article("Paris", "The Élysée said that the café was closed.").encode("cp1252")
    (raw,), _ = found(record(page, Content_Type="text/html; charset=windows-1252"))
    assert "Élysée" in raw.text


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(PAGE, mtime=0), {"Content_Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        (PAGE, {"Content_Encoding": "gzip"}),  # unpacked by the crawler, which kept the header
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE), {"Transfer_Encoding": "chunked"}),
        (PAGE, {"Transfer_Encoding": "chunked"}),
    ],
)
def test_warc_unpacks_bodies(body: bytes, fields: dict[str, str]) -> None:
    (raw,), problems = found(record(body, **fields))
    assert "Japan urged China" in raw.text
    assert problems == []


@pytest.mark.parametrize(
    "bad",
    [
        record(b"<html><body></body></html>"),
        record(gzip.compress(b"\0" * 30_000_000, mtime=0), Content_Encoding="gzip"),
        record(b"\x00\x01", Content_Encoding="br"),
        record(PAGE, url="urn:uuid:1"),
        record(b"<b" * 300_000),
    ],
)
def test_warc_keeps_a_bad_record_aside_and_reads_on(bad: bytes) -> None:
    articles, (problem,) = found(bad + record(PAGE))
    assert len(articles) == 1
    assert problem.kind == "failed"
    assert problem.line == 1
    assert problem.source.startswith("a.warc")


def test_warc_tells_of_an_archive_without_pages() -> None:
    articles, (problem,) = found(warc("warcinfo", b"", "", "application/warc-fields"))
    assert articles == []
    assert "no page" in problem.reason


@pytest.mark.parametrize(
    "data", [gzip.compress(record(PAGE), mtime=0)[:-40], record(PAGE)[:-400], b"WARC/1.0\r\n", b"no archive"]
)
def test_warc_that_is_cut_gives_no_error(data: bytes) -> None:
    articles, problems = found(data)
    assert articles or problems


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_warc_takes_mutated_archives(data: st.DataObject) -> None:
    whole = bytearray(record(PAGE) + record(PAGE))
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    list(read_warc(io.BytesIO(bytes(whole)), "a.warc"))
    packed = bytearray(gzip.compress(bytes(whole), mtime=0))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= 0xFF
    list(read_warc(io.BytesIO(bytes(packed)), "a.warc.gz"))


def zstd(*records: bytes, dictionary: bytes | None = None, packed: bool = False) -> bytes:
    """Records in a frame, after that of the dictionary where there is one; `packed` packs that too."""
    target = io.BytesIO()
    writer = ZstdWriter(target, dictionary=dictionary, compress_dictionary_frame=packed)
    for each in records:
        writer.write(each)
    writer.close()
    return target.getvalue()


RECORDS = [record(PAGE.replace(b"Thursday", b"Friday %d" % n), f"https://news.example/z-{n}") for n in range(40)]
WORDS = zstd_train_dictionary_from_samples(RECORDS, 4096)


@pytest.mark.parametrize(("dictionary", "packed"), [(None, False), (WORDS, False), (WORDS, True)])
def test_warc_reads_zstd_with_and_without_a_dictionary(tmp_path: Path, dictionary: bytes | None, packed: bool) -> None:
    # Crawlers write a frame for each record; without a dictionary they can be put one behind the other.
    frames = map(zstd, RECORDS[:3]) if dictionary is None else [zstd(*RECORDS[:3], dictionary=WORDS, packed=packed)]
    data = b"".join(frames)
    assert data.startswith(DICTIONARY) == (dictionary is not None)
    assert sniff(data[:4096]) == "warc"
    path = tmp_path / "a.warc.zst"
    path.write_bytes(data)
    problems: list[Problem] = []
    articles: list[Article] = list(read([path], report=problems.append))
    assert problems == []
    assert [article.url for article in articles] == [f"https://news.example/z-{n}" for n in range(3)]


@pytest.mark.parametrize(
    "data", [record(PAGE), gzip.compress(record(PAGE), mtime=0), zstd(record(PAGE), dictionary=WORDS)]
)
def test_warc_reads_a_stream_that_only_goes_forward(data: bytes) -> None:
    class Pipe(io.RawIOBase):
        rest = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, target: Any) -> int:
            return self.rest.readinto(target)

    results = list(read_warc(io.BufferedReader(Pipe()), "-"))
    assert [type(result) for result in results] == [RawArticle]


@pytest.mark.parametrize(
    "frame",
    [
        DICTIONARY + (0xFFFFFFF0).to_bytes(4, "little"),
        DICTIONARY + len(bomb := zstd(*[bytes(65_536)] * 257)).to_bytes(4, "little") + bomb,
    ],
)
def test_warc_refuses_a_dictionary_larger_than_any(frame: bytes) -> None:
    articles, (problem,) = found(frame + zstd(record(PAGE)))
    assert articles == []
    assert "larger than 16,777,216 bytes" in problem.reason


@pytest.mark.parametrize(
    "data",
    [
        zstd(record(PAGE))[:-20],
        zstd(record(PAGE), dictionary=WORDS)[8 + len(WORDS) :],
        DICTIONARY + b"\x05",
        DICTIONARY + (9).to_bytes(4, "little") + ZSTD + b"\xff" * 5,
    ],
)
def test_warc_in_zstd_that_is_cut_is_told(data: bytes) -> None:
    articles, problems = found(data)
    assert articles == []
    assert [problem.kind for problem in problems] == ["failed"]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_warc_takes_mutated_zstd(data: st.DataObject) -> None:
    whole = bytearray(zstd(record(PAGE), record(PAGE), dictionary=WORDS, packed=True))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    list(read_warc(io.BytesIO(bytes(whole)), "a.warc.zst"))
