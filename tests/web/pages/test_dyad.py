from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from dragoman.web.desk import Desk
from dragoman.web.errors import NotFoundError, RefusedError
from dragoman.web.pages.dyad import DyadAsked, DyadView, dyad


def _ask(desk: Desk, **asked: object) -> DyadView:
    return dyad(desk, DyadAsked(one="PRK", other="RUS", **asked))  # type: ignore[arg-type]


def _clauses(view: DyadView) -> list[str]:
    return [row.clause for row in view.rows]


def test_dyad_tells_all_of_two_states_the_newest_first(desk: Desk) -> None:
    view = _ask(desk)
    assert view.title == "North Korea – Russia"
    assert view.pager.total == len(desk.pairs["PRK", "RUS"])
    days = [row.when.start for row in view.rows if row.when.start]
    assert days == sorted(days, reverse=True)
    assert _clauses(_ask(desk, sort="oldest"))[0] == "Kim met Putin in Vladivostok"


def test_dyad_window_narrows_the_list_and_not_the_chart(desk: Desk) -> None:
    everything, window = _ask(desk), _ask(desk, since="2024")
    assert all((row.when.start or row.first_reported or "") >= "2024" for row in window.rows)
    assert 0 < window.pager.total < everything.pager.total
    assert everything.chart is not None
    assert window.chart is not None
    assert window.chart.rows == everything.chart.rows
    assert window.window == "2024-01-01 to the end"


@pytest.mark.parametrize(
    ("asked", "taken", "left"),
    [
        ({"type": ("SANCTION",)}, "Russia cut the port off", "Lavrov praised his hosts"),
        ({"quad": (4,)}, "Russia cut the port off", "Lavrov praised his hosts"),
        ({"standing": ("announced",)}, "Russia will send fuel", "Lavrov praised his hosts"),
        ({"person": "sergei lavrov"}, "Lavrov praised his hosts", "Russia cut the port off"),
        ({"source": ("third party",)}, "the North shipped rockets", "Lavrov praised his hosts"),
        ({"source": ("party",)}, "Lavrov praised his hosts", "the North shipped rockets"),
        ({"voices": "own"}, "Lavrov praised his hosts", "Russia cut the port off"),
        ({"voices": "others"}, "Russia cut the port off", "Russia will send fuel"),
        ({"direction": "out"}, "the North shipped rockets", "Russia cut the port off"),
        ({"direction": "back"}, "Russia cut the port off", "the North shipped rockets"),
        ({"contact": "visit"}, "Putin was received by Kim", "Lavrov was received by Kim"),
        ({"origins": 2}, "Lavrov was received by Kim", "Lavrov praised his hosts"),
        ({"confidence": 0.8}, "Lavrov praised his hosts", None),
    ],
)
def test_dyad_filter_takes_and_leaves(desk: Desk, asked: dict[str, object], taken: str, left: str | None) -> None:
    told = " ".join(_clauses(_ask(desk, **asked)))
    assert taken in told
    assert left is None or left not in told


def test_dyad_filter_nothing_left_says_so(client: TestClient) -> None:
    answer = client.get("/dyad/PRK/RUS?confidence=0.99")
    assert answer.status_code == 200
    assert "Take a filter away" in answer.text


def test_dyad_filters_can_be_taken_away_one_by_one(desk: Desk) -> None:
    view = _ask(desk, type=("AID",), person="Kim Jong Un", since="2020")
    assert [chip.name for chip in view.filters] == ["type: AID", "with: Kim Jong Un"]
    assert view.filters[0].href == "/dyad/PRK/RUS?since=2020&person=Kim+Jong+Un"


def test_dyad_numbers_lead_to_what_they_count(client: TestClient, desk: Desk) -> None:
    view = _ask(desk, since="2023")
    for figure in view.figures:
        twin = client.get(figure.href.replace("/RUS", "/RUS.json")).json()
        assert twin["pager"]["total"] == figure.number, figure.words
    for figure in view.pledge_counts:
        twin = client.get(figure.href.replace("/pledges", "/pledges.json")).json()
        assert twin["pager"]["total"] == figure.number, figure.words
    for figure in view.contact_counts:
        assert client.get(figure.href.replace("/RUS", "/RUS.json")).json()["pager"]["total"] == figure.number


def test_dyad_tells_meetings_pledges_and_what_is_contested(desk: Desk) -> None:
    view = _ask(desk)
    assert {row.kind for row in view.contacts} >= {"visit", "meeting"}
    assert view.pledges[0].state.text == "overdue"
    assert "Russia will send fuel" in view.pledges[0].words
    assert [row.standing.text for row in view.contested] == ["contested"]
    assert view.contested[0].told_by == ("Ann Lee",)
    assert view.contested[0].denied_by == ("Kim Jong Un",)


def test_dyad_chart_has_a_table_and_words(client: TestClient, desk: Desk) -> None:
    chart = _ask(desk, by="quarter").chart
    assert chart is not None
    assert chart.words.startswith("Index of cooperation and conflict by quarter, 2019 Q2 to")
    assert [len(row) for row in chart.rows] == [len(chart.columns)] * len(chart.rows)
    text = client.get("/dyad/PRK/RUS?by=quarter").text
    assert 'data-chart="tie-spec"' in text
    assert "<noscript><img" in text


def test_dyad_chart_is_drawn_without_scripts(client: TestClient) -> None:
    answer = client.get("/dyad/PRK/RUS.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.text.startswith("<svg")
    assert "var(" not in answer.text


def test_dyad_beside_another_tie(desk: Desk) -> None:
    view = _ask(desk, versus="China")
    assert view.versus is not None
    assert view.versus.columns == ("", "Russia", "China")
    assert view.versus.href == "/dyad/PRK/CHN"


def test_dyad_turned_round_keeps_the_question(desk: Desk) -> None:
    assert _ask(desk, since="2024", type=("AID",)).swapped == "/dyad/RUS/PRK?since=2024&type=AID"


@pytest.mark.parametrize("names", [("PRK", "RUS"), ("North Korea", "russia"), ("Kim Jong Un", "Sergei Lavrov")])
def test_dyad_takes_codes_and_names(client: TestClient, names: tuple[str, str]) -> None:
    assert client.get(f"/dyad/{names[0]}/{names[1]}").status_code == 200


def test_dyad_leaves_strangers_and_one_with_itself(desk: Desk) -> None:
    with pytest.raises(NotFoundError, match="Nobody in the record"):
        dyad(desk, DyadAsked(one="PRK", other="Nobody At All"))
    with pytest.raises(RefusedError, match="Both sides"):
        dyad(desk, DyadAsked(one="PRK", other="North Korea"))


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("since=soon", "not a day"),
        ("since=2024&until=2023", "Swap them"),
        ("type=NONSENSE", "It can be: AGREE"),
        ("voices=mine", "It can be: all, others, own"),
        ("confidence=2", "confidence"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("quad=7", "It can be: 1, 2, 3, 4"),
        ("since=2023&since=2024", "Give it once"),
    ],
)
def test_dyad_bad_question_is_told(client: TestClient, query: str, reason: str) -> None:
    answer = client.get(f"/dyad/PRK/RUS.json?{query}")
    assert answer.status_code == 422
    assert reason in answer.json()["error"]["message"]


def test_dyad_empty_fields_of_a_form_are_not_asked(client: TestClient) -> None:
    assert client.get("/dyad/PRK/RUS?since=&until=&person=&by=&type=").status_code == 200


def test_dyad_page_has_no_inline_code(client: TestClient) -> None:
    for path in ("/dyad/PRK/USA", "/dyad/PRK/RUS", "/dyad/PRK/RUS/meetings", "/dyad/PRK/RUS/pledges", "/dyad", "/due"):
        text = client.get(path).text
        assert not re.search(r"<[^>]+\s(style|on\w+)=", text)
        assert "<script>alert" not in text
        assert text.count("<h1") == 1


def test_dyad_lists_behind_it(client: TestClient) -> None:
    met = client.get("/dyad/PRK/RUS/meetings.json?contact=visit").json()
    assert {row["kind"] for row in met["rows"]} == {"visit"}
    assert [trip["host"] for trip in met["trips"]].count("North Korea") == 1
    pledged = client.get("/dyad/PRK/RUS/pledges.json?state=fulfilled").json()
    assert pledged["rows"][0]["kind"] == "schedule"


def test_dyads_two_names_lead_to_their_tie(client: TestClient) -> None:
    answer = client.get("/dyad?a=north+korea&b=Russia", follow_redirects=False)
    assert answer.headers["location"] == "/dyad/PRK/RUS"
    assert all(row["name"].startswith("China – ") for row in client.get("/dyad.json?a=China").json()["rows"])
