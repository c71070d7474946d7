from __future__ import annotations

import datetime
from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.analysis.incidents import incidents
from dragoman.analysis.occurrence import Occurrence
from dragoman.analysis.series import PERIODS, Period, Series, label_of, series, start_of
from dragoman.model import EventDate, EventType, Party, Place, ReportedEvent, Status
from tests.analysis.ties import Told, told
from tests.briefing.builders import report

TYPES: tuple[EventType, ...] = ("CONSULT", "AID", "ACCUSE", "ASSAULT")
DAYS = st.dates(datetime.date(2023, 1, 1), datetime.date(2024, 12, 31)).map(str)
HAPPENINGS = st.lists(st.tuples(DAYS, st.sampled_from(TYPES)), min_size=1, max_size=25).map(
    lambda drawn: [told(f"e{n:02}", date=day, type=kind) for n, (day, kind) in enumerate(drawn)]
)


def made(*dates: str | tuple[str, str] | None, first_article: str | None = None) -> Series | None:
    reports = [
        report(f"e{n}", "PRK", "RUS", date=date, published="2024-06-01", evidence=f"Meeting {n}")
        for n, date in enumerate(dates)
    ]
    return series(incidents(reports), first_article)


def found(happened: list[Told], period: Period | None = None) -> Series:
    result = series(happened, period=period)
    assert result is not None
    return result


@pytest.mark.parametrize(
    ("last", "period"),
    [("2024-02-20", "week"), ("2024-11-01", "month"), ("2027-06-01", "quarter"), ("2039-01-01", "year")],
)
def test_series_takes_the_finest_period_that_stays_readable(last: str, period: Period) -> None:
    result = made("2024-01-01", last)
    assert result is not None
    assert result.period == period
    assert len(result.points) < 45


def test_series_has_no_gaps_and_counts_quads_and_types() -> None:
    result = found(
        [
            told("e1", date="2024-01-10"),
            told("e2", date="2024-01-20", type="AID"),
            told("e3", "RUS", "PRK", date="2024-08-20", type="ACCUSE"),
            told("e4", "RUS", "PRK", date="2024-08-21", type="AGREE", status="planned"),
        ]
    )
    assert [p.label for p in result.points] == [f"2024-0{month}" for month in range(1, 9)]
    assert result.points[0].by_quad == (1, 1, 0, 0)
    assert result.points[0].by_type == {"AID": 1, "CONSULT": 1}
    assert result.points[0].mean == 6.25
    assert result.points[1].mean is None
    assert result.points[-1].by_quad == (0, 0, 1, 0)


def test_series_says_what_it_leaves_out() -> None:
    result = made(
        "2024-01-10", "2024-08-01", None, ("2024-01-01", "2024-12-31"), "1961-07-06", first_article="2024-01-01"
    )
    assert result is not None
    assert (result.undated, result.coarse, result.outside) == (1, 1, 1)


def test_series_by_day_leaves_out_what_names_no_day() -> None:
    result = found([told("e1", date="2024-01-10"), told("e2", date=("2024-01-08", "2024-01-14"))], "day")
    assert ([p.label for p in result.points], result.coarse) == (["2024-01-10"], 1)


def test_series_leaves_out_what_lies_after_the_last_article() -> None:
    happened = [told("e1", date="2024-01-01"), told("e2", date="2024-03-01"), told("e3", date="9999-12-31")]
    result = series(happened, "2024-01-01", "2024-08-02")
    assert result is not None
    assert result.outside == 1
    assert result.points[-1].label == "2024-02-26"


def test_series_is_none_when_it_would_span_all_time() -> None:
    assert made("0001-01-01", "9999-12-31") is None


def test_series_is_none_without_a_date() -> None:
    assert made(None) is None


@settings(max_examples=40, deadline=None)
@given(HAPPENINGS, st.sampled_from(PERIODS))
def test_series_counts_add_up_and_no_period_is_missing(happened: list[Told], period: Period) -> None:
    result = found(happened, period)
    starts = [p.start for p in result.points]
    assert sum(len(p.found) for p in result.points) + result.coarse == len(happened)
    assert all(sum(p.by_quad) == sum(p.by_type.values()) == len(p.found) for p in result.points)
    assert starts == sorted(set(starts))
    assert all(start_of(start, period) == start for start in starts)


@settings(max_examples=40, deadline=None)
@given(HAPPENINGS, st.sampled_from(PERIODS), st.randoms(use_true_random=False))
def test_series_does_not_hang_on_the_order_given(happened: list[Told], period: Period, chance: object) -> None:
    shuffled = list(happened)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert series(happened, period=period) == series(shuffled, period=period)


@settings(max_examples=40, deadline=None)
@given(HAPPENINGS, st.sampled_from(PERIODS))
def test_series_index_is_wider_where_there_are_fewer_incidents(happened: list[Told], period: Period) -> None:
    points = sorted(found(happened, period).points, key=lambda p: len(p.found))
    for fewer, more in pairwise(points):
        if len(fewer.found) < len(more.found):
            assert fewer.index.spread > more.index.spread


@pytest.mark.parametrize(
    ("day", "period", "start", "label"),
    [
        ("2024-01-03", "day", "2024-01-03", "2024-01-03"),
        ("2024-01-03", "week", "2024-01-01", "2024-01-01"),
        ("2023-12-31", "week", "2023-12-25", "2023-12-25"),
        ("2024-02-29", "month", "2024-02-01", "2024-02"),
        ("2024-12-31", "quarter", "2024-10-01", "2024 Q4"),
        ("2024-12-31", "year", "2024-01-01", "2024"),
    ],
)
def test_series_start_and_label_of_periods(day: str, period: Period, start: str, label: str) -> None:
    first = start_of(datetime.date.fromisoformat(day), period)
    assert first.isoformat() == start
    assert label_of(first, period) == label


@dataclass(frozen=True)
class Incident:
    """Something else than the usual double that has what an occurrence must have."""

    id: str
    date: EventDate | None
    type: EventType = "AID"
    mode: str | None = None
    quad: int = 2
    intensity: float = 10.0
    status: Status = "actual"
    symmetric: bool = False
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    place: Place | None = None
    reports: tuple[ReportedEvent, ...] = ()


def test_series_takes_whatever_is_an_occurrence() -> None:
    date = EventDate(start="2024-01-03", end="2024-01-03", granularity="day", basis="stated")
    incidents: list[Occurrence] = [Incident("i1", date), Incident("i2", None)]
    result = series(incidents)
    assert result is not None
    assert (result.points[0].by_type, result.undated) == ({"AID": 1}, 1)
