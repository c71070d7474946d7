from __future__ import annotations

import pytest

from dragoman.analysis.sourcing import (
    expert_words,
    is_alleged,
    is_anonymous,
    side_telling,
    source_of,
    state_media_of,
)
from dragoman.model import Article, Claim, ReportedEvent, Span, Speaker
from tests.analysis.ties import Told
from tests.briefing.builders import report


@pytest.mark.parametrize(
    ("reports", "alleged"),
    [
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="John Kirby/USA")], True, id="third party"),
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="~two officials")], True, id="unnamed people"),
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="~the timing")], False, id="no people"),
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="Kim Jong Un/PRK")], False, id="a party"),
        pytest.param([report("e1", "PRK", "RUS", type="AID")], False, id="the publisher's own words"),
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="Morning Paper")], False, id="publisher named"),
        pytest.param(
            [
                report("e1", "PRK", "RUS", type="AID", said_by="John Kirby/USA"),
                report("e2", "PRK", "RUS", type="AID", said_by="Sergei Lavrov/RUS"),
            ],
            False,
            id="confirmed by a party",
        ),
    ],
)
def test_alleged_is_what_only_third_parties_say(reports: list[ReportedEvent], alleged: bool) -> None:
    assert is_alleged(Told(reports=tuple(reports))) is alleged


def test_state_media_is_told_by_any_of_its_names() -> None:
    assert state_media_of("KCNA") == "PRK"
    assert state_media_of("Daily NK") is None
    assert state_media_of("A paper nobody knows") is None


@pytest.mark.parametrize(
    ("said_by", "publisher", "standing"),
    [
        (None, "Morning Paper", "press"),
        (None, "KCNA", "state media"),
        ("Sergei Lavrov/RUS", "Morning Paper", "party"),
        ("TASS/RUS", "Morning Paper", "state media"),
        ("Reuters", "Morning Paper", "press"),
        ("John Kirby/USA", "KCNA", "third party"),
        ("~two officials", "Morning Paper", "third party"),
    ],
)
def test_sourcing_tells_how_a_source_stands_to_the_event(said_by: str | None, publisher: str, standing: str) -> None:
    told = report("e1", "PRK", "RUS", type="AID", said_by=said_by, publisher=publisher)
    assert source_of(told).standing == standing


@pytest.mark.parametrize(
    ("reports", "side"),
    [
        ([report("e1", "PRK", "RUS", type="AID", publisher="KCNA")], "PRK"),
        ([report("e1", "PRK", "RUS", type="AID", said_by="Sergei Lavrov/RUS")], "RUS"),
        ([report("e1", "PRK", "RUS", type="AID")], None),
        ([report("e1", "PRK", "RUS", type="ACCUSE", publisher="KCNA")], None),
        ([report("e1", "RUS", "PRK", type="SUPPORT", publisher="KCNA")], "PRK"),
        (
            [
                report("e1", "PRK", "RUS", type="AID", publisher="KCNA"),
                report("e2", "PRK", "RUS", type="AID", said_by="Sergei Lavrov/RUS"),
            ],
            None,
        ),
    ],
)
def test_sourcing_tells_what_one_side_alone_says(reports: list[ReportedEvent], side: str | None) -> None:
    assert side_telling(Told(reports=tuple(reports))) == side


@pytest.mark.parametrize(
    ("words", "anonymous"),
    [
        ("two officials", True),
        ("a person familiar with the talks", True),
        ("a South Korean official, who asked not to be named", True),
        ("an analyst in Seoul", True),
        ("the Russian foreign ministry", False),
        ("a spokesman for the ministry", False),
        ("Ann Lee", False),
    ],
)
def test_sourcing_tells_people_without_names(words: str, anonymous: bool) -> None:
    assert is_anonymous(Speaker(start=0, end=len(words), text=words)) is anonymous


@pytest.mark.parametrize(
    ("introduction", "expert"),
    [
        ("Ann Lee, a senior analyst at the Blue Forum, spoke", "a senior analyst at the Blue Forum"),
        ("Ann Lee, the prime minister, spoke", None),
        ("Ann Lee met a senior analyst", None),
    ],
)
def test_sourcing_keeps_the_employer_of_an_expert(introduction: str, expert: str | None) -> None:
    text = f"{introduction}. Lee said no."
    speaker = Speaker(start=text.index("Lee said"), end=text.index(" said"), text="Lee", actor="Ann Lee")
    claim = Claim(id="c0", speaker=speaker, content=(Span(start=0, end=1, text=text[0]),), kind="indirect")
    assert expert_words(claim, Article(id="a", text=text)) == expert
