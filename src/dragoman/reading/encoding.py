"""Bytes to text: which encoding they are in, and what had to be mended, said in words.

Separate because every format needs it and none should guess on its own.
"""

from __future__ import annotations

import codecs
import logging
import re
from dataclasses import dataclass

import charset_normalizer
import ftfy

from dragoman.errors import InputError

logging.getLogger("charset_normalizer").addHandler(logging.NullHandler())

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Files that people take for articles by mistake, told by their first bytes.
SIGNATURES = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP, Word or Excel file"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
)
# Not those from U+0080 to U+009F, which are Windows-1252 quotes taken for Latin-1 and can be mended.
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
MAX_CONTROL = 0.01  # share of control characters above which a text is not one
HIGH = re.compile(rb"[\x80-\xff]+")
# One high byte alone, or curly quotes and dashes in a row: what Windows-1252 English looks like. Pairs of high bytes
# are more likely Korean, Chinese or Japanese.
WESTERN = re.compile(rb"[\x80-\xff]|[\x80-\x9f\xa0]+")
# Codecs that Python has and no page is written in: some take time by the square of the text.
NOT_OF_PAGES = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "utf-7"})
MAX_MENDED = 2_000_000  # characters up to which garbled ones are looked for
WINDOWS_NAMES = {"cp1250": "windows-1250", "cp1251": "windows-1251", "cp1252": "windows-1252"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text and the repairs that were needed to get it; `encoding` is the one it was read in."""

    text: str
    encoding: str
    repairs: tuple[str, ...] = ()


def decode(data: bytes, *, source: str, line: int | None = None, declared: str | None = None) -> Decoded:
    """Decode by byte order mark, by `declared` encoding, as UTF-8, or by a guess, in this order.

    A mark is taken off. Anything but a mark, a declared encoding and clean UTF-8 is told in `repairs`.
    Raises `InputError` when the bytes are no text.
    """
    what = next((name for magic, name in SIGNATURES if data.startswith(magic)), None)
    if what is not None:
        raise InputError(f"This is {what}, not text.", source=source, line=line)
    decoded = _by_mark(data) or _by_declaration(data, declared) or _as_utf8(data)
    if decoded is None and b"\x00" not in data:
        decoded = _by_guess(data)
    if decoded is None and b"\x00" not in data:
        raise InputError("Not text, or its encoding cannot be told; save it as UTF-8.", source=source, line=line)
    if (
        decoded is None
        or "\x00" in decoded.text
        or len(CONTROL.findall(decoded.text)) > MAX_CONTROL * len(decoded.text)
    ):
        raise InputError("Not text: it has NUL or control characters.", source=source, line=line)
    return decoded


def mend_mojibake(text: str) -> tuple[str, tuple[str, ...]]:
    """Undo UTF-8 that was read in another encoding ("itâ€™s"), line by line; tells how many lines it mended.

    A text of more than `MAX_MENDED` characters, which is none that is coded, is left as it is.
    """
    if len(text) > MAX_MENDED:
        return text, ()
    lines = text.splitlines(keepends=True)
    mended = [line if line.isascii() else ftfy.fix_encoding(line) for line in lines]
    changed = sum(before != after for before, after in zip(lines, mended, strict=True))
    if not changed:
        return text, ()
    return "".join(mended), (f"Characters garbled by a wrong encoding were mended in {changed} line(s).",)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            body = data[len(mark) :]
            text = body.decode(encoding, errors="replace")
            broken = text.count("\ufffd") - body.count("\ufffd".encode(encoding))
            return Decoded(text, encoding, _lost(broken, encoding))
    return None


def _by_declaration(data: bytes, declared: str | None) -> Decoded | None:
    if declared is None:
        return None
    try:
        encoding = codecs.lookup(declared).name
        if encoding in NOT_OF_PAGES:
            return None
        # Pages that declare Latin-1 are Windows-1252 in fact; browsers read them so.
        encoding = "cp1252" if encoding in {"iso8859-1", "ascii"} else encoding
        return Decoded(data.decode(encoding), encoding)
    except (LookupError, ValueError, AssertionError):  # unknown, no text encoding, or not true of these bytes
        return None


def _as_utf8(data: bytes) -> Decoded | None:
    """UTF-8, also with some broken bytes among sound ones; UTF-16 without a mark is known by its NULs."""
    even, odd = data[0:2000:2], data[1:2000:2]
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if len(data) % 2 == 0 and zeros and zeros.count(0) > 0.7 * len(zeros) and not others.count(0):
            return Decoded(data.decode(encoding, errors="replace"), encoding, (f"Read as {encoding}.",))
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", errors="replace")
        broken = text.count("\ufffd") - data.count("\ufffd".encode())
        sound = sum(map(len, HIGH.findall(data))) - broken
        return Decoded(text, "utf-8", _lost(broken, "UTF-8")) if sound > 4 * broken else None


def _by_guess(data: bytes) -> Decoded | None:
    """Windows-1252 where it looks like it (by far the most frequent for English), else the detector's best."""
    runs = HIGH.findall(data)
    western = sum(WESTERN.fullmatch(run) is not None for run in runs)
    if western >= 0.8 * len(runs) and sum(map(len, runs)) < 0.1 * len(data):
        try:
            return Decoded(data.decode("cp1252"), "cp1252", ("Read as windows-1252.",))
        except UnicodeDecodeError:
            pass
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        return None
    name = WINDOWS_NAMES.get(best.encoding, best.encoding.replace("_", "-"))
    return Decoded(str(best), best.encoding, (f"Read as {name}, which is a guess.",))


def _lost(broken: int, encoding: str) -> tuple[str, ...]:
    return (f"{broken} sequence(s) of bytes were not {encoding} and were replaced by '\ufffd'.",) if broken > 0 else ()
