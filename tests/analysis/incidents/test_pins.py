"""What persons decide holds, later decisions over earlier ones, and through coding again."""

from __future__ import annotations

from dragoman.analysis.incidents import Incident, find_incident, incidents, references
from dragoman.model import Event, ReportedEvent, Span
from dragoman.record.decisions import Decision
from tests.briefing.builders import report

KIM, LAVROV = "Kim Jong Un/PRK", "Sergei Lavrov/RUS"
REPORTS = [
    report(f"e{n}", KIM, LAVROV, date=day, published=day, evidence=f"Kim and Lavrov met in hall {n}", after=f"; {n}")
    for n, day in enumerate(["2023-10-19", "2023-10-19", "2023-10-19", "2023-11-25", "2023-11-25"])
]


def ids(found: list[Incident]) -> list[list[str]]:
    return [sorted(r.event.id for r in incident.reports) for incident in found]


def holding(event: str, found: list[Incident]) -> Incident:
    return next(i for i in found if any(r.event.id == event for r in i.reports))


def merge(one: str, other: str, *before: Decision) -> Decision:
    found = incidents(REPORTS, decisions=before)
    reports = (*references(holding(one, found)), *references(holding(other, found)))
    return Decision(kind="merge", reports=reports, because="it was one visit")


def split(events: set[str], *before: Decision) -> Decision:
    incident = holding(min(events), incidents(REPORTS, decisions=before))
    rest = {r.event.id for r in incident.reports} - events
    return Decision(kind="split", reports=references(incident, only=events), rest=references(incident, only=rest))


def test_pins_nothing_without_decisions() -> None:
    assert ids(incidents(REPORTS)) == [["e0", "e1", "e2"], ["e3", "e4"]]


def test_pins_merge() -> None:
    (incident,) = incidents(REPORTS, decisions=[merge("e0", "e3")])
    assert len(incident.reports) == 5
    assert [j.why for j in incident.joined if "person" in j.why][-1].endswith("it was one visit)")


def test_pins_split_keeps_the_moved_together_and_apart_from_the_rest() -> None:
    assert ids(incidents(REPORTS, decisions=[split({"e1", "e2"})])) == [["e0"], ["e1", "e2"], ["e3", "e4"]] or ids(
        incidents(REPORTS, decisions=[split({"e1", "e2"})])
    ) == [["e1", "e2"], ["e0"], ["e3", "e4"]]


def test_pins_later_decisions_override_earlier_ones() -> None:
    first = split({"e1"})
    again = merge("e0", "e1", first)
    assert ids(incidents(REPORTS, decisions=[first, again])) == [["e0", "e1", "e2"], ["e3", "e4"]]
    all_one = merge("e0", "e3")
    out = split({"e4"}, all_one)
    assert sorted(ids(incidents(REPORTS, decisions=[all_one, out]))) == [["e0", "e1", "e2", "e3"], ["e4"]]


def test_pins_hold_for_reports_that_come_later() -> None:
    decision = split({"e1"})
    new = report("e9", KIM, LAVROV, date="2023-10-19", published="2023-10-20", evidence="they met", after="; new")
    for group in ids(incidents([*REPORTS, new], decisions=[decision])):
        assert not {"e0", "e1"} <= set(group)


def test_pins_hold_when_articles_are_coded_again() -> None:
    decisions = [merge("e0", "e3"), split({"e1"}, merge("e0", "e3"))]
    again = incidents([coded_again(r) for r in REPORTS], decisions=decisions)
    assert sorted(ids(again)) == [["e0x", "e2x", "e3x", "e4x"], ["e1x"]]


def test_pins_pass_over_reports_that_are_gone() -> None:
    decision = merge("e0", "e3")
    assert ids(incidents(REPORTS[3:], decisions=[decision])) == [["e3", "e4"]]


def test_pins_leave_ids_as_they_are() -> None:
    before = incidents(REPORTS)
    after = incidents(REPORTS, decisions=[merge("e0", "e3")])
    assert find_incident(after, before[0].id) == find_incident(after, before[1].id) == after[0]


def coded_again(told: ReportedEvent) -> ReportedEvent:
    """The same report by another coder: other id, a clause two words shorter, no place."""
    fields = {name: getattr(told.event, name) for name in Event.__struct_fields__}
    span = told.event.evidence
    words = Span(start=span.start, end=span.end - 7, text=span.text[:-7])
    return ReportedEvent(event=Event(**{**fields, "id": f"{told.event.id}x", "evidence": words}), article=told.article)
