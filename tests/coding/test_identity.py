"""Who the mentions are. Each rule has sentences that it takes and sentences that it leaves."""

from __future__ import annotations

import pytest

from dragoman.model import Dateline
from tests.coding.articles import identified, named


def who(text: str, words: str, **fields: object) -> list[str | None]:
    """The actor of each mention with these words, else its country, in order."""
    return [m.actor or m.country for m in named(identified(text, **fields), words)]


# --- persons -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "office"),
    [("2024-08-02", "Foreign Minister of Russia"), ("1995-08-02", None)],
)
def test_identity_known_person_has_the_office_of_that_day(day: str, office: str | None) -> None:
    (lavrov,) = named(identified("Sergei Lavrov met Wang Yi.", published=day), "Sergei Lavrov")
    assert lavrov.actor == "Sergei Lavrov"
    assert lavrov.country == "RUS"
    if office is not None:
        assert (lavrov.office, lavrov.sector) == (office, "GOV")
    else:
        assert lavrov.office != "Foreign Minister of Russia"


def test_identity_person_of_an_article_without_a_day_has_no_office() -> None:
    (lavrov,) = named(identified("Sergei Lavrov met Wang Yi.", published=None), "Sergei Lavrov")
    assert (lavrov.actor, lavrov.country, lavrov.office) == ("Sergei Lavrov", "RUS", None)


def test_identity_day_of_filing_goes_before_day_of_publication() -> None:
    text = "The Russian foreign minister met Wang Yi."
    late = identified(text, published="2024-08-02", dateline=Dateline(place="MOSCOW", date="2003-03-01"))
    assert [m.actor for m in named(late, "Russian foreign minister")] == ["Igor Ivanov"]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Kim Jong Un met Xi Jinping. Kim thanked Xi.", "Kim", "Kim Jong Un"),
        ("Kim Yo Jong condemned Japan. Kim said Tokyo must act.", "Kim", "Kim Yo Jong"),
        ("British envoy James Carter met Wang Yi. Carter praised China.", "Carter", "James Carter"),
        ("Lavrov met Wang Yi.", "Lavrov", "Sergei Lavrov"),
        ("Modi met Putin.", "Modi", "Narendra Modi"),
        ("Putin refused to meet Zelensky.", "Zelensky", "Volodymyr Zelenskyy"),
        ("President Biden met Fumio Kishida.", "Biden", "Joe Biden"),
    ],
)
def test_identity_family_name_stands_for_the_person(text: str, words: str, actor: str) -> None:
    assert who(text, words) == [actor]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Kim condemned Japan.", "Kim"),  # which one is not said
        ("Mr. Smith met Wang Yi.", "Smith"),
    ],
)
def test_identity_family_name_alone_of_many_is_left_open(text: str, words: str) -> None:
    (person,) = named(identified(text), words)
    assert person.actor == words
    assert (person.actor_id, person.country) == (None, None)


def test_identity_family_name_alone_is_open_when_its_bearer_held_no_office() -> None:
    (person,) = named(identified("Lavrov met the king.", published="1950-03-01"), "Lavrov")
    assert (person.actor, person.country) == ("Lavrov", None)


def test_identity_full_name_in_a_title_tells_who_is_meant() -> None:
    assert who("Kim condemned Japan.", "Kim", title="Kim Yo Jong in new attack on Tokyo") == ["Kim Yo Jong"]


def test_identity_head_of_a_body_speaks_for_it_and_not_for_a_state() -> None:
    (head,) = named(identified("António Guterres condemned Russia."), "António Guterres")
    assert (head.office, head.country) == ("Secretary-General of the United Nations", None)


# --- offices -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The Russian foreign minister met Kim Jong Un.", "Russian foreign minister", "Sergei Lavrov"),
        ("The Russian defence minister met Kim Jong Un.", "Russian defence minister", "Andrei Belousov"),
        ("The Chinese president met Kim Jong Un.", "Chinese president", "Xi Jinping"),
    ],
)
def test_identity_office_names_its_holder_on_that_day(text: str, words: str, actor: str) -> None:
    (minister,) = named(identified(text, published="2024-08-02"), words)
    assert (minister.actor, minister.how) == (actor, "office")
    assert minister.office is not None


def test_identity_office_on_another_day_is_another_person() -> None:
    text = "The Russian foreign minister met the king."
    assert who(text, "Russian foreign minister", published="2001-03-01") == ["Igor Ivanov"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The Russian minister met Kim Jong Un.", "Russian minister"),
        ("The Russian diplomat met Kim Jong Un.", "Russian diplomat"),
    ],
)
def test_identity_title_that_is_no_office_leaves_the_person_open(text: str, words: str) -> None:
    (minister,) = named(identified(text), words)
    assert (minister.actor, minister.country) == (None, "RUS")


def test_identity_office_without_a_day_has_no_holder() -> None:
    (minister,) = named(
        identified("The Russian foreign minister met the king.", published=None), "Russian foreign minister"
    )
    assert (minister.actor, minister.office) == (None, "Foreign Minister of Russia")


def test_identity_title_alone_is_the_last_person_with_that_office() -> None:
    assert who("Vladimir Putin met Kim Jong Un. The president praised his guest.", "president") == ["Vladimir Putin"]
    assert who("The president praised his guest.", "president") == [None]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The president praised the guests.", "president", "Kim Jong Un"),
        ("The president of the state praised the guests.", "president", "Kim Jong Un"),
        ("The President of the Republic praised the guests.", "President", "Kim Jong Un"),
        ("The premier of the Cabinet praised the guests.", "premier", "Kim Tok Hun"),
        ("The foreign minister of the country praised the guests.", "foreign minister", "Choe Son Hui"),
        ("The foreign minister and the president praised the guests.", "foreign minister", "Choe Son Hui"),
        # Left: whose title it is stands in names that we do not know.
        ("The president of the Juche Society praised the guests.", "president", None),
        ("The president of the Harbour Club praised the guests.", "president", None),
        ("The premier of the Lake Republic praised the guests.", "premier", None),
        ("The president and the secretary of the Juche Society praised the guests.", "president", None),
        ("The foreign minister and the president of the Harbour Club praised the guests.", "foreign minister", None),
    ],
)
def test_identity_title_of_something_unknown_is_not_the_home_state_s(text: str, words: str, actor: str | None) -> None:
    (found,) = named(identified(text, dateline=Dateline(place="Pyongyang")), words)
    assert (found.actor, found.country) == (actor, "PRK" if actor else None)


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The president praised the guests.", "president", "Kim Jong Un"),
        ("The chairman praised the guests.", "chairman", "Kim Jong Un"),
        ("The president of the Harbour Club praised the guests.", "president", None),
        ("The chairman of the Juche Society praised the guests.", "chairman", None),
        ("The chairman and the secretary of the Juche Society praised the guests.", "chairman", None),
    ],
)
def test_identity_title_of_something_unknown_is_nobody_met_before(text: str, words: str, actor: str | None) -> None:
    assert who(f"Kim Jong Un spoke. {text}", words) == [actor]


def test_identity_counterpart_has_the_office_of_the_one_who_is_met() -> None:
    (minister,) = named(identified("Lavrov met his Chinese counterpart."), "his Chinese counterpart")
    assert (minister.actor, minister.office) == ("Wang Yi", "Foreign Minister of China")
    (nobody,) = named(identified("The chef met his Chinese counterpart."), "his Chinese counterpart")
    assert (nobody.actor, nobody.country) == (None, "CHN")


def test_identity_counterpart_who_is_named_is_that_person() -> None:
    draft = identified("Sergei Lavrov met his Chinese counterpart, Wang Yi.")
    assert [m.actor for m in draft.mentions if m.how == "name" and m.country == "CHN"] == ["Wang Yi"]


# --- pronouns ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Vladimir Putin met Kim Jong Un. He thanked the guests.", "He", "Vladimir Putin"),
        ("Kim Yo Jong condemned Japan. She threatened Tokyo.", "She", "Kim Yo Jong"),
        ("Japan condemned North Korea. It urged China to act.", "It", "Japan"),
        ("Japan sanctioned Russia and closed its ports.", "its", "Japan"),
        ("NATO condemned Russia. It urged China to act.", "It", "NATO"),
    ],
)
def test_identity_pronoun_stands_for_who_acted_last(text: str, words: str, actor: str) -> None:
    assert who(text, words) == [actor]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He thanked the guests.", "He"),  # nobody was named
        ("Japan condemned Russia. He thanked the guests.", "He"),  # a state is no 'he'
        ("It rained in Tokyo.", "It"),
        ("Vladimir Putin spoke. It was late.", "It"),  # a person is no 'it'
        ("They agreed to talk.", "They"),
    ],
)
def test_identity_pronoun_without_anyone_to_stand_for_is_left_open(text: str, words: str) -> None:
    assert set(who(text, words)) <= {None}


def test_identity_pronoun_does_not_reach_back_over_many_sentences() -> None:
    between = "The harbour was calm. " * 5
    assert who(f"Vladimir Putin met Kim Jong Un. {between}He slept.", "He") == [None]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("China and Japan met in Seoul. They agreed to talk.", "They"),
        ("China and Japan met in Seoul. The two countries agreed to talk.", "The two countries"),
        ("China and Japan met in Seoul. Both sides agreed to talk.", "Both sides"),
        ("China condemned Japan. The two sides agreed to talk.", "The two sides"),
    ],
)
def test_identity_pair_stands_for_the_two_that_were_named_together(text: str, words: str) -> None:
    assert who(text, words) == ["China", "Japan"]


def test_identity_persons_as_a_pair() -> None:
    text = "Sergei Lavrov met Wang Yi in Hanoi. The ministers agreed to talk. The two countries agreed to trade."
    assert who(text, "The ministers") == ["Sergei Lavrov", "Wang Yi"]
    assert who(text, "The two countries") == ["Russia", "China"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Both sides agreed to talk.", "Both sides"),
        ("Japan met the envoy. Both sides agreed to talk.", "Both sides"),
        ("The two countries agreed to talk.", "The two countries"),
        ("Sergei Lavrov met Wang Yi. The ministers of Nepal agreed to talk.", "The ministers"),
    ],
)
def test_identity_pair_of_which_not_two_are_known_is_left_open(text: str, words: str) -> None:
    assert set(who(text, words)) <= {None}


# --- descriptions ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The Global Times accused Japan of lying. The newspaper condemned Tokyo.", "newspaper", "Global Times"),
        ("Rodong Sinmun accused Japan of lying. The paper condemned Tokyo.", "paper", "Rodong Sinmun"),
        ("KCNA accused Japan of lying. The agency condemned Tokyo.", "agency", "Korean Central News Agency"),
        ("NATO condemned Russia. The alliance urged China to act.", "alliance", "NATO"),
        ("Hamas attacked Israel. The group threatened Egypt.", "group", "Hamas"),
        (
            "The International Court of Justice heard Nepal. The court urged China to act.",
            "court",
            "International Court of Justice",
        ),
        (
            "The International Atomic Energy Agency met Iran. The agency urged Tehran to act.",
            "agency",
            "International Atomic Energy Agency",
        ),
    ],
)
def test_identity_description_is_the_body_named_before(text: str, words: str, actor: str) -> None:
    assert who(text, words) == [actor]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Japan accused China of lying. The newspaper condemned Tokyo.", "newspaper"),
        ("NATO condemned Russia. The paper was thin.", "paper"),
        ("NATO condemned Russia. The judges were tired.", "judges"),
        ("Rodong Sinmun accused Japan of lying. The alliance urged China to act.", "alliance"),
    ],
)
def test_identity_description_of_nobody_named_before_is_left_open(text: str, words: str) -> None:
    assert set(who(text, words)) <= {None}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Japan condemned North Korea. Its government urged China to act.", "Its government"),
        ("Japan's ship sank. Its foreign ministry condemned North Korea.", "Its foreign ministry"),
    ],
)
def test_identity_what_a_pronoun_possesses_is_of_the_state_it_stands_for(text: str, words: str) -> None:
    assert who(text, words) == ["JPN"]
    assert set(who(text.split(". ")[1], words)) <= {None}


def test_identity_regime_is_the_state_that_acted_last() -> None:
    assert who("North Korea attacked the ship. The regime threatened Japan.", "The regime") == ["PRK"]
    assert set(who("The regime threatened Japan.", "regime")) <= {None}


def test_identity_ministry_is_of_the_state_in_focus() -> None:
    assert who("Japan's foreign ministry condemned Russia. The ministry urged China to act.", "ministry") == ["JPN"]
    assert set(who("A ministry is a large house.", "ministry")) <= {None}


@pytest.mark.parametrize(
    ("last", "country"),
    [
        ("The ministry urged Russia to stop.", "JPN"),
        ("The ministry demanded that Moscow stop.", "JPN"),
        ("The ministry said that Moscow was calm.", "RUS"),
    ],
)
def test_identity_ministry_is_not_of_the_state_that_it_addresses(last: str, country: str) -> None:
    text = f"Japan protested. Russia sent ships. {last}"
    assert [m.country for m in named(identified(text), "ministry")] == [country]


def test_identity_the_north_is_a_state_only_where_its_state_is_named() -> None:
    text = "North Korea condemned South Korea. The North threatened the South."
    assert [m.actor for m in identified(text).mentions][2:] == ["North Korea", "South Korea"]
    assert [m.actor for m in identified("Sudan was calm. The North threatened the South.").mentions] == ["Sudan"]
    north_wind = identified("North Korea condemned South Korea. It was cold in the north of Japan.").mentions
    assert "north" not in [m.text for m in north_wind]


def test_identity_the_two_koreas_are_two_without_being_named_before() -> None:
    assert who("The two Koreas agreed to talk.", "The two Koreas") == ["North Korea", "South Korea"]


def test_identity_ids_are_distinct_and_mentions_in_order() -> None:
    made = identified("Vladimir Putin met Kim Jong Un. He thanked him. They and the two countries agreed to talk.")
    assert len({m.id for m in made.mentions}) == len(made.mentions)
    assert [m.start for m in made.mentions] == sorted(m.start for m in made.mentions)
    assert all(made.article.text[m.start : m.end] == m.text for m in made.mentions)


# --- people without names ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("A Kremlin spokesman left.", "Kremlin spokesman", "RUS"),
        ("A White House spokesman left.", "White House spokesman", "USA"),
        ("An official with the Japanese army left.", "official", "JPN"),
        ("Officials in Washington met.", "Officials", "USA"),
        ("Japan's ministry closed. A ministry official left.", "ministry official", "JPN"),
        ("A senior Japanese official left. The official met Putin.", "official", "JPN"),
        ("Two Japanese officials left. One official met Putin.", "One official", "JPN"),
        # Left: nobody says whose they are.
        ("Russia waited. An official left.", "official", None),
        ("Troops in Washington met.", "Troops", None),
    ],
)
def test_identity_people_without_names_belong_to_their_state(text: str, words: str, country: str | None) -> None:
    found = named(identified(text, published="2024-08-02"), words)[-1]
    assert (found.actor, found.country) == (None, country)


@pytest.mark.parametrize(
    ("text", "actor"),
    [("The Kremlin spokesman left.", "Dmitry Peskov"), ("Two Kremlin spokesmen left.", None)],
)
def test_identity_an_office_names_its_holder_only_with_the(text: str, actor: str | None) -> None:
    (found,) = [m for m in identified(text, published="2024-08-02").mentions if "spokes" in m.text]
    assert (found.actor, found.country) == (actor, "RUS")


@pytest.mark.parametrize(
    ("text", "words", "countries"),
    [
        ("Russia, Turkey and Iran met. The three countries agreed.", "The three countries", ["RUS", "TUR", "IRN"]),
        ("Russia and Iran met. The three countries agreed.", "The three countries", []),
    ],
)
def test_identity_three_sides(text: str, words: str, countries: list[str]) -> None:
    assert [m.country for m in named(identified(text), words)] == countries


def test_identity_a_body_keeps_its_people_without_an_office_on_that_day() -> None:
    (rutte,) = named(identified("NATO chief Mark Rutte left.", published="1999-01-01"), "Mark Rutte")
    assert (rutte.country, rutte.sector) == (None, "IGO")
