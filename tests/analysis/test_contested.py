from __future__ import annotations

from dragoman.analysis.contested import contested
from dragoman.analysis.incidents import incidents
from tests.analysis.ties import Told, told
from tests.briefing.builders import report


def test_contested_sets_a_denial_beside_the_deeds_that_it_denies() -> None:
    sent = told("e1", type="AID", symmetric=False, date="2022-09-01", published="2022-09-06")
    denied = told("e2", type="AID", symmetric=False, status="denied", date=None, published="2022-09-22")
    (pair,) = contested([sent, denied])
    assert pair.denied.id == "e2"
    assert [each.id for each in pair.told] == ["e1"]


def test_contested_leaves_a_meeting_of_another_time() -> None:
    met = told("e1", date="2019-04-25", published="2019-04-26")
    denied = told("e2", status="denied", date=None, published="2023-05-01")
    (pair,) = contested([met, denied])
    assert pair.told == ()


def test_contested_leaves_a_plan_denied_before_the_meeting() -> None:
    denied = told("e1", status="denied", date=None, published="2023-09-11")
    met = told("e2", date=None, published="2023-09-13")
    (pair,) = contested([denied, met])
    assert pair.told == ()
    later = told("e3", status="denied", date=None, published="2023-09-14")
    (pair,) = contested([later, met])
    assert [each.id for each in pair.told] == ["e2"]


def test_contested_leaves_other_persons_sides_and_types() -> None:
    denied = told("e1", "Kim Jong Un/PRK", "Sergei Lavrov/RUS", status="denied")
    others = [
        told("e2", "Kim Jong Un/PRK", "Vladimir Putin/RUS"),
        told("e3", "Kim Jong Un/PRK", "Xi Jinping/CHN"),
        told("e4", "Kim Jong Un/PRK", "Sergei Lavrov/RUS", type="AGREE"),
    ]
    (pair,) = contested([denied, *others])
    assert pair.told == ()


def test_contested_takes_an_incident_that_its_own_reports_deny() -> None:
    day = "2024-08-01"
    reports = [
        report("e1", "Kim Jong Un/PRK", "Sergei Lavrov/RUS", date=day),
        report("e2", "Kim Jong Un/PRK", "Sergei Lavrov/RUS", date=day, status="denied", publisher="Evening Paper"),
    ]
    (incident,) = incidents(reports)
    (pair,) = contested([incident])
    assert pair.told == (incident,)
    assert pair.denied is incident
    assert contested([Told(reports=(reports[0],))]) == []
