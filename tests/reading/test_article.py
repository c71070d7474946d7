import pytest

from dragoman.errors import InputError
from dragoman.model import Dateline, Furniture
from dragoman.reading.article import make_article, make_id
from dragoman.reading.raw import MAX_TEXT, RawArticle

TEXT = (
    "Ministers sign pact on border trade\nMarch 14, 2024\n"
    "OSLO, March 12 (Reuters) - The foreign ministers of the two countries signed an agreement on Tuesday.\n"
)


def raw(text: str = TEXT, **fields: str) -> RawArticle:
    return RawArticle(source="a.txt", text=text, **fields)  # type: ignore[arg-type]


def test_article_takes_what_its_text_says() -> None:
    article = make_article(raw(), publisher="Northern Wire", published="2020-01-01")
    assert article.text == TEXT
    assert article.title == "Ministers sign pact on border trade"
    assert article.publisher == "Northern Wire"
    assert article.published == "2024-03-14"
    assert article.dateline == Dateline(place="OSLO", date="2024-03-12", agency="Reuters")
    assert article.furniture[0] == Furniture(start=0, end=35, kind="headline")


def test_article_takes_first_what_the_input_says() -> None:
    article = make_article(
        raw(id="x", title="T", publisher="Wire", published="2024-03-15"), publisher="Other", published="2020-01-01"
    )
    assert (article.id, article.title, article.publisher, article.published) == ("x", "T", "Wire", "2024-03-15")


def test_article_takes_options_where_nothing_else_says_it() -> None:
    article = make_article(raw("The ministers of the two countries met in Oslo."), published="2020-01-01")
    assert (article.title, article.publisher, article.published) == (None, None, "2020-01-01")


def test_article_date_of_dateline_is_unknown_without_a_year() -> None:
    article = make_article(raw("OSLO, March 12 (Reuters) - The ministers of the two countries met in the port."))
    assert article.published is None
    assert article.dateline == Dateline(place="OSLO", date=None, agency="Reuters")


def test_article_ids_are_stable_and_tell_articles_apart() -> None:
    assert make_id("https://news.example/a", None, None, "x") == make_id("https://news.example/a", "W", "T", "y")
    ids = {make_id(None, *key) for key in [(None, None, "x"), ("W", None, "x"), (None, "W", "x"), (None, None, "y")]}
    assert len(ids) == 4
    assert all(len(i) == 16 and i.startswith("a") for i in ids)
    assert make_id(None, None, None, "x") == "ac25179eecd74d23"


@pytest.mark.parametrize(
    ("article", "said"),
    [
        (raw(" \n\xa0"), "no text"),
        (raw("a" * (MAX_TEXT + 1)), "1,000,001 characters"),
        (raw("Envoy leaves"), "too short"),
        (raw("El ministro se reunió el martes en Oslo con su homólogo, según dijo el ministerio."), "Spanish"),
        (raw(language="ko"), "Korean"),
    ],
)
def test_article_refuses_what_cannot_be_coded(article: RawArticle, said: str) -> None:
    with pytest.raises(InputError, match=said):
        make_article(article)


def test_article_trusts_the_language_that_the_input_gives() -> None:
    assert make_article(raw("Envoy leaves", language="en")).language == "en"
