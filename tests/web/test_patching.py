from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from dragoman.analysis.incidents import references
from dragoman.record.decisions import Decision, add_decision
from dragoman.record.reviews import Changes, Review, add_review
from dragoman.web import keeper as keeping
from dragoman.web.desk import Desk
from dragoman.web.keeper import Keeper
from dragoman.web.lookup import Lookup
from dragoman.web.patching import patched


def review(desk: Desk, event: str, kind: str = "edit", **changes: object) -> Review:
    told, _ = desk.event(event)
    values = {"kind": kind, "who": "Ann", "when": "2024-08-03T10:00:00+00:00", "article": told.article.id}
    return Review(**values, event=told.event, changes=Changes(**changes) if changes else None)  # type: ignore[arg-type]


def merge(desk: Desk, one: str, other: str) -> Decision:
    both = (*references(desk.event(one)[1]), *references(desk.event(other)[1]))
    return Decision(kind="merge", reports=both)


def split(desk: Desk, event: str) -> Decision:
    found = desk.event(event)[1]
    rest = {r.event.id for r in found.reports} - {event}
    return Decision(kind="split", reports=references(found, only={event}), rest=references(found, only=rest))


def several(desk: Desk) -> str:
    """An event that is one of several in its incident."""
    return next(each for each in desk.incidents if len(each.reports) > 1).reports[1].event.id


DECISIONS: list[Callable[[Desk, Path], None]] = [
    lambda desk, folder: add_review(folder, review(desk, "e12", type="REJECT")),
    lambda desk, folder: add_review(folder, review(desk, "e12", status="denied")),
    lambda desk, folder: add_review(folder, review(desk, "e13", "reject")),
    lambda desk, folder: add_review(folder, review(desk, "e13", "accept"), review(desk, "e13", "undo")),
    lambda desk, folder: add_review(folder, review(desk, several(desk), "reject")),
    lambda desk, folder: add_review(folder, review(desk, "e30", recipients=desk.event("e12")[0].event.recipients)),
    lambda desk, folder: add_decision(folder, merge(desk, "e02", "e03")),
    lambda desk, folder: add_decision(folder, split(desk, several(desk))),
]


@pytest.mark.parametrize("decide", DECISIONS)
def test_patching_gives_what_reading_all_again_would(own_record: Path, decide: Callable[[Desk, Path], None]) -> None:
    desk = Keeper(own_record).desk()
    desk.memo("turned", lambda: "kept")
    decide(desk, own_record)
    made, whole = patched(desk), Keeper(own_record).desk()
    assert made is not None
    assert made.incidents == whole.incidents
    assert made.decisions == whole.decisions
    assert made.reviews == whole.reviews
    for name in ("by_id", "reports", "by_country", "by_name", "pairs"):
        assert getattr(made.lookup, name) == getattr(whole.lookup, name), name
    for article in made.articles:
        assert sorted(made.reports_in(article), key=_id) == sorted(whole.reports_in(article), key=_id)
    assert made.memo("turned", lambda: "made anew") == "kept"


def _id(report: object) -> str:
    return str(msgspec.to_builtins(report)["event"]["id"])


def test_patching_takes_back_what_was_taken_back(own_record: Path) -> None:
    desk = Keeper(own_record).desk()
    add_decision(own_record, merge(desk, "e02", "e03"))
    made = patched(desk)
    assert made is not None
    assert made.event("e02")[1] is made.event("e03")[1]
    (own_record / "incidents.jsonl").write_text("\n", encoding="utf-8")
    back = patched(made)
    assert back is not None
    assert back.incidents == desk.incidents


def test_patching_forgets_ties_that_are_touched_and_keeps_the_others(own_record: Path) -> None:
    desk = Keeper(own_record).desk()
    for pair in (("PRK", "RUS"), ("CHN", "PRK")):
        desk.memo(("tie", *pair), lambda: "old")
    add_review(own_record, review(desk, "e12", type="REJECT"))
    made = patched(desk)
    assert made is not None
    assert made.memo(("tie", "PRK", "RUS"), lambda: "new") == "new"
    assert made.memo(("tie", "CHN", "PRK"), lambda: "new") == "old"


def test_patching_leaves_much_to_reading_all_again(own_record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.web.patching.DECIDED", 0)
    desk = Keeper(own_record).desk()
    add_review(own_record, review(desk, "e12", "accept"))
    assert patched(desk) is None


def test_lookup_altered_by_nothing_is_the_same(desk: Desk) -> None:
    first = desk.incidents[:1]
    again = Lookup(desk.incidents).altered(first, first)
    assert again.incidents == desk.incidents
    assert again.by_id == desk.lookup.by_id
    assert again.pairs == desk.lookup.pairs


def test_keeper_of_a_slow_record_shows_a_decision_at_once(own_record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "QUICK", -1.0)
    keeper = Keeper(own_record, pause=60)
    assert keeper.desk().event("e12")[0].event.type == "AGREE"
    with keeper.writing() as folder:
        add_review(folder, review(keeper.desk(), "e12", type="REJECT"))
    assert keeper.desk().event("e12")[1].type == "REJECT"
    assert keeper.stale == "decided"
    keeper.reload()
    assert keeper.desk().event("e12")[1].type == "REJECT"
    assert keeper.stale is None


def test_keeper_of_a_slow_record_reads_it_again_when_nobody_decides(
    own_record: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "QUICK", -1.0)
    keeper = Keeper(own_record, pause=0.05)
    before = keeper.desk()
    with keeper.writing() as folder:
        add_review(folder, review(before, "e12", "reject"))
    assert keeper.desk().serial == before.serial + 1
    for _ in range(200):
        if keeper.stale is None:
            break
        time.sleep(0.05)
    assert keeper.stale is None
    assert keeper.desk().serial == before.serial + 2


def test_keeper_tells_of_decisions_that_cannot_be_read_once(
    own_record: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeping, "QUICK", -1.0)
    keeper = Keeper(own_record, pause=60)
    before = keeper.desk()
    (own_record / "reviews.jsonl").write_text("no decision\n", encoding="utf-8")
    assert keeper.desk() is keeper.desk() is before
    assert keeper.stale == "changed"
    assert sum("cannot be shown yet" in each.message for each in caplog.records) == 1
