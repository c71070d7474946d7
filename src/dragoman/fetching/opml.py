"""OPML, the list of feeds that feed readers export, to sources: bytes in, the text of [[source]] tables out."""

from __future__ import annotations

import json
from dataclasses import dataclass

from lxml import etree

from dragoman.errors import InputError
from dragoman.fetching.addresses import normalise
from dragoman.fetching.failure import FetchError
from dragoman.fetching.feeds import plain
from dragoman.fetching.markup import clean_xml


@dataclass(frozen=True, slots=True)
class Listed:
    """A feed that an OPML file lists."""

    name: str
    feed: str


def read_opml(data: bytes, source: str) -> list[Listed]:
    """The feeds of an OPML file, each address once, each with a name of its own.

    Raises `InputError` for what is no OPML or lists no feed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(clean_xml(data, source).encode("utf-8", "replace"), parser)
    except FetchError as error:
        raise InputError(error.what, source=source) from None
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InputError(f"Not valid XML ({error}).", source=source) from None
    if root.tag != "opml":
        raise InputError("Not OPML: the outermost element is not 'opml'.", source=source)
    found: dict[str, str] = {}
    names: set[str] = set()
    for outline in root.iter("outline"):
        feed = normalise(outline.get("xmlUrl") or "")
        if feed is None or feed in found:
            continue
        found[feed] = _free(plain(outline.get("title") or outline.get("text")) or feed, names)
        names.add(found[feed])
    if not found:
        raise InputError("It lists no feed: no outline has an 'xmlUrl'.", source=source)
    return [Listed(name, feed) for feed, name in found.items()]


def to_toml(listed: list[Listed]) -> str:
    """The [[source]] tables of feeds."""
    return "".join(f"[[source]]\nname = {_text(each.name)}\nfeed = {_text(each.feed)}\n\n" for each in listed)


def _free(name: str, taken: set[str]) -> str:
    if name not in taken:
        return name
    return next(each for number in range(2, len(taken) + 3) if (each := f"{name} ({number})") not in taken)


def _text(value: str) -> str:
    """A basic string of TOML, whose escapes are those of JSON but for DEL."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
