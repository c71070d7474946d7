"""What both coders read from a clause; its sides and evidence are tested with the candidates made of them."""

from __future__ import annotations

import pytest

from dragoman.coding.candidates import Candidates
from dragoman.coding.clauses import Found, apart, best_of_each, collapse, find_sides, plainness, side_of
from dragoman.coding.draft import Candidate, Draft
from dragoman.coding.relation import RelationTyper
from dragoman.coding.sides import Sides
from dragoman.model import Mention
from tests.coding.candidates import add
from tests.coding.drafts import draft

TEXT = "Japan condemned North Korea on Monday, and Japan urged China to act."


def mention(text: str, country: str | None = None, **fields: str) -> Mention:
    return Mention(id=text, start=0, end=len(text), text=text, actor=text, country=country, how="name", **fields)  # type: ignore[arg-type]


STATES = {"Russia": "RUS", "Japan": "JPN", "Nepal": "NPL", "Ghana": "GHA"}


def named(text: str) -> Draft:
    return draft(text, *((name, name, code) for name, code in STATES.items() if name in text))


def found(text: str, word: str) -> Found:
    """The sides of the trigger of a word in a text of one sentence."""
    made = named(text)
    (sentence,) = made.sentences
    typed = RelationTyper().trigger(next(t for t in sentence.tokens if t.text == word))
    assert typed is not None
    return find_sides(Sides(made, sentence), typed)


def texts(mentions: list[Mention]) -> list[str]:
    return [m.text for m in mentions]


def plain(text: str, word: str) -> float:
    (sentence,) = draft(text).sentences
    typed = RelationTyper().trigger(next(t for t in sentence.tokens if t.text == word))
    assert typed is not None
    return plainness(typed)


@pytest.mark.parametrize(
    ("plainer", "word", "other", "other_word"),
    [
        ("Japan condemned China.", "condemned", "Japan spoke up to condemn China.", "condemn"),
        ("Japan said that it attacked China.", "attacked", "Japan, attacking China, grew rich.", "attacking"),
        ("Japan decided to expel China's envoys.", "expel", "Japan called a meeting to expel China's envoys.", "expel"),
    ],
)
def test_clauses_main_clause_is_plainer_than_purpose_and_participle(
    plainer: str, word: str, other: str, other_word: str
) -> None:
    assert 0 < plain(other, other_word) < plain(plainer, word) <= 1


@pytest.mark.parametrize(
    ("text", "word", "participle"),
    [
        (
            "The envoys of Russia and Nepal in Japan, handed over letters to China.",
            "handed",
            "The envoys of Russia, known as the Lake Club, praised by Japan.",
        )
    ],
)
def test_clauses_misread_past_is_as_plain_as_a_main_verb(text: str, word: str, participle: str) -> None:
    assert plain(text, word) == plain("Japan condemned China.", "condemned")
    assert plain(participle, "praised") < plain(text, word)


@pytest.mark.parametrize(
    ("text", "word", "actors", "recipients"),
    [
        ("Japan received a basket from Nepal.", "basket", ["Nepal"], ["Japan"]),
        ("Japan received help and a basket from Nepal.", "basket", ["Nepal"], ["Japan"]),
        ("Japan received help and a warning from Nepal.", "warning", ["Nepal"], ["Japan"]),
        ("Japan received help and a basket.", "basket", [], ["Japan"]),  # from whom is not said
        ("Japan received Nepal's praise.", "praise", ["Nepal"], ["Japan"]),
        # Left: what is sent or given comes from the subject.
        ("Japan sent help and a basket.", "basket", ["Japan"], []),
        ("Japan gave help and a basket to Nepal.", "basket", ["Japan"], ["Nepal"]),
    ],
)
def test_clauses_what_is_received_comes_from_the_sender(
    text: str, word: str, actors: list[str], recipients: list[str]
) -> None:
    sides = found(text, word)
    assert (texts(sides.actors), texts(sides.recipients)) == (actors, recipients)


@pytest.mark.parametrize(
    ("text", "word", "actors", "recipients", "one_way"),
    [
        ("Letters came from Russia and Nepal.", "Letters", ["Russia", "Nepal"], [], True),
        ("Praise for Japan came from Russia and Nepal.", "Praise", ["Russia", "Nepal"], ["Japan"], True),
        ("Russia and Nepal held talks.", "talks", ["Russia", "Nepal"], [], False),
        ("Talks between Russia and Nepal came to an end.", "Talks", ["Russia"], ["Nepal"], False),
        ("Russia condemned Nepal.", "condemned", ["Russia"], ["Nepal"], False),
    ],
)
def test_clauses_senders_all_do_it_to_one(
    text: str, word: str, actors: list[str], recipients: list[str], one_way: bool
) -> None:
    sides = found(text, word)
    assert (texts(sides.actors), texts(sides.recipients), sides.one_way) == (actors, recipients, one_way)


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("Letters came from Nepal and Ghana.", []),
        ("Nepal and Ghana held talks.", [("Nepal", "Ghana")]),
    ],
)
def test_clauses_senders_do_nothing_to_each_other(text: str, pairs: list[tuple[str, str]]) -> None:
    made = named(text)
    Candidates(RelationTyper())(made)
    joined = [(a.text, r.text) for c in made.candidates for a in c.actors for r in c.recipients]
    assert joined == pairs


def test_clauses_side_is_the_state_else_the_body_else_the_words() -> None:
    assert side_of(mention("Putin", "RUS")) == side_of(mention("Moscow", "RUS"))
    assert side_of(mention("NATO")) == "NATO"
    assert side_of(mention("NATO")) != side_of(mention("ASEAN"))


def test_clauses_state_appears_once_a_side_by_who_says_most() -> None:
    state = mention("Russia", "RUS", actor_id="state:RUS")
    person = mention("Putin", "RUS", actor_id="Q1", office="president")
    assert best_of_each([state, person]) == [person]
    assert best_of_each([person, state]) == [person]


def test_clauses_apart_leaves_no_state_on_both_sides() -> None:
    russia, putin, china = mention("Russia", "RUS"), mention("Putin", "RUS"), mention("China", "CHN")
    assert apart([russia], [putin, china], symmetric=False) == ([russia], [china])
    assert apart([russia], [putin], symmetric=True) == ([russia], [])


def test_clauses_apart_parts_two_named_as_one_where_the_act_is_mutual() -> None:
    japan, china = mention("Japan", "JPN"), mention("China", "CHN")
    assert apart([japan, china], [], symmetric=True) == ([japan], [china])
    assert apart([], [japan, china], symmetric=True) == ([japan], [china])
    assert apart([japan, china], [], symmetric=False) == ([japan, china], [])


def sides() -> Draft:
    return draft(TEXT, ("Japan", "Japan", "JPN"), ("North Korea", "North Korea", "PRK"), ("China", "China", "CHN"))


def told(made: Draft, word: str, recipients: str, confidence: float) -> Candidate:
    candidate = add(made, word, "ACCUSE", "Japan", recipients)
    candidate.confidence = confidence
    return candidate


def test_clauses_collapse_keeps_the_surest_of_one_happening() -> None:
    made = sides()
    unsure, sure = told(made, "condemned", "North Korea", 0.4), told(made, "urged", "North Korea", 0.8)
    assert collapse([unsure, sure]) == [sure]
    assert collapse([sure, unsure]) == [sure]


def test_clauses_collapse_takes_fewer_sides_for_the_same_happening() -> None:
    made = sides()
    all_sides, fewer = told(made, "condemned", "North Korea|China", 0.8), told(made, "urged", "China", 0.4)
    assert collapse([all_sides, fewer]) == [all_sides]


def test_clauses_collapse_leaves_other_types_sides_and_places() -> None:
    made = sides()
    accuse, other_side = told(made, "condemned", "North Korea", 0.8), told(made, "urged", "China", 0.4)
    assert collapse([other_side, accuse]) == [accuse, other_side]
    other_side.recipients, other_side.type = accuse.recipients, "REQUEST"
    assert collapse([accuse, other_side]) == [accuse, other_side]
    other_side.type, accuse.end = "ACCUSE", TEXT.index(",")
    other_side.start = accuse.end
    assert collapse([accuse, other_side]) == [accuse, other_side]


@pytest.mark.parametrize(
    ("text", "hit"),
    [
        ("Russia fired Ghana missiles at targets in Nepal.", ["Nepal"]),
        ("Russia fired Ghana missiles.", []),
        ("Russia fired at Ghana ships.", ["Ghana"]),
    ],
)
def test_clauses_whose_weapon_it_is_is_not_who_is_hit(text: str, hit: list[str]) -> None:
    sides = found(text, "fired")
    assert (texts(sides.actors), texts(sides.recipients)) == (["Russia"], hit)
