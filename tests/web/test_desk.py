from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.analysis.incidents import references
from dragoman.record import Record
from dragoman.record.decisions import Decision, add_decision
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError
from dragoman.web.keeper import Keeper
from tests.briefing.builders import report
from tests.web.samples import coded


def test_desk_finds_incidents_by_party_and_pair(desk: Desk) -> None:
    north, russia = desk.subject("PRK"), desk.subject("Russian")
    assert set(desk.between(north, russia)) <= set(desk.of(north))
    assert desk.between(north, russia) == desk.between(russia, north)
    kim = desk.subject("Kim Jong Un")
    assert all(any(map(kim.holds, (*each.actors, *each.recipients))) for each in desk.of(kim))
    assert 0 < len(desk.between(kim, russia)) < len(desk.between(north, russia))


def test_desk_finds_events_articles_and_incidents(desk: Desk) -> None:
    told, incident = desk.event("e30")
    assert told in incident.reports
    assert desk.incident(incident.id) is incident
    assert desk.reports_in("full") == [told]
    assert desk.coded("full").mentions[0].text == "Kim Jong Un"
    assert desk.articles["full"].published == desk.last_day == "2024-08-02"


@pytest.mark.parametrize("ask", ["incident", "event", "coded", "subject"])
def test_desk_says_what_it_has_not(desk: Desk, ask: str) -> None:
    with pytest.raises(NotFoundError):
        getattr(desk, ask)("nothing")


def test_desk_memo_makes_once(desk: Desk) -> None:
    made: list[int] = []
    for _ in range(2):
        desk.memo("test", lambda: made.append(1))
    assert made == [1]


def test_keeper_sees_new_articles(own_record: Path) -> None:
    keeper = Keeper(own_record)
    before = keeper.desk()
    assert keeper.desk() is before
    Record(own_record).append(coded([report("e90", "PRK", "RUS", published="2024-09-01")]))
    after = keeper.desk()
    assert after.serial == before.serial + 1
    assert after.last_day == "2024-09-01"


def test_keeper_sees_decisions_made_while_writing(own_record: Path) -> None:
    keeper = Keeper(own_record)
    desk = keeper.desk()
    one, other = desk.event("e02")[1], desk.event("e03")[1]
    assert one is not other
    with keeper.writing() as folder:
        add_decision(folder, Decision(kind="merge", reports=(*references(one), *references(other))))
    after = keeper.desk()
    assert after.event("e02")[1] is after.event("e03")[1]
    assert len(after.decisions) == 1
