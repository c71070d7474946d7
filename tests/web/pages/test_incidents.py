from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from dragoman.analysis.incidents import Incident
from dragoman.web.desk import Desk
from dragoman.web.pages.incidents import IncidentsAsked, incidents


def found(desk: Desk, **asked: Any) -> list[Incident]:
    return [desk.incident(row.id) for row in incidents(desk, IncidentsAsked(**asked)).rows]


def test_incidents_lists_all_the_newest_first(desk: Desk) -> None:
    assert found(desk) == list(reversed(desk.incidents))
    assert found(desk, sort="oldest") == list(desk.incidents)


@pytest.mark.parametrize(
    "asked",
    [
        {"type": ("AID",)},
        {"quad": (3, 4)},
        {"standing": ("announced",)},
        {"person": "Kim Jong Un"},
        {"person": "CHN"},
        {"source": ("third party",)},
        {"origins": 2},
        {"confidence": 0.5},
        {"since": "2024-06", "until": "2024-06-10"},
        {"told": "2024-06-10"},
    ],
)
def test_incidents_filters_leave_some_and_can_be_taken_away(desk: Desk, asked: dict[str, Any]) -> None:
    view = incidents(desk, IncidentsAsked(**asked))
    assert len(view.filters) == len(asked)
    assert view.pager.total <= len(desk.incidents)
    for name, value in asked.items():
        if name in ("type", "quad", "standing"):
            assert view.rows
            assert all(getattr(desk.incident(row.id), name) in value for row in view.rows)


def test_incidents_of_a_window_are_those_of_its_days(desk: Desk) -> None:
    days = [each.order[0] for each in found(desk, since="2024-06", until="2024-06-10")]
    assert days
    assert all("2024-06-01" <= day <= "2024-06-10" for day in days)


def test_incidents_with_most_sources_come_first_when_asked(desk: Desk) -> None:
    numbers = [len(each.origins) for each in found(desk, sort="sources")]
    assert numbers == sorted(numbers, reverse=True)


def test_incidents_page_and_twin(client: TestClient) -> None:
    page = client.get("/incidents?type=AID&origins=1&confidence=0.1")
    assert page.status_code == 200
    assert "type: AID" in page.text
    assert client.get("/incidents.json?type=AID").json()["pager"]["total"] > 0
    assert client.get("/incidents?person=Nobody").status_code == 404
    assert client.get("/incidents?since=yesterday").status_code == 422
    assert client.get("/incidents?by=month").status_code == 422
