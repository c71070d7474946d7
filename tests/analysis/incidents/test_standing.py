"""How an incident stands, on whose word, and how many of the words are independent."""

from __future__ import annotations

import pytest

from dragoman.analysis.incidents import Incident, incidents
from dragoman.model import ReportedEvent
from tests.briefing.builders import report

KIM, LAVROV = "Kim Jong Un/PRK", "Sergei Lavrov/RUS"


def told(number: int, status: str, day: str, evidence: str = "Kim and Lavrov meet", **fields: object) -> ReportedEvent:
    given = {"date": "2023-10-19", "published": day, "after": f"; text {number}", **fields}
    return report(f"e{number}", KIM, LAVROV, status=status, evidence=evidence, **given)  # type: ignore[arg-type]


def one(*reports: ReportedEvent) -> Incident:
    (incident,) = incidents(reports)
    return incident


OFF = "Lavrov cancelled the visit"


@pytest.mark.parametrize(
    ("reports", "standing", "steps"),
    [
        ([told(1, "planned", "2023-10-01")], "announced", ["announced"]),
        (
            [told(1, "planned", "2023-10-01"), told(2, "actual", "2023-10-20")],
            "took place",
            ["announced", "took place"],
        ),
        (
            [told(1, "planned", "2023-10-01"), told(2, "denied", "2023-10-15", OFF)],
            "cancelled",
            ["announced", "cancelled"],
        ),
        (
            [told(1, "planned", "2023-10-01"), told(2, "denied", "2023-10-05", OFF), told(3, "planned", "2023-10-09")],
            "announced",
            ["announced", "cancelled", "announced"],
        ),
        ([told(1, "planned", "2023-10-01"), told(2, "denied", "2023-10-05")], "denied", ["announced", "denied"]),
        (
            [told(1, "actual", "2023-10-20"), told(2, "denied", "2023-10-21"), told(3, "actual", "2023-10-22")],
            "contested",
            ["took place", "denied", "took place"],
        ),
        ([told(1, "denied", "2023-10-20")], "denied", ["denied"]),
        ([told(1, "hypothetical", "2023-10-01")], "possible", ["possible"]),
        ([told(1, "habitual", "2023-10-01")], "goes on", ["goes on"]),
    ],
)
def test_standing_and_course(reports: list[ReportedEvent], standing: str, steps: list[str]) -> None:
    incident = one(*reports)
    assert (incident.standing, [step.standing for step in incident.course]) == (standing, steps)


def test_standing_of_what_is_put_off() -> None:
    first = told(1, "planned", "2023-10-01")
    moved = told(2, "planned", "2023-10-10", "the meeting was put off", date="2023-10-27")
    assert one(first, moved).standing == "put off"
    assert len(incidents([first, told(3, "planned", "2023-10-10", date="2023-10-27")])) == 2


def test_standing_says_who_tells_and_who_denies() -> None:
    incident = one(
        told(1, "actual", "2023-10-20", said_by="Ann Lee/USA"),
        told(2, "denied", "2023-10-21", said_by=LAVROV),
        told(3, "actual", "2023-10-21", publisher="Harbour Post"),
    )
    assert incident.confirmed_by == ("Ann Lee", "Harbour Post")
    assert incident.denied_by == ("Sergei Lavrov",)


@pytest.mark.parametrize(
    ("second", "count"),
    [
        pytest.param(told(2, "actual", "2023-10-21", publisher="Harbour Post"), 2, id="another newsroom"),
        pytest.param(told(2, "actual", "2023-10-21"), 1, id="the same newsroom"),
    ],
)
def test_standing_counts_newsrooms(second: ReportedEvent, count: int) -> None:
    assert len(one(told(1, "actual", "2023-10-20"), second).origins) == count


def test_standing_counts_a_side_with_its_media_once() -> None:
    incident = one(
        told(1, "actual", "2023-10-20", publisher="Korean Central News Agency"),
        told(2, "actual", "2023-10-20", publisher="Rodong Sinmun"),
        told(3, "actual", "2023-10-21", publisher="Morning Paper", said_by=KIM),
        told(4, "actual", "2023-10-21", publisher="TASS"),
    )
    assert [(origin.kind, origin.name, len(origin.reports)) for origin in incident.origins] == [
        ("side", "PRK", 3),
        ("side", "RUS", 1),
    ]


def test_standing_counts_the_people_of_a_third_state_once_and_the_unnamed_by_outlet() -> None:
    incident = one(
        told(1, "actual", "2023-10-20", said_by="Ann Lee/USA"),
        told(2, "actual", "2023-10-20", said_by="Bob Ray/USA", publisher="Harbour Post"),
        told(3, "actual", "2023-10-21", said_by="~two officials", publisher="Harbour Post"),
    )
    assert [(origin.kind, origin.name) for origin in incident.origins] == [
        ("state", "USA"),
        ("unnamed", "Harbour Post"),
    ]


def test_standing_counts_copies_once_and_keeps_them() -> None:
    text = "; and then they spoke for an hour about grain, rails and the price of coal in the ports of the north"
    first = told(1, "actual", "2023-10-20", after=text)
    copy = told(2, "actual", "2023-10-22", after=text, publisher="Reprinter")
    incident = one(first, copy)
    assert (len(incident.reports), incident.copies, len(incident.origins)) == (2, 1, 1)
    assert incident.joined[1].why == "the same words in a copy of a-e1"
