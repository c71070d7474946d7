from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.errors import UsageError
from dragoman.web import Settings, create_app
from dragoman.web.limits import Buckets, client_of
from dragoman.web.rates import Rate, rate_of
from tests.web.conftest import BASE


class Clock:
    """A clock that goes when it is told."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("text", "number", "seconds"), [("20/s", 20, 1), ("300/min", 300, 60), (" 5000 / h ", 5000, 3600)]
)
def test_limits_rate_takes(text: str, number: int, seconds: float) -> None:
    assert rate_of(text) == Rate(number=number, seconds=seconds)
    assert rate_of(rate_of(text).words) == rate_of(text)  # type: ignore[union-attr]


@pytest.mark.parametrize("text", ["", "20", "0/s", "-1/s", "2.5/s", "20/day", "1e9/s", "s/20"])
def test_limits_rate_leaves(text: str) -> None:
    with pytest.raises(UsageError, match="20/s"):
        rate_of(text)


def test_limits_rate_may_be_none() -> None:
    assert rate_of("none") is None


def test_limits_bucket_gives_back_with_time() -> None:
    clock = Clock()
    buckets = Buckets(Rate(number=3, seconds=6), clock)
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]
    assert buckets.take("b") == 0
    clock.now += 1
    assert buckets.take("a") == pytest.approx(1)
    clock.now += 1
    assert buckets.take("a") == 0
    clock.now += 1000
    assert [buckets.take("a") for _ in range(4)] == [0, 0, 0, 2]


def test_limits_bucket_remembers_so_many_clients() -> None:
    buckets = Buckets(Rate(number=1, seconds=60), Clock(), clients=10)
    for number in range(1000):
        buckets.take(str(number))
    assert len(buckets) == 10
    assert buckets.take("999") > 0
    assert buckets.take("0") == 0


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::9", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
    ],
)
def test_limits_client_is_an_address_or_a_network(host: str, client: str) -> None:
    assert client_of({"type": "http", "client": (host, 4711)}) == client


def test_limits_client_may_be_unknown() -> None:
    assert client_of({"type": "http", "client": None}) == ""


@pytest.fixture
def limited(made_record: Path) -> Iterator[TestClient]:
    app = create_app(Settings(record=made_record, rate=Rate(number=2, seconds=3600)))
    with TestClient(app, base_url=BASE) as found:
        yield found


def test_limits_are_told_to_readers_and_to_programs(limited: TestClient) -> None:
    assert [limited.get("/due.json").status_code for _ in range(2)] == [200, 200]
    program, reader = limited.get("/due.json"), limited.get("/due")
    assert program.status_code == reader.status_code == 429
    assert 0 < int(program.headers["retry-after"]) <= 1800
    assert program.json()["error"]["status"] == 429
    assert "2/h" in program.json()["error"]["message"]
    assert "<h1>Too many requests</h1>" in reader.text
    assert "content-security-policy" in reader.headers


def test_limits_do_not_count_what_is_static(limited: TestClient) -> None:
    assert {limited.get("/static/app.css").status_code for _ in range(5)} == {200}
    assert limited.get("/due.json").status_code == 200


def test_limits_do_not_believe_a_proxy(limited: TestClient) -> None:
    told = [limited.get("/due.json", headers={"x-forwarded-for": f"192.0.2.{n}"}).status_code for n in range(3)]
    assert told == [200, 200, 429]


def test_limits_count_wrong_passwords(made_record: Path) -> None:
    settings = Settings(record=made_record, host="0.0.0.0", password="long enough", rate=Rate(number=1, seconds=3600))
    with TestClient(create_app(settings), base_url=BASE) as stranger:
        assert [stranger.get("/").status_code for _ in range(2)] == [401, 429]
