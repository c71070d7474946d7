from __future__ import annotations

import pytest

from dragoman.analysis.dyads import Direction, Voices, between, told_by
from tests.analysis.ties import KOREAN, RUSSIAN, told

AGENCY = "Korean Central News Agency"

ACTS = [
    told("aid", "PRK", "RUS", type="AID"),
    told("accuse", "RUS", "PRK", type="ACCUSE"),
    told("talks", "PRK", "RUS"),
    told("letter", "RUS", "PRK", symmetric=False),
    told("third", "PRK", "CHN"),
    told("own", "PRK", "PRK", type="MOBILIZE"),
]


@pytest.mark.parametrize(
    ("direction", "ids"),
    [
        ("both", ["aid", "accuse", "talks", "letter"]),
        ("out", ["aid", "talks"]),
        ("back", ["accuse", "talks", "letter"]),
    ],
)
def test_dyads_between_goes_by_direction_and_counts_what_both_do_in_both(direction: Direction, ids: list[str]) -> None:
    assert [each.id for each in between(ACTS, KOREAN, RUSSIAN, direction)] == ids


@pytest.mark.parametrize(
    ("voices", "ids"),
    [
        ("all", ["press", "agency", "quoted", "foreign"]),
        ("others", ["press", "foreign"]),
        ("own", ["agency", "quoted"]),
    ],
)
def test_dyads_told_by_tells_the_parties_own_media_from_others(voices: Voices, ids: list[str]) -> None:
    happened = [
        told("press"),
        told("agency", publisher=AGENCY),
        told("quoted", said_by=f"{AGENCY}/PRK"),
        told("foreign", "CHN", "RUS", publisher=AGENCY),
    ]
    assert [each.id for each in told_by(happened, voices)] == ids
