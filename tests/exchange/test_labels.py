from __future__ import annotations

import csv
import io
from pathlib import Path

from evaluation.gold import read_gold
from msgspec.structs import replace

from dragoman.exchange.labels import COLUMNS, labelled, write_reviews_csv
from dragoman.json_lines import write_lines
from dragoman.model import Article, Event, Span
from dragoman.record.reviewed import Coding, overlay
from dragoman.record.reviews import Changes, Kind, Review, verdicts
from tests.record.builders import event, party

TEXT = "Kim met Putin on Friday. Lavrov said the North was sending shells."
ARTICLE = Article(id="a1", text=TEXT, title="A meeting", publisher="Post", published="2024-08-02")
MEETING = replace(event("e1", "Kim Jong Un/PRK;PRK", "RUS", date="2024-08-02"), symmetric=True,
                  evidence=Span(start=0, end=13, text="Kim met Putin"))  # fmt: skip
SHELLS = replace(event("e2", "PRK", None, type="AID"), claim="c1", chain=("Lavrov", "Post"),
                 evidence=Span(start=37, end=65, text="the North was sending shells"))  # fmt: skip


def review(kind: Kind, of: Event, changes: Changes | None = None, because: str | None = None) -> Review:
    when = "2024-08-02T10:00:00+00:00"
    return Review(kind=kind, who="Ann", when=when, article="a1", event=of, changes=changes, because=because)


def write(path: Path, *reviews: Review, whole: bool = False, coded: tuple[Event, ...] = (MEETING, SHELLS)) -> Path:
    now = overlay(verdicts(reviews), {"a1": Coding(id="k1", text=TEXT, publisher="Post", events=coded)})
    write_lines(path, labelled(now, [ARTICLE], {"a1": [e.id for e in coded]}, whole=whole))
    return path


def test_labels_are_read_as_labelled_articles(tmp_path: Path) -> None:
    edit = Changes(recipients=(party("RUS"), party("Wagner")), status="planned")
    [gold] = read_gold(write(tmp_path / "gold.jsonl", review("accept", MEETING), review("edit", SHELLS, edit)))
    assert (gold.id, gold.publisher, gold.text) == ("a1", "Post", TEXT)
    meeting, shells = gold.events
    assert (meeting.types, meeting.symmetric) == (("CONSULT",), True)
    assert (meeting.source, meeting.target) == (("PRK",), ("RUS",))
    assert meeting.date is not None
    assert (meeting.date.start, meeting.said_by, meeting.evidence) == ("2024-08-02", None, "Kim met Putin")
    assert (shells.target, shells.status, shells.said_by) == (("RUS", "Wagner"), "planned", "Lavrov")


def test_labels_leave_articles_out_that_were_only_rejected_in_part(tmp_path: Path) -> None:
    assert read_gold(write(tmp_path / "gold.jsonl", review("reject", MEETING))) == []


def test_labels_of_articles_wholly_reviewed_say_that_there_is_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    [gold] = read_gold(write(path, review("reject", MEETING), review("reject", SHELLS), whole=True))
    assert gold.events == ()
    assert read_gold(write(path, review("accept", MEETING), whole=True)) == []


def test_labels_keep_what_the_coder_no_longer_finds(tmp_path: Path) -> None:
    [gold] = read_gold(write(tmp_path / "gold.jsonl", review("accept", MEETING), coded=(SHELLS,)))
    assert [e.evidence for e in gold.events] == ["Kim met Putin"]


def test_labels_sheet_has_every_decision_and_which_of_them_count() -> None:
    reviews = [
        review("accept", MEETING, because="=1+1"),
        review("edit", MEETING, Changes(type="AGREE")),
        review("reject", SHELLS),
    ]
    out = io.BytesIO()
    write_reviews_csv(reviews, verdicts(reviews[2:]), out)
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode())))
    assert tuple(rows[0]) == COLUMNS
    assert [(r["decision"], r["counts"]) for r in rows] == [("accept", "no"), ("edit", "yes"), ("reject", "lost")]
    assert (rows[0]["because"], rows[1]["changed"]) == ("'=1+1", '{"type":"AGREE"}')
