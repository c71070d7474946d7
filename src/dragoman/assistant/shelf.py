"""The record as tools use it: opened once, read again when it has changed, with its index and who is known to it.

Apart from the tools because it alone knows what takes long and what is kept.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import threading
from collections.abc import Hashable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dragoman.assistant.paging import mark_of
from dragoman.briefing.wording import one_line
from dragoman.errors import DragomanError, UsageError
from dragoman.knowledge.own import OWN_FILE, own_digest, own_file
from dragoman.web.desk import Desk
from dragoman.web.keeper import Keeper

if TYPE_CHECKING:
    from dragoman.coding.resolve import Resolver
    from dragoman.knowledge.known import Known
    from dragoman.record.search import SearchIndex

FIRST: Final = 40.0
"""Seconds that a question waits for a record that is read for the first time; assistants give up after a minute."""
WAITS: Final = 10
"""How often the search index is waited for; each time takes some seconds."""


class Shelf:
    """One record. Safe to use from several threads; nothing here writes to the record."""

    def __init__(self, path: Path) -> None:
        """Open the record; raises `UsageError` where there is none."""
        self.path = path
        self._keeper = Keeper(path)
        self._lock = threading.Lock()
        self._resolver: tuple[str, Resolver] | None = None
        self._first: threading.Thread | None = None

    def warm(self) -> threading.Thread:
        """Begin to read the record, so that the first question need not wait for all of it."""
        with self._lock:
            if self._first is None:
                self._first = threading.Thread(target=self._read, name="dragoman-first", daemon=True)
                self._first.start()
            return self._first

    def desk(self) -> Desk:
        """The record as it stands; raises `UsageError` while a large one is still being read for the first time."""
        first = self.warm()
        first.join(FIRST)
        if first.is_alive():
            raise UsageError(
                "The record is being read for the first time, which takes a minute or two for a large one. Ask again."
            )
        return self._keeper.desk()

    def mark(self, desk: Desk, *question: Hashable) -> str:
        """The mark that a cursor carries."""
        return mark_of(desk.memo("state", lambda: desk.record.state), desk.serial, *question)

    def notes(self) -> tuple[str, ...]:
        """What is behind: a large record that has changed is read again while the former state answers."""
        if self._keeper.stale == "changed":
            return ("The record has changed and is being read again; this is of its state before.",)
        return ()

    def index(self, desk: Desk) -> SearchIndex:
        """The search index; raises `UsageError` where tantivy is missing or the index takes too long."""
        try:
            from dragoman.web.index import finder
        except ImportError as error:
            if error.name != "tantivy":
                raise
            raise UsageError(
                "Full text cannot be searched: 'tantivy' is not installed. Install Dragoman with 'dragoman[serve]'."
                " The other tools work."
            ) from error
        for _ in range(WAITS):
            index, _current = finder(desk).index(desk)
            if index is not None:
                return index
        raise UsageError("The search index of this record is still being made. Ask again in a minute.")

    def known(self) -> Known:
        """Who is known, with the actors that users of this record added."""
        from dragoman.knowledge.known import known_with

        return known_with(own_file(self.path))

    def resolver(self) -> Resolver:
        """What says whom words name; loads the language pipeline on first use, anew when the own actors changed."""
        from dragoman.coding.resolve import Resolver

        stamp = own_digest(self.path / OWN_FILE)
        with self._lock:
            if self._resolver is None or self._resolver[0] != stamp:
                self._resolver = stamp, Resolver(actors=own_file(self.path))
            return self._resolver[1]

    def look_up(self, wanted: str) -> str:
        """What a person types to see an event, claim or incident."""
        return f"dragoman show {shlex.quote(wanted)} --record {shlex.quote(str(self.path))}"

    def search_for(self, title: str | None) -> str | None:
        """What a person types to find an article by its title; None where it has none."""
        words = re.sub(r"[^\w\s-]", " ", one_line(title or ""))[:80].split()
        if not words:
            return None
        query = shlex.quote(" ".join(word for word in words if not word.startswith("-")))
        return f"dragoman search {query} --in articles --record {shlex.quote(str(self.path))}"

    def _read(self) -> None:
        with contextlib.suppress(DragomanError, OSError):  # told to whoever asks
            self._keeper.desk()
