"""Where actors are mentioned: names, persons with their titles, and noun phrases with their states."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.coding.articles import mentioned, named


def told(text: str) -> list[tuple[str, str | None, str | None]]:
    """Each mention of a text as (words, country, sector)."""
    return [(m.text, m.country, m.sector) for m in mentioned(text).mentions]


@pytest.mark.parametrize(
    ("text", "words", "country", "sector"),
    [
        ("Russian troops entered the city.", "Russian troops", "RUS", "MIL"),
        ("Russian diplomats left the city.", "Russian diplomats", "RUS", "GOV"),
        ("The Chinese navy sent ships.", "Chinese navy", "CHN", "MIL"),
        ("Japan's foreign ministry met the envoy.", "Japan's foreign ministry", "JPN", "GOV"),
        ("The Chinese embassy in Tokyo closed.", "Chinese embassy", "CHN", "GOV"),
    ],
)
def test_mentions_noun_phrase_is_one_mention_with_its_state(text: str, words: str, country: str, sector: str) -> None:
    found = told(text)
    assert (words, country, sector) in found
    inside = [f for f in found if f[0] in words]
    assert inside == [(words, country, sector)]


@pytest.mark.parametrize(
    "text",
    [
        "The president of Nepal left.",
        "The embassy of Nepal closed.",
        "An official from Nepal left.",
        "Nepal's president left.",
    ],
)
def test_mentions_takes_the_state_from_what_the_noun_belongs_to(text: str) -> None:
    assert [country for _, country, _ in told(text)] == ["NPL"]


@pytest.mark.parametrize("text", ["Tea from Nepal is good.", "The road to Nepal is long.", "Nepal is high."])
def test_mentions_state_without_an_agent_is_named_itself(text: str) -> None:
    assert told(text) == [("Nepal", "NPL", "GOV")]


@pytest.mark.parametrize("text", ["Chinese and Russian officials met.", "Officials from China and Russia met."])
def test_mentions_people_of_two_states_are_two_mentions(text: str) -> None:
    assert sorted(country or "" for _, country, _ in told(text)) == ["CHN", "RUS"]


def test_mentions_agent_without_a_state_is_kept_open() -> None:
    assert told("The ministry met the envoy.")[0] == ("ministry", None, "GOV")


@pytest.mark.parametrize("text", ["The baker met the cook.", "It rained.", ""])
def test_mentions_leaves_what_is_no_actor(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "country", "office"),
    [
        ("Russian Foreign Minister Olga Testova met Wang Yi.", "RUS", "Foreign Minister of Russia"),
        ("Olga Testova, the Russian foreign minister, met Wang Yi.", "RUS", "Foreign Minister of Russia"),
        ("The Russian foreign minister, Olga Testova, met Wang Yi.", "RUS", "Foreign Minister of Russia"),
        ("Olga Testova, a Russian diplomat, met Wang Yi.", "RUS", None),
        ("Olga Testova met Wang Yi.", None, None),
    ],
)
def test_mentions_person_with_title_before_the_name_or_beside_it(
    text: str, country: str | None, office: str | None
) -> None:
    (person,) = named(mentioned(text), "Olga Testova")
    assert (person.how, person.actor, person.country, person.office) == ("name", "Olga Testova", country, office)


def test_mentions_former_office_is_no_office() -> None:
    (person,) = named(mentioned("Former Russian Foreign Minister Olga Testova met Wang Yi."), "Olga Testova")
    assert (person.country, person.sector, person.office) == ("RUS", "ELI", None)


def test_mentions_title_is_no_part_of_the_name() -> None:
    assert [t for t, _, _ in told("President Biden met Prime Minister Fumio Kishida.")] == ["Biden", "Fumio Kishida"]


@pytest.mark.parametrize(
    ("text", "words", "how"),
    [
        ("Russia met the envoy.", "Russia", "name"),
        ("Moscow condemned the attack.", "Moscow", "metonym"),
        ("The Kremlin condemned the attack.", "The Kremlin", "metonym"),
        ("Russians met in the hall.", "Russians", "demonym"),
        ("Russian troops left.", "Russian troops", "description"),
    ],
)
def test_mentions_how(text: str, words: str, how: str) -> None:
    assert [m.how for m in mentioned(text).mentions if m.text.removeprefix("The ") == words.removeprefix("The ")] == [
        how
    ]


PIECES = ["Russian", "troops", "President", "Kim Jong Un", "Olga Testova", ",", "the", "of", "Japan", "’s", "ministry",
          ".", "\n", " ", "met", "and", "U.S.", "embassy", "🇰🇵"]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map(" ".join))
def test_mentions_are_stretches_of_the_text_in_order(text: str) -> None:
    found = mentioned(text).mentions
    assert all(text[m.start : m.end] == m.text and m.text.strip() for m in found)
    assert [m.start for m in found] == sorted(m.start for m in found)
    assert len({m.id for m in found}) == len(found)


@pytest.mark.parametrize(
    ("publisher", "country"), [("KCNA", "PRK"), ("Korean Central News Agency", "PRK"), ("Reuters", None), (None, None)]
)
def test_mentions_korean_is_of_the_state_that_writes(publisher: str | None, country: str | None) -> None:
    (found,) = named(mentioned("The Korean soldiers left.", publisher=publisher), "Korean soldiers")
    assert found.country == country


def test_mentions_what_an_organ_is_for_is_no_agent() -> None:
    found = [m for m, *_ in told("The Ministry of Foreign Affairs of Nepal met the envoy.")]
    assert found[0] == "Ministry"
    assert "Foreign Affairs" not in found


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("The Democratic People's Republic of Korea tested a missile.", "PRK"),
        ("The Soviet Union tested a missile.", "RUS"),
    ],
)
def test_mentions_words_of_a_states_name_are_nobodys_people(text: str, country: str) -> None:
    assert [(code, sector) for _, code, sector in told(text)] == [(country, "GOV")]
