"""Mailboxes (mbox) and single messages (.eml) to articles: newsletters, alerts and lists, one article a message.

A message is split off by its 'From ' line, taken apart by `mime`, and its text put into paragraphs again, which mail
breaks at every seventy letters. Addresses of people are not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parseaddr, parsedate_to_datetime
from typing import BinaryIO, Final

from dragoman.errors import InputError
from dragoman.model import Problem
from dragoman.reading.days import iso_day
from dragoman.reading.encoding import decode, mend_mojibake
from dragoman.reading.html import extract_page
from dragoman.reading.mime import Mail, Part, read_mail
from dragoman.reading.raw import MAX_FILE, MAX_KEPT, RawArticle, make_problem

POSTMARK: Final = re.compile(rb"From \S.*\d:\d\d.*\d{4}\s*$")
"""The line before a message in a mailbox: 'From ', who, and a time with its year; 'From 2014 to 2022' is none."""
HEAD: Final = re.compile(
    rb"\A(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?(?:From|Received|Message-ID|MIME-Version|Delivered-To):"
    rb"[^\n]*\n(?:[ \t][^\n]*\n)*[\w-]+:",
    re.IGNORECASE,
)
"""The headers of a message: one that each has, and another."""
_QUOTED_MARK: Final = re.compile(rb"^>(>*From )", re.MULTILINE)
_PREFIX: Final = re.compile(r"^(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.IGNORECASE)
_TAG: Final = re.compile(r"^\[[^\]]{1,40}\]\s*")
_VIA: Final = re.compile(r"\s+via\s+.+$", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\S+@\S+")
_ARCHIVED: Final = re.compile(r"<?(https?://[^\s<>]+)>?")
_SIGNATURE: Final = re.compile(r"^-- ?$", re.MULTILINE)
_CITED: Final = re.compile(r"^>.*$\n?", re.MULTILINE)
_BLANK: Final = re.compile(r"\n[ \t]*\n")
_ITEM: Final = re.compile(r"\s*(?:[-*•·–]|\d{1,3}[.)]|https?://|[A-Z][\w-]*:\s)")
_DASHES: Final = re.compile(r"^-{28,}[ \t]*\n", re.MULTILINE)
_DIGEST: Final = re.compile(
    r"\A\s*(?:(?:Date|From|Subject|To|Message-ID|Reply-To|Cc):[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\n"
)
WRAPPED: Final = range(45, 100)
"""Letters of a line that was broken because it was full."""
STUB: Final = 300
"""Letters up to which a plain text may only say that there is a page to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """The words of a message, of its `page` or as plain text with its lines still broken; and what was mended."""

    text: str
    page: bool = False
    repairs: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()


def read_mailbox(stream: BinaryIO, source: str) -> Iterator[RawArticle | Problem]:
    """The articles of a mailbox or of one message; `line` counts the messages.

    The plain text of a message is taken, or its page where there is none or it only points to the page. A message that
    cannot be read is a problem in its place and the next one is read; attachments are told as a repair by their names.
    """
    number = 0
    for number, data in enumerate(_messages(stream), 1):
        content = data[: 4 * MAX_KEPT].decode("utf-8", "replace")
        if len(data) > MAX_FILE:
            reason = f"The message is larger than {MAX_FILE:,} bytes."
            yield make_problem(reason, source, line=number, content=content)
            continue
        try:
            mails = list(read_mail(data, source, number).every())
        except InputError as error:
            yield make_problem(error.what, source, line=number, content=content)
            continue
        for mail in mails:
            if len(mails) > 1 and not (mail.plain or mail.pages):
                continue  # a mere wrapping of the messages in it
            try:
                yield from _articles(mail, source, number)
            except InputError as error:
                yield make_problem(error.what, source, line=number, content=content)
    if number == 0:
        yield make_problem("There is no message in the mailbox.", source)


def is_mail(head: bytes) -> bool:
    """Whether a file that begins so is a mailbox or a message."""
    first = head.split(b"\n", 1)[0]
    return POSTMARK.match(first) is not None or HEAD.match(head[:4096]) is not None


def _messages(stream: BinaryIO) -> Iterator[bytes]:
    """The messages of a mailbox, of a message too large only its beginning.

    A file that does not begin with a postmark is one message, in which a line like one is text.
    """
    lines: list[bytes] = []
    size, blank, marked, begun = 0, True, False, False
    while line := stream.readline(MAX_FILE):
        if blank and (marked or not begun) and POSTMARK.match(line):
            if any(map(bytes.strip, lines)):
                yield _joined(lines, marked)
            lines, size, marked = [], 0, True
            continue
        blank = not line.strip()
        begun = begun or not blank
        if size <= MAX_FILE:
            lines.append(line)
            size += len(line)
    if any(map(bytes.strip, lines)):
        yield _joined(lines, marked)


def _joined(lines: list[bytes], marked: bool) -> bytes:
    data = b"".join(lines).lstrip(b"\r\n")
    return _QUOTED_MARK.sub(rb"\1", data) if marked else data.removeprefix(b"\xef\xbb\xbf")


def _articles(mail: Mail, source: str, number: int) -> Iterator[RawArticle]:
    """The article of a message, or those of a digest in plain text (RFC 1153)."""
    said = _said(mail, source, number)
    date = mail.header("Date")
    day, repairs = _day(date), said.repairs
    if mail.ignored:
        names = ", ".join(f"'{name[:80]}'" for name in mail.ignored[:10])
        repairs += (f"What was attached was not read: {names}.",)
    if date is not None and day is None:
        repairs += (f"The day of the message, '{date[:60]}', cannot be read.",)
    pieces = () if said.page else _digest(said.text)
    for title, own_day, body in pieces or [(_title(mail.header("Subject")), None, said.text)]:
        yield RawArticle(
            source=source,
            line=number,
            text=body if said.page else _paragraphs(body),
            title=title,
            publisher=_publisher(mail),
            published=own_day or day,
            url=None if pieces else _url(mail),
            captions=said.captions,
            repairs=repairs,
        )


def _said(mail: Mail, source: str, number: int) -> _Said:
    """The words of a message; raises `InputError` where there are none."""
    plain, repairs = _plain(mail.plain, source, number)
    letters = len(re.sub(r"\W+|https?://\S+", "", plain))
    if mail.pages and letters < STUB:
        try:
            found = _page(mail.pages[0], source, number)
        except InputError:
            if not letters:
                raise
        else:
            if len(found.text) > 2 * len(plain):
                return found
    if not plain.strip():
        raise InputError("There is no text in the message.", source=source, line=number)
    return _Said(text=plain, repairs=repairs)


def _page(part: Part, source: str, number: int) -> _Said:
    decoded = decode(part.data, source=source, line=number, declared=part.charset)
    html, mended = mend_mojibake(decoded.text)
    page = extract_page(html, source=source, line=number)
    return _Said(text=page.text, page=True, repairs=decoded.repairs + mended, captions=page.captions)


def _plain(parts: list[Part], source: str, number: int) -> tuple[str, tuple[str, ...]]:
    texts, repairs = [], []
    for part in parts:
        if not part.data.strip():
            continue
        decoded = decode(part.data, source=source, line=number, declared=part.charset)
        text, mended = mend_mojibake(decoded.text.replace("\r\n", "\n"))
        texts.append(_flowed(text) if part.flowed else text)
        repairs += [*decoded.repairs, *mended]
    return "\n\n".join(texts), tuple(dict.fromkeys(repairs))


def _flowed(text: str) -> str:
    """Lines that end with a space go on in the next (RFC 3676); the mark of the signature does not."""
    return re.sub(r"(?m)(?<!^--) \n(?=[^\s>])", " ", text)


def _paragraphs(text: str) -> str:
    """The text without signature and cited lines, the lines of each paragraph put together that mail has broken.

    Cited lines are other people's words, of another day; what is nothing but those is left as it is.
    """
    end = _SIGNATURE.search(text)
    own = text[: end.start()] if end is not None and end.start() > len(text) / 3 else text
    own = _CITED.sub("", own)
    if not own.strip():
        own = text
    return "\n\n".join(filter(None, map(_unbroken, _BLANK.split(own)))).strip()


def _unbroken(block: str) -> str:
    lines = [line.strip() for line in block.split("\n") if line.strip()]
    made: list[str] = []
    for at, line in enumerate(lines):
        # A line is the next one's beginning where it is about as full as lines get, and that is no item of a list.
        if at and len(lines[at - 1]) in WRAPPED and not _ITEM.match(line):
            made[-1] += f" {line}"
        else:
            made.append(line)
    return "\n".join(made)


def _digest(text: str) -> list[tuple[str | None, str | None, str]]:
    """The messages of a digest in plain text, as title, day and text; none where it is no such digest."""
    found = []
    for piece in _DASHES.split(text)[1:]:
        head = _DIGEST.match(piece)
        if head is None:
            continue
        fields = {name.lower(): value for name, value in re.findall(r"(?m)^([\w-]+):[ \t]*(.*)$", head[0])}
        body = piece[head.end() :]
        if body.strip():
            found.append((_title(fields.get("subject")), _day(fields.get("date")), body))
    return found


def _title(subject: str | None) -> str | None:
    """What a message is about, without 'Re:' and the tag of a list."""
    if subject is None:
        return None
    return _PREFIX.sub("", _TAG.sub("", _PREFIX.sub("", subject.strip()))).strip() or None


def _publisher(mail: Mail) -> str | None:
    """Who publishes: the sender's name, of a list on which many write the list's; an address is none."""
    sender, listed = _name(mail.header("From")), _name(mail.header("List-Id"))
    post = (mail.header("List-Post") or "NO").upper()
    return listed if listed and not post.startswith("NO") else sender or listed


def _name(header: str | None) -> str | None:
    try:
        name = parseaddr(header)[0] if header else ""
    except RecursionError:  # a comment in a comment in a comment
        return None
    if header and not name and "<" in header:
        name = header.partition("<")[0].strip(' "')
    name = _VIA.sub("", name).strip()
    return None if not name or _ADDRESS.search(name) else name


def _day(header: str | None) -> str | None:
    """The day of a message as its sender's clock had it."""
    try:
        return iso_day(parsedate_to_datetime(header).date().isoformat()) if header else None
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def _url(mail: Mail) -> str | None:
    """Where the message itself stands on the web, when it says so (RFC 5064)."""
    found = _ARCHIVED.search(mail.header("Archived-At") or "")
    return found[1] if found is not None else None
