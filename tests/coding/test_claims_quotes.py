"""Quotations: where they are, whose they are, how they go on through sentences and paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.coding.claims import Claims
from dragoman.coding.claims.quotes import find_quotes
from dragoman.model import Claim
from tests.coding.drafts import draft

STEP = Claims()


def claims(text: str) -> list[Claim]:
    made = draft(text)
    STEP(made)
    return made.claims


def only(text: str) -> tuple[str | None, list[str], str]:
    """The one claim of a text as (speaker, contents, kind)."""
    (claim,) = claims(text)
    return claim.speaker and claim.speaker.text, [s.text for s in claim.content], claim.kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “we will win” and left.", ["“we will win”"]),
        ('He said "we will win" and left.', ['"we will win"']),
        ("He said ''we will win'' and left.", ["''we will win''"]),
        ("He said «we will win» and left.", ["«we will win»"]),
        ("He said 「we will win」 and left.", ["「we will win」"]),
        ("He said ‘we won’t stop’ and left.", ["‘we won’t stop’"]),
        ("“He asked ‘why’ and left,” she said.", ["“He asked ‘why’ and left,”"]),
        ("“We will go on", ["“We will go on"]),
        ("The people's dogs' tails and Kim's 5' wall", []),
        ("No quotation.", []),
    ],
)
def test_claims_quotes_finds(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text)] == expected


@pytest.mark.parametrize(
    ("text", "speech"),
    [("the “axis” of states", False), ("“We will win,” he said", True), ("“they will never give in”", True)],
)
def test_claims_quotes_tells_speech_from_scare_quotes(text: str, speech: bool) -> None:
    assert [q.speech for q in find_quotes(text)] == [speech]


@given(st.text(alphabet="ab .,“”\"'‘’«»\n", max_size=60))
@settings(max_examples=200, deadline=None)
def test_claims_quotes_lie_in_order_within_the_text(text: str) -> None:
    at = 0
    for quote in find_quotes(text):
        assert at <= quote.start < quote.end <= len(text)
        at = quote.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We will win,” Lavrov said.", ("Lavrov", ["“We will win,”"], "direct")),
        ("Lavrov said, “We will win.”", ("Lavrov", ["“We will win.”"], "direct")),
        ("Lavrov said: “We will win.”", ("Lavrov", ["“We will win.”"], "direct")),
        ("“We will win,” Lavrov said. “We are strong.”", ("Lavrov", ["“We will win,”", "“We are strong.”"], "direct")),
        ("“We,” Lavrov said, “will win this war.”", ("Lavrov", ["“We,”", "“will win this war.”"], "direct")),
        (
            "“We are strong. They are weak. We will win,” said Lavrov.",
            ("Lavrov", ["“We are strong. They are weak. We will win,”"], "direct"),
        ),
        ("Lavrov said that Moscow “will win.”", ("Lavrov", ["that Moscow “will win.”"], "mixed")),
        ("Lavrov said that Moscow will win.", ("Lavrov", ["that Moscow will win"], "indirect")),
        (
            "“We will win,” Lavrov said.\n“We are strong and they are weak.”",
            ("Lavrov", ["“We will win,”\n“We are strong and they are weak.”"], "direct"),
        ),
        (
            "Lavrov said that Moscow will win.\n“We are strong and they are weak.”",
            ("Lavrov", ["that Moscow will win", "“We are strong and they are weak.”"], "mixed"),
        ),
        ("“We will win.” — Sergei Lavrov", ("Sergei Lavrov", ["“We will win.”"], "direct")),
        ("Lavrov continued:\n“We will win this war.”", ("Lavrov", ["“We will win this war.”"], "direct")),
        ("Lavrov said:\nMoscow will win this war.", ("Lavrov", ["Moscow will win this war."], "indirect")),
    ],
)
def test_claims_quotes_go_to_their_speaker(text: str, expected: tuple[str, list[str], str]) -> None:
    speaker, contents, kind = only(text)
    joined = ["\n".join(contents)] if expected[1][0].count("\n") else contents
    assert (speaker, joined, kind) == expected


def test_claims_quotes_a_paragraph_goes_on_with_the_last_speaker_only_if_it_opens_with_a_mark() -> None:
    goes_on, stops = (
        claims("“We will win,” Lavrov said.\n" + more) for more in ("“We are strong and ready.”", "The war goes on.")
    )
    assert [len(c.content) for c in goes_on] == [2]
    assert [len(c.content) for c in stops] == [1]


def test_claims_quotes_first_person_within_a_quotation_is_no_claim() -> None:
    assert len(claims("“I think that we will win,” Lavrov said.")) == 1


def test_claims_quotes_passed_on_within_a_quotation_is_a_claim() -> None:
    found = claims("“Putin told me that Kim agrees,” Lavrov said.")
    assert [c.speaker.text for c in found if c.speaker] == ["Lavrov", "Putin"]


def test_claims_quotes_statement_reproduced_runs_to_the_end() -> None:
    text = "Kim Yo Jong issued the following statement on Monday:\nThe drill is a crime.\nIt will be punished."
    found = next(c for c in claims(text) if c.speaker and c.speaker.text == "Kim Yo Jong")
    assert [s.text for s in found.content] == ["The drill is a crime.\nIt will be punished."]


def test_claims_quotes_we_within_a_reproduced_statement_is_its_speaker() -> None:
    text = "Kim Yo Jong issued the following statement:\nWe vow to respond. Seoul said that talks failed."
    assert [c.speaker.text for c in claims(text) if c.speaker] == ["Kim Yo Jong", "Seoul"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("White House: No talks are planned", ["White House"]),
        ("SMITH: Will you go?\nJONES: We will go there.\nSMITH: When?", ["SMITH", "JONES", "SMITH"]),
        ("Photo: The two leaders", []),
        ("The leaders met.\nBackground: they had met before.", []),
    ],
)
def test_claims_quotes_labels(text: str, speakers: list[str]) -> None:
    assert [c.speaker.text for c in claims(text) if c.speaker and c.cue and c.cue.text == ":"] == speakers
