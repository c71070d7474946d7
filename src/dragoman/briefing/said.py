"""What each side said of the other: statements aimed at it, and claims about what the two did."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.analysis.happenings import Happening
from dragoman.analysis.parties import plain
from dragoman.analysis.sourcing import is_outlet
from dragoman.briefing.lines import STATEMENTS, TITLE_LIMIT, Line
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line, shortened, side_words
from dragoman.model import Party, Speaker

Holds = Callable[[Party], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """Who said it, and the line of what it is about."""

    speaker: str
    line: Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """'North Korea on Russia' and the sayings, in order of time."""

    heading: str
    sayings: tuple[Saying, ...]


def said_by(found: Sequence[Happening], subjects: Sequence[Subject], lines: Mapping[str, Line]) -> tuple[Said, ...]:
    """What A said of B and B of A; of a single subject, what it said of others and others of it.

    `lines` are the lines of the happenings by the id of their event.
    """
    one = subjects[0]
    directions: list[tuple[str, Holds, Holds, Subject | None]]
    if len(subjects) == 2:
        other = subjects[1]
        directions = [
            (f"{one.name} on {other.name}", one.holds, other.holds, one),
            (f"{other.name} on {one.name}", other.holds, one.holds, other),
        ]
    else:
        directions = [
            (f"{one.name} on others", one.holds, lambda p: not one.holds(p), one),
            (f"Others on {one.name}", lambda p: not one.holds(p), one.holds, None),
        ]
    groups = (
        Said(heading=one_line(heading), sayings=tuple(_sayings(found, by, on, who, lines)))
        for heading, by, on, who in directions
    )
    return tuple(group for group in groups if group.sayings)


def _sayings(
    found: Sequence[Happening], by: Holds, on: Holds, who: Subject | None, lines: Mapping[str, Line]
) -> list[Saying]:
    sayings = []
    for happening in found:
        event = happening.event
        speaker = happening.lead.claim.speaker if happening.lead.claim else None
        if event.type in STATEMENTS and not event.symmetric:
            if any(map(by, event.actors)) and any(map(on, event.recipients)):
                sayings.append(Saying(speaker=side_words(event.actors), line=lines[event.id]))
        elif who is not None and speaker is not None and _speaks_for(speaker, who):
            name = shortened(one_line(speaker.actor or speaker.text), TITLE_LIMIT)
            sayings.append(Saying(speaker=name, line=lines[event.id]))
    return sayings


def _speaks_for(speaker: Speaker, who: Subject) -> bool:
    """Whether a speaker is of this side; its news outlets report and do not speak for it."""
    if speaker.actor is not None and is_outlet(speaker.actor):
        return False
    if who.code is not None:
        return speaker.country == who.code
    return speaker.actor is not None and plain(speaker.actor) == plain(who.name)
