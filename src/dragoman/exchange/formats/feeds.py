"""A selection of incidents as a feed that news readers subscribe to: RSS 2.0 or Atom, the latest report first.

No clock: an entry's time is the day on which it was last reported, so that the same record gives the same bytes.
"""

from __future__ import annotations

import datetime
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from email.utils import format_datetime
from typing import BinaryIO, Final

from dragoman.analysis.incidents import Incident
from dragoman.briefing.cards import safe_url
from dragoman.briefing.wording import according_to, clause, date_words, event_words, one_line
from dragoman.exchange.formats.network import sound
from dragoman.exchange.formats.tables import Written

ATOM: Final = "http://www.w3.org/2005/Atom"
MOST: Final = 200
"""Entries of a feed; what was last reported earlier is left out."""
OLDER: Final = f"beyond the {MOST} latest"
UNDATED: Final = "without a day of publication"
HOME: Final = "about:blank"
"""A channel of RSS must have a link, and a file has no page of its own."""


def write_rss(found: Iterable[Incident], stream: BinaryIO, title: str) -> Written:
    """An item an incident, with its id as guid and the leading report's address as link."""
    written = Written()
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    kept = _kept(found, written)
    _texts(channel, title=title, link=HOME, description=f"{title}, from the news, with sources.", generator="Dragoman")
    if kept:
        _texts(channel, lastBuildDate=format_datetime(_time(kept[0])))
    for each in kept:
        item = ET.SubElement(channel, "item")
        _texts(item, title=_title(each), link=safe_url(each.lead.article.url), description=_told(each))
        ET.SubElement(item, "guid", {"isPermaLink": "false"}).text = _urn(each)
        _texts(item, category=each.type, pubDate=format_datetime(_time(each)))
    return _write(root, stream, written)


def write_atom(found: Iterable[Incident], stream: BinaryIO, title: str) -> Written:
    """An entry an incident, with its id and the leading report's address."""
    written = Written()
    kept = _kept(found, written)
    root = ET.Element("feed", {"xmlns": ATOM})
    last = _time(kept[0]) if kept else datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
    _texts(root, id=f"urn:dragoman:feed:{_slug(title)}", title=title, updated=last.isoformat(), generator="Dragoman")
    _texts(ET.SubElement(root, "author"), name="Dragoman")
    for each in kept:
        entry = ET.SubElement(root, "entry")
        _texts(entry, id=_urn(each), title=_title(each), updated=_time(each).isoformat())
        url = safe_url(each.lead.article.url)
        if url is not None:
            ET.SubElement(entry, "link", {"rel": "alternate", "href": sound(url)})
        ET.SubElement(entry, "category", {"term": each.type})
        ET.SubElement(entry, "content", {"type": "text"}).text = sound(_told(each))
    return _write(root, stream, written)


def _kept(found: Iterable[Incident], written: Written) -> list[Incident]:
    dated = []
    for each in found:
        if each.last_reported is None:
            written.left_out[UNDATED] += 1
        else:
            dated.append(each)
    dated.sort(key=lambda each: (each.last_reported or "", each.order), reverse=True)
    if len(dated) > MOST:
        written.left_out[OLDER] = len(dated) - MOST
    written.rows = min(len(dated), MOST)
    return dated[:MOST]


def _texts(made: ET.Element, **texts: str | None) -> None:
    for name, text in texts.items():
        if text:
            ET.SubElement(made, name).text = sound(text)


def _title(each: Incident) -> str:
    words = event_words(each)
    return words if each.date is None else f"{words} ({date_words(each.date)})"


def _told(each: Incident) -> str:
    number = len(each.origins)
    sources = f"{number} independent {'source' if number == 1 else 'sources'}"
    return f"“{clause(each.event)}” ({according_to(each.lead)}). It stands as {each.standing}, on {sources}."


def _urn(each: Incident) -> str:
    return f"urn:dragoman:incident:{_slug(each.id)}"


def _slug(text: str) -> str:
    return "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in one_line(text).lower()).split()) or "all"


def _time(each: Incident) -> datetime.datetime:
    return datetime.datetime.fromisoformat(each.last_reported or "1970-01-01").replace(tzinfo=datetime.UTC)


def _write(root: ET.Element, stream: BinaryIO, written: Written) -> Written:
    ET.indent(root)
    stream.write(ET.tostring(root, encoding="utf-8", xml_declaration=True) + b"\n")
    return written
