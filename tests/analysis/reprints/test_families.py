from __future__ import annotations

import random

import pytest

from dragoman.analysis.reprints import find_reprints
from dragoman.model import Article, Dateline, Furniture

WIRE = """The foreign ministers of Kenya and Somalia, Joseph Mutua and Halima Warsame, met in Nairobi on Tuesday and
agreed to reopen the crossing at Mandera before the rains. Mutua told reporters that lorries with maize would pass
first and that officers of both states would check them side by side. Warsame thanked her host and said that a second
round was planned for Mogadishu. Traders in the town have waited for eleven months. A customs shed burned down there in
April, and nobody has rebuilt it. The two ministers spoke for three hours and took no questions about the islands."""
REWRITE = """Lorries will roll again through Mandera. After three hours of talks in the Kenyan capital, Halima
Warsame of Somalia and her colleague Joseph Mutua announced on Tuesday that the border post there opens soon,
with inspectors from both countries working together. Maize goes first. For the merchants of the town it ends a
wait of eleven months; their customs shed, lost to fire in April, is still a ruin. Another meeting, in Mogadishu
this time, is to follow."""
FORM = """The President sent a message of greeting to the head of state of {0} on the occasion of the {1}th anniversary
of the founding of the Republic. In it he wished the people of {0} happiness and new success under the guidance of {2},
and said that the friendship sealed in {3} would last for ever. The message was handed over at the embassy."""


def article(id: str, text: str = WIRE, publisher: str | None = "Lake Courier", day: str = "2024-03-12") -> Article:
    return Article(id=id, text=text, publisher=publisher, published=day)


def families(*articles: Article) -> list[tuple[str, ...]]:
    return [family.articles for family in find_reprints(articles).families]


def edited(text: str) -> str:
    return text.replace("told reporters", "said").replace("lorries", "trucks").replace("waited for", "been waiting")


def sentences(text: str) -> list[str]:
    return text.replace("\n", " ").split(". ")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        pytest.param(WIRE, "exact", id="word for word"),
        pytest.param(WIRE.upper().replace(",", " -"), "furniture", id="other case and punctuation"),
        pytest.param(edited(WIRE), "edited", id="words changed"),
        pytest.param(". ".join(sentences(WIRE)[:3]), "cut", id="only the beginning"),
        pytest.param("Good morning. " + WIRE + " Subscribe to our letter.", "edited", id="something around it"),
    ],
)
def test_families_take_copies(text: str, kind: str) -> None:
    found = find_reprints([article("a"), article("b", text, "Harbour Post", "2024-03-20")])
    assert [(f.original, [(c.article, c.kind) for c in f.copies]) for f in found.families] == [("a", [("b", kind)])]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(article("b", REWRITE, "Harbour Post"), id="a rewrite of the same facts"),
        pytest.param(
            article("b", WIRE[:120] + REWRITE * 3, "Harbour Post"), id="an article that quotes a little of it"
        ),
        pytest.param(article("b", edited(WIRE), day="2024-04-12"), id="the outlet's own form, filled in a month later"),
    ],
)
def test_families_leave_what_is_no_copy(other: Article) -> None:
    assert families(article("a"), other) == []


def test_families_leave_a_form_filled_in_for_others() -> None:
    one = article("a", FORM.format("Belarus", 33, "Ivan Petrenko", "Minsk 2001"))
    other = article("b", FORM.format("Laos", 49, "Somsak Vong", "Vientiane 1974"), "Harbour Post")
    assert families(one, other) == []


def test_families_pass_over_furniture() -> None:
    head = "Ministers meet in Nairobi, the border opens, and all that traders hope for\n"
    told = article("b", head + WIRE, "Harbour Post")
    other = Article(
        id=told.id,
        text=told.text,
        publisher=told.publisher,
        published=told.published,
        furniture=(Furniture(start=0, end=len(head), kind="headline"),),
    )
    (family,) = find_reprints([article("a"), other]).families
    assert [copy.kind for copy in family.copies] == ["furniture"]


def test_families_name_the_origin_that_copies_credit() -> None:
    copy = Article(id="a", text=WIRE, publisher="Harbour Post", published="2024-03-12", reprint_of="Courier")
    found = find_reprints([copy, article("b", day="2024-03-13")])
    assert (found.families[0].original, found.families[0].origin) == ("b", "Lake Courier")
    assert found.origin_of(copy) == "Lake Courier"


def test_families_origin_of_an_article_without_copies() -> None:
    told = Article(id="a", text=WIRE, publisher="Harbour Post", dateline=Dateline(agency="KCNA"))
    none = find_reprints([told])
    assert none.family_of("a") is None
    assert none.origin_of(told) == "Korean Central News Agency"
    assert none.origin_of(article("b")) == "Lake Courier"


def test_families_do_not_depend_on_the_order_and_hold_empty_and_short_texts() -> None:
    articles = [
        article("a"),
        article("b", edited(WIRE), "Harbour Post"),
        article("c", ". ".join(sentences(WIRE)[:4]), "Evening Wire", "2024-03-14"),
        article("d", REWRITE, "Plains Gazette"),
        article("e", " "),
        article("f", "Ministers meet in Nairobi"),
        article("g", "Ministers meet in Mogadishu"),
    ]
    assert families(*articles) == [("a", "b", "c")]
    for seed in range(3):
        assert families(*random.Random(seed).sample(articles, len(articles))) == [("a", "b", "c")]
    assert find_reprints([]).families == ()


def test_families_are_found_among_many() -> None:
    words = [f"word{n}" for n in range(500)]
    chance = random.Random(3)
    texts = [" ".join(chance.choices(words, k=80)) for _ in range(60)]
    articles = [article(f"a{n:02}", text, f"Paper {n}") for n, text in enumerate(texts)]
    articles += [article(f"b{n:02}", " ".join(text.split()[:70]), "Reprinter") for n, text in enumerate(texts)]
    assert families(*articles) == [(f"a{n:02}", f"b{n:02}") for n in range(60)]
