"""The bytes of a message of mail taken apart: its headers, its texts, the messages within it, the names of attachments.

Not by the standard library's parser, whose time grows with parts times depth: here each level costs one pass, depth and
number of parts are limited, and nothing is guessed of what cannot be read.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser
from typing import Final

from dragoman.errors import InputError

MAX_DEPTH: Final = 8
"""Parts within parts and messages within messages; a forwarded newsletter has four or five."""
MAX_PARTS: Final = 500
MAX_HEADER: Final = 256 * 1024  # bytes
LONGEST: Final = 2_000  # characters of a header that is read
LONGEST_KIND: Final = 8_000  # characters of a header that says what a part is; its parameters take time squared
_END: Final = re.compile(rb"\r?\n\r?\n")
_FIELD: Final = re.compile(rb"[!-9;-~]+[ \t]*:")
_KINDS: Final = ("Content-Disposition", "Content-Type")
_FAULTS: Final = (MessageError, ValueError, LookupError, AttributeError, TypeError, RecursionError)
_ENCODED: Final = re.compile(r"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=")


@dataclass(frozen=True, slots=True)
class Part:
    """A text of a message as it was sent: `data` unpacked, `charset` as said, `flowed` by RFC 3676."""

    kind: str
    data: bytes
    charset: str | None
    flowed: bool = False


@dataclass(slots=True)
class Mail:
    """One message: plain texts and pages in order; `within` are messages in it, `ignored` what else it carries."""

    headers: Message
    plain: list[Part] = field(default_factory=list)
    pages: list[Part] = field(default_factory=list)
    within: list[Mail] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def header(self, name: str) -> str | None:
        """A header in plain characters on one line; None where it is missing, empty or too long to be one."""
        value = self.headers.get(name)
        return None if value is None else _words(str(value))

    def every(self) -> Iterator[Mail]:
        """This message, then those within it, outermost first."""
        yield self
        for mail in self.within:
            yield from mail.every()


def read_mail(data: bytes, source: str, line: int | None = None) -> Mail:
    """Take a message apart; raises `InputError` for one without headers, nested too deeply or of too many parts."""
    try:
        return _Reader().message(data, 0)
    except _RefusedError as error:
        raise InputError(str(error), source=source, line=line) from None
    except _FAULTS as error:  # of the standard library, on parameters that it did not foresee
        what = f"Its headers cannot be read ({type(error).__name__})."
        raise InputError(what, source=source, line=line) from None


class _RefusedError(Exception):
    """Why a message is not read."""


class _Reader:
    """Reads one message; counts its parts on the way."""

    def __init__(self) -> None:
        self._parts = 0

    def message(self, data: bytes, depth: int) -> Mail:
        headers, body = _split(data)
        mail = Mail(headers)
        self._part(mail, headers, body, depth, "text/plain")
        return mail

    def _part(self, mail: Mail, headers: Message, body: bytes, depth: int, default: str) -> None:
        self._parts += 1
        if depth > MAX_DEPTH:
            raise _RefusedError(f"The message is nested more than {MAX_DEPTH} deep.")
        if self._parts > MAX_PARTS:
            raise _RefusedError(f"The message has more than {MAX_PARTS} parts.")
        kind = headers.get_content_type() if headers.get("Content-Type") is not None else default
        name = _words(str(headers.get_filename() or "")) if _says_more(headers) else None
        if kind.startswith("multipart/"):
            self._parts_of(mail, headers, body, depth, "message/rfc822" if kind == "multipart/digest" else "text/plain")
        elif kind == "message/rfc822":
            mail.within.append(self.message(_unpacked(headers, body).lstrip(b"\r\n"), depth + 1))
        elif name or headers.get_content_disposition() == "attachment" or kind not in ("text/plain", "text/html"):
            mail.ignored.append(name or kind)
        else:
            flowed = str(headers.get_param("format") or "").lower() == "flowed"
            part = Part(kind, _unpacked(headers, body), _charset(headers), flowed)
            (mail.plain if kind == "text/plain" else mail.pages).append(part)

    def _parts_of(self, mail: Mail, headers: Message, body: bytes, depth: int, default: str) -> None:
        boundary = headers.get_boundary()
        if not boundary or not boundary.isascii():
            raise _RefusedError("The message has several parts and does not say what stands between them.")
        between = re.compile(rb"^--" + re.escape(boundary.encode()) + rb"(--)?[ \t]*\r?$\n?", re.MULTILINE)
        at, end = None, len(body)
        for mark in between.finditer(body):
            if at is not None:
                self._inner(mail, body[at : mark.start()], depth + 1, default)
            at = mark.end()
            if mark[1]:
                return
        if at is not None:  # the last mark is missing: the message was cut
            self._inner(mail, body[at:end], depth + 1, default)

    def _inner(self, mail: Mail, data: bytes, depth: int, default: str) -> None:
        headers, body = _split(data, needed=False)
        self._part(mail, headers, body, depth, default)


def _split(data: bytes, *, needed: bool = True) -> tuple[Message, bytes]:
    """The headers and the body; a part may have none of the first."""
    if not needed and data[:1] in (b"\n", b"\r"):
        return Message(), data.lstrip(b"\r").removeprefix(b"\n")
    end = _END.search(data, 0, MAX_HEADER)
    head, body = (data, b"") if end is None else (data[: end.start()], data[end.end() :])
    if not _FIELD.match(head) or len(head) > MAX_HEADER:
        if needed:
            raise _RefusedError("There are no headers of a message in it.")
        return Message(), data
    headers = BytesHeaderParser().parsebytes(head + b"\n\n")
    if any(len(str(headers.get(name) or "")) > LONGEST_KIND for name in _KINDS):
        raise _RefusedError(f"A header that says what it is has more than {LONGEST_KIND:,} letters.")
    return headers, body


def _says_more(headers: Message) -> bool:
    return any(headers.get(name) is not None for name in _KINDS)


def _unpacked(headers: Message, body: bytes) -> bytes:
    """A body as it was before it was packed for sending; one that is packed badly, as far as that goes."""
    coding = str(headers.get("Content-Transfer-Encoding") or "").strip().lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(body)
    if coding == "base64":
        letters = re.sub(rb"[^A-Za-z0-9+/]", b"", body)
        try:
            return binascii.a2b_base64(letters[: len(letters) // 4 * 4] + _padded(letters[len(letters) // 4 * 4 :]))
        except binascii.Error:
            return b""
    return body


def _padded(rest: bytes) -> bytes:
    return rest + b"=" * (4 - len(rest)) if len(rest) > 1 else b""


def _charset(headers: Message) -> str | None:
    said = headers.get_content_charset()
    return said if said and said.isascii() else None


def _words(value: str) -> str | None:
    """A header's words: encoded ones decoded, white space folded."""
    if len(value) > LONGEST:
        return None
    value = re.sub(r"\s+", " ", value).strip()
    if _ENCODED.search(value):
        try:
            pieces = decode_header(value)
        except (MessageError, ValueError, binascii.Error):
            pieces = [(value, None)]
        value = "".join(_decoded(piece, charset) for piece, charset in pieces)
    # Bytes that no header may have come as half characters.
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return re.sub(r"[\s\x00-\x1f\x7f]+", " ", value).strip() or None


def _decoded(piece: bytes | str, charset: str | None) -> str:
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(charset or "ascii", "replace")
    except (LookupError, ValueError, AssertionError):
        return piece.decode("utf-8", "replace")
