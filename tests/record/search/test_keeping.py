from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

import msgspec
import pytest

from dragoman.model import ReportedEvent
from dragoman.record import Record
from dragoman.record.reviews import Changes, Review, add_review
from dragoman.record.search import Ask, SearchIndex, keeping, search_index
from tests.record.builders import coded, event


@pytest.fixture
def record(tmp_path: Path) -> Record:
    made = Record.create(tmp_path / "record")
    made.append([coded("a1", event("e1", evidence="the ferry sailed"), text="The ferry sailed.")])
    return made


def _home(record: Record) -> Path:
    return record.path / ".cache" / "search"


def _indexes(record: Record) -> set[str]:
    return {folder.name for folder in _home(record).glob("index-*")}


def _found(index: SearchIndex, q: str) -> set[str]:
    return {found.id for found in index.every(Ask(q=q))}


def _never() -> Iterable[ReportedEvent]:
    raise AssertionError("The events were read again.")


def test_keeping_opens_what_is_there(record: Record) -> None:
    search_index(record, record.reported)
    assert _found(search_index(Record(record.path), _never), "ferry") == {"a1", "e1"}


def test_keeping_adds_new_articles_to_the_old_index(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    search_index(record, record.reported)
    record.append([coded("a2", text="A lighthouse stands there.")])
    read: list[str] = []
    real = keeping.documents
    monkeypatch.setattr(keeping, "documents", lambda parts: read.append(parts.article.id) or real(parts))
    index = search_index(record, record.reported)
    assert read == ["a2"]
    assert _found(index, "lighthouse OR ferry") == {"a1", "e1", "a2"}


def test_keeping_takes_out_what_was_superseded(record: Record) -> None:
    search_index(record, record.reported)
    record.append([coded("a1", event("e9", evidence="the barge sailed"), text="The barge sailed.")])
    index = search_index(record, record.reported)
    assert _found(index, "ferry") == set()
    assert _found(index, "barge") == {"a1", "e9"}


def test_keeping_follows_events_that_a_person_changed(record: Record) -> None:
    search_index(record, record.reported, fresh=True)
    (report,) = record.reported()
    changed = msgspec.structs.replace(report, event=msgspec.structs.replace(report.event, type="AID"))
    assert _types(search_index(record, lambda: [changed], fresh=True)) == {"AID"}
    assert _types(search_index(record, lambda: [], fresh=True)) == set()
    assert _types(search_index(record, record.reported, fresh=True)) == {"CONSULT"}


def test_keeping_follows_reviews_without_being_told(record: Record) -> None:
    assert _types(search_index(record, record.reported)) == {"CONSULT"}
    (report,) = record.reported()
    decided = Review(
        kind="edit",
        who="Ann",
        when="2026-01-01T00:00:00+00:00",
        article="a1",
        event=report.event,
        changes=Changes(type="AID"),
    )
    add_review(record.path, decided)
    assert _types(search_index(record, record.reported)) == {"AID"}


def _types(index: SearchIndex) -> set[str]:
    return {kind for found in index.every(Ask(kind="event")) for kind in found.types}


@pytest.mark.parametrize("torn", ["meta.json", "*.store", "*.term", "articles.msgpack", "*.idx"])
@pytest.mark.parametrize("how", ["cut", "gone"])
def test_keeping_makes_a_torn_index_anew(record: Record, torn: str, how: str) -> None:
    search_index(record, record.reported)
    record.append([coded("a2", text="A lighthouse stands there.")])
    for folder in _home(record).glob("index-*"):
        for file in folder.glob(torn):
            if how == "gone":
                file.unlink()
            else:
                file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    assert _found(search_index(record, record.reported), "ferry OR lighthouse") == {"a1", "e1", "a2"}
    assert _found(search_index(Record(record.path), record.reported), "ferry") == {"a1", "e1"}


def test_keeping_throws_nothing_away_that_others_read(record: Record) -> None:
    first = search_index(record, record.reported)
    for number in range(5):
        record.append([coded(f"b{number}", text=f"Word{number} alone.")])
        search_index(record, record.reported)
    assert len(_indexes(record)) <= keeping.KEPT
    assert _found(first, "ferry") == {"a1", "e1"}
    assert not list(_home(record).glob("draft-*"))


def test_keeping_builds_in_memory_where_nothing_can_be_written(record: Record) -> None:
    (record.path / ".cache").write_text("a file in the way", encoding="utf-8")
    assert _found(search_index(record, record.reported), "ferry") == {"a1", "e1"}


def test_keeping_lets_several_build_at_once(record: Record) -> None:
    record.append([coded(f"b{number}", text=f"Word{number} ferry.") for number in range(30)])
    found: list[int] = []

    def build() -> None:
        found.append(len(_found(search_index(Record(record.path), record.reported), "ferry")))

    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [32] * 4
    assert len(_indexes(record)) == 1
    assert not list(_home(record).glob("draft-*"))
