from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.web.desk import Desk
from dragoman.web.locating import Window, framed
from dragoman.web.pages.map import MapAsked, map_


def test_map_sorts_incidents_by_how_well_their_place_is_known(desk: Desk) -> None:
    view = map_(desk, MapAsked(what="all"))
    located, named, none = (figure.number for figure in view.figures)
    assert located + named + none == len(desk.incidents)
    assert named > 0
    assert none > 0


def test_map_numbers_lead_to_what_they_count(desk: Desk, client: TestClient) -> None:
    for figure in map_(desk, MapAsked()).figures:
        address = figure.href.split("#")[0].replace("?", ".json?", 1)
        assert client.get(address).json()["pager"]["total"] == figure.number


def test_map_what_is_planned_is_apart_from_what_took_place(desk: Desk) -> None:
    rows = map_(desk, MapAsked(what="planned", placed="none")).rows
    assert {row.standing for row in rows} == {"announced"}
    assert "announced" not in {row.standing for row in map_(desk, MapAsked(placed="none")).rows}


def test_map_window_keeps_its_form() -> None:
    for bounds in ((120, 30, 122, 45), (0, 0, 90, 2), (-170, -60, 190, 80)):
        window = framed(*bounds)
        assert 390 <= window.height <= 630


@pytest.mark.parametrize(
    ("lat", "lon", "inside"),
    [(39.0, 125.7, True), (38.9, -77.0, True), (51.5, -0.1, False), (-60.0, 180.0, False)],
)
def test_map_window_may_cross_the_date_line(lat: float, lon: float, inside: bool) -> None:
    window = Window(west=100, south=-40, east=300, north=60)
    assert (window.place(lat, lon) is not None) is inside


def test_map_says_what_it_is(client: TestClient) -> None:
    text = client.get("/map?region=east-asia").text
    assert "No map of coasts and borders" in text
    assert 'aria-current="true">East Asia' in text


def test_map_ground_is_a_picture_without_styles(client: TestClient) -> None:
    answer = client.get("/map/ground.svg?bbox=120,30,135,45")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert "style" not in answer.text
    assert "<path" in answer.text


@pytest.mark.parametrize("query", ["bbox=1,2,3", "bbox=10,10,0,20", "region=moon", "since=soon", "bbox=a,b,c,d"])
def test_map_refuses_what_is_no_question(client: TestClient, query: str) -> None:
    assert client.get(f"/map.json?{query}").status_code == 422


def test_map_unknown_place_and_stranger_are_not_found(client: TestClient) -> None:
    assert client.get("/map?at=1.00,1.00").status_code == 404
    assert client.get("/map?a=Nobody+At+All").status_code == 404
