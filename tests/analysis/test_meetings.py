from __future__ import annotations

from dragoman.analysis.happenings import happenings
from dragoman.analysis.meetings import meetings
from dragoman.model import Party, ReportedEvent
from tests.briefing.builders import report

KIM, PUTIN, LAVROV, CHOE = "Kim Jong Un/PRK", "Vladimir Putin/RUS", "Sergei Lavrov/RUS", "Choe Son Hui/PRK"


def korean(party: Party) -> bool:
    return party.country == "PRK"


def russian(party: Party) -> bool:
    return party.country == "RUS"


def counted(*reports: ReportedEvent) -> list[tuple[str, str, int]]:
    return [
        (m.one.actor or m.one.text, m.other.actor or m.other.text, len(m.happenings))
        for m in meetings(happenings(reports), korean, russian)
    ]


def test_meetings_count_by_pair_of_persons_whoever_stands_first() -> None:
    first = report("e1", KIM, PUTIN, date="2019-04-25")
    second = report("e2", PUTIN, KIM, date="2023-09-13")
    other = report("e3", KIM, LAVROV, date="2023-10-19")
    assert counted(first, second, other) == [("Kim Jong Un", "Vladimir Putin", 2), ("Kim Jong Un", "Sergei Lavrov", 1)]


def test_meetings_pair_everybody_of_both_delegations() -> None:
    assert counted(report("e1", f"{KIM};{CHOE}", PUTIN, date="2023-09-13")) == [
        ("Choe Son Hui", "Vladimir Putin", 1),
        ("Kim Jong Un", "Vladimir Putin", 1),
    ]


def test_meetings_put_pairs_without_a_named_person_last() -> None:
    states = [report(f"e{day}", "PRK", "RUS", date=f"2024-01-1{day}") for day in range(3)]
    assert counted(*states, report("e9", KIM, PUTIN, date="2023-09-13")) == [
        ("Kim Jong Un", "Vladimir Putin", 1),
        ("North Korea", "Russia", 3),
    ]


def test_meetings_leave_out_calls_letters_plans_and_third_parties() -> None:
    call = report("e1", KIM, PUTIN, mode="phone", date="2024-08-12")
    plan = report("e2", KIM, PUTIN, status="planned", date="2024-09-01")
    third = report("e3", KIM, "Xi Jinping/CHN", date="2024-09-02")
    letter = report("e4", KIM, PUTIN, symmetric=False, date="2024-08-13")
    assert counted(call, plan, third, letter) == []
