"""The client against a server of our own, hostile where it can be."""

from __future__ import annotations

import gzip
import time as real_time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler

import pytest

from dragoman.fetching.addresses import Reach
from dragoman.fetching.client import Client, Clock, retry_after
from dragoman.fetching.connection import Limits, Response
from dragoman.fetching.failure import FetchError
from tests.fetching.conftest import HERE, Time
from tests.fetching.server import Site, moved, packed

SMALL = Limits(size=10_000, idle=2.0, total=2.0)


def refused(client: Client, url: str, reach: Reach = HERE, limits: Limits = SMALL) -> FetchError:
    with pytest.raises(FetchError) as caught:
        client.get(url, reach, limits)
    return caught.value


def test_client_fetches_and_says_who_it_is(site: Site, time: Time) -> None:
    site.pages["/a?b=1"] = "news"
    answer = Client(clock=time.clock, contact="https://desk.example/").get(f"{site.url}/a?b=1", HERE, SMALL)
    assert (answer.status, answer.body) == (200, b"news")
    assert site.asked == ["/robots.txt", "/a?b=1"]
    assert site.headers[1]["user-agent"].startswith("Dragoman/")
    assert "(+https://desk.example/)" in site.headers[1]["user-agent"]


def test_client_reaches_no_private_address_unless_allowed(site: Site, client: Client) -> None:
    error = refused(client, f"{site.url}/a", Reach(ports=(site.port,)))
    assert "127.0.0.1" in str(error)
    assert not error.temporary
    assert site.asked == []


@pytest.mark.parametrize(
    "where",
    ["http://127.0.0.1:1/", "http://10.0.0.7/", "http://[::1]/", "http://169.254.169.254/latest", "file:///etc/passwd",
     "http://localhost/", "gopher://x/"],
)  # fmt: skip
def test_client_follows_no_redirect_into_the_local_network(where: str, time: Time) -> None:
    asked: list[str] = []

    def send(target: object, addresses: object, headers: object, limits: object) -> Response:
        url: str = target.url  # type: ignore[attr-defined]
        asked.append(url)
        return Response(url, 404 if url.endswith("robots.txt") else 302, {"location": where}, b"")

    def lookup(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "localhost" else [host] if host[0].isdigit() or ":" in host else ["8.8.8.8"]

    refused(Client(clock=time.clock, lookup=lookup, send=send), "https://news.example/a", Reach())
    assert asked == ["https://news.example/robots.txt", "https://news.example/a"]


def test_client_connects_to_the_address_that_was_checked(site: Site, time: Time) -> None:
    """A name that resolves to another address the second time (DNS rebinding) gains nothing: it is asked once."""
    site.pages["/a"] = "news"
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["10.0.0.1"]])
    client = Client(clock=time.clock, lookup=lambda host, port: next(answers))
    assert client.get(f"http://rebinding.example:{site.port}/a", HERE, SMALL).body == b"news"
    assert site.headers[1]["host"] == f"rebinding.example:{site.port}"


def test_client_follows_redirects_and_tells_where_it_ended(site: Site, client: Client) -> None:
    site.pages |= {"/a": moved("/b", 301), "/b": moved("c#part", 308), "/c": "news"}
    assert client.get(f"{site.url}/a", HERE, SMALL).url == f"{site.url}/c"


def test_client_gives_up_a_circle_of_redirects(site: Site, client: Client) -> None:
    site.pages["/a"] = moved("/a")
    assert "redirects" in str(refused(client, f"{site.url}/a"))


def test_client_refuses_a_body_that_is_too_large(site: Site, client: Client) -> None:
    site.pages["/a"] = b"x" * 10_001
    assert "larger" in str(refused(client, f"{site.url}/a"))


def test_client_refuses_a_body_without_length_that_is_too_large(site: Site, client: Client) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(50):
            handler.wfile.write(b"x" * 1000)

    site.pages["/a"] = endless
    assert "larger" in str(refused(client, f"{site.url}/a"))


def test_client_refuses_a_gzip_bomb(site: Site, client: Client) -> None:
    site.pages["/a"] = packed(b"\0" * 5_000_000)
    assert "Unpacked" in str(refused(client, f"{site.url}/a"))


def test_client_unpacks_several_members_as_one(site: Site, client: Client) -> None:
    site.pages["/a"] = (
        200,
        {"Content-Encoding": "gzip"},
        gzip.compress(b"one ", mtime=0) + gzip.compress(b"two", mtime=0),
    )
    assert client.get(f"{site.url}/a", HERE, SMALL).body == b"one two"


@pytest.mark.parametrize(
    ("coding", "body"), [("gzip", b"not gzip"), ("gzip", gzip.compress(b"a" * 99, mtime=0)[:-9]), ("br", b"x")]
)
def test_client_refuses_damaged_packing(site: Site, client: Client, coding: str, body: bytes) -> None:
    site.pages["/a"] = (200, {"Content-Encoding": coding}, body)
    assert "packed" in str(refused(client, f"{site.url}/a"))


def dripping(head: bool) -> Callable[[BaseHTTPRequestHandler], None]:
    """Sends a byte now and then, in the head or the body, and never comes to an end."""

    def drip(handler: BaseHTTPRequestHandler) -> None:
        if not head:
            handler.send_response(200)
            handler.end_headers()
        try:
            for _ in range(100):
                handler.wfile.write(b"H")
                handler.wfile.flush()
                real_time.sleep(0.05)
        except OSError:
            pass

    return drip


@pytest.mark.parametrize("head", [True, False])
def test_client_gives_up_a_slow_answer(site: Site, client: Client, head: bool) -> None:
    site.pages["/a"] = dripping(head)
    started = real_time.monotonic()
    error = refused(client, f"{site.url}/a", limits=Limits(size=10_000, idle=1.0, total=0.4))
    assert "longer than" in str(error)
    assert error.temporary
    assert real_time.monotonic() - started < 2


def test_client_tells_a_body_that_was_cut(site: Site, client: Client) -> None:
    def cut(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "100")
        handler.end_headers()
        handler.wfile.write(b"short")

    site.pages["/a"] = cut
    error = refused(client, f"{site.url}/a")
    assert "cut" in str(error)
    assert error.temporary


@pytest.mark.parametrize(
    "garbage",
    [b"", b"\0" * 500, b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n",
     b"HTTP/1.1 200 OK\r\nA: " + b"x" * 100_000, b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
     b"HTTP/1.1 302 Found\r\nLocation: http://[x\r\nContent-Length: 0\r\n\r\n"],
)  # fmt: skip
def test_client_takes_garbage_for_a_failure(site: Site, client: Client, garbage: bytes) -> None:
    site.pages["/a"] = lambda handler: handler.wfile.write(garbage) and None
    refused(client, f"{site.url}/a")


def test_client_leaves_a_pause_with_jitter(site: Site, time: Time) -> None:
    site.pages |= {"/a": "1", "/b": "2"}
    clock = Clock(now=lambda: time.now, sleep=time.sleep, chance=lambda: 0.5)
    client = Client(clock=clock, pause=2.0)
    client.get(f"{site.url}/a", HERE, SMALL)
    client.get(f"{site.url}/b", HERE, SMALL)
    assert time.slept == [2.5, 2.5]  # after robots.txt, after the first page


def test_client_waits_as_long_as_robots_txt_asks(site: Site, client: Client, time: Time) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nCrawl-delay: 10", "/a": "1", "/b": "2"}
    client.get(f"{site.url}/a", HERE, SMALL)
    client.get(f"{site.url}/b", HERE, SMALL)
    assert time.slept[-1] == 10


@pytest.mark.parametrize("status", [429, 503])
def test_client_leaves_a_busy_site_alone_as_long_as_it_asks(
    site: Site, client: Client, time: Time, status: int
) -> None:
    site.pages |= {"/a": (status, {"Retry-After": "120"}, b""), "/b": "news"}
    error = refused(client, f"{site.url}/a")
    assert (error.temporary, error.after) == (True, 120)
    assert refused(client, f"{site.url}/b").after == pytest.approx(120)
    assert site.times("/b") == 0
    time.now += 121
    assert client.get(f"{site.url}/b", HERE, SMALL).body == b"news"


def test_client_backs_off_ever_longer_from_a_site_that_stays_busy(site: Site, client: Client, time: Time) -> None:
    site.pages["/a"] = (429, {}, b"")
    waits = []
    for _ in range(3):
        waits.append(refused(client, f"{site.url}/a").after or 0)
        time.now += waits[-1] + 1
    assert waits == [60, 120, 240]


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("30", 30.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 60.0), ("Wed, 21 Oct 1999 07:28:00 GMT", 0.0), ("soon", None)],
)
def test_client_reads_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, 1792567620.0) == seconds


def test_client_asks_only_for_what_changed(site: Site, client: Client) -> None:
    site.pages["/feed"] = (200, {"ETag": '"1"'}, b"feed")
    etag = client.get(f"{site.url}/feed", HERE, SMALL).headers["etag"]
    assert client.get(f"{site.url}/feed", HERE, SMALL, etag=etag, modified="yesterday").status == 304
    assert site.headers[-1]["if-modified-since"] == "yesterday"


@pytest.mark.parametrize(("status", "temporary"), [(404, False), (410, False), (403, False), (500, True), (502, True)])
def test_client_tells_what_may_be_tried_again(site: Site, client: Client, status: int, temporary: bool) -> None:
    site.pages["/a"] = (status, {}, b"")
    assert refused(client, f"{site.url}/a").temporary is temporary


def test_client_heeds_robots_txt_and_asks_for_it_once(site: Site, client: Client, time: Time) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /private", "/a": "1", "/b": "2", "/private/c": "3"}
    client.get(f"{site.url}/a", HERE, SMALL)
    client.get(f"{site.url}/b", HERE, SMALL)
    assert "robots.txt" in str(refused(client, f"{site.url}/private/c"))
    assert (site.times("/robots.txt"), site.times("/private/c")) == (1, 0)
    time.now += 25 * 3600
    client.get(f"{site.url}/a", HERE, SMALL)
    assert site.times("/robots.txt") == 2


def test_client_heeds_robots_txt_after_a_redirect(site: Site, client: Client) -> None:
    site.pages |= {"/robots.txt": "User-agent: *\nDisallow: /b", "/a": moved("/b"), "/b": "x"}
    refused(client, f"{site.url}/a")
    assert site.times("/b") == 0


@pytest.mark.parametrize(("status", "temporary"), [(401, False), (403, False), (500, True), (503, True)])
def test_client_fetches_nothing_where_robots_txt_cannot_be_had(
    site: Site, client: Client, status: int, temporary: bool
) -> None:
    site.pages |= {"/robots.txt": (status, {}, b""), "/a": "news"}
    assert refused(client, f"{site.url}/a").temporary is temporary
    assert site.times("/a") == 0


def test_client_tells_a_server_that_is_not_there(client: Client) -> None:
    assert refused(client, "http://127.0.0.1:9/a").temporary
