from __future__ import annotations

import datetime
from pathlib import Path

import pandas
import pytest

from dragoman.errors import UsageError
from dragoman.record import Record
from tests.briefing.builders import report
from tests.notebook.conftest import filled


def test_dyad_finds_its_sides_by_any_name(record: Record) -> None:
    tie = record.dyad("North Korean", "RUS")
    assert tie.title == "North Korea – Russia"
    assert repr(tie) == "<Dyad: North Korea – Russia>"


def test_dyad_has_events_and_incidents_of_the_two_alone(record: Record) -> None:
    tie = record.dyad("PRK", "RUS")
    assert [each.event.id for each in tie.events()] == ["m1", "m2", "t1", "a1"]
    assert [each.event.id for each in tie.events(types=["AID"])] == ["a1"]
    assert [each.type for each in tie.incidents(since="2024-06")] == ["CONSULT", "AID"]


def test_dyad_incidents_frame_is_typed(record: Record) -> None:
    frame = record.dyad("PRK", "RUS").incidents().pandas()
    assert [name for name in frame if frame[name].dtype == object] == []
    assert frame["date_start"].iloc[0] == pandas.Timestamp("2024-03-01")
    assert frame["standing"].tolist() == ["took place"] * 4
    assert frame["actor_states"].tolist()[-1] == ["RUS"]


def test_dyad_series_by_month_has_every_month(record: Record) -> None:
    told = record.dyad("PRK", "RUS").series(by="month")
    assert [point.label for point in told] == ["2024-03", "2024-04", "2024-05", "2024-06"]
    frame = told.polars()
    assert frame["incidents"].to_list() == [1, 0, 1, 2]
    assert frame["mean"].to_list()[1] is None
    assert frame["start"][0] == datetime.date(2024, 3, 1)
    assert all(low < index < high for low, index, high in frame.select("low", "index", "high").rows())


def test_dyad_series_goes_one_way_and_without_own_media(record: Record) -> None:
    tie = record.dyad("PRK", "RUS")
    assert sum(len(p.found) for p in tie.series(by="month", direction="back")) == 4  # meetings go both ways
    assert sum(len(p.found) for p in tie.series(by="month", direction="out")) == 3
    with pytest.raises(UsageError, match="'by' is 'fortnight'"):
        tie.series(by="fortnight")  # type: ignore[arg-type]


def test_dyad_meetings_have_host_and_kind(record: Record) -> None:
    rows = record.dyad("PRK", "RUS").meetings().arrow().to_pylist()
    assert [row["kind"] for row in rows] == ["visit", "meeting", "call"]
    assert [row["host"] for row in rows] == ["North Korea", None, None]
    assert rows[0]["one"] == ["Kim Jong Un"]


@pytest.mark.parametrize(("one", "other"), [("PRK", "PRK"), ("PRK", "Nobody At All")])
def test_dyad_refuses_one_twice_and_strangers(record: Record, one: str, other: str) -> None:
    with pytest.raises(UsageError):
        record.dyad(one, other)


def test_dyad_takes_no_other_sides(record: Record) -> None:
    with pytest.raises(UsageError, match="This tie is between"):
        record.dyad("PRK", "RUS").events(between=("CHN", "JPN"))


def test_incidents_are_chosen_by_party_and_standing(record: Record) -> None:
    assert [each.type for each in record.incidents(party="Japan")] == ["ASSAULT"]
    assert len(record.incidents(standings=["took place"])) == 5
    assert repr(record.incidents(party="JPN")) == "<Incidents: 1>"
    with pytest.raises(UsageError, match="no standing 'done'"):
        record.incidents(standings=["done"])
    with pytest.raises(UsageError, match="not both"):
        record.incidents(between=("PRK", "RUS"), party="JPN")


def test_incidents_of_an_empty_record_have_columns(tmp_path: Path) -> None:
    frame = Record.create(tmp_path / "empty").incidents().pandas()
    assert len(frame) == 0
    assert frame["date_start"].dtype.kind == "M"


def test_dyad_without_dates_has_no_series_and_says_so(tmp_path: Path) -> None:
    tie = filled(tmp_path / "record", report("m1", "PRK", "RUS", published=None)).dyad("PRK", "RUS")
    assert len(tie.series()) == 0
    assert "no" in tie._repr_html_()
    with pytest.raises(UsageError, match="nothing to plot"):
        tie.plot()
