"""Whether a meeting is the first in the record, or the first since another: encounters in, a claim with its limits out.

A record sees only what its articles tell, so each claim carries the span of the articles it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.meetings_log import Encounter
from dragoman.analysis.occurrence import Occurrence, day_of
from dragoman.analysis.parties import is_person, name_key
from dragoman.knowledge.actors import load_actors
from dragoman.model import Party

MONTHS_TOLD: Final = 24
"""Months up to which a time between meetings is told in months, beyond them in years."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """How far the record reaches: its number of articles, and the days of publication of the first and the last."""

    articles: int
    first: str | None
    last: str | None

    @property
    def words(self) -> str:
        """'48 articles of 2018-04-27 to 2024-11-30'."""
        number = f"{self.articles} article{'' if self.articles == 1 else 's'}"
        return number if self.first is None else f"{number} of {self.first} to {self.last}"


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """A dated meeting of a pair: `since` is the meeting before it, None for the first that the record has.

    `undated` counts the meetings of the pair that have no day and might lie before it.
    """

    one: Party
    other: Party
    what: Occurrence
    since: Occurrence | None
    undated: int


def firsts(found: Iterable[Encounter], level: Literal["persons", "states"] = "persons") -> list[First]:
    """For each meeting of two persons, or of anybody of two states, with a day of its own the one before it.

    In order of time. A report that names a person of one side only says nothing about two persons, and is left out.
    """
    pairs: dict[tuple[str, str], list[tuple[Party, Party, Encounter]]] = {}
    for each in found:
        if each.kind in ("visit", "meeting"):
            for a, b in _met(each, level):
                key = (name_key(a), name_key(b)) if level == "persons" else (a.country or "", b.country or "")
                pairs.setdefault(key, []).append((a, b, each))
    told = [first for pair in pairs.values() for first in _of_pair(pair)]
    return sorted(told, key=lambda f: (_start(f.what), name_key(f.one), name_key(f.other), f.what.id))


def first_words(first: First, span: Span, level: Literal["persons", "states"] = "persons") -> str:
    """'The first meeting of A and B since 2019-04-25, 4 years before, in this record (48 articles of ...)'."""
    who = f"{_called(first.one, level)} and {_called(first.other, level)}"
    record = f"this record ({span.words})"
    if first.since is None:
        words = f"The first meeting of {who} in {record}"
    else:
        words = f"The first meeting of {who} since {_start(first.since)}, {_gap(first)} before, in {record}"
    return f"{words}{_unsure(first)}."


def short_words(first: First) -> str:
    """'first of the two in this record', 'first of the two since 2019-04-25, 4 years before': to stand at a meeting."""
    since = "in this record" if first.since is None else f"since {_start(first.since)}, {_gap(first)} before"
    return f"first of the two {since}{_unsure(first)}"


def _met(each: Encounter, level: Literal["persons", "states"]) -> list[tuple[Party, Party]]:
    if level == "persons":
        return [(a, b) for a in each.one for b in each.other if is_person(a) and is_person(b)]
    states = {(a.country, b.country): (a, b) for a in each.one for b in each.other if a.country and b.country}
    return list(states.values())


def _called(party: Party, level: Literal["persons", "states"]) -> str:
    state = load_actors().by_code.get(party.country or "") if level == "states" else None
    return state.name if state is not None else party.actor or party.text


def _unsure(first: First) -> str:
    if not first.undated:
        return ""
    return f"; {first.undated} more {'has' if first.undated == 1 else 'have'} no day and may lie before"


def _of_pair(pair: Sequence[tuple[Party, Party, Encounter]]) -> list[First]:
    by_day = sorted(
        (each for each in pair if _is_day(each[2].what)), key=lambda each: (_start(each[2].what), each[2].what.id)
    )
    undated = len(pair) - len(by_day)
    told: list[First] = []
    before: Occurrence | None = None
    for a, b, encounter in by_day:
        what = encounter.what
        if before is None or _start(before) != _start(what):
            told.append(First(one=a, other=b, what=what, since=before, undated=undated))
        before = what
    return told


def _is_day(what: Occurrence) -> bool:
    return what.date is not None and what.date.granularity == "day"


def _start(what: Occurrence) -> str:
    return what.date.start if what.date is not None else ""


def _gap(first: First) -> str:
    """'5 days', '7 months', '4 years and 4 months'."""
    if first.since is None:
        return ""
    a, b = day_of(_start(first.since)), day_of(_start(first.what))
    months = (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day)
    if months < 2:
        days = (b - a).days
        return f"{days} day{'' if days == 1 else 's'}"
    if months < MONTHS_TOLD:
        return f"{months} months"
    years, rest = divmod(months, 12)
    return f"{years} years" + (f" and {rest} month{'' if rest == 1 else 's'}" if rest else "")
