from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.web.calendar_time import step, time_of, title_of
from dragoman.web.desk import Desk
from dragoman.web.pages.calendar import CalendarAsked, calendar


def test_calendar_opens_at_the_newest_month(desk: Desk) -> None:
    view = calendar(desk, CalendarAsked())
    assert (view.title, view.first, view.last) == ("August 2024", "2024-08-01", "2024-08-31")
    assert len(view.weeks) == 5
    assert all(len(week) == 7 for week in view.weeks)


def test_calendar_day_counts_its_incidents(desk: Desk, client: TestClient) -> None:
    view = calendar(desk, CalendarAsked(month="2024-06"))
    cells = {cell.date: cell for week in view.weeks for cell in week}
    assert cells["2024-06-19"].number == 2
    assert [(part.kind, part.number) for part in cells["2024-06-19"].parts] == [("quad-1", 2)]
    for cell in cells.values():
        if cell.number:
            address = cell.href.split("#")[0].replace("?", ".json?", 1)
            assert client.get(address).json()["pager"]["total"] == cell.number


def test_calendar_numbers_lead_to_what_they_count(desk: Desk, client: TestClient) -> None:
    view = calendar(desk, CalendarAsked(month="2024-06"))
    assert {figure.kind for figure in view.figures} >= {"overdue", None}
    for figure in view.figures:
        address = figure.href.split("#")[0].replace("?", ".json?", 1)
        assert client.get(address).json()["pager"]["total"] == figure.number


def test_calendar_week_names_what_happened(desk: Desk) -> None:
    view = calendar(desk, CalendarAsked(week="2024-06-19"))
    (week,) = view.weeks
    assert (view.first, view.last) == ("2024-06-17", "2024-06-23")
    assert [line.name for line in week[2].lines]
    assert len(view.rows) == 2


def test_calendar_year_counts_months(desk: Desk) -> None:
    view = calendar(desk, CalendarAsked(year="2024"))
    months = [cell for row in view.weeks for cell in row]
    assert [cell.label for cell in months[:2]] == ["January", "February"]
    assert months[5].href == "/calendar?month=2024-06"
    assert months[5].number > 3


def test_calendar_filters_by_tie_type_and_standing(desk: Desk) -> None:
    tie = calendar(desk, CalendarAsked(month="2024-06", a="PRK", b="RUS"))
    assert {row.type for row in tie.rows} <= {"CONSULT", "AGREE", "AID"}
    only = calendar(desk, CalendarAsked(month="2024-06", a="PRK", type=("AID",), standing=("announced",)))
    assert [row.clause for row in only.rows] == ["Russia will send fuel by the middle of the month"]


def test_calendar_without_a_date_stands_apart(desk: Desk) -> None:
    view = calendar(desk, CalendarAsked(month="2024-06", which="undated"))
    assert {row.when.start for row in view.rows} == {None}
    assert view.rows


@pytest.mark.parametrize(
    ("asked", "before", "after"),
    [
        ({"month": "2024-01"}, "2023-12-01", "2024-02-01"),
        ({"week": "2024-01-03"}, "2023-12-25", "2024-01-08"),
        ({"year": "0001"}, "0001-01-01", "0002-01-01"),
        ({"month": "9999-12"}, "9999-11-01", "9999-12-01"),
    ],
)
def test_calendar_steps_stop_where_days_end(asked: dict[str, str], before: str, after: str) -> None:
    time = time_of(asked.get("week"), asked.get("month"), asked.get("year"), None, None)
    assert (step(time, -1).isoformat(), step(time, 1).isoformat()) == (before, after)


@pytest.mark.parametrize("query", ["year=0001", "month=9999-12", "month=0001-01", "week=9999-12-31", "week=0001-01-01"])
def test_calendar_is_drawn_where_days_end(client: TestClient, query: str) -> None:
    assert client.get(f"/calendar?{query}").status_code == 200


@pytest.mark.parametrize(
    "query", ["month=2024-13", "month=2024", "week=now", "year=24", "month=2024-06&year=2024",
              "month=2024-06&day=2024-07-01", "day=2024-02-30", "month=0000-01"]
)  # fmt: skip
def test_calendar_refuses_what_is_no_time(client: TestClient, query: str) -> None:
    answer = client.get(f"/calendar.json?{query}")
    assert answer.status_code == 422
    assert "'" in answer.json()["error"]["message"]


def test_calendar_week_is_called_by_its_number() -> None:
    assert title_of(time_of("2024-12-31", None, None, None, None)) == "Week 1 of 2025: 2024-12-30 to 2025-01-05"


def test_calendar_file_has_what_is_planned_and_due(client: TestClient) -> None:
    answer = client.get("/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.text.replace("\r\n ", "")
    assert "SUMMARY:Overdue: Russia to give aid to North Korea" in text
    assert "Kim Jong Un and Vladimir Putin met" not in text


def test_calendar_file_takes_the_same_filters(client: TestClient) -> None:
    assert "BEGIN:VEVENT" not in client.get("/calendar.ics?a=CHN").text
    assert client.get("/calendar.ics?type=AID&month=2024-06").text.count("BEGIN:VEVENT") == 1
    assert client.get("/calendar.ics?month=2024-13").status_code == 422
