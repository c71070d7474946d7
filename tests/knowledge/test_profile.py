from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.errors import UsageError
from dragoman.knowledge.known import load_known
from dragoman.knowledge.profile import name_of, profiles
from tests.knowledge.own_files import known_from


@pytest.mark.parametrize(
    ("text", "actor_id"),
    [
        ("Sergei Lavrov", "person:sergei-lavrov"),
        ("sergey lavrov", "person:sergei-lavrov"),
        ("Lavrov", "person:sergei-lavrov"),
        ("person:sergei-lavrov", "person:sergei-lavrov"),
        ("PRK", "state:PRK"),
        ("the Kremlin", "state:RUS"),
        ("NATO", "body:nato"),
        ("KCNA", "outlet:kcna"),
    ],
)
def test_profile_finds_an_actor_by_any_name(text: str, actor_id: str) -> None:
    assert [p.actor_id for p in profiles(text, load_known())] == [actor_id]


def test_profile_suggests_near_names() -> None:
    with pytest.raises(UsageError, match="Near are: Sergei Lavrov"):
        profiles("Sergej Lavrow", load_known())


def test_profile_tells_offices_with_dates_and_how_sure(tmp_path: Path) -> None:
    known = known_from(
        tmp_path,
        """
        persons:
          - name: Ana Quispe
            country: PER
            offices:
              - {office: foreign minister, from: 2019-02, to: 2020-05-04, acting: true}
              - {office: defence minister, from: 2021, to: unknown}
              - {office: prime minister, from: 2026-01-01}
        """,
    )
    (profile,) = profiles("Ana Quispe", known)
    told = [(o.office.split(" of ")[0], o.start, o.end, o.seen, o.acting) for o in profile.offices]
    assert told == [
        ("Foreign Minister", "2019-02", "2020-05-04", None, True),
        ("Defence Minister", "2021", None, None, False),
        ("Prime Minister", "2026-01-01", None, "any later day", False),
    ]


def test_profile_names_an_id() -> None:
    assert name_of("person:sergei-lavrov", load_known()) == ("Sergei Lavrov", "RUS")
    assert name_of("state:PRK", load_known()) == ("North Korea", "PRK")
    assert name_of("person:nobody", load_known()) is None
