from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient


def test_app_page_and_twin_give_the_same(client: TestClient) -> None:
    page, twin = client.get("/"), client.get("/index.json")
    assert page.status_code == twin.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert 'href="/index.json"' in page.text
    assert twin.json()


@pytest.mark.parametrize("path", ["/nothing", "/nothing.json", "/static/nothing.css"])
def test_app_unknown_address_is_told(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "no such page" in answer.text.lower()


def test_app_unknown_question_says_what_is_valid(client: TestClient) -> None:
    page, twin = client.get("/?colour=red"), client.get("/index.json?colour=red")
    assert page.status_code == twin.status_code == 422
    assert "does not know 'colour'" in twin.json()["error"]["message"]
    assert "<h1>" in page.text


def test_app_pages_have_one_heading_and_no_inline_code(client: TestClient) -> None:
    text = client.get("/").text
    assert text.count("<h1") == 1
    assert not re.search(r"<[^>]+\s(style|on\w+)=", text)
    assert not re.search(r"<script(?![^>]*(src=|application/json))", text)


def test_app_hostile_words_are_escaped(client: TestClient) -> None:
    text = client.get("/?days=90").text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert "\u202e" not in text


def test_app_serves_its_assets(client: TestClient) -> None:
    for path in ("/static/app.css", "/static/app.js", "/static/vendor/htmx.min.js", "/static/icon.svg"):
        assert client.get(path).status_code == 200
    assert "vegaEmbed" in client.get("/static/vega.js").text
