"""Which reports are one incident: lists of pairs that are taken and of pairs that are left, by docs/incidents.md."""

from __future__ import annotations

import random

import pytest

from dragoman.analysis.incidents import Incident, incidents
from dragoman.analysis.occurrence import Occurrence, fullest, in_order
from dragoman.model import Event, ReportedEvent
from tests.briefing.builders import report

KIM, LAVROV, CHOE, GUSEV = "Kim Jong Un/PRK", "Sergei Lavrov/RUS", "Choe Son Hui/PRK", "Yuri Gusev/RUS"
MET = report(
    "e1",
    KIM,
    LAVROV,
    date="2023-10-19",
    place="Pyongyang",
    published="2023-10-20",
    evidence="Lavrov met Kim",
    after="; a",
)


def other(*sides: str, **fields: object) -> ReportedEvent:
    """A second report in an article of its own words."""
    given = {"published": "2023-10-20", "evidence": "The two met", "after": "; another text", **fields}
    return report("e2", *sides, **given)  # type: ignore[arg-type]


def sizes(*reports: ReportedEvent) -> list[int]:
    return sorted((len(incident.reports) for incident in incidents(reports)), reverse=True)


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(other(LAVROV, KIM, date="2023-10-19"), id="sides the other way round"),
        pytest.param(other(KIM, "RUS", date="2023-10-19"), id="a state for its minister"),
        pytest.param(other("PRK", "RUS", date="2023-10-19"), id="states alone, on the day"),
        pytest.param(other(f"{KIM};{CHOE}", LAVROV, date="2023-10-19"), id="one person more"),
        pytest.param(other(LAVROV, "PRK", mode="visit", symmetric=False, date="2023-10-19"), id="the journey for it"),
        pytest.param(other(KIM, LAVROV, date=("2023-10-01", "2023-10-31")), id="only the month"),
        pytest.param(other(KIM, LAVROV, date="2023-10-20", stated=False), id="day of publication"),
        pytest.param(other(KIM, LAVROV, published="2023-10-21"), id="no date, soon after"),
        pytest.param(other("PRK", "RUS", article="a-e1", evidence="the talks"), id="no date, same article"),
        pytest.param(other(KIM, LAVROV, status="planned", date="2023-10-19", published="2023-09-01"), id="planned"),
        pytest.param(other(LAVROV, "PRK", status="planned", published="2023-09-28"), id="planned, no day"),
        pytest.param(other(KIM, LAVROV, status="denied", published="2023-10-22"), id="denied"),
        pytest.param(other(KIM, LAVROV, date="2023-10-19", place="Harbour Hall"), id="a hall for a town"),
    ],
)
def test_incidents_take_a_meeting_told_twice(second: ReportedEvent) -> None:
    assert sizes(MET, second) == [2]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(other(KIM, LAVROV, date="2023-10-26"), id="another day"),
        pytest.param(other(KIM, LAVROV, date="2023-10-20"), id="the next day"),
        pytest.param(other(CHOE, LAVROV, date="2023-10-19"), id="another host"),
        pytest.param(other(f"{CHOE};{KIM}", LAVROV, date="2023-10-19"), id="led by another"),
        pytest.param(other(KIM, LAVROV, date="2023-10-19", mode="phone"), id="a call"),
        pytest.param(
            other(KIM, LAVROV, date="2023-10-19", symmetric=False, evidence="Kim sent a letter"), id="a letter"
        ),
        pytest.param(other(KIM, "Li Hui/CHN", date="2023-10-19"), id="another state"),
        pytest.param(other(KIM, f"{LAVROV};Li Hui/CHN", date="2023-10-19"), id="a meeting of three"),
        pytest.param(other("PRK", "RUS", date="2023-10-19", place="Vladivostok"), id="states alone, elsewhere"),
        pytest.param(other("PRK", "RUS", published="2023-10-21"), id="states alone, no date"),
        pytest.param(other(KIM, LAVROV, published="2023-12-01"), id="no date, long after"),
        pytest.param(other(KIM, LAVROV, published="2023-10-18"), id="no date, before"),
        pytest.param(other(KIM, LAVROV, evidence="their last meeting"), id="no date, told as past"),
        pytest.param(other(KIM, LAVROV, status="planned", published="2023-08-01"), id="planned long before"),
    ],
)
def test_incidents_leave_two_meetings_apart(second: ReportedEvent) -> None:
    assert sizes(MET, second) == [1, 1]


CONDEMNED = report(
    "e1",
    "KOR",
    "PRK",
    type="ACCUSE",
    date="2024-01-14",
    evidence="Seoul condemned the launch of a missile",
    after="; a",
)


def words(
    event_id: str = "e2", type: str = "ACCUSE", by: str = "KOR", to: str | None = "PRK", **fields: object
) -> ReportedEvent:
    given = {"date": "2024-01-14", "published": "2024-01-15", "after": "; another text", **fields}
    return report(event_id, by, to, type=type, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(words(evidence="South Korea denounced the missile launch"), id="the matter in other words"),
        pytest.param(words(evidence="Seoul protested against rockets launched on Sunday"), id="another word for it"),
        pytest.param(words(type="REQUEST", evidence="Seoul demanded an end to missile launches"), id="a near type"),
        pytest.param(words(to=None, evidence="Seoul deplored the missile launch"), id="one side not named"),
        pytest.param(words(date=None, evidence="it condemned the missile launch"), id="no date, next day"),
    ],
)
def test_incidents_take_a_statement_told_twice(second: ReportedEvent) -> None:
    assert sizes(CONDEMNED, second) == [2]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(words(evidence="Seoul condemned the burning of a liaison office"), id="another matter"),
        pytest.param(words(evidence="Seoul condemned the sale of a missile"), id="a matter with one word of it"),
        pytest.param(words(by="PRK", to="KOR", evidence="condemned the launch of a missile"), id="the other way"),
        pytest.param(words(by="JPN", evidence="Tokyo condemned the launch of a missile"), id="another speaker"),
        pytest.param(words(date="2024-01-24", evidence="condemned the launch of a missile"), id="another launch"),
        pytest.param(words(type="SUPPORT", evidence="praised the launch of a missile"), id="a far type"),
    ],
)
def test_incidents_leave_two_statements_apart(second: ReportedEvent) -> None:
    assert sizes(CONDEMNED, second) == [1, 1]


def test_incidents_leave_two_deeds_of_a_day_in_two_places_apart() -> None:
    one = words("e1", "ASSAULT", "TUR", "SYR", place="Qamishli", evidence="drones struck a depot")
    other_place = words("e2", "ASSAULT", "TUR", "SYR", place="Afrin", evidence="drones struck a depot", after="; b")
    same_place = words("e3", "ASSAULT", "TUR", "SYR", place="Qamishli", evidence="a depot was hit", after="; c")
    assert sizes(one, other_place) == [1, 1]
    assert sizes(one, same_place) == [2]


def test_incidents_leave_by_itself_what_fits_two() -> None:
    second = report("e2", KIM, LAVROV, date="2023-10-25", evidence="they met again", after="; b")
    vague = report("e3", KIM, LAVROV, date=("2023-10-01", "2023-10-31"), evidence="they met in October", after="; c")
    assert sizes(MET, second, vague) == [1, 1, 1]


def mixed() -> list[ReportedEvent]:
    return [
        MET,
        other(KIM, "RUS", date="2023-10-19"),
        report("e3", CHOE, LAVROV, date="2023-10-19", evidence="Choe met Lavrov", after="; c"),
        report("e4", LAVROV, "PRK", status="planned", published="2023-10-01", evidence="Lavrov will go", after="; d"),
        report("e5", KIM, GUSEV, date="2023-10-19", evidence="Kim met Gusev", after="; e"),
        CONDEMNED,
    ]


def test_incidents_do_not_depend_on_the_order_of_reports() -> None:
    wanted = incidents(mixed())
    for seed in range(4):
        assert incidents(random.Random(seed).sample(mixed(), 6)) == wanted


def test_incidents_hold_each_report_once_and_say_why() -> None:
    found = incidents(mixed())
    assert sorted(r.event.id for i in found for r in i.reports) == ["e1", "e1", "e2", "e3", "e4", "e5"]
    for incident in found:
        assert [j.event for j in incident.joined] == [r.event.id for r in incident.reports]
        assert all(j.why for j in incident.joined)
    assert incidents([]) == []


def test_incidents_unite_persons_and_choose_best_values() -> None:
    vague = other(KIM, "RUS", date=("2023-10-01", "2023-10-31"))
    wider = report("e3", f"{KIM};{CHOE}", LAVROV, date="2023-10-19", evidence="Choe was there", after="; c")
    (incident,) = incidents([vague, wider, MET])
    assert [p.actor for p in incident.actors] == ["Kim Jong Un", "Choe Son Hui"]
    assert [p.actor for p in incident.recipients] == ["Sergei Lavrov"]
    assert incident.date is not None
    assert (incident.date.start, incident.date.end) == ("2023-10-19", "2023-10-19")
    assert incident.place is not None
    assert incident.place.name == "Pyongyang"
    assert (incident.first_reported, incident.last_reported) == ("2023-10-20", "2024-08-02")


def test_incidents_keep_an_id_when_coding_says_more_of_a_report() -> None:
    (before,) = incidents([MET])
    fields = {name: getattr(MET.event, name) for name in Event.__struct_fields__}
    better = Event(**{**fields, "id": "e9", "type": "AGREE", "date": None, "status": "planned"})
    (after,) = incidents([ReportedEvent(event=better, article=MET.article)])
    assert after.id == before.id


def test_incidents_are_found_under_the_ids_of_all_their_reports() -> None:
    second = other(KIM, LAVROV, date="2023-10-19", published="2023-10-19")
    (alone,) = incidents([MET])
    (both,) = incidents([MET, second])
    assert both.id != alone.id
    assert alone.id in both.keys


def test_incidents_are_what_the_analyses_of_ties_take() -> None:
    def first(found: list[Incident]) -> Occurrence:
        return in_order(found)[0]

    assert fullest(first(incidents([MET]))).id == "e1"
    assert first(incidents([MET])).status == "actual"
