"""Long answers in pages: so many items, and so many characters, as an assistant can read; the rest by a cursor.

A cursor holds where to go on and a mark of the question and of the record's state, so that nothing is shown twice or
left out unseen when the record changes between two pages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from pydantic import BaseModel

from dragoman.errors import UsageError

T = TypeVar("T")
M = TypeVar("M", bound=BaseModel)
ROOM: Final = 24_000
"""Characters of the items of a page, as JSON."""
_CURSOR: Final = re.compile(r"(\d{1,12})-([0-9a-f]{12})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[M]):
    """The items of a page out of `total`, how many come after it, and how to get them."""

    items: tuple[M, ...]
    total: int
    left: int
    next_cursor: str | None

    def fields(self) -> dict[str, Any]:
        """What `answers.Paged` asks for."""
        return {
            "total": self.total,
            "shown": len(self.items),
            "left": self.left,
            "next_cursor": self.next_cursor,
        }


def mark_of(*question: object) -> str:
    """A mark of a question and of what it was asked of."""
    return hashlib.sha256(repr(question).encode()).hexdigest()[:12]


def start_of(cursor: str | None, mark: str) -> int:
    """Where a page begins; raises `UsageError` for a cursor of another question or of a record that has changed."""
    if cursor is None or not cursor.strip():
        return 0
    found = _CURSOR.fullmatch(cursor.strip())
    if found is None:
        raise UsageError(f"'{cursor[:60]}' is no cursor. Give 'next_cursor' of the page before, or leave it out.")
    if found[2] != mark:
        raise UsageError(
            "The cursor belongs to other arguments, or the record has changed since. Ask again without a cursor."
        )
    return int(found[1])


def page_of(found: Sequence[T], make: Callable[[T], M], *, cursor: str | None, limit: int, mark: str) -> Page[M]:
    """The page from the cursor on: at most `limit` items, at least one, and no more than there is room for."""
    start = start_of(cursor, mark)
    items: list[M] = []
    room = ROOM
    for each in found[start : start + limit]:
        made = make(each)
        room -= len(made.model_dump_json(exclude_none=True))
        if items and room < 0:
            break
        items.append(made)
    return paged(items, start, len(found), mark)


def paged(items: Sequence[M], start: int, total: int, mark: str) -> Page[M]:
    """A page of items that begin at `start`."""
    end = start + len(items)
    left = max(total - end, 0)
    return Page(items=tuple(items), total=total, left=left, next_cursor=f"{end}-{mark}" if left else None)


def piece_of(text: str, *, cursor: str | None, mark: str, room: int = ROOM) -> tuple[str, dict[str, Any]]:
    """The piece of a text from the cursor on, cut at the end of a paragraph or line, and the fields of its page."""
    start = start_of(cursor, mark)
    end = min(start + room, len(text))
    if end < len(text):
        for edge in ("\n\n", "\n", " "):
            at = text.rfind(edge, start + room // 2, end)
            if at > start:
                end = at + len(edge)
                break
    left = len(text) - end
    return text[start:end], {
        "total": len(text),
        "shown": max(end - start, 0),
        "left": max(left, 0),
        "next_cursor": f"{end}-{mark}" if left > 0 else None,
    }
