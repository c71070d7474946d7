"""Holidays, feasts and national days as rules of the grammar; their names and days are in `calendar.yaml`."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date, timedelta

from dateutil.easter import EASTER_ORTHODOX, EASTER_WESTERN, easter

from dragoman.coding.dates import reading as r
from dragoman.coding.dates import stretches as s
from dragoman.coding.dates.interval import Interval, choose, day, yearly
from dragoman.coding.dates.patterns import YEAR, Rule, which
from dragoman.knowledge.calendar import Holiday, Movable, load_calendar, month_and_day


@functools.cache
def holiday_rules() -> tuple[Rule, ...]:
    """Rules for the names of `calendar.yaml`: holidays and feasts, and national days with their country."""
    calendar = load_calendar()
    states = sorted({name for entry in calendar.national_days for name in entry.names})
    called = sorted({name for entry in calendar.national_days for name in entry.called})
    national = (
        rf"\b(?:the\s+)?(?P<s>{_any(states)})(?:['’]s?)?\s+(?:\d+(?:st|nd|rd|th)\s+)?"
        rf"(?P<c>{_any(called)})\b(?:,?\s+(?P<y>{YEAR}))?"
        rf"|\b(?P<c2>{_any(called)})\s+of\s+(?:the\s+)?(?P<s2>{_any(states)})(?!\w)"
    )
    names = [n for e in calendar.holidays for n in e.names] + [n for e in calendar.movable for n in e.names]
    holiday = (
        rf"\b(?P<first>(?i:the\s+first\s+day\s+of)\s+(?:the\s+)?)?(?P<name>{_any(sorted(set(names)))})\b"
        rf"(?:,?\s+(?P<y>{YEAR})|\s+(?:of\s+)?(?P<of>last|this|next)\s+year)?"
    )
    return (Rule(re.compile(holiday), "holiday", _holiday), Rule(re.compile(national), "holiday", _national_day))


def _holiday(match: re.Match[str]) -> r.Reading | None:
    name, calendar = match["name"].replace("’", "'"), load_calendar()
    for feast in calendar.movable:
        if name in feast.names:
            return _in_year(match, one_of(feast))
    entries = [entry for entry in calendar.holidays if name in entry.names or match["name"] in entry.names]
    entries += _national_days_named(match)
    cued = [sum(bool(re.search(rf"\b{re.escape(c)}(?!\w)", match.string)) for c in entry.cues) for entry in entries]
    meant = [month_and_day(e.day) for e, count in zip(entries, cued, strict=True) if count == max(cued)]
    return _in_year(match, nearest_of([yearly_day(*day) for day in meant]))


def _national_days_named(match: re.Match[str]) -> list[Holiday]:
    """'Independence Day' where the sentence names a state that has one."""
    return [
        Holiday(name=match["name"], names=(match["name"],), day=entry.day, country=entry.country, cues=entry.names)
        for entry in load_calendar().national_days
        if match["name"] in entry.called
    ]


def _in_year(match: re.Match[str], reading: r.Reading) -> r.Reading:
    """A holiday with its year behind it; 'the first day of' one that lasts."""
    reading = s.first_day(reading) if match["first"] else reading
    if match["y"]:
        return s.within(reading, r.calendar_year(int(match["y"])))
    return s.within(reading, r.which_unit("year", which(match["of"]))) if match["of"] else reading


def _national_day(match: re.Match[str]) -> r.Reading | None:
    state, called = match["s"] or match["s2"], match["c"] or match["c2"]
    entry = next((e for e in load_calendar().national_days if state in e.names and called in e.called), None)
    return _on(month_and_day(entry.day), match["y"]) if entry else None


def _on(day: tuple[int, int], year_text: str | None) -> r.Reading:
    return r.full_date(int(year_text), *day) if year_text else yearly_day(*day)


def _any(names: list[str]) -> str:
    ordered = sorted(names, key=lambda n: (-len(n), n))
    return "|".join(re.escape(name).replace("'", "['’]") for name in ordered)


def yearly_day(month_number: int, day_number: int) -> r.Reading:
    """A holiday: its day in the year that the tense allows and that lies nearest."""

    def read(context: r.Context) -> Interval | None:
        if context.reference is None:
            return None
        found = yearly(month_number, day_number, context.reference, context.tense)
        return day(found) if found else None

    return read


def one_of(feast: Movable) -> r.Reading:
    """A feast that moves: from its table of first days, or counted from Easter."""

    def read(context: r.Context) -> Interval | None:
        if context.reference is None:
            return None
        options = list(feast.dates)
        if feast.from_easter is not None:
            options += [_from_easter(feast, feast.from_easter, context.reference.year + n) for n in (-1, 0, 1)]
        found = choose(options, context.reference, context.tense)
        if found is None or abs((found - context.reference).days) >= 366:
            return None
        return Interval(found, found + timedelta(days=feast.days - 1), "day")

    return read


def _from_easter(feast: Movable, days: int, year_number: int) -> date:
    start = easter(year_number, EASTER_ORTHODOX) if feast.orthodox else easter(year_number, EASTER_WESTERN)
    return start + timedelta(days=days)


def nearest_of(readings: Sequence[r.Reading]) -> r.Reading:
    """Several meanings of one name: the one nearest to the reference."""

    def read(context: r.Context) -> Interval | None:
        found = [f for r in readings if (f := r(context)) is not None]
        if context.reference is None:
            return found[0] if len(found) == 1 else None
        reference = context.reference
        return min(found, key=lambda f: abs((f.first - reference).days), default=None)

    return read
