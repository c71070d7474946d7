from __future__ import annotations

import pytest

from dragoman.analysis.pledges import Pledge, open_at, pledges
from tests.analysis.ties import Told, told

PLAN = told(
    "plan", "Sergei Lavrov/RUS", "PRK", mode="visit", status="planned", date="2024-04-10", published="2024-04-01"
)
MET = told("met", "Sergei Lavrov/RUS", "PRK", date="2024-04-11", published="2024-04-12")


def only(as_of: str, *happened: Told) -> Pledge:
    (found,) = pledges(happened, as_of=as_of)
    return found


def test_pledges_are_promises_threats_demands_and_schedules() -> None:
    happened = [
        told("a", type="AGREE", symmetric=False),
        told("b", type="THREATEN"),
        told("c", type="REQUEST"),
        told("d", status="planned", date="2024-05-01"),
        told("e", type="ACCUSE"),
        told("f", type="AGREE", status="denied"),
        told("g", type="ACCUSE", status="planned", date="2024-05-01"),
    ]
    assert [(p.kind, p.what.id) for p in pledges(happened, as_of="2024-03-05")] == [
        ("promise", "a"), ("threat", "b"), ("demand", "c"), ("schedule", "d")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "happened", "state"),
    [
        ("2024-04-05", [PLAN], "open"),
        ("2024-04-10", [PLAN], "open"),
        ("2024-04-11", [PLAN], "overdue"),
        ("2024-04-30", [PLAN, MET], "fulfilled"),
        ("2024-04-11", [PLAN, MET], "overdue"),
        ("2024-04-30", [PLAN, told("d", "Sergei Lavrov/RUS", "PRK", status="denied", date="2024-04-10",
                                   published="2024-04-09", mode="visit")], "broken"),
    ],
)  # fmt: skip
def test_pledges_stand_as_they_were_known_on_the_day(as_of: str, happened: list[Told], state: str) -> None:
    found = {p.what.id: p for p in pledges(happened, as_of=as_of)}
    assert found["plan"].state == state


def test_pledges_know_nothing_reported_after_the_day() -> None:
    assert pledges([PLAN, MET], as_of="2024-03-31") == []


@pytest.mark.parametrize(
    ("as_of", "state"), [("2024-04-05", "open"), ("2024-04-11", "overdue"), ("2024-04-12", "fulfilled")]
)
def test_pledges_take_an_incident_that_was_planned_and_came(as_of: str, state: str) -> None:
    """An incident holds the reports of the plan and of the visit."""
    incident = Told(reports=(*MET.reports, *PLAN.reports))
    found = only(as_of, incident)
    assert (found.kind, found.made, found.state) == ("schedule", "2024-04-01", state)


def test_pledges_that_are_told_both_ways_are_disputed() -> None:
    promise = told("p", type="AGREE", symmetric=False, words="promised to supply fuel and never to attack")
    kept = told("k", type="AID", date="2024-03-20", published="2024-03-21")
    broken = told("b", type="ASSAULT", date="2024-03-22", published="2024-03-23")
    assert only("2024-04-01", promise, kept).state == "fulfilled"
    assert only("2024-04-01", promise, broken).state == "broken"
    assert only("2024-04-01", promise, kept, broken).state == "disputed"


def test_pledges_have_the_time_they_are_given_for() -> None:
    promise = told("p", type="AGREE", symmetric=False, date=("2024-12-01", "2024-12-31"))
    found = only("2024-03-05", promise)
    assert found.due is not None
    assert (found.made, found.due.end) == ("2024-03-02", "2024-12-31")


def test_pledges_leave_out_plans_first_told_when_their_time_was_over() -> None:
    assert pledges([told("p", status="planned", date="2023-05-01")], as_of="2024-04-01") == []


def test_pledges_overview_has_the_overdue_first_then_by_day() -> None:
    happened = [
        told("late", status="planned", date="2024-03-10"),
        told("soon", "PRK", "CHN", status="planned", date="2024-06-01"),
        told("sooner", "PRK", "MNG", status="planned", date="2024-05-01"),
        told("someday", "PRK", "VNM", status="planned", date=None),
    ]
    found = open_at(pledges(happened, as_of="2024-04-01"))
    assert [p.what.id for p in found] == ["late", "sooner", "soon", "someday"]


def test_pledges_do_not_hang_on_the_order_given() -> None:
    happened = [PLAN, MET, told("t", type="THREATEN"), told("a", type="AGREE")]
    assert pledges(happened, as_of="2024-05-01") == pledges(happened[::-1], as_of="2024-05-01")
