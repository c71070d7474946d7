"""A buffer in front of the record: coded articles and problems go in one by one and are appended in batches."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType

from dragoman.model import CodedArticle, Problem
from dragoman.record.record import Record


class RecordWriter:
    """Appends what it is given at least once per `articles` articles or `seconds` seconds, whichever comes first.

    Use it in a `with` statement: on leaving, be it through an error or Ctrl-C, what is complete is appended. The clock
    (seconds, any origin) is looked at whenever something is given; call `tick` where nothing may come for long.
    """

    def __init__(
        self,
        record: Record,
        *,
        articles: int = 200,
        seconds: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.record = record
        self.added = 0
        self._articles = articles
        self._seconds = seconds
        self._clock = clock
        self._coded: list[CodedArticle] = []
        self._problems: list[Problem] = []
        self._oldest: float | None = None

    def add(self, coded: CodedArticle) -> None:
        """Take one coded article; raises `RecordError` when a batch is due and cannot be written."""
        self._coded.append(coded)
        self.tick()

    def problem(self, problem: Problem) -> None:
        """Take one problem; raises `RecordError` when a batch is due and cannot be written."""
        self._problems.append(problem)
        self.tick()

    def tick(self) -> None:
        """Append what is buffered if it is due."""
        if not self._coded and not self._problems:
            return
        now = self._clock()
        if self._oldest is None:
            self._oldest = now
        if len(self._coded) + len(self._problems) >= self._articles or now - self._oldest >= self._seconds:
            self.flush()

    def flush(self) -> None:
        """Append what is buffered now. Until that has succeeded it stays buffered, so that it can be tried again."""
        if self._coded or self._problems:
            self.added += self.record.append(self._coded, self._problems)
        self._coded, self._problems, self._oldest = [], [], None

    def __enter__(self) -> RecordWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.flush()
