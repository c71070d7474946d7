from __future__ import annotations

from typing import Any

import pytest

from dragoman.analysis.pledges import pledges
from dragoman.analysis.pledges_answers import asked_of
from dragoman.model import EventType
from tests.analysis.ties import told


def relation(pledge: dict[str, Any], later: dict[str, Any]) -> str | None:
    """What the later act does to the pledge, made on the first of March by North Korea to Russia unless it says so."""
    happened = [
        told("pledge", **{"date": "2024-03-01", "symmetric": False, **pledge}),
        told("later", **{"date": "2024-03-20", "published": "2024-03-21", "symmetric": False, **later}),
    ]
    found = {p.what.id: p for p in pledges(happened, as_of="2026-01-01")}["pledge"]
    return found.answers[0].relation if found.answers else None


PROMISE: dict[str, Any] = {"type": "AGREE", "words": "promised to supply fuel"}
VISIT: dict[str, Any] = {"type": "AGREE", "actors": "Kim Jong Un/PRK", "words": "agreed to visit Moscow"}
DEMAND: dict[str, Any] = {"type": "REQUEST", "mode": "meet", "words": "proposed a meeting"}
THREAT: dict[str, Any] = {"type": "THREATEN", "words": "warned that it would attack"}
AID: dict[str, Any] = {"type": "AID"}
BACK: dict[str, Any] = {"actors": "RUS", "recipients": "PRK"}


@pytest.mark.parametrize(
    ("pledge", "later", "expected"),
    [
        (PROMISE, AID, "fulfils"),
        (PROMISE, {**AID, "date": None}, None),
        (PROMISE, {**AID, **BACK}, None),
        (PROMISE, {**AID, "recipients": "CHN"}, None),
        (PROMISE, {**AID, "date": "2024-02-20"}, None),
        (PROMISE, {**AID, "date": "2025-09-01", "published": "2025-09-02"}, None),
        (PROMISE, {**AID, "status": "denied"}, "breaks"),
        (PROMISE, {"type": "SANCTION"}, "breaks"),
        (PROMISE, {"type": "ACCUSE"}, None),
        ({"type": "AGREE", "words": "promised it"}, AID, "answers"),
        (VISIT, {"actors": "Kim Jong Un/PRK", "symmetric": True, "place": "Moscow/RUS"}, "fulfils"),
        (VISIT, {"actors": "Kim Jong Un/PRK", "symmetric": True, "place": "Pyongyang/PRK"}, None),
        (VISIT, {"actors": "Choe Son Hui/PRK", "symmetric": True, "place": "Moscow/RUS"}, None),
        (VISIT, {"symmetric": True}, "answers"),
        (DEMAND, {"symmetric": True}, "fulfils"),
        (DEMAND, {**BACK, "type": "REJECT", "mode": "meet"}, "breaks"),
        (DEMAND, {**BACK, "type": "REJECT", "words": "rejected the report"}, "answers"),
        (DEMAND, {**BACK, "type": "AGREE"}, "answers"),
        (DEMAND, {"type": "AGREE"}, None),
        (THREAT, {"type": "ASSAULT"}, "fulfils"),
        (THREAT, {"type": "SANCTION"}, None),
        (THREAT, {"type": "RETREAT"}, "answers"),
        (THREAT, {**BACK, "type": "THREATEN"}, "answers"),
        (THREAT, {**BACK, "type": "CONSULT"}, None),
    ],
)
def test_pledges_answers_by_act_direction_persons_place_and_time(
    pledge: dict[str, Any], later: dict[str, Any], expected: str | None
) -> None:
    assert relation(pledge, later) == expected


def test_pledges_answers_fulfil_a_schedule_once() -> None:
    plan = told("plan", status="planned", date="2024-04-10", published="2024-04-01")
    acts = [told(f"met{n}", date=f"2024-04-1{n}", published="2024-04-20") for n in (0, 1)]
    (found,) = pledges([plan, *acts], as_of="2024-05-01")
    assert [answer.what.id for answer in found.answers] == ["met0"]


@pytest.mark.parametrize(
    ("kind", "type", "words", "asked", "barred"),
    [
        ("promise", "AGREE", "agreed to visit Moscow", {"CONSULT"}, set()),
        ("promise", "AGREE", "vowed never to attack", set(), {"ASSAULT"}),
        ("promise", "AGREE", "promised to do its best", set(), set()),
        ("threat", "THREATEN", "threatened to attack after the visit", {"ASSAULT"}, set()),
    ],
)
def test_pledges_answers_read_what_is_asked_from_the_words(
    kind: Any, type: EventType, words: str, asked: set[str], barred: set[str]
) -> None:
    found = asked_of(kind, told("p", type=type, words=words))
    assert (set(found[0]), set(found[1])) == (asked, barred)
