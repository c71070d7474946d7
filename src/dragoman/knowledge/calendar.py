"""The days that news names instead of dating them: `calendar.yaml`, checked on load.

Gives holidays, movable feasts, national days by country, and names that only look like dates.
"""

from __future__ import annotations

import functools
from datetime import date

import msgspec

from dragoman.errors import KnowledgeError
from dragoman.knowledge.files import KNOWLEDGE, make_entries, read_sections

PATH = KNOWLEDGE / "calendar.yaml"
SECTIONS = {"holidays", "movable", "national_days", "not_dates", "occasions", "idle_participles", "setting", "later",
            "older", "homecoming", "stays"}  # fmt: skip
LEAP_YEAR = 2000


class Holiday(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A day of the year with a name. `day` is month-day; `cues` tell it from others of the same name."""

    name: str
    names: tuple[str, ...]
    day: str
    country: str | None = None
    cues: tuple[str, ...] = ()


class Movable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A feast whose date changes from year to year: its first days where they are tabled, or its distance from Easter.

    `days` is how long it lasts.
    """

    name: str
    names: tuple[str, ...]
    dates: tuple[date, ...] = ()
    days: int = 1
    from_easter: int | None = None
    orthodox: bool = False


class NationalDay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a state calls its day, and the names of the state that stand beside it."""

    country: str
    day: str
    called: tuple[str, ...]
    names: tuple[str, ...]


class Calendar(msgspec.Struct, frozen=True, kw_only=True):
    """All of `calendar.yaml`."""

    holidays: tuple[Holiday, ...]
    movable: tuple[Movable, ...]
    national_days: tuple[NationalDay, ...]
    not_dates: tuple[str, ...]
    occasions: frozenset[str]
    idle_participles: frozenset[str]
    setting: frozenset[str]
    later: frozenset[str]
    older: frozenset[str]
    homecoming: frozenset[str]
    stays: frozenset[str]


@functools.cache
def load_calendar() -> Calendar:
    """The calendar, read once a process. Raises `KnowledgeError` when an entry is not as it should be."""
    content = read_sections(PATH)
    if set(content) != SECTIONS:
        raise KnowledgeError(f"{PATH.name}: sections must be {', '.join(sorted(SECTIONS))}.")
    calendar = Calendar(
        holidays=make_entries(PATH, content["holidays"], Holiday),
        movable=make_entries(PATH, content["movable"], Movable),
        national_days=make_entries(PATH, content["national_days"], NationalDay),
        not_dates=tuple(content["not_dates"]),
        occasions=frozenset(content["occasions"]),
        idle_participles=frozenset(content["idle_participles"]),
        setting=frozenset(content["setting"]),
        later=frozenset(content["later"]),
        older=frozenset(content["older"]),
        homecoming=frozenset(content["homecoming"]),
        stays=frozenset(content["stays"]),
    )
    for day in [h.day for h in calendar.holidays] + [n.day for n in calendar.national_days]:
        month_and_day(day)
    return calendar


def month_and_day(text: str) -> tuple[int, int]:
    """'08-15' as (8, 15); raises `KnowledgeError` for a day that no year has."""
    try:
        day = date.fromisoformat(f"{LEAP_YEAR}-{text}")
    except ValueError as error:
        raise KnowledgeError(
            f"{PATH.name}: '{text}' is not a day of the year; write it as month-day, 08-15."
        ) from error
    return day.month, day.day
