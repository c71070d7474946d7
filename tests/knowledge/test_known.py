from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.errors import KnowledgeError, UsageError
from dragoman.knowledge.holders import Tenure
from dragoman.knowledge.known import Known, _without, family_first, known_with, load_known, title_sector
from tests.knowledge.own_files import known_from, write_own


def holder(known: Known, role: str, country: str, on: str) -> str | None:
    office = known.holders.office_for(role, country)
    assert office is not None
    person = known.holders.holder_of(office.id, date.fromisoformat(on))
    return person.name if person else None


def test_known_without_a_file_is_ours() -> None:
    assert known_with(None) is load_known()


def test_known_refuses_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="dragoman actors add"):
        known_with(tmp_path / "actors.yaml")


def test_known_takes_a_new_person_with_an_office_of_ours(tmp_path: Path) -> None:
    known = known_from(
        tmp_path,
        """
        persons:
          - name: Ruth Ankrah
            country: GHA
            offices: [{office: foreign minister, from: 2025-02}]
        """,
    )
    person = known.holders.persons["ruth-ankrah"]
    assert (person.family, person.sector) == ("Ankrah", "GOV")
    assert holder(known, "foreign-minister", "GHA", "2025-02-01") is None  # some day of February
    assert holder(known, "foreign-minister", "GHA", "2030-01-01") == "Ruth Ankrah"
    assert "ruth-ankrah" not in load_known().holders.persons


def test_known_days_of_the_own_file_are_taken_out_of_ours(tmp_path: Path) -> None:
    assert holder(load_known(), "foreign-minister", "RUS", "2020-06-01") == "Sergei Lavrov"
    known = known_from(
        tmp_path,
        """
        persons:
          - name: Ivan Testov
            country: RUS
            offices: [{office: foreign minister, from: 2020-05-01, to: 2020-07-31}]
        """,
    )
    assert holder(known, "foreign-minister", "RUS", "2020-06-01") == "Ivan Testov"
    assert holder(known, "foreign-minister", "RUS", "2020-04-30") == "Sergei Lavrov"
    assert holder(known, "foreign-minister", "RUS", "2020-08-01") == "Sergei Lavrov"


def test_known_entry_of_ours_keeps_what_the_own_file_leaves_out(tmp_path: Path) -> None:
    known = known_from(tmp_path, "persons: [{name: Sergey Lavrov, country: RUS, names: [Lavrov the Elder]}]")
    person = known.holders.persons["sergei-lavrov"]
    assert person.name == "Sergey Lavrov"
    assert {"Lavrov the Elder", "Sergei Lavrov"} <= set(person.aliases)
    assert holder(known, "foreign-minister", "RUS", "2020-06-01") == "Sergey Lavrov"


def test_known_namesake_of_another_state_is_another_person(tmp_path: Path) -> None:
    known = known_from(tmp_path, "persons: [{name: Sergei Lavrov, country: PER}]")
    assert known.holders.persons["sergei-lavrov"].country == "RUS"
    assert known.holders.persons["sergei-lavrov-per"].country == "PER"


def test_known_takes_bodies_organs_groups_and_outlets(tmp_path: Path) -> None:
    known = known_from(
        tmp_path,
        """
        bodies:
          - {name: Lake Council, short: LC}
          - {name: Harbour Guard, country: GHA, sector: MIL}
        groups: [{name: Sea Lions, sector: REB}]
        outlets: [{name: Coast Dispatch, country: GHA, state_media: false}]
        """,
    )
    found = known.actors.by_id
    assert {"body:lake-council", "organ:gha-harbour-guard", "group:sea-lions", "outlet:coast-dispatch"} <= set(found)
    assert {"LC", "Sea Lions"} <= {form.text for form in known.actors.surface_forms()}


def test_known_outlet_of_ours_can_be_corrected(tmp_path: Path) -> None:
    known = known_from(tmp_path, "outlets: [{id: kcna, name: KCNA, state_media: false}]")
    outlet = next(o for o in known.actors.outlets if o.id == "kcna")
    assert (outlet.name, outlet.country, outlet.state_media) == ("KCNA", "PRK", False)
    assert "Korean Central News Agency" in outlet.names


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("persons: [{name: Ana Quispe}]", "give the person's country"),
        ("groups: [{name: Sea Lions}]", "give the sector"),
        ("outlets: [{name: Coast Dispatch, country: GHA}]", "state_media"),
        (
            "persons: [{name: Ana Quispe, country: PER, offices: [{office: keeper of bees, from: '2020'}]}]",
            "its sector",
        ),
        (
            "persons: [{name: Ana Quispe, country: PER, offices: [{office: foreign minister, from: '2020'}]},"
            " {name: Rosa Mamani, country: PER, offices: [{office: foreign minister, from: '2019'}]}]",
            "both hold",
        ),
    ],
)
def test_known_refuses_what_it_cannot_place(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(KnowledgeError, match=told):
        known_from(tmp_path, text)


def test_known_own_file_wins_over_imports(tmp_path: Path) -> None:
    office = '"offices":[{"office":"foreign minister","from":"2026-01-01"}]'
    (tmp_path / "actors.imported.jsonl").write_text(
        f'{{"name":"Rosa Mamani","country":"PER",{office}}}\n', encoding="utf-8"
    )
    own = tmp_path / "actors.yaml"
    assert holder(known_with(own), "foreign-minister", "PER", "2026-05-01") == "Rosa Mamani"
    write_own(
        tmp_path, "persons: [{name: Ana Quispe, country: PER, offices: [{office: foreign minister, from: 2026-03-01}]}]"
    )
    assert holder(known_with(own), "foreign-minister", "PER", "2026-02-01") == "Rosa Mamani"
    assert holder(known_with(own), "foreign-minister", "PER", "2026-05-01") == "Ana Quispe"


@pytest.mark.parametrize(("country", "first"), [("PRK", True), ("CHN", True), ("RUS", False), ("PER", False)])
def test_known_tells_where_the_family_name_comes_first(country: str, first: bool) -> None:
    assert (country in family_first(load_known().holders)) is first


@pytest.mark.parametrize(
    ("office", "sector"),
    [("Minister of Trade and Fishery", "GOV"), ("Member of the Parliament of Ghana", "LEG"), ("Keeper of Bees", None)],
)
def test_known_reads_the_sector_off_an_offices_title(office: str, sector: str | None) -> None:
    assert title_sector(office, load_known().actors) == sector


DAYS = st.integers(0, 3000).map(lambda n: date(2015, 1, 1) + timedelta(days=n))


@st.composite
def tenures(draw: st.DrawFn) -> Tenure:
    a, b, c, d = sorted(draw(st.lists(DAYS, min_size=4, max_size=4)))
    return Tenure(
        person="x", office="y", start_min=a, start_max=b, end_min=c, end_max=d, acting=False, sure="high", open=False
    )


@given(tenures(), tenures(), DAYS)
def test_known_what_is_left_of_a_tenure_is_what_lies_outside(under: Tenure, over: Tenure, day: date) -> None:
    pieces = list(_without(under, over))
    inside = over.start_max <= day <= over.end_min
    assert any(p.possibly(day) for p in pieces) == (under.possibly(day) and not inside)
    assert any(p.surely(day) for p in pieces) == (under.surely(day) and not inside)
    assert all(msgspec.structs.replace(p).start_min <= p.end_max for p in pieces)
