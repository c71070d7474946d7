from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from dragoman.errors import RecordError, UsageError
from dragoman.model import Event, EventDate, Span
from dragoman.record.reviews import (
    FILE,
    Changes,
    Kind,
    Review,
    add_review,
    changed,
    likeness,
    read_reviews,
    verdicts,
)
from tests.record.builders import event, party

WHEN = "2024-08-02T10:00:00+00:00"


def review(kind: Kind, of: Event, changes: Changes | None = None, who: str = "Ann") -> Review:
    return Review(kind=kind, who=who, when=WHEN, article="a1", event=of, changes=changes)


def at(of: Event, start: int, words: str) -> Event:
    return replace(of, evidence=Span(start=start, end=start + len(words), text=words))


def test_reviews_come_back_as_they_were_made(tmp_path: Path) -> None:
    made = [
        review("accept", event("e1")),
        review("edit", event("e2"), Changes(type="ACCUSE", mode=None, date=None, actors=(party("RUS"),))),
        Review(kind="reject", who="Bo", when=WHEN, article="a2", event=event("e3"), because="a quotation of 1999"),
    ]
    assert read_reviews(tmp_path) == []
    add_review(tmp_path, made[0])
    add_review(tmp_path, *made[1:])
    assert read_reviews(tmp_path) == made


def test_reviews_tell_unknown_from_unchanged(tmp_path: Path) -> None:
    add_review(tmp_path, review("edit", event("e1", date="2024-08-01"), Changes(date=None)))
    changes = read_reviews(tmp_path)[0].changes
    assert changes is not None
    assert changes.fields == ("date",)
    assert b'"changes":{"date":null}' in (tmp_path / FILE).read_bytes()


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        ({"kind": "burn"}, "field 'kind'"),
        ({"who": " "}, "'who' is empty"),
        ({"when": "yesterday"}, "'when' is 'yesterday'"),
        ({"changes": {"type": "ACCUSE"}}, "'changes' belong to an edit"),
        ({"kind": "edit", "changes": {"mode": "phoned"}}, "no mode 'phoned'"),
        ({"kind": "edit", "changes": {"type": "DANCE"}}, "field 'changes.type'"),
        ({"kind": "edit", "changes": {"date": {"start": "2024-8-2", "end": "2024-08-02", "granularity": "day",
                                               "basis": "stated"}}}, "'2024-8-2' is not a day"),
        ({"colour": "red"}, "unknown field `colour`"),
    ],
)  # fmt: skip
def test_reviews_refuse_a_line_that_makes_no_sense(tmp_path: Path, broken: dict[str, object], told: str) -> None:
    line = msgspec.to_builtins(review("accept", event("e1"))) | broken
    (tmp_path / FILE).write_bytes(msgspec.json.encode(line) + b"\n")
    with pytest.raises(RecordError, match=rf"reviews\.jsonl, line 1.*{told}"):
        read_reviews(tmp_path)


def test_reviews_the_later_decision_counts_and_undo_gives_the_one_before_back() -> None:
    one = event("e1")
    rows = [review("accept", one), review("reject", one, who="Bo"), review("undo", one), review("undo", one)]
    states = [[v.state for v in verdicts(rows[:n])] for n in range(1, 5)]
    assert states == [["accepted"], ["rejected"], ["accepted"], []]
    assert verdicts([*rows, review("undo", one), review("accept", one)])[0].state == "accepted"


def test_reviews_of_what_a_person_added_change_that() -> None:
    one = event("p1")
    rows = [review("add", one), review("edit", one, Changes(status="planned")), review("reject", one)]
    added, edited, rejected = (verdicts(rows[:n])[0] for n in (1, 2, 3))
    assert (added.state, edited.state, rejected.state) == ("added", "edited", "rejected")
    assert (added.added, edited.added) == (True, True)
    left = edited.result()
    assert left is not None
    assert left.status == "planned"
    assert rejected.result() is None


def test_reviews_changed_brings_quad_and_score_of_the_type() -> None:
    left = changed(event("e1", type="CONSULT"), Changes(type="ASSAULT"))
    assert (left.type, left.quad, left.intensity, left.confidence) == ("ASSAULT", 4, -9.0, 1.0)


def test_reviews_changed_drops_a_mode_that_the_new_type_lacks_and_refuses_one_by_name() -> None:
    visit = replace(event("e1", type="CONSULT"), mode="visit")
    assert changed(visit, Changes(type="AGREE")).mode is None
    with pytest.raises(UsageError, match="no mode 'visit'"):
        changed(visit, Changes(type="AGREE", mode="visit"))


def test_reviews_changed_refuses_days_that_end_before_they_begin() -> None:
    days = EventDate(start="2024-08-02", end="2024-08-01", granularity="day", basis="stated")
    with pytest.raises(UsageError, match="before the first"):
        changed(event("e1"), Changes(date=days))


ONE = at(event("e1"), 10, "Kim met Putin on Friday")


@pytest.mark.parametrize(
    "now",
    [
        replace(ONE, id="e2"),
        at(event("e2"), 14, "met Putin on Friday in the hall"),
        at(event("e2"), 300, "Kim met Putin on Friday"),
        at(event("e2", "Kim Jong Un/PRK", "Vladimir Putin/RUS"), 10, "Kim met Putin on Friday"),
        event("e1", type="ACCUSE", evidence="other words"),
    ],
    ids=["new id", "longer clause", "moved text", "persons of the same states", "same id"],
)
def test_reviews_likeness_takes_the_same_report(now: Event) -> None:
    assert likeness(ONE, now) > 0


@pytest.mark.parametrize(
    "now",
    [
        replace(ONE, id="e2", type="ACCUSE"),
        at(event("e2", "CHN"), 10, "Kim met Putin on Friday"),
        at(event("e2", "RUS", "PRK"), 10, "Kim met Putin on Friday"),
        at(event("e2"), 10, "Xi met Putin on Friday "),
        at(event("e2"), 60, "They spoke on Sunday"),
    ],
    ids=["another type", "other sides", "sides exchanged", "other words there", "elsewhere"],
)
def test_reviews_likeness_leaves_others(now: Event) -> None:
    assert likeness(ONE, now) == 0


def test_reviews_likeness_takes_exchanged_sides_where_both_act() -> None:
    both = replace(ONE, symmetric=True)
    assert likeness(both, replace(both, id="e2", actors=both.recipients, recipients=both.actors)) > 0
