from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from dragoman.analysis.incidents import incidents_of
from dragoman.errors import RecordError
from dragoman.model import Event, Span
from dragoman.record import Record
from dragoman.record.reviewed import added_id
from dragoman.record.reviews import FILE, Changes, Kind, Review, add_review
from tests.record.builders import CODER, claim, coded, event, party

TEXT = "The two sides met in Pyongyang. They quarrelled at night. It rained."
MEETING = replace(event("e1", "PRK", "RUS", evidence="The two sides met"), type="CONSULT")
QUARREL = replace(
    event("e2", "RUS", "PRK", type="ACCUSE"), evidence=Span(start=32, end=47, text="They quarrelled"), sentence=1
)
RAIN = replace(
    event("", "PRK", "CHN", type="AID"), evidence=Span(start=58, end=67, text="It rained"), chain=("Morning Paper",)
)
AT = datetime(2024, 9, 1, tzinfo=UTC)


@pytest.fixture
def two(tmp_path: Path) -> Record:
    """A record of one article with two events, and another."""
    made = Record(tmp_path / "record", create=True, now=lambda: AT)
    made.append([coded("a1", MEETING, QUARREL, text=TEXT), coded("a2", event("e3", "PRK", "CHN"))])
    return made


def decide(record: Record, kind: Kind, of: Event, changes: Changes | None = None, when: str = "2024-09-02") -> None:
    review = Review(kind=kind, who="Ann", when=f"{when}T10:00:00+00:00", article="a1", event=of, changes=changes)
    add_review(record.path, review)


def ids(record: Record, **filters: object) -> list[str]:
    return [r.event.id for r in record.reported(**filters)]  # type: ignore[arg-type]


def test_record_without_reviews_is_as_it_was_coded(two: Record) -> None:
    assert ids(two) == ["e1", "e2", "e3"]
    assert two.reviewed().verdicts == {}


def test_record_shows_rejected_edited_and_added_events_everywhere(two: Record) -> None:
    added = replace(RAIN, id=added_id("a1", RAIN))
    decide(two, "reject", MEETING)
    decide(two, "edit", QUARREL, Changes(type="THREATEN", recipients=(party("CHN"),)))
    decide(two, "add", added)
    assert ids(two) == ["e2", added.id, "e3"]
    assert ids(two, types=["THREATEN"]) == ["e2"]
    assert ids(two, between=("RUS", "CHN")) == ["e2"]
    assert ids(two, between=("RUS", "PRK")) == []
    assert ids(two, party="China") == ["e2", added.id, "e3"]
    assert two.event("e2").event.type == "THREATEN"
    assert two.event(added.id).event.evidence.text == "It rained"
    assert [e.id for e in two.coded("a1").events] == ["e2", added.id]
    assert two.counts().events == 3
    assert two.sql("SELECT type FROM events ORDER BY type").column("type").to_pylist() == ["AID", "CONSULT", "THREATEN"]
    assert two.events().arrow().num_rows == 3
    assert {r.event.id for i in incidents_of(two) for r in i.reports} == {"e2", added.id, "e3"}


def test_record_reads_the_coders_own_when_asked(two: Record) -> None:
    decide(two, "reject", MEETING)
    decide(two, "edit", QUARREL, Changes(status="planned"))
    own = Record(two.path, reviewed=False)
    assert own.reported()[:2] == [replace(r, event=e) for r, e in zip(own.reported(), (MEETING, QUARREL), strict=False)]
    assert own.reviewed().verdicts["e1"].state == "rejected"
    assert own.state != two.state


def test_record_places_of_reviewed_events_lead_back_to_them(two: Record) -> None:
    decide(two, "add", replace(RAIN, id="p1"))
    decide(two, "edit", QUARREL, Changes(status="planned"))
    placed = dict(two.events().with_places())  # type: ignore[arg-type]
    assert {r.event.id for r in two.at(set(placed.values())).values()} == {"e1", "e2", "e3", "p1"}


def test_record_state_changes_with_every_decision_and_incidents_with_it(two: Record) -> None:
    before, incidents = two.state, len(incidents_of(two))
    decide(two, "reject", MEETING)
    assert two.state != before
    assert len(incidents_of(two)) == incidents - 1
    decide(two, "undo", MEETING)
    assert len(incidents_of(two)) == incidents


def test_record_decisions_survive_coding_again_under_other_ids(two: Record) -> None:
    decide(two, "reject", MEETING)
    decide(two, "edit", QUARREL, Changes(status="denied"))
    anew = (replace(QUARREL, id="x2"), replace(MEETING, id="x1"))
    two.append([coded("a1", *anew, text=TEXT, coder=replace(CODER, version="2.0"))])
    assert ids(two) == ["x2", "e3"]
    assert two.event("x2").event.status == "denied"
    two.append([coded("a1", text=TEXT, coder=replace(CODER, version="3.0"))])
    assert ids(two) == ["e3"]
    assert [v.event.id for v in two.reviewed().lost] == ["e1", "e2"]


def test_record_reviews_as_of_a_time_or_version_are_those_made_by_then(two: Record) -> None:
    decide(two, "reject", MEETING, when="2024-09-02")
    later = Record(two.path, now=lambda: datetime(2024, 9, 3, tzinfo=UTC))
    later.append([coded("a4", event("e4"))])
    decide(two, "reject", QUARREL, when="2024-09-04")
    assert ids(Record(two.path, as_of="2024-09-01")) == ["e1", "e2", "e3"]
    assert ids(Record(two.path, as_of=1)) == ["e2", "e3"]
    assert ids(Record(two.path, as_of="2024-09-03")) == ["e2", "e3", "e4"]
    assert ids(two) == ["e3", "e4"]


def test_record_events_that_a_person_added_carry_their_claim(two: Record) -> None:
    quoted = replace(claim("c1", "Lavrov"), content=(Span(start=58, end=67, text="It rained"),))
    two.append([coded("a1", MEETING, text=TEXT, claims=(quoted,), coder=replace(CODER, version="2.0"))])
    decide(two, "add", replace(RAIN, id="p1"))
    found = two.event("p1")
    assert found.claim == quoted
    assert found.event.chain == ("Lavrov",)


def test_record_tells_reviews_that_cannot_be_read(two: Record) -> None:
    (two.path / FILE).write_text("{}\n", encoding="utf-8")
    with pytest.raises(RecordError, match=r"reviews\.jsonl, line 1"):
        two.reported()
    assert len(Record(two.path, reviewed=False).reported()) == 3
