from __future__ import annotations

import pytest

from dragoman.analysis.happenings import happenings
from dragoman.analysis.sourcing import contested, is_alleged, state_media_of
from dragoman.model import ReportedEvent
from tests.briefing.builders import report


@pytest.mark.parametrize(
    ("reports", "alleged"),
    [
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="John Kirby/USA")], True, id="third party"),
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="~two officials")], True, id="unnamed people"),
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="~the timing")], False, id="no people"),
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="Kim Jong Un/PRK")], False, id="a party"),
        pytest.param([report("e1", "PRK", "RUS", type="AID")], False, id="the publisher's own words"),
        pytest.param([report("e1", "PRK", "RUS", type="AID", said_by="Morning Paper")], False, id="publisher named"),
        pytest.param(
            [
                report("e1", "PRK", "RUS", type="AID", said_by="John Kirby/USA"),
                report("e2", "PRK", "RUS", type="AID", said_by="Sergei Lavrov/RUS"),
            ],
            False,
            id="confirmed by a party",
        ),
    ],
)
def test_alleged_is_what_only_third_parties_say(reports: list[ReportedEvent], alleged: bool) -> None:
    (happening,) = happenings(reports)
    assert is_alleged(happening) is alleged


def test_contested_sets_a_denial_beside_what_it_denies() -> None:
    told = report("e1", "PRK", "RUS", type="AID", date="2022-09-01", published="2022-09-06")
    denied = report("e2", "PRK", "RUS", type="AID", status="denied", published="2022-09-22")
    (pair,) = contested(happenings([told, denied]))
    assert pair.denied.event.id == "e2"
    assert [t.event.id for t in pair.told] == ["e1"]


def test_contested_leaves_a_meeting_of_another_time() -> None:
    told = report("e1", "PRK", "RUS", date="2019-04-25", published="2019-04-26")
    denied = report("e2", "PRK", "RUS", status="denied", published="2023-05-01")
    (pair,) = contested(happenings([told, denied]))
    assert pair.told == ()


def test_state_media_is_told_by_any_of_its_names() -> None:
    assert state_media_of("KCNA") == "PRK"
    assert state_media_of("Daily NK") is None
    assert state_media_of("A paper nobody knows") is None
