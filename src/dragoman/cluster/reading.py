"""Reading on a cluster: one file to messages of articles that are still to be coded. Runs on the workers.

The same file gives the same messages however often it is read in a run, since Ray reads it again when a machine with
some of them is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from dragoman.cluster.gate import Asked, Verdict, asked_of, own_id
from dragoman.cluster.messages import Read
from dragoman.coding.batches import batches
from dragoman.model import Article, CoderInfo, Problem
from dragoman.reading import read

BATCH = 16
"""Articles coded together; what a lost worker loses."""
_ASKED = 4 * BATCH  # articles that the gate is asked about at once

Admit = Callable[[int, int, Sequence[Asked]], list[Verdict]]


class File(NamedTuple):
    """A file to be read: its place in the run, its path or address, and what it is called in messages."""

    number: int
    where: str
    called: str


class Reading(NamedTuple):
    """How files are read: what holds for articles that do not say it, and for which coder."""

    publisher: str | None
    published: str | None
    coder: CoderInfo


def read_file(file: File, how: Reading, admit: Admit) -> Iterator[Read]:
    """The articles of a file that the gate admits, a few at a time, with the problems met and what was passed over."""
    problems: list[Problem] = []
    wanted: list[Article] = []
    present = first = 0
    found = read([file.where], publisher=how.publisher, published=how.published, report=problems.append)
    for articles in batches(found, _ASKED):
        asked = [asked_of(article, how.coder) for article in articles]
        for article, one, verdict in zip(articles, asked, admit(file.number, first, asked), strict=True):
            present += verdict == "present"
            if verdict == "code":
                wanted.append(article)
            elif verdict == "rename":
                own = own_id(article.id, one.text)
                problems.append(_clash(article, own))
                wanted.append(msgspec.structs.replace(article, id=own))
        first += len(articles)
        while len(wanted) >= BATCH:
            yield _message(wanted[:BATCH], problems, present, file)
            wanted, present = wanted[BATCH:], 0
            problems.clear()
    if wanted or problems or present:
        yield _message(wanted, problems, present, file)


def _message(articles: list[Article], problems: list[Problem], present: int, file: File) -> Read:
    called = [
        msgspec.structs.replace(p, source=file.called + p.source.removeprefix(file.where))
        if p.source.startswith(file.where)
        else p
        for p in problems
    ]
    return Read(articles=articles, problems=called, present=present)


def _clash(article: Article, own: str) -> Problem:
    return Problem(
        kind="repaired",
        stage="reading",
        source=article.url or article.id,
        field="id",
        article_id=own,
        reason=f"the id '{article.id}' is given to two different texts; this one is kept as '{own}'.",
    )
