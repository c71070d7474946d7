"""The fixed words of a brief: headings and notes that every printer uses alike."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from dragoman.analysis.series import Series
from dragoman.analysis.turning import Turn
from dragoman.briefing.brief import Brief, Window
from dragoman.briefing.gist import signed

HEADINGS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gist": "In figures",
        "chart": "The tie over time",
        "key": "Timeline",
        "contacts": "Meetings, calls and letters",
        "counterparts": "Counterparts",
        "pledges": "Pledges open and overdue",
        "disputes": "Contested",
        "unusual": "Unusual",
        "sources": "Sources",
        "method": "Method and limits",
        "others": "Other incidents, in order of time",
        "figures": "What the figures count",
        "incidents": "Incidents and their sentences",
    }
)
APPENDIX: Final = ("others", "figures", "incidents")
UNKNOWN_KIND: Final = "Where no kind stands, the outlet is not among those whose owners are known."
PERIOD_WORDS: Final = {
    "day": "by day",
    "week": "by week",
    "month": "by month",
    "quarter": "by quarter",
    "year": "by year",
}


def sections(brief: Brief) -> list[str]:
    """The sections that have something in them, in the order in which they are printed."""
    parts = {
        "chart": brief.series,
        "key": brief.key,
        "contacts": brief.contacts,
        "counterparts": brief.counterparts,
        "pledges": brief.pledges,
        "disputes": brief.disputes,
        "unusual": brief.unusual,
        "sources": brief.sources,
        "method": brief.method,
        "others": brief.others,
        "figures": brief.figures,
        "incidents": brief.cards,
    }
    return [name for name, content in parts.items() if content]


def window_words(window: Window) -> str:
    """'2024-01-01 to the end. Record of 48 articles, published 2018-04-27 to 2024-11-30.'."""
    parts = []
    if window.since or window.until:
        parts.append(f"Asked for: {window.since or 'the beginning'} to {window.until or 'the end'}")
    if window.min_confidence:
        parts.append(f"Only incidents that a report tells with a confidence of {window.min_confidence:g} or more")
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


def key_words(brief: Brief) -> str:
    """What the timeline leaves out."""
    if not brief.others:
        return ""
    count = len(brief.others)
    return f"{count} more incident{'' if count == 1 else 's'} in the appendix, in order of time."


def series_note(series: Series) -> str:
    """What the chart shows, and what it leaves out and why."""
    left_out = [
        (series.undated, "without a date"),
        (series.coarse, f"whose date is coarser than a {series.period}"),
        (series.outside, "dated more than five years before the first article or after the last"),
    ]
    told = (
        f"Above: the index {PERIOD_WORDS[series.period]}, with the band that holds the true mean score with a chance "
        "of 95 %; dots are periods with incidents. Below: how many took place."
    )
    missing = "; ".join(f"{number} {why}" for number, why in left_out if number)
    return f"{told} Left out: {missing}." if missing else told


def turn_words(turn: Turn) -> str:
    """'2024 Q2: turns to cooperation, mean score −1.2 (6) to +3.3 (9)'."""
    way = "cooperation" if turn.rises else "conflict"
    levels = f"{signed(turn.before)} ({turn.count_before}) to {signed(turn.after)} ({turn.count_after})"
    return f"{turn.label}: turns to {way}, mean score from {levels}"


def chart_words(title: str, series: Series, turns: tuple[Turn, ...]) -> str:
    """The chart in a few sentences, for those who do not see it."""
    cooperation = sum(p.cooperation for p in series.points)
    conflict = sum(p.conflict for p in series.points)
    told = [p for p in series.points if p.found]
    high, low = max(told, key=lambda p: p.index.mean), min(told, key=lambda p: p.index.mean)
    turned = "; ".join(map(turn_words, turns)) or "No turning point stands out"
    return (
        f"The index of {title} {PERIOD_WORDS[series.period]} from {series.points[0].label} to "
        f"{series.points[-1].label}: highest in {high.label} ({signed(high.index.mean)}), lowest in {low.label} "
        f"({signed(low.index.mean)}), with its band of uncertainty. {turned}. Below it bars count {cooperation} "
        f"incidents of cooperation and {conflict} of conflict."
    )
