"""What is planned as an iCalendar file (RFC 5545): incidents in, text with its escapes, folds and line ends out.

No clock: an entry's stamp is the day of its last report, so that the same record gives the same bytes.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final

from dragoman.analysis.incidents import Incident
from dragoman.analysis.pledges import Pledge
from dragoman.briefing.cards import safe_url
from dragoman.briefing.wording import clause, date_words, event_words, one_line, shortened
from dragoman.exchange.formats.parts import event_of
from dragoman.exchange.formats.tables import Written
from dragoman.model import Event

OCTETS: Final = 75
EPOCH: Final = "1970-01-01"
_SPECIAL: Final = re.compile(r"[\\;,]")


def icalendar(title: str, found: Iterable[Incident], pledges: Mapping[str, Pledge]) -> str:
    """A calendar of whole-day entries, one for each incident that has a date; `title` is what programs call it."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Dragoman//Workbench//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(title)}",
    ]
    for each in found:
        lines += _entry(each, pledges.get(each.id))
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in folded(line))


def write_icalendar(found: Iterable[Incident], stream: BinaryIO, title: str) -> Written:
    """What is planned or put off among the incidents and has a date; the rest is no appointment."""
    written = Written()
    kept = []
    for each in found:
        if each.status != "planned":
            written.left_out["not planned"] += 1
        elif each.date is None:
            written.left_out["without a date"] += 1
        else:
            kept.append(each)
    stream.write(icalendar(title, kept, {}).encode("utf-8", "replace"))
    written.rows = len(kept)
    return written


def escaped(text: str) -> str:
    """A text value: one line without unseen characters, its special ones escaped."""
    return _SPECIAL.sub(lambda found: f"\\{found.group()}", one_line(text))


def folded(line: str) -> Iterator[str]:
    """The parts of a content line, none longer than 75 octets of UTF-8; no character is cut."""
    part, size = "", 0
    for letter in line:
        width = len(letter.encode("utf-8", "replace"))
        if size + width > OCTETS:
            yield part
            part, size = " ", 1
        part += letter
        size += width
    yield part


def _entry(each: Incident, pledge: Pledge | None) -> list[str]:
    assert each.date is not None
    stamp = _day(each.last_reported or each.first_reported or EPOCH)
    start, end = (datetime.date.fromisoformat(day) for day in (each.date.start, each.date.end))
    told = event_of(each)
    place, url = _where(told), safe_url(each.lead.article.url)
    lines = [
        "BEGIN:VEVENT",
        f"UID:{escaped(each.id)}@dragoman",
        f"DTSTAMP:{stamp}T000000Z",
        f"DTSTART;VALUE=DATE:{_day(each.date.start)}",
    ]
    if end < datetime.date.max:
        lines.append(f"DTEND;VALUE=DATE:{_day((end + datetime.timedelta(days=1)).isoformat())}")
    lines.append(f"SUMMARY:{escaped(_summary(each, pledge))}")
    words = _description(each, pledge, exact=start == end)
    lines.append("DESCRIPTION:" + "\\n".join(escaped(part) for part in words))
    if place:
        lines.append(f"LOCATION:{escaped(place)}")
    if each.place is not None and each.place.lat is not None and each.place.lon is not None:
        lines.append(f"GEO:{each.place.lat:.5f};{each.place.lon:.5f}")
    if url:
        lines.append(f"URL:{url}")
    return [
        *lines,
        f"CATEGORIES:{each.type}",
        f"STATUS:{'CANCELLED' if each.standing == 'put off' else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _summary(each: Incident, pledge: Pledge | None) -> str:
    words = shortened(event_words(event_of(each)), 160)
    if pledge is not None and pledge.state == "overdue":
        return f"Overdue: {words}"
    if pledge is not None and pledge.kind != "schedule":
        return f"Due ({pledge.kind}): {words}"
    return f"Put off: {words}" if each.standing == "put off" else words


def _description(each: Incident, pledge: Pledge | None, *, exact: bool) -> list[str]:
    article = each.lead.article
    told = f"{one_line(article.publisher or 'publisher not known')}, {article.published or 'day not known'}"
    lines = [f"“{clause(each.event)}”", f"{told}."]
    if not exact:
        lines.append(f"Some time in {date_words(each.date)}.")
    number = len(each.origins)
    lines.append(f"It stands as {each.standing}, on {number} independent {'source' if number == 1 else 'sources'}.")
    if pledge is not None and pledge.state == "overdue":
        lines.append("Its time is over and nothing tells what became of it.")
    return lines


def _where(event: Event) -> str | None:
    return shortened(one_line(event.place.name or event.place.text), 80) if event.place is not None else None


def _day(text: str) -> str:
    return text[:10].replace("-", "")
