"""Possible events by the relation model. Mentions are put in by hand; any sensible model gets these sentences right.

What is judged here is what the model says alone (`PLAIN`), so that the tests do not hang on fitted weights.
"""

from __future__ import annotations

import pytest

from dragoman.coding.draft import Candidate, Draft
from dragoman.coding.learned.candidates import LearnedCandidates, may_stand
from dragoman.coding.learned.judging import FEATURES, Judgement
from dragoman.coding.learned.labels import TYPES
from dragoman.coding.learned.model import load_model
from dragoman.coding.learned.proposals import Pair, pairs_before, pairs_within
from dragoman.coding.learned.speakers import SPOKEN
from dragoman.coding.relation import RelationTyper
from dragoman.model import Mention
from tests.coding.drafts import draft

STATES = {
    "North Korea": "PRK", "Pyongyang": "PRK", "Seoul": "KOR", "Russia": "RUS", "Moscow": "RUS",
    "Russian troops": "RUS", "Putin": "RUS", "Lavrov": "RUS", "China": "CHN", "Beijing": "CHN", "Wang Yi": "CHN",
    "Xi": "CHN", "Japan": "JPN", "Tokyo": "JPN", "Ukraine": "UKR", "Nepal": "NPL", "France": "FRA",
}  # fmt: skip
# The model's chance that there is anything, as it is.
PLAIN = Judgement(constant=0.0, weights=dict.fromkeys(FEATURES, 0.0) | {"something": 1.0}, least=0.5)
PLAIN_OF_ALL = Judgement(PLAIN.constant, PLAIN.weights, least=0.0)


def mentioned(text: str, **fields: object) -> Draft:
    made = draft(text, *((name, name, code) for name, code in STATES.items() if name in text), **fields)
    # A state's name within another mention ("Russian troops") is none of its own.
    made.mentions = [
        m for m in made.mentions if not any(o is not m and o.start <= m.start and m.end <= o.end for o in made.mentions)
    ]
    return made


def candidates(text: str, judgement: Judgement = PLAIN) -> list[Candidate]:
    made = mentioned(text)
    LearnedCandidates(RelationTyper(), load_model(), judgement)(made)
    return made.candidates


def step() -> LearnedCandidates:
    return LearnedCandidates(RelationTyper(), load_model(), PLAIN)


def asked_before(text: str, word: str) -> list[tuple[str, str]]:
    """The pairs with sides of earlier sentences that a trigger is asked about."""
    made = mentioned(text)
    found, sides = step().proposed(made)
    return [
        (side(p.actors), side(p.recipients))
        for proposal in found
        if proposal.typed.trigger.text == word
        for p in pairs_before(proposal, made, sides)
        if p.where == "before"
    ]


def side(mentions: list[Mention]) -> str:
    return "+".join(m.country or m.text for m in mentions)


def told(candidate: Candidate) -> str:
    """'TYPE actors recipients', or 'TYPE one=other' where both do it, in order of the alphabet."""
    one, other = side(candidate.actors), side(candidate.recipients)
    return (
        f"{candidate.type} {'='.join(sorted((one, other)))}"
        if candidate.symmetric
        else f"{candidate.type} {one} {other}"
    )


def events(text: str) -> list[str]:
    return [told(c) for c in candidates(text)]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Japan condemned North Korea.", "ACCUSE JPN PRK"),
        ("Seoul accused Moscow of helping Iran.", "ACCUSE KOR RUS"),
        ("Russian troops attacked Ukraine.", "ASSAULT RUS UKR"),
        ("Russia launched an attack on Ukraine.", "ASSAULT RUS UKR"),
        ("North Korea threatened Japan.", "THREATEN PRK JPN"),
        ("Japan urged China to act.", "REQUEST JPN CHN"),
        ("Japan sanctioned North Korea.", "SANCTION JPN PRK"),
        ("Putin visited China.", "CONSULT RUS CHN"),
        ("Lavrov arrived in Pyongyang.", "CONSULT RUS PRK"),
    ],
)
def test_candidates_who_did_what_to_whom(text: str, event: str) -> None:
    assert events(text) == [event]


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("North Korea was condemned by Japan.", "ACCUSE JPN PRK"),
        ("Ukraine was attacked by Russian troops.", "ASSAULT RUS UKR"),
        ("North Korea was sanctioned by Japan.", "SANCTION JPN PRK"),
    ],
)
def test_candidates_passive_turns_the_sides(text: str, event: str) -> None:
    assert events(text) == [event]


@pytest.mark.parametrize("text", ["Putin met Xi.", "Lavrov met with Wang Yi.", "Lavrov and Wang Yi met on Monday."])
def test_candidates_what_both_do_is_parted_into_two_sides(text: str) -> None:
    assert events(text) == ["CONSULT CHN=RUS"]


@pytest.mark.parametrize(
    ("text", "event", "aside"),
    [
        ("Putin met Xi in Nepal.", "CONSULT CHN=RUS", "NPL"),
        ("As Japan looked on, Putin met Xi on Monday.", "CONSULT CHN=RUS", "JPN"),
        ("While Nepal prepared for elections, Russia attacked Ukraine.", "ASSAULT RUS UKR", "NPL"),
    ],
)
def test_candidates_third_party_in_the_background_does_nothing(text: str, event: str, aside: str) -> None:
    found = events(text)
    assert event in found
    assert not [e for e in found if aside in e]


@pytest.mark.parametrize(
    "text",
    [
        "The delegates came from Japan, China and Russia.",
        "China and Russia are neighbours of North Korea.",
        "It rained in Japan and in China on Monday.",
        "Russia is larger than Ukraine.",
        "The chef met the cook.",
        "Japan has many hot springs.",
        "",
    ],
)
def test_candidates_nothing_where_states_do_nothing_to_each_other(text: str) -> None:
    assert events(text) == []


def test_candidates_two_acts_of_one_sentence_are_two() -> None:
    assert events("Japan condemned North Korea, and Russia attacked Ukraine.") == ["ACCUSE JPN PRK", "ASSAULT RUS UKR"]


@pytest.mark.parametrize(
    ("text", "event", "words"),
    [
        ("Putin met Xi in Beijing on Monday. The talks lasted two hours.", "CONSULT CHN=RUS", "talks"),
        ("Japan sanctioned Russia. Moscow condemned the step.", "ACCUSE RUS JPN", "condemned"),
    ],
)
def test_candidates_unsaid_side_is_one_named_before(text: str, event: str, words: str) -> None:
    assert (event, words) in [(told(c), c.trigger.text) for c in candidates(text)]


def test_candidates_unsaid_side_is_the_one_that_the_article_is_about() -> None:
    text = "Japan and North Korea met. North Korea fired missiles. Ships left China. Tokyo condemned the launch."
    asked = asked_before(text, "condemned")
    assert asked[0] == ("JPN", "PRK")  # China was named last
    assert asked[0] in asked_before(text.replace("condemned", "denounced"), "denounced")


@pytest.mark.parametrize(
    ("listed", "pairs"),
    [
        ("Nepal, Japan, China, France, Ukraine and Russia", [("NPL+JPN+CHN+FRA+UKR+RUS", "PRK")]),
        # In a long list one is often misread: who was named before is taken out of the list.
        ("Nepal, Japan, China, France, Ukraine and Pyongyang", [("NPL+JPN+CHN+FRA+UKR", "PRK")]),
        ("Nepal and Japan", [("NPL+JPN", "PRK")]),
        # Left: in a short one it is right.
        ("Nepal, Japan and Pyongyang", []),
    ],
)
def test_candidates_long_list_of_senders_takes_the_recipient_named_before(
    listed: str, pairs: list[tuple[str, str]]
) -> None:
    assert asked_before(f"North Korea was glad. Congratulations came from {listed}.", "Congratulations") == pairs


def test_candidates_senders_are_one_side() -> None:
    (proposal,) = step().proposed(mentioned("Letters came from Nepal and Japan."))[0]
    assert (side(proposal.actors), side(proposal.recipients)) == ("NPL+JPN", "")


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The reckless voyage of Japan will fail.", [("PRK", "JPN", "voice")]),
        ("The brave voyage of Japan will succeed.", []),
    ],
)
def test_candidates_what_speakers_judge_is_asked_about(text: str, pairs: list[tuple[str, str, str]]) -> None:
    made = mentioned(text, publisher="KCNA")
    found, sides = step().proposed(made)
    asked = [p for each in found for p in pairs_within(each, sides[each.sentence.index].parties())]
    assert [(side(p.actors), side(p.recipients), p.where) for p in asked] == pairs


def test_candidates_what_speakers_do_is_said_and_nothing_else() -> None:
    made = mentioned("Japan condemned Nepal.")
    japan, nepal = ([m] for m in made.mentions)
    assert {kind for kind in TYPES if may_stand(kind, Pair(japan, nepal, "voice"))} == SPOKEN
    assert all(may_stand(kind, Pair(japan, nepal, "sentence")) for kind in TYPES)


@pytest.mark.parametrize(
    ("text", "triggers"),
    [
        ("According to Japan, Nepal greeted France.", ["greeted"]),
        ("Nepal greeted France, according to Japan.", ["greeted"]),
        ("It is late in Nepal, according to Japan.", []),
        ("Nepal accorded France a welcome.", ["accorded", "welcome"]),
    ],
)
def test_candidates_according_to_is_no_act(text: str, triggers: list[str]) -> None:
    assert [p.typed.trigger.text for p in step().proposed(mentioned(text))[0]] == triggers


@pytest.mark.parametrize(
    ("text", "word", "pairs"),
    [
        ("Thousands of Russian troops fought in Ukraine.", "fought", [("RUS", "UKR")]),
        ("Russian troops fought in Russia.", "fought", []),
    ],
)
def test_candidates_place_is_a_side_where_nobody_else_is_named(
    text: str, word: str, pairs: list[tuple[str, str]]
) -> None:
    made = mentioned(text)
    found, sides = step().proposed(made)
    (proposal,) = [p for p in found if p.typed.trigger.text == word]
    places = sides[proposal.sentence.index].places()
    asked = pairs_within(proposal, sides[proposal.sentence.index].parties(), places)
    assert [(side(p.actors), side(p.recipients)) for p in asked] == pairs


def test_candidates_unsaid_side_is_none_where_nobody_is_named_before() -> None:
    assert events("The talks lasted two hours.") == []
    assert events("Japan condemned the attack.") == []


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("North Korea fired a missile.", "MOBILIZE PRK "),
        ("North Korea fired a missile on Friday.", "MOBILIZE PRK "),
        ("New sanctions were imposed on North Korea.", "SANCTION  PRK"),
    ],
)
def test_candidates_acts_that_may_have_one_side(text: str, event: str) -> None:
    assert events(text) == [event]


@pytest.mark.parametrize("text", ["Putin met Lavrov.", "Moscow condemned Russia.", "Putin and Lavrov met."])
def test_candidates_no_state_stands_on_both_sides(text: str) -> None:
    for c in candidates(text, PLAIN_OF_ALL):
        assert {m.country for m in c.actors}.isdisjoint({m.country for m in c.recipients})


def test_candidates_one_act_told_by_verb_and_noun_is_one() -> None:
    assert events("Russia launched an attack on Ukraine.").count("ASSAULT RUS UKR") == 1


def test_candidates_evidence_is_the_clause() -> None:
    text = "Putin met Xi on Monday, but Japan condemned North Korea."
    spans = {c.type: text[c.start : c.end] for c in candidates(text)}
    assert spans["CONSULT"] == "Putin met Xi on Monday"
    assert spans["ACCUSE"] == "Japan condemned North Korea"


def test_candidates_mode_is_one_of_the_type() -> None:
    (visit,) = candidates("Putin visited China.")
    assert (visit.type, visit.mode) == ("CONSULT", "visit")


def test_candidates_what_is_judged_too_unlikely_is_left_out() -> None:
    text = "Japan condemned North Korea."
    assert candidates(text, Judgement(PLAIN.constant, PLAIN.weights, least=1.0)) == []
    (kept,) = candidates(text)
    assert PLAIN.least <= kept.confidence <= 1


def test_candidates_same_text_gives_the_same() -> None:
    text = "Putin met Xi in Beijing on Monday. The talks lasted two hours. Japan condemned North Korea in May."
    once, again = (
        [(told(c), c.mode, c.start, c.end, c.trigger.i, c.confidence) for c in candidates(text, PLAIN_OF_ALL)]
        for _ in range(2)
    )
    assert once == again
    assert [start for _, _, start, *_ in once] == sorted(start for _, _, start, *_ in once)
