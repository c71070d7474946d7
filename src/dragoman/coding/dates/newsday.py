"""The day of the news: what an article tells as just done or said, and dates nowhere else, belongs to its lead's day.

Takes undated acts in words, the claims and the times of the first sentences, and gives dates. A text that names no such
day, or several, gives none; what its first sentence tells in the perfect takes the day of writing, with that as basis.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from dragoman.coding.dates.attach import SPOKEN, Time, reference_day
from dragoman.coding.dates.interval import Interval
from dragoman.coding.dates.links import event_date, is_told, teller
from dragoman.coding.dates.sayings import claim_at, says_now
from dragoman.coding.dates.tense import is_past, verb_above
from dragoman.coding.draft import Candidate, Draft, Sentence
from dragoman.knowledge.calendar import load_calendar
from dragoman.model import DateBasis, EventDate

LEAD = 3  # sentences in which the news and its day stand
FRESH = timedelta(days=2)  # how old news may be
VERBAL = frozenset({"VERB", "AUX"})


def basis(draft: Draft) -> DateBasis:
    """What the day of writing rests on."""
    return "dateline" if draft.article.dateline and draft.article.dateline.date else "published"


def news_dates(
    draft: Draft, sentences: Sequence[Sentence], candidates: Sequence[Candidate], times: Sequence[Time]
) -> dict[int, EventDate]:
    """Dates for undated acts by the place of the candidate in the list.

    What the first sentence tells as just done or going on takes the day that this sentence names, else the day of
    writing, as do what it declares ("The ministry condemns") and what the article itself says of others; acts in words
    that the news tells without a time take the one day that its first sentences name.
    """
    written = reference_day(draft)
    news = [s for s in sentences if s.furniture is None]
    if written is None or not news:
        return {}
    named = _one_day([t for t in times if t.sentence is news[0]], written)
    lead = [t for t in times if any(t.sentence is s for s in news[:LEAD])]
    day = named or _one_day([t for t in lead if _dates_main(t)], written)
    now = event_date(Interval(written, written, "day"), None, basis(draft))
    found: dict[int, EventDate] = {}
    timed = {t.sentence.index for t in times}
    for number, candidate in enumerate(candidates):
        if candidate.date is not None or candidate.status != "actual":
            continue
        first = candidate.sentence is news[0]
        if (first and _declares(candidate)) or _by_its_author(candidate):
            found[number] = now
        elif first and _just_now(candidate):
            found[number] = _date(named) or now
        elif candidate.sentence.index not in timed and _is_news(draft, candidate, news[:LEAD]):
            dated = _date(day)
            if dated is not None:
                found[number] = dated
    return found


def _date(time: Time | None) -> EventDate | None:
    return event_date(time.interval, time.found.text) if time is not None and time.interval is not None else None


def _is_news(draft: Draft, candidate: Candidate, lead: Sequence[Sentence]) -> bool:
    """An act in words that a claim holds ("China opposes it, he added") or that the first sentences tell."""
    if candidate.type not in SPOKEN or any(c.lower_ in load_calendar().older for c in teller(candidate).children):
        return False
    if says_now(candidate.trigger):
        return claim_at(draft, candidate.sentence.offset(candidate.trigger)) is not None
    return any(candidate.sentence is s for s in lead) and is_told(teller(candidate))


def _one_day(times: Sequence[Time], written: date) -> Time | None:
    """The only day of the last few that these times name, or None."""
    fresh = [
        t
        for t in times
        if t.interval is not None
        and t.interval.granularity == "day"
        and t.interval.first == t.interval.last
        and t.found.relation == "in"
        and written - FRESH <= t.interval.first <= written
    ]
    return fresh[0] if fresh and len({t.interval.first for t in fresh if t.interval}) == 1 else None


def _dates_main(time: Time) -> bool:
    """Whether a time dates a main verb told in the past."""
    verb = time.governor
    return verb.pos_ in VERBAL and verb.dep_ in ("ROOT", "conj", "ccomp") and is_past(verb)


def _just_now(candidate: Candidate) -> bool:
    """'has imposed', 'is meeting': the perfect and the progressive of news, not of what lasts or keeps happening."""
    verb = candidate.trigger
    if verb.pos_ not in VERBAL or verb.dep_ not in ("ROOT", "ccomp", "conj"):
        return False
    helpers = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    lasting = any(c.dep_ in ("advmod", "neg") or c.lower_ in ("since", "for") for c in verb.children)
    lasting = lasting or any(t.ent_type_ == "DATE" and verb_above(t) == verb for t in verb.subtree)
    perfect = verb.tag_ == "VBN" and bool(helpers & {"has", "have"})
    return (perfect or (verb.tag_ == "VBG" and bool(helpers & {"is", "are"}))) and not lasting


def _by_its_author(candidate: Candidate) -> bool:
    """A reproach or threat in a state's own commentary, whose actor no words of the text name."""
    return candidate.type in SPOKEN and bool(candidate.actors) and not candidate.actors[0].text


def _declares(candidate: Candidate) -> bool:
    """'The Ministry strongly condemns the attack': a declaration is made by the words that open it."""
    verb = candidate.trigger
    return candidate.type in SPOKEN and verb.dep_ == "ROOT" and verb.tag_ in ("VBZ", "VBP")
