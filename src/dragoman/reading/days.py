"""Days as datelines and date lines write them, with or without the year, to ISO days.

Separate because both need it; dates inside sentences are the business of `coding/dates.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\b\.?"
)
_ORDINAL = r"\d{1,2}(?:st|nd|rd|th)?"
_WRITTEN = rf"(?:{_MONTH}\s*{_ORDINAL}(?:,?\s*\d{{4}})?|{_ORDINAL}\s+{_MONTH}(?:,?\s+\d{{4}})?)(?!\d)"
_NUMERIC = r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([/.])\d{1,2}\2\d{4})(?!\d)"
MONTH_DAY = rf"(?i:{_WRITTEN})"  # to be put into other patterns; has no groups of its own
_ANY = re.compile(rf"(?i:{_WRITTEN})|{_NUMERIC}")
_WEEKDAY = r"(?i:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\.?,?\s+)"
_LABEL = re.compile(
    r"(?i:(?:first |last |originally )?(?:published|posted|updated|issued|released|dated?|created|modified)"
    rf"(?: on| at)?\s*:?\s*)?{_WEEKDAY}?"
)
# After the day: a time with its zone, or what stands beside a date on pages ("3 min read").
_AFTER = re.compile(
    r"(?i:[\s,]*(?:(?:at|@|-|–|\||T)?\s*\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[A-Z]{2,5})?(?:\s?[+-]\d{1,2}:?(?:\d{2})?)?)?"
    r"(?:\s*[|•·–-].{0,60})?)"
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}.*)?", re.DOTALL)
YEARS = range(1800, 2101)  # a year outside is a slip of the pen
AHEAD, BACK = 10, 180  # days by which a dateline without a year may lie after and before publication


@dataclass(frozen=True, slots=True)
class Day:
    """A day as written: the year is None where it is not given."""

    year: int | None
    month: int
    day: int

    def iso(self) -> str | None:
        """The ISO day, or None without a year or for a day that is in no calendar."""
        return _iso(self.year, self.month, self.day) if self.year is not None else None

    def near(self, published: str | None) -> str | None:
        """The ISO day; a missing year is that of the last such day before or shortly after `published`.

        None when that is unknown or no such day lies between 180 days before and 10 days after it: a dateline is
        written within days of publication, and a reprint seldom waits half a year.
        """
        if self.year is not None or published is None:
            return self.iso()
        reference = date.fromisoformat(published)
        for year in (reference.year + 1, reference.year, reference.year - 1):
            found = _iso(year, self.month, self.day)
            if found and -BACK <= (date.fromisoformat(found) - reference).days <= AHEAD:
                return found
        return None


def read_day(written: str) -> Day | None:
    """The day that a stretch states: 'Aug. 2', '2 August 2024', '2024-08-02', '31.12.2024'; None for anything else.

    Of '03/04/2024' nobody knows which is the month, so that it is None as well.
    """
    match = _ANY.fullmatch(written.strip())
    if match is None:
        return None
    numbers = [int(n) for n in re.findall(r"\d+", written)]
    word = re.search(r"[A-Za-z]{3,}", written)
    if word:
        month = _MONTHS.index(word[0][:3].title()) + 1
        year = next((n for n in numbers if n > 99), None)
        return Day(year, month, numbers[0])
    if numbers[0] > 31:
        return Day(*numbers)
    first, second, year = numbers
    if match[2] == "." or first > 12 or first == second:
        return Day(year, second, first)
    return Day(year, first, second) if second > 12 else None


def read_date_line(line: str) -> tuple[bool, str | None]:
    """Whether a line is nothing but a date, as under a headline, and the ISO day that it gives, if it gives one."""
    label = _LABEL.match(line)
    at = label.end() if label else 0
    match = _ANY.match(line, at)
    if match is None or _AFTER.fullmatch(line, match.end()) is None:
        return False, None
    day = read_day(match[0])
    if day is None:
        return True, None
    if day.year is None:
        return False, None
    return True, day.iso()


def iso_day(value: str) -> str | None:
    """The day of an ISO 8601 day or date and time, as written (no change of time zone); None for anything else."""
    value = value.strip()
    if not _ISO.fullmatch(value):
        return None
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return None
    return _iso(int(value[:4]), int(value[5:7]), int(value[8:10]))


def _iso(year: int | None, month: int, day: int) -> str | None:
    if year is None or year not in YEARS:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
