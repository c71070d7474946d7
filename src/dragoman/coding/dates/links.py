"""Dates that only the article as a whole tells: 'the meeting' dated two sentences on, a report told day by day.

Pure functions over candidates that `attach` has dated or left undated; a link passes on a date, never makes one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from dragoman.coding.dates.attach import OTHER_TIMES, SPOKEN, Time
from dragoman.coding.dates.interval import Interval
from dragoman.coding.dates.patterns import NUMBER
from dragoman.coding.dates.patterns import number as counted
from dragoman.coding.dates.tense import is_past, is_pluperfect
from dragoman.coding.draft import Candidate
from dragoman.knowledge.calendar import load_calendar
from dragoman.knowledge.status import load_status
from dragoman.model import DateBasis, EventDate

# How many sentences apart two mentions of one event may stand, and two steps of one narrative.
NEAR = 3
NEXT = 4
ALSO = 6  # "He also told reporters ..." takes the story up again
DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "their", "his", "her", "its"})
VERBAL = frozenset({"VERB", "AUX"})
COUNT = re.compile(rf"(?i:\b(?P<n>{NUMBER}|one)\s+(?P<u>days?|weeks?))\s*$")
CONTINUING = frozenset({"both", "he", "it", "she", "they"})
CARRYING = frozenset({"dobj", "nsubj", "nsubjpass", "attr", "obj"})


def told_of(candidates: Sequence[Candidate], times: Sequence[Time]) -> dict[int, EventDate]:
    """Dates for undated meetings from a later sentence that only speaks of "the meeting" and is no candidate itself.

    The nearest undated CONSULT candidate within three sentences before is meant.
    """
    found: dict[int, EventDate] = {}
    triggers = {(c.sentence.index, c.trigger.i) for c in candidates}
    for time in times:
        noun = _occasion_of(time)
        if time.interval is None or time.found.relation != "in" or noun is None:
            continue
        index = time.sentence.index
        if (index, noun.i) in triggers:
            continue
        before = [
            number
            for number, c in enumerate(candidates)
            if c.type == "CONSULT" and c.status != "habitual" and 0 < index - c.sentence.index <= NEAR
        ]
        if before and candidates[before[-1]].date is None:
            found[before[-1]] = event_date(time.interval, time.found.text)
    return found


def _occasion_of(time: Time) -> Token | None:
    """The definite noun of a meeting that a time dates: "the meeting, which took place on Monday"."""
    light, governor = load_status().words.light_verbs, time.governor
    if governor.pos_ in VERBAL and governor.lemma_ in light:
        nouns = [governor.head] if governor.dep_ in ("relcl", "acl") else []
        nouns += [c for c in governor.children if c.dep_ in ("nsubj", "nsubjpass")]
    else:
        nouns = [governor]
    meant = (n for n in nouns if n.lemma_.lower() in load_calendar().occasions and _definite(n) and not _named(n))
    return next(meant, None)


def _named(noun: Token) -> bool:
    """Whether a noun says itself which one it is: "the Hanoi talks" are not the talks just told of."""
    return any(c.pos_ == "PROPN" and c.dep_ in ("compound", "nmod", "amod", "poss") for c in noun.children)


def event_date(interval: Interval, expression: str | None, basis: DateBasis = "stated") -> EventDate:
    """An interval as the record keeps it."""
    return EventDate(
        start=interval.first.isoformat(),
        end=interval.last.isoformat(),
        granularity=interval.granularity,
        expression=expression,
        basis=basis,
    )


def same_event(candidates: Sequence[Candidate]) -> dict[int, EventDate]:
    """Dates for undated meetings that another mention of the same meeting gives, by the candidate's place in the list.

    Two candidates of type CONSULT are one meeting when their states agree, they stand within three sentences of each
    other, and one of them is a definite noun ("the talks").
    """
    found: dict[int, EventDate] = {}
    for number, undated in enumerate(candidates):
        if undated.date is not None or undated.type != "CONSULT" or undated.status == "habitual":
            continue
        near = [
            other
            for other in candidates
            if other.date is not None
            and other.type == "CONSULT"
            and other.status == undated.status
            and abs(other.sentence.index - undated.sentence.index) <= NEAR
            and (_definite(undated.trigger) or _definite(other.trigger))
            and _agree(undated, other)
        ]
        if near:
            best = min(near, key=lambda c: (abs(c.sentence.index - undated.sentence.index), c.start))
            assert best.date is not None
            found[number] = best.date
    return found


def narrated(candidates: Sequence[Candidate]) -> dict[int, EventDate]:
    """Dates for undated acts that the story goes on with: simple past, same states, right after a dated act."""
    found: dict[int, EventDate] = {}
    for number, undated in enumerate(candidates):
        if undated.date is not None or undated.status != "actual" or not is_told(teller(undated)):
            continue
        also = any(c.lower_ == "also" for c in teller(undated).children)
        for back in range(number - 1, -1, -1):
            before = candidates[back]
            if undated.sentence.index - before.sentence.index > (ALSO if also else NEXT):
                break
            date = before.date or found.get(back)
            # What is told aside, in a subordinate clause or of another month, does not move the story.
            if date is None or date.granularity != "day" or before.status != "actual":
                continue
            if is_told(teller(before)) and _agree(undated, before):
                found[number] = date
                break
    return found


def counted_from(candidates: Sequence[Candidate], times: Sequence[Time]) -> dict[int, EventDate]:
    """Dates for undated clauses from which a dated one counts: "a day after they fired", "a day before he arrived"."""
    found: dict[int, EventDate] = {}
    for number, undated in enumerate(candidates):
        verb = undated.trigger
        if undated.date is not None or verb.dep_ not in ("advcl", "pcomp") or verb.pos_ not in VERBAL:
            continue
        mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ in ("after", "before")), None)
        match = COUNT.search(verb.doc[verb.sent.start : mark.i].text) if mark is not None else None
        main = _main_day(verb.head, undated, candidates, times) if match else None
        if mark is None or match is None or main is None:
            continue
        days = (
            counted(match["n"])
            * (7 if match["u"].lower().startswith("week") else 1)
            * (1 if mark.lower_ == "before" else -1)
        )
        day = date.fromisoformat(main.start) + timedelta(days=days)
        found[number] = event_date(Interval(day, day, "day"), match[0])
    return found


def ended_by(candidates: Sequence[Candidate], times: Sequence[Time]) -> dict[int, EventDate]:
    """Dates for undated stays by the day on which the guest came home: "returned on Wednesday after visiting Accra"."""
    found: dict[int, EventDate] = {}
    calendar = load_calendar()
    for number, undated in enumerate(candidates):
        stay = undated.trigger
        stay = stay.head if stay.dep_ == "dobj" else stay  # "after attending the forum"
        if undated.date is not None or stay.tag_ != "VBG" or stay.lemma_ not in calendar.stays:
            continue
        after = stay.head if stay.dep_ == "pcomp" else next((c for c in stay.children if c.dep_ == "mark"), stay)
        main = after.head if stay.dep_ == "pcomp" else stay.head
        if after.lower_ == "after" and main.lemma_ in calendar.homecoming and is_past(main):
            day = _main_day(main, undated, candidates, times)
            if day is not None:
                found[number] = day
    return found


def _main_day(
    main: Token, undated: Candidate, candidates: Sequence[Candidate], times: Sequence[Time]
) -> EventDate | None:
    """The day of a main clause: that of its own candidate, or of a time that hangs on its verb."""
    for other in candidates:
        if other.trigger.doc is not main.doc or other.trigger.i != main.i:
            continue
        if other.date is not None and other.date.granularity == "day":
            return other.date
    for time in times:
        here = time.sentence.index == undated.sentence.index and time.governor.i == main.i
        if here and time.interval is not None and time.interval.granularity == "day" and time.found.relation == "in":
            return event_date(time.interval, time.found.text)
    return None


def told_on(candidates: Sequence[Candidate], times: Sequence[Time]) -> dict[int, EventDate]:
    """Dates for undated acts whose sentence goes on with a dated one right before: "They agreed", "The talks ended"."""
    found: dict[int, EventDate] = {}
    own = {time.sentence.index for time in times if time.found.relation != "by"}
    for number, undated in enumerate(candidates):
        here, verb = undated.sentence.index, _verb_of(teller(undated))
        if undated.date is not None or undated.status != "actual" or here in own or not is_told(teller(undated)):
            continue
        if verb is None or not _goes_on(verb):
            continue
        day = next((t for t in reversed(times) if t.sentence.index == here - 1 and _tells(t)), None)
        if day is not None and day.interval is not None:
            found[number] = event_date(day.interval, day.found.text)
    return found


def _tells(time: Time) -> bool:
    """Whether a time is a day that dates the main verb of its sentence, told in the past."""
    verb = time.governor
    if time.interval is None or time.interval.granularity != "day" or time.found.relation != "in":
        return False
    if time.span.root.head.lower_ in OTHER_TIMES:
        return False
    return verb.pos_ in VERBAL and verb.dep_ == "ROOT" and is_past(verb) and not is_pluperfect(verb)


def _goes_on(verb: Token) -> bool:
    """Whether a sentence speaks of what the one before told: by its pronoun, or by "the talks" in it."""
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass"):
            if child.pos_ == "PRON" and child.lower_ in CONTINUING:
                return True
            if child.lemma_.lower() in load_calendar().occasions and _definite(child) and not _named(child):
                return True
            if _definite(child) and any(c.lower_ in ("two", "three") for c in child.children) and not _named(child):
                return True  # "the two leaders"
        elif child.dep_ == "prep" and child.lower_ in ("at", "during", "in"):
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in load_calendar().occasions and _definite(noun):
                    return True
    return False


def _verb_of(trigger: Token) -> Token | None:
    """The verb that a trigger is, or that carries it."""
    verb = trigger if trigger.pos_ in VERBAL else trigger.head
    while verb.pos_ in VERBAL and verb.dep_ in ("conj", "advcl", "xcomp"):
        verb = verb.head
    return verb if verb.pos_ in VERBAL else None


def teller(candidate: Candidate) -> Token:
    """The verb that tells of an act: for a promise or reproach in reported speech the verb of saying."""
    trigger = verb = candidate.trigger
    if verb.dep_ in CARRYING and verb.head.pos_ in VERBAL:
        verb = verb.head  # "affirmed that it would expand cooperation"
    if candidate.type in SPOKEN and verb.dep_ == "xcomp" and verb.head.lemma_ == "be":
        verb = verb.head  # "told him that its aim is to help"
    return verb.head if candidate.type in SPOKEN and verb.dep_ == "ccomp" else trigger


def is_told(trigger: Token) -> bool:
    """Whether a trigger or the verb that carries it tells the story on: simple past, in no subordinate clause."""
    verb = trigger if trigger.pos_ in VERBAL else trigger.head
    if verb.pos_ not in VERBAL or (verb is not trigger and trigger.dep_ not in CARRYING):
        return False
    if is_pluperfect(verb) or any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return False
    if verb.dep_ in ("conj", "advcl") and verb.tag_ in ("VBN", "VBG", "VBD"):
        return is_told(verb.head)
    return is_past(verb) and verb.dep_ in ("ROOT", "ccomp", "parataxis")


def _definite(trigger: Token) -> bool:
    """'the talks', also as what is told of: 'the talks covered trade'."""
    if trigger.pos_ in VERBAL:
        subjects = [c for c in trigger.children if c.dep_ in ("nsubj", "nsubjpass")]
        return any(s.lemma_.lower() in load_calendar().occasions and _definite(s) for s in subjects)
    return trigger.pos_ in ("NOUN", "PROPN") and any(c.lower_ in DEFINITE for c in trigger.children)


def _agree(one: Candidate, other: Candidate) -> bool:
    """Whether the states of two candidates are the same, or those of one are among the other's."""
    a, b = _states(one), _states(other)
    return bool(a and b) and (a <= b or b <= a)


def _states(candidate: Candidate) -> frozenset[str]:
    named = (m.country or m.actor for m in (*candidate.actors, *candidate.recipients))
    return frozenset(n for n in named if n)
