from __future__ import annotations

import csv
import html
import io
import json
import re

import pytest
from starlette.testclient import TestClient

from dragoman.errors import DragomanError
from dragoman.web.desk import Desk
from dragoman.web.pages.search import SearchAsked, SearchView, search


def _ask(desk: Desk, **asked: object) -> SearchView:
    return search(desk, SearchAsked(**asked))  # type: ignore[arg-type]


def _texts(view: SearchView) -> list[str]:
    return ["".join(piece.text for piece in row.text) for row in view.rows]


def test_search_finds_events_first_and_leads_to_the_incident(desk: Desk) -> None:
    view = _ask(desk, q="Lavrov praised")
    assert (view.shown, _texts(view)) == ("events", ["Lavrov praised his hosts"])
    (row,) = view.rows
    assert row.href == f"/incident/{desk.event('e06')[1].id}"
    assert row.article.href == "/article/a-e06#e06"
    assert [piece.text for piece in row.text if piece.hit] == ["Lavrov", "praised"]
    assert row.quad == 1


def test_search_shows_what_there_is_where_no_event_is_found(desk: Desk) -> None:
    claims = _ask(desk, q='"the line is low"')
    assert claims.shown == "claims"
    (row,) = claims.rows
    assert row.href == "/article/full#c1"
    assert row.by is not None
    assert row.by.href == "/actor/Kim%20Jong%20Un"
    articles = _ask(desk, q="subscribe")
    assert (articles.shown, [row.id for row in articles.rows]) == ("articles", ["full"])


def test_search_counts_each_kind_on_its_tab(desk: Desk) -> None:
    view = _ask(desk, q="Panmunjom OR line OR Lavrov")
    assert [tab.words for tab in view.tabs] == ["Events", "Claims", "Articles"]
    for tab, kind in zip(view.tabs, ("events", "claims", "articles"), strict=True):
        assert tab.number == _ask(desk, q="Panmunjom OR line OR Lavrov", kind=kind).pager.total


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({"type": ("THREATEN",)}, {"e15"}),
        ({"q": "Kim", "status": ("denied",)}, {"e08"}),
        ({"dyad": ("prk-chn",)}, {"e13", "e14"}),
        ({"party": ("Xi Jinping",)}, {"e13"}),
        ({"party": ("Lavrov", "PRK"), "q": "talked"}, {"e05"}),
        ({"outlet": ("TASS",)}, {"e06", "e20"}),
        ({"since": "2024-06-19", "until": "2024-06-20"}, {"e09", "e10", "e11"}),
        ({"year": ("2019",)}, {"e01", "e13"}),
    ],
)
def test_search_keeps_filters(desk: Desk, asked: dict[str, object], ids: set[str]) -> None:
    view = _ask(desk, kind="events", **asked)
    assert {row.id for row in view.rows} == ids
    assert view.set


def test_search_narrows_by_links(desk: Desk) -> None:
    view = _ask(desk, q="Putin", kind="events", type=("AGREE",))
    kinds = next(group for group in view.groups if group.name == "Type of event")
    assert {choice.words: choice.chosen for choice in kinds.choices} == {"CONSULT": False, "AGREE": True}
    assert kinds.choices[0].href == "/search?q=Putin&kind=events&type=AGREE&type=CONSULT"
    assert view.set[0].href == "/search?q=Putin&kind=events"


def test_search_suggests_and_does_not_decide(desk: Desk) -> None:
    view = _ask(desk, q="baloons")
    assert view.rows == ()
    assert view.meant is not None
    assert (view.meant.name, view.meant.href) == ("balloons", "/search?q=balloons")


@pytest.mark.parametrize("q", ['"', "((", "title:", "a AND (b", "***", "-", "\\", "^2", "[a TO b]", "é" * 300, "OR OR"])
def test_search_takes_any_question(client: TestClient, q: str) -> None:
    answer = client.get("/search", params={"q": q})
    assert answer.status_code == 200
    assert client.get("/search.csv", params={"q": q}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ({"q": "x" * 401}, "400 or fewer"),
        ({"dyad": ("PRK",)}, "like PRK-RUS"),
        ({"dyad": ("PRK-XXX",)}, "like PRK-RUS"),
        ({"since": "yesterday"}, "not a day"),
        ({"party": ("Kim Jong Unn",)}, "Kim Jong Un"),
    ],
)
def test_search_says_what_cannot_be_asked(desk: Desk, asked: dict[str, object], told: str) -> None:
    with pytest.raises(DragomanError, match=told):
        _ask(desk, **asked)


def test_search_is_a_page_with_a_twin(client: TestClient) -> None:
    answer = client.get("/search?q=Lavrov&kind=events")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert "<mark>Lavrov</mark>" in answer.text
    twin = client.get("/search.json?q=Lavrov&kind=events").json()
    assert [row["id"] for row in twin["rows"]] == list(re.findall(r'<li class="row[^"]*" id="(\w+)"', answer.text))
    assert client.get("/search?kind=nothing").status_code == 422
    assert "All words must be there" in client.get("/search").text


def test_search_pages_through_and_stops(desk: Desk) -> None:
    first = _ask(desk, kind="events", party=("PRK",))
    assert first.pager.after is not None
    second = _ask(desk, kind="events", party=("PRK",), page=2)
    assert not {row.id for row in first.rows} & {row.id for row in second.rows}
    assert second.pager.total == first.pager.total
    assert second.pager.after is None
    assert _ask(desk, kind="events", party=("PRK",), page=99).rows == ()


def test_search_leaves_hostile_text_without_effect(client: TestClient) -> None:
    for address in ("/search?q=refused+north&kind=events", "/search?q=alert&kind=articles", "/search?q=gazette"):
        text = client.get(address).text
        assert "<script>alert" not in text
        assert "onerror=alert" not in html.unescape(re.sub(r"<[^>]*>", "", text)) or "&lt;img" in text
        assert "\u202e" not in text
        assert "javascript:" not in text
    echoed = client.get("/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in echoed


def test_search_exports_all_that_is_found(client: TestClient) -> None:
    answer = client.get("/search.csv?q=Kim&kind=events")
    assert answer.headers["content-disposition"] == 'attachment; filename="events.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    lines = [json.loads(line) for line in client.get("/search.jsonl?q=Kim&kind=events").text.splitlines()]
    total = client.get("/search.json?q=Kim&kind=events").json()["pager"]["total"]
    assert [row["id"] for row in rows] == [line["id"] for line in lines]
    assert len(rows) == total
    assert {row["kind"] for row in csv.DictReader(io.StringIO(client.get("/search.csv?q=Kim").text))} == {
        "event",
        "claim",
        "article",
    }
    assert client.get("/search.csv?q=unheard").text.count("\n") == 1
    assert client.get("/search.csv?since=soon").status_code == 422


def test_search_sees_what_a_writer_added(writer: TestClient) -> None:
    from dragoman.record import Record
    from tests.record.builders import coded

    assert writer.get("/search.json?q=zeppelin").json()["pager"]["total"] == 0
    Record(writer.app.state.keeper.path).append([coded("z", text="A zeppelin came.")])  # type: ignore[attr-defined]
    for _ in range(50):
        view = writer.get("/search.json?q=zeppelin").json()
        if not view["behind"]:
            break
    assert view["pager"]["total"] == 1
