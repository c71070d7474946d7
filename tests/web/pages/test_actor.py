from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.errors import DragomanError
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError
from dragoman.web.pages.actor import ActorAsked, ActorView, actor


def _ask(desk: Desk, key: str, **asked: object) -> ActorView:
    return actor(desk, ActorAsked(key=key, **asked))  # type: ignore[arg-type]


def test_actor_knows_a_state_with_its_people(desk: Desk) -> None:
    view = _ask(desk, "PRK")
    assert (view.name, view.code, view.who.kind) == ("North Korea", "PRK", "state")
    assert view.figures[0].number == len(desk.countries["PRK"])
    assert view.people[0].name.name == "Kim Jong Un"
    assert "Vladimir Putin" not in {row.name.name for row in view.people}


def test_actor_knows_offices_over_time(desk: Desk) -> None:
    view = _ask(desk, "Sergei Lavrov")
    assert view.who.kind == "person"
    assert view.who.country is not None
    assert view.who.country.href == "/actor/RUS"
    office = view.who.offices[0]
    assert (office.office, office.start, office.now) == ("Foreign Minister of Russia", "2004-03-09", True)
    assert office.bar is not None
    assert office.bar.width >= office.bar.sure_width > 0
    assert view.who.ticks


def test_actor_counts_with_whom(desk: Desk) -> None:
    rows = {row.name.name: row for row in _ask(desk, "PRK", part="counterparts").counterparts}
    assert {"Russia", "China", "South Korea", "United States"} <= set(rows)
    russia = rows["Russia"]
    assert russia.href == "/dyad/PRK/RUS"
    assert russia.incidents == russia.cooperation + russia.conflict
    assert max(row.cooperation_width + row.conflict_width for row in rows.values()) == pytest.approx(100)
    persons = {row.name.name for row in _ask(desk, "Kim Jong Un", part="counterparts").counterparts}
    assert {"Vladimir Putin", "Sergei Lavrov", "Xi Jinping"} <= persons


def test_actor_tells_whom_it_met(desk: Desk) -> None:
    met = _ask(desk, "Kim Jong Un", part="meetings").meetings
    assert [row.when.start for row in met] == sorted((row.when.start or "" for row in met), reverse=True)
    visit = next(row for row in met if row.when.start == "2024-06-19")
    assert (visit.kind, visit.way, visit.whom[0].name) == ("visit", "received", "Vladimir Putin")
    guest = _ask(desk, "Vladimir Putin", part="meetings", contact="visit").meetings
    assert "went there" in {row.way for row in guest}
    assert all(row.when.start != "2024-06-01" for row in guest)


def test_actor_tells_what_it_said_and_of_whom(desk: Desk) -> None:
    said = _ask(desk, "Kim Jong Un", part="said").said
    assert {row.words for row in said} >= {"“The line is low”"}
    assert all("Kim Jong Un" in row.speaker.name for row in said)
    state = _ask(desk, "PRK", part="said").said
    assert {row.id for row in said} <= {row.id for row in state}
    lee = _ask(desk, "Ann Lee")
    assert lee.who.known is False
    assert lee.said[0].marks[0].text == "contested"
    assert lee.said[0].told[0].href.startswith("/incident/")
    assert [row.id for row in _ask(desk, "Ann Lee", contested=True).said] == [row.id for row in lee.said]
    assert _ask(desk, "Sergei Lavrov", contested=True).said == ()


@pytest.mark.parametrize(
    ("asked", "clauses"),
    [
        (
            {"since": "2024-06-18", "type": ("AGREE",)},
            ["Kim promised to send builders", "Kim and Putin signed a treaty"],
        ),
        ({"until": "2019-05"}, ["Kim met Putin in Vladivostok"]),
        ({"quad": (4,)}, []),
    ],
)
def test_actor_keeps_filters(desk: Desk, asked: dict[str, object], clauses: list[str]) -> None:
    view = _ask(desk, "Kim Jong Un", part="incidents", **asked)
    assert [row.clause for row in view.incidents] == clauses
    assert len(view.filters) == len(asked)


def test_actor_of_a_body_has_members(desk: Desk, client: TestClient) -> None:
    view = _ask(desk, "Collective Security Treaty Organization")
    assert view.who.kind == "body"
    assert "Russia" in {ref.name for ref in view.who.members}
    assert client.get("/actor/NATO").status_code == 200


def test_actor_names_near_ones_for_a_stranger(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="Kim Jong Un"):
        _ask(desk, "Kim Jong Unn")
    with pytest.raises(DragomanError, match="not a day"):
        _ask(desk, "PRK", since="soon")


@pytest.mark.parametrize("part", ["overview", "incidents", "counterparts", "meetings", "said", "about", "people"])
@pytest.mark.parametrize("key", ["PRK", "Kim%20Jong%20Un", "Ann%20Lee", "NATO"])
def test_actor_pages_and_twins_are_there(client: TestClient, key: str, part: str) -> None:
    answer = client.get(f"/actor/{key}?part={part}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "style=" not in answer.text.split("<main", 1)[1]
    assert client.get(f"/actor/{key}.json?part={part}").json()["part"] == part
