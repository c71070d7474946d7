"""Where an event took place, by its own words, on the offline map."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.coding.places import PlaceStep, place_of
from dragoman.knowledge.gazetteer import locate, locate_town, locate_within
from dragoman.knowledge.places import load_venues
from dragoman.model import EventType
from tests.coding.candidates import add
from tests.coding.drafts import draft


@pytest.mark.parametrize(
    ("text", "trigger", "name", "country"),
    [
        ("Kim met Lavrov in Pyongyang on Thursday.", "met", "Pyongyang", "PRK"),
        ("Biden will host a summit at Camp David on Aug. 18.", "summit", "Camp David", "USA"),
        ("At the Party Central Committee headquarters, Kim received Lavrov.", "received",
         "Party Central Committee headquarters", "PRK"),
        ("Kim and Putin met at the Vostochny Cosmodrome in September.", "met", "Vostochny Cosmodrome", "RUS"),
        ("The two leaders held talks in the Black Sea resort of Sochi.", "talks", "Sochi", "RUS"),
        ("Putin arrived in Hanoi on Thursday for talks with Lam.", "arrived", "Hanoi", "VNM"),
        ("Lavrov paid a visit to Beijing.", "visit", "Beijing", "CHN"),
        ("Lavrov visited Beijing on Monday.", "visited", "Beijing", "CHN"),
        ("The Hanoi summit collapsed.", "summit", "Hanoi", "VNM"),
        ("Xi met Putin at the Great Hall of the People in Beijing.", "met", "Great Hall of the People", "CHN"),
        ("Moon met Kim at the Peace House in Panmunjom.", "met", "Peace House", "KOR"),
        ("The ministers signed an agreement in Seoul and exchanged gifts.", "exchanged", "Seoul", "KOR"),
        ("Putin will travel to North Korea next month.", "travel", "North Korea", "PRK"),
        ("The two armies held a drill in the Yellow Sea.", "drill", "Yellow Sea", None),
        ("Choe attended a forum held in Saint Petersburg from Sept. 18 to 20.", "attended", "Saint Petersburg", "RUS"),
        ("The talks took place outside Geneva.", "talks", "Geneva", "CHE"),
        ("Sullivan flew to Vienna to meet Wang Yi.", "meet", "Vienna", "AUT"),
        ("Talks were held at the Foreign Ministry in Ankara.", "Talks", "Ankara", "TUR"),
        ("The Reykjavik summit ended the quarrel.", "summit", "Reykjavík", "ISL"),
        ("The rivals met in the Qatari capital.", "met", "Doha", "QAT"),
        ("The kings met in the capital of Bhutan.", "met", "Thimphu", "BTN"),
        ("The mayors met in Paris, Texas.", "met", "Paris", "USA"),
        ("The mayors met in Tripoli, Lebanon.", "met", "Tripoli", "LBN"),
        ("The mayors met in Cordoba, in the south of Spain.", "met", "Córdoba", "ESP"),
        ("Speaking in Accra, the president thanked the nurses.", "thanked", "Accra", "GHA"),
        ("Ljubljana will host the talks.", "host", "Ljubljana", "SVN"),
        ("It was in Yalta that the three met.", "met", "Yalta", "UKR"),
    ],
)  # fmt: skip
def test_places_takes(text: str, trigger: str, name: str, country: str | None) -> None:
    place = place_of(add(draft(text), trigger, "CONSULT"))
    assert place is not None
    assert (place.name, place.country) == (name, country)


@pytest.mark.parametrize(
    ("text", "trigger", "event_type"),
    [
        ("Russia accused Ukraine of an attack.", "accused", "ACCUSE"),
        ("Kim sent a message to Putin.", "sent", "SUPPORT"),
        ("Trump relayed concerns over violence in Afrin.", "relayed", "ACCUSE"),  # where the violence is
        ("Kim sent a message to Vietnam.", "sent", "SUPPORT"),  # whom it went to
        ("The envoys met in September.", "met", "CONSULT"),
        ("The envoys met in secret.", "met", "CONSULT"),
        ("Spain accused Morocco of arresting reporters in Laayoune.", "accused", "ACCUSE"),
        ("They met in a village on the Thai side of the border.", "met", "SUPPORT"),
        ("Kim sent a basket to the Mongolian embassy.", "sent", "SUPPORT"),  # an embassy is not in its own country
    ],
)
def test_places_leaves(text: str, trigger: str, event_type: EventType) -> None:
    assert place_of(add(draft(text), trigger, event_type)) is None


def test_places_city_under_attack() -> None:
    text = "Ukrainian forces attacked Sevastopol."
    assert place_of(add(draft(text), "attacked", "CONSULT")) is None
    place = place_of(add(draft(text), "attacked", "ASSAULT"))
    assert place is not None
    assert place.country == "UKR"


def test_places_keeps_the_text_of_what_is_on_no_map() -> None:
    made = draft("The officers met at the old fishing village.")
    candidate = add(made, "met", "CONSULT")
    PlaceStep()(made)
    assert candidate.place is not None
    assert candidate.place.text == "old fishing village"
    assert (candidate.place.name, candidate.place.country, candidate.place.lat) == (None, None, None)


@pytest.mark.parametrize(
    ("name", "found", "country"),
    [
        ("Kyiv", "Kyiv", "UKR"),
        ("Kiev", "Kyiv", "UKR"),
        ("Peking", "Beijing", "CHN"),
        ("Sankt-Peterburg", "Saint Petersburg", "RUS"),
        ("St. Petersburg", "Saint Petersburg", "RUS"),
        ("New York", "New York City", "USA"),
        ("Georgia", "Georgia", "GEO"),
        ("the DPRK", "North Korea", "PRK"),
        ("the U.S.", "United States", "USA"),
        ("the Vostochny cosmodrome", "Vostochny Cosmodrome", "RUS"),
    ],
)
def test_gazetteer_locates(name: str, found: str, country: str) -> None:
    located = locate(name)
    assert located is not None
    assert (located.name, located.country) == (found, country)


@pytest.mark.parametrize(
    ("text", "trigger", "event_type", "name", "country"),
    [
        ("Police in Harare arrested two editors.", "arrested", "COERCE", "Harare", "ZWE"),
        ("The army withdrew from Kidal.", "withdrew", "RETREAT", "Kidal", "MLI"),
        ("Bombers struck the airport of Maiduguri.", "struck", "ASSAULT", "Maiduguri", "NGA"),
        ("The siege of Mariupol lasted months.", "siege", "ASSAULT", "Mariupol", "UKR"),
        ("The battalion paraded on Red Square.", "paraded", "MOBILIZE", "Red Square", "RUS"),
        ("Soldiers killed civilians in the village of Moura, in Mali.", "killed", "ASSAULT", None, "MLI"),
    ],
)
def test_places_of_deeds(text: str, trigger: str, event_type: EventType, name: str | None, country: str) -> None:
    place = place_of(add(draft(text), trigger, event_type))
    assert place is not None
    assert (place.name, place.country) == (name, country)


def test_gazetteer_knows_towns_of_a_state_that_is_named() -> None:
    texas, lebanon = locate("Texas"), locate("Lebanon")
    assert texas is not None
    assert lebanon is not None
    paris, tripoli = locate_within("Paris", texas), locate_within("Tripoli", lebanon)
    assert paris is not None
    assert tripoli is not None
    assert (paris.country, tripoli.country) == ("USA", "LBN")
    assert locate_within("Tripoli", texas) is None
    assert locate_town("Springfield") is None  # several


def test_gazetteer_prefers_states_of_the_text() -> None:
    far, near = locate("Birmingham"), locate("Birmingham", {"USA"})
    assert far is not None
    assert near is not None
    assert (far.country, near.country) == ("GBR", "USA")


def test_venues_lie_on_earth() -> None:
    assert len(load_venues()) > 100
    assert all(-90 <= v.lat <= 90 and -180 <= v.lon <= 180 for v in load_venues())


@given(st.text(max_size=30))
def test_gazetteer_takes_any_text(name: str) -> None:
    located = locate(name)
    assert located is None or located.name
