"""The gate before the coders: which articles of a run are still to be coded, asked by all who read them.

One object for the whole cluster, since only one that sees every article can tell repeats and clashes of ids. It answers
the same when it is asked again for the same place, so that what is lost with a machine is read again as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Literal, NamedTuple

import msgspec

from dragoman.model import Article, CoderInfo
from dragoman.record import Record
from dragoman.record.schema import input_hash

Verdict = Literal["code", "rename", "present", "repeat"]


class Asked(NamedTuple):
    """What the gate has to know of an article; `as_own` is `input_hash` under the id of a second text (`own_id`)."""

    id: str
    text: bytes
    as_is: str
    as_own: str


class Gate:
    """Holds every id of a run, 100 to 200 bytes each, and what the record has coded before."""

    def __init__(self, record: str | None, coder: CoderInfo, others: Sequence[str] = ()) -> None:
        """`others` are articles to be coded although this coder has coded them, since another one has since."""
        self._record = Record(record) if record is not None else None
        self._coder = coder
        self._others = frozenset(others)
        self._taken: dict[str, tuple[bytes, int, int]] = {}

    def admit(self, file: int, first: int, asked: Sequence[Asked]) -> list[Verdict]:
        """Of so many articles of a file, the first of them its `first`: what is to become of each."""
        return [self._admit(one, (file, first + number)) for number, one in enumerate(asked)]

    def _admit(self, one: Asked, place: tuple[int, int]) -> Verdict:
        own = own_id(one.id, one.text)
        if one.id not in self._taken and self._has(own, one.as_own) and not self._has(one.id, one.as_is):
            return self._claim(own, one.text, one.as_own, place, "rename")  # it was the second text in a former run
        if self._taken.setdefault(one.id, (one.text, *place))[0] == one.text:
            return self._claim(one.id, one.text, one.as_is, place, "code")
        return self._claim(own, one.text, one.as_own, place, "rename")

    def _claim(self, article_id: str, text: bytes, known_by: str, place: tuple[int, int], verdict: Verdict) -> Verdict:
        if self._taken.setdefault(article_id, (text, *place))[1:] != place:
            return "repeat"
        return "present" if self._has(article_id, known_by) else verdict

    def _has(self, article_id: str, known_by: str) -> bool:
        return self._record is not None and article_id not in self._others and self._record.has_input(known_by)


def asked_of(article: Article, coder: CoderInfo) -> Asked:
    """What the gate is to be told of an article."""
    text = hashlib.sha256(article.text.encode("utf-8", "surrogatepass")).digest()
    own = msgspec.structs.replace(article, id=own_id(article.id, text))
    return Asked(article.id, text, input_hash(article, coder), input_hash(own, coder))


def own_id(article_id: str, text: bytes) -> str:
    """The id of a second text under one id."""
    return f"{article_id}~{text.hex()[:8]}"
