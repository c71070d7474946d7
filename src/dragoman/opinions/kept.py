"""What models said about events, in a file beside the tables of the record: an opinion a line, added at the end.

An opinion carries the whole event as it was coded when the question was asked, as a review does, so that it finds its
event again when the article is coded anew.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

import msgspec

from dragoman.errors import RecordError, UsageError
from dragoman.model import Event
from dragoman.opinions.answers import Answer
from dragoman.opinions.marks import Marks
from dragoman.record.appended import add_lines, read_lines

FILE: Final = "opinions.jsonl"
LOCK: Final = "opinions.lock"
Outcome = Literal["answer", "unusable", "refusal"]


class Opinion(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One question that was asked, and what came of it.

    `key` is the hash of the coder and the messages, `coder` 'llm:MODEL@host', `wording` the version of the wording,
    `digest` that of the article's text. `event` is the event as coded then. For a refusal or an unusable answer
    `problem` says why, and `said` is the beginning of what the model said. Tokens are the server's own count.
    """

    key: str
    coder: str
    wording: int
    when: str
    article: str
    digest: str
    event: Event
    marks: Marks
    outcome: Outcome
    answer: Answer | None = None
    problem: str | None = None
    said: str | None = None
    requests: int = 1
    prompt_tokens: int | None = None
    answer_tokens: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no reader could make sense of."""
        datetime.fromisoformat(self.when)
        if (self.outcome == "answer") != (self.answer is not None):
            raise ValueError("an 'answer' belongs to the outcome 'answer', and to no other")

    @property
    def model(self) -> str:
        """The name of the model."""
        return self.coder.removeprefix("llm:").rpartition("@")[0]


class Known:
    """What was asked before, so that nothing is asked twice; with `again`, only what was answered counts."""

    def __init__(self, opinions: Iterable[Opinion], *, coder: str, wording: int, again: bool = False) -> None:
        counted = [o for o in opinions if o.coder == coder and not (again and o.answer is None)]
        self._keys = {o.key for o in counted}
        self._events = {(o.event.id, o.digest) for o in counted if o.wording == wording}

    def has_event(self, event_id: str, digest: str) -> bool:
        """Whether this very event was asked about in this text, without a look at the question."""
        return (event_id, digest) in self._events

    def has_question(self, key: str) -> bool:
        """Whether the same question was asked, under whatever id the event has."""
        return key in self._keys

    def add(self, key: str) -> None:
        """Take note of a question that was asked just now."""
        self._keys.add(key)


def read_opinions(record: Path) -> list[Opinion]:
    """The opinions of a record in the order in which they were given; none where there is no file.

    Raises `RecordError` naming file, line and field of what cannot be read.
    """
    return list(read_lines(record / FILE, Opinion, "the opinion in it then does not count, and is asked for again."))


def add_opinion(record: Path, opinion: Opinion) -> None:
    """Add an opinion at the end of the file; raises `RecordError` when that cannot be written."""
    add_lines(record / FILE, [opinion])


@contextlib.contextmanager
def only_one(record: Path) -> Iterator[None]:
    """Make sure that one program at a time asks about a record, so that two do not pay for the same question.

    The system lets go of the lock when the program is killed. Raises `UsageError` when another one is at it,
    `RecordError` when the folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        try:
            lock = sqlite3.connect(record / LOCK, timeout=0, isolation_level=None)
            stack.callback(lock.close)
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_BUSY:
                busy = f"Another 'dragoman opinions ask' is at work on {record}. Wait until it ends."
                raise UsageError(busy) from error
            raise RecordError(f"{record / LOCK} cannot be written ({error}). See that the folder may be.") from error
        yield
