"""What is read in bulk is what was written, whatever the values, and the same as what is read one by one."""

from __future__ import annotations

import gc

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.errors import RecordError
from dragoman.model import CodedArticle
from dragoman.record import Record
from dragoman.record.structs import without_collecting
from tests.record.builders import claim, coded, event
from tests.record.test_schema import values


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=st.lists(values(CodedArticle), min_size=5, max_size=20))
def test_structs_give_back_all_that_was_appended(
    tmp_path_factory: pytest.TempPathFactory, made: list[CodedArticle]
) -> None:
    record = Record.create(tmp_path_factory.mktemp("structs") / "record")
    batch = [
        msgspec.structs.replace(one, article=msgspec.structs.replace(one.article, id=f"a{number}"))
        for number, one in enumerate(made)
    ]
    record.append(batch)
    told = {(r.article.id, r.event.id): r for r in record.reported()}
    for one in batch:
        claims = {c.id: c for c in reversed(one.claims)}
        for each in {e.id: e for e in one.events if [f.id for f in one.events].count(e.id) == 1}.values():
            assert told[one.article.id, each.id].event == each
            assert told[one.article.id, each.id].article == one.article
            if [c.id for c in one.claims].count(each.claim) == 1:
                assert told[one.article.id, each.id].claim == claims[each.claim or ""]
    assert all(record.coded(one.article.id) == one for one in batch[:3])


def test_structs_tell_of_a_row_that_no_coder_writes(record: Record) -> None:
    strange = msgspec.structs.replace(event("e"), type="DANCE")  # type: ignore[arg-type]
    record.append([coded("a", strange)])
    with pytest.raises(RecordError, match="a row that no coder writes"):
        record.reported()


def test_structs_at_finds_events_by_their_places(record: Record) -> None:
    record.append(
        [coded("a", event("e1", claim="c1"), event("e2"), claims=(claim("c1", "Lavrov"),)), coded("b", event("e1"))]
    )
    placed = list(record.events().with_places())
    assert [report for report, _ in placed] == record.reported()
    assert record.at([place for _, place in placed]) == {place: report for report, place in placed}
    (first, place), *_ = placed
    assert record.at([place, ("nowhere", 0)]) == {place: first}
    assert record.at([]) == {}
    record.append([coded("a", event("e9"))])
    assert record.at([place]) == ({} if first.article.id == "a" else {place: first})


def test_structs_let_garbage_be_collected_again() -> None:
    for collects in (True, False):
        (gc.enable if collects else gc.disable)()
        with without_collecting():
            assert not gc.isenabled()
        assert gc.isenabled() == collects
    gc.enable()


def test_structs_state_changes_with_what_is_read(record: Record) -> None:
    states = [record.state]
    record.append([coded("a", event("e1"))])
    states.append(record.state)
    (record.path / "actors.yaml").write_text("merge: []\n", encoding="utf-8")
    states.append(record.state)
    states.append(Record(record.path, as_of=0).state)
    assert len(set(states)) == 4
