"""What the map and the calendar are asked for alike: one party or two, types, how things stand; a choice out.

Apart from `tie`, which knows only ties: here nobody need be named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dragoman.analysis.incidents import Incident, Standing, choose
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line
from dragoman.model import EventType
from dragoman.web.desk import Desk
from dragoman.web.errors import RefusedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen, in order of time; `key` tells one choice from another, `subjects` are who was named."""

    found: Sequence[Incident]
    subjects: tuple[Subject, ...]
    key: tuple[object, ...]

    @property
    def title(self) -> str | None:
        """'North Korea – Russia', or None where nobody was named."""
        return " – ".join(one_line(subject.name) for subject in self.subjects) or None


def chosen(
    desk: Desk, a: str | None, b: str | None, types: tuple[EventType, ...], standings: tuple[Standing, ...]
) -> Choice:
    """The incidents with `a`, or between `a` and `b`, or of anybody, of these types and standings.

    Raises `NotFoundError` for strangers, `RefusedError` where both are one or only the second is given.
    """
    if a is None and b is not None:
        a, b = b, None
    subjects = tuple(desk.subject(name) for name in (a, b) if name is not None)
    if len(subjects) == 2 and subjects[0] == subjects[1]:
        raise RefusedError(f"Both parties are {subjects[0].name}. Give two different ones, or one alone.")
    key = (*sorted(subject.key for subject in subjects), types, standings)
    found = desk.memo(("choice", *key), lambda: _found(desk, subjects, types, standings))
    return Choice(found=found, subjects=subjects, key=key)


def parties(desk: Desk) -> Sequence[str]:
    """Names to choose from in a form: the states of the record, those with most incidents first."""
    ranked = sorted(desk.countries, key=lambda code: (-len(desk.countries[code]), code))
    return desk.memo("choice of parties", lambda: tuple(one_line(desk.subject(code).name) for code in ranked))


def _found(
    desk: Desk, subjects: Sequence[Subject], types: tuple[EventType, ...], standings: tuple[Standing, ...]
) -> Sequence[Incident]:
    if len(subjects) == 2:
        found = desk.between(subjects[0], subjects[1])
    else:
        found = desk.of(subjects[0]) if subjects else desk.incidents
    return tuple(choose(found, types=types, standings=standings)) if types or standings else found
