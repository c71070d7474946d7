"""How a server is asked, and what is made of servers that misbehave."""

from __future__ import annotations

import time

import pytest

from dragoman.errors import UsageError
from dragoman.opinions.budget import Budget, SpentError
from dragoman.opinions.completions import WAITS, Completions, StoppedError, UnansweredError
from tests.opinions.samples import model_at, question
from tests.opinions.standin import standing_in

KEY = "sk-0123456789abcdef"


def ask(model: Completions) -> str | None:
    return model.ask(question().messages).content


def test_completions_ask_with_schema_temperature_and_limit() -> None:
    with standing_in() as site:
        said = model_at(site, key=KEY).ask(question().messages)
    (body,) = site.bodies
    assert site.paths == ["/v1/chat/completions"]
    assert body["model"] == "m"
    assert body["temperature"] == 0
    assert body["max_tokens"] == 100
    assert body["response_format"]["json_schema"]["strict"] is True
    assert [message["role"] for message in body["messages"]] == ["system", "user"]
    assert site.headers[0]["authorization"] == f"Bearer {KEY}"
    assert said.prompt_tokens
    assert said.answer_tokens == 40


def test_completions_without_a_key_send_none() -> None:
    with standing_in() as site:
        ask(model_at(site))
    assert "authorization" not in site.headers[0]


@pytest.mark.parametrize(("mode", "asked"), [("plain-only", 3), ("new-names", 3)])
def test_completions_ask_in_the_form_that_the_server_takes(mode: str, asked: int) -> None:
    with standing_in(mode) as site:
        model = model_at(site)
        assert ask(model)
        assert site.asked == asked
        assert ask(model)
        assert site.asked == asked + 1  # it is remembered


def test_completions_keep_their_form_where_the_request_was_at_fault() -> None:
    with standing_in("bad-request", "bad-request", "bad-request", "good") as site:
        model = model_at(site)
        with pytest.raises(UnansweredError, match="too long"):
            ask(model)
        assert ask(model)
    assert site.bodies[-1]["response_format"]["type"] == "json_schema"


def test_completions_wait_as_long_as_a_busy_server_asks() -> None:
    waits: list[float] = []
    told: list[str] = []
    with standing_in("busy", "broken", "good") as site:
        assert ask(model_at(site, sleep=waits.append, tell=told.append))
    assert waits == [7.0, WAITS[1]]
    assert "429 (Slow down)" in told[0]


@pytest.mark.parametrize(
    ("mode", "told"),
    [("broken", "500"), ("close", "cut the connection"), ("half", "cut the connection"), ("busy", "429")],
)
def test_completions_give_up_on_a_question_after_some_tries(mode: str, told: str) -> None:
    with standing_in(mode) as site, pytest.raises(UnansweredError, match=told):
        ask(model_at(site))
    assert site.asked == len(WAITS) + 1


@pytest.mark.parametrize("mode", ["late", "drip"])
def test_completions_wait_no_longer_than_they_were_told(mode: str) -> None:
    with standing_in(mode, patience=3.0) as site:
        began = time.monotonic()
        with pytest.raises(UnansweredError, match=r"longer than 0\.1 seconds"):
            ask(model_at(site, timeout=0.1))
        assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("key", "--key-from"),
        ("model", "does not exist"),
        ("moved", "127.0.0.1:9/elsewhere"),
        ("quota", "86400 seconds"),
        ("huge", "larger than"),
    ],
)
def test_completions_stop_where_no_question_would_be_answered(mode: str, told: str) -> None:
    with standing_in(mode) as site, pytest.raises(StoppedError, match=told):
        ask(model_at(site))
    assert site.asked == 1


def test_completions_do_not_follow_redirects() -> None:
    with standing_in() as other, standing_in("moved") as site, pytest.raises(StoppedError):
        ask(model_at(site, key=KEY))
    assert other.asked == 0


@pytest.mark.parametrize("mode", ["page", "no-choice", "deep"])
def test_completions_take_no_other_document_for_an_answer(mode: str) -> None:
    with standing_in(mode) as site, pytest.raises(UnansweredError, match="no chat completion"):
        ask(model_at(site))


def test_completions_tell_that_nobody_listens() -> None:
    with standing_in() as site:
        model = model_at(site)
    with pytest.raises(UnansweredError, match="cannot be reached"):
        ask(model)


@pytest.mark.parametrize(
    ("mode", "why"),
    [("refusal", "can't help"), ("filtered", "filter"), ("cut", "cut off at 100 tokens"), ("filter-400", "400")],
)
def test_completions_tell_a_refusal_from_an_answer(mode: str, why: str) -> None:
    with standing_in(mode) as site:
        said = model_at(site).ask(question().messages)
    assert said.content is None
    assert said.refusal is not None
    assert why in said.refusal


def test_completions_let_no_server_repeat_the_key() -> None:
    with standing_in("echo", "key") as site:
        model = model_at(site, key=KEY)
        assert KEY not in (ask(model) or "")
        with pytest.raises(StoppedError) as error:
            ask(model)
    assert KEY not in str(error.value)
    assert KEY not in repr(model)


@pytest.mark.parametrize("key", ["", "  ", "a\nX-Other: b", "clé"])
def test_completions_refuse_a_key_that_is_none(key: str) -> None:
    with standing_in() as site, pytest.raises(UsageError, match="key"):
        model_at(site, key=key)


def test_completions_never_send_more_requests_than_the_budget_has() -> None:
    waits: list[float] = []
    with standing_in("broken") as site, pytest.raises(SpentError):
        ask(model_at(site, budget=Budget(requests=2, answer=100), sleep=waits.append))
    assert site.asked == 2
    assert len(waits) == 1  # none for a request that may not be sent


def test_completions_count_what_may_have_been_paid_for() -> None:
    with standing_in("close", "good") as site:
        model = model_at(site)
        ask(model)
    assert model.budget.spent > site.spent
