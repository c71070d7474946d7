from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.web.layout import Box, Link, placed

BOX = Box(width=400, height=300, margin=30)


def test_layout_friends_stand_nearer_than_rivals() -> None:
    links = [Link(one=0, other=1, pull=1.0), Link(one=1, other=2, pull=-1.0), Link(one=0, other=2, pull=-1.0)]
    one, friend, rival = placed([10, 10, 10], links, [1, 1, 2], BOX)
    assert math.dist(one, friend) < math.dist(one, rival)


def test_layout_nodes_do_not_touch() -> None:
    found = placed([12] * 8, [Link(one=0, other=n, pull=1.0) for n in range(1, 8)], [1] * 8, BOX)
    assert all(math.dist(a, b) > 24 for n, a in enumerate(found) for b in found[n + 1 :])


def test_layout_of_nothing_and_of_one() -> None:
    assert placed([], [], [], BOX) == []
    assert placed([10], [], [1], BOX) == [(200.0, 150.0)]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.floats(-1, 1)), max_size=12))
def test_layout_stays_in_its_box_and_repeats(edges: list[tuple[int, int, float]]) -> None:
    links = [Link(one=a, other=b, pull=pull) for a, b, pull in edges if a != b]
    found = placed([8] * 6, links, [1, 1, 2, 2, -1, -2], BOX)
    assert all(30 <= x <= 370 and 30 <= y <= 270 for x, y in found)
    assert placed([8] * 6, links, [1, 1, 2, 2, -1, -2], BOX) == found
