"""The fixed words of a brief: headings and notes that every printer uses alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dragoman.analysis.series import Series
from dragoman.briefing.brief import Brief, Window

HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "chart": "Cooperation and conflict over time",
        "meetings": "Meetings",
        "counterparts": "Counterparts",
        "happened": "What happened, in order",
        "undated": "Date not stated",
        "said": "What each said of the other",
        "planned": "Planned",
        "around": "Planned by others, in the same articles",
        "promised": "Promised or agreed",
        "threatened": "Threatened",
        "possible": "Spoken of as possible",
        "alleged": "Alleged, and by whom",
        "contested": "Contested",
        "sources": "Sources",
        "method": "Method and limits",
        "reports": "Reports",
    }
)
TOLD: Final = "Told as having happened"
NOT_TOLD: Final = "No report tells of it as having happened."
PERIOD_WORDS: Final = {"week": "by week", "month": "by month", "quarter": "by quarter", "year": "by year"}


def window_words(window: Window) -> str:
    """'2019-04-25 to 2024-11-30; record of 48 articles published 2018-04-27 to 2024-11-30'."""
    parts = []
    if window.since or window.until:
        parts.append(f"Asked for: {window.since or 'the beginning'} to {window.until or 'the end'}")
    if window.min_confidence:
        parts.append(f"Only events of a confidence of {window.min_confidence:g} or more")
    if window.first_event:
        parts.append(f"Events from {window.first_event} to {window.last_event}")
    if window.record_articles is not None:
        plural = "" if window.record_articles == 1 else "s"
        published = f", published {window.record_first} to {window.record_last}" if window.record_first else ""
        parts.append(f"Record of {window.record_articles} article{plural}{published}")
    return ". ".join(parts) + "." if parts else ""


def empty_words(brief: Brief) -> str:
    """What stands in place of the gist when there is nothing to tell."""
    asked = " of that confidence" if brief.window.min_confidence else ""
    asked += " in the time asked for" if brief.window.since or brief.window.until else ""
    if len(brief.subjects) == 2:
        return f"The record has no report of an event between {brief.title}{asked}."
    return f"The record has no report of an event with {brief.title}{asked}."


def elsewhere_words(number: int) -> str:
    """How many happenings without a date stand in other sections."""
    return f"{number} more without a date: see what each said of the other, and what is alleged."


def series_note(series: Series) -> str:
    """What the chart counts, and what it leaves out and why."""
    left_out = [
        (series.undated, "without a date"),
        (series.coarse, f"whose date is coarser than a {series.period}"),
        (series.outside, "dated more than five years before the first article or after the last"),
    ]
    told = f"Happenings that took place, {PERIOD_WORDS[series.period]}."
    missing = "; ".join(f"{number} {why}" for number, why in left_out if number)
    return f"{told} Left out: {missing}." if missing else told


def chart_words(title: str, series: Series) -> str:
    """The chart in a sentence or two, for those who do not see it."""
    cooperation = sum(p.cooperation for p in series.points)
    conflict = sum(p.conflict for p in series.points)
    most = max(series.points, key=lambda p: sum(p.by_quad))
    return (
        f"Bars {PERIOD_WORDS[series.period]} from {series.points[0].label} to {series.points[-1].label} for {title}: "
        f"{cooperation} happenings of cooperation and {conflict} of conflict, most in {most.label} "
        f"({most.cooperation} and {most.conflict}), with the mean PLOVER score of each period below."
    )
