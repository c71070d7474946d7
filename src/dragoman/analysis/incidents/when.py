"""Whether a report and a group of others can be of one time, and on what that rests."""

from __future__ import annotations

from typing import Final

from dragoman.analysis.incidents.group import Group
from dragoman.analysis.incidents.told import Told
from dragoman.analysis.incidents.words import says

When = int
DAY: Final[When] = 7
"""Both state this day."""
SAME_ARTICLE: Final[When] = 6
"""One has no date and stands in an article that dates it."""
OVERLAP: Final[When] = 5
"""The days of one lie within those of the other, a day of slack where a date is only the dateline's."""
SOON: Final[When] = 4
"""One has no date and was published within days of it."""
ANSWER: Final[When] = 3
"""A denial without a date, soon after what it denies was told."""
MOVED: Final[When] = 2
"""It is put off to another day."""
AHEAD: Final[When] = 1
"""A plan without a date, of what took place within the next weeks."""
NEXT_DAY: Final[When] = 0
"""The next day: clocks differ between continents."""

WEEK: Final = 7
NEWS: Final = 3
"""Days in which news without a date is told."""
TALE: Final = 14
"""Days in which deeds without a date go on being told and denied."""
PLAN: Final = 45
"""Days to which a plan without a date can look ahead."""
CALL_OFF: Final = 60
"""Days ahead of which something can be cancelled."""


def when_fits(told: Told, group: Group, *, both_named: bool) -> When | None:
    """What the times of a report and a group have to do with each other; None when they are of different times.

    `both_named` says whether both name the same persons on either side.
    """
    if told.days is not None and group.days is not None:
        return _dated(told, group, both_named=both_named)
    if told.days is not None:
        return _onto_undated(told, group)
    if group.days is not None:
        return _undated(told, group.days, group)
    return _both_undated(told, group)


def _dated(told: Told, group: Group, *, both_named: bool) -> When | None:
    assert told.days is not None
    assert group.days is not None
    if told.day is not None and told.day == group.day:
        return DAY
    if told.days[0] <= group.days[1] and group.days[0] <= told.days[1]:
        return OVERLAP
    clause = told.event.evidence.text
    if both_named and told.event.status in ("planned", "denied") and says("moved", clause):
        return MOVED if abs(told.days[0] - group.days[0]) <= CALL_OFF else None
    if told.day is not None and group.day is not None and abs(told.day - group.day) == 1 and told.block == "contact":
        return NEXT_DAY
    return None


def _undated(told: Told, days: tuple[int, int], group: Group) -> When | None:
    status, published = told.event.status, told.published
    if status in ("actual", "habitual"):
        if says("background", told.event.evidence.text):
            return None
        if told.report.article.id in group.articles:
            short = days[1] - days[0] <= WEEK and group.lead.event.status in ("actual", "habitual", "planned")
            return SAME_ARTICLE if short else None
        return SOON if published is not None and days[0] <= published <= days[1] + NEWS else None
    if published is None:
        return None
    if status == "denied":
        return ANSWER if days[0] - CALL_OFF <= published <= days[1] + TALE else None
    return AHEAD if 0 <= days[0] - published <= PLAN else None


def _onto_undated(told: Told, group: Group) -> When | None:
    assert told.days is not None
    if group.published is None:
        return None
    if told.event.status in ("actual", "habitual") and group.statuses <= {"planned", "hypothetical"}:
        return AHEAD if 0 <= told.days[0] - group.published <= PLAN else None
    return SOON if told.days[0] <= group.published <= told.days[1] + NEWS else None


def _both_undated(told: Told, group: Group) -> When | None:
    if told.report.article.id in group.articles:
        return SAME_ARTICLE
    if told.published is None or group.published is None:
        return None
    apart = abs(told.published - group.published)
    if apart <= NEWS:
        return SOON
    if told.event.status == "denied":
        return ANSWER if apart <= TALE else None
    lasting = told.block == "deeds" or told.event.status == group.lead.event.status == "planned"
    return SOON if lasting and apart <= TALE else None
