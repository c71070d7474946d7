from __future__ import annotations

from pathlib import Path

import msgspec

from dragoman.exchange.agreement import agreement, between_sides, within
from dragoman.exchange.formats import OtherEvent, Taken
from dragoman.exchange.formats.gdelt import read_gdelt
from tests.analysis.ties import CHINESE, KOREAN, RUSSIAN, told
from tests.exchange.formats.test_gdelt import ROW, write


def other(number: int, date: str | None, type: str | None = "CONSULT", quad: int | None = 1) -> OtherEvent:
    return OtherEvent(id=str(number), line=number, date=date, type=type, quad=quad)


def test_agreement_matches_by_day_and_type_or_quad() -> None:
    ours = [
        told("same", date="2024-03-01"),
        told("day-after", date="2024-04-02"),
        told("quad", date="2024-05-02", type="AGREE"),
        told("late", date="2024-06-03"),
        told("else", date="2024-07-03", type="AID"),
    ]
    theirs = [
        other(1, "2024-03-01"), other(2, "2024-04-01"), other(3, "2024-05-02"), other(4, "2024-06-01"),
        other(5, "2024-07-03", "ASSAULT", 4),
    ]  # fmt: skip
    made = agreement(ours, theirs)
    assert [(m.ours.id, m.theirs.id, m.same_type) for m in made.matches] == [
        ("same", "1", True),
        ("day-after", "2", True),
        ("quad", "3", False),
    ]
    assert [each.id for each in made.only_ours] == ["late", "else"]
    assert [event.id for event in made.only_theirs] == ["4", "5"]
    assert (made.ours_found, made.theirs_found, made.same_type) == (0.6, 0.6, 0.667)


def test_agreement_takes_the_nearest_and_covers_copies() -> None:
    made = agreement(
        [told("a", date="2024-03-01")],
        [other(1, "2024-02-29"), other(2, "2024-03-01", "AGREE"), other(3, "2024-03-01"), other(4, "2024-03-01")],
    )
    assert [m.theirs.id for m in made.matches] == ["3"]
    assert (made.covered, made.only_theirs) == (4, ())


def test_agreement_counts_months_without_a_gap() -> None:
    made = agreement([told("a", date="2023-12-01")], [other(1, "2024-02-10"), other(2, "2024-02-11", None, 4)])
    assert [(m.label, m.ours, m.theirs) for m in made.months] == [
        ("2023-12", (1, 0, 0, 0), (0, 0, 0, 0)),
        ("2024-01", (0, 0, 0, 0), (0, 0, 0, 0)),
        ("2024-02", (0, 0, 0, 0), (1, 0, 0, 1)),
    ]
    assert made.correlation is not None
    assert made.correlation < 0


def test_agreement_says_what_could_not_be_compared() -> None:
    ours = [told("a", date=None), told("b", status="planned", date="2024-03-01")]
    coded = msgspec.structs.replace(other(2, "2024-01-01", None, None), code="99")  # what no type is known for
    made = agreement(ours, [other(1, None), coded])
    assert dict(made.left_out) == {
        "incidents without a day": 1,
        "incidents not told as facts": 1,
        "events of the dataset without date or quad": 2,
    }
    assert (made.ours_found, made.theirs_found, made.same_type, made.correlation) == (None, None, None, None)


def test_agreement_events_of_a_sheet_kept_by_hand_go_by_their_day() -> None:
    sheet = [
        msgspec.structs.replace(other(line, day, None, None), code=None)
        for line, day in ((1, "2024-03-02"), (2, "2024-05-01"))
    ]
    made = agreement([told("a", date="2024-03-01")], sheet)
    assert [m.theirs.id for m in made.matches] == ["1"]
    assert [event.id for event in made.only_theirs] == ["2"]
    assert (made.theirs_found, made.same_type) == (0.5, None)
    assert [month.untyped for month in made.months] == [1, 0, 1]


def test_agreement_sides_stand_either_way_round(tmp_path: Path) -> None:
    [event] = read_gdelt(write(tmp_path / "g", ROW), Taken())
    assert between_sides(event, KOREAN, RUSSIAN)
    assert between_sides(event, RUSSIAN, KOREAN)
    assert not between_sides(event, CHINESE, RUSSIAN)
    assert within(event, "2024-06-19", "2024-06-19")
    assert not within(event, "2024-06-20", None)
    assert not within(other(1, None), None, None)


def test_agreement_at_the_ends_of_the_calendar() -> None:
    made = agreement([told("a", date="9999-12-31"), told("b", date="0001-01-01")], [other(1, "9999-12-30")])
    assert [m.ours.id for m in made.matches] == ["a"]
