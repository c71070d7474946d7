"""Web archives (WARC, plain or packed with gzip or zstd) to articles: the pages among their records, as they stream by.

Archives are as hostile as the web that they hold: sizes are capped before and after unpacking, and a record that cannot
be read is a problem in its place while the next one is read.
"""

from __future__ import annotations

import dataclasses
import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from dragoman.errors import InputError, UsageError
from dragoman.model import Problem
from dragoman.reading.raw import MAX_FILE, RawArticle, make_problem
from dragoman.reading.response import is_page, read_response

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

WARC: Final = b"WARC/"
GZIP: Final = b"\x1f\x8b"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
DICTIONARY: Final = b"\x5d\x2a\x4d\x18"  # a frame that holds what the others are packed with, before all of them
MAX_DICTIONARY: Final = 16 * 1024 * 1024  # bytes; crawlers make them of some hundred thousand
MOST_BAD: Final = 1_000  # bad records in a row after which the rest of a file is given up
PANIC: Final = "PanicException"  # what native code raises that met what it did not foresee; it cannot be imported
_HEADER: Final = 65_536  # bytes of the headers of a record
_PACKED: Final = ("gzip", "x-gzip", "deflate")


def read_warc(stream: BinaryIO, source: str) -> Iterator[RawArticle | Problem]:
    """The articles of an archive in order; of its records only answers with status 200 and a page are looked at.

    A page's address is the one under which it was archived. `line` counts the records that are pages.
    Raises `UsageError` where the reader of archives is not installed.
    """
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError as error:
        raise UsageError("'fastwarc' is not installed. Install Dragoman with 'dragoman[watch]'.") from error

    try:
        forward = _Forward(stream, _checked_head(stream, source))
    except InputError as error:
        yield make_problem(error.what, source)
        return
    records = ArchiveIterator(
        cast("BinaryIO", forward),
        record_types=WarcRecordType.response,
        parse_http=True,
        auto_decode="none",
        max_header_len=_HEADER,
        fsspec_args=False,
    )
    pages = bad = 0
    while bad < MOST_BAD:
        try:
            record = next(records, None)
        except BaseException as error:  # the reader is native code on hostile bytes; what it raises is not fixed
            if not isinstance(error, Exception) and type(error).__name__ != PANIC:
                raise
            yield make_problem(f"The archive is damaged from here on ({_why(error)}).", source, line=pages + 1)
            return
        if record is None:
            break
        try:
            found = _article(record)
        except InputError as error:
            pages += 1
            bad = bad + 1 if error.field == "record" else 0
            yield make_problem(error.what, _place(source, record), line=pages)
            continue
        bad = 0
        if found is not None:
            pages += 1
            yield dataclasses.replace(found, source=_place(source, record), line=pages)
    if pages == 0:
        yield make_problem("There is no page in the archive.", source)


def is_archive(head: bytes) -> bool:
    """Whether a file that begins so is an archive, packed or not."""
    if head.startswith((ZSTD, DICTIONARY)):
        return True  # nothing else that is read is packed so
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(WARC)


class _Forward:
    """All that the reader of archives asks of a stream, so that it takes one that only goes forward, as a pipe does."""

    def __init__(self, stream: BinaryIO, head: bytes) -> None:
        self._stream = stream
        self._head = head
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes: the head, which was read before, then the stream."""
        if self._head:
            data, self._head = (self._head, b"") if size < 0 else (self._head[:size], self._head[size:])
        else:
            data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        """How many bytes were given."""
        return self._at


def _checked_head(stream: BinaryIO, source: str) -> bytes:
    """The first bytes of an archive, with its dictionary where it has one: the reader would unpack that without limit.

    Raises `InputError` for a dictionary that is larger than any, packed or not.
    """
    head = stream.read(8)
    if not head.startswith(DICTIONARY) or len(head) < 8:
        return head
    size = int.from_bytes(head[4:], "little")
    packed = stream.read(size) if size <= MAX_DICTIONARY else b""
    if packed.startswith(ZSTD):
        try:
            size = max(size, _unpacked_size(packed))
        except Exception as error:
            raise InputError(f"The dictionary of the archive is damaged ({_why(error)}).", source=source) from None
    if size > MAX_DICTIONARY:
        raise InputError(f"The dictionary of the archive is larger than {MAX_DICTIONARY:,} bytes.", source=source)
    return head + packed


def _unpacked_size(packed: bytes) -> int:
    """How many bytes there are unpacked, counted up to where they are too many."""
    from fastwarc.stream_io import ZstdReader

    reader, size = ZstdReader(io.BytesIO(packed)), 0
    while size <= MAX_DICTIONARY and (piece := reader.read(MAX_DICTIONARY)):
        size += len(piece)
    return size


def _article(record: WarcRecord) -> RawArticle | None:
    """The article of a record; None for a record that is not to be one. Raises `InputError` for a bad one."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    http = record.http_headers
    if http is None or http.status_code != 200:
        return None
    said = http.get("Content-Type")
    if not said or not is_page(said):
        return None
    if not url.startswith(("http://", "https://")):
        raise InputError("The record does not say from which address of the web it is.", source=url)
    body = _body(record, url)
    if http.get("Content-Encoding"):
        body = _unpacked(body, http.get("Content-Encoding") or "", url)
    return read_response(body, url, said)


def _body(record: WarcRecord, url: str) -> bytes:
    try:
        data = record.reader.read(MAX_FILE + 1)
        http = record.http_headers
        if http is not None and (http.get("Transfer-Encoding") or "").strip().lower() == "chunked":
            data = _unchunked(data)
    except Exception as error:
        raise InputError(f"The record cannot be read ({_why(error)}).", source=url, field="record") from None
    if len(data) > MAX_FILE:
        raise InputError(f"The page is larger than {MAX_FILE:,} bytes.", source=url)
    return data


def _unchunked(data: bytes) -> bytes:
    """A body sent in pieces, put together. Archives often keep the header that says so and not the pieces."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 1_000)
        size = data[at:end].split(b";")[0].strip() if end >= 0 else b""
        if not size or len(size) > 8 or not all(c in b"0123456789abcdefABCDEF" for c in size):
            return data if not parts else b"".join(parts)
        length = int(size, 16)
        if length == 0:
            return b"".join(parts)
        parts.append(data[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _unpacked(data: bytes, coding: str, url: str) -> bytes:
    """A packed body unpacked; one that says that it is and is not is taken as it is, as crawlers keep it so."""
    coding = coding.strip().lower()
    if coding == "identity" or data.lstrip()[:1] == b"<":
        return data
    if coding not in _PACKED:
        raise InputError(f"The page is packed as '{coding[:40]}', which cannot be unpacked.", source=url)
    for window in (32 + zlib.MAX_WBITS, -zlib.MAX_WBITS):
        unpacker = zlib.decompressobj(window)
        try:
            out = unpacker.decompress(data, MAX_FILE + 1)
        except zlib.error:
            continue
        if len(out) > MAX_FILE:
            raise InputError(f"Unpacked the page is larger than {MAX_FILE:,} bytes.", source=url)
        return out
    raise InputError("The page is packed and damaged.", source=url)


def _place(source: str, record: WarcRecord) -> str:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    return f"{source}: {url[:500]}" if url else source


def _why(error: BaseException) -> str:
    return (str(error) or type(error).__name__)[:200]
