"""Labelled sentences and what the coder makes of them: what the measures of dates, status and places share.

Each row is coded as an article of its own up to its candidates. Where the coder finds no event at the labelled words,
one is put there by hand, so that a step is measured on every row and not on those alone that earlier steps reach.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import msgspec

from dragoman.coding.coder import Coder
from dragoman.coding.draft import Candidate, Draft
from dragoman.coding.language import load_pipeline, parse
from dragoman.coding.status import StatusStep
from dragoman.errors import InputError
from dragoman.model import Article, Dateline, EventType

Step = Callable[[Draft], None]


class GoldSentence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One labelled event: its `trigger` stands at `start` in `text`. `hard` marks what a quick reader gets wrong."""

    id: str
    text: str
    trigger: str
    start: int
    type: EventType
    published: str | None = None
    dateline: Dateline | None = None
    hard: bool = False


Row = TypeVar("Row", bound=GoldSentence)


def read_rows(path: Path, form: type[Row]) -> list[Row]:
    """All rows of a file; raises `InputError` naming the line of one that is not as it must be."""
    rows: list[Row] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        try:
            row = msgspec.json.decode(line, type=form)
        except msgspec.MsgspecError as error:
            raise InputError(str(error), source=path.name, line=number) from error
        if not row.text.startswith(row.trigger, row.start):
            raise InputError(f"'{row.trigger}' does not stand at {row.start}", source=path.name, line=number)
        rows.append(row)
    return rows


def coded(rows: Sequence[Row], *steps: Step) -> Iterator[tuple[Row, Candidate]]:
    """Each row with the candidate at its trigger, after these steps have been run on what the coder found."""
    articles = [Article(id=r.id, text=r.text, published=r.published, dateline=r.dateline) for r in rows]
    before = list(itertools.takewhile(lambda step: not isinstance(step, StatusStep), Coder().steps))
    for row, draft in zip(rows, parse(articles, load_pipeline()), strict=True):
        for step in before:
            step(draft)
        candidate = candidate_at(draft, row)
        for step in steps:
            step(draft)
        yield row, candidate


def candidate_at(draft: Draft, row: GoldSentence) -> Candidate:
    """The coder's candidate at the trigger, else one without sides; in either case of the labelled type."""
    sentence = draft.sentence_at(row.start)
    span = sentence.token_span(row.start, row.start + len(row.trigger)) if sentence else None
    if sentence is None or span is None:
        raise InputError(f"no sentence holds '{row.trigger}'", source=row.id)
    inside = {t.i for t in span}
    for candidate in draft.candidates:
        if candidate.sentence is sentence and candidate.trigger.i in inside:
            candidate.type = row.type
            return candidate
    made = Candidate(sentence, span.root, sentence.start, sentence.end, [], [], row.type)
    draft.candidates.append(made)
    draft.candidates.sort(key=lambda c: (c.sentence.index, c.trigger.i))
    return made
