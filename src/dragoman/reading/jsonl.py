"""JSON Lines to articles: one object a line, read line by line; a bad line is reported and the next one read."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from dragoman.errors import InputError
from dragoman.model import Problem
from dragoman.reading.encoding import decode
from dragoman.reading.fields import check_fields
from dragoman.reading.html import extract_page
from dragoman.reading.raw import MAX_FILE, MAX_KEPT, RawArticle, make_problem

UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_jsonl(stream: BinaryIO, source: str) -> Iterator[RawArticle | Problem]:
    """The articles of a stream in order, a problem in the place of each line that is none; blank lines are skipped."""
    empty = True
    for number, line, whole in _lines(stream):
        if not whole:
            reason = f"The line is longer than {MAX_FILE:,} bytes; split the text."
            yield make_problem(reason, source, line=number, content=line[:MAX_KEPT].decode("utf-8", "replace"))
        elif line.strip():
            try:
                yield parse_line(line, source, number)
            except InputError as error:
                content = line[: 4 * MAX_KEPT].decode("utf-8", "replace")
                yield make_problem(error.what, source, line=number, field=error.field, content=content)
        else:
            continue
        empty = False
    if empty:
        yield make_problem("There is no article in it; give one JSON object a line.", source)


def parse_line(line: bytes, source: str, number: int) -> RawArticle:
    """The article that one line states; raises `InputError` with the line and the field that is wrong."""
    decoded = decode(line.rstrip(b"\r\n"), source=source, line=number)
    try:
        values = json.loads(decoded.text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        what = f"Invalid JSON at column {error.colno}: {error.msg}. Each line must be one JSON object."
        raise InputError(what, source=source, line=number) from None
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, a field twice, a deep nest
        what = f"Invalid JSON: {error}." if isinstance(error, ValueError) else "Invalid JSON: nested too deeply."
        raise InputError(what, source=source, line=number) from None
    if not isinstance(values, dict):
        raise InputError('Must be a JSON object, such as {"text": "..."}.', source=source, line=number)
    return make_raw(values, source, number, decoded.repairs)


def make_raw(values: Mapping[object, object], source: str, number: int, repairs: tuple[str, ...] = ()) -> RawArticle:
    """The article that a line or row states by its fields; raises `InputError` with the field that is wrong."""
    fields = check_fields(values, source=source, line=number)
    text, html = fields.pop("text", None), fields.pop("html", None)
    captions: tuple[str, ...] = ()
    if text is not None and html is not None:
        raise InputError("Give 'text' or 'html', not both.", source=source, line=number, field="html")
    if html is not None:
        page = extract_page(html, source=source, line=number)
        said = {"title": page.title, "publisher": page.publisher, "published": page.published, "url": page.url}
        fields = {name: value for name, value in said.items() if value} | fields
        text, captions = page.text, page.captions
    if text is None:
        raise InputError("Missing or empty; every article needs a text.", source=source, line=number, field="text")
    return RawArticle(
        source=source,
        line=number,
        text=text,
        captions=captions,
        repairs=repairs,
        **fields,  # type: ignore[arg-type]  # names and types are those that check_fields lets through
    )


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    if len(values) < len(pairs):
        twice = next(name for name in values if sum(name == other for other, _ in pairs) > 1)
        raise ValueError(f"the field '{twice[:50]}' stands twice")
    return values


def _lines(stream: BinaryIO) -> Iterator[tuple[int, bytes, bool]]:
    """Lines with their numbers and whether they are whole; of one over `MAX_FILE` only the beginning is held."""
    number = 0
    while line := stream.readline(MAX_FILE + 1):
        number += 1
        if number == 1 and line.startswith(UTF16):
            yield from _utf16_lines(line + stream.read(MAX_FILE + 1))
            return
        if number == 1:
            line = line.removeprefix(codecs.BOM_UTF8)
        if len(line) <= MAX_FILE or line.endswith(b"\n"):
            yield number, line, True
            continue
        rest = line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(1 << 20)
        yield number, line, False


def _utf16_lines(data: bytes) -> Iterator[tuple[int, bytes, bool]]:
    """A file in UTF-16 has no line ends to be seen in its bytes: it is read whole, as far as a text may be long."""
    lines = data[: MAX_FILE - MAX_FILE % 2].decode("utf-16", errors="replace").split("\n")
    for number, line in enumerate(lines, 1):
        whole = len(data) <= MAX_FILE or number < len(lines)
        yield number, line.encode("utf-8", "replace"), whole
