"""Chains of reporting, speakers by mentions, and the claim around a stretch of text."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.claims import ClaimIndex, Claims, chain_for, claim_containing
from dragoman.coding.claims.nesting import Nesting
from dragoman.coding.claims.speakers import plain
from dragoman.coding.draft import Draft
from tests.coding.drafts import draft

STEP = Claims()


def coded(text: str, *mentions: tuple[str, str | None, str | None], **article: object) -> Draft:
    made = draft(text, *mentions, **article)
    STEP(made)
    return made


NESTED = "Tass quoted Lavrov as saying that Washington had lied."
WHO = (("Tass", "TASS", "RUS"), ("Lavrov", "Sergei Lavrov", "RUS"))


def test_claims_chain_goes_from_the_innermost_speaker_to_the_publisher() -> None:
    made = coded(NESTED, *WHO, publisher="Second Daily", reprint_of="First Agency")
    inner = claim_containing(made, NESTED.index("Washington"), NESTED.index(" had"))
    assert inner is not None
    assert inner.chain == ("Sergei Lavrov", "TASS", "First Agency", "Second Daily")


@pytest.mark.parametrize(
    "text",
    [
        NESTED,
        "“Washington had lied,” Tass quoted Lavrov as saying.",
        "Lavrov said that Washington had lied, Tass reported.",
        "Lavrov was quoted by Tass as saying that Washington had lied.",
    ],
)
def test_claims_chain_of_nested_reports(text: str) -> None:
    made = coded(text, *WHO, publisher="Daily")
    start = text.index("Washington")
    inner = claim_containing(made, start, start + 10)
    assert inner is not None
    assert inner.chain == ("Sergei Lavrov", "TASS", "Daily")


def test_claims_chain_names_each_neighbour_once() -> None:
    made = coded("Lavrov lied, Tass said.", ("Tass", "TASS", "RUS"), publisher="TASS")
    assert made.claims[0].chain == ("TASS",)


def test_claims_chain_for_the_articles_own_voice_is_its_publishers() -> None:
    made = coded("Kim met Lavrov.", publisher="Daily")
    assert chain_for(made, None) == ("Daily",)
    assert chain_for(coded("Kim met Lavrov."), None) == ()


def test_claims_chain_keeps_unnamed_sources_as_written() -> None:
    made = coded("A South Korean official said talks had failed.", ("South Korean", None, "KOR"))
    claim = made.claims[0]
    assert claim.speaker is not None
    assert (claim.speaker.actor, claim.speaker.country) == (None, "KOR")
    assert claim.chain == ("South Korean official",)


def test_claims_chain_takes_the_mention_at_the_head() -> None:
    text = "Russian Foreign Minister Sergei Lavrov said talks had failed."
    made = coded(text, ("Russian", "Russia", "RUS"), ("Sergei Lavrov", "Sergei Lavrov", "RUS"))
    assert made.claims[0].chain == ("Sergei Lavrov",)


def test_claims_chain_takes_an_apposition() -> None:
    text = "The Turkish minister, Hakan Fidan, said talks had failed."
    made = coded(text, ("Turkish", None, "TUR"), ("Hakan Fidan", "Hakan Fidan", "TUR"))
    assert made.claims[0].chain == ("Hakan Fidan",)


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Tass report said talks had failed.", "TASS"),
        ("Russia's official Tass newspaper said talks had failed.", "TASS"),
        ("A statement by Tass said talks had failed.", "TASS"),
        ("A Tass driver said talks had failed.", None),
    ],
)
def test_claims_chain_a_document_speaks_for_its_owner(text: str, actor: str | None) -> None:
    speaker = coded(text, ("Tass", "TASS", "RUS")).claims[0].speaker
    assert speaker is not None
    assert speaker.actor == actor


def test_claims_chain_country_of_an_apposition_is_not_the_speakers() -> None:
    made = coded(
        "Hong Min, director of a North Korean institute, said talks had failed.", ("North Korean", None, "PRK")
    )
    assert made.claims[0].speaker is not None
    assert made.claims[0].speaker.country is None


def test_claims_chain_inserted_source_speaks_for_the_sentence() -> None:
    text = "Lavrov told reporters that Washington had lied to counter Moscow, as reported by Tass on Monday."
    made = coded(text, *WHO)
    inner = claim_containing(made, text.index("Washington"), text.index(" had"))
    assert inner is not None
    assert inner.chain == ("Sergei Lavrov", "TASS")
    assert "Tass" not in " ".join(s.text for s in inner.content)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("The paper", "paper"),
        ("a senior official", "senior official"),
        ("Hong Min, an analyst", "Hong Min"),
        ("he", "he"),
    ],
)
def test_claims_chain_plain_name(words: str, name: str) -> None:
    assert plain(words) == name


def test_claims_containing_is_none_outside_contents_and_at_the_cue() -> None:
    text = "Seoul said that talks had failed. Kim met Lavrov."
    made = coded(text)
    assert claim_containing(made, text.index("said"), text.index("said") + 4) is None
    assert claim_containing(made, text.index("Kim"), text.index("Kim") + 3) is None
    assert claim_containing(made, text.index("failed"), text.index("failed") + 6) is made.claims[0]
    assert ClaimIndex(made.claims).containing(text.index("failed"), text.index("failed") + 6) is made.claims[0]


spans = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(st.lists(spans, min_size=1, max_size=2), max_size=8), spans)
@settings(max_examples=200, deadline=None)
def test_claims_nesting_finds_what_a_full_search_finds(
    contents: list[list[tuple[int, int]]], at: tuple[int, int]
) -> None:
    wanted = {n for n, pieces in enumerate(contents) if any(a <= at[0] and at[1] <= b for a, b in pieces)}
    assert set(Nesting(contents).around(*at)) == wanted


@given(st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_claims_spans_fit_the_text_and_spare_cue_and_speaker(seed: int) -> None:
    rng = random.Random(seed)
    parts = [
        "Seoul said ",
        "“We will win,” ",
        "Lavrov added. ",
        "According to Tass, ",
        "talks failed",
        ", he said.",
        "\n",
        "Kim: ",
    ]
    text = "".join(rng.choice(parts) for _ in range(8)) + "."
    for claim in coded(text).claims:
        for span in (*claim.content, *filter(None, [claim.cue])):
            assert text[span.start : span.end] == span.text
        assert claim.cue is not None
        assert not any(s.start < claim.cue.end and claim.cue.start < s.end for s in claim.content)
        assert [s.start for s in claim.content] == sorted(s.start for s in claim.content)


def test_claims_are_numbered_in_order_of_the_text() -> None:
    made = coded("Seoul said talks failed. Tokyo agreed to wait, Tass reported.")
    assert [c.id for c in made.claims] == [f"c{n}" for n in range(len(made.claims))]
    starts = [min(c.content[0].start, c.cue.start) for c in made.claims if c.cue]
    assert starts == sorted(starts)


def test_claims_chain_calls_a_seat_of_power_by_its_own_name() -> None:
    text = "The White House said that Russia attacked Ukraine."
    made = draft(text, ("White House", "United States", "USA"), publisher="Courier")
    made.mentions = [msgspec.structs.replace(m, how="metonym") for m in made.mentions]
    Claims()(made)
    assert [claim.chain for claim in made.claims] == [("White House", "Courier")]
