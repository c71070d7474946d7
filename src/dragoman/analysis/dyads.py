"""Which occurrences tell of a tie between two sides: by direction, and by whose media tell of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, get_args

from dragoman.analysis.contacts import contact
from dragoman.analysis.occurrence import Belongs, Occurrence
from dragoman.analysis.sourcing import source_of, state_media_of
from dragoman.model import ReportedEvent

Direction = Literal["both", "out", "back"]
"""Of what two sides do: either way; by the first to the second; by the second to the first."""

Voices = Literal["all", "others", "own"]
"""Whose reports count: everybody's; without the parties' own media; only those of the parties' own media."""

VOICES: Final[tuple[Voices, ...]] = get_args(Voices)


def between(
    found: Iterable[Occurrence], one: Belongs, other: Belongs, direction: Direction = "both"
) -> list[Occurrence]:
    """What passed between two sides.

    What both do (a meeting, an agreement, a call) goes in both directions; all else from actor to recipient.
    """
    return [each for each in found if _passes(each, one, other, direction)]


def told_by(found: Iterable[Occurrence], voices: Voices) -> list[Occurrence]:
    """What at least one report of the wanted voices tells.

    Something that both kinds of source tell is in both groups: each group is the world as those sources show it.
    """
    if voices == "all":
        return list(found)
    return [each for each in found if any(is_own_media(r) == (voices == "own") for r in each.reports)]


def is_own_media(report: ReportedEvent) -> bool:
    """Whether the report comes from state media of a party to the event, at first hand or as somebody quotes them."""
    countries = {p.country for p in (*report.event.actors, *report.event.recipients) if p.country}
    publisher = report.article.reprint_of or report.article.publisher
    if publisher is not None and state_media_of(publisher) in countries:
        return True
    return source_of(report).standing == "state media"


def _passes(each: Occurrence, one: Belongs, other: Belongs, direction: Direction) -> bool:
    out = any(map(one, each.actors)) and any(map(other, each.recipients))
    back = any(map(other, each.actors)) and any(map(one, each.recipients))
    if direction == "both" or each.symmetric or contact(each) in ("meeting", "call"):
        return out or back
    return out if direction == "out" else back
