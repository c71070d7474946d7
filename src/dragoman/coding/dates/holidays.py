"""Holidays, feasts and national days as rules of the grammar; their names and days are in `calendar.yaml`."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from datetime import date

from dragoman.coding.dates import reading as r
from dragoman.coding.dates.interval import Interval, choose, day, yearly
from dragoman.coding.dates.patterns import YEAR, Rule
from dragoman.knowledge.calendar import load_calendar, month_and_day


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
    holiday = rf"\b(?P<name>{_any(sorted(set(names)))})\b(?:,?\s+(?P<y>{YEAR}))?"
    return (Rule(re.compile(holiday), "holiday", _holiday), Rule(re.compile(national), "holiday", _national_day))


def _holiday(match: re.Match[str]) -> r.Reading | None:
    name, calendar = match["name"].replace("’", "'"), load_calendar()
    for feast in calendar.movable:
        if name in feast.names:
            return one_of([d for d in feast.dates if not match["y"] or d.year == int(match["y"])])
    entries = [entry for entry in calendar.holidays if name in entry.names or match["name"] in entry.names]
    cued = [sum(bool(re.search(rf"\b{re.escape(c)}(?!\w)", match.string)) for c in entry.cues) for entry in entries]
    meant = [month_and_day(e.day) for e, count in zip(entries, cued, strict=True) if count == max(cued)]
    return nearest_of([_on(day, match["y"]) for day in meant])


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


def one_of(options: Sequence[date]) -> r.Reading:
    """A feast with a table of dates."""

    def read(context: r.Context) -> Interval | None:
        if context.reference is None:
            return None
        found = choose(list(options), context.reference, context.tense)
        return day(found) if found and abs((found - context.reference).days) < 366 else None

    return read


def nearest_of(readings: Sequence[r.Reading]) -> r.Reading:
    """Several meanings of one name: the one nearest to the reference."""

    def read(context: r.Context) -> Interval | None:
        found = [f for r in readings if (f := r(context)) is not None]
        if context.reference is None:
            return found[0] if len(found) == 1 else None
        reference = context.reference
        return min(found, key=lambda f: abs((f.first - reference).days), default=None)

    return read
