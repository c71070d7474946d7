"""The pairs that speakers make: who judges, warns or demands, and whom. Mentions and claims are put in by hand."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from dragoman.coding.draft import Draft
from dragoman.coding.learned.labels import TYPES
from dragoman.coding.learned.packing import Chars, Passage
from dragoman.coding.learned.proposals import Proposal, pairs_within, passage, proposals
from dragoman.coding.learned.speakers import with_speakers
from dragoman.coding.relation import RelationTyper
from dragoman.coding.sides import Sides
from dragoman.model import Claim, Span, Speaker
from tests.coding.drafts import draft

STATES = {"Japan": "JPN", "China": "CHN", "Nepal": "NPL", "France": "FRA", "Pyongyang": "PRK", "Wang Yi": "CHN",
          "Morning Post": "JPN", "Evening Post": "PRK"}  # fmt: skip
JOURNALISTS = ("Morning Post", "Evening Post")
OWN: dict[str, Any] = {"publisher": "KCNA"}  # words of the agency of a state, PRK


def made(text: str, speaker: str = "", **fields: object) -> Draft:
    """A draft whose mentions are the names above; `speaker` says what stands between the quotation marks."""
    new = draft(text, *((name, name, code) for name, code in STATES.items() if name in text), **fields)
    new.mentions = [msgspec.structs.replace(m, sector="JRN" if m.text in JOURNALISTS else None) for m in new.mentions]
    if speaker:
        start, end = text.index('"'), text.rindex('"') + 1
        at = text.index(speaker)
        new.claims.append(
            Claim(
                id="c0",
                speaker=Speaker(start=at, end=at + len(speaker), text=speaker),
                content=(Span(start=start, end=end, text=text[start:end]),),
                kind="direct",
            )
        )
    return new


def proposed(new: Draft) -> list[Proposal]:
    sides = {s.index: Sides(new, s) for s in new.sentences}
    typer = RelationTyper()
    known = [p for s in new.sentences for p in proposals(s, sides[s.index], typer, {})]
    return with_speakers(new, sides, known)


def told(proposal: Proposal) -> str:
    """'TYPE trigger speaker whom' of a pair that a speaker makes."""
    pair = proposal.voiced
    assert pair is not None
    assert pair.where == "voice"
    sides = (" ".join(m.country or m.text for m in side) for side in (pair.actors, pair.recipients))
    return " ".join((proposal.typed.type, proposal.typed.trigger.text, *sides))


def voiced(text: str, speaker: str = "", **fields: object) -> list[str]:
    """What speakers make of a text, in order."""
    return [told(p) for p in proposed(made(text, speaker, **fields)) if p.voiced is not None]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("The reckless voyage of Japan will fail.", ["ACCUSE reckless PRK JPN"]),
        ("Japan is a liar.", ["ACCUSE liar PRK JPN"]),
        ("Japan will perish.", ["THREATEN perish PRK JPN"]),
        ("The nightmare of Japan begins.", ["THREATEN nightmare PRK JPN"]),
        ("Japan should sleep.", ["REQUEST sleep PRK JPN"]),
        ("Japan must be silent.", ["REQUEST be PRK JPN"]),
        # Left: words that judge nobody, nobody to judge, and the state itself.
        ("The brave voyage of Japan will succeed.", []),
        ("Japan can sleep.", []),
        ("The baker is a liar.", []),
    ],
)
def test_speakers_state_judges_in_what_its_own_agency_writes(text: str, pairs: list[str]) -> None:
    assert voiced(text, **OWN) == pairs
    assert voiced(text, publisher="Daily Planet") == []


@pytest.mark.parametrize("text", ["Pyongyang is reckless.", "A warning to Pyongyang was read out."])
def test_speakers_state_does_not_judge_itself(text: str) -> None:
    assert voiced(text, **OWN) == []


@pytest.mark.parametrize(
    ("text", "speaker", "pairs"),
    [
        ('"Japan is reckless," Wang Yi said.', "Wang Yi", ["ACCUSE reckless CHN JPN"]),
        (
            '"Japan is reckless," said Foreign Minister Wang Yi.',
            "Foreign Minister Wang Yi",
            ["ACCUSE reckless CHN JPN"],
        ),
        ('"Japan will perish," Wang Yi said.', "Wang Yi", ["THREATEN perish CHN JPN"]),
        ('"It is late. Japan should sleep. Good night," Wang Yi said.', "Wang Yi", ["REQUEST sleep CHN JPN"]),
        # Left: a speaker of no state, one's own state, and what stands outside of what is said.
        ('"Japan is reckless," the baker said.', "the baker", []),
        ('"China is reckless," Wang Yi said.', "Wang Yi", []),
        ('"Snow fell," Wang Yi of reckless Japan said.', "Wang Yi", []),
    ],
)
def test_speakers_judge_in_what_they_are_quoted_with(text: str, speaker: str, pairs: list[str]) -> None:
    assert voiced(text, speaker) == pairs


def test_speakers_go_before_the_agency_that_quotes_them() -> None:
    text = 'Wang Yi spoke. "Japan is reckless," he said. Nepal is vile.'
    assert voiced(text, "Wang Yi", **OWN) == ["ACCUSE reckless CHN JPN", "ACCUSE vile PRK NPL"]
    assert voiced(text.replace("Wang Yi", "A baker"), "A baker", **OWN) == ["ACCUSE vile PRK NPL"]


def test_speakers_claim_of_nobody_in_particular_is_no_one_s_words() -> None:
    text = '"Japan is reckless," it was said. Nepal is vile.'
    new = made(text, **OWN)
    new.claims.append(Claim(id="c0", speaker=None, content=(Span(start=0, end=20, text=text[:20]),), kind="direct"))
    assert [told(p) for p in proposed(new) if p.voiced is not None] == ["ACCUSE vile PRK NPL"]


def test_speakers_statement_is_in_the_words_of_whoever_issues_it() -> None:
    text = "Nepal regrets the delay. Japan is vile."
    assert voiced(text, title="Statement by the Foreign Ministry") == ["ACCUSE vile NPL JPN"]
    assert voiced(text, title="A day in May") == []


@pytest.mark.parametrize(
    ("text", "speaker", "fields", "pairs"),
    [
        ('"China is reckless," the Morning Post wrote.', "Morning Post", {}, []),
        # Another state's paper speaks for nobody, one's own for the state.
        ('"China is reckless," the Morning Post wrote.', "Morning Post", OWN, []),
        ('"China is reckless," the Evening Post wrote.', "Evening Post", OWN, ["ACCUSE reckless PRK CHN"]),
        ("The reckless Morning Post was printed.", "", OWN, []),
        ("The reckless Morning Post praised China.", "", OWN, ["ACCUSE reckless PRK CHN"]),
    ],
)
def test_speakers_journalists_neither_judge_nor_are_judged(
    text: str, speaker: str, fields: dict[str, Any], pairs: list[str]
) -> None:
    assert voiced(text, speaker, **fields) == pairs


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("A warning to Japan was read out.", ["THREATEN warning PRK JPN"]),
        ("Condemnation of Japan was loud.", ["ACCUSE Condemnation PRK JPN"]),
        ("The demands on Japan grew.", ["REQUEST demands PRK JPN"]),
        # Left: it has an actor, or is nothing that words alone do.
        ("China's warning to Japan was read out.", []),
        ("The attack on Japan began.", []),
        ("Praise for Japan was heard.", []),
    ],
)
def test_speakers_act_where_a_known_trigger_lacks_an_actor(text: str, pairs: list[str]) -> None:
    assert voiced(text, **OWN) == pairs
    assert voiced(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Japan made a provocation.",
        "Japan insulted a guest.",
        "Japan must attack Nepal.",
        "Nepal said that Japan should sleep.",
        "Japan will retaliate.",
    ],
)
def test_speakers_word_of_a_known_trigger_makes_no_further_pair(text: str) -> None:
    (only,) = proposed(made(text, **OWN))
    assert only.known
    assert only.voiced is None


def test_speakers_one_clause_is_asked_about_once() -> None:
    assert voiced("Japan hatched a vile, cruel and brazen plot.", **OWN) == ["ACCUSE vile PRK JPN"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Japan lied, and its folly grew.", ["lied"]),
        ("Japan lied, and its folly grew, and its greed grew, and its madness rose.", ["lied"]),
        ("Japan lied. The folly of Nepal grew, and its greed grew, and its madness rose.", ["lied", "folly"]),
        # Where the first is a known trigger, the next.
        ("Japan insulted a guest, and its folly grew, and its greed grew.", ["folly"]),
    ],
)
def test_speakers_first_judging_word_of_a_sentence_is_asked_about(text: str, words: list[str]) -> None:
    found = [p.typed.trigger.text for p in proposed(made(text, **OWN)) if p.voiced is not None]
    assert found == words


def test_speakers_nearest_party_is_judged() -> None:
    text = "Nepal slept in peace all day long, while reckless Japan sang."
    assert voiced(text, **OWN) == ["ACCUSE reckless PRK JPN"]
    assert voiced(text.replace("reckless ", "").replace("Nepal", "Reckless Nepal"), **OWN) == [
        "ACCUSE Reckless PRK NPL"
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "fields", "pairs"),
    [
        ("Nepal slept. The plan of Japan is reckless.", "", OWN, ["ACCUSE reckless PRK JPN"]),
        ('Nepal slept. "The plan of Japan is reckless," Wang Yi said.', "Wang Yi", {}, ["ACCUSE reckless CHN JPN"]),
        # Left: named in the sentence before.
        ("Japan built a wall. The plan is reckless.", "", OWN, []),
        ('Japan built a wall. "The plan is reckless," Wang Yi said.', "Wang Yi", {}, []),
        ('Japan built a wall. "The plan is reckless," Wang Yi said.', "Wang Yi", OWN, []),
    ],
)
def test_speakers_party_is_judged_in_its_own_sentence(
    text: str, speaker: str, fields: dict[str, Any], pairs: list[str]
) -> None:
    assert voiced(text, speaker, **fields) == pairs


def test_speakers_say_nothing_in_furniture() -> None:
    new = made("Japan is reckless. Nepal is vile.", **OWN)
    new.sentences[0].furniture = "caption"
    assert [told(p) for p in proposed(new) if p.voiced is not None] == ["ACCUSE vile PRK NPL"]


def test_speakers_other_proposals_stay_as_they_are_in_order() -> None:
    new = made("Japan is reckless. Japan met Nepal. Nepal is vile and China condemned France.", **OWN)
    sides = {s.index: Sides(new, s) for s in new.sentences}
    known = [p for s in new.sentences for p in proposals(s, sides[s.index], RelationTyper(), {})]
    found = with_speakers(new, sides, known)
    assert [p for p in found if p.voiced is None] == known
    assert [p.sentence.index for p in found] == [0, 1, 2, 2]
    assert with_speakers(new, sides, known) == found


def test_speakers_pair_is_asked_about_with_those_of_the_clause() -> None:
    (proposal,) = [p for p in proposed(made("A warning to Japan was read out in China.", **OWN)) if p.voiced]
    assert proposal.voiced in pairs_within(proposal, [])


# --- what one side says that another has done ----------------------------------------------------------------------


def saying(text: str, speaker: str = "Wang Yi", cue: str = "said", **fields: object) -> Draft:
    """A draft in which `speaker` says, with `cue`, all that stands behind "that"."""
    new = made(text, "", **fields)
    at, verb, start = text.index(speaker), text.index(cue), text.index(" that ") + len(" that ")
    new.claims.append(
        Claim(
            id="c0",
            speaker=Speaker(start=at, end=at + len(speaker), text=speaker),
            cue=Span(start=verb, end=verb + len(cue), text=cue),
            content=(Span(start=start, end=len(text), text=text[start:]),),
            kind="indirect",
        )
    )
    return new


def alleged(text: str, speaker: str = "Wang Yi", cue: str = "said", **fields: object) -> list[str]:
    """What speakers make of such a text."""
    return [told(p) for p in proposed(saying(text, speaker, cue, **fields)) if p.voiced is not None]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Wang Yi said that Japan had attacked Nepal.", ["ACCUSE said CHN JPN"]),
        ("Wang Yi said that Japan had threatened France.", ["ACCUSE said CHN JPN"]),
        ("Wang Yi said that Japan had violated the deal.", ["ACCUSE said CHN JPN"]),
        ("Wang Yi said that Nepal was attacked by Japan.", ["ACCUSE said CHN JPN"]),
        # One reproach for all that one saying tells.
        ("Wang Yi said that Japan had attacked Nepal and that France had threatened Nepal.", ["ACCUSE said CHN JPN"]),
        # Left: friendly acts, acts of one's own, and acts of nobody who is named.
        ("Wang Yi said that Japan had not attacked Nepal.", []),
        ("Wang Yi said that Japan had met Nepal.", []),
        ("Wang Yi said that Japan had praised Nepal.", []),
        ("Wang Yi said that China had attacked Nepal.", []),
        ("Wang Yi said that the baker had attacked Nepal.", []),
        ("Wang Yi said that an attack on Nepal had begun.", []),
    ],
)
def test_speakers_who_says_that_another_did_harm_accuses_him(text: str, pairs: list[str]) -> None:
    assert alleged(text) == pairs


def test_speakers_harm_that_nobody_says_is_no_reproach() -> None:
    assert voiced("Wang Yi rose. Japan had attacked Nepal.") == []


@pytest.mark.parametrize("cue", ["warned", "condemned"])
def test_speakers_saying_that_is_a_trigger_itself_makes_no_further_pair(cue: str) -> None:
    text = f"Wang Yi {cue} that Japan had attacked Nepal."
    assert alleged(text, cue=cue) == []
    assert alleged(text.replace(cue, "said")) == ["ACCUSE said CHN JPN"]


@pytest.mark.parametrize(
    ("speaker", "fields"),
    [
        ("baker", {}),  # of no state
        ("Morning Post", {}),  # a journalist
        ("Morning Post", OWN),
        ("Evening Post", OWN),  # one who speaks for the state that writes, which no words of the text name
    ],
)
def test_speakers_who_have_no_words_or_state_do_not_accuse_by_saying(speaker: str, fields: dict[str, Any]) -> None:
    assert alleged(f"The {speaker} said that France had attacked Nepal.", speaker, **fields) == []


def test_speakers_saying_in_another_sentence_makes_no_reproach() -> None:
    text = "Wang Yi said that it was late. Japan had attacked Nepal."
    assert alleged(text) == []
    assert alleged(text.replace("late. Japan", "late and Japan")) == ["ACCUSE said CHN JPN"]


def test_speakers_saying_by_a_noun_makes_no_reproach() -> None:
    assert alleged("Wang Yi made the remark that Japan had attacked Nepal.", cue="remark") == []


def test_speakers_reproach_stands_beside_the_act_that_it_tells() -> None:
    found = {p.typed.trigger.text: p for p in proposed(saying("Wang Yi said that Japan had attacked Nepal."))}
    assert sorted(found) == ["attacked", "said"]
    assert found["attacked"].voiced is None
    assert pairs_within(found["said"], []) == [found["said"].voiced]


# --- the passage -------------------------------------------------------------------------------------------------


def asked(text: str, speaker: str = "", **fields: object) -> Passage:
    """The passage of the one pair that a speaker makes."""
    new = made(text, speaker, **fields)
    ((proposal, pair),) = [(p, p.voiced) for p in proposed(new) if p.voiced is not None]
    return passage(new, [(proposal, pair)])


def shown(found: Passage, span: Chars | None) -> str | None:
    return found.text[slice(*span)] if span is not None else None


FALLS = "Snow fell. Rain fell. Hail fell. Leaves fell. "


@pytest.mark.parametrize(
    ("text", "speaker", "fields", "read", "spans"),
    [
        (
            'Wang Yi rose. "Japan is reckless," he said.',
            "Wang Yi",
            {},
            'Wang Yi rose. "Japan is reckless," he said.',
            ("Wang Yi", "Japan", "reckless"),
        ),
        # Left out: a speaker far before, one who stands nowhere, one named only after the sentence.
        (
            f'Wang Yi rose. {FALLS}"Japan is reckless," he said.',
            "Wang Yi",
            {},
            '"Japan is reckless," he said.',
            (None, "Japan", "reckless"),
        ),
        ("Japan is reckless.", "", OWN, "Japan is reckless.", (None, "Japan", "reckless")),
        ("Snow fell. Japan is reckless.", "", OWN, "Japan is reckless.", (None, "Japan", "reckless")),
        (
            '"Japan is reckless." So said Wang Yi.',
            "Wang Yi",
            {},
            '"Japan is reckless."',
            (None, "Japan", "reckless"),
        ),
    ],
)
def test_speakers_passage_leaves_out_a_speaker_far_away_or_nowhere(
    text: str, speaker: str, fields: dict[str, Any], read: str, spans: tuple[str | None, ...]
) -> None:
    found = asked(text, speaker, **fields)
    (question,) = found.questions
    assert found.text == read
    assert tuple(shown(found, span) for span in question.spans) == spans
    assert question.hint == TYPES.index("ACCUSE")
