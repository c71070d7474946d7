from __future__ import annotations

from starlette.testclient import TestClient

from dragoman.web.desk import Desk
from dragoman.web.pages.overview import OverviewAsked, overview


def test_overview_new_is_what_the_last_days_told_first(desk: Desk) -> None:
    month, year = overview(desk, OverviewAsked(days=30)), overview(desk, OverviewAsked(days=365))
    assert month.since == "2024-07-03"
    assert [row.clause for row in month.new] == ["Kim Jong Un met Moon Jae-in on Friday"]
    assert month.pager.total < year.pager.total
    days = [row.first_reported or "" for row in year.new]
    assert days == sorted(days, reverse=True)


def test_overview_ranks_ties_by_what_is_new(desk: Desk) -> None:
    view = overview(desk, OverviewAsked(days=90))
    numbers = [row.new for row in view.active]
    assert numbers == sorted(numbers, reverse=True)
    assert view.active[0].name == "North Korea – Russia"
    assert view.active[0].spark is not None
    assert view.active[0].new_href == f"/dyad/PRK/RUS?since={view.since}"


def test_overview_numbers_lead_to_what_they_count(client: TestClient, desk: Desk) -> None:
    for row in overview(desk, OverviewAsked(days=90)).active:
        for number, address in ((row.new, row.new_href), (row.conflict, f"{row.new_href}&quad=3&quad=4")):
            assert client.get(address.replace("?", ".json?")).json()["pager"]["total"] == number


def test_overview_change_compares_with_the_time_before(desk: Desk) -> None:
    row = next(row for row in overview(desk, OverviewAsked(days=90)).active if row.name == "North Korea – Russia")
    assert row.change is not None
    assert row.change > 0


def test_overview_tells_what_is_overdue(desk: Desk) -> None:
    view = overview(desk, OverviewAsked())
    assert view.overdue_count == len(view.overdue) == 1
    assert "Russia will send fuel" in view.overdue[0].words


def test_overview_page_has_a_search_box_and_its_window(client: TestClient) -> None:
    text = client.get("/?days=90").text
    assert 'action="/search"' in text
    assert 'name="q"' in text
    assert 'href="/?days=90" aria-current="true"' in text


def test_overview_other_windows_are_refused(client: TestClient) -> None:
    answer = client.get("/index.json?days=5")
    assert answer.status_code == 422
    assert "7, 30, 90, 365" in answer.json()["error"]["message"]
