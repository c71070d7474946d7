from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter
from starlette.testclient import TestClient

from dragoman.web import Settings, create_app
from dragoman.web.keeper import Keeper
from dragoman.web.pages.base import Asked, action
from tests.web.conftest import BASE, TOKEN


class NoteAsked(Asked, frozen=True, kw_only=True):
    note: str


def _app_client(settings: Settings) -> TestClient:
    app = create_app(settings)
    router = APIRouter()
    seen: list[tuple[str, str]] = []

    def keep(keeper: Keeper, asked: NoteAsked, who: str) -> str:
        seen.append((who, asked.note))
        return "/"

    action(router, "/note", keep)
    app.include_router(router)
    app.state.seen = seen
    return TestClient(app, base_url=BASE, follow_redirects=False)


@pytest.fixture
def notes(made_record: Path) -> Iterator[TestClient]:
    """A workbench with one form."""
    with _app_client(Settings(record=made_record, token=TOKEN, upload_limit=1000)) as client:
        yield client


def test_security_headers_stand_on_every_answer(client: TestClient) -> None:
    for path in ("/", "/index.json", "/nothing", "/static/app.css", "/?colour=red"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'; script-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"


def test_security_headers_stand_on_failures(made_record: Path) -> None:
    app = create_app(Settings(record=made_record))

    @app.get("/broken")
    def broken() -> None:
        raise ZeroDivisionError("a secret of ours")

    answer = TestClient(app, base_url=BASE).get("/broken")
    assert answer.status_code == 500
    assert "content-security-policy" in answer.headers
    assert "secret" not in answer.text


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "localhost", "[::1]:8765", "127.0.0.5"])
def test_security_host_takes_loopback(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8765", "127.0.0.1.evil.example", "", "192.168.1.4", "[::1"]
)
def test_security_host_leaves_others(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 403


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {"token": TOKEN}),
        ({"x-dragoman-token": TOKEN}, {}),
        ({"origin": BASE, "sec-fetch-site": "same-origin"}, {"token": TOKEN}),
    ],
)
def test_security_write_takes_the_token(notes: TestClient, headers: dict[str, str], fields: dict[str, str]) -> None:
    answer = notes.post("/note", data={"note": "seen", **fields}, headers=headers)
    assert answer.status_code == 303
    assert notes.app.state.seen == [("analyst", "seen")]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({}, {}),
        ({}, {"token": "guess"}),
        ({"origin": "https://evil.example"}, {"token": TOKEN}),
        ({"origin": "null"}, {"token": TOKEN}),
        ({"sec-fetch-site": "cross-site"}, {"token": TOKEN}),
    ],
)
def test_security_write_leaves_what_is_not_ours(
    notes: TestClient, headers: dict[str, str], fields: dict[str, str]
) -> None:
    assert notes.post("/note", data={"note": "x", **fields}, headers=headers).status_code == 403
    assert notes.app.state.seen == []  # type: ignore[attr-defined]


def test_security_write_takes_forms_with_files(notes: TestClient) -> None:
    answer = notes.post("/note", data={"note": "seen", "token": TOKEN}, files={"file": b"small"})
    assert answer.status_code == 303


def test_security_write_is_capped(notes: TestClient) -> None:
    assert notes.post("/note", data={"note": "x" * 2000, "token": TOKEN}).status_code == 413


def test_security_write_is_refused_when_reading_only(made_record: Path) -> None:
    with _app_client(Settings(record=made_record, token=TOKEN, read_only=True)) as client:
        assert client.post("/note", data={"note": "x", "token": TOKEN}).status_code == 403


def test_security_write_says_which_field_is_wrong(notes: TestClient) -> None:
    answer = notes.post("/note", data={"token": TOKEN, "other": "x"})
    assert answer.status_code == 422
    assert "&#39;other&#39;" in answer.text


def _basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def test_security_password_is_asked_of_everybody(made_record: Path) -> None:
    settings = Settings(record=made_record, host="0.0.0.0", password="long enough", token=TOKEN)
    with _app_client(settings) as client:
        refused = client.get("/")
        assert refused.status_code == 401
        assert refused.headers["www-authenticate"].startswith("Basic")
        assert client.get("/static/app.css").status_code == 401
        assert client.get("/", headers=_basic("Ann", "wrong")).status_code == 401
        assert client.get("/", headers={"authorization": "Basic %%%"}).status_code == 401
        assert client.get("/", headers=_basic("Ann", "long enough")).status_code == 200
        client.post("/note", data={"note": "mine", "token": TOKEN}, headers=_basic("Ann", "long enough"))
        assert client.app.state.seen == [("Ann", "mine")]  # type: ignore[attr-defined]
