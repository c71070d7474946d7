"""How coded articles are scored: what counts as found, as right, and as wrong."""

from __future__ import annotations

from typing import Any

import pytest
from evaluation.gold import GoldArticle, GoldAttribution, GoldDate, GoldEvent
from evaluation.scoring import score

from dragoman.model import Article, Claim, CodedArticle, CoderInfo, Event, EventDate, Party, Span, Speaker

TEXT = "Japan condemned North Korea on Friday, Li said. Later Russia met China in Hanoi. NATO praised Japan."
CONDEMNED, MET, PRAISED = "Japan condemned North Korea", "Russia met China", "NATO praised Japan"
FRIDAY = GoldDate("2024-08-02", "2024-08-02")


def label(evidence: str = CONDEMNED, **changes: Any) -> GoldEvent:
    values: dict[str, Any] = {
        "types": ("ACCUSE",),
        "source": ("JPN",),
        "target": ("PRK",),
        "symmetric": False,
        "status": "actual",
        "date": None,
        "place": None,
        "said_by": None,
        "evidence": evidence,
    }
    return GoldEvent(**values | changes)


def party(name: str) -> Party:
    return Party(text=name, country=name) if len(name) == 3 else Party(text=name, actor=name)


def event(evidence: str = CONDEMNED, actors: str = "JPN", recipients: str = "PRK", **changes: Any) -> Event:
    at = TEXT.index(evidence)
    values: dict[str, Any] = {
        "id": f"e{at}{changes.get('type', '')}{actors}",
        "type": "ACCUSE",
        "quad": 3,
        "intensity": -2.0,
        "actors": tuple(map(party, actors.split())),
        "recipients": tuple(map(party, recipients.split())),
        "evidence": Span(start=at, end=at + len(evidence), text=evidence),
        "sentence": 0,
        "confidence": 0.5,
    }
    return Event(**values | changes)


def scored(labels: list[GoldEvent], events: list[Event]) -> dict[str, float]:
    gold = GoldArticle(id="a", text=TEXT, events=tuple(labels))
    coded = CodedArticle(
        article=Article(id="a", text=TEXT), events=tuple(events), coder=CoderInfo(version="1", model="hand")
    )
    return score([gold], {"a": coded})


def test_scoring_all_right_is_one_and_nothing_is_zero() -> None:
    right = scored([label(), label(MET, types=("CONSULT",), source=("RUS",), target=("CHN",), symmetric=True)],
                   [event(), event(MET, "RUS", "CHN", type="CONSULT", symmetric=True)])  # fmt: skip
    assert (right["event precision"], right["event recall"], right["event F1"], right["status"]) == (1, 1, 1, 1)
    nothing = scored([label()], [])
    assert (nothing["event precision"], nothing["event recall"], nothing["event F1"]) == (0, 0, 0)


def test_scoring_missed_and_invented_events_cost_recall_and_precision() -> None:
    missed = scored([label(), label(MET, source=("RUS",), target=("CHN",))], [event()])
    assert (missed["event precision"], missed["event recall"]) == (1, 0.5)
    invented = scored([label()], [event(), event(MET, "RUS", "CHN")])
    assert (invented["event precision"], invented["event recall"]) == (0.5, 1)


@pytest.mark.parametrize(
    ("coded", "found"),
    [
        (event(), 1),
        (event(actors="JPN RUS"), 1),  # one party right on each side is enough
        (event(actors="PRK", recipients="JPN"), 0),  # turned round
        (event(actors="RUS"), 0),
        (event(recipients=""), 0),
        (event(MET), 0),  # another clause
        (event("condemned North Korea on Friday"), 1),  # overlaps
    ],
)
def test_scoring_found_is_by_clause_and_sides(coded: Event, found: int) -> None:
    assert scored([label()], [coded])["sides found"] == found


def test_scoring_symmetric_label_takes_either_order() -> None:
    turned = [event(MET, "CHN", "RUS", type="CONSULT")]
    meeting = {"types": ("CONSULT",), "source": ("RUS",), "target": ("CHN",)}
    assert scored([label(MET, **meeting, symmetric=True)], turned)["event recall"] == 1
    assert scored([label(MET, **meeting, symmetric=False)], turned)["event recall"] == 0


def test_scoring_label_without_a_target_takes_any() -> None:
    assert scored([label(target=())], [event(recipients="")])["event recall"] == 1


def test_scoring_body_is_known_by_its_name() -> None:
    praise = label(PRAISED, types=("SUPPORT",), source=("NATO",), target=("JPN",))
    assert scored([praise], [event(PRAISED, "NATO", "JPN", type="SUPPORT")])["event recall"] == 1


def test_scoring_any_of_the_types_is_right_and_others_are_found_but_wrong() -> None:
    assert scored([label(types=("REJECT", "ACCUSE"))], [event()])["event recall"] == 1
    wrong = scored([label(types=("REJECT",))], [event()])
    assert (wrong["sides found"], wrong["type given found"], wrong["event recall"], wrong["event precision"]) == (
        1,
        0,
        0,
        0,
    )


def test_scoring_one_coded_event_answers_one_label() -> None:
    two = [label(), label("condemned North Korea on Friday")]
    assert scored(two, [event()])["event recall"] == 0.5


def test_scoring_happening_told_again_is_no_invention() -> None:
    again = label(also=("Later Russia met China",))
    told_twice = [event(), event("Russia met China", type="ACCUSE")]
    assert scored([again], told_twice)["event precision"] == 1


def test_scoring_event_with_one_side_costs_no_precision() -> None:
    assert scored([label()], [event(), event(MET, "RUS", "", type="MOBILIZE")])["event precision"] == 1


@pytest.mark.parametrize(
    ("coded", "right"),
    [
        (EventDate(start="2024-08-02", end="2024-08-02", granularity="day", basis="stated"), 1),
        (EventDate(start="2024-08-01", end="2024-08-02", granularity="day", basis="stated"), 0),
        (None, 0),
    ],
)
def test_scoring_date_must_be_the_very_days(coded: EventDate | None, right: int) -> None:
    assert scored([label(date=FRIDAY)], [event(date=coded)])["date"] == right


@pytest.mark.parametrize(
    ("said_by", "chain", "right"), [("Li", ("Li", "Paper"), 1), ("the Kremlin", ("Li",), 0), ("Li", (), 0)]
)
def test_scoring_said_by(said_by: str, chain: tuple[str, ...], right: int) -> None:
    assert scored([label(said_by=said_by)], [event(chain=chain)])["said by"] == right


def test_scoring_status_is_of_what_was_found() -> None:
    figures = scored([label(status="planned"), label(MET, source=("RUS",), target=("CHN",))], [event()])
    assert figures["status"] == 0


# --- claims --------------------------------------------------------------------------------------------------------

SAID = GoldAttribution(
    source="Li", cue="said", content="Japan condemned North Korea on Friday", speaker="Li", kind="indirect"
)


def claims_f1(*claims: tuple[str, str]) -> float:
    """The figure for an article with one labelled claim and claims of (speaker, content)."""
    made = []
    for number, (speaker, content) in enumerate(claims):
        at = TEXT.index(content)
        made.append(
            Claim(
                id=f"c{number}",
                speaker=Speaker(start=0, end=len(speaker), text=speaker),
                content=(Span(start=at, end=at + len(content), text=content),),
                kind="indirect",
            )
        )
    gold = GoldArticle(id="a", text=TEXT, events=(), attributions=(SAID,))
    coded = CodedArticle(
        article=Article(id="a", text=TEXT), claims=tuple(made), coder=CoderInfo(version="1", model="hand")
    )
    return score([gold], {"a": coded})["claim F1"]


@pytest.mark.parametrize(
    ("claims", "figure"),
    [
        ([("Li", SAID.content)], 1),
        ([("Mr. Li", "condemned North Korea on Friday")], 1),  # most of the words are shared
        ([("Li", "Japan")], 0),  # too few are
        ([("Japan", SAID.content)], 0),
        ([], 0),
        ([("Li", SAID.content), ("Li", SAID.content)], 2 / 3),
    ],
)
def test_scoring_claim_is_right_by_words_and_source(claims: list[tuple[str, str]], figure: float) -> None:
    assert claims_f1(*claims) == pytest.approx(figure)


def test_scoring_article_that_was_not_coded_is_an_error() -> None:
    with pytest.raises(KeyError):
        score([GoldArticle(id="a", text=TEXT, events=())], {})
