"""What is sent between the machines of a cluster: articles to be coded, and what became of them, packed in bytes.

Apart from who sends it, so that readers, coders and the driver agree on it in one place.
"""

from __future__ import annotations

from typing import TypeVar

import msgspec

from dragoman.model import Article, CodedArticle, Problem

COLUMN = "packed"
T = TypeVar("T")


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """Articles to be coded together; problems met, and articles passed over as coded before, on the way to them.

    `error` is why nothing can be read at all: our own error, which Ray would pass on as a page of text.
    """

    articles: list[Article]
    problems: list[Problem]
    present: int
    error: str | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a `Read`; `error` is why nothing can be coded at all."""

    coded: list[CodedArticle]
    problems: list[Problem]
    present: int
    error: str | None = None


def pack(message: Read | Done) -> bytes:
    """A message as bytes."""
    return msgspec.msgpack.encode(message)


def unpack(packed: bytes, kind: type[T]) -> T:
    """The message that `pack` made bytes of."""
    return msgspec.msgpack.decode(packed, type=kind)
