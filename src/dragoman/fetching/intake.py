"""Articles into the record, page by page and crash-safe: read, code, append, and only then mark the page as done."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from dragoman.coding.distinct import distinct
from dragoman.errors import InputError
from dragoman.fetching.local import LocalFile
from dragoman.fetching.pages import read_page
from dragoman.fetching.runlog import Round, Told
from dragoman.fetching.settings import Source
from dragoman.fetching.state import Page, State
from dragoman.model import Article, CodedArticle, Problem
from dragoman.reading import read
from dragoman.reading.raw import make_problem
from dragoman.record import Record
from dragoman.record.compacting import compact_when_many

if TYPE_CHECKING:
    from dragoman.coding.coder import Coder

BATCH: Final = 8  # pages coded and appended together
FILE_BATCH: Final = 32  # articles of a file
SAME: Final = "Another address leads to the same page."
_KEPT: Final = 10_000  # characters of a page without an article that are kept aside


class Intake:
    """Takes pages and files for one record; what it does is told to the round that it is given."""

    def __init__(
        self, record: Record, state: State, make_coder: Callable[[], Coder], now: Callable[[], float], round_: Round
    ) -> None:
        """`make_coder` is called when there is something to code, since that takes seconds."""
        self.record = record
        self.round = round_
        self._state = state
        self._make_coder = make_coder
        self._coder: Coder | None = None
        self._now = now
        self._waiting: list[tuple[Page, Source]] = []

    def take(self, page: Page, source: Source) -> None:
        """Take a page that was fetched and kept; it is coded when enough of them wait."""
        self._waiting.append((page, source))
        if len(self._waiting) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Code what waits, append it, mark it."""
        waiting, self._waiting = self._waiting, []
        if not waiting:
            return
        pages: dict[str, Page] = {}
        articles: list[Article] = []
        problems: list[Problem] = []
        for page, source in waiting:
            article = self._read(page, source, problems)
            if article is not None:
                if article.id not in pages:
                    articles.append(article)
                pages[article.id] = page
        self._append(articles, problems)
        done = {page.url for page in pages.values()}
        self._state.done(((page.url, a.id, len(a.text)) for a in articles if (page := pages[a.id])), self._now())
        for page, source in waiting:  # two addresses that lead to one page, and pages without an article
            if page.url not in done:
                why = next((p.reason for p in problems if p.source == page.url), SAME)
                self._state.settle(page.url, "refused", error=why)
                self.round.skipped.append(Told(source=source.name, url=page.url, why=why))

    def take_file(self, file: LocalFile, source: Source, stop: threading.Event) -> None:
        """Read a file of a folder, or an archive, to its end, or until `stop` is set: then it is read again, and what
        the record has of it is passed over.
        """
        problems: list[Problem] = []
        articles = distinct(read(file.path, publisher=source.outlet, report=problems.append), problems.append)
        count = 0
        while batch := list(itertools.islice(articles, FILE_BATCH)):
            if stop.is_set():
                return
            self._append(batch, problems)
            problems.clear()
            count += len(batch)
        self._append([], problems)
        self._state.read_file(file.mark, source.name, count, self._now())

    def keep_aside(self, problem: Problem) -> None:
        """Add a problem to the record, unless it stands there already."""
        self.record.append([], [problem])

    def _read(self, page: Page, source: Source, problems: list[Problem]) -> Article | None:
        try:
            article, notes = read_page(page, source)
        except InputError as error:
            content = (page.body or b"")[: 4 * _KEPT].decode("utf-8", "replace")
            problems.append(make_problem(error.what, page.url, content=content))
            return None
        for note in notes:
            problems.append(make_problem(note, page.url, kind="repaired", article_id=article.id))
            self.round.notes.append(Told(source=source.name, url=page.url, why=note))
        return article

    def _append(self, articles: Sequence[Article], problems: Sequence[Problem]) -> None:
        results = list(self._coded(articles))
        coded = [each for each in results if isinstance(each, CodedArticle)]
        failed = [each for each in results if isinstance(each, Problem)]
        if coded or failed or problems:
            self.round.articles += self.record.append(coded, [*problems, *failed])
            compact_when_many(self.record.path)
            self.round.events += sum(len(each.events) for each in coded)

    def _coded(self, articles: Sequence[Article]) -> Iterable[CodedArticle | Problem]:
        if not articles:
            return []
        self._coder = self._coder or self._make_coder()
        info = self._coder.info
        return self._coder.code_batch([each for each in articles if not self.record.has(each, info)])


def coder_for(record: Path, *, fast: bool) -> Callable[[], Coder]:
    """What makes the coder of a record, with the user's own actors."""

    def make() -> Coder:
        from dragoman.coding.coder import Coder
        from dragoman.knowledge.own import own_file

        return Coder(actors=own_file(record), fast=fast)

    return make
