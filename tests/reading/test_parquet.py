"""Parquet files as articles: columns are fields, checked as strictly as those of JSON Lines."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dragoman.model import Problem
from dragoman.reading import parquet, read
from dragoman.reading.parquet import read_parquet
from dragoman.reading.raw import RawArticle

TEXT = "Japan condemned North Korea on Monday."


def found(**columns: Any) -> list[RawArticle | Problem]:
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    out.seek(0)
    return list(read_parquet(out, "in.parquet"))


def test_parquet_rows_are_articles(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    rows = [{"id": f"n{i}", "text": f"{TEXT} {i}", "published": "2024-08-02", "language": "en"} for i in range(600)]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=250)
    articles = list(read(path))
    assert [a.id for a in articles] == [f"n{i}" for i in range(600)]
    assert (articles[-1].text, articles[-1].published) == (f"{TEXT} 599", "2024-08-02")
    path.rename(tmp_path / "without-suffix")
    assert len(list(read(tmp_path / "without-suffix"))) == 600


@pytest.mark.parametrize("day", ["2024-08-02", date(2024, 8, 2), datetime(2024, 8, 2, 15, 30, tzinfo=UTC)])
def test_parquet_days_may_have_a_type_of_their_own(day: object) -> None:
    (article,) = found(text=[TEXT], published=[day], id=[7])
    assert isinstance(article, RawArticle)
    assert (article.published, article.id, article.line) == ("2024-08-02", "7", 1)


def test_parquet_pages_and_columns_of_no_use() -> None:
    page = f"<html><body><article><p>{TEXT} {TEXT}</p></article></body></html>"
    (article,) = found(html=[page], _score=[1.0], tags=[["a"]])
    assert isinstance(article, RawArticle)
    assert "condemned" in article.text


@pytest.mark.parametrize(
    ("columns", "field", "told"),
    [
        ({"text": [TEXT], "publised": ["2024"]}, "publised", "Did you mean 'published'?"),
        ({"body": [TEXT]}, "body", "Did you mean 'text'?"),
        ({"title": ["No text"]}, None, "no column 'text' or 'html'"),
        ({"text": pa.array([], pa.string())}, None, "no article in it"),
    ],
)
def test_parquet_file_that_is_none_is_one_problem(columns: dict[str, Any], field: str | None, told: str) -> None:
    (problem,) = found(**columns)
    assert isinstance(problem, Problem)
    assert (problem.source, problem.field) == ("in.parquet", field)
    assert told in problem.reason


def test_parquet_row_that_is_none_is_told_and_the_next_one_read() -> None:
    bad, good, wrong = found(text=[None, TEXT, TEXT], published=[None, None, "yesterday"])
    assert isinstance(good, RawArticle)
    assert isinstance(bad, Problem)
    assert isinstance(wrong, Problem)
    assert [(p.line, p.field) for p in (bad, wrong)] == [(1, "text"), (3, "published")]


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1 not at all PAR1", b"text"])
def test_parquet_that_is_damaged_is_one_problem(content: bytes) -> None:
    (problem,) = read_parquet(io.BytesIO(content), "in.parquet")
    assert isinstance(problem, Problem)
    assert "cannot be read as Parquet" in problem.reason


def test_parquet_cannot_be_read_from_a_pipe() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    (problem,) = read_parquet(Pipe(b"PAR1"), "-")
    assert isinstance(problem, Problem)
    assert "give it as a file" in problem.reason


def test_parquet_text_that_repeats_is_in_memory_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MAX_FILE", 1_000)
    long = pa.DictionaryArray.from_arrays(pa.array([0] * 256), pa.array(["x" * 1_000_000]))
    before = pa.total_allocated_bytes()
    out = io.BytesIO()
    pq.write_table(pa.table({"text": long}), out, store_schema=False)
    out.seek(0)
    for number, problem in enumerate(read_parquet(out, "in.parquet")):
        assert isinstance(problem, Problem)
        assert number or pa.total_allocated_bytes() - before < 50_000_000


@pytest.mark.parametrize(
    ("column", "values"),
    [
        ("text", pa.Array.from_buffers(pa.string(), 2, pa.array([b"\xff\xfe", TEXT.encode()], pa.binary()).buffers())),
        ("published", pa.array([2**30, 19937], pa.date32())),
    ],
)
def test_parquet_value_that_python_has_not_costs_one_row(column: str, values: pa.Array) -> None:
    bad, good = found(**({"text": [TEXT, TEXT]} | {column: values}))
    assert isinstance(bad, Problem)
    assert (bad.line, isinstance(good, RawArticle)) == (1, True)
