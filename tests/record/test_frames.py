from __future__ import annotations

from datetime import date

import pandas
import polars
import pyarrow as pa
import pytest

from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.frames import as_pandas, as_polars
from tests.record.builders import claim, coded, event


@pytest.fixture
def told(record: Record) -> Record:
    """A record with two articles, one of them without events."""
    kim = event("e1", "Kim Jong Un/PRK", "RUS", date="2024-08-01", chain=("TASS", "Morning Paper"), claim="c0")
    record.append([coded("a", kim, event("e2", date=None, type="AID"), claims=(claim("c0", "TASS"),)), coded("b")])
    return record


def test_frames_of_events_have_a_type_for_every_column(told: Record) -> None:
    frame = told.events().pandas()
    assert [name for name in frame if frame[name].dtype == object] == []
    assert frame["event_start"].tolist() == [pandas.Timestamp("2024-08-01"), pandas.NaT]
    assert frame["event_start"].dt.year.max() == 2024
    assert isinstance(frame["type"].dtype, pandas.CategoricalDtype)
    assert frame["type"].cat.categories[0] == "AGREE"
    assert frame["symmetric"].dtype == bool
    assert frame["chain"].iloc[0] == ["TASS", "Morning Paper"]
    assert frame["actors"].iloc[0][0]["actor"] == "Kim Jong Un"
    assert frame["date"].struct.field("basis").iloc[0] == "stated"


def test_frames_of_events_in_polars(told: Record) -> None:
    schema = told.events().polars().schema
    assert schema["event_start"] == polars.Date
    assert schema["symmetric"] == polars.Boolean
    assert schema["chain"] == polars.List(polars.String)
    assert schema["status"] == polars.Enum(["actual", "planned", "hypothetical", "denied", "habitual"])
    assert polars.Object not in schema.values()


def test_frames_of_claims(told: Record) -> None:
    frame = told.claims().pandas()
    assert frame["claim_id"].tolist() == ["c0"]
    assert frame["kind"].cat.categories.tolist() == ["direct", "indirect", "mixed"]
    assert frame["published"].dt.date.tolist() == [date(2024, 8, 2)]
    assert told.claims().polars()["chain"].to_list() == [["TASS"]]


def test_frames_of_answers_keep_types_and_know_categories_by_name(told: Record) -> None:
    asked = told.sql("SELECT type, sum(quad) AS quads, max(published) AS day, 1.5 AS half FROM events GROUP BY type")
    frame = as_pandas(asked)
    assert isinstance(frame["type"].dtype, pandas.CategoricalDtype)
    assert frame["quads"].dtype == "int64"
    assert frame["day"].dt.year.tolist() == [2024, 2024]
    assert as_polars(asked).schema["quads"] == polars.Int64


def test_frames_leave_a_column_that_only_has_the_name_of_a_category() -> None:
    table = pa.table({"type": ["AID", "something else"]})
    assert not isinstance(as_pandas(table)["type"].dtype, pandas.CategoricalDtype)
    assert as_polars(table).schema["type"] == polars.String


def test_frames_of_missing_values_are_nullable_and_not_objects() -> None:
    table = pa.table(
        {"yes": [True, None], "number": [1, None], "nothing": pa.nulls(2), "day": [date(2024, 1, 1), None]}
    )
    frame = as_pandas(table)
    assert [str(frame[name].dtype) for name in ("yes", "number")] == ["boolean", "Int64"]
    assert [name for name in frame if frame[name].dtype == object] == []


def test_frames_of_no_events(record: Record) -> None:
    assert len(record.events().pandas()) == 0
    assert record.events().polars().schema["event_start"] == polars.Date
    assert record.events().count() == 0


def test_frames_first_and_count_read_as_all_do(told: Record) -> None:
    assert told.events().count() == 2
    assert [r.event.id for r in told.events().first(1)] == [r.event.id for r in told.events()][:1]


def test_frames_name_the_extra_that_is_missing(told: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(name: str, *rest: object) -> object:
        raise ImportError(name)

    monkeypatch.setattr("dragoman.record.frames.importlib.import_module", without)
    with pytest.raises(UsageError, match=r"dragoman\[notebooks\]"):
        told.events().pandas()
