from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.web.desk import Desk
from dragoman.web.pages.network import NetworkAsked, network_of


def test_network_counts_what_took_place_between_states(desk: Desk) -> None:
    view = network_of(desk, NetworkAsked(min=1))
    ties = {(row.one.name, row.other.name): row for row in view.rows}
    assert ties["North Korea", "Russia"].incidents > 3
    assert ties["North Korea", "Russia"].standing == "friendly"
    assert ("Russia", "United States") not in ties


def test_network_leaves_out_ties_of_few_incidents(desk: Desk) -> None:
    few, many = network_of(desk, NetworkAsked(min=1)), network_of(desk, NetworkAsked(min=3))
    assert many.ties < few.ties
    assert all(row.incidents >= 3 for row in many.rows)


def test_network_drawings_lie_within_their_box_and_are_the_same_again(desk: Desk) -> None:
    view = network_of(desk, NetworkAsked(min=1))
    for drawn in (view.wide, view.small):
        assert drawn.nodes
        assert all(n.x - n.r >= 0 and n.x + n.r <= drawn.width for n in drawn.nodes)
        assert all(n.y - n.r >= 0 and n.y + n.r <= drawn.height for n in drawn.nodes)
    assert network_of(desk, NetworkAsked(min=1)).wide == view.wide


def test_network_is_compared_with_as_many_days_before(desk: Desk) -> None:
    view = network_of(desk, NetworkAsked(since="2024-06-01", until="2024-06-30", min=1))
    assert view.before is not None
    assert (view.before.since, view.before.until) == ("2024-05-02", "2024-05-31")
    assert network_of(desk, NetworkAsked(until="2024-06-30")).before is None


def test_network_tells_the_score_of_the_time_before(desk: Desk) -> None:
    view = network_of(desk, NetworkAsked(since="2024-01", until="2024-12", min=1))
    row = next(row for row in view.rows if {row.one.name, row.other.name} == {"North Korea", "Russia"})
    assert row.before is not None
    assert row.before > row.mean


def test_network_says_what_balance_means(desk: Desk) -> None:
    full = network_of(desk, NetworkAsked())
    assert full.balance.signed == full.balance.friendly + full.balance.hostile > 0
    assert "triangle" in full.balance.words[1]
    nothing = network_of(desk, NetworkAsked(since="2024-08-01", min=1))
    assert "has a sign" in nothing.balance.words[0]


def test_network_numbers_lead_to_what_they_count(desk: Desk, client: TestClient) -> None:
    for row in network_of(desk, NetworkAsked(min=1)).rows:
        found = client.get(row.href.replace("?", ".json?", 1)).json()
        assert found["pager"]["total"] == row.incidents


def test_network_page_names_its_links(client: TestClient) -> None:
    text = client.get("/network?min=1").text
    assert 'aria-label="North Korea: ' in text
    assert 'aria-label="North Korea and Russia: friendly' in text
    assert 'href="/actor/PRK"' in text


def test_network_of_a_time_without_reports_says_so(client: TestClient) -> None:
    assert "Widen the time" in client.get("/network?since=1990&until=1991").text


@pytest.mark.parametrize("query", ["since=soon", "min=0", "show=some", "since=2024&until=2020"])
def test_network_refuses_what_is_no_question(client: TestClient, query: str) -> None:
    assert client.get(f"/network.json?{query}").status_code == 422
