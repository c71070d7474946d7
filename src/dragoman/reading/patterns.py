"""The patterns of `knowledge/furniture.yaml`, compiled and checked."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from importlib import resources

import yaml

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import typed_yaml

FILE = "furniture.yaml"
LISTS = frozenset({
    "subscribe", "reprint", "credit", "caption", "photo_credit", "end", "end_of_line", "agencies", "not_places",
    "short_places", "openers", "links", "small_words",
})  # fmt: skip
TEXTS = frozenset({"outlet", "tail"})


@dataclass(frozen=True, slots=True)
class FurniturePatterns:
    """Patterns that must match a whole line (the first four) or the end of one, and words for datelines."""

    subscribe: re.Pattern[str]
    reprints: tuple[re.Pattern[str], ...]
    credit: re.Pattern[str]
    caption: re.Pattern[str]
    end: re.Pattern[str]
    end_of_line: re.Pattern[str]
    photo_credit: re.Pattern[str]
    agencies: frozenset[str]
    not_places: frozenset[str]
    short_places: frozenset[str]
    openers: frozenset[str]
    links: frozenset[str]
    small_words: frozenset[str]


@functools.cache
def load_patterns() -> FurniturePatterns:
    """The patterns of furniture; raises `KnowledgeError` naming the entry that is wrong."""
    return make_patterns(resources.files("dragoman.knowledge").joinpath(FILE).read_text(encoding="utf-8"))


def make_patterns(text: str) -> FurniturePatterns:
    """Patterns from YAML text; see `load_patterns`."""
    try:
        data = typed_yaml(text)
    except yaml.YAMLError as error:
        raise KnowledgeError(f"{FILE}: not YAML: {error}") from error
    if not isinstance(data, dict) or set(data) != LISTS | TEXTS:
        raise KnowledgeError(f"{FILE}: must have exactly the groups {', '.join(sorted(LISTS | TEXTS))}.")
    for group in sorted(LISTS):
        entries = data[group]
        if not (isinstance(entries, list) and entries and all(isinstance(entry, str) for entry in entries)):
            raise KnowledgeError(f"{FILE}: '{group}' must be a list of texts.")
    reprints = [p.replace("{outlet}", data["outlet"]).replace("{tail}", data["tail"]) for p in data["reprint"]]
    return FurniturePatterns(
        subscribe=_any_of("subscribe", data["subscribe"]),
        reprints=tuple(_any_of("reprint", [pattern]) for pattern in reprints),
        credit=_any_of("credit", data["credit"]),
        caption=_any_of("caption", data["caption"]),
        end=_any_of("end", data["end"]),
        end_of_line=_any_of("end_of_line", data["end_of_line"], r"(?:(?<=\s)|(?<=[.!?”\"’]))(?:{})$"),
        photo_credit=_any_of("photo_credit", data["photo_credit"]),
        agencies=frozenset(data["agencies"]),
        not_places=frozenset(data["not_places"]),
        short_places=frozenset(data["short_places"]),
        openers=frozenset(data["openers"]),
        links=frozenset(data["links"]),
        small_words=frozenset(data["small_words"]),
    )


def _any_of(group: str, patterns: list[str], form: str = "{}") -> re.Pattern[str]:
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise KnowledgeError(f"{FILE}: '{group}': {pattern!r} is no regular expression: {error}") from error
    return re.compile(form.replace("{}", "|".join(f"(?:{pattern})" for pattern in patterns)))
