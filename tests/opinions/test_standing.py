"""Which event an opinion is about, and what it says otherwise."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.model import CodedArticle, CoderInfo, Event, ReportedEvent
from dragoman.opinions import opinions_of
from dragoman.opinions.answers import Answer
from dragoman.opinions.kept import add_opinion
from dragoman.opinions.standing import compare, distance, place
from dragoman.opinions.words import opinion_words, reason_words
from dragoman.record import Record
from tests.opinions.samples import NO_EVENT, answer, article, event, opinion, span

OTHER = event(id="e9", evidence=span("Rain fell on the coast"))


def keys(events: list[Event], *opinions: object) -> dict[str, list[str]]:
    return {key: [o.key for o in told] for key, told in place(opinions, events).items()}  # type: ignore[arg-type]


def test_standing_opinion_finds_its_event_by_id() -> None:
    assert keys([event(), OTHER], opinion()) == {"e1": ["k1"]}


@pytest.mark.parametrize(
    "now",
    [
        event(id="e2"),
        event(id="e2", type="AGREE", mode=None),
        event(id="e2", status="actual"),
        event(id="e2", evidence=span("minister is to visit China")),
    ],
)
def test_standing_opinion_finds_its_event_when_it_was_coded_anew(now: Event) -> None:
    assert keys([OTHER, now], opinion()) == {"e2": ["k1"]}


@pytest.mark.parametrize(
    "now",
    [
        event(id="e2", evidence=span("Nobody spoke of trade")),
        event(id="e2", actors=event().recipients),
        event(id="e2", symmetric=True),
    ],
)
def test_standing_opinion_is_not_of_another_event(now: Event) -> None:
    assert keys([now], opinion()) == {}


def test_standing_each_opinion_has_one_event_and_that_of_its_type_first() -> None:
    made = [event(id="e2", type="AGREE", mode=None), event(id="e3")]
    assert keys(made, opinion()) == {"e3": ["k1"]}
    assert keys(made, opinion(), opinion(key="k2", event=event(id="e4", type="AGREE"))) == {"e3": ["k1"], "e2": ["k2"]}


def test_standing_the_latest_opinion_of_each_coder_counts() -> None:
    told = [opinion(), opinion(key="k2", coder="llm:n@h"), opinion(key="k3")]
    assert sorted(keys([event()], *told)["e1"]) == ["k2", "k3"]


def test_standing_opinions_of_a_record_by_event(tmp_path: Path) -> None:
    made = event(id="now"), OTHER
    record = Record.create(tmp_path / "record")
    record.append([CodedArticle(article=article(), events=made, coder=CoderInfo(version="1", model="hand"))])
    events = record.reported()
    assert opinions_of(record, events) == {}
    add_opinion(record.path, opinion())
    add_opinion(record.path, opinion(article="gone"))
    assert opinions_of(record, events) == {"now": (opinion(),)}
    rest = [ReportedEvent(event=OTHER, article=article())]
    assert opinions_of(record, rest) == {}  # it is its sibling's, which was not asked for


@pytest.mark.parametrize(
    ("given", "words", "far"),
    [
        (answer(), "m: CONSULT, visit, planned; agrees", 0.0),
        (answer(mode=None), "m: CONSULT, planned; agrees", 0.0),
        (answer(status="actual"), "m: CONSULT, visit, actual; agrees on type and sides, not on status", 0.3),
        (answer(doer="recipient"), "m: CONSULT, visit, planned; agrees on type and status, not on sides", 0.4),
        (answer(type="AGREE", mode=None), "m: AGREE, planned; agrees on status and sides, not on type", 0.5),
        (
            answer(type="ASSAULT", mode=None, status="actual", doer="both"),
            "m: ASSAULT, actual; differs on type, status and sides",
            0.8,
        ),
        (NO_EVENT, "m: no such event between them here", 1.0),
    ],
)
def test_standing_tells_in_what_an_answer_is_other(given: Answer, words: str, far: float) -> None:
    assert opinion_words(opinion(given), event()) == words
    assert distance(event(), given) == far
    assert compare(event(), given).agrees == (far == 0)


def test_standing_two_sided_event_agrees_with_both() -> None:
    assert compare(event(symmetric=True), answer(doer="both")).agrees
    assert not compare(event(symmetric=True), answer()).agrees


def test_standing_words_for_refusals_do_not_steer_the_terminal() -> None:
    refused = opinion(outcome="refusal", answer=None, problem="No\x1b[31m\nway", coder="llm:m\x07@h")
    assert opinion_words(refused, event()) == "m: refused to answer (No[31m way)"
    assert reason_words(refused) is None
    assert "no usable answer" in opinion_words(opinion(outcome="unusable", answer=None), event())
    assert reason_words(opinion(answer(reason="So\x1b it is"))) == "So it is"
