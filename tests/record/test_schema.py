from __future__ import annotations

from datetime import date
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import Article, Claim, CodedArticle, Dateline, Event, EventDate, Mention, Problem
from dragoman.record import schema
from tests.record.builders import coded, event

DAYS = st.dates().map(date.isoformat)
SPECIAL = {
    (Article, "published"): st.none() | DAYS,
    (Dateline, "date"): st.none() | DAYS,
    (EventDate, "start"): DAYS,
    (EventDate, "end"): DAYS,
    (Event, "quad"): st.integers(1, 4),
}
PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(0, 2**40),
    float: st.floats(allow_nan=False, allow_infinity=False),
    bool: st.booleans(),
    NoneType: st.none(),
}


def values(kind: Any) -> st.SearchStrategy[Any]:
    """Values of a type of the model, by the types of its fields."""
    if kind in PLAIN:
        return PLAIN[kind]
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        return st.one_of([values(one) for one in get_args(kind)])
    if get_origin(kind) is tuple:
        return st.lists(values(get_args(kind)[0]), max_size=2).map(tuple)
    fields = {
        name: SPECIAL[kind, name] if (kind, name) in SPECIAL else values(hint)
        for name, hint in get_type_hints(kind).items()
    }
    return st.builds(kind, **fields)


def through_arrow(name: str, rows: list[schema.Row]) -> list[schema.Row]:
    back: list[schema.Row] = pa.Table.from_pylist(rows, schema=schema.TABLES[name]).to_pylist()
    return back


@settings(max_examples=60, deadline=None)
@given(values(CodedArticle))
def test_schema_gives_back_a_coded_article_unchanged(one: CodedArticle) -> None:
    rows = schema.coded_rows(one, "batch-0")
    entry = {"batch": "batch", "version": 1, "recorded_at": None, "position": 0}
    [article] = through_arrow("articles", [{**rows["articles"][0], **entry}])
    parts = {name: through_arrow(name, rows[name]) for name in ("mentions", "claims", "events")}
    back = CodedArticle(
        article=schema.to_article(article),
        mentions=tuple(map(schema.to_mention, parts["mentions"])),
        claims=tuple(map(schema.to_claim, parts["claims"])),
        events=tuple(map(schema.to_event, parts["events"])),
        coder=schema.to_coder(article),
    )
    assert back == one


@settings(max_examples=30, deadline=None)
@given(values(Problem))
def test_schema_gives_back_a_problem_unchanged(one: Problem) -> None:
    entry = {"batch": "batch", "version": 1, "recorded_at": None, "position": 0}
    [row] = through_arrow("failures", [{**schema.problem_row(one), **entry}])
    assert schema.to_problem(row) == one


@pytest.mark.parametrize(
    ("table", "kind", "id_column"),
    [
        ("articles", Article, "article_id"),
        ("mentions", Mention, "mention_id"),
        ("claims", Claim, "claim_id"),
        ("events", Event, "event_id"),
    ],
)
def test_schema_has_a_column_for_every_field(table: str, kind: type[msgspec.Struct], id_column: str) -> None:
    fields = {id_column if name == "id" else name for name in kind.__struct_fields__}
    assert fields <= set(schema.TABLES[table].names)


@pytest.mark.parametrize("day", ["2024-8-2", "20240802", "2024-W31-5", "2024-13-01", "August 2", ""])
def test_schema_refuses_days_that_are_not_iso(day: str) -> None:
    with pytest.raises(ValueError, match="not a day like"):
        schema.coded_rows(coded("a", published=day), "batch-0")
    with pytest.raises(ValueError, match=r"date\.start"):
        schema.coded_rows(coded("a", event("e", date=day)), "batch-0")


def test_schema_writes_a_problem_with_an_odd_file_name() -> None:
    row = schema.problem_row(Problem(kind="failed", stage="reading", source="caf\udce9.txt", reason="Not text."))
    assert row["source"] == "caf\\udce9.txt"


def test_schema_input_hash_tells_articles_and_coders_apart() -> None:
    one, other = coded("a"), coded("a", text="Another text altogether.")
    newer = msgspec.structs.replace(one.coder, version="2.0")
    hashes = {schema.input_hash(one.article, one.coder), schema.input_hash(other.article, one.coder)}
    assert len(hashes | {schema.input_hash(one.article, newer)}) == 3
    assert schema.input_hash(coded("a").article, one.coder) in hashes
