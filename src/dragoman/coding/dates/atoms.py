"""The simplest time expressions in a text ('Sept. 13', 'last month', 'Victory Day'), each with its reading.

Works on characters alone. What is built from them ('two days after', 'early', 'from ... to') is in `expressions`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from dragoman.coding.dates import reading as r
from dragoman.coding.dates import stretches as s
from dragoman.coding.dates.counted import COUNTED
from dragoman.coding.dates.holidays import holiday_rules
from dragoman.coding.dates.interval import Part, month
from dragoman.coding.dates.patterns import (
    AMOUNT,
    DASH,
    DAY,
    END,
    MONTH,
    MONTH_CUE,
    MONTHS,
    NUMBER,
    ORDINALS,
    PART_OF_DAY,
    SHORT_WEEKDAY,
    UNIT,
    WEAK_YEAR_CUE,
    WEEKDAY,
    YEAR,
    YEAR_CUE,
    Atom,
    Build,
    Kind,
    Rule,
    amount,
    month_number,
    number,
    unit,
    weekday_number,
    which,
)
from dragoman.knowledge.calendar import load_calendar

JUCHE_ZERO = 1911
# What every expression of a kind has in it: most sentences have nothing of the sort, and need not be searched further.
SIGNS: dict[Kind, re.Pattern[str]] = {
    "weekday": re.compile(r"Mon|Tue|Wed|Thu|Fri|Sat|Sun"),
    "month": re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
    "year": re.compile(r"\d"),
    "unit": re.compile(r"day|week|fortnight|month|year|decade|hour", re.IGNORECASE),
}
JUCHE_YEAR = rf",?\s+Juche\s+(?P<juche>\d{{1,3}})\b(?:\s*\({YEAR}\))?"


def atoms(text: str) -> list[Atom]:
    """All simple time expressions of a text, in order, without overlap; the longer of two that overlap."""
    taken = [m.span() for m in _not_dates().finditer(text)]
    found = sorted(_matches(text), key=lambda a: (a.start - a.end, a.start))
    kept: list[Atom] = []
    for atom in found:
        if all(atom.end <= start or end <= atom.start for start, end in taken):
            taken.append((atom.start, atom.end))
            kept.append(atom)
    return sorted(kept, key=lambda a: a.start)


def _matches(text: str) -> Iterator[Atom]:
    here = {kind for kind, sign in SIGNS.items() if sign.search(text)}
    for rule in (*RULES, *COUNTED, *holiday_rules()):
        if rule.kind in SIGNS and rule.kind not in here:
            continue
        for match in rule.pattern.finditer(text):
            reading = rule.build(match)
            if reading is not None:
                start, end = match.span("x") if "x" in rule.pattern.groupindex else match.span()
                yield Atom(start, end, reading, rule.kind)


def _day_number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _date(match: re.Match[str]) -> r.Reading | None:
    month_no, day_no = month_number(match["m"]), _day_number(match["d"])
    if match["y"]:
        return r.full_date(int(match["y"]), month_no, day_no)
    if match.groupdict().get("juche"):
        return r.full_date(JUCHE_ZERO + int(match["juche"]), month_no, day_no)
    given = match.groupdict().get("w") or match.groupdict().get("w2")
    if match.groupdict().get("of"):
        return r.day_of_year(month_no, day_no, which(match["of"]))
    return r.yearless(month_no, day_no, weekday_number(given) if given else None)


def _date_range(match: re.Match[str]) -> r.Reading | None:
    groups = match.groupdict()
    first_month = month_number(match["m"])
    last_month = month_number(groups["m2"]) if groups.get("m2") else first_month
    first_day, last_day = _day_number(match["d"]), _day_number(match["d2"])
    if match["y"]:
        last_year = int(match["y"])
        first_year = int(groups["y1"]) if groups.get("y1") else last_year - (first_month > last_month)
        return r.of_day(r.full_date(first_year, first_month, first_day), r.full_date(last_year, last_month, last_day))
    return r.of_day(r.yearless(first_month, first_day), r.yearless(last_month, last_day))


def _numeric(match: re.Match[str]) -> r.Reading | None:
    return r.full_date(int(match["y"]), int(match["m"]), int(match["d"]))


def _month_year(match: re.Match[str]) -> r.Reading | None:
    return r.fixed(month(int(match["y"]), month_number(match["m"])))


def _month_which(match: re.Match[str]) -> r.Reading | None:
    return r.which_month(month_number(match["m"]), which(match["which"]))


def _month_of(match: re.Match[str]) -> r.Reading | None:
    return r.month_of_year(month_number(match["m"]), which(match["which"]))


def _month(match: re.Match[str]) -> r.Reading | None:
    return r.bare_month(month_number(match["m"]))


def _year(match: re.Match[str]) -> r.Reading | None:
    return r.calendar_year(int(match["y"]))


def _years(match: re.Match[str]) -> r.Reading | None:
    first, last = int(match["y1"]), match["y2"]
    until = int(last) if len(last) == 4 else first - first % 100 + int(last)
    return r.of_day(r.calendar_year(first), r.calendar_year(until)) if until > first else None


def _juche(match: re.Match[str]) -> r.Reading | None:
    juche = int(match["n"])
    return r.calendar_year(JUCHE_ZERO + juche) if 1 <= juche <= 200 else None


def _weekday(match: re.Match[str]) -> r.Reading | None:
    return r.weekday(weekday_number(match["w"]))


def _weekday_which(match: re.Match[str]) -> r.Reading | None:
    return r.which_weekday(weekday_number(match["w"]), which(match["which"]))


def _weekday_of_week(match: re.Match[str]) -> r.Reading | None:
    return r.weekday_of_week(weekday_number(match["w"]), which(match["which"]))


def _unit_which(match: re.Match[str]) -> r.Reading | None:
    word = match["u"].lower()
    if word == "weekend":
        return r.which_weekend(which(match["which"]))
    return r.which_unit(unit(word), which(match["which"]))


def _units_which(match: re.Match[str]) -> r.Reading | None:
    return r.span(amount(match["n"], match["u"]), unit(match["u"]), which(match["which"]))


def _ago(match: re.Match[str]) -> r.Reading | None:
    return r.away(-amount(match["n"], match["u"]), unit(match["u"]), r.reference_day)


def _ahead(match: re.Match[str]) -> r.Reading | None:
    return r.away(amount(match["n"], match["u"]), unit(match["u"]), r.reference_day)


def _within(match: re.Match[str]) -> r.Reading | None:
    return r.span(amount(match["n"], match["u"]), unit(match["u"]), "next")


def _later(match: re.Match[str]) -> r.Reading | None:
    sign = 1 if match["way"].lower() in ("later", "after", "afterwards") else -1
    step = unit(match["u"])
    start = {"day": r.anchor, "week": r.anchor, "month": r.spoken, "year": r.era}[step]
    return r.away(sign * amount(match["n"], match["u"]), step, start)


def _ahead_in(match: re.Match[str]) -> r.Reading | None:
    return r.ahead_in(amount(match["n"], match["u"]), unit(match["u"]))


def _weekday_ago(match: re.Match[str]) -> r.Reading | None:
    # "two Fridays ago" counts last Friday, "two weeks ago on Friday" counts from it.
    counted = 0 if "week" in match[0].lower() else 1
    return r.weekday_weeks_ago(weekday_number(match["w"]), number(match["n"]) - counted)


def _weekday_after(match: re.Match[str]) -> r.Reading | None:
    return r.weekday_after(weekday_number(match["w"]), 1 if match["way"].lower() in ("following", "next") else -1)


def _season(match: re.Match[str]) -> r.Reading | None:
    season = s.season_named(match["s"])
    groups = match.groupdict()
    if groups.get("y"):
        return r.fixed(s.season_of(season, int(groups["y"])))
    return s.which_season(season, which(groups["which"]) if groups.get("which") else None)


def _quarter(match: re.Match[str]) -> r.Reading | None:
    groups = match.groupdict()
    ordinal = int(groups["q"]) if groups.get("q") else ORDINALS[match["o"].lower()]
    if groups.get("y"):
        return s.quarter_of(ordinal, r.calendar_year(int(groups["y"])))
    return s.quarter_of(ordinal, r.which_unit("year", which(groups.get("which") or "this")))


def _half(match: re.Match[str]) -> r.Reading | None:
    halves: dict[str, Part] = {"first": "first half", "second": "second half"}
    whole = r.calendar_year(int(match["y"])) if match["y"] else r.which_unit("year", which(match["which"] or "this"))
    return s.part(whole, halves[match["o"].lower()])


def _rule(pattern: str, kind: Kind, build: Build) -> Rule:
    return Rule(re.compile(pattern), kind, build)


WEEK_OR_MORE = r"(?P<which>(?i:last|past|this|next|coming))\s+"
# The order does not matter: the longest match wins, and of equals the first.
RULES: tuple[Rule, ...] = (
    # Full dates and those without a year, in American and British order, with a weekday before or behind.
    _rule(
        rf"\b(?:(?P<w>{WEEKDAY}|{SHORT_WEEKDAY}\.?),?\s+(?:the\s+)?)?(?P<m>{MONTH})\s*(?P<d>{DAY})\b(?!:\d)"
        rf"(?:{JUCHE_YEAR}|,?\s*(?P<y>{YEAR})|\s+(?:of\s+)?(?P<of>last|this|next)\s+year)?(?:\s*\((?P<w2>{WEEKDAY})\))?",
        "day", _date,
    ),
    _rule(
        rf"\b(?:(?P<w>{WEEKDAY}|{SHORT_WEEKDAY}\.?),?\s+(?:the\s+)?)?(?P<d>{DAY})\s+(?:of\s+)?(?P<m>{MONTH})\b\.?"
        rf"(?:{JUCHE_YEAR}|,?\s+(?P<y>{YEAR})|\s+(?:of\s+)?(?P<of>last|this|next)\s+year)?(?:\s*\((?P<w2>{WEEKDAY})\))?",
        "day", _date,
    ),
    _rule(
        rf"\b(?P<w>{WEEKDAY})\s+\((?P<m>{MONTH})\s*(?P<d>{DAY})(?:,?\s*(?P<y>{YEAR}))?\)", "day", _date,
    ),
    _rule(
        rf"\b(?P<w>{WEEKDAY})\s+\((?P<d>{DAY})\s+(?P<m>{MONTH})(?:,?\s*(?P<y>{YEAR}))?\)", "day", _date,
    ),
    # Stretches within and across months.
    _rule(
        rf"\b(?P<m>{MONTH})\s+(?P<d>{DAY}){DASH}(?P<d2>{DAY})\b(?![:\d])(?:,?\s*(?P<y>{YEAR}))?(?!\s+(?:{MONTH}))",
        "day", _date_range,
    ),
    _rule(
        rf"\b(?P<d>{DAY}){DASH}(?P<d2>{DAY})\s+(?:of\s+)?(?P<m>{MONTH})(?:,?\s+(?P<y>{YEAR}))?", "day", _date_range
    ),
    _rule(
        rf"\b(?P<m>{MONTH})\s+(?P<d>{DAY})(?:,?\s+(?P<y1>{YEAR}),?)?{DASH}(?P<m2>{MONTH})\s+(?P<d2>{DAY})\b"
        rf"(?:,?\s+(?P<y>{YEAR}))?",
        "day", _date_range,
    ),
    _rule(
        rf"\b(?P<d>{DAY})\s+(?P<m>{MONTH})(?:\s+(?P<y1>{YEAR}))?{DASH}(?P<d2>{DAY})\s+(?P<m2>{MONTH})"
        rf"(?:,?\s+(?P<y>{YEAR}))?",
        "day", _date_range,
    ),
    _rule(r"\b(?P<y>(?:1[89]|20)\d\d)-(?P<m>0\d|1[0-2])-(?P<d>[0-3]\d)\b", "day", _numeric),
    _rule(r"\b(?P<d>[0-3]?\d)\.(?P<m>[01]?\d)\.(?P<y>(?:1[89]|20)\d\d)\b", "day", _numeric),
    _rule(r"\b[Oo]n\s+(?P<x>the\s+(?P<d>\d{1,2}(?:st|nd|rd|th)))(?=\s*(?:[,.;)]|$|\b(?:at|in|to|and|by|with)\b))",
          "day", lambda m: r.day_of_month(_day_number(m["d"])) if _day_number(m["d"]) <= 31 else None),
    # Months.
    _rule(rf"\b(?P<m>{MONTH}),?\s+(?:of\s+)?(?P<y>{YEAR})", "month", _month_year),
    _rule(rf"\b{WEEK_OR_MORE}(?P<m>{MONTH})(?!\s*\d)\b", "month", _month_which),
    _rule(rf"\b(?i:the\s+(?:following|next))\s+(?P<m>{MONTH})(?!\s*\d)\b", "month",
          lambda m: r.month_after(month_number(m["m"]))),
    _rule(rf"\b(?P<m>{MONTH})\s+(?:of\s+)?(?P<which>last|this|next|the same|that)\s+year\b", "month", _month_of),
    _rule(rf"\b(?i:{MONTH_CUE})[\s-]+(?P<x>(?P<m>{MONTH}))(?!\s*\d)(?!\w)", "month", _month),
    _rule(rf"\b(?P<m>{'|'.join(MONTHS)})(?=['’]s\b)", "month", _month),
    _rule(r"\b(?P<m>January|February|April|June|July|August|September|October|November|December)(?=\s+(?:[a-z-]+\s+)?"
          r"(?:summit|talks|meeting|visit|agreement|deal|declaration|attack|trip|test|launch|war|election)\b)",
          "month", _month),
    # Years.
    _rule(rf"\b(?i:{YEAR_CUE})[\s-]+(?:the\s+year\s+)?(?P<x>(?P<y>{YEAR}))", "year", _year),
    _rule(rf"\b(?i:{WEAK_YEAR_CUE})\s+(?P<x>(?P<y>{YEAR})){AMOUNT}", "year", _year),
    _rule(rf"(?:\b(?i:the|a|an|its|their|his|her)|['’]s)\s+(?P<x>(?P<y>{YEAR})){AMOUNT}(?=\s+[A-Za-z])", "year", _year),
    _rule(rf"\((?P<x>(?P<y>{YEAR}))\)", "year", _year),
    _rule(r"\b(?i:in|from|during|between|of|the)\s+(?P<x>(?P<y1>(?:1[89]|20)\d\d)\s*(?:-|–|/)\s*"
          r"(?P<y2>(?:1[89]|20)?\d\d))\b(?!-)", "year", _years),
    _rule(rf"\bJuche\s+(?P<n>\d{{1,3}})\b(?:\s*\({YEAR}\))?", "year", _juche),
    # Weekdays.
    _rule(rf"\b(?P<w>{WEEKDAY}){END}{PART_OF_DAY}", "weekday", _weekday),
    _rule(r"\b(?P<w>(?:Mon|Tues?|Wed|Thurs?|Thu|Fri)\.|(?:Sat|Sun)\.,)(?!\w)", "weekday", _weekday),
    _rule(
        rf"\b(?P<which>(?i:this\s+past|this\s+coming|last|this|next|past|coming))\s+(?P<w>{WEEKDAY})\b{PART_OF_DAY}",
        "weekday", _weekday_which,
    ),
    _rule(rf"\b(?i:(?P<n>{NUMBER})\s+weeks?\s+ago\s+(?:on\s+)?)(?P<w>{WEEKDAY})\b", "weekday", _weekday_ago),
    _rule(rf"\b(?P<n>(?i:{NUMBER}))\s+(?P<w>{WEEKDAY})s\s+ago\b", "weekday", _weekday_ago),
    _rule(rf"\b(?i:the\s+(?P<way>following|next|previous|preceding))\s+(?P<w>{WEEKDAY})\b{PART_OF_DAY}",
          "weekday", _weekday_after),
    _rule(rf"\b(?P<w>{WEEKDAY}){PART_OF_DAY}\s+(?:of\s+)?(?P<which>last|this|next|the\s+previous|the\s+following)\s+week\b",
          "weekday", _weekday_of_week),
    _rule(rf"\b(?P<which>(?i:last|this|next))\s+week['’]?s?\s+(?:on\s+)?(?P<w>{WEEKDAY})\b",
          "weekday", _weekday_of_week),
    # Days by their distance from the day of writing or from the time last spoken of.
    _rule(r"\b(?i:(?:(?:early|late|earlier|later)\s+)?today|tonight|this\s+(?:morning|afternoon|evening))\b", "day",
          lambda m: r.reference_day),
    _rule(rf"\b(?i:yesterday){PART_OF_DAY}|\b(?i:last\s+night)\b", "day", lambda m: r.away(-1, "day", r.reference_day)),
    _rule(rf"\b(?i:tomorrow){PART_OF_DAY}", "day", lambda m: r.away(1, "day", r.reference_day)),
    _rule(r"\b(?i:the\s+)?(?i:day\s+before\s+yesterday)\b", "day", lambda m: r.away(-2, "day", r.reference_day)),
    _rule(r"\b(?i:the\s+)?(?i:day\s+after\s+tomorrow)\b", "day", lambda m: r.away(2, "day", r.reference_day)),
    _rule(rf"\b(?i:(?:later\s+)?(?:on\s+)?(?:the\s+same|that)\s+(?:day|morning|afternoon|evening|night)){END}",
          "day", lambda m: r.anchor),
    _rule(r"\b(?i:the\s+(?:next|following)\s+(?:day|morning|evening|night))\b", "day",
          lambda m: r.away(1, "day", r.anchor)),
    _rule(r"\b(?i:the\s+day\s+after)(?=\s*(?:[,.;]|$|\bin\b|\bat\b)|\s)"
          r"(?!\s+(?:the|his|her|their|its|that|he|she|they|it|[A-Z]\w*)\b)(?!\s+tomorrow)",
          "day", lambda m: r.away(1, "day", r.anchor)),
    _rule(r"\b(?i:next\s+day)(?=\s*(?:[,.;]|$))", "day", lambda m: r.away(1, "day", r.anchor)),
    _rule(r"\b(?i:the\s+night\s+before\s+last)\b", "day", lambda m: r.away(-2, "day", r.reference_day)),
    _rule(r"\b(?i:overnight)(?=\s*(?:[,.;]|$))(?!\s+\w)", "day",
          lambda m: r.of_day(r.away(-1, "day", r.reference_day), r.reference_day)),
    _rule(r"\b(?i:the\s+turn\s+of\s+the\s+year)\b", "day", lambda m: s.turn_of_year),
    _rule(r"\b(?i:the\s+(?P<y>(?:1[89]|20)\d0)s)\b", "year", lambda m: s.decade(int(m["y"]))),
    _rule(r"\b(?i:the\s+(?:previous\s+day|day\s+before|day\s+earlier))(?=\s*(?:[,.;]|$))", "day",
          lambda m: r.away(-1, "day", r.anchor)),
    _rule(rf"\b(?i:(?:{NUMBER}|some|several|a\s+few)\s+hours?\s+(?:later|earlier|before|afterwards))\b",
          "day", lambda m: r.anchor),
    _rule(rf"\b(?i:(?P<n>{NUMBER})\s+(?P<u>{UNIT})\s+ago)\b", "unit", _ago),
    _rule(rf"\b(?i:(?P<n>{NUMBER})\s+(?P<u>{UNIT})\s+(?P<way>later|earlier|afterwards|previously))\b", "unit", _later),
    _rule(rf"\b(?i:(?P<n>{NUMBER})\s+(?P<u>{UNIT})\s+(?P<way>before|after))(?=\s*(?:[,.;]|$))", "unit", _later),
    _rule(rf"\b(?i:in\s+(?P<n>{NUMBER})\s+(?P<u>{UNIT})['’]s?\s+time)\b", "unit", _ahead),
    _rule(rf"\b(?i:in\s+(?P<n>{NUMBER})\s+(?P<u>{UNIT}))\b(?!['’])(?=\s*(?:[,.;]|$))", "unit", _ahead_in),
    _rule(rf"\b(?i:(?P<n>{NUMBER})\s+(?P<u>{UNIT})\s+from\s+(?:now|today))\b", "unit", _ahead),
    _rule(rf"\b(?i:within\s+(?:the\s+(?:next|coming)\s+)?(?P<n>{NUMBER}|24|48|72)\s+(?P<u>{UNIT}|hours?))\b",
          "unit", _within),
    _rule(rf"\b(?i:(?:the\s+)?(?P<which>last|past|next|coming)\s+(?P<n>{NUMBER})\s+(?P<u>(?:day|week|month|year)s))\b",
          "unit", _units_which),
    _rule(r"\b(?i:(?P<which>(?:the\s+)?(?:last|this|next|past|coming|current)|the\s+same|that|the\s+previous|the\s+following)"
          rf"\s+(?P<u>week|month|year|weekend))\b(?!-(?:long|old))(?!\s+of\s+{MONTH})", "unit", _unit_which),
    _rule(r"\b(?i:(?:over|during|at|on)\s+(?P<x>the\s+weekend))\b", "unit", lambda m: r.which_weekend("that")),
    _rule(r"\b(?i:(?:beginning|start|middle|end|close|half|quarter|late|early|earlier|later|rest)\s+(?:of|in)\s+"
          r"(?P<x>the\s+(?P<u>week|month|year)))\b", "unit", lambda m: r.which_unit(unit(m["u"]), "this")),
    # Times that nobody can put on a calendar: they end what "that day" could mean.
    _rule(r"\b(?i:(?:some|several|a\s+few|many|a\s+couple\s+of|recent)\s+(?:days|weeks|months|years)\s+"
          r"(?:ago|later|earlier|before|after)|the\s+other\s+day)\b", "vague", lambda m: r.fixed(None)),
    # Seasons, quarters, halves.
    _rule(rf"\b(?P<s>(?i:spring|summer|autumn|fall|winter)),?\s+(?:of\s+)?(?P<y>{YEAR})", "season", _season),
    _rule(r"\b(?i:(?P<which>last|this|next|past|coming)\s+(?P<s>spring|summer|autumn|fall|winter))\b(?!\s+of\b)",
          "season", _season),
    _rule(r"\b(?i:in|during|by|since|until)\s+(?P<x>(?i:the\s+)?(?P<s>(?i:spring|summer|autumn|winter)))\b(?!\s+(?:of|\w+ics))",
          "season", _season),
    _rule(rf"\b(?i:(?P<o>first|second|third|fourth|last(?=\s+quarter\s+of))\s+quarter)\b(?:\s+of\s+(?:(?P<y>{YEAR})|(?P<which>last|this|next|the)"
          r"\s+year))?", "season", lambda m: _quarter(m) if m["which"] != "the" else s.quarter_of(
              ORDINALS[m["o"].lower()], r.which_unit("year", "this"))),
    _rule(rf"\bQ(?P<q>[1-4])(?:\s+(?:of\s+)?(?P<y>{YEAR}))?", "season", _quarter),
    _rule(rf"\b(?i:(?P<o>first|second)\s+half\s+of)\s+(?:(?P<y>{YEAR})|(?P<which>last|this|next)\s+year|the\s+year)",
          "season", _half),
)  # fmt: skip


@functools.cache
def _not_dates() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(name) for name in load_calendar().not_dates))
