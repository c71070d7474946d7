"""Readings of stretches of the calendar: seasons, quarters, decades, the parts of a year or month, a feast in its year.

Built on `reading`, which holds what a single day, week, month or year means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Literal

from dragoman.coding.dates.interval import (
    Interval,
    Part,
    day,
    month,
    months,
    nearest_weekday,
    part_of,
    shift,
    week_of,
    weekend_of,
    year,
)
from dragoman.coding.dates.reading import STEP, Context, Reading, Which, fixed, nearest

Season = Literal["spring", "summer", "autumn", "winter"]
FIRST_MONTH: Mapping[Season, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def decade(first_year: int) -> Reading:
    """'the 1990s'."""
    return fixed(Interval(year(first_year).first, year(first_year + 9).last, "year"))


def turn_of_year(context: Context) -> Interval | None:
    """'at the turn of the year': its last day and the next one's first, the nearest."""
    if context.reference is None:
        return None
    options = [
        Interval(year(y).last, year(y + 1).first, "day")
        for y in range(context.reference.year - 2, context.reference.year + 2)
    ]
    return nearest(options, context.reference, context.tense)


def first_day(whole: Reading) -> Reading:
    """'the first day of Ramadan'."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        return day(found.first) if found else None

    return read


def within(named: Reading, whole: Reading) -> Reading:
    """'Easter 2025', 'Victory Day last year': what a name means in that year."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        if found is None:
            return None
        middle = found.first + (found.last - found.first) / 2
        meant = named(replace(context, reference=middle, tense=None))
        return meant if meant and found.first <= meant.first <= found.last else None

    return read


def season_of(season: Season, number: int) -> Interval:
    """Three months from March, June, September or December; a winter bears the year in which it begins."""
    first = month(number, FIRST_MONTH[season])
    last = shift(first.first, 2, "month")
    return months(first, month(last.year, last.month))


def which_season(season: Season, which: Which | None) -> Reading:
    """'this summer', 'last winter'; without a word before it, by tense."""

    def read(context: Context) -> Interval | None:
        reference = context.reference
        if reference is None:
            return None
        options = [season_of(season, y) for y in range(reference.year - 2, reference.year + 3)]
        if which == "last":
            return max((o for o in options if o.last < reference), key=lambda o: o.first, default=None)
        if which == "next":
            return min((o for o in options if o.first > reference), key=lambda o: o.first, default=None)
        return nearest(options, reference, context.tense)

    return read


def quarter_of(number: int, whole: Reading) -> Reading:
    """'the third quarter of 2023'."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        if found is None or found.granularity != "year":
            return None
        first = 3 * number - 2
        return months(month(found.first.year, first), month(found.first.year, first + 2))

    return read


def part(whole: Reading, which: Part) -> Reading:
    """'early 2020', 'the end of the month'."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        return part_of(found, which) if found else None

    return read


def week_of_month(number: int, whole: Reading) -> Reading:
    """'the first week of March': seven days counted from the first; the last week (-1) ends the month."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        if found is None or found.granularity != "month":
            return None
        first = found.last - timedelta(days=6) if number < 0 else found.first + timedelta(days=7 * (number - 1))
        return Interval(first, first + timedelta(days=6), "week")

    return read


def deadline(whole: Reading, which: Part) -> Reading:
    """'by the end of the year': its last day."""

    def read(context: Context) -> Interval | None:
        found = part(whole, which)(context)
        return day(found.last) if found else None

    return read


def season_named(word: str) -> Season:
    """'Spring' as spring, 'fall' as autumn."""
    names: dict[str, Season] = {
        "spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"
    }  # fmt: skip
    return names[word.lower()]


def season_in(season: Season, whole: Reading) -> Reading:
    """'the autumn of last year'."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        return season_of(season, found.first.year) if found else None

    return read


def which_quarter(which: Which) -> Reading:
    """'last quarter', 'this quarter', 'next quarter'."""

    def read(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        first = month(context.reference.year, 3 * ((context.reference.month - 1) // 3) + 1).first
        start = shift(first, 3 * STEP[which], "month")
        last = shift(start, 2, "month")
        return months(month(start.year, start.month), month(last.year, last.month))

    return read


def weekday_of_month(ordinal: int, weekday: int, whole: Reading) -> Reading:
    """'the first Monday in June', 'the last (-1) Sunday of the month'."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        if found is None or found.granularity != "month":
            return None
        if ordinal < 0:
            return day(found.last - timedelta(days=(found.last.weekday() - weekday) % 7))
        return day(found.first + timedelta(days=(weekday - found.first.weekday()) % 7 + 7 * (ordinal - 1)))

    return read


def days_of(count: int, whole: Reading, *, last: bool) -> Reading:
    """'the first ten days of June', 'the last day of the month'."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        if found is None:
            return None
        rest = min(timedelta(days=count - 1), found.last - found.first)
        return (
            Interval(found.last - rest, found.last, "day") if last else Interval(found.first, found.first + rest, "day")
        )

    return read


def months_of(count: int, whole: Reading, *, last: bool) -> Reading:
    """'the last three months of 2023'."""

    def read(context: Context) -> Interval | None:
        found = whole(context)
        if found is None or not 1 <= count <= 12:
            return None
        first = 13 - count if last else 1
        return months(month(found.first.year, first), month(found.first.year, first + count - 1))

    return read


def weeks_after(weekday: int, weeks: int) -> Reading:
    """'Friday week', 'two weeks on Monday': that many weeks after the next one."""

    def read(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        return day(nearest_weekday(weekday, context.reference, "future") + timedelta(days=7 * weeks))

    return read


def weekend_before_last(context: Context) -> Interval | None:
    """'the weekend before last'."""
    return weekend_of(shift(context.reference, -2, "week")) if context.reference else None


def part_of_decade(first_year: int, part: str) -> Reading:
    """'the early 1990s': four years, 'mid' three, 'late' three."""
    first, last = {"early": (0, 3), "mid": (4, 6)}.get(part, (7, 9))
    return fixed(Interval(year(first_year + first).first, year(first_year + last).last, "year"))


def week_with(named: Reading) -> Reading:
    """'the week of May 6', 'the week beginning May 6'."""

    def read(context: Context) -> Interval | None:
        found = named(context)
        return week_of(found.first) if found else None

    return read
