"""The page of an incident, and what a person decides of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.analysis.incidents import Incident
from dragoman.record import Record
from dragoman.web import Settings, create_app, links
from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError
from dragoman.web.keeper import Keeper
from dragoman.web.pages.incident import IncidentAsked, IncidentPage, incident
from dragoman.web.report_card import Run
from tests.briefing.builders import report
from tests.web.conftest import BASE
from tests.web.samples import coded


def of(desk: Desk, event_id: str) -> Incident:
    return desk.event(event_id)[1]


def shown(desk: Desk, event_id: str, **asked: object) -> IncidentPage:
    return incident(desk, IncidentAsked(incident_id=of(desk, event_id).id, **asked))  # type: ignore[arg-type]


def words(runs: tuple[Run, ...], letter: str) -> str:
    return "".join(run.text for run in runs if letter in run.on)


def test_incident_says_who_did_what_to_whom_when_and_where(desk: Desk) -> None:
    view = shown(desk, "e04")
    assert view.headline == "Sergei Lavrov and Kim Jong Un met"
    assert view.where == "Pyongyang"
    assert view.row.when.start == "2023-10-19"
    assert {fact.name: fact.value for fact in view.facts}["Place"] == "Pyongyang"
    assert all(fact.why for fact in view.facts)


def test_incident_has_its_reports_side_by_side_with_the_reason_for_each(desk: Desk) -> None:
    view = shown(desk, "e04")
    assert {card.id for card in view.reports} == {"e04", "e05"}
    assert [card.label for card in view.reports] == ["R1", "R2"]
    assert view.reports[0].why == "the report that says most"
    assert "same sides" in view.reports[1].why
    assert view.reports[0].href.startswith("/article/a-e0")


def test_incident_marks_clause_sides_date_and_place(desk: Desk) -> None:
    card = next(card for card in shown(desk, "e04").reports if card.id == "e04")
    assert words(card.runs, "C") == "Lavrov was received by Kim in Pyongyang"
    assert words(card.runs, "P") == "Pyongyang"
    assert "".join(run.text for run in card.runs).startswith("On a grey morning. Lavrov")


def test_incident_tells_its_course_and_who_denies_it(desk: Desk) -> None:
    view = shown(desk, "e07")
    assert view.row.standing == "contested"
    assert [step.standing.text for step in view.course] == ["took place", "denied"]
    assert view.confirmed_by == ("Ann Lee",)
    assert view.denied_by == ("Kim Jong Un",)
    assert [ref.href for ref in view.course[1].reports] == ["#r2"]


def test_incident_draws_the_chains_of_reporting(desk: Desk) -> None:
    view = shown(desk, "e07")
    tree = {link.name: [each.name for each in link.then] for link in view.chains}
    assert tree == {"Ann Lee": ["Morning Paper"], "Kim Jong Un": ["KCNA"]}
    assert view.chain_words == ("Ann Lee, through Morning Paper (R1)", "Kim Jong Un, through KCNA (R2)")


def test_incident_leads_to_the_one_before_and_after_in_its_tie(desk: Desk) -> None:
    (near,) = shown(desk, "e04").neighbours
    assert near.tie.href == links.dyad("PRK", "RUS")
    assert near.before is not None
    assert near.after is not None
    first = shown(desk, "e01").neighbours[0]
    assert first.before is None


def test_incident_between_bodies_of_no_state_has_a_tie_too(tmp_path: Path) -> None:
    reports = [
        report("u1", "United Nations", "PRK", type="ACCUSE", date="2024-01-02", evidence="the UN faulted the launch"),
        report("u2", "United Nations", "PRK", type="REQUEST", date="2024-02-02", evidence="the UN asked for calm"),
    ]
    Record.create(tmp_path / "record").append(coded(reports))
    (near,) = shown(Keeper(tmp_path / "record").desk(), "u2").neighbours
    assert near.tie.name == "United Nations – North Korea"
    assert near.tie.href == links.dyad("United Nations", "PRK")
    assert near.before is not None
    assert near.after is None


def test_incident_offers_those_that_may_be_the_same(desk: Desk) -> None:
    near = [candidate.row.id for candidate in shown(desk, "e10", days=14).candidates]
    assert of(desk, "e11").id in near
    assert of(desk, "e10").id not in near
    assert of(desk, "e01").id not in near
    same = shown(desk, "e10", days=365, like="type").candidates
    assert same
    assert all(candidate.same_type for candidate in same)


def test_incident_is_found_by_the_beginning_of_its_id_and_else_not(desk: Desk) -> None:
    own = of(desk, "e04").id
    assert incident(desk, IncidentAsked(incident_id=own[:8])).row.id == own
    with pytest.raises(NotFoundError):
        incident(desk, IncidentAsked(incident_id="nothing"))


def test_incident_page_has_a_twin_and_marks_with_letters(client: TestClient, desk: Desk) -> None:
    address = links.incident(of(desk, "e04").id)
    page = client.get(address)
    assert page.status_code == 200
    assert page.text.count("<h1>") == 1
    assert '<span class="letter letter-P" title="place">P</span>' in page.text
    assert "style=" not in page.text
    twin = client.get(f"{address}.json").json()
    assert twin["headline"] == "Sergei Lavrov and Kim Jong Un met"
    assert client.get(f"{address}?days=5").status_code == 422


def test_incident_page_of_a_hostile_report_is_harmless(client: TestClient, desk: Desk) -> None:
    page = client.get(links.incident(of(desk, "e18").id)).text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert "javascript:" not in page
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x1b]", page)


def merge(writer: TestClient, one: str, **fields: str) -> str:
    answer = writer.post(f"/incident/{one}/merge", data=fields)
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def undo_key(writer: TestClient, address: str) -> str:
    (key,) = (row["key"] for row in writer.get(address.partition("#")[0] + ".json").json()["decided"])
    return str(key)


def test_incident_is_put_together_with_another_and_back(writer: TestClient, desk: Desk) -> None:
    one, other = of(desk, "e10").id, of(desk, "e11").id
    address = merge(writer, one, other=other, because="one visit")
    twin = writer.get(address.partition("#")[0] + ".json").json()
    assert {card["id"] for card in twin["reports"]} == {"e09", "e10", "e11"}
    assert twin["decided"][0]["because"] == "one visit (Ann)"
    key = undo_key(writer, address)
    back = writer.post(f"/incident/{one}/undo", data={"decision": key})
    assert back.status_code == 303
    assert {c["id"] for c in writer.get(f"/incident/{one}.json").json()["reports"]} == {"e09", "e10"}
    assert writer.post(f"/incident/{one}/undo", data={"decision": key}).status_code == 422


def test_incident_takes_the_address_of_another_page(writer: TestClient, desk: Desk) -> None:
    one, other = of(desk, "e10").id, of(desk, "e11").id
    address = merge(writer, one, pasted=f"http://127.0.0.1:8765/incident/{other}?days=60#r1")
    assert len(writer.get(address.partition("#")[0] + ".json").json()["reports"]) == 3


@pytest.mark.parametrize("fields", [{}, {"other": "nothing"}, {"pasted": "/incident/"}])
def test_incident_refuses_to_be_put_together_with_nothing(
    writer: TestClient, desk: Desk, fields: dict[str, str]
) -> None:
    assert writer.post(f"/incident/{of(desk, 'e10').id}/merge", data=fields).status_code in (404, 422)


def test_incident_refuses_itself(writer: TestClient, desk: Desk) -> None:
    own = of(desk, "e10").id
    assert writer.post(f"/incident/{own}/merge", data={"other": own}).status_code == 422


def test_incident_reports_are_set_apart_and_back(writer: TestClient, desk: Desk) -> None:
    own = of(desk, "e04").id
    answer = writer.post(f"/incident/{own}/split", data={"report": "e05", "because": "another day"})
    assert answer.status_code == 303
    apart = answer.headers["location"]
    twin = writer.get(apart.partition("#")[0] + ".json").json()
    assert [card["id"] for card in twin["reports"]] == ["e05"]
    key = undo_key(writer, apart)
    back = writer.post(f"/incident/{twin['row']['id']}/undo", data={"decision": key}).headers["location"]
    assert {c["id"] for c in writer.get(back + ".json").json()["reports"]} == {"e04", "e05"}


@pytest.mark.parametrize("reports", [[], ["e04", "e05"], ["e01"]])
def test_incident_refuses_to_set_apart_none_all_or_others(writer: TestClient, desk: Desk, reports: list[str]) -> None:
    own = of(desk, "e04").id
    assert writer.post(f"/incident/{own}/split", data={"report": reports}).status_code == 422


def test_incident_of_an_event_is_found(writer: TestClient, desk: Desk) -> None:
    answer = writer.get("/incident-of/e04")
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/incident/{of(desk, 'e04').id}#report-e04"
    assert writer.get("/incident-of/nothing").status_code == 404


def test_incident_and_article_have_no_forms_when_only_read(made_record: Path, desk: Desk) -> None:
    app = create_app(Settings(record=made_record, read_only=True))
    with TestClient(app, base_url=BASE) as reader:
        for address in (links.incident(of(desk, "e04").id), "/article/full"):
            page = reader.get(address)
            assert page.status_code == 200
            assert 'method="post"' not in page.text
            assert 'type="checkbox" form="split"' not in page.text


def test_incident_leads_on_when_its_only_report_is_rejected(writer: TestClient, desk: Desk) -> None:
    page = writer.get(links.incident(of(desk, "e13").id)).text
    assert 'name="next" value="/incident-of/e13"' in page
    answer = writer.post("/event/e13/reject", data={"next": "/incident-of/e13"})
    assert answer.headers["location"] == "/incident-of/e13"
    assert writer.get("/incident-of/e13").headers["location"] == "/article/a-e13#e13"
    assert writer.get(links.incident(of(desk, "e13").id)).status_code == 404
