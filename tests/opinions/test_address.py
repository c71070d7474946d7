"""Which addresses a model may be asked at."""

from __future__ import annotations

import pytest

from dragoman.errors import UsageError
from dragoman.opinions.address import completions_of, find_endpoint


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("http://127.0.0.1:8000", "http://127.0.0.1:8000/v1/chat/completions"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000/v1/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("https://llm.example/v1/", "https://llm.example/v1/chat/completions"),
        ("https://llm.example/openai/v1", "https://llm.example/openai/v1/chat/completions"),
        ("https://llm.example/v1beta/openai", "https://llm.example/v1beta/openai/chat/completions"),
        ("https://llm.example/api", "https://llm.example/api/v1/chat/completions"),
        ("https://llm.example/v1/chat/completions", "https://llm.example/v1/chat/completions"),
        ("http://[::1]:8000", "http://[::1]:8000/v1/chat/completions"),
    ],
)
def test_address_is_taken_with_and_without_version(address: str, where: str) -> None:
    assert completions_of(address).url == where


@pytest.mark.parametrize(
    "address",
    [
        "",
        "llm.example",
        "ftp://llm.example",
        "file:///etc/passwd",
        "http://",
        "http://me:secret@llm.example",
        "https://llm.example/v1?key=secret",
        "https://llm.example/v1#secret",
        "http://llm.example:port",
        "http://[::1",
        "http://a b/",
    ],
)
def test_address_that_is_none_is_refused_without_repeating_secrets(address: str) -> None:
    with pytest.raises(UsageError) as error:
        completions_of(address)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    ("address", "found", "distance"),
    [
        ("http://127.0.0.1:8000", ["127.0.0.1"], "this machine"),
        ("http://localhost:8000", ["::1", "127.0.0.1"], "this machine"),
        ("http://box.lan:8000", ["192.168.1.5"], "a private network"),
        ("http://box.lan:8000", ["127.0.0.1", "10.0.0.1"], "a private network"),
        ("https://llm.example", ["93.184.215.14"], "the internet"),
        ("https://llm.example", ["10.0.0.1", "93.184.215.14"], "the internet"),
    ],
)
def test_address_tells_how_far_away_it_is(address: str, found: list[str], distance: str) -> None:
    assert find_endpoint(address, lookup=lambda *_: found).distance == distance


@pytest.mark.parametrize("found", [["93.184.215.14"], ["127.0.0.1", "93.184.215.14"]])
def test_address_on_the_internet_must_be_encrypted_or_named_insecure(found: list[str]) -> None:
    with pytest.raises(UsageError, match="--insecure"):
        find_endpoint("http://llm.example", lookup=lambda *_: found)
    assert find_endpoint("http://llm.example", insecure=True, lookup=lambda *_: found).host == "llm.example"


@pytest.mark.parametrize("found", [["169.254.169.254"], ["224.0.0.1"], ["127.0.0.1", "169.254.169.254"]])
def test_address_that_is_never_reached(found: list[str]) -> None:
    with pytest.raises(UsageError, match="no public address"):
        find_endpoint("http://llm.example", insecure=True, lookup=lambda *_: found)


def test_address_that_cannot_be_found() -> None:
    def nowhere(host: str, port: int) -> list[str]:
        raise OSError("unknown host")

    with pytest.raises(UsageError, match="cannot be found"):
        find_endpoint("https://llm.example", lookup=nowhere)
