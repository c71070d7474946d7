from __future__ import annotations

import pytest
from spacy.tokens import Token

from dragoman.coding.language import load_pipeline
from dragoman.coding.relation import RelationTyper, Typed, spread
from dragoman.knowledge.ontology import TYPES

TYPER = RelationTyper()


def word(sentence: str, text: str) -> Token:
    return next(token for token in load_pipeline()(sentence) if token.text == text)


def typed(sentence: str, text: str) -> Typed | None:
    return TYPER.trigger(word(sentence, text))


def kind(sentence: str, text: str) -> str | None:
    found = typed(sentence, text)
    return None if found is None else found.type


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("The two ministers met in Geneva.", "met", "CONSULT"),
        ("The premier praised the Belgian king.", "praised", "SUPPORT"),
        ("The army shelled the village at dawn.", "shelled", "ASSAULT"),
        ("The clock stopped at noon because the battery was flat.", "was", None),
        ("They painted the old bridge.", "painted", None),
    ],
)
def test_relation_types_plain_verbs(sentence: str, text: str, expected: str | None) -> None:
    assert kind(sentence, text) == expected


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("Norway called on Iceland to open the port.", "called", "REQUEST"),
        ("Norway's king called the mayor on Monday.", "called", "CONSULT"),
        ("Troops pulled out of the valley.", "pulled", "RETREAT"),
        ("The court struck down the law.", "struck", "REJECT"),
        ("Rebels struck the barracks.", "struck", "ASSAULT"),
    ],
)
def test_relation_reads_verbs_with_their_particles(sentence: str, text: str, expected: str) -> None:
    assert kind(sentence, text) == expected


@pytest.mark.parametrize(
    ("sentence", "text", "trigger", "expected"),
    [
        ("Brazil held talks with Peru.", "held", "talks", "CONSULT"),
        ("Brazil held talks with Peru.", "talks", "talks", "CONSULT"),
        ("Brazil imposed sanctions on Peru.", "imposed", "sanctions", "SANCTION"),
        ("Brazil launched an attack on the port.", "launched", "attack", "ASSAULT"),
        ("The two sides held a third round of talks.", "held", "talks", "CONSULT"),
    ],
)
def test_relation_gives_light_verbs_the_type_of_their_noun(
    sentence: str, text: str, trigger: str, expected: str
) -> None:
    found = typed(sentence, text)
    assert found is not None
    assert (found.type, found.trigger.text) == (expected, trigger)
    assert found.governor.pos_ == "VERB"
    assert {found.trigger, found.governor} <= set(found.reach)


def test_relation_leaves_light_verbs_with_other_nouns() -> None:
    assert kind("Brazil held the cup in both hands.", "held") is None


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("Canada lifted the sanctions on Chile.", "lifted", "CONCEDE"),
        ("The crane lifted the container.", "lifted", "CONCEDE"),
        ("Canada suspended aid to Chile.", "suspended", "SANCTION"),
        ("Canada restored diplomatic relations with Chile.", "restored", "SUPPORT"),
        ("Canada severed diplomatic relations with Chile.", "severed", "SANCTION"),
        ("Canada recalled its ambassador to Chile.", "recalled", "SANCTION"),
        ("Canada withdrew its troops from Chile.", "withdrew", "RETREAT"),
        ("Canada withdrew from the treaty.", "withdrew", "SANCTION"),
        ("Canada sent troops to the border.", "sent", "MOBILIZE"),
        ("Canada sent troops to help the flood victims.", "sent", "AID"),
        ("Canada sent weapons to Chile.", "sent", "AID"),
        ("Canada sent a letter to Chile.", "sent", "CONSULT"),
        ("Canada sent condolences to Chile.", "sent", "SUPPORT"),
        ("Canada sent a congratulatory message to Chile.", "sent", "SUPPORT"),
        ("Canada lodged a protest with Chile.", "lodged", "ACCUSE"),
        ("Students staged a protest in Chile.", "staged", "PROTEST"),
        ("Canada expressed concern over the drill.", "expressed", "ACCUSE"),
        ("Canada expressed readiness for dialogue.", "expressed", "AGREE"),
        ("Canada expressed hope for a better year.", "expressed", None),
        ("Canada signed a treaty with Chile.", "signed", "SUPPORT"),
        ("Canada reached an agreement with Chile.", "reached", "AGREE"),
        ("Canada conducted a missile test.", "conducted", "MOBILIZE"),
        ("Canada paid a visit to Chile.", "paid", "CONSULT"),
        ("Canada paid the fine.", "paid", None),
        ("Canada violated the ceasefire.", "violated", "ASSAULT"),
        ("Canada declared a ceasefire.", "declared", "CONCEDE"),
        ("The two navies held a joint exercise.", "held", "COOPERATE"),
        ("The navy held an exercise.", "held", "MOBILIZE"),
    ],
)
def test_relation_types_verbs_by_their_object(sentence: str, text: str, expected: str | None) -> None:
    assert kind(sentence, text) == expected


@pytest.mark.parametrize(
    ("sentence", "text", "expected", "mode"),
    [
        ("Ghana refused to meet the envoy.", "refused", "REJECT", "meet"),
        ("Ghana agreed to release the crew.", "agreed", "AGREE", None),
        ("Ghana vowed to bomb the camp.", "vowed", "THREATEN", None),
        ("Ghana vowed to help the refugees.", "vowed", "AGREE", None),
        ("Ghana threatened to bomb the camp.", "threatened", "THREATEN", "violence"),
        ("Ghana urged Togo to release the crew.", "urged", "REQUEST", "yield"),
        ("Ghana ordered the captain to leave.", "ordered", "REQUEST", None),
        ("Ghana is willing to meet the envoy.", "willing", "AGREE", None),
    ],
)
def test_relation_lets_the_word_above_decide(sentence: str, text: str, expected: str, mode: str | None) -> None:
    found = typed(sentence, text)
    assert found is not None
    assert (found.type, found.trigger.text) == (expected, text)
    if mode is not None:
        assert found.mode == mode


def test_relation_takes_in_what_the_word_above_decided() -> None:
    sentence = "Ghana refused to meet the envoy."
    assert typed(sentence, "meet").trigger.text == "refused"
    assert {token.text for token in typed(sentence, "refused").reach} == {"refused", "meet"}


def test_relation_leaves_an_alleged_act_an_event_of_its_own() -> None:
    sentence = "Ghana accused Togo of bombing the camp."
    assert kind(sentence, "accused") == "ACCUSE"
    assert kind(sentence, "bombing") == "ASSAULT"


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("Soldiers began to withdraw from the valley.", "began", "RETREAT"),
        ("The leaders are set to meet in May.", "set", "CONSULT"),
        ("The mayor announced that he would meet the strikers.", "announced", "CONSULT"),
        ("The mayor announced that the governor would meet the strikers.", "announced", None),
        ("The concert began to bore the guests.", "began", None),
    ],
)
def test_relation_defers_to_the_complement(sentence: str, text: str, expected: str | None) -> None:
    assert kind(sentence, text) == expected


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("Kenya will send aid to Malawi.", "send", "AGREE"),
        ("Kenya sent aid to Malawi.", "sent", "AID"),
        ("Kenya will attack the camp.", "attack", "THREATEN"),
        ("Kenya attacked the camp.", "attacked", "ASSAULT"),
        ("Kenya will not meet the rebels.", "meet", "REJECT"),
        ("Kenya will meet the rebels.", "meet", "CONSULT"),
        ("Kenya did not allow the flight.", "allow", "REJECT"),
        ("Kenya allowed the flight.", "allowed", "CONCEDE"),
        ("Kenya said Malawi must release the crew.", "said", "REQUEST"),
        ("Kenya said Malawi released the crew.", "said", None),
    ],
)
def test_relation_reads_the_mood(sentence: str, text: str, expected: str | None) -> None:
    assert kind(sentence, text) == expected


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("The talks between Oman and Yemen ended.", "talks", "CONSULT"),
        ("Her visit to Oman drew crowds.", "visit", "CONSULT"),
        ("Criticism of Oman grew.", "Criticism", "ACCUSE"),
        ("The attack on the convoy killed two.", "attack", "ASSAULT"),
        ("Critics launched a scathing attack on the minister.", "attack", "ACCUSE"),
        ("The suspension of aid hurt the farmers.", "suspension", "SANCTION"),
        ("A call between the two leaders lasted an hour.", "call", "CONSULT"),
        ("A call for calm went unheard.", "call", "REQUEST"),
        ("The mediation effort failed.", "effort", "CONSULT"),
        ("The war museum opened.", "war", None),
        ("The march drew thousands.", "march", "PROTEST"),
        ("The museum opened in March 2023.", "March", None),
        ("They rose early in order to catch the train.", "order", None),
    ],
)
def test_relation_types_nouns(sentence: str, text: str, expected: str | None) -> None:
    assert kind(sentence, text) == expected


@pytest.mark.parametrize(
    ("sentence", "text", "expected"),
    [
        ("The king phoned the president to congratulate him.", "phoned", "SUPPORT"),
        ("The king phoned the president to discuss trade.", "phoned", "CONSULT"),
        ("The king sent a letter urging calm.", "sent", "REQUEST"),
    ],
)
def test_relation_gives_a_message_the_type_of_what_it_says(sentence: str, text: str, expected: str) -> None:
    assert kind(sentence, text) == expected


def test_relation_gives_a_second_noun_the_verb_of_the_first() -> None:
    found = typed("Ministers held talks and a banquet.", "banquet")
    assert (found.type, found.governor.text) == ("CONSULT", "held")


@pytest.mark.parametrize(
    ("sentence", "text", "symmetric", "inverse"),
    [
        ("Spain met with Malta.", "met", True, False),
        ("Spain praised Malta.", "praised", False, False),
        ("Spain and Malta agreed to trade.", "agreed", True, False),
        ("Spain agreed to help Malta.", "agreed", False, False),
        ("Spain received aid from Malta.", "received", False, True),
        ("Spain received praise from Malta.", "received", False, True),
        ("Spain gave aid to Malta.", "gave", False, False),
    ],
)
def test_relation_says_which_way_an_act_goes(sentence: str, text: str, symmetric: bool, inverse: bool) -> None:
    found = typed(sentence, text)
    assert (found.symmetric, found.inverse) == (symmetric, inverse)


def test_relation_scores_add_up_and_favour_the_type() -> None:
    found = typed("Spain praised Malta.", "praised")
    assert sum(found.scores.values()) == pytest.approx(1)
    assert max(found.scores, key=lambda t: found.scores[t]) == "SUPPORT"
    assert set(found.scores) == set(TYPES)


@pytest.mark.parametrize("score", [0.1, 0.4, 0.9])
def test_relation_spread_prefers_the_quad(score: float) -> None:
    scores = spread("AID", score)
    assert scores["AID"] == score
    assert scores["RETREAT"] > scores["ASSAULT"]


def test_relation_keeps_the_words_of_several_documents_apart() -> None:
    typer = RelationTyper()
    words = [word("Norway praised Peru.", "praised"), word("Norway shelled Peru.", "shelled")] * 2
    found = [typer.trigger(w) for w in words]
    assert [t.type if t is not None else None for t in found] == ["SUPPORT", "ASSAULT"] * 2
    assert found[0] is found[2]


def test_relation_forgets_documents_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.coding.relation.REMEMBERED", 2)
    typer = RelationTyper()
    words = [word(f"Norway praised {name}.", "praised") for name in ("Peru", "Chad", "Laos", "Cuba")]
    assert [t.type for w in words * 2 if (t := typer.trigger(w)) is not None] == ["SUPPORT"] * 8
