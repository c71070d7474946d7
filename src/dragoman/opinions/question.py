"""The question about one event: an event with its marks in, the two messages and their key out.

The model is not told what Dragoman coded: neither type nor status, nor which side was taken for the actor. Whoever is
named first is A. Only so its answer is a second coder's.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.briefing.wording import UNSEEN
from dragoman.model import Article, Event, Party, Span
from dragoman.opinions.answers import Answer, Doer, read_answer
from dragoman.opinions.marks import Marks
from dragoman.opinions.wording import codebook, load_wording

Message = dict[str, str]

_OWN_MARKS: Final = str.maketrans("[]{}", "()()")
_LONGEST_NAME: Final = 90
_DIGITS: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked about an event, and by which key the same question is known again. `first` is the side marked A."""

    article: Article
    event: Event
    marks: Marks
    first: Doer
    messages: tuple[Message, ...]
    key: str

    def read(self, content: str) -> Answer:
        """The answer in a model's text; raises `NoAnswerError`."""
        passage = self.marks.passage
        return read_answer(content, _plain(passage.text), offset=passage.start, first=self.first)


def make_question(article: Article, event: Event, marks: Marks, coder: str) -> Question:
    """The question to a coder (`llm:MODEL@host`) about an event of an article."""
    first: Doer = "recipient" if _first(marks.recipients) < _first(marks.actors) else "actor"
    messages = (
        {"role": "system", "content": codebook()},
        {"role": "user", "content": _user(article, event, marks, first)},
    )
    return Question(
        article=article, event=event, marks=marks, first=first, messages=messages, key=_key(coder, messages)
    )


def digest(article: Article) -> str:
    """The same for the same text."""
    return hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def size_of(messages: Iterable[Message]) -> int:
    """Bytes of what is said in messages."""
    return sum(len(message["content"].encode("utf-8", "replace")) for message in messages)


def _user(article: Article, event: Event, marks: Marks, first: Doer) -> str:
    sides = (event.actors, event.recipients) if first == "actor" else (event.recipients, event.actors)
    lines = [f"Published: {article.published or 'not known'}"]
    if article.title:
        lines.append(f"Title: {_one_line(article.title, 200)}")
    lines += [f"{name}: {_names(parties)}" for name, parties in zip("AB", sides, strict=True)]
    inner = "\n".join([*lines, "", _marked(event, marks, first)])
    # No article can hold the hash of itself, so none can end the passage before its end.
    fence = "=" * 8 + hashlib.sha256(inner.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
    return (
        f"The passage stands between the two lines {fence}.\n\n{fence}\n{inner}\n{fence}\n\n"
        "Is there an event between A and B at the words in braces? Answer with the JSON object."
    )


def _marked(event: Event, marks: Marks, first: Doer) -> str:
    """The passage with its marks."""
    passage = marks.passage
    told = [(marks.trigger or event.evidence, "{", "}")]
    for side, spans in (("actor", marks.actors), ("recipient", marks.recipients)):
        told += [(span, f"[{'A' if side == first else 'B'}: ", "]") for span in spans]
    put: list[tuple[int, int, int, str]] = []
    for span, opening, closing in told:
        start, end = max(span.start, passage.start), min(span.end, passage.end)
        if start < end:  # at one place what ends stands before what begins, and the longer stretch outside
            put += [(start, 1, -end, opening), (end, 0, -start, closing)]
    text, at, parts = _plain(passage.text), 0, []
    for where, _, _, mark in sorted(put):
        parts += [text[at : where - passage.start], mark]
        at = where - passage.start
    return "".join([*parts, text[at:]])


def _plain(text: str) -> str:
    """A text without what looks like one of our marks or cannot be seen; every character stays in its place."""
    return UNSEEN.sub(" ", text.translate(_OWN_MARKS))


def _names(parties: Sequence[Party]) -> str:
    found = dict.fromkeys(
        party.text if party.actor in (None, party.text) else f"{party.text} ({party.actor})" for party in parties
    )
    return "; ".join(_one_line(name, _LONGEST_NAME) for name in found) or load_wording().nobody


def _one_line(text: str, longest: int) -> str:
    return " ".join(_plain(text).split())[:longest]


def _first(spans: Sequence[Span]) -> float:
    return min((span.start for span in spans), default=float("inf"))


def _key(coder: str, messages: Sequence[Message]) -> str:
    told = json.dumps([coder, *messages], sort_keys=True).encode()
    return hashlib.sha256(told).hexdigest()[:32]
