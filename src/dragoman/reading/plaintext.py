"""Plain text to an article: one file, one article, the text unchanged once it is decoded."""

from __future__ import annotations

from dragoman.reading.encoding import decode, mend_mojibake
from dragoman.reading.raw import RawArticle


def read_plain_text(data: bytes, source: str) -> RawArticle:
    """The article of a plain-text file; raises `InputError` when the bytes are no text."""
    decoded = decode(data, source=source)
    text, mended = mend_mojibake(decoded.text)
    return RawArticle(source=source, text=text, repairs=decoded.repairs + mended)
