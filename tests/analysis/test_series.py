from __future__ import annotations

import datetime

import pytest

from dragoman.analysis.happenings import happenings
from dragoman.analysis.series import Period, Series, label_of, series, start_of
from tests.briefing.builders import report


def made(*dates: str | tuple[str, str] | None, first_article: str | None = None) -> Series | None:
    reports = [
        report(f"e{n}", "PRK", "RUS", date=date, published="2024-06-01", evidence=f"Meeting {n}")
        for n, date in enumerate(dates)
    ]
    return series(happenings(reports), first_article)


@pytest.mark.parametrize(
    ("last", "period"),
    [("2024-02-20", "week"), ("2024-11-01", "month"), ("2027-06-01", "quarter"), ("2039-01-01", "year")],
)
def test_series_takes_the_finest_period_that_stays_readable(last: str, period: Period) -> None:
    found = made("2024-01-01", last)
    assert found is not None
    assert found.period == period
    assert len(found.points) < 45


def test_series_has_no_gaps_and_counts_quads() -> None:
    reports = [
        report("e1", "PRK", "RUS", date="2024-01-10"),
        report("e2", "PRK", "RUS", date="2024-01-20", type="AID"),
        report("e3", "RUS", "PRK", date="2024-08-20", type="ACCUSE"),
        report("e4", "RUS", "PRK", date="2024-08-21", type="AGREE", status="planned"),
    ]
    found = series(happenings(reports))
    assert found is not None
    assert [p.label for p in found.points] == [f"2024-0{month}" for month in range(1, 9)]
    assert found.points[0].by_quad == (1, 1, 0, 0)
    assert found.points[0].mean == 6.25
    assert found.points[1].mean is None
    assert found.points[-1].by_quad == (0, 0, 1, 0)


def test_series_says_what_it_leaves_out() -> None:
    found = made(
        "2024-01-10", "2024-08-01", None, ("2024-01-01", "2024-12-31"), "1961-07-06", first_article="2024-01-01"
    )
    assert found is not None
    assert (found.undated, found.coarse, found.outside) == (1, 1, 1)


def test_series_leaves_out_what_lies_after_the_last_article() -> None:
    reports = [
        report("e1", "PRK", "RUS", date="2024-01-01"),
        report("e2", "PRK", "RUS", date="2024-03-01"),
        report("e3", "PRK", "RUS", date="9999-12-31"),
    ]
    found = series(happenings(reports), "2024-01-01", "2024-08-02")
    assert found is not None
    assert found.outside == 1
    assert found.points[-1].label == "2024-02-26"


def test_series_is_none_when_it_would_span_all_time() -> None:
    assert made("0001-01-01", "9999-12-31") is None


def test_series_is_none_without_a_date() -> None:
    assert made(None) is None


@pytest.mark.parametrize(
    ("day", "period", "start", "label"),
    [
        ("2024-01-03", "week", "2024-01-01", "2024-01-01"),
        ("2023-12-31", "week", "2023-12-25", "2023-12-25"),
        ("2024-02-29", "month", "2024-02-01", "2024-02"),
        ("2024-12-31", "quarter", "2024-10-01", "2024 Q4"),
        ("2024-12-31", "year", "2024-01-01", "2024"),
    ],
)
def test_start_and_label_of_periods(day: str, period: Period, start: str, label: str) -> None:
    first = start_of(datetime.date.fromisoformat(day), period)
    assert first.isoformat() == start
    assert label_of(first, period) == label
