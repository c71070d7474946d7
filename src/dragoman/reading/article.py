"""The last step of reading: what a format reader found becomes an `Article`, or is refused with the reason.

Separate because size, language, furniture and id are the same business for every format.
"""

from __future__ import annotations

import hashlib

from dragoman.errors import InputError
from dragoman.model import Article, Dateline
from dragoman.reading.dateline import FoundDateline
from dragoman.reading.detect import SUPPORTED, detect_language, name_of
from dragoman.reading.furniture import find_furniture
from dragoman.reading.raw import MAX_TEXT, RawArticle


def make_article(raw: RawArticle, *, publisher: str | None = None, published: str | None = None) -> Article:
    """The article of a raw one; `publisher` and `published` count where neither the input nor its text gives them.

    The title is the input's, else the headline of the text; the day the input's, else that of a date line.
    Raises `InputError` when there is no text, too much of it, or it is not in a supported language.
    """
    language = _check(raw)
    found = find_furniture(raw.text, title=raw.title, markdown=raw.markdown, captions=raw.captions)
    title = raw.title or found.headline
    publisher = raw.publisher or publisher
    published = raw.published or found.published or published
    return Article(
        id=raw.id or make_id(raw.url, publisher, title, raw.text),
        text=raw.text,
        title=title,
        publisher=publisher,
        published=published,
        url=raw.url,
        language=language,
        dateline=_dateline(found.dateline, published),
        reprint_of=found.reprint_of,
        furniture=found.furniture,
    )


def make_id(url: str | None, publisher: str | None, title: str | None, text: str) -> str:
    """An id that the same article always gets: 'a' and 15 hex digits of the SHA-256 of its url.

    Without a url, of publisher, title and text, with U+001F between them.
    """
    key = url or "\x1f".join((publisher or "", title or "", text))
    return "a" + hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:15]


def _check(raw: RawArticle) -> str:
    """The language of a text that can be coded."""
    field = "text" if raw.line is not None else None
    if not raw.text.strip():
        raise InputError("There is no text in it.", source=raw.source, line=raw.line, field=field)
    if len(raw.text) > MAX_TEXT:
        what = f"The text has {len(raw.text):,} characters, the limit is {MAX_TEXT:,}; split it into articles."
        raise InputError(what, source=raw.source, line=raw.line, field=field)
    language = raw.language or detect_language(raw.text)
    if language is None:
        what = "The text is too short to tell its language; say so with the field 'language': en."
        raise InputError(what, source=raw.source, line=raw.line, field=field)
    if language not in SUPPORTED:
        said = "said" if raw.language else "found"
        supported = ", ".join(name_of(code) for code in SUPPORTED)
        what = f"The text is in {name_of(language)} ({language}, as {said}); supported: {supported}."
        raise InputError(what, source=raw.source, line=raw.line, field=field)
    return language


def _dateline(found: FoundDateline | None, published: str | None) -> Dateline | None:
    if found is None:
        return None
    return Dateline(place=found.place, date=found.day.near(published) if found.day else None, agency=found.agency)
