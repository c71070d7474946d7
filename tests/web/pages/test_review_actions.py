from __future__ import annotations

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from dragoman.record.reviews import read_reviews, verdicts
from dragoman.web import Settings, create_app
from tests.web.conftest import BASE, TOKEN
from tests.web.samples import LINE


def test_review_actions_accept_keeps_who_when_and_why(writer: TestClient, own_record: Path) -> None:
    answer = writer.post("/event/e04/accept", data={"because": "plain", "next": "/review?event=e05"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/review?event=e05")
    [review] = read_reviews(own_record)
    assert (review.kind, review.who, review.because, review.article) == ("accept", "Ann", "plain", "a-e04")
    assert review.when.endswith("+00:00")


def test_review_actions_go_to_the_article_unless_told(writer: TestClient) -> None:
    assert writer.post("/event/e04/reject").headers["location"] == "/article/a-e04#e04"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "review", "/a\nb"])
def test_review_actions_go_nowhere_else(writer: TestClient, target: str) -> None:
    assert writer.post("/event/e04/accept", data={"next": target}).status_code == 422


def test_review_actions_undo_gives_back_and_refuses_when_nothing_was_decided(
    writer: TestClient, own_record: Path
) -> None:
    writer.post("/event/e04/accept")
    writer.post("/event/e04/reject")
    writer.post("/event/e04/reject")
    assert len(read_reviews(own_record)) == 2
    writer.post("/event/e04/undo")
    assert [v.state for v in verdicts(read_reviews(own_record))] == ["accepted"]
    writer.post("/event/e04/undo")
    assert verdicts(read_reviews(own_record)) == []
    assert writer.post("/event/e04/undo").status_code == 422


def test_review_actions_edit_keeps_only_what_differs(writer: TestClient, own_record: Path) -> None:
    form = {
        "fields": ["mode", "actors", "recipients", "symmetric", "date", "place"],
        "type": "CONSULT",
        "mode": "visit",
        "actors": "Sergei Lavrov; Vladimir Putin",
        "recipients": "Kim Jong Un",
        "status": "actual",
        "date_start": "2023-10-18",
        "date_end": "2023-10-19",
        "place": "Pyongyang",
    }
    assert writer.post("/event/e04/edit", data=form).status_code == 303
    changes = read_reviews(own_record)[0].changes
    assert changes is not None
    assert changes.fields == ("actors", "date")
    assert isinstance(changes.actors, tuple)
    assert [(p.actor, p.country) for p in changes.actors] == [("Sergei Lavrov", "RUS"), ("Vladimir Putin", "RUS")]


def test_review_actions_edit_clears_what_the_form_shows_empty(writer: TestClient, own_record: Path) -> None:
    writer.post("/event/e04/edit", data={"fields": ["place", "date"]})
    changes = read_reviews(own_record)[0].changes
    assert changes is not None
    assert (changes.fields, changes.date, changes.place) == (("date", "place"), None, None)


def test_review_actions_edit_of_nothing_accepts(writer: TestClient, own_record: Path) -> None:
    writer.post("/event/e04/edit", data={"type": "CONSULT"})
    assert [r.kind for r in read_reviews(own_record)] == ["accept"]


@pytest.mark.parametrize(
    ("form", "told"),
    [
        ({"type": "DANCE"}, "AGREE, CONSULT"),
        ({"mode": "phoned"}, "visit"),
        ({"actors": "Nobody Known"}, "Nobody Known/KOR"),
        ({"actors": "Ann Lee/XXQ"}, "no state&#39;s code"),
        ({"date_start": "2024-13-01"}, "not a day"),
        ({"date_start": "2024-08-02", "date_end": "2024-08-01"}, "before the first"),
        ({"fields": "date", "date_end": "2024-08-01"}, "without the first"),
        ({"colour": "red"}, "does not know"),
    ],
)
def test_review_actions_edit_says_what_cannot_be(
    writer: TestClient, own_record: Path, form: dict[str, str], told: str
) -> None:
    answer = writer.post("/event/e04/edit", data=form)
    assert answer.status_code == 422
    assert told in answer.text
    assert read_reviews(own_record) == []


def test_review_actions_take_states_new_names_and_names_of_the_article(writer: TestClient, own_record: Path) -> None:
    writer.post("/event/e30/edit", data={"actors": "Kim Jong Un; China; Ann Lee/USA"})
    changes = read_reviews(own_record)[0].changes
    assert changes is not None
    assert isinstance(changes.actors, tuple)
    assert [(p.actor, p.country) for p in changes.actors] == [
        ("Kim Jong Un", "PRK"), ("China", "CHN"), ("Ann Lee", "USA"),
    ]  # fmt: skip


def test_review_actions_add_finds_the_words_and_says_so_when_it_cannot(writer: TestClient, own_record: Path) -> None:
    form = {"type": "ACCUSE", "actors": "Kim Jong Un", "recipients": "KOR", "words": "The line is low"}
    answer = writer.post("/article/full/add", data=form)
    [review] = read_reviews(own_record)
    assert answer.headers["location"] == f"/article/full#{review.event.id}"
    assert (review.kind, review.event.claim, review.event.quad) == ("add", "c1", 3)
    assert LINE[review.event.evidence.start : review.event.evidence.end] == "The line is low"
    for words in ("The line is high", "Kim", ""):
        assert writer.post("/article/full/add", data={**form, "words": words}).status_code == 422
    assert writer.post("/article/full/add", data={**form, "actors": "", "recipients": ""}).status_code == 422
    assert writer.post("/article/full/add", data={**form, "start": "5", "end": "9999"}).status_code == 422
    assert len(read_reviews(own_record)) == 1


def test_review_actions_add_takes_offsets_and_leaves_blanks_out(writer: TestClient, own_record: Path) -> None:
    start = LINE.index(" met Moon")
    form = {"type": "CONSULT", "actors": "Kim Jong Un", "recipients": "Moon Jae-in", "start": start, "end": start + 10}
    writer.post("/article/full/add", data=form)
    assert read_reviews(own_record)[0].event.evidence.text == "met Moon"


def test_review_actions_need_the_token_and_an_event_that_is_there(own_record: Path, writer: TestClient) -> None:
    assert writer.post("/event/none/accept").status_code == 404
    assert writer.post("/event/e04/accept", headers={"x-dragoman-token": "wrong"}).status_code == 403
    with TestClient(create_app(Settings(record=own_record, token=TOKEN, read_only=True)), base_url=BASE) as reader:
        assert reader.post("/event/e04/accept", headers={"x-dragoman-token": TOKEN}).status_code == 403
    assert read_reviews(own_record) == []


def test_review_actions_ask_for_a_name_once_and_keep_it_in_a_strict_cookie(own_record: Path) -> None:
    headers = {"x-dragoman-token": TOKEN}
    app = create_app(Settings(record=own_record, token=TOKEN))
    with TestClient(app, base_url=BASE, headers=headers, follow_redirects=False) as browser:
        assert "Who decides?" in browser.get("/review").text
        answer = browser.post("/review/name", data={"who": "Bo Löw", "next": "/review?order=sample"})
        assert answer.headers["location"] == "/review?order=sample"
        cookie = answer.headers["set-cookie"].lower()
        assert "samesite=strict" in cookie
        assert "httponly" in cookie
        assert "Who decides?" not in browser.get("/review").text
        browser.post("/event/e04/accept")
    assert read_reviews(own_record)[0].who == "Bo Löw"


def test_review_actions_let_no_cookie_speak_for_a_name_that_was_set(writer: TestClient, own_record: Path) -> None:
    writer.cookies.set("dragoman-reviewer", "Mallory")
    writer.post("/event/e04/accept")
    assert read_reviews(own_record)[0].who == "Ann"
