"""A possible event made by hand in a small article, and questions about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import msgspec

from dragoman.model import Article, Event, Party, ReportedEvent, Span
from dragoman.opinions.address import find_endpoint
from dragoman.opinions.answers import Answer
from dragoman.opinions.budget import Budget
from dragoman.opinions.completions import Completions
from dragoman.opinions.kept import Opinion
from dragoman.opinions.marks import Marks
from dragoman.opinions.question import Question, digest, make_question
from tests.opinions.standin import StandIn

TEXT = "Rain fell on the coast. On Monday Japan's minister is to visit China. Nobody spoke of trade."
NOW = datetime(2024, 8, 2, 12, tzinfo=UTC)


def span(words: str, text: str = TEXT) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), text=words)


def event(**changes: Any) -> Event:
    made = Event(
        id="e1",
        type="CONSULT",
        mode="visit",
        quad=1,
        intensity=4.0,
        actors=(Party(mention="m0", text="Japan", actor="Japan", country="JPN"),),
        recipients=(Party(mention="m1", text="China", actor="China", country="CHN"),),
        status="planned",
        evidence=span("Japan's minister is to visit China"),
        sentence=1,
        confidence=0.5,
    )
    return msgspec.structs.replace(made, **changes)


def marks(**changes: Any) -> Marks:
    made = Marks(
        passage=Span(start=0, end=len(TEXT), text=TEXT),
        sentence=span("On Monday Japan's minister is to visit China."),
        trigger=span("visit"),
        actors=(span("Japan"),),
        recipients=(span("China"),),
    )
    return msgspec.structs.replace(made, **changes)


def article(**changes: Any) -> Article:
    made = Article(id="a1", text=TEXT, title="Ministers to meet", published="2024-08-02")
    return msgspec.structs.replace(made, **changes)


def reported(number: int) -> ReportedEvent:
    """The event in an article of its own, of which no other is."""
    return ReportedEvent(event=event(id=f"e{number}"), article=article(id=f"a{number}", title=f"Visit {number}"))


def question(each: ReportedEvent | None = None, coder: str = "llm:m@h") -> Question:
    told = each or ReportedEvent(event=event(), article=article())
    return make_question(told.article, told.event, marks(), coder)


def answer(**changes: Any) -> Answer:
    made = Answer(event=True, type="CONSULT", mode="visit", status="planned", doer="actor", reason="It says so.")
    return msgspec.structs.replace(made, **changes)


NO_EVENT = Answer(event=False, reason="Nothing of the kind.")


def opinion(given: Answer | None = None, **changes: Any) -> Opinion:
    told = changes.pop("event", event())
    made = Opinion(
        key="k1",
        coder="llm:m@h",
        wording=1,
        when=NOW.isoformat(),
        article="a1",
        digest=digest(article()),
        event=told,
        marks=marks(),
        outcome="answer",
        answer=given or answer(),
    )
    return msgspec.structs.replace(made, **changes)


def model_at(site: StandIn, **settings: Any) -> Completions:
    """A model at a stand-in, whose waits take no time and are noted in `waits`."""
    settings.setdefault("budget", Budget(answer=100))
    settings.setdefault("timeout", 5.0)
    settings.setdefault("sleep", lambda _: None)
    return Completions(endpoint=find_endpoint(site.url), model="m", **settings)


def asking(site_model: Completions) -> Callable[[ReportedEvent], Question]:
    return lambda each: question(each, site_model.coder)
