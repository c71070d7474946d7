"""What a time expression means before it is known when it was written: a reading turns a context into an interval.

Separate from the grammar that finds expressions, so that each kind of meaning stands once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from dragoman.coding.dates.interval import (
    Interval,
    Tense,
    Unit,
    choose,
    day,
    month,
    nearest_weekday,
    real_date,
    shift,
    unit_of,
    week_of,
    weekend_of,
    year,
)

Which = Literal["last", "this", "next", "that", "before", "after"]
STEP: Mapping[Which, int] = {"last": -1, "this": 0, "next": 1, "that": 0, "before": -1, "after": 1}


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    `reference` is the day of writing, `anchor` the day last spoken of ("that day") and `spoken` the last time of any
    length ("that month"), `era` the same with bare years ("two years later"), `occasions` the dates of things that the
    text dates elsewhere ("the celebrations").
    """

    reference: date | None
    tense: Tense | None = None
    anchor: Interval | None = None
    spoken: Interval | None = None
    era: Interval | None = None
    occasions: Mapping[str, Interval] = field(default_factory=dict)


Reading = Callable[[Context], Interval | None]


def fixed(interval: Interval | None) -> Reading:
    """An expression that names its time in full."""
    return lambda context: interval


def full_date(year_number: int, month_number: int, day_number: int) -> Reading:
    """A date with its year; nothing when the calendar has no such day."""
    found = real_date(year_number, month_number, day_number)
    return fixed(day(found) if found else None)


def yearless(month_number: int, day_number: int, weekday: int | None = None) -> Reading:
    """'Aug. 18': the year by tense and nearness; 'Thursday, Aug. 17': a year in which they fall together."""

    def read(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        options = [
            d
            for y in range(context.reference.year - 8, context.reference.year + 9)
            if (d := real_date(y, month_number, day_number)) and (weekday is None or d.weekday() == weekday)
        ]
        found = choose(options, context.reference, context.tense)
        return day(found) if found else None

    return read


def day_of_month(day_number: int) -> Reading:
    """'the 15th': of the month that the tense allows and that lies nearest."""

    def read(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        around = [shift(context.reference.replace(day=1), n, "month") for n in range(-3, 4)]
        options = [d for first in around if (d := real_date(first.year, first.month, day_number))]
        found = choose(options, context.reference, context.tense, slack=timedelta(0))
        return day(found) if found else None

    return read


def of_day(earliest: Reading, latest: Reading) -> Reading:
    """From one expression to another; the second is read as following the first."""

    def read(context: Context) -> Interval | None:
        first, last = earliest(context), latest(context)
        if first is None or last is None:
            return None
        if last.last < first.first:
            last = latest(Context(first.first, "future")) or last
        if last.last < first.first:
            first = earliest(Context(last.last, "past")) or first
        return Interval(first.first, last.last, first.granularity) if first.first <= last.last else None

    return read


def weekday(number: int) -> Reading:
    """'Thursday' by the tense of its verb."""

    def read(context: Context) -> Interval | None:
        return day(nearest_weekday(number, context.reference, context.tense)) if context.reference else None

    return read


def which_weekday(number: int, which: Which) -> Reading:
    """'last Thursday' and 'next Thursday', never the reference day itself; 'this Thursday' of the current week."""

    def read(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        if which == "this":
            return day(week_of(context.reference).first + timedelta(days=number))
        if which == "last":
            return day(nearest_weekday(number, context.reference - timedelta(days=1), "past"))
        return day(nearest_weekday(number, context.reference + timedelta(days=1), "future"))

    return read


def weekday_weeks_ago(number: int, weeks: int) -> Reading:
    """'two Fridays ago', 'a week ago on Tuesday': that many weeks before the last one."""

    def read(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        last = nearest_weekday(number, context.reference - timedelta(days=1), "past")
        return day(last - timedelta(days=7 * weeks))

    return read


def weekday_after(number: int, step: int) -> Reading:
    """'the following Wednesday', 'the previous Friday': from the day last spoken of, else the reference."""

    def read(context: Context) -> Interval | None:
        start = context.anchor.last if context.anchor else context.reference
        if start is None:
            return None
        return day(nearest_weekday(number, start + timedelta(days=step), "future" if step > 0 else "past"))

    return read


def ahead_in(number: int, unit: Unit) -> Reading:
    """'in three days' of what is still to come; of what is over it is how long it took, and dates nothing."""

    def read(context: Context) -> Interval | None:
        return away(number, unit, reference_day)(context) if context.tense == "future" else None

    return read


def weekday_of_week(number: int, which: Which) -> Reading:
    """'Thursday last week'."""

    def read(context: Context) -> Interval | None:
        week = which_unit("week", which)(context)
        return day(week.first + timedelta(days=number)) if week else None

    return read


def which_unit(unit: Unit, which: Which) -> Reading:
    """'last month', 'this week', 'next year'; 'that month', 'the following day' by what was last spoken of."""

    def read(context: Context) -> Interval | None:
        if which in ("that", "before", "after"):
            meant = context.anchor if unit == "day" else context.spoken
            if meant is None:
                return None
            start = meant.last if which == "after" else meant.first
        elif context.reference is None:
            return None
        else:
            start = context.reference
        return unit_of(shift(start, STEP[which], unit), unit)

    return read


def which_weekend(which: Which) -> Reading:
    """'last weekend', 'this weekend', 'over the weekend' ('that': the last one, or the next by tense)."""

    def read(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        here = weekend_of(context.reference)
        step = STEP[which]
        if which == "that":
            step = -1 if context.reference < here.first and context.tense != "future" else 0
        return weekend_of(context.reference + timedelta(days=7 * step))

    return read


def bare_month(month_number: int) -> Reading:
    """'in June': the latest begun or, looking ahead, the first not yet over; without tense the nearest."""

    def read(context: Context) -> Interval | None:
        reference = context.reference
        if reference is None:
            return None
        options = [month(y, month_number) for y in (reference.year - 1, reference.year, reference.year + 1)]
        return nearest(options, reference, context.tense)

    return read


def within_year(month_number: int, year_number: int) -> Reading:
    """'June 2023'."""
    return fixed(month(year_number, month_number))


def which_month(month_number: int, which: Which) -> Reading:
    """'last June', 'next June', neither the current month; 'this June' of the current year."""

    def read(context: Context) -> Interval | None:
        reference = context.reference
        if reference is None:
            return None
        if which == "this":
            return month(reference.year, month_number)
        current = (reference.year, reference.month)
        if which == "last":
            return month(reference.year - (month_number >= current[1]), month_number)
        return month(reference.year + (month_number <= current[1]), month_number)

    return read


def month_after(month_number: int) -> Reading:
    """'the following September': the first after the time last spoken of."""

    def read(context: Context) -> Interval | None:
        if context.spoken is None:
            return None
        last = context.spoken.last
        return month(last.year + (month_number <= last.month), month_number)

    return read


def month_of_year(month_number: int, which: Which) -> Reading:
    """'June last year', 'in March of this year'."""

    def read(context: Context) -> Interval | None:
        whole = which_unit("year", which)(context)
        return month(whole.first.year, month_number) if whole else None

    return read


def day_of_year(month_number: int, day_number: int, which: Which) -> Reading:
    """'June 3 last year'."""

    def read(context: Context) -> Interval | None:
        whole = which_unit("year", which)(context)
        found = real_date(whole.first.year, month_number, day_number) if whole else None
        return day(found) if found else None

    return read


def away(number: int, unit: Unit, start: Reading) -> Reading:
    """A number of units before (negative) or after what another expression means."""

    def read(context: Context) -> Interval | None:
        found = start(context)
        if number < 0 and context.tense == "past" and context.reference is not None:
            # "two weeks before the Jan. 20 inauguration he resigned": what was before a thing may be over while the
            # thing itself lies ahead.
            ahead = start(replace(context, tense="future"))
            if ahead and shift(ahead.first, number, unit) <= context.reference:
                found = ahead
        if found is None:
            return None
        return unit_of(shift(found.first if number < 0 else found.last, number, unit), unit)

    return read


def reference_day(context: Context) -> Interval | None:
    """'today'."""
    return day(context.reference) if context.reference else None


def anchor(context: Context) -> Interval | None:
    """'that day', and the start of 'two days later'."""
    return context.anchor


def spoken(context: Context) -> Interval | None:
    """The start of 'two months later'."""
    return context.spoken


def era(context: Context) -> Interval | None:
    """The start of 'two years later'."""
    return context.era


def occasion(words: Sequence[str]) -> Reading:
    """'the celebrations': the date of the first of these nouns that the text dates elsewhere."""

    def read(context: Context) -> Interval | None:
        return next((context.occasions[w] for w in words if w in context.occasions), None)

    return read


def span(number: int, unit: Unit, which: Which) -> Reading:
    """'the past two weeks', 'within three days': from or up to the reference day."""

    def read(context: Context) -> Interval | None:
        if context.reference is None:
            return None
        other = shift(context.reference, number * STEP[which], unit)
        first, last = sorted((context.reference, other))
        return Interval(first, last, unit)

    return read


def up_to_reference(start: Reading) -> Reading:
    """'since 1991': from then to the day of writing; a start that lies ahead of it stays as it is."""

    def read(context: Context) -> Interval | None:
        found = start(replace(context, tense="past"))
        if found is None or context.reference is None or found.first > context.reference:
            return found
        return Interval(found.first, context.reference, found.granularity)

    return read


def calendar_year(number: int) -> Reading:
    """'2016'."""
    return fixed(year(number))


def nearest(options: Sequence[Interval], reference: date, tense: Tense | None) -> Interval | None:
    """The stretch that holds the reference, else the nearest on the side that the tense allows."""
    if tense == "past":
        options = [o for o in options if o.first <= reference]
    elif tense == "future":
        options = [o for o in options if o.last >= reference]

    def distance(option: Interval) -> int:
        if option.first <= reference <= option.last:
            return 0
        return min(abs((option.first - reference).days), abs((option.last - reference).days))

    return min(options, key=distance, default=None)
