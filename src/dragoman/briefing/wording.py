"""How events are put in words for a person: dates, sides, sources and clauses, the same in tables, briefs and pages."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from dragoman.analysis.occurrence import Act
from dragoman.analysis.parties import is_state
from dragoman.knowledge.actors import load_actors
from dragoman.model import Event, EventDate, EventType, Party, ReportedEvent

NAME_LIMIT: Final = 90
PRONOUNS: Final = frozenset({"he", "she", "it", "they", "we", "him", "her", "them", "us", "his", "its", "their", "our"})
UNSEEN: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ud800-\udfff\ue000-\uf8ff\U000e0000-\U0010ffff]"
)
"""Characters that steer a terminal, turn the direction of text or cannot be seen; no news text needs them."""


class Verb(NamedTuple):
    """A type of event as a verb: 'A {did} B', 'A to {do} B'; of two sides together 'A and B {both_did}'."""

    did: str
    do: str
    both_did: str
    both_do: str


VERBS: Final[dict[EventType, Verb]] = {
    "AGREE": Verb("made a promise or offer to", "make a promise or offer to", "agreed", "agree"),
    "CONSULT": Verb("was in touch with", "be in touch with", "met", "meet"),
    "SUPPORT": Verb("praised or backed", "praise or back", "strengthened ties", "strengthen ties"),
    "CONCEDE": Verb("gave way in words to", "give way in words to", "gave way in words", "give way in words"),
    "COOPERATE": Verb("worked together with", "work together with", "worked together", "work together"),
    "AID": Verb("gave aid to", "give aid to", "gave each other aid", "give each other aid"),
    "RETREAT": Verb("gave way in deeds to", "give way in deeds to", "gave way in deeds", "give way in deeds"),
    "REQUEST": Verb("called on", "call on", "called on each other", "call on each other"),
    "ACCUSE": Verb("criticised or accused", "criticise or accuse", "accused each other", "accuse each other"),
    "REJECT": Verb("rebuffed or contradicted", "rebuff or contradict", "rebuffed each other", "rebuff each other"),
    "THREATEN": Verb("warned or threatened", "warn or threaten", "threatened each other", "threaten each other"),
    "PROTEST": Verb("protested against", "protest against", "protested", "protest"),
    "SANCTION": Verb("sanctioned or cut ties with", "sanction or cut ties with", "cut ties", "cut ties"),
    "MOBILIZE": Verb("showed force toward", "show force toward", "showed force", "show force"),
    "COERCE": Verb("used coercion against", "use coercion against", "coerced each other", "coerce each other"),
    "ASSAULT": Verb("attacked", "attack", "fought", "fight"),
}
NOUNS: Final[dict[str, str]] = {
    "AGREE": "promises and agreements",
    "CONSULT": "contacts",
    "SUPPORT": "words and acts of support",
    "CONCEDE": "concessions in words",
    "COOPERATE": "acts of cooperation",
    "AID": "acts of aid",
    "RETREAT": "concessions in deeds",
    "REQUEST": "demands and requests",
    "ACCUSE": "accusations",
    "REJECT": "rebuffs",
    "THREATEN": "threats",
    "PROTEST": "protests",
    "SANCTION": "sanctions",
    "MOBILIZE": "shows of force",
    "COERCE": "acts of coercion",
    "ASSAULT": "attacks",
}
"""What several events of a type are called."""
MODE_VERBS: Final[dict[tuple[EventType, str], Verb]] = {
    ("CONSULT", "visit"): Verb("visited", "visit", "met", "meet"),
    ("CONSULT", "phone"): Verb("telephoned", "telephone", "spoke by telephone", "speak by telephone"),
    ("RETREAT", "withdraw"): Verb("withdrew from", "withdraw from", "withdrew", "withdraw"),
    ("RETREAT", "release"): Verb("released people or goods to", "release people or goods to", "released", "release"),
    ("SANCTION", "expel"): Verb("expelled diplomats of", "expel diplomats of", "expelled diplomats", "expel diplomats"),
    ("SANCTION", "withdraw"): Verb("withdrew from ties with", "withdraw from ties with", "withdrew", "withdraw"),
}


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
        return shortened(one_line(party.actor), NAME_LIMIT)
    state = load_actors().by_code.get(party.country or "")
    words = shortened(one_line(party.text), NAME_LIMIT)
    if state is not None and words.lower() in PRONOUNS:
        return state.name
    if state is None or any(name in words for name in (state.name, *state.adjectives)):
        return words
    return f"{words} ({state.name})"


def side_words(parties: Sequence[Party]) -> str:
    """One side of an event: 'Kim Jong Un and Choe Son Hui', 'China, Japan and 3 more'."""
    names = list(dict.fromkeys(party_words(p) for p in parties))
    if not names:
        return "(nobody named)"
    if len(names) > 4:
        return f"{', '.join(names[:3])} and {len(names) - 3} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def sides(event: Act) -> str:
    """'Russia → North Korea'; with ↔ for what both do."""
    arrow = "↔" if event.symmetric else "→"
    return f"{side_words(event.actors)} {arrow} {side_words(event.recipients)}"


def event_words(event: Act) -> str:
    """The event in plain words: 'Kim Jong Un and Sergei Lavrov met', 'Russia to give aid to North Korea'."""
    verb = MODE_VERBS.get((event.type, event.mode or ""), VERBS[event.type])
    if event.symmetric or (
        event.type == "CONSULT" and event.mode == "visit" and not all(map(is_state, event.recipients))
    ):
        # Of a visit to somebody the actor may be guest or host; what is sure is that they met.
        who, did, do = side_words((*event.actors, *event.recipients)), verb.both_did, verb.both_do
        whom = ""
    else:
        who = side_words(event.actors) if event.actors else "Someone not named"
        did, do = verb.did, verb.do
        whom = " " + (side_words(event.recipients) if event.recipients else "someone not named")
    who = who[:1].upper() + who[1:]
    match event.status:
        case "actual":
            return f"{who} {did}{whom}"
        case "planned":
            return f"{who} to {do}{whom}"
        case "hypothetical":
            return f"{who} might {do}{whom}"
        case "denied":
            return f"{who} did not {do}{whom}, it is said"
        case "habitual":
            return f"{who} {did}{whom}, repeatedly"


def type_words(event: Act) -> str:
    """The type as coded, with its mode: 'CONSULT, visit'."""
    return f"{event.type}, {event.mode}" if event.mode else event.type


def according_to(reported: ReportedEvent) -> str:
    """Who says so, from the first to say it to the publisher: 'Sergei Lavrov, by Tass, by Radio Free Asia'."""
    chain = reported.event.chain or ((reported.article.publisher,) if reported.article.publisher else ())
    return ", by ".join(shortened(one_line(name), NAME_LIMIT) for name in chain) if chain else "(publisher not known)"


def clause(event: Event, limit: int = 240) -> str:
    """The words that state the event, on one line, cut at a word with '…' beyond the limit."""
    return shortened(one_line(event.evidence.text), limit)


def shortened(words: str, limit: int) -> str:
    """The words, cut at a space with '…' beyond the limit; a single enormous word is cut anywhere."""
    if len(words) <= limit:
        return words
    return words[:limit].rsplit(" ", 1)[0] + " …"


def seen(text: str) -> str:
    """The text without characters that steer a terminal, turn the direction of text or cannot be seen."""
    return UNSEEN.sub("", text)


def one_line(text: str) -> str:
    """`seen`, with white space folded."""
    return re.sub(r"\s+", " ", seen(text)).strip()


def _month_end(day: datetime.date) -> datetime.date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
