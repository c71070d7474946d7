"""The time that the calendar shows: a week, month or year out of an address, and those before and after it."""

from __future__ import annotations

import calendar as months
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dragoman.briefing.wording import shortened
from dragoman.web.errors import RefusedError

View = Literal["week", "month", "year"]
VIEWS: Final[tuple[View, ...]] = get_args(View)
FORMS: Final[Mapping[View, str]] = {"week": "a day like 2024-06-03", "month": "a month like 2024-06", "year": "a year"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """The days that are shown, both included, and the view they are shown in; `day` is one of them or None."""

    view: View
    first: datetime.date
    last: datetime.date
    day: datetime.date | None


def time_of(week: str | None, month: str | None, year: str | None, day: str | None, newest: str | None) -> Time:
    """The days asked for; without any the month of the record's newest article. Raises `RefusedError`."""
    given: list[tuple[View, str]] = []
    for view, text in zip(VIEWS, (week, month, year), strict=True):
        if text is not None:
            given.append((view, text))
    if len(given) > 1:
        names = " and ".join(f"'{view}'" for view, _ in given)
        raise RefusedError(f"{names} are given. Give one of 'week', 'month' and 'year'.")
    chosen = _date("day", day) if day is not None else None
    if not given:
        near = chosen or datetime.date.fromisoformat(newest or "1970-01-01")
        return time_around("month", near, chosen)
    return time_around(given[0][0], _start(*given[0]), chosen)


def time_around(view: View, near: datetime.date, day: datetime.date | None) -> Time:
    """The week, month or year in which a day lies; raises `RefusedError` when `day` lies elsewhere."""
    if view == "week":
        first = near - datetime.timedelta(days=min(near.weekday(), near.toordinal() - 1))
        last = datetime.date.fromordinal(min(first.toordinal() + 6, datetime.date.max.toordinal()))
    elif view == "month":
        first = near.replace(day=1)
        last = near.replace(day=months.monthrange(near.year, near.month)[1])
    else:
        first, last = near.replace(month=1, day=1), near.replace(month=12, day=31)
    if day is not None and not first <= day <= last:
        raise RefusedError(f"'day' is '{day}', which is not in this {view} ({first} to {last}).")
    return Time(view=view, first=first, last=last, day=day)


def named(view: View, day: datetime.date) -> str:
    """How an address names the time that begins on a day."""
    return day.isoformat()[: {"week": 10, "month": 7, "year": 4}[view]]


def step(time: Time, way: int) -> datetime.date:
    """The first day of the time before or after; the same at the ends of what a calendar can name."""
    edge = time.first.toordinal() - 1 if way < 0 else time.last.toordinal() + 1
    near = datetime.date.fromordinal(min(max(edge, 1), datetime.date.max.toordinal()))
    return time_around(time.view, near, None).first


def title_of(time: Time) -> str:
    """What a time is called."""
    if time.view == "week":
        year, number, _ = time.first.isocalendar()
        return f"Week {number} of {year}: {time.first} to {time.last}"
    return f"{time.first:%B} {time.first.year}" if time.view == "month" else str(time.first.year)


def _start(view: View, text: str) -> datetime.date:
    if view == "week":
        return _date("week", text)
    form = r"\d{4}-\d{2}" if view == "month" else r"\d{4}"
    if re.fullmatch(form, text, re.ASCII) is None:
        raise RefusedError(f"'{view}' is '{shortened(text, 40)}', and not {FORMS[view]}.")
    return _date(view, f"{text}-01" if view == "month" else f"{text}-01-01")


def _date(name: str, text: str) -> datetime.date:
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return datetime.date.fromisoformat(text)
    except ValueError:
        pass
    raise RefusedError(f"'{name}' is '{shortened(text, 40)}', and no day like 2024-06-03 that there is.")
