from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.model import CodedArticle
from dragoman.record import Record
from dragoman.record.search import Ask, Hit, Piece, SearchIndex, search_index
from tests.record.builders import claim, coded, event


def _articles() -> list[CodedArticle]:
    return [
        coded(
            "visit",
            event(
                "e1", "Sergei Lavrov/RUS", "Kim Jong Un/PRK", date="2023-10-19", evidence="Lavrov visited Kim Jong-un"
            ),
            text="The envoy's plane landed. Lavrov visited Kim Jong-un in Pyongyang, and they spoke of grain.",
            published="2023-10-20",
        ),
        coded(
            "talks",
            event(
                "e2", "RUS", "PRK", type="AGREE", status="planned", date="2024-05-01", evidence="a grain deal for May"
            ),
            claims=(claim("c0", "Maria Zakharova"),),
            text="The grain talks with the North went on. 東京 – naïve Café.",
            publisher="Harbour Post",
            published="2024-04-02",
        ),
        coded("quiet", text="Nothing but weather <script>alert(1)</script> here.", publisher=None, published=None),
        coded(
            "old",
            event("e3", "CHN", "PRK", type="AID", evidence="fuel went over the bridge"),
            text="Fuel went.",
            published="2019-01-05",
        ),
    ]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> SearchIndex:
    record = Record.create(tmp_path_factory.mktemp("search") / "record")
    record.append(_articles())
    return search_index(record, record.reported)


def _ids(index: SearchIndex, q: str = "", **conditions: object) -> list[str]:
    return [hit.found.id for hit in index.find(Ask(q=q, **conditions), 0, 50).hits]  # type: ignore[arg-type]


def _told(pieces: tuple[Piece, ...]) -> str:
    return "".join(f"[{piece.text}]" if piece.hit else piece.text for piece in pieces)


def _hit(index: SearchIndex, q: str, found: str) -> Hit:
    return next(hit for hit in index.find(Ask(q=q), 0, 50).hits if hit.found.id == found)


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("visits", {"visit", "e1"}),
        ("Kim Jong Un visited", {"visit", "e1"}),
        ("kim jong-un", {"visit", "e1"}),
        ('"jong un in pyongyang"', {"visit"}),
        ('"un jong"', set()),
        ("grain", {"visit", "talks", "e2"}),
        ("grain -plane", {"talks", "e2"}),
        ("grain -Lavrov", {"talks", "e2"}),
        ("plane OR fuel", {"visit", "old", "e3"}),
        ("naive cafe", {"talks"}),
        ("weath*", {"quiet"}),
        ("Zakharova", {"talks/c0"}),
        ("China", {"e3"}),
        ("unheard", set()),
        ("((( :", set()),
    ],
)
def test_index_finds_words(index: SearchIndex, q: str, found: set[str]) -> None:
    assert set(_ids(index, q)) == found


@pytest.mark.parametrize(
    ("conditions", "found"),
    [
        ({"kind": "claim"}, {"talks/c0"}),
        ({"types": ("AGREE", "AID")}, {"talks", "e2", "old", "e3"}),
        ({"statuses": ("planned",), "kind": "event"}, {"e2"}),
        ({"dyads": ("PRK-RUS",)}, {"visit", "e1", "talks", "e2"}),
        ({"parties": ("kim jong un",)}, {"visit", "e1"}),
        ({"parties": ("PRK", "CHN")}, {"old", "e3"}),
        ({"parties": ("maria zakharova",)}, {"talks/c0"}),
        ({"outlets": ("Harbour Post",), "kind": "article"}, {"talks"}),
        ({"years": ("2019",)}, {"old", "e3"}),
        ({"since": "2024-01-01"}, {"talks", "talks/c0", "e2"}),
        ({"until": "2023-10-19"}, {"e1", "old", "e3"}),
    ],
)
def test_index_keeps_conditions(index: SearchIndex, conditions: dict[str, object], found: set[str]) -> None:
    assert set(_ids(index, **conditions)) == found


def test_index_marks_what_was_looked_for(index: SearchIndex) -> None:
    assert _told(_hit(index, "visit Jong-un", "e1").text) == "Lavrov [visited] Kim [Jong]-[un]"
    assert _told(_hit(index, "naive café", "talks").text).endswith("東京 – [naïve] [Café].")
    assert "<script>" in _told(_hit(index, "weather", "quiet").text)


def test_index_sorts_by_date(index: SearchIndex) -> None:
    assert _ids(index, kind="event", sort="oldest") == ["e3", "e1", "e2"]
    assert _ids(index, "grain OR fuel", kind="article", sort="newest") == ["talks", "visit", "old"]


def test_index_puts_titles_and_clauses_with_the_words_first(index: SearchIndex) -> None:
    assert _ids(index, "Lavrov Kim")[0] == "e1"


def test_index_counts_by_kind_and_facet(index: SearchIndex) -> None:
    page = index.find(Ask(q="grain", kind="event"))
    assert page.total == 1
    assert page.kinds == {"article": 2, "claim": 0, "event": 1}
    assert [(facet.value, facet.number) for facet in page.facets["type"]] == [("AGREE", 1)]
    narrowed = index.find(Ask(types=("AID",), kind="event"))
    assert {facet.value for facet in narrowed.facets["type"]} == {"AGREE", "AID", "CONSULT"}
    assert {facet.value for facet in narrowed.facets["dyad"]} == {"CHN-PRK"}


def test_index_pages_through(index: SearchIndex) -> None:
    everything = [found.id for found in index.every(Ask())]
    assert len(everything) == index.size == 8
    pages = [hit.found.id for offset in range(0, 8, 3) for hit in index.find(Ask(), offset, 3).hits]
    assert sorted(pages) == sorted(everything)


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("grian talks", "grain talks"),
        ("weaher", "weather"),
        ("Lavrof visits", "lavrov visits"),
        ("grain", None),
        ("xqzvw", None),
        ("graim -talks", "grain -talks"),
    ],
)
def test_index_says_what_may_have_been_meant(index: SearchIndex, q: str, meant: str | None) -> None:
    assert index.find(Ask(q=q)).suggestion == meant


@settings(max_examples=150, deadline=None)
@given(q=st.text(alphabet='ab "()-*:+^~[]{}\\/.,&|!?OR東é', max_size=30))
def test_index_takes_any_question(index: SearchIndex, q: str) -> None:
    index.find(Ask(q=q))
    assert index.count(Ask(q=q)) >= 0


def test_index_of_an_empty_record(tmp_path: Path) -> None:
    record = Record.create(tmp_path / "record")
    page = search_index(record, record.reported).find(Ask(q="anything"))
    assert (page.total, page.hits) == (0, ())
