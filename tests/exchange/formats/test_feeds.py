from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from email.utils import parsedate_to_datetime

from dragoman.exchange.formats.feeds import write_atom, write_rss
from tests.exchange.formats.world import found

A = "{http://www.w3.org/2005/Atom}"


def test_feeds_rss_round_trip() -> None:
    out = io.BytesIO()
    assert write_rss(found(), out, "A & B").rows == 4
    channel = ET.fromstring(out.getvalue()).find("channel")
    assert channel is not None
    assert [channel.findtext(name) for name in ("title", "link")] == ["A & B", "about:blank"]
    items = channel.findall("item")
    assert {item.findtext("guid") for item in items} == {f"urn:dragoman:incident:{each.id}" for each in found()}
    times = [parsedate_to_datetime(item.findtext("pubDate") or "") for item in items]
    assert times == sorted(times, reverse=True)
    assert {item.findtext("link") for item in items} == {"https://example.org/1", None}


def test_feeds_atom_round_trip() -> None:
    out = io.BytesIO()
    write_atom(found(), out, "A & B")
    feed = ET.fromstring(out.getvalue())
    assert [feed.findtext(f"{A}{name}") for name in ("id", "updated")] == [
        "urn:dragoman:feed:a-b",
        "2024-08-20T00:00:00+00:00",
    ]
    entries = feed.findall(f"{A}entry")
    assert {entry.findtext(f"{A}id") for entry in entries} == {f"urn:dragoman:incident:{each.id}" for each in found()}
    assert all(entry.findtext(f"{A}title") and entry.findtext(f"{A}updated") for entry in entries)


def test_feeds_of_nothing_are_sound_and_the_same_again() -> None:
    for write in (write_rss, write_atom):
        one, two = io.BytesIO(), io.BytesIO()
        assert write([], one, "t").rows == 0
        write([], two, "t")
        assert ET.fromstring(one.getvalue()) is not None
        assert one.getvalue() == two.getvalue()
