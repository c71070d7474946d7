from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.coding.language import load_pipeline
from dragoman.errors import UsageError
from dragoman.model import Article, CodedArticle, CoderInfo, Event, Mention, Party, Span
from dragoman.record import Record
from dragoman.record.reviews import Changes, Review, add_review
from dragoman.studies.applying import apply_study
from dragoman.studies.coding import StudyCoder
from dragoman.studies.drawing import draw_rows, write_rows
from dragoman.studies.events import StudyEvent
from dragoman.studies.exporting import CSV_COLUMNS, export_study
from dragoman.studies.labels import read_labels
from dragoman.studies.layer import Layer, layer_names
from dragoman.studies.selection import COLUMNS, study_events
from tests.studies.stubs import CODEBOOK, WordEncoder, by_cues

TEXT = "Japan barred Russia from its ports on Monday. China admitted North Korea to the market. Japan visited China."
WHO = {"Japan": "JPN", "Russia": "RUS", "China": "CHN", "North Korea": "PRK"}


def mention(name: str, start: int) -> Mention:
    country = WHO[name]
    return Mention(
        id=f"m{start}", start=start, end=start + len(name), text=name, actor=name, actor_id=f"state:{country}",
        country=country, how="name",
    )  # fmt: skip


def party(name: str) -> Party:
    return Party(text=name, actor=name, actor_id=f"state:{WHO[name]}", country=WHO[name])


def coded(key: str = "a1", text: str = TEXT) -> CodedArticle:
    """An article in which the record's coder found one event, the first sentence's."""
    mentions = [
        mention(name, start)
        for name in WHO
        for start in range(len(text))
        if text.startswith(name, start) and not text.startswith("North Korea", start - 6)
    ]
    event = Event(
        id=f"e{key}", type="SANCTION", quad=4, intensity=-6.5, actors=(party("Japan"),), recipients=(party("Russia"),),
        evidence=Span(start=0, end=34, text=text[:34]), sentence=0, confidence=0.9,
    )  # fmt: skip
    return CodedArticle(
        article=Article(id=key, text=text, title="Ports", publisher="Wire", published="2024-05-07"),
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
        events=(event,),
        coder=CoderInfo(version="0", model="m"),
    )


def coder(least: float = 0.5) -> StudyCoder:
    return StudyCoder(by_cues(), WordEncoder(), load_pipeline(), least=least)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    record = Record.create(tmp_path / "record")
    record.append([coded()])
    list(apply_study(coder(), record.path))
    return record.path


def told(folder: Path, **filters: object) -> list[StudyEvent]:
    found = [report.event for report in study_events(folder, "trade", **filters)]  # type: ignore[arg-type]
    assert all(isinstance(event, StudyEvent) for event in found)
    return found  # type: ignore[return-value]


def test_coding_finds_the_study_s_types_also_where_plover_has_nothing() -> None:
    bar, admit = coder().code(coded())
    assert (bar.type, bar.plover_event, bar.plover_type, bar.quad, bar.intensity) == ("BAR", "ea1", "SANCTION", 4, -6)
    assert [p.country for p in (*bar.actors, *bar.recipients)] == ["JPN", "RUS"]
    assert (admit.type, admit.plover_event, admit.intensity) == ("ADMIT", None, None)
    assert admit.evidence.text in TEXT
    assert bar.date is not None


def test_coding_refuses_a_study_of_another_model() -> None:
    with pytest.raises(UsageError, match="Train the study anew"):
        StudyCoder(by_cues(), WordEncoder("e" * 64), load_pipeline())


def test_applying_lays_events_beside_the_record_and_leaves_that_as_it_was(folder: Path) -> None:
    record = Record(folder)
    assert [report.event.type for report in record.reported()] == ["SANCTION"]
    assert record.version == 1
    assert layer_names(folder) == ["trade"]
    assert Layer(folder, "trade").told.types.keys() == CODEBOOK.types.keys()
    assert [event.type for event in told(folder)] == ["BAR", "ADMIT"]


def test_applying_again_codes_only_what_is_new(folder: Path) -> None:
    assert [step.of for step in apply_study(coder(), folder)] == [0]
    Record(folder).append([coded("a2")])
    *_, last = apply_study(coder(), folder)
    assert (last.articles, last.of, last.events, last.new) == (1, 1, 2, 1)
    assert len(told(folder)) == 4


def test_applying_another_study_of_the_name_takes_the_place_of_the_first(folder: Path) -> None:
    *_, last = apply_study(coder(least=0.99), folder)
    assert (last.of, last.events) == (1, 0)
    assert told(folder) == []


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        ({"types": ["admit"]}, ["ADMIT"]),
        ({"between": ("RUS", "JPN")}, ["BAR"]),
        ({"party": "North Korea"}, ["ADMIT"]),
        ({"until": "2024-05-06"}, ["BAR", "ADMIT"]),
        ({"since": "2024-05-07"}, []),
        ({"source": "wire"}, ["BAR", "ADMIT"]),
        ({"min_confidence": 0.99}, []),
    ],
)
def test_selection_filters_as_the_record_does(folder: Path, filters: dict[str, object], types: list[str]) -> None:
    assert [event.type for event in told(folder, **filters)] == types


def test_selection_refuses_what_cannot_be_asked(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"has no type 'SANCTION'\. There are: BAR, ADMIT"):
        study_events(folder, "trade", types=["SANCTION"])
    with pytest.raises(UsageError, match=r"No study 'other' was applied .* there are: trade"):
        study_events(folder, "other")


def test_selection_is_a_table_as_well(folder: Path) -> None:
    table = study_events(folder, "trade").arrow()
    assert table.schema.equals(COLUMNS)
    assert table["type"].to_pylist() == ["BAR", "ADMIT"]
    assert table["study"].to_pylist() == ["trade", "trade"]
    assert table["plover_type"].to_pylist() == ["SANCTION", None]


def test_selection_follows_what_persons_decided_about_the_plover_event(folder: Path) -> None:
    event = Record(folder).reported()[0].event
    decided = {"article": "a1", "event": event, "who": "Ann", "when": "2024-06-01T00:00:00+00:00"}
    add_review(folder, Review(kind="edit", changes=Changes(status="denied", actors=(party("China"),)), **decided))  # type: ignore[arg-type]
    bar, admit = told(folder)
    assert (bar.type, bar.status, bar.actors[0].country, admit.type) == ("BAR", "denied", "CHN", "ADMIT")
    assert told(folder, between=("CHN", "RUS"))[0].type == "BAR"
    add_review(folder, Review(kind="reject", **decided))  # type: ignore[arg-type]
    assert [event.type for event in told(folder)] == ["ADMIT"]
    assert [event.type for event in told(folder, reviewed=False)] == ["BAR", "ADMIT"]


def test_exporting_writes_a_row_an_event(folder: Path, tmp_path: Path) -> None:
    found = study_events(folder, "trade")
    assert [export_study(found, kind, tmp_path / kind) for kind in ("csv", "jsonl", "parquet")] == [2, 2, 2]
    header, first, *_ = (tmp_path / "csv").read_text("utf-8").splitlines()
    assert header == ",".join(CSV_COLUMNS)
    assert first.startswith("trade,s")
    assert '"plover_type":"SANCTION"' in (tmp_path / "jsonl").read_text("utf-8")


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.csv"])
def test_drawing_gives_rows_that_can_be_labelled_and_read(folder: Path, tmp_path: Path, name: str) -> None:
    rows = draw_rows(folder, CODEBOOK, load_pipeline(), 3, seed=1)
    assert rows == draw_rows(folder, CODEBOOK, load_pipeline(), 3, seed=1)
    assert {row.type for row in rows} == {None}
    assert {row.trigger for row in rows} >= {"barred", "admitted"}
    path = tmp_path / name
    assert write_rows([type(row)(**{**asdict(row), "type": "BAR"}) for row in rows], path) == len(rows)
    assert len(read_labels(path, CODEBOOK).rows) == len(rows)


def asdict(row: object) -> dict[str, object]:
    import msgspec

    return msgspec.structs.asdict(row)  # type: ignore[arg-type]
