"""On whose word a report and an occurrence rest: a party's, its state media's, the press's or a third party's.

With it what is only alleged and what one side alone says.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from dragoman.analysis.occurrence import Occurrence
from dragoman.analysis.parties import plain
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


def is_alleged(each: Occurrence) -> bool:
    """Whether all who tell it as it stands rest on the word of others than a party to it and their own outlet."""
    return all(source_of(report).standing == "third party" for report in _saying(each))


def side_telling(each: Occurrence) -> str | None:
    """The code of the state that alone says so, by its people or its state media; None when others say it too.

    What a state says itself (its own words to another) is no such thing when that state tells it.
    """
    sources = [source_of(report) for report in _saying(each)]
    telling = {s.country if s.standing in ("party", "state media") else None for s in sources}
    code = telling.pop() if len(telling) == 1 else None
    countries = {p.country for p in (*each.actors, *each.recipients) if p.country}
    if code is None or not countries - {code}:
        return None
    own = not each.symmetric and each.quad not in MATERIAL and {p.country for p in each.actors} == {code}
    return None if own else code


def standings(found: Iterable[Occurrence]) -> Counter[Standing]:
    """How many incidents rest on each kind of source; each by the best it has, in the order of `STANDINGS`."""
    best = (min((source_of(r).standing for r in _saying(each)), key=STANDINGS.index) for each in found)
    return Counter(best)


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


def _saying(each: Occurrence) -> list[ReportedEvent]:
    """The reports that tell it as it stands: of what took place not those that planned or deny it."""
    return [r for r in each.reports if r.event.status == each.status] or list(each.reports)


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


@functools.cache
def _outlets() -> dict[str, str | None]:
    return {
        plain(name): outlet.country if outlet.state_media else None
        for outlet in load_actors().outlets
        for name in (outlet.name, *outlet.names)
    }
