"""Intervals of days and the arithmetic on them: what every time expression resolves to.

Kept apart because the grammar, the attachment to events and the tests all speak in intervals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

from dateutil.relativedelta import relativedelta

from dragoman.model import Granularity

Tense = Literal["past", "future"]
Part = Literal["early", "mid", "late", "start", "end", "first half", "second half"]
Unit = Literal["day", "week", "month", "year"]

# A date a few days on the wrong side of the reference is still meant: copy is filed across midnight and time zones.
SLACK = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Interval:
    """Days from `first` to `last`, both included, as finely as the text tells them."""

    first: date
    last: date
    granularity: Granularity

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"Interval ends before it begins: {self.first} to {self.last}.")


def day(when: date) -> Interval:
    """One day."""
    return Interval(when, when, "day")


def week_of(when: date) -> Interval:
    """The week from Monday to Sunday that holds a day."""
    monday = when - timedelta(days=when.weekday())
    return Interval(monday, monday + timedelta(days=6), "week")


def weekend_of(when: date) -> Interval:
    """Saturday and Sunday of the week that holds a day."""
    saturday = when - timedelta(days=when.weekday()) + timedelta(days=5)
    return Interval(saturday, saturday + timedelta(days=1), "day")


def month(year_number: int, month_number: int) -> Interval:
    """A calendar month."""
    first = date(year_number, month_number, 1)
    return Interval(first, first + relativedelta(day=31), "month")


def months(first: Interval, last: Interval) -> Interval:
    """From the first day of one month to the last day of another."""
    return Interval(first.first, last.last, "month")


def year(number: int) -> Interval:
    """A calendar year."""
    return Interval(date(number, 1, 1), date(number, 12, 31), "year")


def unit_of(when: date, unit: Unit) -> Interval:
    """The day, week, month or year that holds a day."""
    match unit:
        case "day":
            return day(when)
        case "week":
            return week_of(when)
        case "month":
            return month(when.year, when.month)
        case "year":
            return year(when.year)


def shift(when: date, number: int, unit: Unit) -> date:
    """A day moved by a number of units; months and years keep the day where the month has it."""
    return when + relativedelta(
        days=number * (unit == "day") + 7 * number * (unit == "week"),
        months=number * (unit == "month"),
        years=number * (unit == "year"),
    )


def part_of(whole: Interval, part: Part) -> Interval:
    """A stretch of a month or a year: thirds, halves, first or last month; other intervals stay whole."""
    if whole.granularity == "year" and whole.first.year == whole.last.year:
        spans: dict[Part, tuple[int, int]] = {
            "early": (1, 4), "mid": (5, 8), "late": (9, 12), "start": (1, 1), "end": (12, 12),
            "first half": (1, 6), "second half": (7, 12),
        }  # fmt: skip
        first, last = spans[part]
        return months(month(whole.first.year, first), month(whole.first.year, last))
    if whole.granularity == "month" and (whole.first.year, whole.first.month) == (whole.last.year, whole.last.month):
        days: dict[Part, tuple[int, int]] = {
            "early": (1, 10), "mid": (11, 20), "late": (21, 31), "start": (1, 10), "end": (21, 31),
            "first half": (1, 15), "second half": (16, 31),
        }  # fmt: skip
        first, last = days[part]
        return Interval(whole.first.replace(day=first), whole.first + relativedelta(day=last), "day")
    return whole


def nearest_weekday(number: int, reference: date, tense: Tense | None) -> date:
    """The weekday (Monday is 0) on or before the reference, or on or after it when the verb looks ahead."""
    if tense == "future":
        return reference + timedelta(days=(number - reference.weekday()) % 7)
    return reference - timedelta(days=(reference.weekday() - number) % 7)


def yearly(month_number: int, day_number: int, reference: date, tense: Tense | None) -> date | None:
    """A day of the year in the year that the tense allows and that lies nearest; None for 30 February."""
    options = [
        d for y in range(reference.year - 8, reference.year + 9) if (d := real_date(y, month_number, day_number))
    ]
    return choose(options, reference, tense)


def choose(options: list[date], reference: date, tense: Tense | None, slack: timedelta = SLACK) -> date | None:
    """The option nearest to the reference on the side of it that the tense allows, give or take `slack`."""
    if tense == "past":
        options = [d for d in options if d <= reference + slack]
    elif tense == "future":
        options = [d for d in options if d >= reference - slack]
    return min(options, key=lambda d: (abs((d - reference).days), d), default=None)


def real_date(year_number: int, month_number: int, day_number: int) -> date | None:
    """The date, or None when the calendar has no such day."""
    if not MINYEAR < year_number < MAXYEAR:
        return None
    try:
        return date(year_number, month_number, day_number)
    except ValueError:
        return None
