"""Happenings made by hand, for tests of the analyses of ties: one report each, in an article of its own words."""

from __future__ import annotations

import msgspec

from dragoman.analysis.happenings import Happening
from dragoman.analysis.occurrence import Belongs
from dragoman.model import EventType, Party, Place, Status
from tests.briefing.builders import report


def of(code: str) -> Belongs:
    """Whether a party belongs to a state."""

    def belongs(party: Party) -> bool:
        return party.country == code

    return belongs


KOREAN, RUSSIAN, CHINESE = of("PRK"), of("RUS"), of("CHN")


def told(
    event_id: str,
    actors: str = "PRK",
    recipients: str | None = "RUS",
    *,
    type: EventType = "CONSULT",
    mode: str | None = None,
    status: Status = "actual",
    symmetric: bool | None = None,
    date: str | tuple[str, str] | None = "2024-03-01",
    place: str | None = None,
    words: str = "The two sides met",
    publisher: str | None = "Morning Paper",
    published: str | None = "2024-03-02",
    said_by: str | None = None,
) -> Happening:
    """A happening of one report; sides as `builders.party` takes them, `place` as 'Pyongyang/PRK'."""
    made = report(
        event_id,
        actors,
        recipients,
        type=type,
        mode=mode,
        status=status,
        symmetric=symmetric,
        date=date,
        evidence=words,
        publisher=publisher,
        published=published,
        said_by=said_by,
    )
    if place is not None:
        name, _, country = place.partition("/")
        where = Place(text=name, name=name, country=country or None)
        made = msgspec.structs.replace(made, event=msgspec.structs.replace(made.event, place=where))
    return Happening(reports=(made,))
