"""What was promised, threatened, demanded or scheduled, by whom, due when, and what became of it by a given day.

Takes occurrences of any kind; a pledge is an occurrence too, and what answers it are later ones. Which act answers
which pledge is `pledges_answers`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dragoman.analysis.occurrence import Occurrence, in_order, published
from dragoman.analysis.pledges_answers import Answer, Pledged, PledgeKind, Relation, answers, asked_of
from dragoman.model import EventDate, Party

State = Literal["fulfilled", "broken", "disputed", "answered", "overdue", "open"]

KINDS: Final[tuple[PledgeKind, ...]] = get_args(PledgeKind)
STATES: Final[tuple[State, ...]] = get_args(State)
_BY_TYPE: Final[dict[str, PledgeKind]] = {"AGREE": "promise", "THREATEN": "threat", "REQUEST": "demand"}
_WORDS: Final = frozenset({"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"})
"""Types that are no plan when they are planned: what is going to be said is not yet pledged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pledge:
    """One pledge as of a day.

    `made` is the day on which it was made or first reported, `due` the time for which it is given, None where the text
    names none. `state`: fulfilled, broken, disputed (later events say both), answered (by something that may settle
    it), overdue (its time is over and nothing tells what became of it) or open. `answers` are in order of time.
    """

    kind: PledgeKind
    what: Occurrence
    made: str | None
    due: EventDate | None
    state: State
    answers: tuple[Answer, ...]

    @property
    def by(self) -> tuple[Party, ...]:
        """Who made it; of a schedule both sides."""
        both = self.kind == "schedule" and (self.what.symmetric or self.what.type == "CONSULT")
        return (*self.what.actors, *self.what.recipients) if both else tuple(self.what.actors)

    @property
    def to(self) -> tuple[Party, ...]:
        """To whom."""
        both = self.kind == "schedule" and (self.what.symmetric or self.what.type == "CONSULT")
        return () if both else tuple(self.what.recipients)


def pledges(found: Iterable[Occurrence], *, as_of: str) -> list[Pledge]:
    """The pledges made by the day `as_of` (ISO), in the order they were made, each with what became of it by then.

    Promises are AGREE, threats THREATEN, demands REQUEST, all as facts; what is planned is a schedule. Nothing that was
    reported only after `as_of`, or is dated after it, is looked at. A pledge about which nothing more is reported stays
    open, or is overdue: it may well have been kept without a report.
    """
    known = [each for each in in_order(found) if (published(each) or "") <= as_of]
    later = [each for each in known if each.date is None or each.date.start <= as_of or each.status == "planned"]
    made = [pledged for each in known if (pledged := _pledged(each)) is not None and (pledged.made or "") <= as_of]
    told = answers(made, later)
    listed = [
        Pledge(
            kind=pledged.kind,
            what=pledged.what,
            made=pledged.made,
            due=pledged.due,
            state=_state(pledged.due, told[pledged.what.id], as_of),
            answers=told[pledged.what.id],
        )
        for pledged in made
    ]
    listed += [pledge for each in known if (pledge := _announced(each, as_of)) is not None]
    return sorted(listed, key=lambda p: (p.made or "", p.what.id))


def open_at(found: Sequence[Pledge]) -> list[Pledge]:
    """What is overdue, the longest first, then what is open by the day it is due; those without a day last."""
    overdue = sorted((p for p in found if p.state == "overdue"), key=_when)
    return overdue + sorted((p for p in found if p.state == "open"), key=_when)


def _pledged(each: Occurrence) -> Pledged | None:
    """The occurrence as a pledge; None for what is none, and for plans first told when their time was over."""
    kind: PledgeKind | None = None
    if each.status == "planned" and each.type not in _WORDS:
        kind = "schedule"
    elif each.status == "actual":
        kind = _BY_TYPE.get(each.type)
    if kind is None or not each.actors:
        return None
    first = published(each)
    ahead = each.date is not None and (kind == "schedule" or (first is not None and each.date.start > first))
    if ahead and each.date is not None and each.date.end < (first or ""):
        return None
    made = first if ahead or each.date is None else min(each.date.start, first or each.date.start)
    asked, barred = asked_of(kind, each)
    return Pledged(kind=kind, what=each, made=made, due=each.date if ahead else None, asked=asked, barred=barred)


def _announced(each: Occurrence, as_of: str) -> Pledge | None:
    """What some of its reports tell as planned and others as done or denied: a schedule that it settles itself."""
    plans = [r for r in each.reports if r.event.status == "planned" and r.article.published]
    settled = [r.article.published for r in each.reports if r.event.status in ("actual", "denied")]
    if not plans or not settled or each.status == "planned" or each.type in _WORDS:
        return None
    made = min(r.article.published or "" for r in plans)
    if made > as_of:
        return None
    due = next((r.event.date for r in plans if r.event.date is not None), None)
    known = min(day or made for day in settled) <= as_of
    relation: Relation = "fulfils" if each.status == "actual" else "breaks" if each.status == "denied" else "answers"
    told = (Answer(relation=relation, what=each, why="reported as planned, and later as it came"),) if known else ()
    return Pledge(kind="schedule", what=each, made=made, due=due, state=_state(due, told, as_of), answers=told)


def _state(due: EventDate | None, told: Sequence[Answer], as_of: str) -> State:
    relations = {answer.relation for answer in told}
    if {"fulfils", "breaks"} <= relations:
        return "disputed"
    if "fulfils" in relations:
        return "fulfilled"
    if "breaks" in relations:
        return "broken"
    if "answers" in relations:
        return "answered"
    return "overdue" if due is not None and due.end < as_of else "open"


def _when(pledge: Pledge) -> tuple[str, str, str]:
    return (pledge.due.end if pledge.due is not None else "9999", pledge.made or "9999", pledge.what.id)
