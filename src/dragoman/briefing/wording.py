"""How events are put in words for a person: dates, sides, sources and clauses, the same in tables, briefs and pages."""

from __future__ import annotations

import calendar
import datetime
import re

from dragoman.knowledge.actors import load_actors
from dragoman.model import Event, EventDate, Party, ReportedEvent


def date_words(date: EventDate | None) -> str:
    """'2023-10-19', 'Sep 2023', '2019', '2023-06-23 to 24'; '(no date)' when the text gives none."""
    if date is None:
        return "(no date)"
    start, end = datetime.date.fromisoformat(date.start), datetime.date.fromisoformat(date.end)
    if start == end:
        return date.start
    if start.day == 1 and end == _month_end(end):
        if (start.year, start.month) == (end.year, end.month):
            return f"{start:%b %Y}"
        if start.month == 1 and end.month == 12:
            return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        return f"{start:%b} to {end:%b %Y}" if start.year == end.year else f"{start:%b %Y} to {end:%b %Y}"
    if (start.year, start.month) == (end.year, end.month):
        return f"{date.start} to {end.day:02}"
    return f"{date.start} to {date.end}"


def party_words(party: Party) -> str:
    """A side as a reader knows it: the person, body or state; else the words of the text with the state."""
    if party.actor:
        return party.actor
    state = load_actors().by_code.get(party.country or "")
    words = one_line(party.text)
    if state is None or state.name in words or any(a in words for a in state.adjectives):
        return words
    return f"{words} ({state.name})"


def side_words(parties: tuple[Party, ...]) -> str:
    """One side of an event: 'Kim Jong Un and Choe Son Hui', 'China, Japan and 3 more'."""
    names = list(dict.fromkeys(party_words(p) for p in parties))
    if not names:
        return "(nobody named)"
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def sides(event: Event) -> str:
    """'Russia → North Korea'; with ↔ for what both do."""
    arrow = "↔" if event.symmetric else "→"
    return f"{side_words(event.actors)} {arrow} {side_words(event.recipients)}"


def according_to(reported: ReportedEvent) -> str:
    """Who says so, from the first to say it to the publisher: 'Sergei Lavrov, by Tass, by Radio Free Asia'."""
    chain = reported.event.chain or ((reported.article.publisher,) if reported.article.publisher else ())
    return ", by ".join(one_line(name) for name in chain) if chain else "(publisher not known)"


def clause(event: Event, limit: int = 240) -> str:
    """The words that state the event, on one line, cut at a word with '…' beyond the limit."""
    words = one_line(event.evidence.text)
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0] + " …"


def one_line(text: str) -> str:
    """White space folded, and characters that steer a terminal or turn the direction of text left out."""
    return re.sub(
        r"\s+", " ", re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    ).strip()


def _month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
