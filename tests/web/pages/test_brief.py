from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.web import briefs
from dragoman.web.briefs import brief_now, brief_soon, order_of
from dragoman.web.desk import Desk
from dragoman.web.pages import brief as page
from dragoman.web.pages.brief import BriefAsked, brief


def test_brief_without_a_party_offers_ties(desk: Desk) -> None:
    view = brief(desk, BriefAsked())
    assert view.parts is None
    assert view.ties[0].href == "/brief?a=PRK&b=RUS"


def test_brief_tells_a_tie(desk: Desk) -> None:
    view = brief(desk, BriefAsked(a="PRK", b="Russia"))
    assert view.parts is not None
    assert view.parts.title == "North Korea and Russia"
    assert view.parts.gist
    assert view.parts.key
    assert view.parts.disputes
    assert view.swapped == "/brief?a=Russia&b=PRK"


def test_brief_numbers_lead_to_what_they_count(desk: Desk, client: TestClient) -> None:
    view = brief(desk, BriefAsked(a="PRK", b="RUS"))
    assert view.parts is not None
    numbers = [piece for told in view.parts.gist for piece in told if piece.href and piece.text.isdigit()]
    assert numbers
    for piece in numbers:
        assert "figure=" in (piece.href or "")
        address = (piece.href or "").split("#")[0].replace("?", ".json?", 1)
        assert client.get(address).json()["counted"]["pager"]["total"] == int(piece.text)


def test_brief_whole_number_leads_to_the_tie(desk: Desk, client: TestClient) -> None:
    view = brief(desk, BriefAsked(a="PRK", b="RUS", since="2024"))
    assert view.parts is not None
    first = view.parts.gist[0][0]
    assert first.text == "5 incidents"
    assert client.get((first.href or "").replace("?", ".json?", 1)).json()["pager"]["total"] == 5


def test_brief_every_link_of_its_sentences_is_there(desk: Desk, client: TestClient) -> None:
    parts = brief(desk, BriefAsked(a="PRK", b="RUS")).parts
    assert parts is not None
    text = client.get("/brief?a=PRK&b=RUS").text
    for address in {piece.href for told in parts.gist for piece in told if piece.href}:
        if address.startswith("#"):
            assert f'id="{address[1:]}"' in text
        else:
            assert client.get(address).status_code == 200


def test_brief_window_and_confidence_narrow_it(desk: Desk) -> None:
    late = brief(desk, BriefAsked(a="PRK", b="RUS", since="2024"))
    assert late.parts is not None
    assert all(line.when >= "2024" or "2024" in line.when for line in late.parts.key)
    none = brief(desk, BriefAsked(a="PRK", b="RUS", since="1990", until="1991"))
    assert none.parts is not None
    assert "no report" in (none.parts.empty or "")


def test_brief_of_one_party_has_counterparts(desk: Desk) -> None:
    view = brief(desk, BriefAsked(b="PRK"))
    assert view.parts is not None
    assert next(row.name for row in view.parts.counterparts) == "Russia"


def test_brief_of_many_incidents_is_made_behind_the_reader(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(briefs, "SMALL", 0)
    monkeypatch.setattr(briefs, "WAIT", 0.0)
    order = order_of(desk, "PRK", "USA", None, None, None)
    assert order is not None
    soon = brief_soon(desk, order)
    made = brief_now(desk, order)
    assert soon is None or soon is made
    assert brief_soon(desk, order) is made


def test_brief_in_the_making_loads_itself_again(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page, "brief_soon", lambda desk, order: None)
    text = client.get("/brief?a=PRK&b=KOR").text
    assert 'http-equiv="refresh"' in text
    assert "being put together" in text
    assert client.get("/brief.json?a=PRK&b=KOR").json()["parts"] is None


@pytest.mark.parametrize(
    ("ending", "begins"), [("md", b"# North Korea"), ("html", b"<!doctype html>"), ("pdf", b"%PDF")]
)
def test_brief_can_be_downloaded(client: TestClient, ending: str, begins: bytes) -> None:
    if ending == "pdf":
        pytest.importorskip("typst")
    answer = client.get(f"/brief.{ending}?a=PRK&b=RUS&since=2024")
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"] == f'attachment; filename="brief-prk-rus-2024-01-01.{ending}"'


def test_brief_without_typst_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    answer = client.get("/brief.pdf?a=PRK&b=RUS")
    assert answer.status_code == 501
    assert "dragoman[pdf]" in answer.text
    monkeypatch.setattr(page, "_has_typst", lambda: False)
    assert "needs the extra" in client.get("/brief?a=PRK&b=RUS").text


def test_brief_chart_is_a_picture(client: TestClient) -> None:
    answer = client.get("/brief.svg?a=PRK&b=RUS")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert client.get("/brief.svg?a=USA&b=PRK").status_code == 404


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/brief?a=PRK&b=PRK", 422),
        ("/brief?a=Nobody+At+All", 404),
        ("/brief?a=PRK&min_confidence=2", 422),
        ("/brief?a=PRK&b=RUS&figure=f999", 422),
        ("/brief.md", 422),
    ],
)
def test_brief_refuses_what_is_no_question(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_brief_page_holds_no_style_or_script_of_its_own(client: TestClient) -> None:
    text = client.get("/brief?a=PRK&b=USA").text
    assert "<style" not in text
    assert " style=" not in text
    assert "<script>" not in text
    assert "onerror=" not in text.replace("onerror=alert", "") or "&lt;img" in text
