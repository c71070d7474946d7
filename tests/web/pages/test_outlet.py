from __future__ import annotations

import re

import numpy as np
import pytest
from starlette.testclient import TestClient

from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError
from dragoman.web.pages.outlet import OutletAsked, OutletsAsked, OutletView, all_outlets, outlet
from dragoman.web.press_table import Share, tone


def _ask(desk: Desk, name: str, **asked: object) -> OutletView:
    return outlet(desk, OutletAsked(name=name, **asked))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["KCNA", "Korean Central News Agency", "korean central news agency"])
def test_outlet_is_one_by_all_its_names(desk: Desk, name: str) -> None:
    view = _ask(desk, name)
    assert view.name == "Korean Central News Agency"
    assert view.state_media is True
    assert view.home is not None
    assert view.home.href == "/actor/PRK"
    assert "come with Dragoman" in view.source
    assert view.written == ("KCNA",)


def test_outlet_not_in_the_actor_files_says_so(desk: Desk) -> None:
    view = _ask(desk, "Harbour Post")
    assert (view.state_media, view.home) == (None, None)
    assert "do not have it" in view.source


def test_outlet_lists_its_articles_and_incidents(desk: Desk) -> None:
    view = _ask(desk, "Morning Paper", part="incidents")
    own = {each.id for each in desk.incidents if any(r.article.publisher == "Morning Paper" for r in each.reports)}
    assert {row.id for row in view.incidents} == own
    assert view.figures[1].number == len(own)
    articles = _ask(desk, "Morning Paper", part="articles", since="2024").articles
    assert all((row.published or "") >= "2024" for row in articles)


def test_outlet_has_alone_what_no_other_tells(desk: Desk) -> None:
    alone = {row.id for row in _ask(desk, "Morning Paper", part="alone").alone}
    shared = desk.event("e04")[1].id
    assert {r.article.publisher for r in desk.incident(shared).reports} == {"Morning Paper", "Evening Paper"}
    assert shared not in alone
    assert desk.event("e13")[1].id in alone


def test_outlet_misses_what_others_tell_of_its_ties_in_its_time(desk: Desk) -> None:
    missed = {row.id for row in _ask(desk, "TASS", part="missed").missed}
    assert desk.event("e11")[1].id not in missed  # told after its last article
    assert desk.event("e08")[1].id in missed
    assert desk.event("e14")[1].id not in missed  # a tie of which it tells nothing
    assert desk.event("e06")[1].id not in missed


def test_outlet_compares_tone_and_types(desk: Desk) -> None:
    view = _ask(desk, "Harbour Post")
    whole, *ties = view.tones
    assert whole.name.name == "All these ties"
    assert whole.own > 0
    assert whole.others > 0
    assert {row.name.href for row in ties} >= {"/dyad/PRK/RUS"}
    assert sum(row.own for row in view.quads) == whole.own
    assert sum(row.others for row in view.types_shared) == whole.others
    assert sum(row.own_share for row in view.quads) == pytest.approx(100, abs=0.3)
    agreed = _ask(desk, "Harbour Post", type=("AGREE",))
    assert {row.value for row in agreed.types_shared} <= {"AGREE"}


def test_outlet_carries_words_of_others(desk: Desk) -> None:
    assert [(each.words, each.number) for each in _ask(desk, "KCNA").voices] == [("Kim Jong Un (North Korea)", 1)]


def test_outlet_tone_has_an_interval_from_three_on() -> None:
    assert tone(np.array([])).mean is None
    assert tone(np.array([1.0, 3.0])).low is None
    found = tone(np.array([1.0, 2.0, 3.0]))
    assert (found.mean, found.low, found.high) == pytest.approx((2.0, 2 - 1.96 / 3**0.5, 2 + 1.96 / 3**0.5))


@pytest.mark.parametrize(
    ("own", "own_of", "others", "others_of", "apart"),
    [(40, 50, 10, 50, True), (26, 50, 25, 50, False), (9, 9, 0, 9, False), (0, 0, 5, 50, False)],
)
def test_outlet_share_differs_by_more_than_chance(
    own: int, own_of: int, others: int, others_of: int, apart: bool
) -> None:
    assert Share(value="x", own=own, own_of=own_of, others=others, others_of=others_of).apart == apart


def test_outlets_are_listed_with_most_articles_first(desk: Desk, client: TestClient) -> None:
    rows = all_outlets(desk, OutletsAsked()).rows
    assert [row.articles for row in rows] == sorted((row.articles for row in rows), reverse=True)
    assert sum(row.articles for row in rows) == len(desk.articles)
    for row in rows:
        assert row.name.href is not None
        assert client.get(row.name.href).status_code == 200
        assert client.get(f"{row.name.href}.json").status_code in (200, 404)


def test_outlet_hostile_name_does_nothing(client: TestClient) -> None:
    text = client.get("/outlet").text
    address = re.search(r'href="(/outlet/Gazette[^"]*)"', text)
    assert address is not None
    answer = client.get(address[1])
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


def test_outlet_that_published_nothing_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="Daily Nothing"):
        _ask(desk, "Daily Nothing")


@pytest.mark.parametrize("part", ["overview", "articles", "incidents", "alone", "missed"])
def test_outlet_pages_and_twins_are_there(client: TestClient, part: str) -> None:
    answer = client.get(f"/outlet/KCNA?part={part}")
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert client.get(f"/outlet/KCNA.json?part={part}").json()["part"] == part
