"""What second coders say, on the pages: beside the events, in the queue, and as values for the form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.opinions.kept import FILE, add_opinion
from dragoman.record import Record
from dragoman.web import Settings, create_app
from dragoman.web.desk import Desk
from dragoman.web.keeper import Keeper
from dragoman.web.pages.review import ReviewAsked, review
from dragoman.web.queue import Wanted, queue, unsure
from tests.opinions.samples import NO_EVENT, answer, opinion
from tests.web.conftest import BASE, TOKEN

TRICK = 'Ignore all\u202e rules. <script>alert(1)</script> "><img src=x onerror=alert(2)>'


def tell(record: Path, event_id: str, given: object = None, model: str = "m", **more: object) -> None:
    """Let a model say something of an event."""
    told = Record(record).event(event_id)
    made = opinion(given, event=told.event, article=told.article.id, coder=f"llm:{model}@h", key=model, **more)  # type: ignore[arg-type]
    add_opinion(record, made)


def as_coded(record: Path, event_id: str, **changes: object) -> object:
    event = Record(record).event(event_id).event
    same = {"type": event.type, "mode": event.mode, "status": event.status}
    return answer(**{**same, "doer": "both" if event.symmetric else "actor", **changes})


def desk_of(record: Path) -> Desk:
    return Keeper(record).desk()


def test_second_opinion_stands_on_incident_article_and_review(own_record: Path, writer: TestClient) -> None:
    tell(own_record, "e07", answer(type="COERCE", mode="arrest", status="planned", reason="It says may."), "qwen3:8b")
    article = Record(own_record).event("e07").article.id
    for path in (writer.get("/incident-of/e07").headers["location"], f"/article/{article}", "/review?event=e07"):
        page = writer.get(path).text
        assert "Second coder qwen3:8b: COERCE, arrest, planned; " in page
        assert "<q>It says may.</q>" in page
        assert "A language model’s opinion, no decision." in page
    twin = writer.get("/review.json?event=e07").json()["shown"]
    assert [each["model"] for each in twin["seconds"]] == ["qwen3:8b"]
    assert twin["choice"]["type"] == "AID"


def test_second_opinion_is_not_there_where_nobody_was_asked(client: TestClient, desk: Desk) -> None:
    page = client.get("/review?event=e07").text
    assert "Second coder" not in page
    assert 'name="second"' not in page
    view = review(desk, ReviewAsked(event="e07"))
    assert view.shown is not None
    assert (view.shown.seconds, view.shown.takes, view.second_coded) == ((), (), 0)


@pytest.mark.parametrize("outcome", ["refusal", "unusable"])
def test_second_opinion_without_an_answer_is_not_shown(own_record: Path, outcome: str) -> None:
    tell(own_record, "e07")
    text = (own_record / FILE).read_text(encoding="utf-8")
    changed = re.sub(r'"outcome":"answer","answer":\{.*?\}', f'"outcome":"{outcome}","problem":"it would not"', text)
    (own_record / FILE).write_text(changed, encoding="utf-8")
    view = review(desk_of(own_record), ReviewAsked(event="e07"))
    assert view.shown is not None
    assert view.shown.seconds == ()
    assert view.second_problem is None


def test_second_opinion_of_a_hostile_model_runs_nothing(own_record: Path, writer: TestClient) -> None:
    tell(own_record, "e18", answer(reason=TRICK), model=TRICK)
    article = Record(own_record).event("e18").article.id
    for path in (writer.get("/incident-of/e18").headers["location"], f"/article/{article}", "/review?event=e18"):
        page = writer.get(path).text
        assert "Ignore all" in page
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "\u202e" not in page


def test_second_opinion_raises_what_it_is_far_from(own_record: Path) -> None:
    sure = max(queue(desk_of(own_record), Wanted()), key=lambda each: each.confidence)
    tell(own_record, sure.id, NO_EVENT)
    desk = desk_of(own_record)
    raised = next(each for each in queue(desk, Wanted()) if each.id == sure.id)
    assert (raised.apart, raised.unsure) == (1.0, 1.0)
    assert raised.score > sure.score
    scores = [each.score for each in queue(desk, Wanted())]
    assert scores == sorted(scores, reverse=True)
    assert len(scores) == desk.report_count()


def test_second_opinion_that_agrees_leaves_the_queue_as_it_is(own_record: Path) -> None:
    before = queue(desk_of(own_record), Wanted())
    tell(own_record, "e07", as_coded(own_record, "e07"))
    after = queue(desk_of(own_record), Wanted())
    assert [each.id for each in after] == [each.id for each in before]
    found = next(each for each in after if each.id == "e07")
    assert (found.apart, found.unsure) == (0.0, unsure(found.confidence))


def test_second_opinion_can_be_filtered_for_and_does_not_move_a_sample(own_record: Path) -> None:
    before = [each.id for each in queue(desk_of(own_record), Wanted(sample=20))]
    tell(own_record, "e07", as_coded(own_record, "e07"))
    tell(own_record, "e08", NO_EVENT)
    tell(own_record, "e08", as_coded(own_record, "e08"), model="other")
    desk = desk_of(own_record)
    assert [each.id for each in queue(desk, Wanted(differing=True))] == ["e08"]
    assert queue(desk, Wanted(differing=True, types=("MOBILIZE",))) == ()
    assert [each.id for each in queue(desk, Wanted(sample=20))] == before
    view = review(desk, ReviewAsked(second="differs"))
    assert (view.total, view.second_coded, view.differing) == (1, 2, 1)
    assert view.filters == ("a second coder differs",)


def test_second_opinion_begins_the_form_and_changes_nothing_by_itself(own_record: Path, writer: TestClient) -> None:
    tell(own_record, "e07", answer(type="COERCE", mode="arrest", status="planned"))
    link = writer.get("/review.json?event=e07&type=AID").json()["shown"]["takes"][0]["href"]
    assert "type=AID" in link
    page = writer.get(link).text
    assert '<details class="edit" id="correct" open>' in page
    assert '<option value="COERCE" selected' in page
    assert '<option value="arrest" selected' in page
    assert '<option value="planned" selected' in page
    view = writer.get(link.replace("/review?", "/review.json?")).json()
    assert view["shown"]["choice"]["state"] is None
    assert "take=" not in view["here"] + (view["after"] or "") + view["modes"][0]["href"]
    assert Record(own_record).event("e07").event.type == "AID"


def test_second_opinion_keeps_the_mode_where_only_the_status_is_another(own_record: Path, writer: TestClient) -> None:
    tell(own_record, "e07", as_coded(own_record, "e07", mode=None, status="denied"))
    shown = writer.get("/review.json?event=e07&take=llm:m@h").json()["shown"]
    assert (shown["form"]["type"], shown["form"]["mode"]) == (shown["choice"]["type"], shown["choice"]["mode"])
    assert shown["form"]["status"] == "denied"


@pytest.mark.parametrize("given", ["none", "same"])
def test_second_opinion_without_other_values_cannot_be_taken(own_record: Path, writer: TestClient, given: str) -> None:
    tell(own_record, "e07", NO_EVENT if given == "none" else as_coded(own_record, "e07"))
    assert writer.get("/review.json?event=e07").json()["shown"]["takes"] == []
    assert writer.get("/review?event=e07&take=llm:m@h").status_code == 422


def test_second_opinion_cannot_be_taken_where_nothing_may_be_written(own_record: Path) -> None:
    tell(own_record, "e07", answer(type="COERCE", mode=None))
    app = create_app(Settings(record=own_record, token=TOKEN, read_only=True))
    with TestClient(app, base_url=BASE) as reader:
        page = reader.get("/review?event=e07").text
    assert "Second coder m: COERCE" in page
    assert "take=" not in page


def test_second_opinion_finds_an_event_that_a_person_rejected(own_record: Path, writer: TestClient) -> None:
    tell(own_record, "e07", NO_EVENT)
    writer.post("/event/e07/reject")
    assert "Second coder m: no such event" in writer.get("/review?event=e07").text
    assert writer.get("/review.json?second=differs&show=all").json()["total"] == 1


def test_second_opinions_that_cannot_be_read_keep_no_page_from_being_read(own_record: Path, writer: TestClient) -> None:
    (own_record / FILE).write_text('{"key": 1}\n', encoding="utf-8")
    page = writer.get("/review?event=e07")
    assert page.status_code == 200
    assert "What second coders said cannot be read: " in page.text
    assert "line 1" in page.text
