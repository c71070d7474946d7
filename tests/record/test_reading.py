from __future__ import annotations

import importlib
from typing import Any

import pyarrow as pa
import pytest

from dragoman.errors import UsageError
from dragoman.record import Record
from dragoman.record.schema import EVENT_COLUMNS
from tests.record.builders import coded, event


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Record:
    """A record of a few events between several parties, for tests that only read."""
    record = Record.create(tmp_path_factory.mktemp("told") / "record")
    record.append(
        [
            coded(
                "a",
                event("visit", "Kim Jong Un/PRK", "Sergei Lavrov/RUS", date="2023-10-19", chain=("KCNA", "Yonhap")),
                event("summit", "RUS", "PRK;CHN", date=("2023-09-01", "2023-09-30"), status="planned"),
                event("fired", "PRK", None, type="MOBILIZE", date="2023-12-18"),
                published="2023-10-21",
                publisher="Yonhap News Agency",
            ),
            coded(
                "b",
                event("undated", "JPN", "RUS", type="ACCUSE", chain=("José Peña", "Morning Paper")),
                event("united", "United Nations", "PRK", type="SANCTION", date="2024-01-05"),
                published="2024-01-10",
            ),
            coded("c", event("unplaced", "KOR", "JPN", type="AGREE"), published=None, publisher=None),
        ]
    )
    return record


ORDER = ["summit", "visit", "fired", "united", "undated", "unplaced"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ORDER),
        ({"between": ("PRK", "RUS")}, ["summit", "visit"]),
        ({"between": ("rus", "prk")}, ["summit", "visit"]),
        ({"between": ("RUS", "CHN")}, ["summit"]),
        ({"between": ("PRK", "CHN")}, []),
        ({"between": ("Kim Jong-un", "RUS")}, ["visit"]),
        ({"between": ("north korea", "united nations")}, ["united"]),
        ({"between": ("PRK", "PRK")}, []),
        ({"between": ("PRK", "KOR")}, []),
        ({"party": "PRK"}, ["summit", "visit", "fired", "united"]),
        ({"party": "sergei lavrov"}, ["visit"]),
        ({"party": "Lavrov"}, []),
        ({"since": "2023-10-19"}, ["visit", "fired", "united", "undated"]),
        ({"until": "2023-10-19"}, ["summit", "visit"]),
        ({"since": "2023-09-15", "until": "2023-09-16"}, ["summit"]),
        ({"since": "2024"}, ["united", "undated"]),
        ({"until": "2023-09"}, ["summit"]),
        ({"since": "2024-01-10", "until": "2024-01-10"}, ["undated"]),
        ({"types": ("ACCUSE", "sanction")}, ["united", "undated"]),
        ({"types": "AGREE"}, ["unplaced"]),
        ({"statuses": ("planned",)}, ["summit"]),
        ({"source": "yonhap"}, ["summit", "visit", "fired"]),
        ({"source": "kcna"}, ["visit"]),
        ({"source": "jose pena"}, ["undated"]),
        ({"min_confidence": 0}, ORDER),
        ({"min_confidence": 0.5}, ORDER),
        ({"min_confidence": 0.51}, []),
        ({"party": "RUS", "types": ("ACCUSE",), "since": "2024"}, ["undated"]),
        ({"party": "x' OR true --"}, []),
    ],
)
def test_record_reported_keeps_what_meets_all_conditions(
    told: Record, filters: dict[str, Any], expected: list[str]
) -> None:
    assert [one.event.id for one in told.reported(**filters)] == expected


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        ({"types": ("MEET",)}, "There is no event type 'MEET'. There are: AGREE, CONSULT"),
        ({"statuses": ("done",)}, "There is no status 'done'. There are: actual, planned"),
        ({"since": "yesterday"}, "'since' is 'yesterday'"),
        ({"until": "2024-02-30"}, "'until' is '2024-02-30'"),
        ({"until": "2024-00"}, "'until'"),
        ({"until": "2024-01-00"}, "'until'"),
        ({"since": "2024-03", "until": "2024-02"}, "Swap them"),
        ({"between": ("PRK", " ")}, "'between' is empty"),
        ({"party": ""}, "'party' is empty"),
        ({"min_confidence": 1.5}, "'min-confidence' is 1.5"),
        ({"min_confidence": -0.1}, "'min-confidence' is -0.1"),
        ({"min_confidence": float("nan")}, "'min-confidence' is nan"),
    ],
)
def test_record_reported_refuses_what_cannot_be_asked(told: Record, filters: dict[str, Any], message: str) -> None:
    with pytest.raises(UsageError) as caught:
        told.reported(**filters)
    assert message in str(caught.value)


def test_record_event_takes_a_unique_beginning_of_an_id(record: Record) -> None:
    record.append([coded("a", event("abc1"), event("abc2"), event("abc"), event("d%"))])
    assert record.event("abc1").event.id == "abc1"
    assert record.event("abc").event.id == "abc"
    assert record.event("d").event.id == "d%"
    for wanted, message in [
        ("ab", "abc, abc1, abc2"),
        ("x", "There is no event 'x'"),
        ("", "no event"),
        ("%", "no event"),
    ]:
        with pytest.raises(UsageError, match=message):
            record.event(wanted)


def test_record_article_unknown_is_refused(told: Record) -> None:
    for read in (told.article, told.coded):
        with pytest.raises(UsageError, match="There is no article 'zzz'"):
            read("zzz")


def test_selection_arrow_has_the_order_of_reported(told: Record) -> None:
    assert told.events().arrow()["event_id"].to_pylist() == ORDER


def test_selection_arrow_has_the_published_columns(told: Record) -> None:
    table = told.events(party="Sergei Lavrov").arrow()
    assert table.schema == EVENT_COLUMNS
    [row] = table.to_pylist()
    assert (row["actors"][0]["actor"], row["publisher"]) == ("Kim Jong Un", "Yonhap News Agency")
    assert str(row["event_start"]) == "2023-10-19"


def test_selection_looks_again_each_time(record: Record) -> None:
    chosen = record.events(types=["AID"])
    assert list(chosen) == []
    record.append([coded("d", event("rice", type="AID"))])
    assert [one.event.id for one in chosen] == ["rice"]


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_selection_gives_data_frames_where_they_are_installed(told: Record, package: str) -> None:
    pytest.importorskip(package)
    frame = getattr(told.events(types=["AGREE"]), package)()
    assert type(frame).__name__ == "DataFrame"
    assert list(frame["event_id"]) == ["unplaced"]


@pytest.mark.parametrize("package", ["pandas", "polars"])
def test_selection_says_which_extra_a_data_frame_needs(
    told: Record, package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", missing)
    with pytest.raises(UsageError, match=r"dragoman\[notebooks\]"):
        getattr(told.events(), package)()


def test_record_sql_sees_current_rows(record: Record) -> None:
    record.append([coded("a", event("e1"), event("e2")), coded("b", event("e3"))])
    record.append([coded("b", event("e4"), publisher="Evening Paper")])
    query = "SELECT publisher, count(*) AS n FROM events GROUP BY publisher ORDER BY n"
    assert [tuple(row.values()) for row in record.sql(query).to_pylist()] == [
        ("Evening Paper", 1),
        ("Morning Paper", 2),
    ]
    for name, count in [("articles", 2), ("mentions", 2), ("claims", 0), ("events", 3), ("failures", 0)]:
        assert record.sql(f"FROM {name}").num_rows == count


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM '{file}'",
        "COPY events TO '{file}'",
        "ATTACH '{file}'",
        "INSTALL httpfs",
        "SET enable_external_access = true",
        "SELECT 1; SELECT 2",
        "DROP VIEW events",
        "CREATE TABLE mine (i INTEGER)",
        "SELECT * FROM outside",
        "SELECT nothing FROM events",
        "SELEC",
        "",
    ],
)
def test_record_sql_refuses_all_but_a_sound_select_on_the_record(told: Record, query: str) -> None:
    outside = pa.table({"secret": [1]})  # DuckDB would find it by its name if it were let
    file = told.path / "record.json"
    before = file.read_bytes()
    with pytest.raises(UsageError) as caught:
        told.sql(query.replace("{file}", str(file)))
    assert str(caught.value)
    assert (file.read_bytes(), outside.num_rows) == (before, 1)
