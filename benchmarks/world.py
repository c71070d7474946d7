"""A made-up world of any size, as coded articles: what the benchmarks of the record fill one with.

Ten years of an uneven world: few states make most of the news, a happening is told by several papers, an article tells
of about eight, one in twelve is another paper's word for word. The same for a seed, whatever the machine.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import msgspec
from benchmarks.incidents import FILLER, MATTERS, TOWNS

from dragoman.knowledge.ontology import load_ontology
from dragoman.model import (
    Article,
    Claim,
    CodedArticle,
    CoderInfo,
    Event,
    EventDate,
    EventType,
    Mention,
    Party,
    Place,
    Span,
    Speaker,
    Status,
)

_CODES: Final = (
    "USA CHN RUS UKR ISR IRN GBR DEU FRA IND JPN KOR PRK TUR SAU SYR PAK POL ITA CAN AUS BRA EGY VNM PHL IDN MEX ESP "
    "NLD SWE FIN NOR GRC HUN ROU SRB BLR KAZ UZB AFG IRQ YEM LBN JOR QAT ARE ETH KEN NGA ZAF SDN MMR THA MYS SGP MNG "
    "CUB VEN COL ARG"
)
STATES: Final = tuple(_CODES.split())
WEIGHTS: Final = [1 / (rank + 2) for rank in range(len(STATES))]
TYPES: Final[dict[EventType, int]] = {
    "CONSULT": 30, "ACCUSE": 12, "AGREE": 8, "SUPPORT": 8, "REQUEST": 7, "COOPERATE": 6, "REJECT": 5, "THREATEN": 5,
    "ASSAULT": 5, "MOBILIZE": 4, "SANCTION": 3, "COERCE": 2, "AID": 2, "PROTEST": 1, "RETREAT": 1, "CONCEDE": 1,
}  # fmt: skip
STATUSES: Final[dict[Status, int]] = {"actual": 80, "planned": 10, "denied": 4, "hypothetical": 4, "habitual": 2}
OFFICES: Final = ("President", "Foreign Minister", "Defence Minister", "Envoy")
PAPERS: Final = 300
FIRST: Final = datetime.date(2015, 1, 1)
DAYS: Final = 3650
IN_ARTICLE: Final = 8
"""Events that an article tells."""
TELLERS: Final = 4
"""Reports of a happening, on average."""
CODER: Final = CoderInfo(version="0", model="made up")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Happening:
    type: EventType
    status: Status
    mode: str | None
    sides: tuple[str, str]
    day: datetime.date
    town: str
    matters: tuple[str, ...]


@dataclass(slots=True)
class _Draft:
    """An article in the making."""

    sentences: list[str] = field(default_factory=list)
    length: int = 0
    mentions: dict[str, Mention] = field(default_factory=dict)

    def write(self, sentence: str) -> int:
        """Put a sentence at the end; says where it begins."""
        start = self.length
        self.sentences.append(sentence)
        self.length += len(sentence) + 1
        return start


def coded_articles(events: int, seed: int = 7) -> Iterator[CodedArticle]:
    """About so many events of made-up happenings in an eighth as many articles, in order of publication."""
    chance = random.Random(seed)
    articles = max(1, events // IN_ARTICLE)
    recent: list[_Happening] = []
    before: CodedArticle | None = None
    for number in range(articles):
        day = FIRST + datetime.timedelta(days=number * DAYS // articles)
        recent = [each for each in recent if (day - each.day).days <= 2]
        recent += [_happening(chance, day) for _ in range(IN_ARTICLE // TELLERS if recent else IN_ARTICLE)]
        if before is not None and number % 12 == 0:
            before = _copy(before, f"a{number:07}", chance)
        else:
            told = [chance.choice(recent) for _ in range(IN_ARTICLE)]
            before = _article(chance, f"a{number:07}", day, told)
        yield before


def _happening(chance: random.Random, day: datetime.date) -> _Happening:
    one, other = chance.choices(STATES, WEIGHTS, k=2)
    while other == one:
        other = chance.choices(STATES, WEIGHTS)[0]
    kind = chance.choices(tuple(TYPES), tuple(TYPES.values()))[0]
    return _Happening(
        type=kind,
        status=chance.choices(tuple(STATUSES), tuple(STATUSES.values()))[0],
        mode=chance.choice(("visit", "phone", None, None)) if kind == "CONSULT" else None,
        sides=(one, other),
        day=day,
        town=chance.choice(TOWNS),
        matters=tuple(chance.sample(MATTERS.split(), 3)),
    )


def _article(chance: random.Random, name: str, day: datetime.date, told: list[_Happening]) -> CodedArticle:
    draft = _Draft()
    paper = f"Paper {chance.randrange(PAPERS)}"
    claims: list[Claim] = []
    events = []
    for number, happening in enumerate(told):
        events.append(_event(chance, draft, f"{name}e{number}", happening, number, paper, claims))
        draft.write(f"{' '.join(chance.choices(FILLER.split(), k=25)).capitalize()}.")
    text = " ".join(draft.sentences)
    article = Article(
        id=name,
        text=text,
        title=draft.sentences[0],
        publisher=paper,
        published=day.isoformat(),
        url=f"https://example.org/{name}",
    )
    return CodedArticle(
        article=article,
        mentions=tuple(draft.mentions.values()),
        claims=tuple(claims),
        events=tuple(events),
        coder=CODER,
    )


def _event(
    chance: random.Random,
    draft: _Draft,
    name: str,
    happening: _Happening,
    number: int,
    paper: str,
    claims: list[Claim],
) -> Event:
    """One report of a happening: its day, its persons and its place are each left out now and then."""
    ontology, kind = load_ontology(), happening.type
    one, other = (_named(chance, state) for state in happening.sides)
    clause = f"{one} and {other} over the {' and '.join(chance.sample(happening.matters, 2))}"
    start = draft.write(f"{clause}.")
    sides = tuple((_party(draft, start + clause.index(words), words, state),)
                  for words, state in zip((one, other), happening.sides, strict=True))  # fmt: skip
    chain: tuple[str, ...] = (paper,)
    claim = None
    if chance.random() < 0.4:
        claim = _claim(f"c{number}", start, clause, one, happening.sides[0], paper)
        claims.append(claim)
        chain = claim.chain
    day = happening.day.isoformat()
    return Event(
        id=name,
        type=kind,
        mode=happening.mode,
        quad=ontology.type(kind).quad,
        intensity=ontology.intensity(kind, happening.mode),
        actors=sides[0],
        recipients=sides[1],
        symmetric=kind in ("CONSULT", "AGREE"),
        status=happening.status,
        date=EventDate(start=day, end=day, granularity="day", expression="on that day", basis="stated")
        if chance.random() < 0.67
        else None,
        place=Place(text=happening.town, name=happening.town, country=happening.sides[1], lat=51.5, lon=7.5)
        if chance.random() < 0.4
        else None,
        claim=None if claim is None else claim.id,
        chain=chain,
        evidence=Span(start=start, end=start + len(clause), text=clause),
        sentence=2 * number,
        confidence=round(chance.uniform(0.4, 0.95), 3),
    )


def _named(chance: random.Random, state: str) -> str:
    return state if chance.random() < 0.5 else f"{chance.choice(OFFICES)} {state.title()}ov"


def _party(draft: _Draft, start: int, words: str, state: str) -> Party:
    """A state or one of its officials, with the mention in this sentence."""
    person = words != state
    actor = {
        "actor": words if person else state,
        "actor_id": f"person:{words.lower().replace(' ', '-')}" if person else f"state:{state}",
        "country": state,
        "sector": "GOV",
        "office": words.rsplit(" ", 1)[0] + f" of {state}" if person else None,
    }
    mention = Mention(
        id=f"m{len(draft.mentions)}", start=start, end=start + len(words), text=words, how="name", **actor
    )
    draft.mentions[mention.id] = mention
    return Party(mention=mention.id, text=words, **actor)


def _claim(name: str, start: int, clause: str, speaker: str, state: str, paper: str) -> Claim:
    return Claim(
        id=name,
        speaker=Speaker(start=start, end=start + len(speaker), text=speaker, actor=speaker, country=state),
        content=(Span(start=start, end=start + len(clause), text=clause),),
        kind="indirect",
        chain=(speaker, paper),
    )


def _copy(one: CodedArticle, name: str, chance: random.Random) -> CodedArticle:
    """The same words in another paper; its events have ids of their own."""
    paper = f"Paper {chance.randrange(PAPERS)}"
    article = msgspec.structs.replace(
        one.article, id=name, publisher=paper, reprint_of=one.article.publisher, url=f"https://example.org/{name}"
    )
    events = (
        msgspec.structs.replace(event, id=f"{name}e{number}", chain=(*event.chain[:1], paper))
        for number, event in enumerate(one.events)
    )
    return msgspec.structs.replace(one, article=article, events=tuple(events))
