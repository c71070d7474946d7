"""All addresses of the workbench are built here, each part quoted. Names and ids come out of articles and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final
from urllib.parse import quote, urlencode

from dragoman.briefing.cards import safe_url

OVERVIEW: Final = "/"
_RISKY: Final = re.compile(r"[/%~\\]")
_WRITTEN: Final = re.compile(r"~([0-9A-F]{2})")
_ENDINGS: Final = (".json", ".svg")
Value = str | int | float | bool | None | Iterable[str]

__all__ = ["safe_url", "segment", "with_query"]


def segment(text: str) -> str:
    """One part of a path. What would change the path ('/', '..', an end in '.json') is written '~2F' and so on, since
    servers and proxies take '%2F' for '/'; `unquoted` reads it.
    """
    inner = _RISKY.sub(lambda found: f"~{ord(found.group()):02X}", text)
    if inner in (".", "..") or inner.endswith(_ENDINGS):
        stem, _, ending = inner.rpartition(".")
        inner = f"{stem.replace('.', '~2E') if not ending else stem}~2E{ending}"
    return quote(inner, safe="")


def unquoted(part: str) -> str:
    """The text of a path's part that `segment` made, as the server has it."""
    return _WRITTEN.sub(lambda found: chr(int(found.group(1), 16)), part)


def with_query(path: str, /, **values: Value) -> str:
    """A path with a query; None, '' and False are left out, several values are repeated."""
    pairs: list[tuple[str, str]] = []
    for name, value in values.items():
        if value is None or value is False or value == "":
            continue
        if isinstance(value, str | int | float):
            pairs.append((name, "1" if value is True else str(value)))
        else:
            pairs += [(name, each) for each in value]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def twin(path: str) -> str:
    """The address of the JSON twin of a page's path."""
    return "/index.json" if path == OVERVIEW else f"{path}.json"


def twin_of(address: str | None) -> str | None:
    """The address of the JSON twin of a page's address with its query; None for none."""
    if address is None:
        return None
    path, mark, query = address.partition("#")[0].partition("?")
    return (path if path.endswith(".json") else twin(path)) + mark + query


def dyad(one: str, other: str, **values: Value) -> str:
    """The tie of two: states by code, others by name."""
    return with_query(f"/dyad/{segment(one)}/{segment(other)}", **values)


def incident(incident_id: str) -> str:
    """One incident with its reports."""
    return f"/incident/{segment(incident_id)}"


def article(article_id: str, event: str | None = None) -> str:
    """One article; `event` is the id of the event (or mention or claim) in it to go to."""
    return f"/article/{segment(article_id)}" + (f"#{quote(event, safe='')}" if event else "")


def actor(key: str, **values: Value) -> str:
    """A state by code, or a person or body by name."""
    return with_query(f"/actor/{segment(key)}", **values)


def outlet(name: str, **values: Value) -> str:
    """A publisher by name."""
    return with_query(f"/outlet/{segment(name)}", **values)


def search(q: str | None = None, **values: Value) -> str:
    """Full text."""
    return with_query("/search", q=q, **values)


def network(**values: Value) -> str:
    """States as a signed graph."""
    return with_query("/network", **values)


def map_(**values: Value) -> str:
    """Where things happened."""
    return with_query("/map", **values)


def calendar(**values: Value) -> str:
    """When things happened, and what is planned."""
    return with_query("/calendar", **values)


def brief(one: str | None = None, other: str | None = None, **values: Value) -> str:
    """The brief on a dyad."""
    return with_query("/brief", a=one, b=other, **values)


def review(**values: Value) -> str:
    """What is to be checked next."""
    return with_query("/review", **values)


def changed(path: str, asked: Mapping[str, Value], **changes: Value) -> str:
    """The same page with some of its query changed; a change of what is shown goes back to the first page."""
    merged: dict[str, Value] = {name: value for name, value in asked.items() if name != "page"}
    return with_query(path, **(merged | changes))
