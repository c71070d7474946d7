"""A run over doubtful events: what is kept, what is asked again, and when it ends."""

from __future__ import annotations

import msgspec
import pytest

from dragoman.model import ReportedEvent
from dragoman.opinions.asking import Run, ask_about, ask_one, doubtful
from dragoman.opinions.budget import Budget
from dragoman.opinions.completions import Completions
from dragoman.opinions.kept import Known, Opinion
from tests.opinions.samples import NOW, article, asking, event, model_at, question, reported
from tests.opinions.standin import StandIn, standing_in

EVENTS = [reported(number) for number in range(6)]


def one(site: StandIn) -> Opinion:
    return ask_one(question(), model_at(site), lambda: NOW)


def run(model: Completions, kept: list[Opinion], *, again: bool = False) -> Run:
    known = Known(list(kept), coder=model.coder, wording=1, again=again)
    return ask_about(EVENTS, asking(model), model, known, kept.append, now=lambda: NOW)


def test_asking_keeps_the_answer_with_the_event_as_it_was() -> None:
    with standing_in() as site:
        kept = one(site)
    assert kept.outcome == "answer"
    assert kept.answer is not None
    assert kept.answer.type == "CONSULT"
    assert article().text[kept.answer.start : kept.answer.end] == "visit"
    assert (kept.coder, kept.event, kept.article, kept.requests) == ("llm:m@127.0.0.1", event(), "a1", 1)
    assert kept.when == "2024-08-02T12:00:00+00:00"


@pytest.mark.parametrize("mode", ["prose", "fenced", "thinking", "plain-only", "none", "echo"])
def test_asking_takes_an_answer_in_many_clothes(mode: str) -> None:
    with standing_in(mode) as site:
        assert one(site).outcome == "answer"


BAD = ("bad-json", "empty", "twice", "wrong-type", "wrong-mode", "extra", "invented", "steered")


@pytest.mark.parametrize("mode", BAD)
def test_asking_asks_once_more_for_what_is_no_answer_and_says_what_was_wrong(mode: str) -> None:
    with standing_in(mode, "good") as site:
        kept = one(site)
    assert (kept.outcome, kept.requests) == ("answer", 2)
    said = [message["role"] for message in site.bodies[1]["messages"]]
    assert said == ["system", "user", "assistant", "user"]
    assert "no valid answer" in site.bodies[1]["messages"][-1]["content"]


@pytest.mark.parametrize("mode", BAD)
def test_asking_keeps_what_stays_no_answer_as_unusable(mode: str) -> None:
    with standing_in(mode) as site:
        kept = one(site)
    assert (kept.outcome, kept.answer, site.asked) == ("unusable", None, 2)
    assert kept.problem


@pytest.mark.parametrize("mode", ["refusal", "sorry", "filtered", "cut", "filter-400"])
def test_asking_keeps_a_refusal_and_does_not_insist(mode: str) -> None:
    with standing_in(mode) as site:
        kept = one(site)
    assert (kept.outcome, kept.answer, site.asked) == ("refusal", None, 1)
    assert kept.problem


def test_asking_keeps_a_bad_answer_when_asking_once_more_fails() -> None:
    with standing_in("bad-json", "key") as site:
        assert one(site).outcome == "unusable"


def test_asking_never_asks_the_same_twice() -> None:
    kept: list[Opinion] = []
    with standing_in("good", "refusal", "bad-json", "bad-json", "good") as site:
        model = model_at(site)
        first = run(model, kept)
        asked = site.asked
        second = run(model, kept)
    assert sum(first.outcomes.values()) == 6
    assert (second.known, site.asked) == (6, asked)


def test_asking_knows_a_question_under_another_id() -> None:
    kept: list[Opinion] = []
    with standing_in() as site:
        model = model_at(site)
        run(model, kept)
        renamed = [msgspec.structs.replace(each, event=event(id="old")) for each in kept]
        assert run(model, renamed).known == 6


def test_asking_again_asks_only_where_there_was_no_answer() -> None:
    kept: list[Opinion] = []
    with standing_in("good", "refusal", "good") as site:
        model = model_at(site)
        run(model, kept)
        again = run(model, kept, again=True)
    assert (again.known, again.outcomes["answer"]) == (5, 1)


@pytest.mark.parametrize("limit", [0, 1, 3])
def test_asking_stays_within_a_budget_of_requests(limit: int) -> None:
    kept: list[Opinion] = []
    with standing_in() as site:
        ended = run(model_at(site, budget=Budget(requests=limit, answer=100)), kept)
    assert site.asked == len(kept) == limit
    assert (ended.left, ended.failed) == (6 - limit, False)
    assert ended.ended is not None


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("limit", [1_000, 5_000, 8_000])
def test_asking_stays_within_a_budget_of_tokens(limit: int, counts: bool) -> None:
    kept: list[Opinion] = []
    with standing_in("good", "bad-json", "good", counts=counts) as site:
        ended = run(model_at(site, budget=Budget(tokens=limit, answer=100)), kept)
    assert site.spent <= limit
    assert ended.ended is not None
    assert "tokens" in ended.ended


def test_asking_ends_after_three_questions_without_an_answer_and_goes_on_later() -> None:
    kept: list[Opinion] = []
    with standing_in("good", *["page"] * 3, "good") as site:
        model = model_at(site)
        first = run(model, kept)
        assert (len(kept), first.unanswered, first.left, first.failed) == (1, 3, 2, True)
        second = run(model, kept)
    assert (second.known, second.outcomes["answer"], second.ended) == (1, 5, None)


def test_asking_goes_on_after_one_question_without_an_answer() -> None:
    kept: list[Opinion] = []
    with standing_in("page", "page", "good", "page", "page", "good") as site:
        ended = run(model_at(site), kept)
    assert (len(kept), ended.unanswered, ended.ended) == (2, 4, None)


def test_asking_ends_at_once_where_the_key_is_wrong() -> None:
    kept: list[Opinion] = []
    with standing_in("key") as site:
        ended = run(model_at(site), kept)
    assert (site.asked, kept, ended.failed, ended.left) == (1, [], True, 6)


def test_asking_keeps_each_answer_before_the_next_question() -> None:
    order: list[tuple[str, int]] = []
    with standing_in() as site:
        model = model_at(site)
        known = Known([], coder=model.coder, wording=1)
        ask_about(EVENTS[:2], asking(model), model, known, lambda o: order.append((o.article, site.asked)))
    assert order == [("a0", 1), ("a1", 2)]


def test_asking_begins_with_the_most_open_and_leaves_out_the_sure() -> None:
    def at(number: int, confidence: float) -> ReportedEvent:
        return ReportedEvent(event=event(id=f"e{number}", confidence=confidence), article=article(id=f"a{number}"))

    events = [at(0, 0.3), at(1, 0.52), at(2, 0.6), at(3, 0.95), at(4, 0.45)]
    assert [each.event.id for each in doubtful(events, 0.6)] == ["e1", "e4", "e0"]
