"""The tie of two: what passed between them, what of it is asked for, and what is made of it, kept for each desk.

Filters narrow everything on a page; the window narrows all but the chart, which shows where it lies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.dyads import Direction, Voices, between, told_by
from dragoman.analysis.incidents import Incident, Standing, choose
from dragoman.analysis.meetings_firsts import First, firsts
from dragoman.analysis.meetings_log import Encounter, Kind, encounters
from dragoman.analysis.parties import persons, plain
from dragoman.analysis.pledges import Pledge, pledges
from dragoman.analysis.series import Period, Series, series
from dragoman.analysis.sourcing import Standing as SourceKind
from dragoman.analysis.turning import Turn, turning_points
from dragoman.briefing.subject import Subject
from dragoman.briefing.wording import one_line
from dragoman.model import EventType
from dragoman.record.filters import checked
from dragoman.web.asking import Asked, Least, Share
from dragoman.web.desk import Desk
from dragoman.web.errors import RefusedError
from dragoman.web.parts import QUADS, source_kinds

Quad = Literal[1, 2, 3, 4]
FILTERS: Final = {
    "type": "type",
    "quad": "kind",
    "standing": "standing",
    "person": "with",
    "source": "on the word of",
    "origins": "independent sources at least",
    "confidence": "confidence at least",
}
"""What the filters that ties and the list of incidents share are called."""
PERSONS: Final = 60
"""How many persons can be chosen from."""


class TieAsked(Asked, frozen=True, kw_only=True):
    """The two sides, and what of their tie is asked for. `person` is a name as the record has it, `source` on whose
    word an incident must rest, `origins` on how many independent words at least, `contact` what kind of meeting it is.
    """

    one: str
    other: str
    since: str | None = None
    until: str | None = None
    type: tuple[EventType, ...] = ()
    quad: tuple[Quad, ...] = ()
    standing: tuple[Standing, ...] = ()
    person: str | None = None
    source: tuple[SourceKind, ...] = ()
    origins: Least = 1
    confidence: Share = 0.0
    voices: Voices = "all"
    direction: Direction = "both"
    contact: Kind | None = None


NARROWING: Final = (
    "type",
    "quad",
    "standing",
    "person",
    "source",
    "origins",
    "confidence",
    "voices",
    "direction",
    "contact",
)


_ANYTHING: Final = TieAsked(one="", other="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """Two sides and all that passed between them, in order of time."""

    one: Subject
    other: Subject
    found: tuple[Incident, ...]

    @property
    def title(self) -> str:
        """'North Korea – Russia'."""
        return f"{self.one.name} – {self.other.name}"

    @property
    def key(self) -> tuple[str, str]:
        """Tells it from other ties."""
        return self.one.key, self.other.key

    @property
    def pair(self) -> tuple[str, str]:
        """The same whichever side comes first."""
        one, other = sorted(self.key)
        return one, other


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What of a tie the filters let through, and what of that lies in the window with its ids, in order of time."""

    found: tuple[Incident, ...]
    within: tuple[Incident, ...]
    ids: frozenset[str]
    since: str | None
    until: str | None


def tie_of(desk: Desk, one: str, other: str) -> Tie:
    """The tie of two, by code or name; raises `NotFoundError` for strangers, `RefusedError` for one with itself."""
    first, second = desk.subject(one), desk.subject(other)
    if first == second:
        raise RefusedError(f"Both sides are {first.name}. Give two different ones.")
    return desk.memo(
        ("tie", first.key, second.key),
        lambda: Tie(one=first, other=second, found=tuple(desk.between(first, second))),
    )


def chosen(desk: Desk, tie: Tie, asked: TieAsked) -> Chosen:
    """What is asked for of a tie; raises `UsageError` for what is no day."""
    window = checked(since=asked.since, until=asked.until)
    found = desk.memo(("chosen", *key_of(tie, asked)), lambda: _narrowed(desk, tie, asked))
    within = found
    if window.since is not None or window.until is not None:
        within = tuple(choose(found, since=window.since, until=window.until))
    ids = frozenset(each.id for each in within)
    return Chosen(found=found, within=within, ids=ids, since=window.since, until=window.until)


def filter_words(name: str, called: str, value: object) -> str:
    """A filter that is set, in words: 'kind: verbal conflict, material conflict'."""
    values = value if isinstance(value, tuple) else (value,)
    return f"{called}: {one_line(', '.join(QUADS[each - 1] if name == 'quad' else str(each) for each in values))}"


def whole_series(desk: Desk, tie: Tie) -> tuple[Series | None, tuple[Turn, ...]]:
    """The series of all of a tie and its turning points, as the page of the tie shows them when nothing is asked."""
    key = key_of(tie, _ANYTHING)
    made = series_of(desk, tie.found, key, None)
    return made, turns_of(desk, made, key, None)


def key_of(tie: Tie, asked: TieAsked) -> tuple[object, ...]:
    """Tells one choice from a tie from another: the sides, in no order unless a direction is asked for, and filters."""
    sides = tie.pair if asked.direction == "both" else tie.key
    return *sides, *((name, getattr(asked, name)) for name in NARROWING)


def series_of(desk: Desk, found: Sequence[Incident], key: tuple[object, ...], by: Period | None) -> Series | None:
    """The series of what was chosen, under a key that tells choices apart."""
    return desk.memo(("series", *key, by), lambda: series(found, desk.span.first, desk.span.last, period=by))


def turns_of(desk: Desk, made: Series | None, key: tuple[object, ...], by: Period | None) -> tuple[Turn, ...]:
    """The turning points of that series."""
    return desk.memo(("turns", *key, by), lambda: turning_points(made) if made is not None else ())


def contacts_of(desk: Desk, tie: Tie) -> Sequence[Encounter]:
    """All meetings, calls and letters of a tie."""
    return desk.memo(("contacts", *tie.key), lambda: tuple(encounters(tie.found, tie.one.holds, tie.other.holds)))


def firsts_of(desk: Desk, tie: Tie) -> Mapping[str, First]:
    """By incident, the pair of persons who had not met before, or not for long."""
    return desk.memo(("firsts", *tie.key), lambda: {f.what.id: f for f in reversed(firsts(contacts_of(desk, tie)))})


def pledges_of(desk: Desk, tie: Tie) -> Sequence[Pledge]:
    """All pledges of a tie with what became of them by the record's last day."""
    day = desk.last_day
    if day is None:
        return ()
    return desk.memo(("pledges", *tie.pair), lambda: tuple(pledges(tie.found, as_of=day)))


def persons_of(desk: Desk, tie: Tie) -> Sequence[tuple[str, int]]:
    """Who takes part in a tie, with the number of incidents, most first."""

    def count() -> Sequence[tuple[str, int]]:
        counted = Counter(name for each in tie.found for name in persons((*each.actors, *each.recipients)))
        ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
        return tuple(ranked[:PERSONS])

    return desk.memo(("persons", *tie.pair), count)


def _narrowed(desk: Desk, tie: Tie, asked: TieAsked) -> tuple[Incident, ...]:
    found = list(choose(tie.found, types=asked.type, standings=asked.standing))
    if asked.quad:
        found = [each for each in found if each.quad in asked.quad]
    if asked.person is not None:
        name = plain(asked.person)
        found = [each for each in found if any(plain(p.actor or "") == name for p in (*each.actors, *each.recipients))]
    if asked.origins > 1:
        found = [each for each in found if len(each.origins) >= asked.origins]
    if asked.confidence > 0:
        found = [each for each in found if max(r.event.confidence for r in each.reports) >= asked.confidence]
    if asked.contact is not None:
        met = {each.what.id for each in contacts_of(desk, tie) if each.kind == asked.contact}
        found = [each for each in found if each.id in met]
    kept = {each.id: each for each in found}
    if asked.direction != "both":
        kept = _only(kept, between(found, tie.one.holds, tie.other.holds, asked.direction))
    if asked.voices != "all":
        kept = _only(kept, told_by(list(kept.values()), asked.voices))
    if asked.source:
        kept = {key: each for key, each in kept.items() if set(source_kinds(each)) & set(asked.source)}
    return tuple(kept.values())


def _only(kept: Mapping[str, Incident], left: Sequence[object]) -> dict[str, Incident]:
    """Those incidents that an analysis, which knows only occurrences, has left."""
    ids = {each.id for each in left if isinstance(each, Incident)}
    return {key: each for key, each in kept.items() if key in ids}
