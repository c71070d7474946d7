import re

import pytest

from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.entries import Body, Group, State
from dragoman.knowledge.state_names import load_state_names
from dragoman.knowledge.surface import named_forms, spellings, state_forms

# Form, id, country, sector, kind; one row for every way of naming that the brief of the loader lists.
CERTAIN = [
    line.split("|")
    for line in """
North Korea|state:PRK|PRK|GOV|state
DPRK|state:PRK|PRK|GOV|state
Democratic People's Republic of Korea|state:PRK|PRK|GOV|state
Democratic People’s Republic of Korea|state:PRK|PRK|GOV|state
North Korean|state:PRK|PRK||adjective
North Koreans|state:PRK|PRK|CVL|demonym
Pyongyang|state:PRK|PRK|GOV|capital
South Korea|state:KOR|KOR|GOV|state
south Korea|state:KOR|KOR|GOV|state
ROK|state:KOR|KOR|GOV|state
South Korean|state:KOR|KOR||adjective
Seoul|state:KOR|KOR|GOV|capital
Blue House|state:KOR|KOR|GOV|metonym
Cheong Wa Dae|state:KOR|KOR|GOV|metonym
Yongsan|state:KOR|KOR|GOV|metonym
Russia|state:RUS|RUS|GOV|state
Russian Federation|state:RUS|RUS|GOV|state
Russian|state:RUS|RUS||adjective
Russians|state:RUS|RUS|CVL|demonym
Moscow|state:RUS|RUS|GOV|capital
Kremlin|state:RUS|RUS|GOV|metonym
Soviet Union|state:RUS|RUS|GOV|state
Soviet|state:RUS|RUS||adjective
China|state:CHN|CHN|GOV|state
PRC|state:CHN|CHN|GOV|state
Chinese|state:CHN|CHN||adjective
Beijing|state:CHN|CHN|GOV|capital
Zhongnanhai|state:CHN|CHN|GOV|metonym
Taiwan|state:TWN|TWN|GOV|state
Republic of China|state:TWN|TWN|GOV|state
Taiwanese|state:TWN|TWN||adjective
United States|state:USA|USA|GOV|state
U.S.|state:USA|USA|GOV|state
US|state:USA|USA|GOV|state
American|state:USA|USA||adjective
Washington|state:USA|USA|GOV|capital
White House|state:USA|USA|GOV|metonym
Foggy Bottom|state:USA|USA|GOV|metonym
Pentagon|state:USA|USA|MIL|metonym
Capitol Hill|state:USA|USA|LEG|metonym
United Kingdom|state:GBR|GBR|GOV|state
UK|state:GBR|GBR|GOV|state
British|state:GBR|GBR||adjective
Britons|state:GBR|GBR|CVL|demonym
Downing Street|state:GBR|GBR|GOV|metonym
Whitehall|state:GBR|GBR|GOV|metonym
Élysée|state:FRA|FRA|GOV|metonym
Elysee|state:FRA|FRA|GOV|metonym
Quai d’Orsay|state:FRA|FRA|GOV|metonym
Japanese|state:JPN|JPN||adjective
Tokyo|state:JPN|JPN|GOV|capital
Ukraine|state:UKR|UKR|GOV|state
Kyiv|state:UKR|UKR|GOV|capital
Kiev|state:UKR|UKR|GOV|capital
Lao|state:LAO|LAO||adjective
Emirati|state:ARE|ARE||adjective
UAE|state:ARE|ARE|GOV|state
Türkiye|state:TUR|TUR|GOV|state
Turkey|state:TUR|TUR|GOV|state
Côte d'Ivoire|state:CIV|CIV|GOV|state
Cote d’Ivoire|state:CIV|CIV|GOV|state
Burma|state:MMR|MMR|GOV|state
Kosovar|state:XKX|XKX||adjective
Palestinian|state:PSE|PSE||adjective
Nigerien|state:NER|NER||adjective
Nigerian|state:NGA|NGA||adjective
South Sudan|state:SSD|SSD|GOV|state
United Nations|body:un||IGO|body
UN|body:un||IGO|body
UN Security Council|body:unsc||IGO|body
European Union|body:eu||IGO|body
EU|body:eu||IGO|body
European Commission|body:european-commission||IGO|body
NATO|body:nato||IGO|body
IAEA|body:iaea||IGO|body
ASEAN|body:asean||IGO|body
G7|body:g7||IGO|body
BRICS|body:brics||IGO|body
Shanghai Cooperation Organization|body:sco||IGO|body
OPEC+|body:opec-plus||IGO|body
ICC|body:icc||IGO|body
International Criminal Court|body:icc||IGO|body
ICRC|body:icrc||NGO|body
Amnesty International|body:amnesty||NGO|body
AUKUS|body:aukus||IGO|body
MSMT|body:msmt||IGO|body
FATF|body:fatf||IGO|body
State Duma|organ:rus-state-duma|RUS|LEG|organ
FSB|organ:rus-fsb|RUS|SPY|organ
GRU|organ:rus-gru|RUS|SPY|organ
National Intelligence Service|organ:kor-nis|KOR|SPY|organ
Unification Ministry|organ:kor-unification-ministry|KOR|GOV|organ
KPA|organ:prk-kpa|PRK|MIL|organ
Korean People’s Army|organ:prk-kpa|PRK|MIL|organ
Workers' Party of Korea|organ:prk-wpk|PRK|GOV|organ
Supreme People's Assembly|organ:prk-spa|PRK|LEG|organ
IRGC|organ:irn-irgc|IRN|MIL|organ
PLA|organ:chn-pla|CHN|MIL|organ
MI6|organ:gbr-mi6|GBR|SPY|organ
CIA|organ:usa-cia|USA|SPY|organ
FBI|organ:usa-fbi|USA|COP|organ
State Department|organ:usa-state-department|USA|GOV|organ
Treasury Department|organ:usa-treasury|USA|GOV|organ
Bundestag|organ:deu-bundestag|DEU|LEG|organ
Knesset|organ:isr-knesset|ISR|LEG|organ
IDF|organ:isr-idf|ISR|MIL|organ
Mossad|organ:isr-mossad|ISR|SPY|organ
ISI|organ:pak-isi|PAK|SPY|organ
Hamas|group:hamas|PSE|REB|group
Hizbullah|group:hezbollah|LBN|REB|group
Islamic State|group:isis||REB|group
Houthis|group:houthis|YEM|REB|group
Wagner Group|group:wagner|RUS|PRM|group
Abkhazia|group:abkhazia|GEO|PRE|group
KCNA|outlet:kcna|PRK|JRN|outlet
Rodong Sinmun|outlet:rodong-sinmun|PRK|JRN|outlet
Tass|outlet:tass|RUS|JRN|outlet
ITAR-TASS|outlet:tass|RUS|JRN|outlet
Xinhua|outlet:xinhua|CHN|JRN|outlet
Yonhap|outlet:yonhap|KOR|JRN|outlet
Reuters|outlet:reuters|GBR|JRN|outlet
RFA|outlet:rfa|USA|JRN|outlet
American Military News|outlet:amn|USA|JRN|outlet
Asia News Network|outlet:ann|SGP|JRN|outlet
""".strip().splitlines()
]
CONTEXTUAL = [
    ("the North", {"state:PRK"}),
    ("The North", {"state:PRK"}),
    ("the South", {"state:KOR"}),
    ("Joint Chiefs of Staff", {"organ:kor-jcs", "organ:usa-jcs"}),
    ("Ministry of State Security", {"organ:prk-mss", "organ:chn-mss"}),
    ("the island", {"state:CUB", "state:TWN"}),
]
AMBIGUOUS = ["Georgia", "Jordan", "Chad", "Guinea", "Congo", "Niger", "Korea", "Brussels", "Sputnik", "The Guardian"]
NOT_A_NAME = ["us", "Male", "Liberation", "Reunion", "the", "turkey", "who", "South", "North", "IT", "May", "March"]


def forms_of(text):
    return [form for form in load_actors().surface_forms() if form.text == text]


@pytest.mark.parametrize("row", CERTAIN, ids=lambda row: row[0])
def test_surface_form_names_its_actor(row):
    text, actor_id, country, sector, kind = row
    (form,) = [form for form in forms_of(text) if not form.contextual]
    assert (form.actor_id, form.country or "", form.sector or "", form.kind) == (actor_id, country, sector, kind)


@pytest.mark.parametrize(("text", "actor_ids"), CONTEXTUAL)
def test_surface_contextual_forms_are_marked(text, actor_ids):
    forms = forms_of(text)
    assert {form.actor_id for form in forms} == actor_ids
    assert all(form.contextual for form in forms)


@pytest.mark.parametrize("text", [t for t in AMBIGUOUS if t != "The Guardian"] + ["Guardian"])
def test_surface_ambiguous_forms_are_marked(text):
    assert all(form.ambiguous or form.contextual for form in forms_of(text))
    assert forms_of(text)


@pytest.mark.parametrize("text", NOT_A_NAME)
def test_surface_leaves_common_words(text):
    assert forms_of(text) == []


def test_surface_how_follows_the_kind():
    how = {form.kind: form.how for form in load_actors().surface_forms() if not form.contextual}
    assert (how["state"], how["adjective"], how["demonym"]) == ("name", "demonym", "demonym")
    assert (how["capital"], how["metonym"], how["body"]) == ("metonym", "metonym", "name")
    assert {form.how for form in forms_of("the North")} == {"description"}


def test_surface_former_states_are_marked():
    assert all(form.former for form in forms_of("Soviet Union"))
    assert not any(form.former for form in forms_of("Russia"))


def test_surface_forms_are_clean():
    for form in load_actors().surface_forms():
        assert form.text == " ".join(form.text.split())
        assert len(form.text) > 1


def test_surface_names_are_canonical():
    actors = load_actors()
    for form in actors.surface_forms():
        assert form.actor == actors.by_id[form.actor_id].name


def test_surface_blockers_hide_a_name_each():
    actors = load_actors()
    names = {form.text for form in actors.surface_forms()}
    abroad = {name.name for name in load_state_names().in_other_scripts()}
    for blocker in actors.blockers:
        inside = [name for name in names if name in blocker and re.search(rf"\b{re.escape(name)}(?!\w)", blocker)]
        inside += [name for name in abroad if name in blocker]  # no spaces part their words
        assert inside, f"'{blocker}' hides no name"
        assert blocker not in names, blocker


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Élysée", {"Élysée", "Elysee"}),
        ("Ha'aretz", {"Ha'aretz", "Ha’aretz"}),
        ("Côte d'Ivoire", {"Côte d'Ivoire", "Cote d'Ivoire", "Côte d’Ivoire", "Cote d’Ivoire"}),
        ("the North", {"the North", "The North"}),
        ("Russia", {"Russia"}),
    ],
)
def test_surface_spellings(text, expected):
    assert set(spellings(text)) == expected


def test_surface_spellings_keep_accents_of_what_is_ambiguous():
    state = State(code="MDV", name="Maldives", capitals=("Malé",), ambiguous={"Malé": "an English word"})
    assert [form.text for form in state_forms(state)] == ["Maldives", "Malé"]


def test_surface_named_forms_of_hand_made_entries():
    body = Body(id="lighthouse-league", name="Lighthouse League", short="LL", contextual=("the League",))
    assert [(f.text, f.contextual, f.country) for f in named_forms(body)] == [
        ("Lighthouse League", False, None),
        ("LL", False, None),
        ("the League", True, None),
        ("The League", True, None),
    ]
    group = Group(id="lamplighters", name="Lamplighters", sector="SOC", country="ISL")
    assert [(f.actor_id, f.country, f.sector) for f in named_forms(group)] == [("group:lamplighters", "ISL", "SOC")]
