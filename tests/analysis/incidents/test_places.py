"""Where an incident was, and what its reports' places keep apart."""

from __future__ import annotations

import msgspec

from dragoman.analysis.contacts import contact
from dragoman.analysis.incidents import incidents
from dragoman.model import Place, ReportedEvent, Status
from tests.briefing.builders import report, unlike

KIM, PUTIN = "Kim Jong Un/PRK", "Vladimir Putin/RUS"


def told(
    event_id: str,
    place: str | None,
    *,
    status: Status = "actual",
    date: str | None = None,
    article: str | None = None,
    words: str = "the talks",
) -> ReportedEvent:
    """A report of a meeting of the two; `place` as 'Moscow/RUS'."""
    made = unlike(report(event_id, KIM, PUTIN, status=status, date=date, evidence=words, published="2024-06-19"))
    if place is not None:
        name, _, country = place.partition("/")
        where = Place(text=name, name=name, country=country)
        made = msgspec.structs.replace(made, event=msgspec.structs.replace(made.event, place=where))
    if article is not None:
        made = msgspec.structs.replace(made, article=msgspec.structs.replace(made.article, id=article))
    return made


def test_incidents_take_the_place_of_what_took_place_before_that_of_plans() -> None:
    day = "2024-06-19"
    held = told("e1", "North Korea/PRK", date=day)
    planned = told("e2", "Wonsan/PRK", date=day, status="planned")
    (incident,) = incidents([held, planned])
    assert incident.place is not None
    assert incident.place.name == "North Korea"


def test_incidents_told_as_visit_and_as_meeting_are_meetings_with_their_place() -> None:
    day = "2023-09-13"
    visit = report("e1", PUTIN, KIM, mode="visit", symmetric=False, date=day, place="Vostochny", published=day)
    met = [report(f"e{n}", KIM, PUTIN, date=day, publisher=f"Paper {n}", published=day) for n in (2, 3, 4)]
    (incident,) = incidents(map(unlike, [visit, *met]))
    assert contact(incident) == "meeting"
    assert incident.place is not None
    assert incident.place.name == "Vostochny"


def test_incidents_take_a_town_before_its_state() -> None:
    day = "2024-06-19"
    (incident,) = incidents([told("e1", "North Korea/PRK", date=day), told("e2", "Pyongyang/PRK", date=day)])
    assert incident.place is not None
    assert incident.place.name == "Pyongyang"


def test_incidents_leave_a_meeting_in_one_state_and_a_town_of_another_apart() -> None:
    held, other = told("e1", "North Korea/PRK"), told("e2", "Moscow/RUS", status="planned")
    assert len(incidents([held, other])) == 2
    assert len(incidents([held, told("e3", "Pyongyang/PRK")])) == 1


def test_incidents_leave_what_an_article_tells_and_what_it_thinks_possible_apart() -> None:
    held = told("e1", None, article="a1")
    possible = told("e2", None, status="hypothetical", article="a1", words="invited him to come next time")
    assert len(incidents([held, possible])) == 2
    assert len(incidents([held, told("e3", None, article="a1", words="the long talks")])) == 1
