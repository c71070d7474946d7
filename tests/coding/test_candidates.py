"""From mentions to possible events: who did what to whom. Mentions are put in by hand, plain verbs carry the type."""

from __future__ import annotations

import pytest

from dragoman.coding.candidates import Candidates
from dragoman.coding.draft import Candidate
from dragoman.coding.relation import RelationTyper
from dragoman.model import Mention
from tests.coding.drafts import draft

STATES = {
    "North Korea": "PRK", "South Korea": "KOR", "Pyongyang": "PRK", "Seoul": "KOR", "Russia": "RUS", "Moscow": "RUS",
    "Russian troops": "RUS", "Putin": "RUS", "Lavrov": "RUS", "China": "CHN", "Beijing": "CHN", "Wang Yi": "CHN",
    "Xi": "CHN", "Japan": "JPN", "Tokyo": "JPN", "Ukraine": "UKR", "Kyiv": "UKR", "Nepal": "NPL", "France": "FRA",
}  # fmt: skip


def candidates(text: str) -> list[Candidate]:
    made = draft(text, *((name, name, code) for name, code in STATES.items() if name in text))
    # A state's name within another mention ("Russian troops") is none of its own.
    made.mentions = [
        m for m in made.mentions if not any(o is not m and o.start <= m.start and m.end <= o.end for o in made.mentions)
    ]
    Candidates(RelationTyper())(made)
    return made.candidates


def side(mentions: list[Mention]) -> str:
    return "+".join(m.country or m.text for m in mentions)


def events(text: str) -> set[str]:
    """The candidates as 'TYPE actors recipients', or 'TYPE one=other' where both do it, in order of the alphabet."""
    found = set()
    for c in candidates(text):
        one, other = side(c.actors), side(c.recipients)
        found.add(f"{c.type} {'='.join(sorted((one, other)))}" if c.symmetric else f"{c.type} {one} {other}")
    return found


ACTIVE = [
    ("Japan condemned North Korea.", "ACCUSE JPN PRK"),
    ("Seoul accused Moscow of helping Iran.", "ACCUSE KOR RUS"),
    ("Russia attacked Ukraine.", "ASSAULT RUS UKR"),
    ("Russian troops attacked Ukraine.", "ASSAULT RUS UKR"),
    ("North Korea threatened Japan.", "THREATEN PRK JPN"),
    ("Japan urged China to act.", "REQUEST JPN CHN"),
    ("Japan sanctioned North Korea.", "SANCTION JPN PRK"),
    ("Putin visited China.", "CONSULT RUS CHN"),
]
PASSIVE = [
    ("North Korea was condemned by Japan.", "ACCUSE JPN PRK"),
    ("Ukraine was attacked by Russian troops.", "ASSAULT RUS UKR"),
    ("North Korea was sanctioned by Japan.", "SANCTION JPN PRK"),
]
BOTH = [
    ("Putin met Xi.", "CONSULT CHN=RUS"),
    ("Lavrov met with Wang Yi.", "CONSULT CHN=RUS"),
    ("Lavrov and Wang Yi met on Monday.", "CONSULT CHN=RUS"),
    ("Seoul and Tokyo agreed to share data.", "AGREE JPN=KOR"),
]
NOMINAL = [
    ("Talks between Moscow and Beijing ended.", "CONSULT CHN=RUS"),
    ("Putin's visit to China ended.", "CONSULT RUS CHN"),
    ("The visit of Putin to China ended.", "CONSULT RUS CHN"),
    ("The attack by Russia on Ukraine ended.", "ASSAULT RUS UKR"),
]
SHARED_SUBJECT = [
    ("Putin flew home and condemned Japan.", "ACCUSE RUS JPN"),
    ("Russia, which attacked Ukraine, is a large country.", "ASSAULT RUS UKR"),
    ("Russia has begun to attack Ukraine.", "ASSAULT RUS UKR"),
]
JOURNEYS = [
    ("Lavrov arrived in Pyongyang.", "CONSULT RUS PRK"),
    ("Putin travelled to Beijing.", "CONSULT RUS CHN"),
]


@pytest.mark.parametrize(("text", "event"), ACTIVE)
def test_candidates_active(text: str, event: str) -> None:
    assert event in events(text)


@pytest.mark.parametrize(("text", "event"), PASSIVE)
def test_candidates_passive_turns_the_sides(text: str, event: str) -> None:
    assert event in events(text)
    kind, actor, recipient = event.split()
    assert f"{kind} {recipient} {actor}" not in events(text)


@pytest.mark.parametrize(("text", "event"), BOTH)
def test_candidates_what_both_do_is_parted_into_two_sides(text: str, event: str) -> None:
    assert events(text) == {event}


@pytest.mark.parametrize(("text", "event"), NOMINAL)
def test_candidates_nominal(text: str, event: str) -> None:
    assert events(text) == {event}


@pytest.mark.parametrize(("text", "event"), SHARED_SUBJECT)
def test_candidates_subject_is_shared(text: str, event: str) -> None:
    assert event in events(text)


@pytest.mark.parametrize(("text", "event"), JOURNEYS)
def test_candidates_who_arrives_meets_those_who_live_there(text: str, event: str) -> None:
    assert events(text) == {event}


@pytest.mark.parametrize(
    "text",
    [
        "Putin met Xi in Nepal.",
        "Russia attacked Ukraine near Nepal.",
        "Japan condemned North Korea in Nepal.",
        "Putin held talks with Xi in Nepal.",
    ],
)
def test_candidates_place_is_no_party(text: str) -> None:
    assert events(text)
    assert not [e for e in events(text) if "NPL" in e]


@pytest.mark.parametrize(
    "text",
    [
        "Russia attacked Russian troops.",
        "Moscow condemned Russia.",
        "Putin met Lavrov.",
        "Putin and Lavrov met.",
        "Putin and Lavrov met Wang Yi and Xi.",
    ],
)
def test_candidates_no_state_stands_on_both_sides(text: str) -> None:
    for c in candidates(text):
        assert {m.country for m in c.actors}.isdisjoint({m.country for m in c.recipients})


@pytest.mark.parametrize(
    "text",
    ["Russia is larger than Ukraine.", "The chef met the cook.", "Japan has many hot springs.", "China", ""],
)
def test_candidates_sentence_without_an_act_has_none(text: str) -> None:
    assert events(text) == set()


@pytest.mark.parametrize("text", ["Japan condemned the attack.", "Nepal was condemned.", "Xi agreed."])
def test_candidates_one_side_alone_is_no_event(text: str) -> None:
    assert events(text) == set()


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("North Korea fired a missile.", "MOBILIZE PRK "),
        ("New sanctions were imposed on North Korea.", "SANCTION  PRK"),
    ],
)
def test_candidates_acts_that_may_have_one_side(text: str, event: str) -> None:
    assert event in events(text)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Tokyo condemned Moscow. Russia refused.", "REJECT RUS JPN"),
        ("Japan sanctioned Russia. Moscow condemned the step.", "ACCUSE RUS JPN"),
    ],
)
def test_candidates_unsaid_other_side_is_who_was_dealt_with_last(text: str, event: str) -> None:
    assert event in events(text)


def test_candidates_event_with_a_side_from_before_is_less_sure() -> None:
    said, unsaid = candidates("Tokyo condemned Moscow. Russia condemned the step.")
    assert unsaid.confidence < said.confidence


def test_candidates_evidence_is_the_clause() -> None:
    text = "Putin met Xi on Monday, but Japan condemned North Korea."
    spans = {c.type: text[c.start : c.end] for c in candidates(text)}
    assert "Putin met Xi on Monday" in spans["CONSULT"]
    assert "condemned" not in spans["CONSULT"]
    assert spans["ACCUSE"] == "Japan condemned North Korea"


def test_candidates_two_acts_of_one_sentence_are_two() -> None:
    assert events("Japan condemned North Korea, and Russia attacked Ukraine.") >= {"ACCUSE JPN PRK", "ASSAULT RUS UKR"}


def test_candidates_one_act_told_by_verb_and_noun_is_one() -> None:
    assert len([e for e in candidates("Russia launched an attack on Ukraine.") if e.type == "ASSAULT"]) == 1


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("China and Japan met in Seoul.", "CONSULT CHN=JPN"),
        ("Japan, attacked by Russia, met China.", "ASSAULT RUS JPN"),
        ("Ukraine, which Russia attacked, met France.", "ASSAULT RUS UKR"),
        ("In September Japan persuaded Russia to sign.", "REQUEST JPN RUS"),
    ],
)
def test_candidates_sides_that_the_parse_hides(text: str, event: str) -> None:
    assert event in events(text)


@pytest.mark.parametrize("text", ["Putin and Xi held talks in Nepal.", "China and Japan met in Seoul."])
def test_candidates_where_two_meet_is_no_third(text: str) -> None:
    assert not any("NPL" in event or "KOR" in event for event in events(text))


def test_candidates_leave_what_a_state_does_to_its_own() -> None:
    assert events("Russia attacked Russian troops.") == set()
