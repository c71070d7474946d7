"""What persons decided about single events, in a file beside the tables of the record: a decision a line, at the end.

A review carries the whole event as it was coded when it was looked at, so that it can be found again by article and
words when the article is coded anew under other ids, and serves as a label whatever becomes of the coding.
`reviewed` lays the decisions over the events as they are coded now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final, Literal

import msgspec
from msgspec import UNSET, UnsetType

from dragoman.errors import UsageError
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import Event, EventDate, EventType, Party, Place, Status
from dragoman.record.appended import add_lines, read_lines

FILE: Final = "reviews.jsonl"
Kind = Literal["accept", "reject", "edit", "add", "undo"]
SURE: Final = 1.0
"""The confidence of an event that a person accepted, edited or added."""


class Changes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What an edit puts in place of what was coded; what is not set stays. None says that it is not known."""

    type: EventType | UnsetType = UNSET
    mode: str | UnsetType | None = UNSET
    actors: tuple[Party, ...] | UnsetType = UNSET
    recipients: tuple[Party, ...] | UnsetType = UNSET
    symmetric: bool | UnsetType = UNSET
    status: Status | UnsetType = UNSET
    date: EventDate | UnsetType | None = UNSET
    place: Place | UnsetType | None = UNSET

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of what is changed."""
        return tuple(name for name in self.__struct_fields__ if getattr(self, name) is not UNSET)

    @property
    def of_kind_or_sides(self) -> bool:
        """Whether it was another event: of another type, or between others."""
        return any(name in ("type", "actors", "recipients", "symmetric") for name in self.fields)


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One decision about one report of an event.

    `event` is the report as coded then, or for `add` what the coder missed. `undo` takes back the decision before it.
    `when` is an ISO time with its zone, `because` the reason in the person's words.
    """

    kind: Kind
    who: str
    when: str
    article: str
    event: Event
    changes: Changes | None = None
    because: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no reader could make sense of; a `ValueError` here is told with the line it came from."""
        if not self.who.strip():
            raise ValueError("'who' is empty")
        try:
            datetime.fromisoformat(self.when)
        except ValueError:
            raise ValueError(f"'when' is '{self.when}', and not a time like 2024-08-02T15:30:00+00:00") from None
        if (self.kind == "edit") != (self.changes is not None):
            raise ValueError("'changes' belong to an edit, and to nothing else")
        if len(self.event.evidence.text) != self.event.evidence.end - self.event.evidence.start:
            raise ValueError("the words of the evidence are not as long as its offsets say")
        try:
            changed(self.event, self.changes or Changes())
        except UsageError as error:
            raise ValueError(str(error)) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What stands of a report after all decisions about it: `reviews` in force from the first to the last."""

    reviews: tuple[Review, ...]

    @property
    def last(self) -> Review:
        """The decision that counts."""
        return self.reviews[-1]

    @property
    def article(self) -> str:
        """The article's id."""
        return self.last.article

    @property
    def added(self) -> bool:
        """Whether a person found it, not the coder."""
        return self.reviews[0].kind == "add"

    @property
    def event(self) -> Event:
        """The event before the last decision: as coded, or as a person added it."""
        return self.reviews[0].event if self.added else self.last.event

    @property
    def state(self) -> Literal["accepted", "rejected", "edited", "added"]:
        """How it stands, in a word."""
        if self.last.kind == "reject":
            return "rejected"
        if self.added and self.last.kind != "edit":
            return "added"
        return "edited" if self.last.kind == "edit" else "accepted"

    def result(self, event: Event | None = None) -> Event | None:
        """The event as the person left it, made from its coding now where that is given; None when rejected."""
        base = self.event if event is None else event
        if self.last.kind == "reject":
            return None
        return changed(base, self.last.changes or Changes())


def changed(event: Event, changes: Changes) -> Event:
    """The event with what a person put in place; type and mode bring their quad and score.

    Raises `UsageError` for a mode that the type does not have, and for days that are none or end before they begin.
    """
    values = {name: getattr(changes, name) for name in changes.fields}
    if "type" in values and "mode" not in values and values["type"] != event.type:
        values["mode"] = None
    kind, mode = values.get("type", event.type), values.get("mode", event.mode)
    if changes.date is not UNSET and changes.date is not None:
        _check_days(changes.date)
    ontology = load_ontology()
    if "type" in values or "mode" in values:
        values |= {"quad": ontology.type(kind).quad, "intensity": ontology.intensity(kind, mode)}
    return msgspec.structs.replace(event, **values, confidence=SURE)


def add_review(record: Path, *reviews: Review) -> None:
    """Add decisions at the end of the file; raises `RecordError` when that cannot be written."""
    add_lines(record / FILE, reviews)


def read_reviews(record: Path) -> list[Review]:
    """The decisions of a record in the order in which they were made; none where there is no file.

    Raises `RecordError` naming file, line and field of what cannot be read.
    """
    return list(read_lines(record / FILE, Review, "the decision on it is then undone."))


def verdicts(reviews: Iterable[Review]) -> list[Verdict]:
    """What stands after all decisions, in the order in which reports were first looked at.

    A decision takes the place of the one before it on the same report, an `undo` gives that back. Reports are told
    apart by article and id then; `reviewed` finds what they are now.
    """
    stacks: dict[tuple[str, str], list[Review]] = {}
    for review in reviews:
        stack = stacks.setdefault((review.article, review.event.id), [])
        if review.kind == "undo":
            del stack[-1:]
        else:
            stack.append(review)
    return [Verdict(reviews=tuple(stack)) for stack in stacks.values() if stack]


def likeness(then: Event, now: Event) -> float:
    """How well an event of the same article, coded now, is the one of then; 0 when it is another.

    The id tells, else the same type between the same states or names at words that overlap.
    """
    if then.id == now.id:
        return 3.0
    if then.type != now.type or _sides(then) != _sides(now):
        return 0.0
    return _overlap(then, now)


def _check_days(days: EventDate) -> None:
    for day in (days.start, days.end):
        try:
            right = date.fromisoformat(day).isoformat() == day
        except ValueError:
            right = False
        if not right:
            raise UsageError(f"'{day}' is not a day like 2024-08-02.")
    if days.end < days.start:
        raise UsageError(f"The last day, {days.end}, is before the first, {days.start}.")


def _overlap(one: Event, other: Event) -> float:
    """How much of their words two clauses have in common, 0 to 1; the same words elsewhere count for half."""
    a, b = one.evidence, other.evidence
    start, end = max(a.start, b.start), min(a.end, b.end)
    if start < end and a.text[start - a.start : end - a.start] == b.text[start - b.start : end - b.start]:
        return (end - start) / (max(a.end, b.end) - min(a.start, b.start))
    if a.text in b.text or b.text in a.text:
        return 0.5 * min(len(a.text), len(b.text)) / max(len(a.text), len(b.text), 1)
    return 0.0


def _sides(event: Event) -> object:
    """On whose behalf the sides act; who is named first makes no difference where both act."""
    first, second = (
        frozenset(p.country or (p.actor or p.text).casefold() for p in side)
        for side in (event.actors, event.recipients)
    )
    return frozenset((first, second)) if event.symmetric else (first, second)
