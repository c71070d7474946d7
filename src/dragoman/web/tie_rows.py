"""The rows of a tie's page: meetings, pledges, contested claims and turning points as plain values with links."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import msgspec

from dragoman.analysis.incidents import Incident
from dragoman.analysis.meetings_firsts import First, short_words
from dragoman.analysis.meetings_log import Encounter, Kind
from dragoman.analysis.occurrence import Occurrence, fullest, published
from dragoman.analysis.pledges import Pledge, State
from dragoman.analysis.turning import Turn
from dragoman.briefing.wording import clause, event_words, one_line, shortened
from dragoman.web import links
from dragoman.web.parts import Mark, Ref, When, refs, when
from dragoman.web.tie import Tie

SETTLING: Final = 3
"""Answers to a pledge that are shown."""
CONTACTS: Final[dict[Kind, str]] = {
    "visit": "visits",
    "meeting": "meetings elsewhere",
    "call": "calls",
    "message": "letters",
}
"""What counts of contacts are called."""
PLEDGES: Final[tuple[State, ...]] = ("overdue", "open", "disputed", "broken", "answered", "fulfilled")
"""The states of pledges in the order in which they are counted."""


class ContactRow(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting, call or letter; `host` is the side that was visited, `sender` that which wrote."""

    href: str
    kind: str
    when: When
    one: tuple[Ref, ...]
    other: tuple[Ref, ...]
    host: str | None
    sender: str | None
    place: str | None
    first: str | None


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """A later act, what it does to a pledge, and by which rule."""

    relation: str
    why: str
    what: Ref
    when: When


class PledgeRow(msgspec.Struct, frozen=True, kw_only=True):
    """One pledge and what became of it."""

    href: str
    kind: str
    state: Mark
    made: str | None
    due: When | None
    by: tuple[Ref, ...]
    to: tuple[Ref, ...]
    words: str
    answers: tuple[AnswerRow, ...]


class ContestedRow(msgspec.Struct, frozen=True, kw_only=True):
    """An incident of which one says that it happened and another that it did not, or only that it did not."""

    href: str
    when: When
    what: str
    clause: str
    standing: Mark
    told_by: tuple[str, ...]
    denied_by: tuple[str, ...]


class TurnRow(msgspec.Struct, frozen=True, kw_only=True):
    """A turning point: the means before and after, a link to the time from then on, and what made it."""

    label: str
    start: str
    rises: bool
    before: float
    after: float
    gain: float
    href: str
    made_by: tuple[Ref, ...]


def contact_row(tie: Tie, each: Encounter, first: First | None) -> ContactRow:
    """A contact as a row."""
    names = {"one": one_line(tie.one.name), "other": one_line(tie.other.name)}
    return ContactRow(
        href=links.incident(each.what.id),
        kind=each.kind,
        when=when(each.what.date, published(each.what)),
        one=refs(each.one),
        other=refs(each.other),
        host=names[each.host] if each.host else None,
        sender=names[each.sender] if each.sender else None,
        place=_place(each.what),
        first=short_words(first) if first is not None else None,
    )


def pledge_row(pledge: Pledge) -> PledgeRow:
    """A pledge as a row; of its answers those that settle it, else the first few."""
    settling = [answer for answer in pledge.answers if answer.relation != "answers"] or list(pledge.answers)
    return PledgeRow(
        href=links.incident(pledge.what.id),
        kind=pledge.kind,
        state=Mark(kind="plain", text=pledge.state, value=pledge.state),
        made=pledge.made,
        due=when(pledge.due) if pledge.due is not None else None,
        by=refs(pledge.by),
        to=refs(pledge.to),
        words=clause(pledge.what.reports[0].event, 180),
        answers=tuple(
            AnswerRow(relation=answer.relation, why=answer.why, what=ref_of(answer.what), when=when(answer.what.date))
            for answer in settling[:SETTLING]
        ),
    )


def contested_row(incident: Incident) -> ContestedRow:
    """A contested or denied incident as a row."""
    standing = incident.standing
    return ContestedRow(
        href=links.incident(incident.id),
        when=when(incident.date, incident.first_reported),
        what=ref_of(incident).name,
        clause=clause(incident.event),
        standing=Mark(kind="standing", text=standing, value=standing.replace(" ", "-")),
        told_by=tuple(map(_name, incident.confirmed_by)),
        denied_by=tuple(map(_name, incident.denied_by)),
    )


def turn_row(turn: Turn, address: str) -> TurnRow:
    """A turning point as a row; `address` leads to what happened from then on."""
    return TurnRow(
        label=turn.label,
        start=turn.start.isoformat(),
        rises=turn.rises,
        before=turn.before,
        after=turn.after,
        gain=turn.gain,
        href=address,
        made_by=tuple(map(ref_of, turn.made_by)),
    )


def ref_of(what: Occurrence) -> Ref:
    """An incident by its words, with the clause as note."""
    told = shortened(event_words(fullest(what)), 110)
    return Ref(name=told, href=links.incident(what.id), note=clause(what.reports[0].event, 160))


def latest_first(met: Iterable[Encounter]) -> list[Encounter]:
    """Contacts, the latest first; those without a date come last."""
    return sorted(met, key=lambda each: each.what.date.start if each.what.date is not None else "", reverse=True)


def _place(what: Occurrence) -> str | None:
    return shortened(one_line(what.place.name or what.place.text), 80) if what.place is not None else None


def _name(name: str) -> str:
    return shortened(one_line(name), 90)
