from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from dragoman.web.desk import Desk
from dragoman.web.pages.review import ReviewAsked, review
from dragoman.web.queue import Wanted, alone, grave, queue, recent, unsure


def ids(desk: Desk, **wanted: object) -> list[str]:
    return [each.id for each in queue(desk, Wanted(**wanted))]  # type: ignore[arg-type]


def test_queue_begins_with_what_is_least_sure_and_would_cost_most(desk: Desk) -> None:
    found = queue(desk, Wanted())
    assert [c.score for c in found] == sorted((c.score for c in found), reverse=True)
    assert len(found) == desk.report_count()
    assert found[0].type in ("AID", "CONSULT")


def test_queue_parts_are_highest_where_they_should_be(desk: Desk) -> None:
    assert unsure(0.5) == 1
    assert unsure(0.0) == unsure(1.0) == 0
    assault, words = desk.event("e07")[0].event, desk.event("e14")[0].event
    assert grave(assault) > grave(words)
    assert alone(1) == 1 > alone(4)
    assert recent("2024-08-02", "2024-08-02") == 1
    assert recent("2023-08-03", "2024-08-02") == pytest.approx(0.75)
    assert recent(None, "2024-08-02") == 0.5


def test_queue_filters_by_dyad_type_publisher_and_confidence(desk: Desk) -> None:
    assert set(ids(desk, one="PRK", other="CHN")) == {"e13", "e14"}
    assert set(ids(desk, one="Sergei Lavrov")) == {"e04", "e05", "e06"}
    assert set(ids(desk, types=("SANCTION",))) == {"e03", "e16"}
    assert set(ids(desk, publisher="KCNA")) == {"e08", "e15"}
    assert ids(desk, most=0.5) == ["e30"]
    assert "e30" not in ids(desk, least=0.5)


def test_queue_samples_are_drawn_from_what_the_filters_leave(desk: Desk) -> None:
    sample = ids(desk, publisher="Harbour Post", sample=3)
    assert len(sample) == 3
    assert set(sample) <= set(ids(desk, publisher="Harbour Post"))
    assert sample != ids(desk, publisher="Harbour Post", sample=3, seed=2)


def test_review_shows_the_clause_with_its_sides_marked(desk: Desk) -> None:
    view = review(desk, ReviewAsked(event="e30"))
    assert view.shown is not None
    pieces = view.shown.pieces
    assert "".join(p.text for p in pieces if p.clause) == "Kim Jong Un met Moon Jae-in on Friday"
    assert [(p.text, p.role) for p in pieces if p.role] == [("Kim Jong Un", "actor"), ("Moon Jae-in", "recipient")]
    assert view.after is not None


def test_review_is_a_page_with_its_twin(client: TestClient) -> None:
    page = client.get("/review?type=AID")
    assert page.status_code == 200
    assert 'data-key="a"' in page.text
    twin = client.get("/review.json?type=AID").json()
    assert twin["total"] == 4
    assert twin["shown"]["choice"]["type"] == "AID"


@pytest.mark.parametrize("query", ["least=2", "type=DANCE", "order=worst", "n=0", "colour=red"])
def test_review_says_what_cannot_be_asked(client: TestClient, query: str) -> None:
    assert client.get(f"/review?{query}").status_code == 422


def test_review_tells_unknown_parties_and_events(client: TestClient) -> None:
    assert client.get("/review?a=Atlantis").status_code == 404
    assert client.get("/review?event=none").status_code == 404


def test_review_of_a_hostile_article_runs_nothing(client: TestClient) -> None:
    page = client.get("/review?event=e18").text
    assert "<script>alert" not in page
    assert "onerror=alert" not in re.sub(r"&lt;.*?&gt;", "", page)
    assert "\u202e" not in page


def test_review_goes_on_with_the_next_and_keeps_figures(writer: TestClient) -> None:
    first = writer.get("/review.json?a=PRK&b=RUS").json()
    shown = first["shown"]["choice"]["id"]
    answer = writer.post(f"/event/{shown}/reject", data={"next": first["after"]})
    after = writer.get(answer.headers["location"].replace("/review?", "/review.json?")).json()
    assert after["undecided"] == first["undecided"] - 1
    assert after["shown"]["choice"]["id"] != shown
    assert after["all_decided"]["rows"][-1]["rejected"] == 1
    assert f"event={shown}" in after["last"][0]["href"]
    back = writer.get(f"/review.json?event={shown}").json()
    assert back["shown"]["choice"]["state"] == "rejected"


def test_review_shows_no_buttons_where_nothing_may_be_written(own_record: object) -> None:
    from dragoman.web import Settings, create_app
    from tests.web.conftest import BASE

    with TestClient(create_app(Settings(record=own_record, read_only=True)), base_url=BASE) as reader:  # type: ignore[arg-type]
        assert "<button data-key" not in reader.get("/review").text
        assert 'method="post"' not in reader.get("/review").text


def test_review_of_a_sample_says_how_far_it_is(writer: TestClient) -> None:
    view = writer.get("/review.json?order=sample&n=2").json()
    assert (view["sample"]["decided"], view["sample"]["of"]) == (0, 2)
    for _ in range(2):
        shown = writer.get("/review.json?order=sample&n=2").json()["shown"]["choice"]["id"]
        writer.post(f"/event/{shown}/accept")
    page = writer.get("/review?order=sample&n=2").text
    assert "The sample is complete." in page
    assert "Everything here is decided." in page
