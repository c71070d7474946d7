from __future__ import annotations

import datetime
from typing import Any

import pytest

from dragoman.alerts.watches import EVER, Watch, is_recent, matches, turns
from dragoman.analysis.incidents import Incident, incidents
from dragoman.model import ReportedEvent
from tests.briefing.builders import report, unlike

TODAY = datetime.date(2024, 8, 3)
VISIT = unlike(
    report(
        "v",
        "Sergei Lavrov/RUS",
        "PRK",
        mode="visit",
        date="2024-08-01",
        evidence="Lavrov flew to Pyongyang",
        title="A guest",
    )
)
THREAT = unlike(report("t", "USA", "PRK", type="THREATEN", date="2024-08-02", evidence="Washington warned Pyongyang"))
PLAN = unlike(report("p", "PRK", "CHN", type="AID", status="planned", date="2024-09-01", evidence="A relief shipment"))


def found(watch: Watch, *reports: ReportedEvent) -> list[str]:
    return [each.event.id for each in matches(watch, incidents(reports or (VISIT, THREAT, PLAN)))]


@pytest.mark.parametrize(
    ("conditions", "told"),
    [
        ({"between": ("PRK", "RUS")}, ["v"]),
        ({"between": ("prk", "CHN")}, ["p"]),
        ({"between": ("RUS", "USA")}, []),
        ({"party": "PRK"}, ["v", "t", "p"]),
        ({"party": "North Korea"}, ["v", "t", "p"]),
        ({"person": "Sergei Lavrov"}, ["v"]),
        ({"person": "Wang Yi"}, []),
        ({"types": ("THREATEN", "AID")}, ["t", "p"]),
        ({"party": "PRK", "statuses": ("planned",)}, ["p"]),
        ({"keywords": ("WARNED",)}, ["t"]),
        ({"keywords": ("warn", "relief shipment")}, ["p"]),
        ({"keywords": ("guest",)}, ["v"]),
        ({"party": "PRK", "min_confidence": 0.9}, []),
    ],
)
def test_watches_match_on_all_conditions(conditions: dict[str, Any], told: list[str]) -> None:
    assert sorted(found(Watch(name="w", **conditions))) == sorted(told)


def visits(*days: str) -> list[ReportedEvent]:
    return [unlike(report(f"e-{day}", "RUS", "PRK", mode="visit", date=day, published=day)) for day in days]


def test_watches_tell_only_the_first_since_a_time() -> None:
    history = visits("2024-01-01", "2024-01-20", "2024-07-30")
    assert found(Watch(name="w", party="PRK", first_since=90 * 86400.0), *history) == ["e-2024-01-01", "e-2024-07-30"]
    assert found(Watch(name="w", party="PRK", first_since=EVER), *history) == ["e-2024-01-01"]


def incident(published: str | None) -> Incident:
    (one,) = incidents([report("v", "RUS", "PRK", published=published)])
    return one


@pytest.mark.parametrize(("published", "recent"), [("2024-08-01", True), ("2024-07-01", False), (None, True)])
def test_watches_take_old_news_for_none(published: str | None, recent: bool) -> None:
    assert is_recent(incident(published), TODAY, 7 * 86400.0) is recent


def test_watches_find_the_latest_turning_point_of_a_tie() -> None:
    history = [
        unlike(report(f"e{n}", "RUS", "PRK", type="CONSULT" if n < 20 else "SANCTION", date=day, published=day))
        for n in range(40)
        for day in [f"{2022 + n // 12}-{n % 12 + 1:02}-10"]
    ]
    watch = Watch(name="w", between=("RUS", "PRK"), turning_point=True)
    made = incidents(history)
    ((turn, keys),) = turns(watch, made, datetime.date(2024, 8, 3))
    assert not turn.rises
    assert keys == ("turn 2023-4 down", "turn 2023-3 down", "turn 2024-1 down")
    assert turns(watch, made, datetime.date(2030, 1, 1)) == []
    assert turns(Watch(name="w", between=("RUS", "USA"), turning_point=True), made, TODAY) == []
