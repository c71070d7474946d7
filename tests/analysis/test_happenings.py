from __future__ import annotations

import random

import pytest

from dragoman.analysis.happenings import happenings
from dragoman.model import ReportedEvent
from tests.briefing.builders import report

KIM, LAVROV, CHOE = "Kim Jong Un/PRK", "Sergei Lavrov/RUS", "Choe Son Hui/PRK"


def ids(reports: list[ReportedEvent]) -> list[list[str]]:
    return [[r.event.id for r in h.reports] for h in happenings(reports)]


MET = report("e1", KIM, LAVROV, date="2023-10-19", published="2023-10-20")


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(report("e2", LAVROV, KIM, date="2023-10-19"), id="sides the other way round"),
        pytest.param(report("e2", KIM, "RUS", date="2023-10-19"), id="one person not named"),
        pytest.param(report("e2", f"{KIM};{CHOE}", LAVROV, date="2023-10-19"), id="one person more"),
        pytest.param(report("e2", KIM, LAVROV, date=("2023-10-01", "2023-10-31")), id="only the month"),
        pytest.param(report("e2", KIM, LAVROV, date="2023-10-20", stated=False), id="day of publication"),
        pytest.param(report("e2", KIM, LAVROV, published="2023-10-21"), id="no date, soon after"),
        pytest.param(report("e2", KIM, LAVROV, published="2024-05-05", article="a-e1"), id="no date, same article"),
        pytest.param(report("e2", LAVROV, KIM, mode="visit", symmetric=False, date="2023-10-19"), id="host and guest"),
    ],
)
def test_happenings_puts_together_reports_of_one_thing(other: ReportedEvent) -> None:
    assert [len(group) for group in ids([MET, other])] == [2]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(report("e2", KIM, LAVROV, date="2023-10-20"), id="another stated day"),
        pytest.param(report("e2", KIM, LAVROV, date="2023-10-19", status="planned"), id="another status"),
        pytest.param(report("e2", KIM, LAVROV, date="2023-10-19", type="AGREE"), id="another type"),
        pytest.param(report("e2", CHOE, LAVROV, date="2023-10-19"), id="another person"),
        pytest.param(report("e2", KIM, LAVROV, date="2023-10-19", symmetric=False), id="a message"),
        pytest.param(report("e2", KIM, LAVROV, date="2023-10-19", mode="phone"), id="a call"),
        pytest.param(report("e2", KIM, "Li Hui/CHN", date="2023-10-19"), id="another country"),
        pytest.param(report("e2", KIM, LAVROV, published="2023-12-01"), id="no date, long after"),
        pytest.param(report("e2", KIM, LAVROV, published="2023-10-18"), id="no date, before"),
    ],
)
def test_happenings_keeps_different_things_apart(other: ReportedEvent) -> None:
    assert [len(group) for group in ids([MET, other])] == [1, 1]


def test_happenings_keeps_direction_of_one_sided_acts() -> None:
    there = report("e1", "PRK", "RUS", type="ACCUSE", date="2023-10-19")
    back = report("e2", "RUS", "PRK", type="ACCUSE", date="2023-10-19")
    assert len(ids([there, back])) == 2


def test_happenings_leaves_by_itself_what_fits_two() -> None:
    second = report("e2", KIM, LAVROV, date="2023-10-25")
    vague = report("e3", KIM, LAVROV, date=("2023-10-01", "2023-10-31"))
    assert sorted(ids([MET, second, vague])) == [["e1"], ["e2"], ["e3"]]


def test_happenings_does_not_depend_on_the_order_of_reports() -> None:
    reports = [
        MET,
        report("e2", KIM, "RUS", date="2023-10-19"),
        report("e3", KIM, LAVROV, date=("2023-10-01", "2023-10-31")),
        report("e4", KIM, LAVROV, date="2023-10-25", type="AGREE"),
        report("e5", "PRK", "RUS"),
    ]
    wanted = ids(reports)
    for seed in range(5):
        shuffled = random.Random(seed).sample(reports, len(reports))
        assert ids(shuffled) == wanted


def test_happening_is_led_by_the_report_that_says_most() -> None:
    vague = report("e0", KIM, "RUS", date=("2023-10-01", "2023-10-31"), place="Pyongyang")
    (happening,) = happenings([vague, MET])
    assert happening.event.id == "e1"
    assert happening.place is not None
    assert happening.place.name == "Pyongyang"
    assert [p.actor for p in happening.named.recipients] == ["Sergei Lavrov"]
