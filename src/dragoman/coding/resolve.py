"""Who a text names: a few words, the day and the text they stand in become an actor with country, sector and office.

It takes the coder's own way to identities, on an article made for the question; nothing here knows a name. Names of
states in other languages, which the coder leaves alone in English text, are known where they are the whole question.
"""

from __future__ import annotations

import datetime
import re
from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from dragoman.coding.coder import names_with, who_steps
from dragoman.coding.draft import Draft
from dragoman.coding.language import DEFAULT_PIPELINE, load_pipeline, parse
from dragoman.coding.provisional import is_known
from dragoman.errors import InputError, UsageError
from dragoman.json_lines import read_lines, write_lines
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.entries import State
from dragoman.knowledge.state_names import load_state_names
from dragoman.knowledge.surface import identity
from dragoman.model import Article, How, Mention

BATCH = 64  # paragraphs parsed together


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Whom `text` names, on an ISO day, in the words around it. Other fields of a line are left alone."""

    id: str | int
    text: str
    date: str | None = None
    context: str | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Who that is, under the id of the question; what the words do not tell is None, and `how` where they name nobody.

    Words for several actors ('the two countries') are described and named by none.
    """

    id: str | int
    actor: str | None = None
    actor_id: str | None = None
    country: str | None = None
    sector: str | None = None
    office: str | None = None
    how: How | None = None


class Resolver:
    """Answers questions; `actors` is a user's own file of actors. Loads the pipeline once."""

    def __init__(self, pipeline: str = DEFAULT_PIPELINE, actors: Path | None = None) -> None:
        self.nlp = load_pipeline(pipeline)
        self.steps = who_steps(names_with(actors))

    def resolve(self, text: str, *, on: str | None = None, context: str | None = None) -> Answer:
        """Who `text` names. Raises `UsageError` for an empty text and for a day that is not ISO."""
        question = Question(id="", text=text, date=on, context=context)
        fault = _fault(question)
        if fault is not None:
            raise UsageError(f"'{fault[0]}' {fault[1]}.")
        return next(self.resolve_many([question]))

    def resolve_many(self, questions: Iterable[Question]) -> Iterator[Answer]:
        """The answers in the order of the questions, parsed in batches, with bounded memory."""
        asked: deque[tuple[Question, tuple[tuple[int, int], ...]]] = deque()

        def articles() -> Iterator[Article]:
            for number, question in enumerate(questions):
                text, places = _placed(question)
                asked.append((question, places))
                yield Article(id=str(number), text=text, published=question.date)

        for draft in parse(articles(), self.nlp, BATCH):
            for step in self.steps:
                step(draft)
            question, places = asked.popleft()
            yield _answer(question, draft, places)


def resolve_file(in_path: Path, out_path: Path, resolver: Resolver) -> int:
    """Answer the questions of a JSON Lines file, one answer a line in their order; gives the number written.

    The output file appears when all is written. Raises `InputError` with file, line and field at the first line that
    is no question, `UsageError` when the output cannot be written.
    """
    return write_lines(out_path, resolver.resolve_many(read_questions(in_path)))


def read_questions(path: Path) -> Iterator[Question]:
    """The questions of a JSON Lines file, one by one. Raises `InputError` with file, line and field, `UsageError`."""
    for number, question in read_lines(path, Question):
        fault = _fault(question)
        if fault is not None:
            raise InputError(f"{fault[1]}.", source=str(path), line=number, field=fault[0])
        yield question


def _fault(question: Question) -> tuple[str, str] | None:
    """The field that cannot be and why, or None."""
    if not question.text.strip():
        return "text", "is empty; give the words that name somebody"
    if question.date is not None:
        try:
            if datetime.date.fromisoformat(question.date).isoformat() == question.date:
                return None
        except ValueError:
            pass
        return "date", f"is '{question.date}' and not a day like 2024-08-02"
    return None


def _placed(question: Question) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text to read, and the stretches of it that are asked about: all places where the words stand in the context;
    else the words alone, as a paragraph behind the context.
    """
    words, context = question.text.strip(), question.context or ""
    for flags in (0, re.IGNORECASE):
        found = tuple(m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", context, flags))
        if found:
            return context, found
    before = f"{context.rstrip()}\n" if context.strip() else ""
    return before + words, ((len(before), len(before) + len(words)),)


def _answer(question: Question, draft: Draft, places: tuple[tuple[int, int], ...]) -> Answer:
    """By the first place at which the words are known to name somebody, else by the first at which they may."""
    if not (question.context or "").strip() and not _named_whole(draft, *places[0]):
        state = _state_abroad(question.text.strip())
        if state is not None:
            who = identity(state)
            return Answer(
                id=question.id, actor=state.name, actor_id=who.actor_id, country=who.country, sector=who.sector,
                how="name",
            )  # fmt: skip
    answers = [a for start, end in places if (a := _at(question, draft, start, end)) is not None]
    known = (a for a in answers if a.country is not None or a.actor_id is not None)
    return next(known, answers[0] if answers else Answer(id=question.id))


def _named_whole(draft: Draft, start: int, end: int) -> bool:
    """Whether a known name covers the stretch: 'Sudan' alone covers not all of 'Sudan del Sud'."""
    return any(m.start <= start and m.end >= end and is_known(m) for m in draft.mentions)


def _state_abroad(words: str) -> State | None:
    """The state that another language calls so, as a name: with a capital where the script has one ('Island')."""
    codes = () if words[0].islower() else load_state_names().states_called(words)
    return load_actors().state(codes[0]) if len(codes) == 1 else None


def _at(question: Question, draft: Draft, start: int, end: int) -> Answer | None:
    """The mention that shares most with a stretch, of those the shortest."""

    def closeness(m: Mention) -> tuple[int, int]:
        return min(m.end, end) - max(m.start, start), m.start - m.end

    touching = [m for m in draft.mentions if m.start < end and m.end > start]
    if not touching:
        return None
    best = max(touching, key=closeness)
    same = [m for m in touching if (m.start, m.end) == (best.start, best.end)]
    if len({(m.country, m.actor) for m in same}) > 1:
        return Answer(id=question.id, how=best.how)
    return Answer(
        id=question.id,
        actor=best.actor,
        actor_id=best.actor_id,
        country=best.country,
        sector=best.sector,
        office=best.office,
        how=best.how,
    )
