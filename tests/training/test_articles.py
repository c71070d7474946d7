"""Labelled articles as questions: what a label tells is answered with its type, other pairs with NONE."""

from __future__ import annotations

from evaluation.gold import GoldArticle, GoldEvent
from training.articles import examples_of
from training.rows import Example, Row

from dragoman.coding.learned.candidates import LearnedCandidates
from dragoman.coding.learned.judging import load_judgement
from dragoman.coding.learned.labels import NONE, TYPES
from dragoman.coding.learned.model import load_model
from dragoman.coding.relation import RelationTyper
from dragoman.model import EventType

TEXT = "Canada condemned the shelling of Moldova.\n\nNorway, which borders Russia, sent medicine to Moldova."
Read = tuple[str | None, str | None, str | None, str]


def event(kind: EventType, source: str, target: str, evidence: str) -> GoldEvent:
    return GoldEvent(
        types=(kind,), source=(source,), target=(target,), symmetric=False, status="actual", date=None, place=None,
        said_by=None, evidence=evidence,
    )  # fmt: skip


def rows(*events: GoldEvent) -> tuple[list[Read], list[Read]]:
    """What the article's examples ask: questions that tell an event, and those answered NONE."""
    step = LearnedCandidates(RelationTyper(), load_model(), load_judgement())
    found = list(examples_of(GoldArticle(id="a", published="2024-05-01", text=TEXT, events=events), step))
    return (
        [read(row, one) for one in found for row in one.events],
        [read(row, one) for one in found for row in one.none],
    )


def read(row: Row, found: Example) -> Read:
    actor, recipient, trigger = (None if s is None else found.text[slice(*s)] for s in row.question.spans)
    return actor, recipient, trigger, "NONE" if row.type == NONE else TYPES[row.type]


def test_articles_answer_the_labelled_pair_with_its_type() -> None:
    events, _ = rows(event("AID", "NOR", "MDA", "sent medicine to Moldova"))
    assert ("Norway", "Moldova", "sent", "AID") in events


def test_articles_answer_third_parties_and_unlabelled_pairs_with_none() -> None:
    events, none = rows(event("AID", "NOR", "MDA", "sent medicine to Moldova"))
    assert ("Russia", "Moldova", "sent", "NONE") in none or ("Norway", "Russia", "sent", "NONE") in none
    assert not any("Canada" in row for row in events)


def test_articles_leave_another_trigger_in_a_labels_clause_alone() -> None:
    events, none = rows(event("ACCUSE", "CAN", "MDA", "Canada condemned the shelling of Moldova"))
    assert any(row[2:] == ("condemned", "ACCUSE") for row in events)
    assert not any(row[:3] == ("Canada", "Moldova", "shelling") for row in (*events, *none))
