"""Event reports made by hand, for tests of analyses and briefs: each stands in an article of its own words."""

from __future__ import annotations

import msgspec

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.ontology import load_ontology
from dragoman.model import (
    Article,
    Claim,
    Event,
    EventDate,
    EventType,
    Party,
    Place,
    ReportedEvent,
    Span,
    Speaker,
    Status,
)


def party(name: str) -> Party:
    """'PRK' is the state; 'Kim Jong Un/PRK' a person of it; '~their envoy/PRK' somebody of it without a name."""
    who, country = _split(name)
    state = load_actors().by_code.get(who)
    if state is not None:
        return Party(text=state.name, actor=state.name, actor_id=f"state:{who}", country=who, sector="GOV")
    if who.startswith("~"):
        return Party(text=who[1:], country=country or None)
    return Party(text=who, actor=who, actor_id=f"person:{who.lower().replace(' ', '-')}", country=country or None)


def report(
    event_id: str,
    actors: str,
    recipients: str | None,
    *,
    type: EventType = "CONSULT",
    mode: str | None = None,
    status: Status = "actual",
    symmetric: bool | None = None,
    date: str | tuple[str, str] | None = None,
    stated: bool = True,
    place: str | None = None,
    said_by: str | None = None,
    evidence: str = "The two sides met",
    before: str = "On a grey morning. ",
    after: str = ". Nobody else came.",
    article: str | None = None,
    title: str | None = "A meeting",
    publisher: str | None = "Morning Paper",
    published: str | None = "2024-08-02",
    url: str | None = None,
) -> ReportedEvent:
    """A report; sides are names as `party` takes them, joined by ';'. `said_by` 'Ann Lee/USA' makes it a claim.

    A meeting is symmetric unless it is said not to be. A date is a day, or a first and last day.
    """
    text = before + evidence + after
    claim = None if said_by is None else _claim(event_id, said_by, text)
    days = (date, date) if isinstance(date, str) else date
    names = (*(() if said_by is None else (_split(said_by)[0],)), *((publisher,) if publisher else ()))
    event = Event(
        id=event_id,
        type=type,
        mode=mode,
        quad=load_ontology().type(type).quad,
        intensity=load_ontology().intensity(type, mode),
        actors=tuple(map(party, actors.split(";"))),
        recipients=tuple(map(party, recipients.split(";"))) if recipients else (),
        symmetric=type == "CONSULT" if symmetric is None else symmetric,
        status=status,
        date=None if days is None else _date(*days, stated),
        place=Place(text=place, name=place) if place else None,
        claim=claim.id if claim else None,
        chain=names,
        evidence=Span(start=len(before), end=len(before) + len(evidence), text=evidence),
        sentence=0,
        confidence=0.8,
    )
    told = Article(
        id=article or f"a-{event_id}", text=text, title=title, publisher=publisher, published=published, url=url
    )
    return ReportedEvent(event=event, article=told, claim=claim)


def unlike(report: ReportedEvent) -> ReportedEvent:
    """The report with a paragraph in its article that no other has, so that it is taken for no reprint."""
    own = " ".join(f"{report.event.id}{letter}" for letter in "abcdefghijklmnopqrstuvwxyz")
    article = msgspec.structs.replace(report.article, text=f"{report.article.text}\n{own}")
    return msgspec.structs.replace(report, article=article)


def _split(name: str) -> tuple[str, str]:
    who, slash, country = name.rpartition("/")
    return (who, country) if slash else (name, "")


def _date(start: str, end: str, stated: bool) -> EventDate:
    return EventDate(
        start=start, end=end, granularity="day" if start == end else "month", basis="stated" if stated else "published"
    )


def _known(name: str) -> str | None:
    return None if name.startswith("~") else name


def _claim(event_id: str, said_by: str, text: str) -> Claim:
    name, country = _split(said_by)
    return Claim(
        id=f"c-{event_id}",
        speaker=Speaker(start=0, end=0, text=name.removeprefix("~"), actor=_known(name), country=country or None),
        content=(Span(start=0, end=len(text), text=text),),
        kind="indirect",
        chain=(name,),
    )
