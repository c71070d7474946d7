"""Cooperation and conflict over time: happenings in, counts by quad and the mean PLOVER score by period out."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.happenings import Happening
from dragoman.model import EventDate

Period = Literal["week", "month", "quarter", "year"]

DAYS: Final[dict[Period, int]] = {"week": 7, "month": 31, "quarter": 92, "year": 366}
LONGEST: Final[tuple[tuple[Period, int], ...]] = (("week", 120), ("month", 3 * 366), ("quarter", 10 * 366))
"""The finest period whose series stays readable for a span of so many days; beyond them, years."""
END: Final = "9999-12-31"
MOST_YEARS: Final = 200
BACKGROUND_YEARS: Final = 5
"""Happenings that lie further back than this before the first article are history told as background."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period: happenings by quad (verbal and material cooperation, verbal and material conflict), mean score."""

    start: datetime.date
    label: str
    by_quad: tuple[int, int, int, int]
    mean: float | None

    @property
    def cooperation(self) -> int:
        """Happenings of quads 1 and 2."""
        return self.by_quad[0] + self.by_quad[1]

    @property
    def conflict(self) -> int:
        """Happenings of quads 3 and 4."""
        return self.by_quad[2] + self.by_quad[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Periods without a gap, empty ones included, and how many happenings could not be placed, by reason."""

    period: Period
    points: tuple[Point, ...]
    undated: int
    coarse: int
    outside: int


def series(
    happenings: Iterable[Happening], first_article: str | None = None, last_article: str | None = None
) -> Series | None:
    """Happenings that took place, by week, month, quarter or year as their span asks; None when none has a date.

    A happening counts in the period in which it began. Left out and counted: those without a date, those whose date is
    coarser than a period ('in 2023' among months), and those outside: history from more than five years before
    `first_article`, and what is dated after `last_article` and so cannot have been news.
    """
    actual = [h for h in happenings if h.event.status == "actual"]
    dated = [(h, h.date) for h in actual if h.date is not None]
    horizon, end = _horizon(first_article), last_article or END
    recent = [(h, date) for h, date in dated if horizon <= date.start <= end]
    if not recent:
        return None
    fine = [date for _, date in recent if date.granularity in ("day", "week")] or [date for _, date in recent]
    period = _period(_day(min(d.start for d in fine)), _day(max(d.start for d in fine)))
    placed = [(h, start_of(_day(date.start), period)) for h, date in recent if _fits(date, period)]
    placed.sort(key=lambda pair: pair[1])
    if not placed or placed[-1][1].year - placed[0][1].year > MOST_YEARS:
        return None
    periods = {start: [h for h, s in placed if s == start] for start in sorted({s for _, s in placed})}
    points = []
    start, last = min(periods), max(periods)
    while start < last:
        points.append(_point(start, period, periods.get(start, [])))
        start = start_of(start + datetime.timedelta(days=DAYS[period] + 1), period)
    points.append(_point(last, period, periods[last]))
    return Series(
        period=period,
        points=tuple(points),
        undated=len(actual) - len(dated),
        coarse=len(recent) - len(placed),
        outside=len(dated) - len(recent),
    )


def start_of(day: datetime.date, period: Period) -> datetime.date:
    """The first day of the week (a Monday), month, quarter or year in which a day lies."""
    match period:
        case "week":
            return day - datetime.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case "year":
            return day.replace(month=1, day=1)


def label_of(start: datetime.date, period: Period) -> str:
    """'2023-10-16' for a week, '2023-10' for a month, '2023 Q4' for a quarter, '2023' for a year."""
    match period:
        case "week":
            return start.isoformat()
        case "month":
            return start.isoformat()[:7]
        case "quarter":
            return f"{start.year} Q{(start.month + 2) // 3}"
        case "year":
            return str(start.year)


def _horizon(first_article: str | None) -> str:
    if first_article is None:
        return ""
    day = _day(first_article)
    return f"{max(day.year - BACKGROUND_YEARS, 1):04}-{day.month:02}-{day.day:02}"


def _period(first: datetime.date, last: datetime.date) -> Period:
    return next((period for period, days in LONGEST if (last - first).days <= days), "year")


def _fits(date: EventDate, period: Period) -> bool:
    return (_day(date.end) - _day(date.start)).days < DAYS[period]


def _point(start: datetime.date, period: Period, found: list[Happening]) -> Point:
    quads = [h.event.quad for h in found]
    mean = round(sum(h.event.intensity for h in found) / len(found), 2) if found else None
    counts = (quads.count(1), quads.count(2), quads.count(3), quads.count(4))
    return Point(start=start, label=label_of(start, period), by_quad=counts, mean=mean)


def _day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
