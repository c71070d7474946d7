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
    Part,
    Tense,
    Unit,
    choose,
    day,
    month,
    months,
    nearest_weekday,
    part_of,
    real_date,
    shift,
    unit_of,
    week_of,
    weekend_of,
    year,
)

Which = Literal["last", "this", "next", "that", "before", "after"]
Season = Literal["spring", "summer", "autumn", "winter"]
STEP: Mapping[Which, int] = {"last": -1, "this": 0, "next": 1, "that": 0, "before": -1, "after": 1}
FIRST_MONTH: Mapping[Season, int] = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is read against.

    `reference` is the day of writing, `anchor` the day last spoken of ("that day") and `spoken` the last time of any
    length ("that month"), `occasions` the dates of things that the text dates elsewhere ("the celebrations").
    """

    reference: date | None
    tense: Tense | None = None
    anchor: Interval | None = None
    spoken: Interval | None = None
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
        return _nearest(options, reference, context.tense)

    return read


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
        return _nearest(options, reference, context.tense)

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


def away(number: int, unit: Unit, start: Reading) -> Reading:
    """A number of units before (negative) or after what another expression means."""

    def read(context: Context) -> Interval | None:
        found = start(context)
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


def _nearest(options: Sequence[Interval], reference: date, tense: Tense | None) -> Interval | None:
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
