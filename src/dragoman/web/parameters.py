"""What the fields of addresses mean, in words: all pages name the same thing alike.

A field whose meaning is another on one page says so there, by `msgspec.Meta(description=...)`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from dragoman.web.desk import Desk

_DAY: Final = "a day (2024-08-02), a month (2024-08) or a year"
WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "a": "A state by code or name, or a person or body by name",
        "about": "Whom the words name: a state by code or name, or a person or body by name",
        "add": "A stretch of the text, '120-240', of which an event is to be made",
        "article_id": "The id of an article",
        "at": "The place whose incidents are listed, as the rows of the map name it",
        "b": "The other side, likewise",
        "bbox": "A window in degrees: west,south,east,north",
        "because": "Why, in words that are kept with the decision",
        "bodies": "Whether organizations stand beside states",
        "by": "Whom the words are of (claims), or the length of the periods of the index (ties)",
        "confidence": "The least confidence of the surest report",
        "contact": "The kind of meeting or call",
        "contested": "Only what somebody else denies",
        "correct": "The id of an event whose form stands open",
        "day": "A day: 2024-08-02",
        "days": "How many days back, or to either side",
        "date_end": "The last day, where it is not the first",
        "date_start": "The first day: 2024-08-02",
        "decision": "The key of a decision",
        "direction": "Who acts: the first side, the second, or either",
        "dyad": "Two states by their codes: PRK-RUS",
        "end": "Where the words end, in code points of the article's text",
        "event": "The id of an event",
        "event_id": "The id of an event report",
        "fields": "The fields that the form shows, so that an empty one says 'not known'",
        "figure": "The number of the brief that is listed: f1 and on",
        "incident_id": "The id of an incident, or the beginning of only one",
        "key": "A state by code, or a person or body by name",
        "kind": "Which kind",
        "least": "The least confidence",
        "like": "Others of the same type alone",
        "min": "How many incidents a tie must have",
        "min_confidence": "The least confidence",
        "mode": "The mode of the type, as the codebook names it",
        "month": "A month: 2024-08",
        "most": "The highest confidence",
        "n": "How many events the random sample has",
        "name": "The name of an outlet",
        "next": "Where to go on: an address of the workbench",
        "of": "Whom the words name",
        "one": "One side: a state by code, or a person or body by name",
        "order": "The queue, or a random sample",
        "origins": "The least number of independent sources",
        "other": "The other side, likewise; in a form the id of the other incident",
        "outlet": "An outlet by name",
        "page": "Which page of the list, counted from 1; beyond the last it is the last",
        "part": "Which part of the page is shown whole",
        "party": "A state by code, or anybody by name",
        "pasted": "The id or the address of the other incident",
        "per": "How many rows a page has, where not as many as the page for readers",
        "person": "Somebody who takes part, by name",
        "place": "Where, by name",
        "placed": "Only those whose place is found, only named, or not told",
        "publisher": "An outlet by name",
        "q": "Words, with the signs that the search page explains",
        "quad": "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict",
        "recipients": "Whom it is done to, by name, with ';' between them",
        "actors": "Who acts, by name, with ';' between them",
        "region": "A window of the map, by name",
        "report": "The reports that are an incident of their own, by the ids of their events",
        "second": "Only events of which a second coder, a language model, says something else",
        "seed": "The seed of the random sample",
        "show": "What is shown",
        "since": f"Not before: {_DAY}",
        "sort": "The order",
        "source": "On whose word: a kind of source, or part of the name of one",
        "standing": "How an incident stands",
        "start": "Where the words begin, in code points of the article's text",
        "state": "How a pledge stands",
        "status": "How the words put it",
        "symmetric": "Whether both sides do the same",
        "take": "The second coder with whose type and status the form begins",
        "told": f"First told since: {_DAY}",
        "type": "The type of event, by the codebook",
        "until": f"Not after: {_DAY}",
        "versus": "The other side of a tie that is shown beside this one",
        "voices": "Whose voices count",
        "week": "A week, by any day of it",
        "what": "What of it: what took place, what was announced, all",
        "which": "What of the time is listed",
        "words": "The words of the text that tell of the event",
        "year": "A year: 2024",
    }
)
SEGMENT: Final = "In a path '/' is written ~2F, '%' ~25, '~' ~7E, and an end in '.json' ~2Ejson."


def examples(desk: Desk) -> Mapping[str, str]:
    """Values out of a record for fields that need one; none for what an empty record has not."""
    found: dict[str, str] = {"bbox": "120,30,140,45"}
    pair = max(desk.pairs, key=lambda each: (len(desk.pairs[each]), each), default=None)
    if pair is not None:
        found |= {"one": pair[0], "other": pair[1], "key": pair[0], "a": pair[0], "b": pair[1]}
    if desk.incidents:
        latest = desk.incidents[-1]
        found |= {"incident_id": latest.id, "event_id": latest.reports[0].event.id}
        found["article_id"] = latest.reports[0].article.id
    published: Sequence[str] = sorted({card.publisher for card in desk.articles.values() if card.publisher})
    if published:
        found["name"] = published[0]
    return found
