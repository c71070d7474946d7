"""The end of coding: ids that are hashes of content, claims and contexts of events, nothing twice."""

from __future__ import annotations

import msgspec

from dragoman.coding.draft import Draft
from dragoman.coding.freeze import freeze
from dragoman.model import Claim, CodedArticle, CoderInfo, Event, EventType, Span, Speaker
from tests.coding.candidates import add
from tests.coding.drafts import draft

CODER = CoderInfo(version="1.0", model="hand")
JAPAN, RUSSIA = ("Japan", "Japan", "JPN"), ("Russia", "Russia", "RUS")


def made(text: str = "Japan attacked Russia.", article_id: str = "a1", publisher: str | None = None) -> Draft:
    paper = draft(text, JAPAN, RUSSIA, publisher=publisher)
    paper.article = msgspec.structs.replace(paper.article, id=article_id)
    return paper


def attack(
    text: str = "Japan attacked Russia.",
    article_id: str = "a1",
    type: EventType = "ASSAULT",
    actors: str = "Japan",
    recipients: str = "Russia",
) -> Event:
    """The one event of an article made by hand."""
    paper = made(text, article_id)
    add(paper, "attacked", type, actors, recipients)
    (event,) = freeze(paper, CODER).events
    return event


def claim(number: int, text: str, content: str, chain: tuple[str, ...]) -> Claim:
    at = text.index(content)
    return Claim(
        id=f"c{number}",
        speaker=Speaker(start=0, end=2, text=text[:2]),
        content=(Span(start=at, end=at + len(content), text=content),),
        kind="indirect",
        chain=chain,
    )


def test_freeze_same_content_has_the_same_id() -> None:
    assert attack().id == attack().id
    assert attack().id.startswith("e")


def test_freeze_other_content_has_another_id() -> None:
    events = [
        attack(),
        attack(article_id="a2"),
        attack(type="THREATEN"),
        attack(actors="Russia", recipients="Japan"),
        attack(recipients=""),
        attack(text="At dawn Japan attacked Russia."),
    ]
    assert len({e.id for e in events}) == len(events)


def test_freeze_id_does_not_hang_on_the_numbers_of_mentions() -> None:
    paper = made()
    paper.mentions = [msgspec.structs.replace(m, id=f"m{i + 7}") for i, m in enumerate(paper.mentions)]
    add(paper, "attacked", "ASSAULT", "Japan", "Russia")
    assert freeze(paper, CODER).events[0].id == attack().id


def test_freeze_two_readings_of_one_act_are_one_event() -> None:
    paper = made()
    add(paper, "attacked", "ASSAULT", "Japan", "Russia").confidence = 0.9
    add(paper, "attacked", "ASSAULT", "Japan", "Russia").confidence = 0.4
    assert [e.confidence for e in freeze(paper, CODER).events] == [0.9]


def test_freeze_candidate_without_a_type_is_no_event() -> None:
    paper = made()
    add(paper, "attacked", None, "Japan", "Russia")
    assert freeze(paper, CODER).events == ()


def test_freeze_event_points_into_the_text_and_to_its_mentions() -> None:
    paper = made("It was dark.\nJapan attacked Russia.")
    add(paper, "attacked", "ASSAULT", "Japan", "Russia")
    coded = freeze(paper, CODER)
    (event,) = coded.events
    assert coded.article.text[event.evidence.start : event.evidence.end] == event.evidence.text
    assert event.evidence.text == "Japan attacked Russia."
    assert event.sentence == 1
    mentions = {m.id: m for m in coded.mentions}
    (actor,) = event.actors
    assert actor.mention is not None
    assert mentions[actor.mention].text == actor.text == "Japan"


def test_freeze_event_belongs_to_the_innermost_claim() -> None:
    text = "Li said that Ito had said that Japan attacked Russia."
    paper = made(text, publisher="Morning Paper")
    paper.claims = [
        claim(0, text, "that Ito had said that Japan attacked Russia", ("Li", "Morning Paper")),
        claim(1, text, "that Japan attacked Russia", ("Ito", "Li", "Morning Paper")),
    ]
    add(paper, "attacked", "ASSAULT", "Japan", "Russia")
    (event,) = freeze(paper, CODER).events
    assert (event.claim, event.chain) == ("c1", ("Ito", "Li", "Morning Paper"))


def test_freeze_event_outside_of_claims_is_the_articles_own() -> None:
    text = "Li said that it rained. Japan attacked Russia."
    paper = made(text, publisher="Morning Paper")
    paper.claims = [claim(0, text, "that it rained", ("Li", "Morning Paper"))]
    add(paper, "attacked", "ASSAULT", "Japan", "Russia")
    (event,) = freeze(paper, CODER).events
    assert (event.claim, event.chain) == (None, ("Morning Paper",))


def test_freeze_contexts_are_those_of_the_sentence() -> None:
    assert "military" in attack("Japan attacked Russia with missiles.").contexts
    assert "military" not in attack("Japan attacked Russia. Missiles are loud.").contexts
    assert attack("Japan attacked Russia.").contexts == ()


def test_freeze_type_gives_quad_and_intensity() -> None:
    assert (attack().quad, attack(type="CONSULT").quad) == (4, 1)
    assert attack().intensity < 0 < attack(type="CONSULT").intensity


def test_freeze_coded_article_is_the_same_after_json() -> None:
    paper = made("Japan attacked Russia 🇯🇵.")
    add(paper, "attacked", "ASSAULT", "Japan", "Russia")
    coded: CodedArticle = freeze(paper, CODER)
    assert CodedArticle.from_json(coded.to_json()) == coded
    assert b"\n" not in coded.to_json()
