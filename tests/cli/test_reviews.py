from __future__ import annotations

from pathlib import Path

from evaluation.gold import read_gold

from dragoman.record import Record
from dragoman.record.reviews import Changes, Kind, Review, add_review
from tests.cli.conftest import Command


def decide(record: Record, kind: Kind, number: int, changes: Changes | None = None) -> None:
    told = Record(record.path, reviewed=False).reported()[number]
    when = f"2024-09-0{number + 1}T10:00:00+00:00"
    add_review(
        record.path,
        Review(kind=kind, who="Ann", when=when, article=told.article.id, event=told.event, changes=changes),
    )


def test_reviews_say_when_there_are_none(dragoman: Command, record: Record) -> None:
    done = dragoman("reviews", "--record", record.path)
    assert done.code == 0
    assert "Nobody has decided" in " ".join(done.out.split())


def test_reviews_list_decisions_and_accuracy(dragoman: Command, record: Record) -> None:
    decide(record, "accept", 0)
    decide(record, "reject", 1)
    decide(record, "edit", 2, Changes(status="denied"))
    done = dragoman("reviews", "--record", record.path)
    assert done.code == 0
    for words in ("accepted", "rejected", "edited", "(status)", "Random sample (seed 1)", "all types", "0.67"):
        assert words in done.out
    assert max(len(line) for line in done.out.splitlines()) <= 80


def test_reviews_write_labels_and_decisions(dragoman: Command, record: Record, tmp_path: Path) -> None:
    decide(record, "accept", 0)
    decide(record, "reject", 1)
    gold, sheet = tmp_path / "gold.jsonl", tmp_path / "decisions.csv"
    done = dragoman("reviews", "--record", record.path, "--jsonl", gold, "--csv", sheet)
    assert (done.code, done.out) == (0, "")
    assert sum(len(article.events) for article in read_gold(gold)) == 1
    assert len(sheet.read_text(encoding="utf-8").splitlines()) == 3


def test_reviews_refuse_whole_without_a_file(dragoman: Command, record: Record) -> None:
    done = dragoman("reviews", "--record", record.path, "--whole")
    assert done.code == 2
    assert "--jsonl" in done.told


def test_reviews_are_seen_by_every_verb_and_left_out_when_asked(dragoman: Command, record: Record) -> None:
    before = dragoman("export", "--record", record.path, "--format", "csv", "--out", "-").out.splitlines()
    decide(record, "reject", 0)
    after = dragoman("events", "--record", record.path, "--csv").out.splitlines()
    assert len(after) == len(before) - 1
    for verb in ("events", "incidents"):
        own = dragoman(verb, "--record", record.path, "--csv", "--unreviewed").out.splitlines()
        assert len(own) > len(dragoman(verb, "--record", record.path, "--csv").out.splitlines())
