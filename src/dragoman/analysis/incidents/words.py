"""The words of a clause that tell one matter from another, by `words.yaml`: no names, no words for acts, stems only."""

from __future__ import annotations

import calendar
import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from dragoman.analysis.parties import plain
from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import load_actors
from dragoman.model import Event

PATH: Final = Path(__file__).with_name("words.yaml")
LISTS: Final = ("again", "journey", "message", "call", "cancelled", "moved", "background")
STATE_FORMS: Final = frozenset({"state", "adjective", "demonym", "capital", "metonym"})
CALENDAR: Final = frozenset(name.lower() for name in (*calendar.day_name, *calendar.month_name))
SHORTEST: Final = 3
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENDINGS: Final = ("ings", "ing", "ies", "ied", "ed", "es", "s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The content of `words.yaml`: stems to pass over, the stem that stands for its likes, what acts are called."""

    common: frozenset[str]
    same: dict[str, str]
    acts: dict[str, frozenset[str]]
    lists: dict[str, re.Pattern[str]]


@functools.cache
def load_words() -> Words:
    """The words, read once a process. Raises `KnowledgeError` where the file is not as it must be."""
    content: Any = yaml.safe_load(PATH.read_text("utf-8"))
    sections = {"common", "same", "acts", *LISTS}
    if not isinstance(content, dict) or set(content) != sections:
        raise KnowledgeError(f"{PATH.name}: the sections must be {', '.join(sorted(sections))}.")
    common = {stem(word) for line in content["common"] for word in line.split()}
    same: dict[str, str] = {}
    for group in content["same"]:
        for word in map(stem, group):
            if same.setdefault(word, stem(group[0])) != stem(group[0]):
                raise KnowledgeError(f"{PATH.name}, section 'same': '{word}' stands in two groups; keep one.")
    both = sorted(common & set(same))
    if both:
        raise KnowledgeError(f"{PATH.name}: '{both[0]}' is in 'common' and in 'same'; take it out of one.")
    lists = {name: _any_of(content[name]) for name in LISTS}
    acts = {kind: frozenset(same.get(stem(w), stem(w)) for w in verbs) for kind, verbs in content["acts"].items()}
    return Words(common=frozenset(common), same=same, acts=acts, lists=lists)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """One of the words, in a text in small letters: to look for both cases at once takes several times as long."""
    return re.compile(rf"\b(?:{'|'.join(re.escape(word.lower()) for word in words)})\b")


@functools.lru_cache(maxsize=1 << 16)
def says(name: str, clause: str) -> bool:
    """Whether a clause has a word of one of the lists: 'message', 'call', 'cancelled', 'moved', 'background'."""
    return load_words().lists[name].search(clause.lower()) is not None


def topics(event: Event) -> frozenset[str]:
    """What an event is about: the stems of its clause without the names of its sides, of states and of days."""
    words = load_words()
    names = _names(p.actor or "" for p in (*event.actors, *event.recipients))
    names |= _names(p.text for p in (*event.actors, *event.recipients))
    if event.place is not None:
        names |= _names([event.place.text, event.place.name or ""])
    found = set()
    for word in _WORD.findall(plain(event.evidence.text)):
        if len(word) >= SHORTEST and word not in names and word not in _state_words() and word not in CALENDAR:
            root = stem(word)
            if root not in words.common:
                found.add(words.same.get(root, root))
    return frozenset(found - words.acts.get(event.type, frozenset()))


def content_words(text: str) -> frozenset[str]:
    """The words of a phrase but for names of states and the shortest ones: 'Russian military delegation'."""
    found = (w for w in _WORD.findall(plain(text)) if len(w) >= SHORTEST and w not in _state_words())
    return frozenset(map(stem, found))


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without the endings of number and tense: 'shelled', 'shells' and 'shelling' are 'shell'."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            root = word[: -len(ending)]
            if ending in ("ies", "ied"):
                return root + "y"
            if root[-1] == root[-2] and root[-1] not in "lsz":
                return root[:-1]
            return root.rstrip("e")
    return word.rstrip("e")


def _names(texts: Iterable[str]) -> set[str]:
    return {word for text in texts for word in _WORD.findall(plain(text))}


@functools.cache
def _state_words() -> frozenset[str]:
    return frozenset(_names(form.text for form in load_actors().forms if form.kind in STATE_FORMS))
