from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.fetching.addresses import Reach, may_reach, normalise, parse, resolve
from dragoman.fetching.failure import FetchError

PUBLIC, PRIVATE = Reach(), Reach(allow_private=True)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34"])
def test_addresses_reach_what_is_public(address: str) -> None:
    assert may_reach(address, PUBLIC)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "100.64.0.1", "::1", "fc00::1", "fec0::1", "::ffff:10.0.0.1",
     "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:0:0:0:0:80ff:fffe"],
)  # fmt: skip
def test_addresses_leave_what_is_private(address: str) -> None:
    assert not may_reach(address, PUBLIC)


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "fe80::1%eth0", "224.0.0.1", "0.0.0.0", "::", "x"])
def test_addresses_never_reach_link_local_and_multicast(address: str) -> None:
    assert not may_reach(address, PUBLIC)
    assert not may_reach(address, PRIVATE)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "::1"])
def test_addresses_reach_private_ones_when_allowed(address: str) -> None:
    assert may_reach(address, PRIVATE)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "gopher://example.org", "javascript:alert(1)", "//example.org/",
     "http://", "http:///a", "http://user:word@example.org/", "http://example.org:22/", "http://example.org:99999/",
     "http://[::1", "http://exa mple.org/", "http://example.org\\@127.0.0.1/", "http://example.org/\r\nHost: x",
     "http://" + "a" * 70 + ".org\u00e9/", "http://example.org/" + "a" * 3000],
)  # fmt: skip
def test_addresses_refuse_what_is_not_to_be_fetched(url: str) -> None:
    with pytest.raises(FetchError):
        parse(url, PUBLIC)


def test_addresses_take_ports_that_are_allowed() -> None:
    assert parse("http://example.org:8080/", Reach(ports=(8080,))).port == 8080


def test_addresses_refuse_a_host_of_which_one_address_is_private() -> None:
    target = parse("https://example.org/", PUBLIC)
    with pytest.raises(FetchError, match=r"10\.0\.0\.1.*allow_private"):
        resolve(target, PUBLIC, lambda host, port: ["93.184.216.34", "10.0.0.1"])
    assert resolve(target, PUBLIC, lambda host, port: ["93.184.216.34"]) == ["93.184.216.34"]


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "127.1", "localhost"])
def test_addresses_refuse_this_machine_however_it_is_written(host: str) -> None:
    with pytest.raises(FetchError):
        resolve(parse(f"http://{host}/", PUBLIC), PUBLIC)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("HTTP://Example.ORG:80/a#top", "http://example.org/a"),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/a?utm_source=x&id=3&fbclid=y", "https://example.org/a?id=3"),
        ("https://example.org/a?b=1&c", "https://example.org/a?b=1&c"),
        ("../b c", "https://example.org/b%20c"),
        ("//other.org/x", "https://other.org/x"),
        ("/caf\u00e9", "https://example.org/caf%C3%A9"),
        ("mailto:a", None),
        ("javascript:void(0)", None),
        ("http://[::1", None),
    ],
)
def test_addresses_are_known_under_one_form(url: str, normal: str | None) -> None:
    assert normalise(url, "https://example.org/a/b") == normal


@given(st.text(max_size=60))
def test_addresses_normalise_takes_anything_and_is_stable(url: str) -> None:
    once = normalise(url, "https://example.org/")
    assert once is None or normalise(once) == once
