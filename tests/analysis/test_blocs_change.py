from __future__ import annotations

from dragoman.analysis.blocs import network
from dragoman.analysis.blocs_change import change
from tests.analysis.test_blocs import acts

BEFORE = network([*acts("PRK", "RUS", "ACCUSE"), *acts("PRK", "CHN", "AID"), *acts("KOR", "USA", "AID")])
AFTER = network([*acts("PRK", "RUS", "AID"), *acts("PRK", "CHN", "AID"), *acts("FRA", "USA", "AID")])


def test_blocs_change_tells_ties_that_turned_and_who_came_together() -> None:
    found = change(BEFORE, AFTER)
    assert [(t.one, t.other, t.before.sign, t.after.sign) for t in found.turned] == [("PRK", "RUS", -1, 1)]
    assert found.together == (("CHN", "RUS"), ("PRK", "RUS"))
    assert found.apart == ()


def test_blocs_change_says_nothing_of_states_that_one_window_does_not_tell_of() -> None:
    found = change(AFTER, BEFORE)
    assert found.apart == (("CHN", "RUS"), ("PRK", "RUS"))
    assert all("FRA" not in pair and "KOR" not in pair for pair in (*found.together, *found.apart))
