"""Labels out of labelled articles, as `dragoman reviews --jsonl` writes them, or a person has gone on labelling them.

Such articles say which events they tell and not where sides and triggers stand. So they are read as the coder reads
them, and each event is given to the question that it answers best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import msgspec

from dragoman.coding.draft import Draft
from dragoman.errors import InputError
from dragoman.json_lines import read_lines
from dragoman.model import Article, Mention
from dragoman.studies.asking import Asked, Asker
from dragoman.studies.codebook import NONE, Codebook
from dragoman.studies.labels import Label, Labels

UNFOUND: Final = "events whose sides or words the coder does not find"
OTHER: Final = "events of types that the study neither has nor counts as its own (docs/studies.md, 'plover' and 'none')"


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """One event of a labelled article; `types` are PLOVER's or the study's, the first counts."""

    types: tuple[str, ...]
    source: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    symmetric: bool = False
    evidence: str


class ArticleRow(msgspec.Struct, frozen=True, kw_only=True):
    """One labelled article."""

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    events: tuple[EventRow, ...]


def labels_of_articles(path: Path, codebook: Codebook, *, whole: bool) -> Labels:
    """The labels that articles give; what is left out is counted by its reason.

    `whole`: the articles name all their events, so that every other trigger tells nothing. Raises `InputError`.
    """
    asker, counts = Asker(codebook), by_type(codebook)
    found: list[Label] = []
    left_out: Counter[str] = Counter()
    for number, row in read_lines(path, ArticleRow):
        for event in row.events:
            if not event.types or event.evidence not in row.text:
                field = "evidence" if event.types else "types"
                what = f"'{event.evidence[:60]}' does not stand in the text." if event.types else "names no type."
                raise InputError(what, source=str(path), line=number, field=field)
        found += _of_article(row, asker.asked(_draft(row)), counts, left_out, whole=whole)
    return Labels(tuple(found), left_out=dict(left_out))


def by_type(codebook: Codebook) -> dict[str, str]:
    """What a label says by the type that an article gives: a study's own, or one of PLOVER's that counts as it."""
    return {**codebook.by_plover(), **{kind: kind for kind in codebook.labels}}


def _draft(row: ArticleRow) -> Draft:
    """The article with its mentions, as the coder finds them."""
    from dragoman.coding.coder import names_with, who_steps
    from dragoman.coding.language import load_pipeline, parse

    article = Article(id=row.id, text=row.text, title=row.title, publisher=row.publisher, published=row.published)
    (draft,) = parse([article], load_pipeline())
    for step in who_steps(names_with(None)):
        step(draft)
    return draft


def _of_article(
    row: ArticleRow, groups: list[list[Asked]], counts: dict[str, str], left_out: Counter[str], *, whole: bool
) -> Iterable[Label]:
    taken: set[int] = set()
    for event in row.events:
        fitting = [asked for group in groups for asked in group if _fits(asked, event, row.text)]
        taken |= {id(asked.proposal) for asked in fitting}
        kind = counts.get(event.types[0])
        if kind is None:
            left_out[OTHER] += 1
        elif not fitting:
            left_out[UNFOUND] += 1
        else:
            best = max(fitting, key=lambda a: (a.proposal.typed.type in event.types, a.cued, a.pair.where == "clause"))
            yield _label(best, kind, row.id)
    if whole:
        told = {event.evidence for event in row.events}
        for group in groups:
            asked = group[0]
            if id(asked.proposal) not in taken and not any(_inside(asked, words, row.text) for words in told):
                yield _label(asked, NONE, row.id)


def _fits(asked: Asked, event: EventRow, text: str) -> bool:
    """Whether a question is about the event: its trigger in the event's words, its sides the event's."""
    if not _inside(asked, event.evidence, text):
        return False
    straight = _are(asked.pair.actors, event.source) and _are(asked.pair.recipients, event.target)
    around = _are(asked.pair.actors, event.target) and _are(asked.pair.recipients, event.source)
    return straight or (event.symmetric and around)


def _are(side: list[Mention], names: tuple[str, ...]) -> bool:
    if not side or not names:
        return not side and not names
    return bool({side[0].country, side[0].actor, side[0].text} & set(names))


def _inside(asked: Asked, words: str, text: str) -> bool:
    """Whether the trigger stands in these words of the text, wherever they stand."""
    at = asked.start + (asked.question.trigger or (0, 0))[0]
    start = text.find(words)
    while start >= 0:
        if start <= at < start + len(words):
            return True
        start = text.find(words, start + 1)
    return False


def _label(asked: Asked, kind: str, article: str) -> Label:
    question = asked.question
    return Label(asked.text, question.actor, question.recipient, question.trigger, kind, article)
