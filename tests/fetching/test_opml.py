from __future__ import annotations

import tomllib

import pytest

from dragoman.errors import InputError
from dragoman.fetching.opml import Listed, read_opml, to_toml

OPML = """<?xml version="1.0"?><opml version="2.0"><head><title>Ours</title></head><body>
<outline text="Asia"><outline text="Morning &quot;Post&quot;" type="rss" xmlUrl="https://a.example/feed"/>
<outline title="Agency" text="x" xmlUrl="https://b.example/feed"/></outline>
<outline text="Agency" xmlUrl="https://c.example/feed#x"/><outline text="Again" xmlUrl="https://a.example/feed"/>
<outline text="No feed" htmlUrl="https://d.example/"/><outline text="Bad" xmlUrl="file:///etc/passwd"/></body></opml>"""


def test_opml_gives_each_feed_once_with_a_name_of_its_own() -> None:
    listed = read_opml(OPML.encode(), "a.opml")
    assert listed == [
        Listed('Morning "Post"', "https://a.example/feed"),
        Listed("Agency", "https://b.example/feed"),
        Listed("Agency (2)", "https://c.example/feed"),
    ]
    assert tomllib.loads(to_toml(listed))["source"][0] == {
        "name": 'Morning "Post"',
        "feed": "https://a.example/feed",
    }


@pytest.mark.parametrize(
    "data", [b"", b"<opml", b"<rss/>", b"<opml><body/></opml>", b"<!DOCTYPE opml [<!ENTITY a 'b'>]><opml>&a;</opml>"]
)
def test_opml_refuses_what_is_none(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.opml"):
        read_opml(data, "a.opml")
