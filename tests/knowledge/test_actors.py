import shutil

import pycountry
import pytest

from dragoman.errors import KnowledgeError
from dragoman.knowledge.actors import load_actors
from dragoman.knowledge.files import KNOWLEDGE

FILES = ("states", "bodies", "organs", "groups", "outlets", "agents", "titles", "blockers")


@pytest.fixture
def copy(tmp_path):
    """A copy of the actor files, to be broken."""
    for name in FILES:
        shutil.copy(KNOWLEDGE / f"{name}.yaml", tmp_path)
    return tmp_path


def change(folder, name, old, new):
    path = folder / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def append(folder, name, text):
    with (folder / f"{name}.yaml").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def test_actors_states_cover_iso_3166_and_kosovo():
    codes = {country.alpha_3 for country in pycountry.countries} | {"XKX"}
    assert {state.code for state in load_actors().states} == codes


def test_actors_states_are_complete():
    uninhabited = {"ATA", "ATF", "BVT", "CCK", "HMD", "IOT", "MAC", "NFK", "TKL", "UMI"}
    for state in load_actors().states:
        assert state.capital or state.code in uninhabited, state.code


def test_actors_state_gives_one_by_code():
    state = load_actors().state("PRK")
    assert (state.name, state.capital, "DPRK" in state.names) == ("North Korea", "Pyongyang", True)
    with pytest.raises(KeyError):
        load_actors().state("ZZZ")


@pytest.mark.parametrize(
    ("actor_id", "name"),
    [
        ("state:RUS", "Russia"),
        ("body:un", "United Nations"),
        ("body:nato", "NATO"),
        ("body:iaea", "International Atomic Energy Agency"),
        ("organ:rus-fsb", "Federal Security Service"),
        ("group:hamas", "Hamas"),
        ("outlet:kcna", "Korean Central News Agency"),
    ],
)
def test_actors_by_id_holds_stable_ids(actor_id, name):
    assert load_actors().by_id[actor_id].name == name


@pytest.mark.parametrize(
    ("noun", "sector"),
    [
        ("troops", "MIL"), ("soldier", "MIL"), ("police officers", "COP"), ("lawmakers", "LEG"), ("judge", "JUD"),
        ("protesters", "OPP"), ("border guards", "MIL"), ("state media", "JRN"), ("diplomats", "GOV"),
        ("officials", "GOV"), ("rebels", "REB"), ("hackers", "CRM"), ("refugees", "REF"), ("fishermen", "AGR"),
        ("workers", "LAB"), ("students", "EDU"), ("spies", "SPY"), ("gunmen", "UAF"), ("doctor", "MED"),
        ("mercenaries", "PRM"), ("companies", "BUS"), ("bishops", "REL"), ("activists", "SOC"), ("civilians", "CVL"),
    ],
)  # fmt: skip
def test_actors_agents_have_sectors(noun, sector):
    assert load_actors().agents[noun] == sector


@pytest.mark.parametrize(
    ("outlet", "of_the_state"),
    [
        ("kcna", True),
        ("tass", True),
        ("rthk", True),
        ("efe", True),
        ("bbc", False),
        ("afp", False),
        ("yonhap", False),
        ("dw", False),
        ("france-24", False),
        ("voa", False),
        ("kan", False),
        ("ctk", False),
        ("swissinfo", False),
    ],
)
def test_actors_outlets_tell_state_media_from_public_ones(outlet, of_the_state):
    assert load_actors().by_id[f"outlet:{outlet}"].state_media is of_the_state


@pytest.mark.parametrize(
    ("group", "home", "sector"),
    [
        ("hamas", "PSE", "REB"), ("hezbollah", "LBN", "REB"), ("houthis", "YEM", "REB"), ("m23", "COD", "REB"),
        ("wagner", "RUS", "PRM"), ("taliban", "AFG", "GOV"), ("isis", None, "REB"), ("transnistria", "MDA", "PRE"),
    ],
)  # fmt: skip
def test_actors_groups_have_a_home_only_where_it_is_one(group, home, sector):
    entry = load_actors().by_id[f"group:{group}"]
    assert (entry.country, entry.sector) == (home, sector)


@pytest.mark.parametrize("noun", ["table", "peninsula", "missile", "Russia"])
def test_actors_agents_leave_other_nouns(noun):
    assert noun not in load_actors().agents


def test_actors_agents_tell_plurals():
    actors = load_actors()
    assert "soldiers" in actors.agent_plurals
    assert "soldier" not in actors.agent_plurals


@pytest.mark.parametrize(
    ("noun", "name", "sector"),
    [
        ("foreign ministry", "Foreign Ministry", "GOV"),
        ("ministry of foreign affairs", "Foreign Ministry", "GOV"),
        ("defense ministry", "Defence Ministry", "MIL"),
        ("army", "Armed Forces", "MIL"),
        ("parliament", "Parliament", "LEG"),
        ("supreme court", "Court", "JUD"),
        ("riot police", "Police", "COP"),
        ("embassy", "Embassy", "GOV"),
        ("opposition", "Opposition", "OPP"),
        ("spy agency", "Intelligence Service", "SPY"),
    ],
)
def test_actors_patterns_name_organs(noun, name, sector):
    pattern = load_actors().patterns[noun]
    assert (pattern.name, pattern.sector) == (name, sector)


@pytest.mark.parametrize(
    ("words", "sector", "role"),
    [
        ("president", "GOV", "head_of_state"),
        ("prime minister", "GOV", "head_of_government"),
        ("foreign minister", "GOV", "foreign_minister"),
        ("minister of foreign affairs", "GOV", "foreign_minister"),
        ("FM", "GOV", "foreign_minister"),
        ("defense minister", "MIL", "defence_minister"),
        ("defence minister", "MIL", "defence_minister"),
        ("senator", "LEG", "legislator"),
        ("speaker", "LEG", "speaker"),
        ("security council secretary", "GOV", "security_adviser"),
        ("spy chief", "SPY", "intelligence_chief"),
        ("secretary-general", "IGO", "body_head"),
        ("opposition leader", "OPP", "party_leader"),
    ],
)
def test_actors_titles_have_sector_and_role(words, sector, role):
    title = load_actors().titles[words]
    assert (title.sector, title.role) == (sector, role)


def test_actors_title_words_are_grouped():
    actors = load_actors()
    assert actors.title_plurals["foreign ministers"].role == "foreign_minister"
    assert actors.ranks["Gen."] == "MIL"
    assert {"Respected Comrade", "Comrade", "Mr.", "Dr."} <= set(actors.honorifics)
    assert actors.honorifics.index("Respected Comrade") < actors.honorifics.index("Comrade")
    assert "former" in actors.former
    assert "acting" in actors.qualifiers
    assert "Comrade" not in actors.ranks


def test_actors_cannot_be_changed():
    actors = load_actors()
    with pytest.raises(AttributeError):
        actors.state("RUS").name = "X"
    with pytest.raises(TypeError):
        actors.agents["table"] = "MIL"


def test_actors_load_an_unchanged_copy(copy):
    assert load_actors(copy).forms == load_actors().forms


@pytest.mark.parametrize(
    ("name", "old", "new", "parts"),
    [
        ("states", "  name: North Korea", "  nane: North Korea", ["states.yaml", "PRK", "nane"]),
        ("states", "- code: PRK\n  name: North Korea\n", "- code: PRK\n", ["states.yaml", "PRK", "name"]),
        ("states", "- code: RUS", "- code: PRK", ["states.yaml", "PRK", "code is given twice"]),
        ("states", "capitals: [Moscow]", "capitals: [Moscow, Moscow]", ["states.yaml", "Russia", "Moscow"]),
        ("states", "capitals: [Moscow]", "capitals: ['Moscow ']", ["states.yaml", "padded"]),
        ("states", "capitals: [Moscow]", "capitals: [Kyiv]", ["Kyiv", "state:RUS", "state:UKR"]),
        ("states", "name: Pentagon, sector: MIL", "name: Pentagon, sector: ARM", ["states.yaml", "USA", "ARM"]),
        ("bodies", "parent: unsc", "parent: unsx", ["bodies.yaml", "unknown parent 'unsx'"]),
        ("bodies", "members: [ARM, BLR", "members: [XXX, BLR", ["bodies.yaml", "unknown state code 'XXX'"]),
        ("organs", "  RUS:\n", "  ROS:\n", ["organs.yaml", "unknown state code 'ROS'"]),
        ("organs", "patterns:", "pattern:", ["organs.yaml", "patterns"]),
        ("organs", "id: state-duma,", "id: svr,", ["organs.yaml", "organ:rus-svr"]),
        ("groups", "name: Palestinian Islamic Jihad", "name: Hamas", ["groups.yaml", "Hamas", "name is given twice"]),
        ("groups", "ambiguous: {Wagner: a surname}", "ambiguous: {Wagnr: a surname}", ["Wagner Group", "Wagnr"]),
        ("outlets", "state_media: true", "state_media: maybe", ["outlets.yaml", "kcna", "state_media"]),
        ("outlets", "country: PRK", "country: PRQ", ["outlets.yaml", "Korean Central", "PRQ"]),
        ("agents", "MIL:\n", "ARMY:\n", ["agents.yaml", "ARMY"]),
        ("agents", "  soldier: soldiers\n", "  official: soldiers\n", ["agents.yaml", "official"]),
        ("titles", "role: head_of_state", "role: boss", ["titles.yaml", "president", "boss"]),
        ("titles", "ranks:", "rank:", ["titles.yaml", "ranks"]),
        ("titles", "- acting\n", "- acting\n- acting\n", ["titles.yaml", "acting"]),
    ],
)
def test_actors_broken_file_is_named_with_its_entry(copy, name, old, new, parts):
    change(copy, name, old, new)
    with pytest.raises(KnowledgeError) as caught:
        load_actors(copy)
    for part in parts:
        assert part in str(caught.value)


def test_actors_missing_file_is_named(copy):
    (copy / "groups.yaml").unlink()
    with pytest.raises(KnowledgeError, match=r"groups\.yaml"):
        load_actors(copy)


def test_actors_two_owners_of_one_form_need_a_mark(copy):
    append(copy, "groups", "- {id: new, sector: REB, country: RUS, name: New group, names: [Hamas]}")
    with pytest.raises(KnowledgeError, match=r"'Hamas' stands for both group:hamas .* and group:new"):
        load_actors(copy)


@pytest.mark.parametrize("mark", ["contextual: [Hamas]", "names: [Hamas], ambiguous: {Hamas: the other group}"])
def test_actors_two_owners_of_one_form_may_be_marked(copy, mark):
    append(copy, "groups", f"- {{id: new, sector: REB, country: RUS, name: New group, {mark}}}")
    owners = {form.actor_id for form in load_actors(copy).surface_forms() if form.text == "Hamas"}
    assert owners == {"group:hamas", "group:new"}
