"""The keeper and what models said: seen on the next page, and without reading a large record again."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.web import keeper as keeping
from dragoman.web.keeper import Keeper
from dragoman.web.pages.review import ReviewAsked, review
from tests.opinions.samples import NO_EVENT
from tests.web.pages.test_second import tell


@pytest.mark.parametrize("quick", [1.0, -1.0])
def test_keeper_shows_an_opinion_at_once_and_reads_no_incidents_for_it(
    own_record: Path, monkeypatch: pytest.MonkeyPatch, quick: float
) -> None:
    monkeypatch.setattr(keeping, "QUICK", quick)
    keeper = Keeper(own_record)
    first = keeper.desk()
    assert review(first, ReviewAsked(event="e07")).second_coded == 0
    tell(own_record, "e07", NO_EVENT)
    second = keeper.desk()
    assert second is not first
    assert second.incidents is first.incidents
    assert keeper.stale is None
    assert review(second, ReviewAsked(event="e07")).second_coded == 1
    assert keeper.desk() is second


def test_keeper_lets_go_of_opinions_that_are_no_longer_the_last(own_record: Path) -> None:
    keeper = Keeper(own_record)
    for event in ("e07", "e08", "e09"):
        tell(own_record, event, NO_EVENT)
        review(keeper.desk(), ReviewAsked())
    kept = [key for key in keeper.desk().remembered() if isinstance(key, tuple) and key[0] == "opinions"]
    assert len(kept) == 1
