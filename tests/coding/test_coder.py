"""The coder as a whole: articles in, coded articles out, in order, the same every time, whatever one of them does."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from spacy.language import Language

from dragoman.coding import coder as coder_module
from dragoman.coding import language, parallel
from dragoman.coding.coder import Coder
from dragoman.coding.draft import Draft
from dragoman.coding.parallel import Setup, code_in_processes
from dragoman.model import Article, CodedArticle, Problem
from tests.coding import workers
from tests.coding.articles import article, code

TEXTS = [
    "Sergei Lavrov visited Pyongyang on Thursday. He met Kim Jong Un.",
    "Japan condemned North Korea. \"We will act,\" Fumio Kishida said.",
    "",
    "It rained.\n\nThe harbour was calm 🌧.",
    "Russia attacked Ukraine, Kyiv said.",
]  # fmt: skip


NO_SETUP = Setup("none", None, True)


def articles(*texts: str) -> list[Article]:
    return [article(text, id=f"a{number}") for number, text in enumerate(texts)]


class Fragile:
    """A step that fails on one article."""

    def __init__(self, bad: str) -> None:
        self.bad = bad

    def __call__(self, draft: Draft) -> None:
        if draft.article.id == self.bad:
            raise RuntimeError("cannot go on")


# --- what comes out ----------------------------------------------------------------------------------------------


def test_coder_tells_who_did_what_to_whom() -> None:
    coded = code("Russian Foreign Minister Sergei Lavrov visited Pyongyang on Thursday.", published="2024-08-02")
    (event,) = coded.events
    assert (event.type, event.mode, event.status) == ("CONSULT", "visit", "actual")
    assert [p.actor for p in event.actors] == ["Sergei Lavrov"]
    assert [p.country for p in event.recipients] == ["PRK"]
    assert event.date is not None
    assert (event.date.start, event.date.expression, event.date.basis) == ("2024-08-01", "Thursday", "stated")


def test_coder_claim_and_event_are_joined() -> None:
    coded = code("Kyiv said that Russia attacked Ukraine.", publisher="Morning Paper")
    event = next(e for e in coded.events if e.type == "ASSAULT")
    claim = next(c for c in coded.claims if c.id == event.claim)
    assert claim.speaker is not None
    assert claim.speaker.country == "UKR"
    assert event.chain == ("Ukraine", "Morning Paper")


def test_coder_every_span_lies_in_the_text() -> None:
    for one in Coder().code_many(articles(*TEXTS)):
        text = one.article.text
        spans = [(m.start, m.end, m.text) for m in one.mentions]
        spans += [(e.evidence.start, e.evidence.end, e.evidence.text) for e in one.events]
        spans += [(s.start, s.end, s.text) for c in one.claims for s in c.content]
        assert all(text[start:end] == words for start, end, words in spans)
        known = {m.id for m in one.mentions}
        assert all(p.mention in known for e in one.events for p in (*e.actors, *e.recipients))
        assert {e.claim for e in one.events} <= {None, *(c.id for c in one.claims)}


@pytest.mark.parametrize("text", ["", "\n", "It rained.", "🇰🇵", "<b>", "a" * 3000, "Kim " * 500, "(((((", '"', "。、"])
def test_coder_takes_any_text(text: str) -> None:
    assert code(text).article.text == text


# --- order and sameness ------------------------------------------------------------------------------------------


def test_coder_same_input_gives_the_same_bytes() -> None:
    once = [c.to_json() for c in Coder().code_many(articles(*TEXTS))]
    again = [c.to_json() for c in Coder().code_many(articles(*TEXTS))]
    alone = [Coder().code(a).to_json() for a in articles(*TEXTS)]
    assert once == again == alone


def test_coder_on_two_processes_gives_the_same_in_the_same_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "BATCH", 2)
    stream = articles(*TEXTS, *TEXTS)
    on_one = [c.to_json() for c in Coder().code_many(stream)]
    assert [c.to_json() for c in Coder().code_many(stream, processes=2)] == on_one


def test_coder_reads_no_further_than_it_must(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def stream() -> Iterator[Article]:
        for one in articles(*["It rained."] * 100):
            read.append(one.id)
            yield one

    monkeypatch.setattr(coder_module, "BATCH", 4)
    next(Coder().code_many(stream()))
    assert len(read) == 4


# --- what fails --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 3, -1])
def test_coder_article_on_which_a_step_fails_is_reported_and_the_rest_go_on(place: int) -> None:
    coder = Coder()
    steps = list(coder.steps)
    steps.insert(place, Fragile("a1"))
    coder.steps = tuple(steps)
    told: list[Problem] = []
    coded = list(coder.code_many(articles(*TEXTS), report=told.append))
    assert [c.article.id for c in coded] == ["a0", "a2", "a3", "a4"]
    (problem,) = told
    assert (problem.kind, problem.stage, problem.article_id) == ("failed", "coding", "a1")
    assert "cannot go on" in problem.reason
    assert problem.content == TEXTS[1]


def test_coder_article_that_breaks_the_parser_is_reported_and_the_rest_go_on(monkeypatch: pytest.MonkeyPatch) -> None:

    def fragile(batch: list[Article], nlp: Language) -> Iterator[Draft]:
        if any(a.id == "a1" for a in batch):
            raise ValueError("too deep")
        return language.parse(batch, nlp)

    monkeypatch.setattr(coder_module, "parse", fragile)
    told: list[Problem] = []
    coded = list(Coder().code_many(articles(*TEXTS), report=told.append))
    assert [c.article.id for c in coded] == ["a0", "a2", "a3", "a4"]
    assert [p.article_id for p in told] == ["a1"]


def test_coder_one_article_alone_raises() -> None:
    coder = Coder()
    coder.steps = (Fragile("a0"),)
    with pytest.raises(RuntimeError, match="cannot go on"):
        coder.code(articles("It rained.")[0])


def test_coder_failure_without_a_report_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    coder = Coder()
    coder.steps = (Fragile("a0"),)
    assert list(coder.code_many(articles("It rained."))) == []
    assert "cannot go on" in caplog.text


# --- processes that die ------------------------------------------------------------------------------------------


@pytest.fixture
def fragile_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "BATCH", 2)
    monkeypatch.setattr(parallel, "_start", workers.start)
    monkeypatch.setattr(parallel, "_code", workers.code)


def results(*texts: str, processes: int = 2) -> list[str]:
    found = code_in_processes(articles(*texts), processes, NO_SETUP)
    return [r.article.id if isinstance(r, CodedArticle) else f"{r.article_id} {r.kind}" for r in found]


@pytest.mark.usefixtures("fragile_workers")
def test_coder_article_that_kills_its_process_is_reported_and_the_rest_go_on() -> None:
    assert results("rain", "deadly", "rain", "rain", "rain") == ["a0", "a1 failed", "a2", "a3", "a4"]


@pytest.mark.usefixtures("fragile_workers")
def test_coder_several_deaths_lose_nothing_else() -> None:
    found = results("rain", "rain", "slow", "deadly", "rain", "rain", "deadly", "deadly", "rain")
    assert found == ["a0", "a1", "a2", "a3 failed", "a4", "a5", "a6 failed", "a7 failed", "a8"]


@pytest.mark.usefixtures("fragile_workers")
def test_coder_process_that_dies_while_results_are_waited_for_elsewhere() -> None:
    found = code_in_processes(articles(*["rain"] * 4, "deadly", *["rain"] * 11), 1, NO_SETUP)
    ids = []
    for number, result in enumerate(found):
        if number == 0:  # by the time that the next batch is handed out the pool is broken
            time.sleep(1.5)
        ids.append(result.article.id if isinstance(result, CodedArticle) else f"{result.article_id} failed")
    assert ids == [f"a{i} failed" if i == 4 else f"a{i}" for i in range(16)]
