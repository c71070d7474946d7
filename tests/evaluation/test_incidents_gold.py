from __future__ import annotations

import pytest
from evaluation.incidents_gold import Verdict, read_incidents, reported, score


def test_incidents_gold_is_large_and_each_incident_has_one_label() -> None:
    rows = read_incidents()
    assert len({row.id for row in rows}) == len(rows) >= 200
    assert len({row.incident for row in rows}) >= 60


def test_incidents_gold_rows_become_reports() -> None:
    rows = {row.id: row for row in read_incidents()}
    (told,) = reported([rows["r001"]])
    assert (told.event.actors[0].country, told.event.actors[0].office) == ("KEN", "Foreign Minister of Kenya")
    assert told.event.date is not None
    assert told.event.evidence.text == told.article.text


def test_incidents_gold_counts_pairs() -> None:
    verdict = Verdict(frozenset({("a", "b"), ("b", "c")}), frozenset({("a", "b")}))
    assert (verdict.precision, verdict.recall) == (1.0, 0.5)
    assert Verdict(frozenset(), frozenset()).precision == 1.0


def test_incidents_gold_reaches_what_was_asked_for() -> None:
    verdict = score(read_incidents())
    assert verdict.precision >= 0.95
    assert verdict.recall == pytest.approx(0.84, abs=0.04)
