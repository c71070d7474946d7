"""Words and numbers of time as patterns, and the rule that pairs a pattern with its meaning.

Shared by the grammar of expressions (`atoms`, `expressions`) and the names of holidays (`holidays`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from dragoman.coding.dates import reading as r
from dragoman.coding.dates.interval import Unit

Kind = Literal["day", "weekday", "month", "year", "unit", "season", "holiday", "vague"]

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip
SHORT_MONTHS = {"Jan": 1, "Feb": 2, "Mar": 3, "Apr": 4, "Jun": 6, "Jul": 7, "Aug": 8, "Sept": 9, "Sep": 9, "Oct": 10,
                "Nov": 11, "Dec": 12}  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SHORT_WEEKDAYS = {
    "Mon": 0,
    "Tues": 1,
    "Tue": 1,
    "Wed": 2,
    "Thurs": 3,
    "Thur": 3,
    "Thu": 3,
    "Fri": 4,
    "Sat": 5,
    "Sun": 6,
}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
NUMBERS = ("a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
# Words for stretches of time: the unit of the calendar that each is counted in, and 24 times how many of it.
UNITS: dict[str, tuple[Unit, int]] = {
    "hour": ("day", 1), "day": ("day", 24), "week": ("week", 24), "fortnight": ("week", 48), "month": ("month", 24),
    "year": ("year", 24), "decade": ("year", 240),
}  # fmt: skip
WHICH: dict[str, r.Which] = {
    "last": "last", "past": "last", "this": "this", "current": "this", "next": "next", "coming": "next",
    "that": "that", "same": "that", "previous": "before", "preceding": "before", "following": "after",
    "upcoming": "next", "this past": "last", "this coming": "next", "next coming": "next",
}  # fmt: skip

MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(SHORT_MONTHS)})\b\.?)"
WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
SHORT_WEEKDAY = rf"(?:{'|'.join(SHORT_WEEKDAYS)})"
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
# Where a word ends, also when a lost space has glued the next name to it ("That eveningKim").
END = r"(?![a-z\d])"
YEAR = r"(?:1[89]\d\d|20\d\d)(?![\d%]|[.,]\d|-?s\b|[-–]\w)"
DASH = r"\s*(?:-|–|—|\bto\b|\bthrough\b|\buntil\b|\btill\b|\band\b|&)\s*"
PART_OF_DAY = rf"(?:\s+(?:morning|afternoon|evening|night){END})?"
NUMBER = rf"(?:an?|one|{'|'.join(NUMBERS[1:])}|\d{{1,3}})"
UNIT = r"(?:day|week|fortnight|month|year|decade)s?"
# Words before a four-digit number that make it a year; the second list also stands before amounts.
YEAR_CUE = r"(?:in|since|until|till|during|year|mid|early|late|throughout|circa|back in|fiscal)"
WEAK_YEAR_CUE = r"(?:of|by|from|to|before|after|through|between|and|around|for)"
NOT_AMOUNT = (
    r"as|was|has|is|this|its|his|us|across|towards|besides|perhaps|whereas|unless|always|thus|plus|versus|hours|"
    r"does|says|shows|remains|appears|seems|talks|elections|protests|sanctions|attacks|games|hostilities|joins|meets"
)
AMOUNT = rf"(?!\s+(?:more\s+)?(?!(?:{NOT_AMOUNT})\b)(?:[a-z]+s|people|men|personnel|km|tonnes)\b)"
MONTH_CUE = (
    r"(?:in|since|until|till|by|during|of|before|after|from|to|through|between|and|for|around|early|mid|late|"
    r"this\s+past)"
)


@dataclass(frozen=True, slots=True)
class Atom:
    """A simple time expression: where it stands and how it is read."""

    start: int
    end: int
    reading: r.Reading
    kind: Kind


Build = Callable[[re.Match[str]], "r.Reading | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and what a match means; the group `x`, where there is one, is the expression itself."""

    pattern: re.Pattern[str]
    kind: Kind
    build: Build


def month_number(text: str) -> int:
    """'Sept.' and 'September' as 9."""
    name = text.rstrip(".")
    return SHORT_MONTHS[name] if name in SHORT_MONTHS else MONTHS.index(name) + 1


def weekday_number(text: str) -> int:
    """Monday is 0."""
    name = text.rstrip(".,")
    return SHORT_WEEKDAYS[name] if name in SHORT_WEEKDAYS else WEEKDAYS.index(name)


def number(text: str) -> int:
    """'two' and '2' as 2, 'a' and 'one' as 1."""
    word = text.lower()
    if word.isdigit():
        return int(word)
    return 1 if word in ("a", "an", "one") else NUMBERS.index(word) + 1


def unit(text: str) -> Unit:
    """'weeks' as 'week'."""
    return UNITS[text.lower().rstrip("s")][0]


def amount(number_text: str, unit_text: str) -> int:
    """How many of that unit: 'two fortnights' as 4 weeks, '48 hours' as 2 days."""
    return -(-number(number_text) * UNITS[unit_text.lower().rstrip("s")][1] // 24)


def which(text: str) -> r.Which:
    """'the past' as 'last', 'coming' as 'next'."""
    return WHICH[re.sub(r"^the\s+|\s+(?=\s)", "", " ".join(text.lower().split()))]
