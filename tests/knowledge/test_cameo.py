from __future__ import annotations

import pytest

from dragoman.knowledge.cameo import load_cameo
from dragoman.knowledge.ontology import TYPES, load_ontology

NOT_THE_SAME = {"ACCUSE", "PROTEST/boycott"}
"""Written as a code that is read as one of their modes, or as another mode."""


@pytest.mark.parametrize(
    ("code", "act"),
    [
        ("042", ("CONSULT", "visit")),
        ("0331", ("AGREE", None)),
        ("010", (None, None)),
        ("10", ("REQUEST", None)),
        ("0234", (None, None)),
        ("085", ("CONCEDE", None)),
        ("0841", ("RETREAT", "release")),
        ("163", ("SANCTION", None)),
        ("1952", ("ASSAULT", "drone")),
        ("2042", ("ASSAULT", "unconventional")),
    ],
)
def test_cameo_code_gives_type_and_mode(code: str, act: tuple[str | None, str | None]) -> None:
    assert load_cameo().act(code) == act


@pytest.mark.parametrize("code", ["", "0", "00", "21", "4", "04a", "04222", "---"])
def test_cameo_refuses_what_is_no_code(code: str) -> None:
    with pytest.raises(ValueError, match="is no CAMEO code"):
        load_cameo().act(code)


def test_cameo_written_codes_are_read_as_what_was_written() -> None:
    cameo = load_cameo()
    for act, code in cameo.written.items():
        type_name, mode = cameo.act(code)
        assert act in NOT_THE_SAME or act == (f"{type_name}/{mode}" if mode else type_name)


@pytest.mark.parametrize("name", TYPES)
def test_cameo_every_type_and_mode_has_a_code_of_its_type(name: str) -> None:
    for mode in (None, *load_ontology().types[name].modes):
        assert load_cameo().act(load_cameo().code(name, mode))[0] == name


@pytest.mark.parametrize(("code", "quad"), [("057", 1), ("081", 2), ("129", 3), ("14", 4), ("203", 4)])
def test_cameo_quad_is_that_of_the_root(code: str, quad: int) -> None:
    assert load_cameo().quad(code) == quad


def test_cameo_older_types_countries_and_sectors() -> None:
    cameo = load_cameo()
    assert [cameo.type_named(name) for name in ("demand", "INVESTIGATE", "AID", "DANCE")] == [
        "REQUEST",
        "ACCUSE",
        "AID",
        None,
    ]
    assert [cameo.country(code) for code in ("ROM", "PRK", "EUR", "QQQ")] == ["ROU", "PRK", None, None]
    assert (cameo.is_region("EUR"), cameo.is_region("PRK")) == (True, False)
    assert [cameo.actor_type(s) for s in ("GOV", "JRN", "MED", "UNK", None)] == ["GOV", "MED", "HLH", None, None]
    assert [cameo.sector(s) for s in ("GOV", "MED", "HLH", "CVL", "XYZ")] == ["GOV", "JRN", "MED", "CVL", None]
