"""On whose word a report and a happening rest: a party's, its state media's, the press's or a third party's.

With it what is only alleged, what one side alone says, and what is both told and denied.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.happenings import Happening, same_people, same_time
from dragoman.analysis.parties import opposite, plain
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.cues import load_cues
from dragoman.model import Article, Claim, Event, ReportedEvent, Speaker

Standing = Literal["party", "state media", "press", "third party"]
"""Of a source to an event: a party, state media of a party, an outlet that is neither's in its own words, others."""

MATERIAL: Final = (2, 4)
"""The quads of deeds."""
STANDINGS: Final[tuple[Standing, ...]] = ("party", "state media", "press", "third party")
_WORD: Final = re.compile(r"\w+")
_APPOSITION: Final = r",\s+((?:an?\s|the\s|its\s)?[^,.;:()“”\"\n]{3,160})"
_WITH: Final = re.compile(r"\b(?:who|that|which|with|in|at|of|for|from|familiar|close|briefed)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who first says what is reported, and how that one stands to the event.

    `country` is the state that a party or its media belong to, or the speaker's own. `anonymous` tells people without
    a name; `expert` is how the article introduces a scholar or analyst ("a senior analyst at the Forum").
    """

    name: str | None
    standing: Standing
    country: str | None
    anonymous: bool
    expert: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contested:
    """A happening that somebody denies; `told` are the happenings that say the contrary, maybe none."""

    denied: Happening
    told: tuple[Happening, ...]


def source_of(report: ReportedEvent) -> Source:
    """The source of an event report by the claim that it stands in, else its publisher."""
    claim, event, article = report.claim, report.event, report.article
    countries = _countries(event)
    if claim is None or claim.speaker is None or not _is_somebody(claim.speaker) or _is_own(claim.speaker, article):
        publisher = article.reprint_of or article.publisher
        home = state_media_of(publisher) if publisher else None
        standing: Standing = "state media" if home in countries else "press"
        return Source(name=publisher, standing=standing, country=home, anonymous=False, expert=None)
    speaker = claim.speaker
    home = state_media_of(speaker.actor or speaker.text)
    return Source(
        name=claim.chain[0] if claim.chain else speaker.text,
        standing=_standing(speaker, home, event),
        country=home or speaker.country,
        anonymous=is_anonymous(speaker),
        expert=expert_words(claim, article),
    )


def is_alleged(happening: Happening) -> bool:
    """Whether every report rests on the word of somebody who is neither its publisher nor a party to the event."""
    return all(source_of(report).standing == "third party" for report in happening.reports)


def side_telling(happening: Happening) -> str | None:
    """The code of the state that alone says so, by its people or its state media; None when others say it too.

    What a state says itself (its own words to another) is no such thing when that state tells it.
    """
    sources = [source_of(report) for report in happening.reports]
    countries = {s.country if s.standing in ("party", "state media") else None for s in sources}
    code = countries.pop() if len(countries) == 1 else None
    event = happening.event
    if code is None or not _countries(event) - {code}:
        return None
    own = not event.symmetric and event.quad not in MATERIAL and {p.country for p in event.actors} == {code}
    return None if own else code


def standings(found: Iterable[Happening]) -> Counter[Standing]:
    """How many happenings rest on each kind of source; each by the best it has, in the order of `STANDINGS`."""
    best = (min((source_of(r).standing for r in h.reports), key=STANDINGS.index) for h in found)
    return Counter(best)


def contested(happenings: Iterable[Happening]) -> list[Contested]:
    """What is reported as denied, each with what tells it as a fact: same type and sides, compatible persons and dates.

    Deeds that go on, such as deliveries, are compared whenever one of the two has no date; words and meetings only
    when they can be of the same time.
    """
    found = list(happenings)
    told = [h for h in found if h.event.status in ("actual", "habitual")]
    return [
        Contested(denied=h, told=tuple(t for t in told if _contradicts(t, h)))
        for h in found
        if h.event.status == "denied"
    ]


def is_anonymous(speaker: Speaker) -> bool:
    """Whether people speak without their names: 'two officials', 'a person familiar with the talks'."""
    if speaker.actor is not None:
        return False
    nouns = load_cues().unnamed | load_cues().experts
    words = _WITH.split(speaker.text.split(",")[0].strip())[0].split()
    return bool(words) and _singular(words[-1]) in nouns


def expert_words(claim: Claim, article: Article) -> str | None:
    """How an article introduces the scholar or analyst who makes a claim, employer included; None for others."""
    speaker = claim.speaker
    if speaker is None:
        return None
    introductions = [speaker.text.partition(", ")[2], speaker.text]
    names = [name for name in (speaker.actor, claim.chain[0] if claim.chain else None) if name]
    for name in dict.fromkeys(names):
        introductions += re.findall(re.escape(name) + _APPOSITION, article.text)
    for words in introductions:
        before = re.split(r"\b(?:at|with|of|for|from|in)\b", words)[0]
        if any(_singular(w) in load_cues().experts and w.islower() for w in _WORD.findall(before)):
            return " ".join(words.split())
    return None


def is_outlet(name: str) -> bool:
    """Whether this is the name of a news outlet that the actor files know."""
    return plain(name) in _outlets()


def state_media_of(publisher: str) -> str | None:
    """The code of the state that owns the outlet or sets its line; None for others and for outlets not known."""
    return _outlets().get(plain(publisher))


def _standing(speaker: Speaker, home: str | None, event: Event) -> Standing:
    name = plain(speaker.actor or speaker.text)
    if home is not None:
        return "state media" if home in _countries(event) else "third party"
    if name in _outlets():
        return "press"
    if speaker.country in _countries(event):
        return "party"
    return "party" if name in {plain(p.actor or p.text) for p in (*event.actors, *event.recipients)} else "third party"


def _countries(event: Event) -> set[str | None]:
    return {p.country for p in (*event.actors, *event.recipients) if p.country}


def _is_own(speaker: Speaker, article: Article) -> bool:
    own = {plain(name) for name in (article.publisher, article.reprint_of) if name}
    return plain(speaker.actor or speaker.text) in own


def _is_somebody(speaker: Speaker) -> bool:
    """Whether the speaker is known, or named by a noun for people ('two officials'), and not 'the text' or 'timing'."""
    if speaker.actor is not None or speaker.country is not None:
        return True
    knowledge = load_actors()
    return any(word in knowledge.agents or word in knowledge.titles for word in speaker.text.lower().split())


def _singular(word: str) -> str:
    return word.lower().removesuffix("s") if word.lower() not in load_cues().unnamed else word.lower()


def _contradicts(told: Happening, denied: Happening) -> bool:
    a, b = told.event, denied.event
    if a.type != b.type or opposite(a) != opposite(b) or not same_people(told.lead, denied.lead):
        return False
    lasting = a.quad in MATERIAL and (a.date is None or b.date is None)
    return lasting or same_time(told.lead, denied.lead)


@functools.cache
def _outlets() -> dict[str, str | None]:
    return {
        plain(name): outlet.country if outlet.state_media else None
        for outlet in load_actors().outlets
        for name in (outlet.name, *outlet.names)
    }
