"""Time expressions that count: 'the first Monday in June', 'the last three months of 2023', 'a week on Friday'.

Rules of the grammar as in `atoms`, apart because each joins a number to a stretch that is named beside it.
"""

from __future__ import annotations

import re

from dragoman.coding.dates import reading as r
from dragoman.coding.dates import stretches as s
from dragoman.coding.dates.patterns import (
    MONTH,
    NUMBER,
    ORDINALS,
    WEEKDAY,
    YEAR,
    Build,
    Kind,
    Rule,
    month_number,
    number,
    weekday_number,
    which,
)

HOURS = r"(?P<n>24|36|48|72|twenty-four|forty-eight|seventy-two)\s+hours"
IN_DAYS = {"24": 1, "36": 2, "48": 2, "72": 3, "twenty-four": 1, "forty-eight": 2, "seventy-two": 3}
ORDINAL = r"(?P<o>first|second|third|fourth|last)"
OF_MONTH = (
    rf"(?i:of|in)\s+(?:(?P<m>{MONTH})(?:,?\s+(?P<y>{YEAR}))?|(?i:(?P<which>the|this|last|next)\s+month))"
)  # fmt: skip


def _month(match: re.Match[str]) -> r.Reading:
    if match["which"]:
        return r.which_unit("month", "this" if match["which"].lower() == "the" else which(match["which"]))
    named = month_number(match["m"])
    return r.within_year(named, int(match["y"])) if match["y"] else r.bare_month(named)


def _weekday_of_month(match: re.Match[str]) -> r.Reading:
    ordinal = -1 if match["o"].lower() == "last" else ORDINALS[match["o"].lower()]
    return s.weekday_of_month(ordinal, weekday_number(match["w"]), _month(match))


def _days_of_month(match: re.Match[str]) -> r.Reading:
    count = number(match["n"]) if match["n"] else 1
    return s.days_of(count, _month(match), last=match["end"].lower() == "last")


def _months_of_year(match: re.Match[str]) -> r.Reading:
    return s.months_of(number(match["n"]), r.calendar_year(int(match["y"])), last=match["end"].lower() == "last")


def _past_hours(match: re.Match[str]) -> r.Reading:
    return r.span(IN_DAYS[match["n"].lower()], "day", which(match["which"]))


def _weeks_after(match: re.Match[str]) -> r.Reading:
    return s.weeks_after(weekday_number(match["w"]), number(match["n"]) if match.groupdict().get("n") else 1)


def _half_years_ago(match: re.Match[str]) -> r.Reading:
    years = number(match["n"]) if match["n"] else 0
    return r.away(-(12 * years + 6), "month", r.reference_day)


def _quarter(match: re.Match[str]) -> r.Reading:
    return s.which_quarter(which(match["which"]))


def _season_of_year(match: re.Match[str]) -> r.Reading:
    return s.season_in(s.season_named(match["s"]), r.which_unit("year", which(match["which"])))


def _rule(pattern: str, kind: Kind, build: Build) -> Rule:
    return Rule(re.compile(pattern), kind, build)


COUNTED: tuple[Rule, ...] = (
    _rule(rf"\b(?i:the\s+{ORDINAL})\s+(?P<w>{WEEKDAY})\s+{OF_MONTH}", "day", _weekday_of_month),
    _rule(rf"\b(?i:the\s+(?P<end>first|last)\s+(?:(?P<n>{NUMBER})\s+days|day))\s+{OF_MONTH}", "day", _days_of_month),
    _rule(
        rf"\b(?i:the\s+(?P<end>first|last)\s+(?P<n>{NUMBER})\s+months\s+of)\s+(?P<y>{YEAR})", "season", _months_of_year
    ),
    _rule(rf"\b(?i:the\s+(?P<which>last|past|next|coming)\s+{HOURS})\b", "unit", _past_hours),
    _rule(rf"\b(?i:(?P<n>{NUMBER})\s+weeks?\s+(?:on|from))\s+(?P<w>{WEEKDAY})\b", "weekday", _weeks_after),
    _rule(rf"\b(?P<w>{WEEKDAY})\s+week\b(?!-)", "weekday", _weeks_after),
    _rule(rf"\b(?i:(?:(?P<n>{NUMBER})\s+and\s+a\s+half\s+years|half\s+a\s+year)\s+ago)\b", "unit", _half_years_ago),
    _rule(r"\b(?i:(?P<which>last|this|next|past|coming|current)\s+quarter)\b(?!\s+of\b)", "season", _quarter),
    _rule(
        r"\b(?i:(?P<s>spring|summer|autumn|fall|winter)\s+of\s+(?P<which>last|this|next)\s+year)\b",
        "season", _season_of_year,
    ),
    _rule(r"\b(?i:the\s+weekend\s+before\s+last)\b", "unit", lambda m: s.weekend_before_last),
    _rule(
        r"\b(?i:the\s+(?P<part>early|mid|late)[\s-]+(?:to\s+late\s+)?)(?P<y>(?:1[89]|20)\d0)s\b", "year",
        lambda m: s.part_of_decade(int(m["y"]), m["part"].lower()),
    ),
    _rule(
        rf"\b(?i:(?:the\s+)?week\s+(?:of|beginning|starting|from)\s+(?:on\s+)?)(?:{WEEKDAY},?\s+)?"
        rf"(?P<m>{MONTH})\s+(?P<d>[0-3]?\d)\b(?!,?\s+{YEAR})",
        "unit", lambda m: s.week_with(r.yearless(month_number(m["m"]), int(m["d"]))),
    ),
)  # fmt: skip
