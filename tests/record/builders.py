"""Coded articles made by hand, for tests of the record and of what reads it."""

from __future__ import annotations

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

CODER = CoderInfo(version="1.0", model="hand")
STATES = {"PRK": "North Korea", "RUS": "Russia", "CHN": "China", "KOR": "South Korea", "JPN": "Japan"}


def party(name: str) -> Party:
    """'PRK' is the state; 'Kim Jong Un/PRK' a person of it; anything else a body without a state."""
    actor, _, country = name.partition("/")
    if name in STATES:
        actor, country = STATES[name], name
    return Party(text=actor, actor=actor, country=country or None)


def event(
    event_id: str,
    actors: str | None = "PRK",
    recipients: str | None = "RUS",
    *,
    type: EventType = "CONSULT",
    status: Status = "actual",
    date: str | tuple[str, str] | None = None,
    place: Place | None = None,
    claim: str | None = None,
    chain: tuple[str, ...] = (),
    evidence: str = "The two sides met",
    intensity: float = 1.0,
) -> Event:
    """An event. The sides are names as `party` takes them, joined by ';', or None; a date is a day or two."""
    days = (date, date) if isinstance(date, str) else date
    return Event(
        id=event_id,
        type=type,
        quad=1,
        intensity=intensity,
        actors=tuple(map(party, actors.split(";"))) if actors else (),
        recipients=tuple(map(party, recipients.split(";"))) if recipients else (),
        status=status,
        date=None if days is None else EventDate(start=days[0], end=days[1], granularity="day", basis="stated"),
        place=place,
        claim=claim,
        chain=chain,
        evidence=Span(start=0, end=len(evidence), text=evidence),
        sentence=0,
        confidence=0.5,
    )


def claim(claim_id: str, speaker: str) -> Claim:
    return Claim(
        id=claim_id,
        speaker=Speaker(start=0, end=len(speaker), text=speaker, actor=speaker),
        content=(Span(start=0, end=3, text="The"),),
        kind="indirect",
        chain=(speaker,),
    )


def coded(
    article_id: str,
    *events: Event,
    text: str = "The two sides met in Pyongyang.",
    publisher: str | None = "Morning Paper",
    published: str | None = "2024-08-02",
    claims: tuple[Claim, ...] = (),
    coder: CoderInfo = CODER,
) -> CodedArticle:
    """A coded article with one mention, and the events and claims given."""
    return CodedArticle(
        article=Article(id=article_id, text=text, publisher=publisher, published=published),
        mentions=(Mention(id=f"{article_id}-m0", start=0, end=3, text=text[:3], how="description"),),
        claims=claims,
        events=events,
        coder=coder,
    )
