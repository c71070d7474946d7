"""Time expressions and the days they mean, against a reference of Wednesday, 13 March 2024."""

from __future__ import annotations

import importlib
import inspect
import itertools
import locale
import pkgutil
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding import dates
from dragoman.coding.dates import atoms as grammar
from dragoman.coding.dates import expressions
from dragoman.coding.dates.interval import Interval, Tense, day
from dragoman.coding.dates.patterns import MONTHS, WEEKDAYS
from dragoman.coding.dates.reading import Context
from dragoman.errors import KnowledgeError
from dragoman.knowledge.calendar import load_calendar, month_and_day

REFERENCE = date(2024, 3, 13)

# text with one expression, tense, first day, last day
PAST = [
    ("They met on Thursday.", "2024-03-07", "2024-03-07"),
    ("They met on Wednesday.", "2024-03-13", "2024-03-13"),
    ("They met last Thursday.", "2024-03-07", "2024-03-07"),
    ("They met Thursday evening.", "2024-03-07", "2024-03-07"),
    ("They met on Monday last week.", "2024-03-04", "2024-03-04"),
    ("They met early on Friday.", "2024-03-08", "2024-03-08"),
    ("They met on Sept. 13.", "2023-09-13", "2023-09-13"),
    ("They met on 13 September.", "2023-09-13", "2023-09-13"),
    ("They met on Thursday, Oct. 19.", "2023-10-19", "2023-10-19"),
    ("They met on Thursday (Oct. 19).", "2023-10-19", "2023-10-19"),
    ("They met on Oct. 19 (Thursday).", "2023-10-19", "2023-10-19"),
    ("They met on March 15.", "2024-03-15", "2024-03-15"),  # filed across a date line: a few days' slack
    ("They met on the 5th, officials said.", "2024-03-05", "2024-03-05"),
    ("They met on the 15th.", "2024-02-15", "2024-02-15"),
    ("They met on October 9 last year.", "2023-10-09", "2023-10-09"),
    ("They met in May.", "2023-05-01", "2023-05-31"),
    ("They met in March.", "2024-03-01", "2024-03-31"),
    ("They met last June.", "2023-06-01", "2023-06-30"),
    ("They met in June last year.", "2023-06-01", "2023-06-30"),
    ("They met in early December.", "2023-12-01", "2023-12-10"),
    ("They met in late October.", "2023-10-21", "2023-10-31"),
    ("They met at the end of January.", "2024-01-21", "2024-01-31"),
    ("They met in the first week of March.", "2024-03-01", "2024-03-07"),
    ("They met last weekend.", "2024-03-09", "2024-03-10"),
    ("They met over the weekend.", "2024-03-09", "2024-03-10"),
    ("They met last winter.", "2023-12-01", "2024-02-29"),
    ("They met on Monday and Tuesday.", "2024-03-11", "2024-03-12"),
    ("They met from Monday to Wednesday.", "2024-03-11", "2024-03-13"),
    ("They met from July 30 to August 1.", "2023-07-30", "2023-08-01"),
    ("They met from Sept. 18 to 20.", "2023-09-18", "2023-09-20"),
    ("They met on July 4 and 5.", "2023-07-04", "2023-07-05"),
    ("They met from December 31 to January 2.", "2023-12-31", "2024-01-02"),
    ("They met a day before Thursday's parade.", "2024-03-13", "2024-03-13"),  # the parade is still to come
    ("They met on the eve of Thursday's vote.", "2024-03-13", "2024-03-13"),
    ("They met two days before Thursday's vote.", "2024-03-12", "2024-03-12"),
    ("They met three days before the Feb. 28 summit.", "2024-02-25", "2024-02-25"),
    ("They met in the 1990s.", "1990-01-01", "1999-12-31"),
    ("They met in January and February.", "2024-01-01", "2024-02-29"),
    ("They met in the last week of January.", "2024-01-25", "2024-01-31"),
    ("They met last quarter.", "2023-10-01", "2023-12-31"),
    ("They met in the last quarter of 2022.", "2022-10-01", "2022-12-31"),
    ("They met in the autumn of last year.", "2023-09-01", "2023-11-30"),
    ("They met in 2021 and 2022.", "2021-01-01", "2022-12-31"),
    ("They met on the first Monday in February.", "2024-02-05", "2024-02-05"),
    ("They met in the last ten days of January.", "2024-01-22", "2024-01-31"),
    ("They met in the last three months of 2023.", "2023-10-01", "2023-12-31"),
    ("They met in the early 1990s.", "1990-01-01", "1993-12-31"),
    ("They met in the week of Feb. 7.", "2024-02-05", "2024-02-11"),
    ("They met on the feast of Eid al-Adha.", "2023-06-28", "2023-06-28"),
    ("They met halfway through last year.", "2023-05-01", "2023-08-31"),
    ("They met on Easter Sunday.", "2023-04-09", "2023-04-09"),
    ("They met on Eid al-Fitr last year.", "2023-04-21", "2023-04-21"),
    ("They met on the first day of Ramadan.", "2024-03-11", "2024-03-11"),
    ("They met on the day after Christmas.", "2023-12-26", "2023-12-26"),
    ("They met on April 25, Juche 107 (2018).", "2018-04-25", "2018-04-25"),
    ("They have met ever since the coup of 2013.", "2013-01-01", "2024-03-13"),
    ("The war lasted three days and in two years, the city was rebuilt.", None, None),
    ("They met four days after the Feb. 28 summit.", "2024-03-03", "2024-03-03"),
    ("They have met since April.", "2023-04-01", "2024-03-13"),
    ("They met on Russia's National Day.", "2023-06-12", "2023-06-12"),
    ("That eveningKim met him.", None, None),
]
FUTURE = [
    ("They will meet on Thursday.", "2024-03-14", "2024-03-14"),
    ("They will meet next Friday.", "2024-03-15", "2024-03-15"),
    ("They will meet on Thursday next week.", "2024-03-21", "2024-03-21"),
    ("They will meet on Jan. 5.", "2025-01-05", "2025-01-05"),
    ("They will meet in February.", "2025-02-01", "2025-02-28"),
    ("They will meet next May.", "2024-05-01", "2024-05-31"),
    ("They will meet on June 23-24.", "2024-06-23", "2024-06-24"),
    ("They will meet within three days.", "2024-03-13", "2024-03-16"),
    ("They will meet in two weeks' time.", "2024-03-25", "2024-03-31"),
    ("They will finish by October 15.", "2024-10-15", "2024-10-15"),
    ("They will finish by the end of the year.", "2024-12-31", "2024-12-31"),
    ("They will finish by the end of next month.", "2024-04-30", "2024-04-30"),
    ("They will meet at the end of the year.", "2024-12-01", "2024-12-31"),
    ("They will meet in the second half of 2024.", "2024-07-01", "2024-12-31"),
    ("They will meet on Victory Day on Red Square.", "2024-05-09", "2024-05-09"),
    ("They will meet on the Day of the Sun.", "2024-04-15", "2024-04-15"),
]
ANY = [
    ("on Sept. 13, 2023", "2023-09-13", "2023-09-13"),
    ("on 13 September 2023", "2023-09-13", "2023-09-13"),
    ("on the 23rd of June, 2023", "2023-06-23", "2023-06-23"),
    ("on 2023-09-13", "2023-09-13", "2023-09-13"),
    ("on 13.09.2023", "2023-09-13", "2023-09-13"),
    ("on May 3-5, 2023", "2023-05-03", "2023-05-05"),
    ("on 3 to 5 May 2023", "2023-05-03", "2023-05-05"),
    ("in March 2023", "2023-03-01", "2023-03-31"),
    ("in 2016", "2016-01-01", "2016-12-31"),
    ("in early 2020", "2020-01-01", "2020-04-30"),
    ("between 2014 and 2016", "2014-01-01", "2016-12-31"),
    ("in 2014-16", "2014-01-01", "2016-12-31"),
    ("the 2019 Hanoi summit", "2019-01-01", "2019-12-31"),
    ("since 2016", "2016-01-01", "2024-03-13"),
    ("in Juche 112", "2023-01-01", "2023-12-31"),
    ("in the spring of 2023", "2023-03-01", "2023-05-31"),
    ("in the second quarter of last year", "2023-04-01", "2023-06-30"),
    ("in Q3 2022", "2022-07-01", "2022-09-30"),
    ("today", "2024-03-13", "2024-03-13"),
    ("yesterday", "2024-03-12", "2024-03-12"),
    ("tomorrow evening", "2024-03-14", "2024-03-14"),
    ("last night", "2024-03-12", "2024-03-12"),
    ("the day before yesterday", "2024-03-11", "2024-03-11"),
    ("10 days ago", "2024-03-03", "2024-03-03"),
    ("two weeks ago", "2024-02-26", "2024-03-03"),
    ("three months ago", "2023-12-01", "2023-12-31"),
    ("a year ago", "2023-01-01", "2023-12-31"),
    ("the past two weeks", "2024-02-28", "2024-03-13"),
    ("half a year ago", "2023-09-01", "2023-09-30"),
    ("the past 48 hours", "2024-03-11", "2024-03-13"),
    ("the weekend before last", "2024-03-02", "2024-03-03"),
    ("Friday week", "2024-03-22", "2024-03-22"),
    ("two weeks on Monday", "2024-04-01", "2024-04-01"),
    ("a fortnight ago", "2024-02-26", "2024-03-03"),
    ("a decade ago", "2014-01-01", "2014-12-31"),
    ("two Fridays ago", "2024-03-01", "2024-03-01"),
    ("a week ago on Tuesday", "2024-03-05", "2024-03-05"),
    ("the night before last", "2024-03-11", "2024-03-11"),
    ("within 48 hours", "2024-03-13", "2024-03-15"),
    ("in a week's time", "2024-03-18", "2024-03-24"),
    ("earlier this month", "2024-03-01", "2024-03-31"),
    ("earlier this year", "2024-01-01", "2024-12-31"),
    ("later this week", "2024-03-11", "2024-03-17"),
    ("the Lunar New Year", "2024-02-10", "2024-02-10"),
    ("Christmas 2022", "2022-12-25", "2022-12-25"),
]
NOTHING = [
    "They may march on Moscow.",
    "Some 2000 troops were sent.",
    "A force of 2000 soldiers crossed.",
    "The Sunday Times reported it.",
    "Bloody Sunday is remembered.",
    "on Feb. 30",
    "They met several days later.",
    "The same evening they met.",  # no day has been spoken of
    "Two days after the festival they met.",  # nothing dates the festival
    "",
]

# Expressions of the kinds that are looked for only where a sign of them stands.
SIGNED = {
    "weekday": [
        "Monday", "on Wednesday evening", "Thurs. he left", "he left on Sat., they say", "last Friday",
        "this coming Sunday", "two weeks ago on Tuesday", "three Saturdays ago", "the following Thursday",
        "Monday of last week", "next week's Friday", "Friday week", "a week from Sunday",
    ],
    "month": [
        "March 2022", "Sept. 2021", "last June", "this May", "the following April", "July of last year", "in August",
        "mid-October", "until Dec. he stayed", "January's talks", "the November summit", "by Feb. it was over",
    ],
    "year": [
        "in 2016", "since the year 1999", "before 2014", "the 2019 summit", "(2003)", "in 2014-16", "Juche 112",
        "juche 5 and Juche 5", "the 1990s", "the early 1980s", "of 2022",
    ],
    "unit": [
        "two weeks ago", "A FORTNIGHT AGO", "three days later", "a decade earlier,", "in two months' time",
        "in ten years.", "five days from now", "within 48 hours", "the past six months", "last week", "the same year",
        "that weekend", "over the weekend", "the end of the month", "the last forty-eight hours", "half a year ago",
        "two and a half years ago", "the weekend before last", "the week of March 5", "Last Month",
    ],
}  # fmt: skip


def days(text: str, tense: Tense | None) -> list[tuple[str, str]]:
    found = expressions(text, REFERENCE, tense=tense)
    return [(e.first.isoformat(), e.last.isoformat()) for e in found]


@pytest.mark.parametrize(("text", "first", "last"), PAST)
def test_expressions_in_the_past(text: str, first: str | None, last: str | None) -> None:
    assert days(text, "past") == ([(first, last)] if first else [])


@pytest.mark.parametrize(("text", "first", "last"), FUTURE)
def test_expressions_in_the_future(text: str, first: str, last: str) -> None:
    assert days(text, "future") == [(first, last)]


@pytest.mark.parametrize(("text", "first", "last"), ANY)
def test_expressions_without_tense(text: str, first: str, last: str) -> None:
    assert days(text, None) == [(first, last)]


@pytest.mark.parametrize("text", NOTHING)
def test_expressions_leaves(text: str) -> None:
    assert days(text, "past") == []


def test_expressions_follow_what_was_last_spoken_of() -> None:
    text = "On May 5 they met; two days later they left. The same evening a missile flew. That month it rained."
    assert days(text, "past") == [
        ("2023-05-05", "2023-05-05"),
        ("2023-05-07", "2023-05-07"),
        ("2023-05-07", "2023-05-07"),
        ("2023-05-01", "2023-05-31"),
    ]


def test_expressions_a_month_that_follows_what_was_last_spoken_of() -> None:
    assert days("In March 2022 talks broke off; in the following September trade ended.", "past") == [
        ("2022-03-01", "2022-03-31"),
        ("2022-09-01", "2022-09-30"),
    ]
    assert days("In May 2022 talks broke off; in the following March trade ended.", "past")[1][0] == "2023-03-01"


def test_expressions_vague_time_ends_that_day() -> None:
    assert days("On May 5 they met. Some days later they quarrelled. That evening he left.", "past") == [
        ("2023-05-05", "2023-05-05")
    ]


def test_expressions_find_the_date_of_an_occasion() -> None:
    text = "Two days after the celebrations he left. A parade crowned Thursday's celebrations."
    assert days(text, "past")[0] == ("2024-03-09", "2024-03-09")


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("They met on Thursday.", "in"),
        ("They left before Thursday's vote.", "before"),
        ("They left after Thursday's vote.", "after"),
        ("They stayed until Friday.", "until"),
        ("They have met since Monday.", "since"),
        ("They will finish by Friday.", "by"),
        ("He sent a message on the occasion of the Day of the Sun.", "occasion"),
        ("He spoke on the Day of the Sun.", "in"),
    ],
)
def test_expressions_relation(text: str, relation: str) -> None:
    assert [e.relation for e in expressions(text, REFERENCE)] == [relation]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Kim Jong Un spoke in Pyongyang on Victory Day.", "2023-07-27"),
        ("Tanks crossed Red Square on Victory Day.", "2023-05-09"),
        ("Victory Day was marked in Baku.", "2023-11-08"),
    ],
)
def test_expressions_holiday_by_its_country(text: str, day: str) -> None:
    assert days(text, "past") == [(day, day)]


@pytest.mark.parametrize(
    ("text", "expression", "granularity"),
    [
        ("They met in early 2020.", "early 2020", "month"),
        ("They met earlier this year.", "earlier this year", "year"),
        ("They met two weeks ago.", "two weeks ago", "week"),
        ("They met a day before Thursday's parade.", "a day before Thursday", "day"),
    ],
)
def test_expressions_keep_text_and_granularity(text: str, expression: str, granularity: str) -> None:
    (found,) = expressions(text, REFERENCE)
    assert (found.text, found.granularity) == (expression, granularity)
    assert text[found.start : found.end] == expression


def test_expressions_without_reference_only_full_dates() -> None:
    found = expressions("On May 5, 2023, on Thursday and last month.", None)
    assert [e.text for e in found] == ["May 5, 2023"]


def read(text: str) -> list[tuple[int, int, str, Interval | None]]:
    """The simple expressions of a text with their kinds and what they mean, after some day was spoken of."""
    spoken = day(date(2023, 5, 5))
    context = Context(REFERENCE, "past", spoken, spoken, spoken)
    return [(a.start, a.end, a.kind, a.reading(context)) for a in grammar.atoms(text)]


def read_without_signs(text: str) -> list[tuple[int, int, str, Interval | None]]:
    """The same where every rule is tried on every text."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(grammar, "SIGNS", {})
        return read(text)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SIGNED.items() for text in texts])
def test_expressions_signs_lose_nothing(kind: str, text: str) -> None:
    whole = read_without_signs(text)
    assert kind in [found for *_, found, _ in whole]
    assert read(text) == whole


def test_expressions_signs_are_there_for_the_kinds_that_are_tried() -> None:
    assert set(SIGNED) == set(grammar.SIGNS)


PIECES = st.sampled_from(
    [*MONTHS, *WEEKDAYS, "last", "next", "this", "week", "month", "year", "ago", "two", "days", "after", "before",
     "the", "31", "2024", "0000", "9999", "999", "years", "from", "to", "-", ",", "'s", "summit", "since", "by", "end",
     "of", "early", "that", "same", "day", "Victory Day", "Q3", "Juche 112", "weekend", "(", ")", "quarter", "first",
     "Easter", "Ramadan", "Eid al-Fitr", "last year", "fortnight", "decade", "the 1990s", "overnight",
     "halfway through", "weeks", "the turn of the year", "in", "within", "48", "hours", "later", "following", "Fridays"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PIECES, max_size=12).map(" ".join) | st.text(max_size=60),
    st.dates() | st.none(),
    st.sampled_from(["past", "future", None]),
)
def test_expressions_of_any_text_are_ordered(text: str, reference: date | None, tense: Tense | None) -> None:
    found = expressions(text, reference, tense=tense)
    assert all(e.first <= e.last and text[e.start : e.end] == e.text for e in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, max_size=8).map(" ".join) | st.text(max_size=60))
def test_expressions_signs_lose_nothing_of_any_text(text: str) -> None:
    assert read(text) == read_without_signs(text)


@given(st.integers(0, 6), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_expressions_weekday_lies_in_the_week_of_its_tense(weekday: int, reference: date) -> None:
    (past,) = expressions(f"on {WEEKDAYS[weekday]}", reference, tense="past")
    (future,) = expressions(f"on {WEEKDAYS[weekday]}", reference, tense="future")
    assert past.first.weekday() == future.first.weekday() == weekday
    assert reference - timedelta(days=6) <= past.first <= reference <= future.first <= reference + timedelta(days=6)


def test_expressions_do_not_depend_on_the_locale() -> None:
    before = days("on Thursday, May 5", "past")
    kept = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "C")
        assert days("on Thursday, May 5", "past") == before
    finally:
        locale.setlocale(locale.LC_ALL, kept)


def test_expressions_read_no_clock_and_no_locale() -> None:
    modules = pkgutil.iter_modules(dates.__path__, "dragoman.coding.dates.")
    sources = [inspect.getsource(importlib.import_module(module.name)) for module in modules]
    assert sources
    assert not [s for s in sources if re.search(r"\b(?:today|now|utcnow|time|strptime|strftime|setlocale)\(", s)]


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(1, 12), st.sampled_from(["days", "weeks", "months"]))
def test_expressions_ago_lies_behind_and_ahead_before(reference: date, number: int, unit: str) -> None:
    (ago,) = expressions(f"{number} {unit} ago", reference)
    (ahead,) = expressions(f"in {number} {unit}' time", reference)
    assert ago.first <= reference <= ahead.last
    assert ago.last < ahead.first or unit != "days"


def test_calendar_names_and_days() -> None:
    calendar = load_calendar()
    assert len(calendar.national_days) > 150
    assert all(h.name and h.names for h in calendar.holidays)
    with pytest.raises(KnowledgeError, match="02-31"):
        month_and_day("02-31")
