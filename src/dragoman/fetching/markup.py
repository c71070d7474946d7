"""XML from strangers to plain UTF-8 text in which nothing is declared: no document type, no entities of its own.

Both XML parsers are given only what this lets through, so that neither 'billion laughs' nor an entity that names a file
can reach them, whatever encoding they are hidden in.
"""

from __future__ import annotations

import re
from typing import Final

from dragoman.errors import InputError
from dragoman.fetching.failure import FetchError
from dragoman.reading.encoding import decode

_DECLARATION: Final = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})")
_HEAD: Final = re.compile(r"\A\s*<\?xml[^>]{0,200}?\?>")
_DECLARES: Final = re.compile(r"<!\s*(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_UNXML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # characters that XML does not know
DEEPEST: Final = 200  # elements within elements; feeds have ten


def clean_xml(data: bytes, source: str, charset: str | None = None) -> str:
    """The text of an XML document without its declaration; raises `FetchError` for one that declares anything."""
    declared = _DECLARATION.match(data[:400])
    try:
        text = decode(data, source=source, declared=declared[1].decode("ascii") if declared else charset).text
    except InputError as error:
        raise FetchError(error.what, source=source) from None
    if _DECLARES.search(text):
        raise FetchError("It declares a document type or entities; such XML is not read.", source=source)
    text = _UNXML.sub("", _HEAD.sub("", text, count=1))
    if _depth(text) > DEEPEST:
        raise FetchError("Its elements lie too deep in each other.", source=source)
    return text


def charset_of(content_type: str | None) -> str | None:
    """The encoding that a Content-Type names."""
    match = re.search(r"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", content_type or "", re.IGNORECASE)
    return match[1] if match else None


def _depth(text: str) -> int:
    """How deep elements lie, roughly: starts less ends, in one pass."""
    depth = deepest = 0
    for tag in re.finditer(r"<(/?)[A-Za-z][^<>]*?(/?)>", text):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        deepest = max(deepest, depth)
    return deepest
