"""Pages are quick because they do not open the record: this is counted, since a clock says something else each time."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dragoman.record.query import Look

LISTS = (
    "/",
    "/?days=90",
    "/incidents",
    "/incidents?type=AID&origins=2&sort=sources",
    "/dyad",
    "/dyad?a=PRK",
    "/dyad/PRK/RUS",
    "/dyad/PRK/RUS?since=2023&type=CONSULT&source=press&versus=CHN",
    "/dyad/PRK/RUS/meetings",
    "/dyad/PRK/RUS/pledges",
    "/due",
    "/incident/{incident}",
    "/actor/PRK",
    "/actor/Kim%20Jong%20Un",
    "/outlet",
    "/outlet/Harbour%20Post",
    "/network",
    "/map",
    "/calendar",
    "/brief?a=PRK&b=RUS",
    "/review",
    "/review?type=AID",
)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Grows by one each time that the record is opened."""
    found: list[str] = []
    whole = Look.__init__

    def counting(self: Look, *args: object, **kwargs: object) -> None:
        found.append("opened")
        whole(self, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(Look, "__init__", counting)
    return found


@pytest.mark.parametrize("path", LISTS)
def test_reads_a_page_opens_the_record_once_for_all_at_most(client: TestClient, opened: list[str], path: str) -> None:
    address = path.format(incident=client.get("/incidents.json").json()["rows"][0]["id"])
    assert client.get(address).status_code == 200
    opened.clear()
    assert client.get(address).status_code == 200
    assert opened == []


@pytest.mark.parametrize("path", ["/incidents?person=PRK", "/dyad/PRK/USA?type=REJECT", "/?days=365", "/dyad?page=2"])
def test_reads_lists_never_open_the_record(client: TestClient, opened: list[str], path: str) -> None:
    client.get("/")
    opened.clear()
    assert client.get(path).status_code == 200
    assert opened == []


def test_reads_an_article_is_read_once(client: TestClient, opened: list[str]) -> None:
    client.get("/article/full")
    opened.clear()
    assert client.get("/article/full").status_code == 200
    assert opened == []
