"""Who a speaker is: makers of documents, those who spoke before, several at once. Whole articles are coded."""

from __future__ import annotations

import pytest

from tests.coding.articles import code

ELLISON = "Marta Ellison, a fellow at the Halyard Center, said that the deal was dead. Japan was silent. "
OFFICIAL = "A Turkish official said that the talks failed. The United States said that they went on. "


def said(text: str, cue: str, **fields: object) -> str:
    """The first name in the chain of the last claim with this cue."""
    claims = [c for c in code(text, **fields).claims if c.cue is not None and c.cue.text == cue]
    assert claims, f"no claim by '{cue}'"
    return claims[-1].chain[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kim Jong Un sent a message to Vladimir Putin. The message stressed that all was well.", "Kim Jong Un"),
        ("Kim Jong Un received a letter from Vladimir Putin. The letter stressed that all was well.", "Vladimir Putin"),
        ("In a message sent by Wang Yi to Lavrov there was praise. The message stressed that all was well.", "Wang Yi"),
        ("A message came. The message stressed that all was well.", "message"),
    ],
)
def test_claims_speakers_a_document_speaks_for_its_maker(text: str, name: str) -> None:
    assert said(text, "stressed") == name


def test_claims_speakers_a_letter_reproduced_goes_on_while_it_says_i_or_we() -> None:
    text = "Kim Jong Un sent a message to To Lam.\n\nThe message said:\n\nI greet you.\n\nWe are friends.\n\nIt rained."
    (claim,) = [c for c in code(text).claims if c.cue is not None and c.cue.text == "said"]
    assert [s.text for s in claim.content] == ["I greet you.\n\nWe are friends."]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (ELLISON + "The pundit added that more would come.", "Marta Ellison"),
        (OFFICIAL + "The official added that nobody came.", "Turkish official"),
        (OFFICIAL + "An official added that nobody came.", "official"),
        ("Villagers said that planes came, and they added that two were hurt.", "Villagers"),
        (
            "The ministry of the town said no. A girl of ten said that she ran. She added that it was dark.",
            "girl of ten",
        ),
    ],
)
def test_claims_speakers_who_spoke_before_is_meant_again(text: str, name: str) -> None:
    assert said(text, "added") == name


def test_claims_speakers_he_after_a_quotation_is_who_led_the_sentence_before() -> None:
    text = (
        "Donald Trump told reporters that Kim Jong Un had wanted too much. “It was not to be had this time,” he added."
    )
    assert said(text, "added") == "Donald Trump"
    text = "Donald Trump told reporters all. Kim Jong Un left the hall. “It was not to be had this time,” he added."
    assert said(text, "added") == "Kim Jong Un"


def test_claims_speakers_two_who_speak_are_both_named() -> None:
    text = "Vladimir Putin met Xi Jinping in Syria. The two leaders pledged to stop."
    assert said(text, "pledged") == "Vladimir Putin and Xi Jinping"


def test_claims_speakers_an_outlet_within_a_description_is_named() -> None:
    text = "North Korea's official Rodong Sinmun newspaper reported that it rained."
    assert said(text, "reported") == "Rodong Sinmun"


def test_claims_speakers_of_a_dateline_are_left_for_who_follows() -> None:
    from dragoman.model import Dateline, Furniture

    text = "SEOUL, May 24 (Blue News) -- South Korea placed sanctions on two ships, saying that they took part."
    head = Furniture(start=0, end=text.index("South"), kind="dateline")
    assert said(text, "saying", dateline=Dateline(place="SEOUL"), furniture=(head,)) == "South Korea"


def test_claims_speakers_said_after_a_maybe_is_by_who_said_the_first() -> None:
    text = "Erdogan said that Damascus would face consequences if it struck a deal and said the operation would go on."
    claims = [c for c in code(text).claims if c.cue is not None and c.cue.text == "said"]
    assert {c.chain[0] for c in claims} == {"Recep Tayyip Erdoğan"}


def test_claims_speakers_a_cue_that_closes_the_sentence_speaks_for_all_of_it() -> None:
    text = "Lavrov said that he would go to Seoul and that talks went on, Tass reported."
    (claim,) = [c for c in code(text).claims if c.cue is not None and c.cue.text == "reported"]
    assert claim.content[0].text.startswith("Lavrov said")
    assert claim.content[0].text.endswith("went on")


def test_claims_speakers_a_quotation_that_ends_its_sentence_is_not_of_who_comes_next() -> None:
    text = "“Will they come now?” said Mark Lane. “If they enter to help, there is no way.” Others asked for aid."
    claims = code(text).claims
    held = [c for c in claims if any("no way" in s.text for s in c.content)]
    assert [c.chain[0] for c in held] == ["Mark Lane"]


def test_claims_speakers_who_is_seen_off_is_not_he_who_does_it() -> None:
    text = "Kim Jong Un met Sergei Shoigu. While seeing Sergei Shoigu off, he wished him good health."
    assert said(text, "wished") == "Kim Jong Un"


def test_claims_an_act_in_words_within_a_report_is_a_claim_and_an_event_once_each() -> None:
    coded = code("Seoul urged Pyongyang to return to the talks, Tass said.")
    assert [c.chain[0] for c in coded.claims] == ["TASS", "South Korea"]
    (event,) = coded.events
    assert (event.type, event.chain[0]) == ("REQUEST", "TASS")


@pytest.mark.parametrize(
    ("text", "actor", "country"),
    [
        ("UN officials said that Kenya had lied.", None, None),
        ("An EU official said that Kenya had lied.", None, None),
        ("The United Nations said that Kenya had lied.", "United Nations", None),
        ("A senior Japanese official said that Kenya had lied.", None, "JPN"),
        ("A spokesman for the Japanese army said that Kenya had lied.", None, "JPN"),
    ],
)
def test_claims_speakers_people_of_a_body_are_not_the_body(text: str, actor: str | None, country: str | None) -> None:
    (claim,) = code(text).claims
    assert claim.speaker is not None
    assert (claim.speaker.actor, claim.speaker.country) == (actor, country)


def test_claims_speakers_a_cue_beside_others_with_an_object_is_what_is_said() -> None:
    claims = code("China firmly opposes and strongly condemns it, he added.").claims
    assert "he added" not in [s.text for c in claims for s in c.content]
