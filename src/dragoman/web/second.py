"""What second coders, language models, said of events, as pages show it: a line with a reason, and how far off it is.

Read from its file as it is now. An opinion stands beside an event and moves it in the queue; it decides nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Final

import msgspec

from dragoman.briefing.wording import one_line, shortened
from dragoman.errors import RecordError
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import Event, EventType, Status
from dragoman.opinions.kept import FILE, Opinion, read_opinions
from dragoman.opinions.standing import compare, distance, place
from dragoman.opinions.words import opinion_words, reason_words
from dragoman.web.desk import Desk
from dragoman.web.reviewing import reviewed
from dragoman.web.stamps import Stamp, stamp_of

LONGEST: Final = 300
_log: Final = logging.getLogger("dragoman.web")


class Values(msgspec.Struct, frozen=True, kw_only=True):
    """What the form may begin with."""

    type: EventType
    mode: str | None
    quad: int
    status: Status


class Second(msgspec.Struct, frozen=True, kw_only=True):
    """What one model says of an event. `values` are its type and status where they are others than the event's."""

    coder: str
    model: str
    words: str
    reason: str | None
    agrees: bool
    values: Values | None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """The whole file: answers by article; `problem` says why there are none where it cannot be read."""

    by_article: Mapping[str, tuple[Opinion, ...]]
    problem: str | None = None


def opinions_stamp(desk: Desk) -> Stamp:
    """What changes with every opinion; the second part of the key of whatever `Desk.memo` keeps of opinions."""
    return stamp_of(desk.record.path / FILE)


def said(desk: Desk) -> Said:
    """All that models answered, of whatever coding; refusals and answers of no use are not shown."""
    return desk.memo(("opinions", opinions_stamp(desk)), lambda: _read(desk))


def second_opinions(desk: Desk, article: str, event: Event) -> tuple[Second, ...]:
    """What each model says of an event of an article, compared with the event as it stands."""
    told = said(desk).by_article.get(article)
    if told is None:
        return ()
    placed = place(told, list(_own_events(desk, article).values()))
    return tuple(_second(each, event) for each in placed.get(event.id, ()))


def distances(desk: Desk) -> Mapping[str, float]:
    """How far models are at most from the coder's own events, by the ids of those that they were asked about."""

    def measure() -> dict[str, float]:
        found = {}
        for article, told in said(desk).by_article.items():
            events = _own_events(desk, article)
            for key, opinions in place(told, list(events.values())).items():
                found[key] = max(distance(events[key], each.answer) for each in opinions if each.answer is not None)
        return found

    return desk.memo(("distances", opinions_stamp(desk)), measure)


def _read(desk: Desk) -> Said:
    by_article: dict[str, list[Opinion]] = {}
    try:
        for opinion in read_opinions(desk.record.path):
            if opinion.answer is not None:
                by_article.setdefault(opinion.article, []).append(opinion)
    except RecordError as error:  # what is only beside the record must not keep its pages from being read
        _log.warning("Second opinions cannot be shown: %s", error)
        return Said(by_article={}, problem=one_line(str(error)))
    return Said(by_article={article: tuple(told) for article, told in by_article.items()})


def _own_events(desk: Desk, article: str) -> Mapping[str, Event]:
    """An article's events by id as the coder has them, those too that persons changed or rejected."""

    def by_article() -> dict[str, dict[str, Event]]:
        found: dict[str, dict[str, Event]] = {}
        for key, placed in reviewed(desk).coded.items():
            found.setdefault(placed.article, {})[key] = placed.event
        return found

    decided = desk.memo("own events", by_article).get(article, {})
    return {report.event.id: report.event for report in desk.reports_in(article)} | decided


def _second(opinion: Opinion, event: Event) -> Second:
    answer = opinion.answer
    return Second(
        coder=opinion.coder,
        model=shortened(one_line(opinion.model), LONGEST),
        words=shortened(one_line(opinion_words(opinion, event)), LONGEST),
        reason=reason_words(opinion),
        agrees=answer is not None and compare(event, answer).agrees,
        values=_values(opinion, event),
    )


def _values(opinion: Opinion, event: Event) -> Values | None:
    answer = opinion.answer
    if answer is None or answer.type is None or answer.status is None:
        return None
    if (answer.type, answer.status) == (event.type, event.status):
        return None
    kept = event.mode if answer.type == event.type else None  # a mode less is no other event
    return Values(
        type=answer.type,
        mode=answer.mode or kept,
        quad=load_ontology().quad_of[answer.type],
        status=answer.status,
    )
