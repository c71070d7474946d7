"""Cooperation and conflict over time: occurrences in, by period their counts, mean score and index out."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from dragoman.analysis.occurrence import Occurrence, day_of, in_order
from dragoman.analysis.series_index import Estimate, estimates
from dragoman.model import EventDate

Period = Literal["day", "week", "month", "quarter", "year"]

PERIODS: Final[tuple[Period, ...]] = get_args(Period)
DAYS: Final[dict[Period, int]] = {"day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}
LONGEST: Final[tuple[tuple[Period, int], ...]] = (("week", 120), ("month", 3 * 366), ("quarter", 10 * 366))
"""The finest period whose series stays readable for a span of so many days; beyond them, years."""
END: Final = "9999-12-31"
MOST_YEARS: Final = 200
BACKGROUND_YEARS: Final = 5
"""Incidents that lie further back than this before the first article are history told as background."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period with what began in it, in order of time, and its index: the mean score that few incidents hardly
    move, with its interval."""

    start: datetime.date
    label: str
    found: tuple[Occurrence, ...]
    index: Estimate

    @property
    def by_quad(self) -> tuple[int, int, int, int]:
        """How many are verbal and material cooperation, verbal and material conflict."""
        counted = Counter(each.quad for each in self.found)
        return counted[1], counted[2], counted[3], counted[4]

    @property
    def by_type(self) -> dict[str, int]:
        """How many of each type there are, most first, then by name."""
        counted = Counter(str(each.type) for each in self.found)
        return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))

    @property
    def mean(self) -> float | None:
        """The mean PLOVER score as it stands; None for an empty period."""
        return round(sum(each.intensity for each in self.found) / len(self.found), 2) if self.found else None

    @property
    def cooperation(self) -> int:
        """Incidents of quads 1 and 2."""
        return self.by_quad[0] + self.by_quad[1]

    @property
    def conflict(self) -> int:
        """Incidents of quads 3 and 4."""
        return self.by_quad[2] + self.by_quad[3]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Periods without a gap, empty ones included, and how many incidents could not be placed, by reason."""

    period: Period
    points: tuple[Point, ...]
    undated: int
    coarse: int
    outside: int


def series(
    found: Iterable[Occurrence],
    first_article: str | None = None,
    last_article: str | None = None,
    *,
    period: Period | None = None,
) -> Series | None:
    """What took place, by `period` or else by the one that its span asks for; None when nothing has a usable date.

    It counts in the period in which it began. Left out and counted: what has no date, whose date is coarser than a
    period ('in 2023' among months), and what lies outside: history from more than five years before `first_article`,
    and what is dated after `last_article` and so cannot have been news. The index of each period is an estimate of
    `series_index.estimates` over all of them.
    """
    actual = [each for each in in_order(found) if each.status == "actual"]
    dated = [(each, each.date) for each in actual if each.date is not None]
    horizon, end = _horizon(first_article), last_article or END
    recent = [(each, date) for each, date in dated if horizon <= date.start <= end]
    if not recent:
        return None
    fine = [date for _, date in recent if date.granularity in ("day", "week")] or [date for _, date in recent]
    chosen = period or _period(day_of(min(d.start for d in fine)), day_of(max(d.start for d in fine)))
    placed: dict[datetime.date, list[Occurrence]] = {}
    for each, date in recent:
        if _fits(date, chosen):
            placed.setdefault(start_of(day_of(date.start), chosen), []).append(each)
    if not placed or max(placed).year - min(placed).year > MOST_YEARS:
        return None
    return Series(
        period=chosen,
        points=_points(placed, chosen),
        undated=len(actual) - len(dated),
        coarse=len(recent) - sum(map(len, placed.values())),
        outside=len(dated) - len(recent),
    )


def start_of(day: datetime.date, period: Period) -> datetime.date:
    """The first day of the week (a Monday), month, quarter or year in which a day lies; a day is its own."""
    match period:
        case "day":
            return day
        case "week":
            return day - datetime.timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=day.month - (day.month - 1) % 3, day=1)
        case "year":
            return day.replace(month=1, day=1)


def label_of(start: datetime.date, period: Period) -> str:
    """'2023-10-16' for a day or week, '2023-10' for a month, '2023 Q4' for a quarter, '2023' for a year."""
    match period:
        case "day" | "week":
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
    day = day_of(first_article)
    return f"{max(day.year - BACKGROUND_YEARS, 1):04}-{day.month:02}-{day.day:02}"


def _period(first: datetime.date, last: datetime.date) -> Period:
    return next((period for period, days in LONGEST if (last - first).days <= days), "year")


def _fits(date: EventDate, period: Period) -> bool:
    """Whether a date tells the period; of days only one that names the day does."""
    return (day_of(date.end) - day_of(date.start)).days < DAYS[period]


def _points(placed: dict[datetime.date, list[Occurrence]], period: Period) -> tuple[Point, ...]:
    starts = _starts(min(placed), max(placed), period)
    groups: list[Sequence[Occurrence]] = [placed.get(start, ()) for start in starts]
    indices = estimates([[each.intensity for each in group] for group in groups])
    return tuple(
        Point(start=start, label=label_of(start, period), found=tuple(group), index=index)
        for start, group, index in zip(starts, groups, indices, strict=True)
    )


def _starts(first: datetime.date, last: datetime.date, period: Period) -> list[datetime.date]:
    """The first days of all periods from one to another; nothing is added to the last, which may be the calendar's."""
    starts = [first]
    while starts[-1] < last:
        following = starts[-1] + datetime.timedelta(
            days=DAYS[period] if period in ("day", "week") else DAYS[period] + 1
        )
        starts.append(start_of(following, period))
    return starts
