"""Ties of one side with several others side by side: in figures, and in sentences.

Visits are told by capitals, as the news does: "Pyongyang received Moscow's envoys four times, Beijing's once."
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from dragoman.analysis.dyads import between
from dragoman.analysis.meetings_log import Encounter, Kind, Trip, encounters, trips
from dragoman.analysis.occurrence import Belongs, Occurrence, in_order
from dragoman.analysis.series_index import Estimate, estimates
from dragoman.knowledge.actors import load_actors

_ELSEWHERE: Final[tuple[tuple[Kind, str], ...]] = (
    ("meeting", "Meetings in third countries or in a place not told"),
    ("call", "Telephone calls"),
    ("message", "Letters and messages"),
)
_NUMBERS: Final = ("never", "once", "twice", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
                   "twelve")  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Somebody whose ties are compared: a state with its code, or a person or body without one."""

    name: str
    code: str | None
    holds: Belongs

    @property
    def seat(self) -> str:
        """The capital of a state, else the name."""
        state = load_actors().by_code.get(self.code or "")
        return state.capital or self.name if state is not None else self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """What passed between the one in the middle and one other; `index` weighs all that took place, dated or not."""

    other: Side
    found: tuple[Occurrence, ...]
    encounters: tuple[Encounter, ...]
    received: tuple[Trip, ...]
    paid: tuple[Trip, ...]
    index: Estimate

    @property
    def cooperation(self) -> int:
        """Incidents of quads 1 and 2."""
        return sum(each.quad <= 2 for each in self.found)

    @property
    def conflict(self) -> int:
        """Incidents of quads 3 and 4."""
        return sum(each.quad > 2 for each in self.found)

    def count(self, kind: Kind) -> int:
        """How many encounters are of a kind."""
        return sum(each.kind == kind for each in self.encounters)


def compare(found: Iterable[Occurrence], middle: Side, others: Sequence[Side]) -> list[Tie]:
    """The ties of one with each of the others, in the order given; only what took place counts."""
    actual = [each for each in in_order(found) if each.status == "actual"]
    shares = [between(actual, middle.holds, side.holds) for side in others]
    indices = estimates([[each.intensity for each in share] for share in shares], centre=0.0)
    ties = []
    for side, share, index in zip(others, shares, indices, strict=True):
        met = encounters(share, middle.holds, side.holds)
        travelled = trips(met)
        ties.append(
            Tie(
                other=side,
                found=tuple(share),
                encounters=tuple(met),
                received=tuple(trip for trip in travelled if trip.host == "one"),
                paid=tuple(trip for trip in travelled if trip.host == "other"),
                index=index,
            )
        )
    return ties


def comparison_words(middle: Side, ties: Sequence[Tie]) -> list[str]:
    """The comparison in sentences, leaving out what none of them has."""
    told = []
    if any(tie.received for tie in ties):
        listed = _each(ties, lambda t: len(t.received), lambda t: _of(t.other), noun=" envoys")
        told.append(f"{middle.seat} received {listed}.")
    if any(tie.paid for tie in ties):
        went = "sent envoys" if middle.code is not None else "went"
        told.append(f"{middle.seat} {went} {_each(ties, lambda t: len(t.paid), lambda t: f'to {t.other.seat}')}.")
    for kind, words in _ELSEWHERE:
        if any(tie.count(kind) for tie in ties):
            told.append(f"{words}: {_each(ties, _counter(kind), lambda t: f'with {t.other.name}')}.")
    if any(tie.found for tie in ties):
        balance = [f"with {t.other.name} {t.cooperation} of cooperation and {t.conflict} of conflict" for t in ties]
        told.append(f"Incidents of {middle.name}: {'; '.join(balance)}.")
    return told


def times(number: int) -> str:
    """'never', 'once', 'twice', 'four times', '13 times'."""
    if number <= 2:
        return _NUMBERS[number]
    return f"{_NUMBERS[number] if number < len(_NUMBERS) else number} times"


def _each(ties: Sequence[Tie], count: Callable[[Tie], int], name: Callable[[Tie], str], noun: str = "") -> str:
    """'Moscow's envoys four times, Beijing's once', most first; the order given decides between equals."""
    ranked = sorted(ties, key=lambda tie: -count(tie))
    return ", ".join(f"{name(tie)}{noun if n == 0 else ''} {times(count(tie))}" for n, tie in enumerate(ranked))


def _counter(kind: Kind) -> Callable[[Tie], int]:
    return lambda tie: tie.count(kind)


def _of(side: Side) -> str:
    return f"{side.seat}'" if side.seat.endswith("s") else f"{side.seat}'s"
