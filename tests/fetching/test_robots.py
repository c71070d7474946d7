from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.fetching.robots import read_robots

TEXT = """# ours
User-agent: GreedyBot
Disallow: /

User-agent: *
Disallow: /search
Disallow: /*.pdf$
Disallow: /a/*/print
Allow: /search/about
Crawl-delay: 5
"""


@pytest.mark.parametrize("path", ["/", "/search/about?x=1", "/a.pdf?x", "/a/b/c", "/a/print", "/Search"])
def test_robots_allow(path: str) -> None:
    assert read_robots(TEXT).allow(path)


@pytest.mark.parametrize("path", ["/search", "/search?q=1", "/searching", "/x/a.pdf", "/a/b/print/2", "/%73earch"])
def test_robots_disallow(path: str) -> None:
    assert not read_robots(TEXT).allow(path)


def test_robots_prefer_rules_for_us() -> None:
    rules = read_robots("User-agent: *\nDisallow:\n\nUser-agent: other\nUser-agent: Dragoman\nDisallow: /x\n")
    assert not rules.allow("/x")
    assert read_robots("User-agent: other\nDisallow: /x\n").allow("/x")


def test_robots_delay_is_heard_within_reason() -> None:
    assert read_robots(TEXT).delay == 5
    assert read_robots("User-agent: *\nCrawl-delay: 86400").delay == 60
    assert read_robots("User-agent: *\nCrawl-delay: nan, please").delay == 0


@given(st.text(alphabet="Dis alow:User-agent*/$%\n\r\0é", max_size=200), st.text(alphabet="/ab*$%é", max_size=20))
def test_robots_take_anything(text: str, path: str) -> None:
    read_robots("User-agent: *\n" + text).allow("/" + path)
