"""What an input says of its article, in JSON or in front matter: checked values by name.

Handle, ignore by name, or raise: a misspelt 'publised' that went unnoticed would cost every date of an article.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping

from dragoman.errors import InputError
from dragoman.reading.days import iso_day
from dragoman.reading.detect import read_code

KNOWN = ("id", "text", "html", "title", "published", "publisher", "url", "language")
# Frequent in files of articles and of no use here; every name that begins with '_' is ignored as well.
IGNORED = frozenset({
    "author", "authors", "byline", "categories", "category", "comments", "country", "crawled", "description",
    "fetched", "image", "images", "keywords", "layout", "license", "modified", "page", "permalink", "retrieved",
    "section", "sections", "slug", "source_url", "subtitle", "summary", "tags", "topics", "type", "updated", "words",
})  # fmt: skip
OTHER_NAMES = {
    "body": "text", "content": "text", "article": "text", "headline": "title", "date": "published",
    "publication_date": "published", "source": "publisher", "outlet": "publisher", "link": "url", "lang": "language",
}  # fmt: skip
LONGEST = 2_000  # characters of a value other than the text; longer ones are mistakes


def check_fields(values: Mapping[object, object], *, source: str, line: int | None = None) -> dict[str, str]:
    """The known fields that are given, stripped of white space (the text is not); null and blank ones are left out.

    `published` becomes an ISO day, `language` a two-letter code, a whole number given as `id` its digits.
    Raises `InputError` naming the field that is unknown or wrong.
    """
    checked: dict[str, str] = {}
    for name, value in values.items():
        if not isinstance(name, str):
            raise InputError(f"The name of a field must be text, not {name!r}.", source=source, line=line)
        if name.startswith("_") or name in IGNORED:
            continue
        if name not in KNOWN:
            raise InputError(_unknown(name), source=source, line=line, field=name)
        if value is None:
            continue
        try:
            given = _check_value(name, value)
        except ValueError as error:
            raise InputError(str(error), source=source, line=line, field=name) from None
        if given:
            checked[name] = given
    return checked


def _unknown(name: str) -> str:
    meant = OTHER_NAMES.get(name) or next(iter(difflib.get_close_matches(name, KNOWN, 1)), None)
    hint = f" Did you mean '{meant}'?" if meant else ""
    return f"Unknown field.{hint} Leave it out, or put '_' before its name to have it ignored."


def _check_value(name: str, value: object) -> str:
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise ValueError(f"Must be text, not {_kind_of(value)}.")
    if not _is_unicode(value):
        raise ValueError("Has half of a surrogate pair, which is no character; write the whole pair.")
    if name in ("text", "html"):
        if "\x00" in value:
            raise ValueError("Has NUL characters; it is not text.")
        return value
    value = value.strip()
    if len(value) > LONGEST or "\x00" in value:
        raise ValueError(f"Must be text of at most {LONGEST} characters without NUL.")
    if name == "published" and value:
        day = iso_day(value)
        if day is None:
            raise ValueError(f"'{value[:50]}' is not an ISO day or date and time, such as 2024-08-02.")
        return day
    if name == "language" and value:
        code = read_code(value)
        if code is None:
            raise ValueError(f"'{value[:50]}' is not a two-letter code of a language, such as en.")
        return code
    return value


def _kind_of(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return names.get(type(value), type(value).__name__)


def _is_unicode(value: str) -> bool:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
