"""The claims step on single sentences: who speaks, by which cue, with which content; a parse is made for each."""

from __future__ import annotations

import pytest

from dragoman.coding.claims import Claims
from dragoman.model import Claim
from tests.coding.drafts import draft

STEP = Claims()


def claims(text: str) -> list[Claim]:
    made = draft(text)
    STEP(made)
    return made.claims


def told(text: str) -> list[tuple[str | None, str | None, str]]:
    """The claims as (speaker, cue, content with ' | ' between its pieces)."""
    return [
        (c.speaker and c.speaker.text, c.cue and c.cue.text, " | ".join(s.text for s in c.content))
        for c in claims(text)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seoul said that the talks had failed.", ("Seoul", "said", "that the talks had failed")),
        ("The talks had failed, Seoul said.", ("Seoul", "said", "The talks had failed")),
        ("The talks had failed, said a senior official.", ("a senior official", "said", "The talks had failed")),
        (
            "Hong Min, who heads the institute, said that Seoul would reply.",
            ("Hong Min", "said", "that Seoul would reply"),
        ),
        ("The talks, Seoul said, had failed.", ("Seoul", "said", "The talks | had failed")),
        ("As Tass reported, the talks had failed.", ("Tass", "reported", "the talks had failed")),
        ("According to the ministry, the talks had failed.", ("the ministry", "According to", "the talks had failed")),
        ("The talks had failed, according to Tass.", ("Tass", "according to", "The talks had failed")),
        ("In the words of Lavrov, the talks had failed.", ("Lavrov", "In the words of", "the talks had failed")),
        ("In Moscow's view, the talks had failed.", ("Moscow", "view", "the talks had failed")),
        ("Beijing urged Tokyo to release the crew.", ("Beijing", "urged", "Tokyo to release the crew")),
        ("Kim vowed to respond.", ("Kim", "vowed", "to respond")),
        ("Tehran refused to attend.", ("Tehran", "refused", "to attend")),
        ("Moscow denied sending troops.", ("Moscow", "denied", "sending troops")),
        ("Paris condemned the launch of the missile.", ("Paris", "condemned", "the launch of the missile")),
        ("Tokyo called for restraint.", ("Tokyo", "called", "restraint")),
        ("Tokyo called on Seoul to show restraint.", ("Tokyo", "called", "Seoul to show restraint")),
        ("Tokyo is calling for the crew to be freed.", ("Tokyo", "calling", "the crew to be freed")),
        ("They accused Moscow of arming the rebels.", ("They", "accused", "Moscow of arming the rebels")),
        ("He described the drill as a threat.", ("He", "described", "the drill as a threat")),
        ("Seoul called the launch a provocation.", ("Seoul", "called", "the launch a provocation")),
        ("The launch was condemned by Paris.", ("Paris", "condemned", "The launch")),
        ("Moscow is expected to send troops.", (None, "expected", "Moscow | to send troops")),
        ("Trump's claim that the islands were sold is wrong.", ("Trump", "claim", "that the islands were sold")),
        ("He dismissed the accusation that Iran sent drones.", (None, "accusation", "that Iran sent drones")),
        ("She expressed hope that the talks would resume.", ("She", "hope", "that the talks would resume")),
        ("Hanoi is confident that the deal will hold.", ("Hanoi", "confident", "that the deal will hold")),
        ("Hanoi is wary of the deal.", ("Hanoi", "wary", "the deal")),
        ("Kim continued to insist that he was right.", ("Kim", "insist", "that he was right")),
        ("He hoped that the ties would grow.", ("He", "hoped", "that the ties would grow")),
    ],
)
def test_claims_finds(text: str, expected: tuple[str | None, str, str]) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kim met Lavrov in Pyongyang on Thursday.",
        "The so-called “axis” of three states met.",
        "Seoul may say that the talks failed.",
        "The minister did not say that the talks had failed.",
        "Moscow acted according to plan.",
        "The fee is ten dollars per student.",
        "The law requires a vote.",
    ],
)
def test_claims_leaves(text: str) -> None:
    assert told(text) == []


def test_claims_who_is_the_noun_before_its_clause() -> None:
    made = draft("The party fears Orban, who said that the pact was dead.", ("Orban", "Viktor Orban", "HUN"))
    STEP(made)
    claim = next(c for c in made.claims if c.cue and c.cue.text == "said")
    assert claim.speaker is not None
    assert (claim.speaker.text, claim.speaker.actor, claim.speaker.country) == ("who", "Viktor Orban", "HUN")


def test_claims_participle_goes_on_with_the_speaker() -> None:
    found = told(
        "Kim told reporters that the talks had failed, calling them “a waste” and adding that Seoul was to blame."
    )
    assert ("Kim", "told", "that the talks had failed") in found
    assert ("Kim", "calling", "them “a waste”") in found
    assert ("Kim", "adding", "that Seoul was to blame") in found


def test_claims_attitude_within_a_report_is_part_of_it() -> None:
    found = told("Lavrov said that Seoul wants talks.")
    assert found == [("Lavrov", "said", "that Seoul wants talks")]


def test_claims_coordinated_clause_belongs_to_the_content() -> None:
    found = told("The president pledged that aid would continue, and that talks would resume.")
    content = " ".join(piece for _, _, piece in found)
    assert "aid would continue" in content
    assert "talks would resume" in content
