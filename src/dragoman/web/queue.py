"""Which events to look at first: the least sure whose being wrong would cost most, or a random sample.

Pure: it takes a desk and gives ids in order, each with the parts of its score, so that a page can say why it is there.
"""

from __future__ import annotations

import bisect
import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from dragoman.briefing.subject import Subject
from dragoman.model import Event
from dragoman.record.accuracy import sampled
from dragoman.web.desk import Desk
from dragoman.web.reviewing import reviewed
from dragoman.web.second import distances, opinions_stamp

HALF_LIFE: Final = 365
"""Days after which news counts half as much, down to `OLD`."""
OLD: Final = 0.5
PLAIN_WORDS: Final = 0.3
"""The weight of an event of no intensity; one of the highest has 1."""
OF_WORDS: Final = 0.7
"""What is only said, not done, counts less by this."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """An event that may be looked at; `score` is the product of the four parts, each from 0 to 1.

    `apart` is how far a second coder is from it at most, None where none was asked; `unsure` is at least that.
    """

    id: str
    score: float
    unsure: float
    grave: float
    alone: float
    recent: float
    type: str
    publisher: str | None
    confidence: float
    apart: float | None = None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which events; `one` and `other` are subjects' texts. `sample` takes that many at random by `seed`.

    `differing` leaves those where a second coder says something else.
    """

    one: str | None = None
    other: str | None = None
    types: tuple[str, ...] = ()
    publisher: str | None = None
    least: float | None = None
    most: float | None = None
    differing: bool = False
    sample: int | None = None
    seed: int = 1


def queue(desk: Desk, wanted: Wanted) -> tuple[Candidate, ...]:
    """The coder's events that are wanted, those to be looked at first before the others."""
    apart = distances(desk)

    def weighed() -> tuple[Candidate, ...]:
        if wanted.differing:
            differing = (each for each in candidates(desk) if apart.get(each.id, 0) > 0)
            return _chosen(desk, wanted, _weighed(differing, apart))
        found = queue_as_coded(desk, wanted)
        return _weighed(found, apart) if wanted.sample is None else _in_place(found, apart)

    if not apart and not wanted.differing:
        return queue_as_coded(desk, wanted)
    return desk.memo(("weighed queue", opinions_stamp(desk), wanted), weighed)


def queue_as_coded(desk: Desk, wanted: Wanted) -> tuple[Candidate, ...]:
    """The queue without what second coders say."""
    return desk.memo(("review-queue", wanted), lambda: _chosen(desk, wanted, candidates(desk)))


def candidates(desk: Desk) -> tuple[Candidate, ...]:
    """All of the coder's events by score, also those that persons rejected, none that persons added; without what
    second coders say.
    """
    return desk.memo("review-queue", lambda: tuple(sorted(_all(desk), key=_order)))


def unsure(confidence: float) -> float:
    """How open it is whether an event is right: 1 at even chances, 0 where it is certain."""
    return 4 * confidence * (1 - confidence)


def grave(event: Event) -> float:
    """How much an event says: by its intensity, and less for words than for deeds."""
    weight = PLAIN_WORDS + (1 - PLAIN_WORDS) * min(abs(event.intensity) / 10, 1)
    return weight * (1 if event.quad in (2, 4) else OF_WORDS)


def alone(origins: int) -> float:
    """How much of an incident rests on one report: 1 where there is no other independent one."""
    return 1 / math.sqrt(max(origins, 1))


def recent(day: str | None, today: str | None) -> float:
    """How new it is, from 1 down to `OLD`; what has no day counts as old."""
    if day is None or today is None:
        return OLD
    age = (datetime.date.fromisoformat(today) - datetime.date.fromisoformat(day)).days
    return float(OLD + (1 - OLD) * 0.5 ** (max(age, 0) / HALF_LIFE))


def _chosen(desk: Desk, wanted: Wanted, among: Iterable[Candidate]) -> tuple[Candidate, ...]:
    ids = _of_dyad(desk, wanted)
    found = [
        each
        for each in among
        if (ids is None or each.id in ids)
        and (not wanted.types or each.type in wanted.types)
        and (wanted.publisher is None or each.publisher == wanted.publisher)
        and (wanted.least is None or each.confidence >= wanted.least)
        and (wanted.most is None or each.confidence <= wanted.most)
    ]
    if wanted.sample is None:
        return tuple(found)
    by_id = {each.id: each for each in found}
    return tuple(by_id[key] for key in sampled(by_id, wanted.sample, wanted.seed))


def _order(candidate: Candidate) -> tuple[float, str]:
    return -candidate.score, candidate.id


def _weighed(found: Iterable[Candidate], apart: Mapping[str, float]) -> tuple[Candidate, ...]:
    """A queue in order with what second coders say: of few, which are put among the many others as these stand."""
    listed = tuple(found)
    rest = [each for each in listed if each.id not in apart]
    put: list[Candidate] = []
    at = 0
    for raised in sorted((_raised(each, apart[each.id]) for each in listed if each.id in apart), key=_order):
        before, at = at, bisect.bisect(rest, _order(raised), lo=at, key=_order)
        put += rest[before:at]
        put.append(raised)
    return (*put, *rest[at:])


def _in_place(found: Iterable[Candidate], apart: Mapping[str, float]) -> tuple[Candidate, ...]:
    """A sample with what second coders say; chance alone says in which order."""
    return tuple(_raised(each, apart[each.id]) if each.id in apart else each for each in found)


def _raised(candidate: Candidate, apart: float) -> Candidate:
    doubt = max(candidate.unsure, apart)
    score = doubt * candidate.grave * candidate.alone * candidate.recent
    return msgspec.structs.replace(candidate, unsure=doubt, score=score, apart=apart)


def _all(desk: Desk) -> Iterator[Candidate]:
    overlaid = reviewed(desk)
    seen = set()
    for incident in desk.incidents:
        for report in incident.reports:
            key = report.event.id
            if key in overlaid.verdicts and overlaid.verdicts[key].added:
                continue
            seen.add(key)
            own = overlaid.coded[key].event if key in overlaid.coded else report.event
            article = report.article
            yield _made(own, article.publisher, len(incident.origins), article.published, desk.last_day)
    for key, placed in overlaid.coded.items():
        if key not in seen:
            card = desk.articles[placed.article]
            yield _made(placed.event, card.publisher, 1, card.published, desk.last_day)


def _made(event: Event, publisher: str | None, origins: int, day: str | None, today: str | None) -> Candidate:
    parts = (unsure(event.confidence), grave(event), alone(origins), recent(day, today))
    return Candidate(
        id=event.id,
        score=math.prod(parts),
        unsure=parts[0],
        grave=parts[1],
        alone=parts[2],
        recent=parts[3],
        type=event.type,
        publisher=publisher,
        confidence=event.confidence,
    )


def _of_dyad(desk: Desk, wanted: Wanted) -> set[str] | None:
    """The ids of the events of one subject, or between two; None for all."""
    names = [name for name in (wanted.one, wanted.other) if name]
    if not names:
        return None
    subjects = [desk.subject(name) for name in names]
    found = desk.of(subjects[0]) if len(subjects) == 1 else desk.between(subjects[0], subjects[1])
    ids = {report.event.id for incident in found for report in incident.reports}
    return ids | {key for key, placed in reviewed(desk).coded.items() if _stand_in(placed.event, subjects)}


def _stand_in(event: Event, subjects: Sequence[Subject]) -> bool:
    """Whether the subject stands on a side, or the two on opposite ones."""
    acts, suffers = ([any(s.holds(p) for p in side) for s in subjects] for side in (event.actors, event.recipients))
    if len(subjects) == 1:
        return acts[0] or suffers[0]
    return (acts[0] and suffers[1]) or (acts[1] and suffers[0])
