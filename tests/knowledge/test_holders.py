import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError
from dragoman.knowledge.holders import FOLDER, Holders, fold_name, load_holders, read_holders

# Facts from all regions: the office, a day, and the holder.
HELD = [
    ("rus-defence-minister", "2023-07-26", "Sergei Shoigu"),
    ("rus-defence-minister", "2024-06-01", "Andrei Belousov"),
    ("rus-security-council-secretary", "2024-04-01", "Nikolai Patrushev"),
    ("rus-security-council-secretary", "2024-06-01", "Sergei Shoigu"),
    ("rus-foreign-minister", "2025-12-01", "Sergei Lavrov"),
    ("rus-ambassador-to-north-korea", "2025-11-01", "Alexander Matsegora"),
    ("ukr-chief-of-staff", "2025-11-01", "Andriy Yermak"),
    ("ukr-chief-of-staff", "2026-01-20", "Kyrylo Budanov"),
    ("ukr-defence-minister", "2026-01-20", "Mykhailo Fedorov"),
    ("vnm-foreign-minister", "2025-09-10", "Le Hoai Trung"),
    ("mng-defence-minister", "2018-06-01", "Nyamaa Enkhbold"),
    ("arg-foreign-minister", "2025-12-20", "Pablo Quirno"),
    ("fra-defence-minister", "2025-12-01", "Catherine Vautrin"),
    ("irn-supreme-leader", "2026-02-01", "Ali Khamenei"),
    ("kor-democratic-party-leader", "2019-06-01", "Lee Hae-chan"),
    ("kor-ruling-party-leader", "2019-06-01", "Lee Hae-chan"),
    ("kor-opposition-leader", "2023-06-01", "Lee Jae Myung"),
    ("prk-head-of-state", "1990-01-01", "Kim Il Sung"),
    ("jpn-chief-cabinet-secretary", "2011-03-11", "Yukio Edano"),
    ("rus-trade-minister", "2024-06-01", "Anton Alikhanov"),
    ("ukr-security-service-chief", "2026-01-20", "Yevhenii Khmara"),
    ("mmr-head-of-government", "2025-09-01", "Nyo Saw"),
    ("usa-interior-minister", "2019-06-01", "Kevin McAleenan"),
    ("rus-foreign-minister", "2003-05-01", "Igor Ivanov"),
    ("rus-foreign-minister", "2024-01-16", "Sergei Lavrov"),
    ("rus-head-of-state", "2010-01-01", "Dmitry Medvedev"),
    ("rus-head-of-government", "2010-01-01", "Vladimir Putin"),
    ("rus-speaker", "2024-01-01", "Vyacheslav Volodin"),
    ("rus-un-ambassador", "2016-06-01", "Vitaly Churkin"),
    ("prk-head-of-state", "2011-06-01", "Kim Jong Il"),
    ("prk-head-of-state", "2024-01-01", "Kim Jong Un"),
    ("prk-foreign-minister", "2019-02-28", "Ri Yong Ho"),
    ("prk-foreign-minister", "2021-05-01", "Ri Son Gwon"),
    ("prk-foreign-minister", "2024-11-04", "Choe Son Hui"),
    ("prk-defence-minister", "2023-07-26", "Kang Sun Nam"),
    ("prk-defence-minister", "2024-12-01", "No Kwang Chol"),
    ("prk-presidium-chairman", "2018-02-10", "Kim Yong Nam"),
    ("kor-head-of-state", "2016-06-01", "Park Geun-hye"),
    ("kor-head-of-state", "2017-04-01", "Hwang Kyo-ahn"),
    ("kor-head-of-state", "2025-05-01", "Han Duck-soo"),
    ("kor-foreign-minister", "2018-06-12", "Kang Kyung-wha"),
    ("kor-foreign-minister", "2023-12-01", "Park Jin"),
    ("kor-foreign-minister", "2024-08-01", "Cho Tae-yul"),
    ("kor-defence-minister", "2024-01-15", "Shin Won-sik"),
    ("kor-unification-minister", "2023-08-15", "Kim Yung-ho"),
    ("chn-foreign-minister", "2023-03-07", "Qin Gang"),
    ("chn-foreign-minister", "2023-09-18", "Wang Yi"),
    ("chn-defence-minister", "2023-06-04", "Li Shangfu"),
    ("chn-speaker", "2024-04-11", "Zhao Leji"),
    ("chn-head-of-state", "2008-08-08", "Hu Jintao"),
    ("jpn-head-of-government", "2020-10-01", "Yoshihide Suga"),
    ("jpn-foreign-minister", "2022-05-01", "Yoshimasa Hayashi"),
    ("jpn-foreign-minister", "2024-02-01", "Yoko Kamikawa"),
    ("jpn-defence-minister", "2023-06-01", "Yasukazu Hamada"),
    ("usa-foreign-minister", "2017-07-04", "Rex Tillerson"),
    ("usa-foreign-minister", "2018-04-10", "John Sullivan"),
    ("usa-foreign-minister", "2024-01-01", "Antony Blinken"),
    ("usa-national-security-adviser", "2019-01-01", "John Bolton"),
    ("usa-national-security-adviser", "2023-01-01", "Jake Sullivan"),
    ("usa-army-chief", "2024-01-01", "Charles Q. Brown"),
    ("usa-envoy-for-north-korea", "2022-06-01", "Sung Kim"),
    ("gbr-head-of-government", "2022-10-01", "Liz Truss"),
    ("gbr-foreign-minister", "2024-01-01", "David Cameron"),
    ("fra-head-of-government", "2024-11-01", "Michel Barnier"),
    ("deu-head-of-government", "2021-12-01", "Angela Merkel"),
    ("deu-defence-minister", "2022-06-01", "Christine Lambrecht"),
    ("ita-foreign-minister", "2021-01-01", "Luigi Di Maio"),
    ("can-foreign-minister", "2020-06-01", "François-Philippe Champagne"),
    ("aus-head-of-government", "2018-08-01", "Malcolm Turnbull"),
    ("ind-foreign-minister", "2016-01-01", "Sushma Swaraj"),
    ("bra-head-of-state", "2016-06-01", "Dilma Rousseff"),
    ("bra-head-of-state", "2020-01-01", "Jair Bolsonaro"),
    ("tur-head-of-government", "2016-01-01", "Ahmet Davutoğlu"),
    ("tur-foreign-minister", "2023-07-01", "Hakan Fidan"),
    ("irn-foreign-minister", "2024-06-15", "Ali Bagheri Kani"),
    ("irn-head-of-state", "2024-05-01", "Ebrahim Raisi"),
    ("isr-defence-minister", "2024-10-01", "Yoav Gallant"),
    ("ukr-army-chief", "2024-01-01", "Valerii Zaluzhnyi"),
    ("ukr-defence-minister", "2023-07-01", "Oleksii Reznikov"),
    ("twn-head-of-state", "2024-04-01", "Tsai Ing-wen"),
    ("vnm-ruling-party-leader", "2024-10-01", "To Lam"),
    ("vnm-head-of-state", "2023-02-01", "Vo Thi Anh Xuan"),
    ("mng-foreign-minister", "2023-01-01", "Battsetseg Batmunkh"),
    ("blr-foreign-minister", "2023-07-01", "Sergei Aleinik"),
    ("syr-foreign-minister", "2022-01-01", "Faisal Mekdad"),
    ("pol-defence-minister", "2022-02-24", "Mariusz Błaszczak"),
    ("swe-foreign-minister", "2018-06-01", "Margot Wallström"),
    ("pak-head-of-government", "2021-01-01", "Imran Khan"),
    ("mmr-foreign-minister", "2019-01-01", "Aung San Suu Kyi"),
    ("ken-head-of-state", "2020-01-01", "Uhuru Kenyatta"),
    ("zaf-foreign-minister", "2022-01-01", "Naledi Pandor"),
    ("mex-foreign-minister", "2022-01-01", "Marcelo Ebrard"),
    ("nzl-foreign-minister", "2021-06-01", "Nanaia Mahuta"),
    ("un-secretary-general", "2016-12-01", "Ban Ki-moon"),
    ("nato-secretary-general", "2024-12-01", "Mark Rutte"),
    ("iaea-director-general", "2023-01-01", "Rafael Grossi"),
    ("eu-high-representative", "2023-01-01", "Josep Borrell"),
]
# The months and days of a handover known in part, vacancies, time after the last knowledge, unknown offices.
NOT_HELD = [
    ("kor-opposition-leader", "2019-10-01"),
    ("kor-foreign-minister", "2024-01-10"),
    ("prk-foreign-minister", "2020-01-15"),
    ("chn-defence-minister", "2023-11-15"),
    ("rus-head-of-state", "2008-05-07"),
    ("lbn-head-of-state", "2023-06-01"),
    ("rus-foreign-minister", "2099-01-01"),
    ("rus-ambassador-to-north-korea", "2026-01-15"),
    ("irn-supreme-leader", "2026-03-03"),
    ("rus-minister-of-silly-walks", "2020-01-01"),
]
TITLES = [
    ("foreign minister", "foreign-minister"),
    ("the Minister of Foreign Affairs", "foreign-minister"),
    ("top diplomat", "foreign-minister"),
    ("Defense Secretary", "defence-minister"),
    ("defence minister", "defence-minister"),
    ("acting president", "head-of-state"),
    ("premier", "head-of-government"),
    ("chancellor", "head-of-government"),
    ("national-security adviser", "national-security-adviser"),
    ("ambassador to the United Nations", "un-ambassador"),
    ("chief of the General Staff", "army-chief"),
    ("deputy foreign minister", "deputy-foreign-minister"),
    ("foreign ministry spokeswoman", "foreign-ministry-spokesperson"),
    ("milkman", None),
    ("minister", None),
    ("former president", None),
]
OFFICE_TITLES = [
    ("Secretary of State", "USA", "usa-foreign-minister"),
    ("Secretary of State", "VAT", "vat-head-of-government"),
    ("foreign secretary", "GBR", "gbr-foreign-minister"),
    ("foreign secretary", "IND", "ind-deputy-foreign-minister"),
    ("leader", "PRK", "prk-head-of-state"),
    ("supreme leader", "PRK", "prk-head-of-state"),
    ("supreme leader", "IRN", "irn-supreme-leader"),
    ("chairman of the State Affairs Commission", "PRK", "prk-head-of-state"),
    ("Duma speaker", "RUS", "rus-speaker"),
    ("CIA director", "USA", "usa-intelligence-chief"),
    ("secretary-general", "nato", "nato-secretary-general"),
    ("foreign policy chief", "eu", "eu-high-representative"),
    ("foreign minister", "TUV", "tuv-foreign-minister"),
    ("prime minister", "USA", None),
    ("supreme leader", "FRA", None),
    ("leader", "FRA", None),
    ("foreign minister", "XYZ", None),
]


@pytest.fixture(scope="module")
def holders() -> Holders:
    return load_holders()


@pytest.mark.parametrize(("office", "day", "name"), HELD)
def test_holders_tells_who_held_an_office(holders: Holders, office: str, day: str, name: str) -> None:
    person = holders.holder_of(office, date.fromisoformat(day))
    assert person is not None
    assert person.name == name


@pytest.mark.parametrize(("office", "day"), NOT_HELD)
def test_holders_names_nobody_where_unsure(holders: Holders, office: str, day: str) -> None:
    assert holders.holder_of(office, date.fromisoformat(day)) is None


def test_holders_takes_open_ends_as_lasting_only_when_asked(holders: Holders) -> None:
    later = date(2099, 1, 1)
    person = holders.holder_of("rus-foreign-minister", later, beyond=True)
    assert person is not None
    assert person.id == "sergei-lavrov"
    assert holders.offices_of("sergei-lavrov", later) == ()
    assert [o.id for o in holders.offices_of("sergei-lavrov", later, beyond=True)] == ["rus-foreign-minister"]


def test_holders_ranks_the_offices_of_a_person(holders: Holders) -> None:
    now = holders.offices_of("xi-jinping", date(2024, 1, 1))
    ever = holders.offices_of("sergei-shoigu", None)
    assert [o.id for o in now] == ["chn-head-of-state", "chn-ruling-party-leader"]
    assert [o.id for o in ever] == ["rus-defence-minister", "rus-security-council-secretary"]


def test_holders_tells_former_offices_from_present_ones(holders: Holders) -> None:
    day = date(2024, 9, 1)
    assert [o.name for o in holders.former_offices_of("sergei-shoigu", day)] == ["Defence Minister of Russia"]
    assert "usa-head-of-state" in {o.id for o in holders.former_offices_of("donald-trump", day)}
    assert holders.former_offices_of("donald-trump", date(2025, 3, 1)) == ()
    assert "chn-foreign-minister" not in {o.id for o in holders.former_offices_of("wang-yi", day)}


@pytest.mark.parametrize(("title", "role"), TITLES)
def test_holders_reads_titles_without_their_state(holders: Holders, title: str, role: str | None) -> None:
    assert holders.role_of_title(title) == role


@pytest.mark.parametrize(("title", "of", "office"), OFFICE_TITLES)
def test_holders_reads_titles_beside_a_state(holders: Holders, title: str, of: str, office: str | None) -> None:
    found = holders.office_titled(title, of)
    assert (found and found.id) == office


@pytest.mark.parametrize(
    ("role", "country", "name"),
    [
        ("foreign-minister", "RUS", "Foreign Minister of Russia"),
        ("foreign-minister", "USA", "Secretary of State of the United States"),
        ("head-of-state", "JPN", "Emperor of Japan"),
        ("head-of-government", "DEU", "Chancellor of Germany"),
        ("un-ambassador", "PRK", "Ambassador of North Korea to the United Nations"),
        ("head-of-government", "XKX", "Prime Minister of Kosovo"),
    ],
)
def test_holders_names_offices(holders: Holders, role: str, country: str, name: str) -> None:
    office = holders.office_for(role, country)
    assert office is not None
    assert (office.name, office.role, office.country) == (name, role, country)


def test_holders_finds_persons_by_family_name(holders: Holders) -> None:
    assert [p.id for p in holders.persons_named("LAVROV")] == ["sergei-lavrov"]
    assert [p.id for p in holders.persons_named("cavusoglu")] == ["mevlut-cavusoglu"]
    assert {"kim-jong-un", "kim-yo-jong", "kim-yung-ho", "sung-kim"} <= {p.id for p in holders.persons_named("Kim")}
    assert holders.persons_named("Nobody") == ()


@pytest.mark.parametrize(
    ("words", "person"),
    [
        ("King Charles", "charles-iii"),
        ("King Philippe", "philippe"),
        ("von der Leyen", "ursula-von-der-leyen"),
        ("Suu Kyi", "aung-san-suu-kyi"),
        ("Charles", None),
        ("Philippe", None),
        ("Carl Gustaf", None),
    ],
)
def test_holders_know_rulers_by_their_title_and_others_by_all_words_of_their_family_name(
    holders: Holders, words: str, person: str | None
) -> None:
    found = holders.person_called(words)
    assert (found.id if found else None) == person


@pytest.mark.parametrize("given", ["Charles", "Felipe", "Frederik", "Salman", "Tamim"])
def test_holders_take_no_given_name_of_a_ruler_for_a_family_name(holders: Holders, given: str) -> None:
    assert holders.persons_named(given) == ()


def test_holders_tells_the_body_from_the_state_of_a_person(holders: Holders) -> None:
    (office,) = holders.offices_of("antonio-guterres", date(2020, 1, 1))
    assert (office.body, office.country, office.sector) == ("un", None, "IGO")
    assert holders.persons["antonio-guterres"].country == "PRT"


def test_holders_keeps_tenures_in_order(holders: Holders) -> None:
    for tenure in holders.tenures:
        assert tenure.start_min <= tenure.start_max, tenure
        assert tenure.end_min <= tenure.end_max, tenure
        assert tenure.start_min <= tenure.end_max, tenure


@given(day=st.dates(date(1995, 1, 1), date(2030, 1, 1)), pick=st.integers(min_value=0))
def test_holders_never_contradicts_itself(day: date, pick: int) -> None:
    holders = load_holders()
    office = sorted(holders.offices)[pick % len(holders.offices)]
    person = holders.holder_of(office, day)
    if person is not None:
        assert office in {o.id for o in holders.offices_of(person.id, day)}
        assert office not in {o.id for o in holders.former_offices_of(person.id, day)}


@pytest.mark.parametrize(
    ("written", "folded"),
    [("Kim Jŏng-ŭn", "kim jong un"), ("KIM JONG UN", "kim jong un"), ("Mevlüt Çavuşoğlu", "mevlut cavusoglu")],
)
def test_holders_folds_names(written: str, folded: str) -> None:
    assert fold_name(written) == folded


OFFICES = """
known_until: 2025-03-31
country_names: {RUS: Russia}
roles:
  - {id: foreign-minister, name: "Foreign Minister of {country}", sector: GOV, titles: [foreign minister]}
  - {id: deputy-foreign-minister, name: "Deputy of {country}", sector: GOV, single: false, titles: [deputy]}
without: {}
countries: {}
offices:
  - {id: un-chief, name: Chief, body: un, sector: IGO, like: foreign-minister, titles: [chief]}
"""
PERSONS = """id,name,aliases,family,country,sector,gender
ann-archer,Ann Archer,Anna Archer,Archer,RUS,GOV,f
bob-baker,Bob Baker,,Baker,RUS,GOV,
"""
TENURES = """person,office,from,to,acting,sure,open,seen
ann-archer,rus-foreign-minister,2010-01-01,2015-01-01,0,high,0,
bob-baker,rus-foreign-minister,2015-01,,0,high,1,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "offices.yaml").write_text(OFFICES, encoding="utf-8")
    (tmp_path / "persons.csv").write_text(PERSONS, encoding="utf-8")
    (tmp_path / "tenures.csv").write_text(TENURES, encoding="utf-8")
    return tmp_path


def test_holders_reads_a_folder(folder: Path) -> None:
    small = read_holders(folder)
    assert small.holder_of("rus-foreign-minister", date(2015, 1, 1)) is None
    assert small.holder_of("rus-foreign-minister", date(2015, 2, 1)) == small.persons["bob-baker"]
    assert small.holder_of("rus-foreign-minister", date(2025, 4, 1)) is None


def test_holders_counts_an_acting_holder_only_without_another(folder: Path) -> None:
    rows = "ann-archer,rus-foreign-minister,2020-01-01,2020-06-01,1,high,0,\n"
    rows += "ann-archer,un-chief,2020-01-01,2020-06-01,1,high,0,\n"
    (folder / "tenures.csv").write_text(TENURES + rows, encoding="utf-8")
    small = read_holders(folder)
    assert small.holder_of("rus-foreign-minister", date(2020, 3, 1)) == small.persons["bob-baker"]
    assert small.holder_of("un-chief", date(2020, 3, 1)) == small.persons["ann-archer"]


def test_holders_takes_medium_dates_with_a_month_of_doubt(folder: Path) -> None:
    rows = "ann-archer,un-chief,2020-01-01,2021-01-01,0,medium,0,\n"
    (folder / "tenures.csv").write_text(TENURES + rows, encoding="utf-8")
    small = read_holders(folder)
    assert small.holder_of("un-chief", date(2020, 1, 20)) is None
    assert small.holder_of("un-chief", date(2020, 2, 20)) == small.persons["ann-archer"]


def test_holders_ends_an_unknown_end_at_the_next_holder(folder: Path) -> None:
    rows = "ann-archer,un-chief,2020-01-01,,0,high,0,\nbob-baker,un-chief,2022-01-01,,0,high,1,\n"
    (folder / "tenures.csv").write_text(TENURES + rows, encoding="utf-8")
    small = read_holders(folder)
    assert small.holder_of("un-chief", date(2021, 1, 1)) is None
    assert small.holder_of("un-chief", date(2023, 1, 1)) == small.persons["bob-baker"]


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("offices.yaml", "sector: IGO", "sector: XXX", "offices.yaml, 'un-chief': unknown sector 'XXX'"),
        ("offices.yaml", "{RUS: Russia}", "{RUX: Russia}", "'RUX' is not an ISO"),
        ("offices.yaml", "like: foreign-minister", "like: foreign", "unknown role 'foreign'"),
        ("offices.yaml", "titles: [deputy]", "titles: [foreign minister]", "title 'foreign minister'"),
        ("offices.yaml", "body: un,", "", "needs either a country or a body"),
        ("offices.yaml", "without: {}", "within: {}", "offices.yaml: "),
        ("offices.yaml", "countries: {}", "countries: {", "offices.yaml: "),
        ("persons.csv", "bob-baker,", "ann-archer,", "persons.csv, line 3: person 'ann-archer' stands there twice"),
        ("persons.csv", "bob-baker,", "Bob Baker,", "line 3: 'Bob Baker' is not an id"),
        (
            "persons.csv",
            "Bob Baker,,",
            "Bob Baker,ANNA ARCHER,",
            "line 3: 'ANNA ARCHER' is also a name of 'ann-archer'",
        ),
        ("persons.csv", "Baker,RUS,GOV", "Baker,RSU,GOV", "line 3: 'RSU' is not an ISO"),
        ("persons.csv", "RUS,GOV,\n", "RUS,GOV,x\n", "line 3: 'x' is not a gender"),
        ("persons.csv", "Baker,RUS,GOV", "Baker,RUS,XXX", "line 3: unknown sector 'XXX'"),
        ("persons.csv", "Baker,RUS,GOV", "Baker,RUS", "line 3: the line has 6 fields"),
        ("persons.csv", "id,name", "name,id", "persons.csv, line 1: the columns must be"),
        ("tenures.csv", "bob-baker", "bob", "tenures.csv, line 3: unknown person 'bob'"),
        ("tenures.csv", "baker,rus-foreign", "baker,rux-foreign", "line 3: unknown office 'rux-foreign-minister'"),
        ("tenures.csv", "2010-01-01", "2010-13-01", "line 2: '2010-13-01' is not a date"),
        ("tenures.csv", "2010-01-01", "2010-1-1", "line 2: '2010-1-1' is not a date"),
        ("tenures.csv", "2010-01-01", "2016-01-01", "line 2: the tenure ends (2015-01-01) before it begins"),
        ("tenures.csv", "2015-01,,", "2014-01-01,,", "line 3: 'bob-baker' and 'ann-archer' both hold"),
        ("tenures.csv", "2015-01,,0,high", "2015-01,,0,low", "line 3, field 'sure': 'low' is not one of"),
        ("tenures.csv", "2015-01,,", "2015-01,2016-01,", "line 3: an open tenure has no end"),
        ("tenures.csv", "0,high,0,", "0,high,0,2015-01-01", "line 2, field 'seen'"),
    ],
)
def test_holders_rejects_broken_files(folder: Path, file: str, old: str, new: str, message: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as error:
        read_holders(folder)
    assert message in str(error.value)


@pytest.mark.parametrize(
    ("office", "acting", "sure"),
    [("rus-deputy-foreign-minister", "0", "high"), ("un-chief", "1", "high"), ("un-chief", "0", "medium")],
)
def test_holders_allows_overlaps_that_can_be(folder: Path, office: str, acting: str, sure: str) -> None:
    rows = f"ann-archer,{office},2010,2020,0,high,0,\nbob-baker,{office},2010,2020,{acting},{sure},0,\n"
    (folder / "tenures.csv").write_text(TENURES + rows, encoding="utf-8")
    assert len(read_holders(folder).tenures) == 4


def test_holders_finds_a_mistake_in_a_copy_of_the_real_files(tmp_path: Path) -> None:
    for name in ("offices.yaml", "persons.csv", "tenures.csv"):
        shutil.copy(FOLDER / name, tmp_path / name)
    path = tmp_path / "tenures.csv"
    path.write_text(path.read_text("utf-8") + "mike-pence,usa-head-of-state,2018-01-01,2019-01-01,0,high,0,\n", "utf-8")
    with pytest.raises(KnowledgeError, match="'mike-pence' and 'donald-trump' both hold 'usa-head-of-state'"):
        read_holders(tmp_path)
