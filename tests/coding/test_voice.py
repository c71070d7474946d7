"""Who 'we' and 'I' are: the speaker of the words, else the state whose own agency writes."""

from __future__ import annotations

from typing import Any

import pytest

from dragoman.coding.voice import Voice, home_state
from dragoman.model import Claim, Mention, Span, Speaker
from tests.coding.articles import article
from tests.coding.drafts import draft


def voiced(
    text: str, *mentions: tuple[str, str | None, str | None], speaker: str = "", **fields: object
) -> list[Mention]:
    """The mentions of the first person that are added; `speaker` says what stands between the quotation marks."""
    made = draft(text, *mentions, **fields)
    if speaker:
        start, end = text.index('"'), text.rindex('"') + 1
        at = text.index(speaker)
        made.claims.append(
            Claim(
                id="c0",
                speaker=Speaker(start=at, end=at + len(speaker), text=speaker),
                content=(Span(start=start, end=end, text=text[start:end]),),
                kind="direct",
            )
        )
    before = {(m.start, m.end) for m in made.mentions}
    Voice()(made)
    assert len({m.id for m in made.mentions}) == len(made.mentions)
    assert [m.start for m in made.mentions] == sorted(m.start for m in made.mentions)
    return [m for m in made.mentions if (m.start, m.end) not in before]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('"We condemn Japan," Wang Yi said.', ["We"]),
        ('"I condemn Japan," Wang Yi said.', ["I"]),
        ('"Japan attacked us and our ships," Wang Yi said.', ["us", "our"]),
    ],
)
def test_voice_first_person_is_the_speaker(text: str, words: list[str]) -> None:
    found = voiced(text, ("Wang Yi", "Wang Yi", "CHN"), ("Japan", "Japan", "JPN"), speaker="Wang Yi")
    assert [m.text for m in found] == words
    assert {(m.actor, m.country, m.how) for m in found} == {("Wang Yi", "CHN", "pronoun")}


def test_voice_speaker_with_a_title_is_who_is_named_in_it() -> None:
    text = '"We condemn Japan," said Foreign Minister Wang Yi.'
    found = voiced(text, ("Wang Yi", "Wang Yi", "CHN"), speaker="Foreign Minister Wang Yi")
    assert [(m.text, m.country) for m in found] == [("We", "CHN")]


@pytest.mark.parametrize(
    "text", ['"We condemn Japan," said the baker.', "We were cold.", '"They condemn us," said the baker.']
)
def test_voice_speaker_without_a_state_is_left_out(text: str) -> None:
    assert voiced(text, speaker="the baker" if "baker" in text else "") == []


def test_voice_outside_of_what_is_said_is_not_the_speaker() -> None:
    assert voiced('"Japan is wrong," Wang Yi told us.', ("Wang Yi", "Wang Yi", "CHN"), speaker="Wang Yi") == []


@pytest.mark.parametrize(
    ("fields", "country"),
    [
        ({"publisher": "KCNA"}, "PRK"),
        ({"publisher": "Korean Central News Agency"}, "PRK"),
        ({"publisher": "Morning Paper", "reprint_of": "KCNA"}, "PRK"),
        ({"publisher": "Ministry of Defence of Peru"}, "PER"),
        ({"publisher": "Peruvian foreign ministry"}, "PER"),
        ({"publisher": "Government of India"}, "IND"),
        ({"publisher": "White House"}, "USA"),
        ({"publisher": "Morning Paper", "reprint_of": "Government of India"}, "IND"),
        ({"publisher": "Reuters"}, None),
        ({"publisher": "Morning Paper"}, None),
        ({"publisher": "Peru Morning Paper"}, None),  # a state's name, but no authority
        ({"publisher": "Bank of Peru"}, None),
        ({"publisher": "Ministry of Defence"}, None),  # whose is not said
        ({"publisher": "Government of Japan and Peru"}, None),
        ({"publisher": "United Nations"}, None),
        ({}, None),
    ],
)
def test_voice_state_agency_or_authority_speaks_for_its_state(fields: dict[str, Any], country: str | None) -> None:
    home = home_state(article("We will attack Japan.", **fields))
    assert (home.country if home else None) == country
    assert [m.country for m in voiced("We will attack Japan.", **fields)] == ([country] if country else [])


def test_voice_speaker_goes_before_the_agency() -> None:
    text = '"We condemn Japan," Wang Yi said.'
    found = voiced(text, ("Wang Yi", "Wang Yi", "CHN"), speaker="Wang Yi", publisher="KCNA")
    assert [m.country for m in found] == ["CHN"]


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Statement by the Foreign Ministry", "JPN"),
        ("Joint statement on trade", "JPN"),
        ("Japan condemns a statement", None),
        (None, None),
    ],
)
def test_voice_a_statement_speaks_for_whoever_issues_it(title: str | None, country: str | None) -> None:
    text = "Japan condemns the raid on Nepal. We call for calm."
    found = voiced(text, ("Japan", "Japan", "JPN"), ("Nepal", "Nepal", "NPL"), title=title)
    assert [m.country for m in found] == ([country] if country else [])
