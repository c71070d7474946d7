from __future__ import annotations

from typing import Any

import pytest

from dragoman.analysis.meetings_log import Encounter, encounters, tally, trips
from tests.analysis.ties import KOREAN, RUSSIAN, Told, told

KIM, PUTIN, LAVROV, CHOE = "Kim Jong Un/PRK", "Vladimir Putin/RUS", "Sergei Lavrov/RUS", "Choe Son Hui/PRK"


def met(*happened: Told) -> list[Encounter]:
    return encounters(happened, KOREAN, RUSSIAN)


@pytest.mark.parametrize(
    ("how", "kind", "host"),
    [
        ({"actors": KIM, "recipients": PUTIN, "place": "Vladivostok/RUS"}, "visit", "other"),
        ({"actors": PUTIN, "recipients": KIM, "place": "Pyongyang/PRK"}, "visit", "one"),
        ({"actors": LAVROV, "recipients": "PRK", "mode": "visit", "symmetric": False}, "visit", "one"),
        ({"actors": KIM, "recipients": LAVROV, "mode": "visit", "symmetric": False}, "meeting", None),
        ({"actors": KIM, "recipients": PUTIN, "place": "Beijing/CHN"}, "meeting", None),
        ({"actors": LAVROV, "recipients": "PRK", "mode": "visit", "symmetric": False, "place": "Hanoi/VNM"},
         "meeting", None),
        ({"actors": KIM, "recipients": PUTIN}, "meeting", None),
        ({"actors": KIM, "recipients": "~Russian Ambassador/RUS", "place": "Pyongyang/PRK"}, "meeting", None),
        ({"actors": KIM, "recipients": PUTIN, "mode": "phone"}, "call", None),
        ({"actors": PUTIN, "recipients": KIM, "symmetric": False}, "message", None),
    ],
)  # fmt: skip
def test_meetings_log_tells_kind_and_host(how: dict[str, Any], kind: str, host: str | None) -> None:
    (one,) = met(told("e1", **how))
    assert (one.kind, one.host) == (kind, host)


def test_meetings_log_tells_who_wrote() -> None:
    first, second = met(told("e1", PUTIN, KIM, symmetric=False), told("e2", KIM, PUTIN, symmetric=False))
    assert (first.sender, second.sender) == ("other", "one")


def test_meetings_log_leaves_out_plans_other_acts_and_third_parties() -> None:
    plan, aid, third = told("e1", status="planned"), told("e2", type="AID"), told("e3", "PRK", "CHN")
    assert met(plan, aid, third) == []


def visit(event_id: str, guest: str, day: str | tuple[str, str] | None) -> Told:
    return told(event_id, guest, KIM, date=day, place="Pyongyang/PRK")


def test_meetings_log_puts_visits_close_in_time_into_one_trip() -> None:
    happened = [
        visit("e1", LAVROV, "2023-10-18"),
        visit("e2", LAVROV, "2023-10-19"),
        visit("e3", PUTIN, "2024-06-19"),
        visit("e4", LAVROV, ("2023-10-01", "2023-10-31")),
        told("e5", KIM, PUTIN, date="2023-10-19", place="Moscow/RUS"),
    ]
    found = [(trip.host, trip.first, [v.what.id for v in trip.visits]) for trip in trips(met(*happened))]
    assert found == [
        ("one", "2023-10-18", ["e1", "e2", "e4"]),
        ("other", "2023-10-19", ["e5"]),
        ("one", "2024-06-19", ["e3"]),
    ]


def test_meetings_log_counts_an_undated_visit_only_of_who_is_on_no_dated_trip() -> None:
    dated = visit("e1", LAVROV, "2023-10-18")
    found = trips(met(dated, visit("e2", LAVROV, None), visit("e3", PUTIN, None), visit("e4", "RUS", None)))
    assert [(trip.first, len(trip.visits)) for trip in found] == [("2023-10-18", 2), (None, 2)]
    assert [p.actor for p in found[1].guests] == ["Vladimir Putin"]


def test_meetings_log_tallies_by_persons_offices_and_states() -> None:
    happened = met(told("e1", f"{KIM};{CHOE}", PUTIN), told("e2", PUTIN, KIM, mode="phone"), told("e3", "PRK", "RUS"))
    by_persons = [(t.one, t.other, len(t.encounters)) for t in tally(happened, "persons")]
    assert by_persons == [
        ("Kim Jong Un", "Vladimir Putin", 2),
        ("Choe Son Hui", "Vladimir Putin", 1),
        ("North Korea", "Russia", 1),
    ]
    (states,) = tally(happened, "states")
    assert (states.one, states.other, states.count("meeting"), states.count("call")) == ("PRK", "RUS", 2, 1)


def test_meetings_log_does_not_hang_on_the_order_given() -> None:
    happened = [visit(f"e{n}", LAVROV, f"2023-10-{day}") for n, day in enumerate((10, 12, 14, 25))]
    assert trips(met(*happened)) == trips(met(*reversed(happened)))
    assert [len(trip.visits) for trip in trips(met(*happened))] == [3, 1]
