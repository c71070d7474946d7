"""The two sides of a verb or noun: who acts, on whom, and who is only near."""

from __future__ import annotations

import pytest
from spacy.tokens import Token

from dragoman.coding.sides import Sides, is_misread_past
from dragoman.model import Mention
from tests.coding.drafts import draft

STATES = {
    "Russia": "RUS",
    "Japan": "JPN",
    "China": "CHN",
    "Nepal": "NPL",
    "Iran": "IRN",
    "Moscow": "RUS",
    "Putin": "RUS",
    "Turkey": "TUR",
    "Ghana": "GHA",
    "Peru": "PER",
}


def sides_of(text: str, word: str) -> tuple[Sides, Token]:
    """The sides of the first sentence of a text, whose mentions are the names above, and the token of a word in it."""
    mentions = [(name, name, code) for name, code in STATES.items() if name in text]
    made = draft(text, *mentions)
    (sentence,) = made.sentences
    return Sides(made, sentence), next(t for t in sentence.tokens if t.text == word)


def names(mentions: list[Mention]) -> list[str]:
    return [m.text for m in mentions]


@pytest.mark.parametrize(
    ("text", "verb", "subject"),
    [
        ("Russia attacked Japan.", "attacked", ["Russia"]),
        ("Russia and China attacked Japan.", "attacked", ["Russia", "China"]),
        ("Russia refused to attack Japan.", "attack", ["Russia"]),
        ("Russia met China and attacked Japan.", "attacked", ["Russia"]),
        ("Russia, which attacked Japan, met China.", "attacked", ["Russia"]),
        ("Russia attacked Japan, killing ten.", "killing", ["Russia"]),
        ("Russia accused Japan of attacking China.", "accused", ["Russia"]),
        ("Russia urged China to attack Japan.", "attack", ["China"]),
        ("Ships attacked Japan.", "attacked", []),
        ("In September Turkey persuaded Russia.", "persuaded", ["Turkey"]),
    ],
)
def test_sides_subject(text: str, verb: str, subject: list[str]) -> None:
    sides, token = sides_of(text, verb)
    assert names([m for t in sides.subject_tokens(token) for m in sides.within(t)]) == subject


@pytest.mark.parametrize(
    ("text", "verb", "objects"),
    [
        ("Russia attacked Japan.", "attacked", ["Japan"]),
        ("Russia attacked Japan and China.", "attacked", ["Japan", "China"]),
        ("Russia met with China.", "met", ["China"]),
        ("Russia imposed sanctions on Japan.", "imposed", ["Japan"]),
        ("Russia condemned the policy of Japan.", "condemned", ["Japan"]),
        ("Russia met China in Nepal.", "met", ["China"]),
        ("Russia attacked ships near Nepal.", "attacked", []),
    ],
)
def test_sides_objects(text: str, verb: str, objects: list[str]) -> None:
    sides, token = sides_of(text, verb)
    assert names(sides.objects(token)) == objects


@pytest.mark.parametrize(
    ("text", "verb", "passive", "agents"),
    [
        ("Japan was attacked by Russia.", "attacked", True, ["Russia"]),
        ("The ship, attacked by Russia, sank near Japan.", "attacked", True, ["Russia"]),
        ("Japan was attacked.", "attacked", True, []),
        ("Russia attacked Japan.", "attacked", False, []),
        ("Russia had attacked Japan by night.", "attacked", False, []),
    ],
)
def test_sides_passive(text: str, verb: str, passive: bool, agents: list[str]) -> None:
    sides, token = sides_of(text, verb)
    assert sides.is_passive(token) is passive
    assert names(sides.agents(token)) == agents


@pytest.mark.parametrize(
    ("text", "noun", "actors", "recipients"),
    [
        ("Talks between Russia and China ended.", "Talks", ["Russia"], ["China"]),
        ("The attack by Russia on Japan ended.", "attack", ["Russia"], ["Japan"]),
        ("Russia's attack on Japan ended.", "attack", ["Russia"], ["Japan"]),
        ("The visit of Putin to Japan ended.", "visit", ["Putin"], ["Japan"]),
        ("The invasion of Nepal by China ended.", "invasion", ["China"], ["Nepal"]),
        ("Russia's invasion of Japan ended.", "invasion", ["Russia"], ["Japan"]),
        ("The attack at dawn ended.", "attack", [], []),
    ],
)
def test_sides_of_a_noun(text: str, noun: str, actors: list[str], recipients: list[str]) -> None:
    sides, token = sides_of(text, noun)
    found = sides.of_noun(token)
    assert (names(found[0]), names(found[1])) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "parties", "places"),
    [
        ("Russia met China.", ["Russia", "China"], []),
        ("Russia met China in Nepal.", ["Russia", "China"], ["Nepal"]),
        ("Ships sank near Japan.", [], ["Japan"]),
        ("In September Turkey persuaded Russia.", ["Turkey", "Russia"], []),
        ("In May Russia persuaded China in Turkey.", ["Russia", "China"], ["Turkey"]),
    ],
)
def test_sides_place_is_no_party(text: str, parties: list[str], places: list[str]) -> None:
    sides, _ = sides_of(text, ".")
    assert names(sides.parties()) == parties
    assert names(sides.places()) == places


@pytest.mark.parametrize(
    ("text", "verb", "places"),
    [
        ("Putin arrived in Japan.", "arrived", ["Japan"]),
        ("Putin flew to Japan.", "flew", ["Japan"]),
        ("Putin slept.", "slept", []),
    ],
)
def test_sides_where_a_journey_leads(text: str, verb: str, places: list[str]) -> None:
    sides, token = sides_of(text, verb)
    assert names(sides.destinations(token)) == places


@pytest.mark.parametrize(
    ("text", "verb", "blamed"),
    [
        ("Japan condemned Russia's attack on China.", "condemned", ["Russia"]),
        ("Japan condemned the attack on China.", "condemned", []),
        ("Japan condemned the bombing of China by Russia.", "condemned", ["Russia"]),
        ("Japan blamed Russia for the attack on China.", "blamed", ["Russia"]),
        ("Japan criticised Russia's ties with China.", "criticised", ["Russia", "China"]),
        ("Japan condemned the actions of Russia.", "condemned", ["Russia"]),
    ],
)
def test_sides_victims_of_what_is_blamed_are_not_accused(text: str, verb: str, blamed: list[str]) -> None:
    sides, token = sides_of(text, verb)
    assert names(sides.objects(token, blaming={token.i})) == blamed


@pytest.mark.parametrize(
    ("text", "verb", "senders"),
    [
        ("Congratulations came from Russia, Nepal and Iran.", "came", ["Russia", "Nepal", "Iran"]),
        ("Praise poured in from Japan on Monday.", "poured", ["Japan"]),
        ("The ship sank off Japan.", "sank", []),
        ("Russia withdrew from Nepal.", "withdrew", []),  # where it had been
    ],
)
def test_sides_from_whom_something_comes(text: str, verb: str, senders: list[str]) -> None:
    sides, token = sides_of(text, verb)
    assert names(sides.senders(token)) == senders


@pytest.mark.parametrize(
    ("text", "senders"),
    [
        (
            "Praise came from the president of Russia, the king of Nepal, the mayor of Iran, the head of Ghana, "
            "and the prime minister of Peru.",
            ["Russia", "Nepal", "Iran", "Ghana", "Peru"],
        ),
        (
            "Letters came from the president of Russia, the king of Nepal, the mayor of Iran, the head of Ghana, "
            "and the prime minister of Peru, on the occasion of the birthday of Japan.",
            ["Russia", "Nepal", "Iran", "Ghana", "Peru"],
        ),
        # Left: what stands behind the next finite verb, and what follows a list too short to lose one's way in.
        (
            "Letters came from the president of Russia, the king of Nepal, the mayor of Iran, and the head of Ghana, "
            "and were read by Japan.",
            ["Russia", "Nepal", "Iran", "Ghana"],
        ),
        ("Letters came from Russia, Nepal and Iran, and Japan slept.", ["Russia", "Nepal", "Iran"]),
    ],
)
def test_sides_senders_of_a_long_list(text: str, senders: list[str]) -> None:
    sides, token = sides_of(text, "came")
    assert names(sides.senders(token)) == senders


@pytest.mark.parametrize(
    ("text", "verb", "objects"),
    [
        ("Russia sent a basket to Japan on the occasion of the birthday of Nepal.", "sent", ["Japan"]),
        ("Russia met China on the sidelines of the forum of Japan.", "met", ["China"]),
        ("Russia spoke on the birthday of Japan.", "spoke", []),
        ("Russia condemned a speech on the anniversary of Japan.", "condemned", []),
        # Left: no occasion.
        ("Russia spoke on the wishes of Japan.", "spoke", ["Japan"]),
        ("Russia condemned a speech on the trade of Japan.", "condemned", ["Japan"]),
    ],
)
def test_sides_whose_occasion_it_is_is_no_object(text: str, verb: str, objects: list[str]) -> None:
    sides, token = sides_of(text, verb)
    assert names(sides.objects(token)) == objects


@pytest.mark.parametrize(
    ("text", "noun", "parties"),
    [
        ("Russia's letter on the birthday of Japan was kind.", "letter", ["Russia"]),
        ("Russia's letter on the roads of Japan was kind.", "letter", ["Russia", "Japan"]),
    ],
)
def test_sides_whose_occasion_it_is_is_not_within_a_noun_phrase(text: str, noun: str, parties: list[str]) -> None:
    sides, token = sides_of(text, noun)
    assert names(sides.within(token)) == parties


@pytest.mark.parametrize(
    ("text", "misread"),
    [
        ("The envoys of Russia and Nepal in Japan, handed over letters to China.", True),
        ("The envoys of Russia and Nepal in Japan, handed over to China.", False),  # it has no object of its own
        ("The envoys of Russia and Nepal in Iran, handed over letters by Japan.", False),  # by whom it is done is said
        ("The ship, handed over by Russia, sank near Japan.", False),  # another verb is the sentence's
    ],
)
def test_sides_only_verb_of_a_sentence_is_no_participle(text: str, misread: bool) -> None:
    sides, token = sides_of(text, "handed")
    assert is_misread_past(token) is misread
    assert sides.is_passive(token) is not misread


def test_sides_of_a_misread_past_are_its_sentence_s_noun_and_its_object() -> None:
    sides, token = sides_of("The envoys of Russia and Nepal in Japan, handed over letters to China.", "handed")
    assert names([m for t in sides.subject_tokens(token) for m in sides.within(t)]) == ["Russia", "Nepal"]
    assert names(sides.objects(token)) == ["China"]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Russia fired missiles at targets in Nepal.", ["Nepal"]),
        ("Russia fired missiles at targets deep inside Nepal.", ["Nepal"]),
        ("Russia fired new missiles at Nepal.", ["Nepal"]),
        ("Russia fired missiles at dawn.", []),
    ],
)
def test_sides_territory_that_is_hit_is_whose_it_is(text: str, hit: list[str]) -> None:
    sides, token = sides_of(text, "fired")
    assert names(sides.objects(token, armed=True)) == hit
    assert names(sides.objects(token)) == []
