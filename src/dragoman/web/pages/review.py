"""The review queue: one event at a time, to be accepted, rejected or corrected, and how good the data is.

What forms do is in `review_actions`; how the queue is ordered in `web.queue`.
"""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from fastapi import APIRouter, Depends

from dragoman.analysis.sourcing import state_media_of
from dragoman.briefing.wording import event_words, one_line, shortened
from dragoman.model import CodedArticle, Event, EventType, ReportedEvent
from dragoman.record.accuracy import SAMPLE, SEED, Accuracy, accuracy
from dragoman.web import links
from dragoman.web.asking import Share
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError
from dragoman.web.pages.base import Asked, NavItem, page
from dragoman.web.pages.review_actions import NOBODY, named
from dragoman.web.parts import Ref, ReportRow, report_row
from dragoman.web.passage import Piece, passage
from dragoman.web.queue import Candidate, Wanted, queue
from dragoman.web.reviewing import Choice, choice, decided, own_event, reviewed, standing
from dragoman.web.second import Second, distances, said, second_opinions

nav = NavItem(label="Review", href="/review", order=20)
router = APIRouter(dependencies=[Depends(named)])
NEXT: Final = 6
"""How many of those that come next are listed."""
LAST: Final = 25
"""How many decisions are listed."""
Number = Annotated[int, msgspec.Meta(ge=1, le=5000)]


class ReviewAsked(Asked, frozen=True, kw_only=True):
    """Which events, in which order, and which of them is shown; `n` and `seed` are those of the random sample.

    `take` is the second coder with whose type and status the form to correct it begins.
    """

    a: str | None = None
    b: str | None = None
    type: tuple[EventType, ...] = ()
    publisher: str | None = None
    least: Share | None = None
    most: Share | None = None
    second: Literal["differs"] | None = None
    show: Literal["undecided", "all"] = "undecided"
    order: Literal["queue", "sample"] = "queue"
    n: Number = SAMPLE
    seed: int = SEED
    event: str | None = None
    take: str | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """An event as the lists beside the page show it."""

    href: str
    what: str
    type: str
    quad: int
    confidence: float
    state: str | None
    by: str | None = None
    at: str | None = None
    note: str | None = None


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """The event that is looked at: its paragraph in pieces, and why it stands where it does.

    `seconds` are what second coders say of it, `takes` lead to the form with their type and status, and `form` is what
    the form begins with where one of these was followed.
    """

    choice: Choice
    report: ReportRow
    pieces: tuple[Piece, ...]
    title: Ref
    incident: Ref | None
    state_media: str | None
    place_in_queue: int | None
    score: float | None
    parts: tuple[str, ...]
    seconds: tuple[Second, ...]
    takes: tuple[Ref, ...]
    form: Choice | None


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """Accuracy so far, by type; `decided` of `of` are decided, for a sample."""

    rows: tuple[Accuracy, ...]
    decided: int
    of: int


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """The view. `second_coded` is how many of the events second coders were asked about, `differing` of how many they
    say something else; `second_problem` why what they said cannot be read.
    """

    shown: Shown | None
    before: str | None
    after: str | None
    here: str
    undecided: int
    total: int
    coming: tuple[Row, ...]
    filters: tuple[str, ...]
    clear: str
    modes: tuple[Ref, ...]
    sample: Figures
    all_decided: Figures
    last: tuple[Row, ...]
    lost: tuple[Row, ...]
    second_coded: int
    differing: int
    second_problem: str | None
    nobody: str = NOBODY


def review(desk: Desk, asked: ReviewAsked) -> Review:
    """What to check next: the event that is asked for, else the first that nobody has decided about."""
    found, stands = queue(desk, wanted(asked)), standing(desk)
    open_ = [number for number, each in enumerate(found) if each.id not in stands]
    at = _at(found, open_, asked)
    event_id = asked.event or (None if at is None else found[at].id)
    listed = open_ if asked.show == "undecided" else range(len(found))
    later = [number for number in listed if at is None or number > at] or [n for n in listed if n != at]
    earlier = at - 1 if at is not None and at > 0 else None
    others = asked.query(without=("event", "take"))
    apart = distances(desk)

    def address(number: int) -> str:
        return links.review(**others, event=found[number].id)

    sample = queue(desk, wanted(asked, sample=True))
    return Review(
        shown=None if event_id is None else _shown(desk, event_id, found, at, asked),
        before=None if earlier is None else address(earlier),
        after=address(later[0]) if later else None,
        here=links.review(**others, event=event_id),
        undecided=len(open_),
        total=len(found),
        coming=tuple(_row(desk, found[n].id, address(n)) for n in later[:NEXT]),
        filters=_filters(asked),
        clear=links.review(order=None if asked.order == "queue" else asked.order),
        modes=(
            Ref(name="Most in need", href=links.changed("/review", others, order=None)),
            Ref(name="Random sample", href=links.changed("/review", others, order="sample")),
        ),
        sample=Figures(
            rows=accuracy(stands[each.id] for each in sample if each.id in stands),
            decided=sum(each.id in stands for each in sample),
            of=len(sample),
        ),
        all_decided=Figures(rows=accuracy(stands.values()), decided=len(stands), of=len(stands)),
        last=_last(desk),
        lost=tuple(
            Row(
                href=links.article(verdict.article),
                what=event_words(verdict.event),
                type=verdict.event.type,
                quad=verdict.event.quad,
                confidence=verdict.event.confidence,
                state=verdict.state,
                by=one_line(verdict.last.who),
                at=verdict.last.when[:10],
                note=shortened(one_line(verdict.event.evidence.text), 160),
            )
            for verdict in reviewed(desk).lost
            if verdict.event.id in decided(desk)
        ),
        second_coded=len(apart),
        differing=sum(each > 0 for each in apart.values()),
        second_problem=said(desk).problem,
    )


def warm(desk: Desk) -> None:
    """Have the queue ready before anybody asks."""
    review(desk, ReviewAsked())


def wanted(asked: ReviewAsked, *, sample: bool = False) -> Wanted:
    """What the filters choose, in the order that is asked for or as the random sample."""
    drawn = sample or asked.order == "sample"
    return Wanted(
        one=asked.a,
        other=asked.b,
        types=asked.type,
        publisher=asked.publisher,
        least=asked.least,
        most=asked.most,
        differing=asked.second == "differs",
        sample=asked.n if drawn else None,
        seed=asked.seed if drawn else SEED,
    )


def _at(found: tuple[Candidate, ...], open_: list[int], asked: ReviewAsked) -> int | None:
    """The number of the event that is shown; None where it is none of these."""
    if asked.event is not None:
        return next((number for number, each in enumerate(found) if each.id == asked.event), None)
    if asked.show == "all":
        return 0 if found else None
    return open_[0] if open_ else None


def _shown(desk: Desk, event_id: str, found: tuple[Candidate, ...], at: int | None, asked: ReviewAsked) -> Shown:
    article_id, own = own_event(desk, event_id)
    chosen = choice(desk, event_id)
    coded = desk.coded(article_id)
    stands = standing(desk).get(event_id)
    event = own if stands is None else stands.result(own) or own
    article = coded.article
    candidate = None if at is None else found[at]
    seconds = second_opinions(desk, article_id, event)
    return Shown(
        choice=chosen,
        report=report_row(_report(coded, event)),
        pieces=passage(coded, event),
        title=Ref(
            name=shortened(one_line(article.title or "(no title)"), 160), href=links.article(article_id, event_id)
        ),
        incident=_incident(desk, event_id),
        state_media=state_media_of(article.publisher) if article.publisher else None,
        place_in_queue=None if at is None else at + 1,
        score=None if candidate is None else candidate.score,
        parts=() if candidate is None else _parts(candidate),
        seconds=seconds,
        takes=_takes(seconds, event_id, asked),
        form=None if asked.take is None else _taken(chosen, seconds, asked.take),
    )


def _report(coded: CodedArticle, event: Event) -> ReportedEvent:
    claim = next((each for each in coded.claims if each.id == event.claim), None)
    return ReportedEvent(event=event, article=coded.article, claim=claim)


def _incident(desk: Desk, event_id: str) -> Ref | None:
    """The incident that it is told in, with how many others tell it; None for what a person rejected."""
    try:
        _, incident = desk.event(event_id)
    except NotFoundError:
        return None
    reports, origins = len(incident.reports), len(incident.origins)
    told = "the only report" if reports == 1 else f"one of {reports} reports, from {origins} independent source"
    return Ref(name=told + ("s" if reports > 1 and origins != 1 else ""), href=links.incident(incident.id))


def _takes(seconds: tuple[Second, ...], event_id: str, asked: ReviewAsked) -> tuple[Ref, ...]:
    others = asked.query(without=("event", "take"))
    return tuple(
        Ref(
            name=", ".join(part for part in (each.values.type, each.values.mode, each.values.status) if part),
            href=links.review(**others, event=event_id, take=each.coder) + "#correct",
            note=each.model,
        )
        for each in seconds
        if each.values is not None
    )


def _taken(chosen: Choice, seconds: tuple[Second, ...], coder: str) -> Choice:
    """The values of the form with a second coder's type and status; raises `RefusedError` for who has none."""
    values = next((each.values for each in seconds if each.coder == coder), None)
    if values is None:
        raise RefusedError("'take' is no second coder that has another type or status for this event.")
    return msgspec.structs.replace(chosen, type=values.type, mode=values.mode, quad=values.quad, status=values.status)


def _parts(candidate: Candidate) -> tuple[str, ...]:
    return (
        f"{candidate.unsure:.2f} open ({_why_open(candidate)})",
        f"{candidate.grave:.2f} grave ({candidate.type})",
        f"{candidate.alone:.2f} alone",
        f"{candidate.recent:.2f} recent",
    )


def _why_open(candidate: Candidate) -> str:
    told = f"confidence {candidate.confidence:.2f}"
    return told if candidate.apart is None else f"{told}, a second coder is {candidate.apart:.2f} away"


def _row(desk: Desk, event_id: str, href: str) -> Row:
    each = choice(desk, event_id)
    return Row(
        href=href,
        what=each.what,
        type=each.type,
        quad=each.quad,
        confidence=each.confidence,
        state=each.state,
        by=each.by,
        at=each.at,
    )


def _last(desk: Desk) -> tuple[Row, ...]:
    """The latest decisions that stand, the newest first."""
    newest = sorted(standing(desk).items(), key=lambda item: (item[1].last.when, item[0]), reverse=True)
    return tuple(_row(desk, key, links.review(event=key)) for key, _ in newest[:LAST])


def _filters(asked: ReviewAsked) -> tuple[str, ...]:
    """The filters in words."""
    told = []
    if asked.a or asked.b:
        told.append(" and ".join(name for name in (asked.a, asked.b) if name))
    if asked.type:
        told.append(", ".join(asked.type))
    if asked.publisher:
        told.append(one_line(asked.publisher))
    if asked.second:
        told.append("a second coder differs")
    if asked.least is not None or asked.most is not None:
        told.append(f"confidence {asked.least or 0:g} to {1 if asked.most is None else asked.most:g}")
    return tuple(told)


page(router, "/review", "review.html", review)
