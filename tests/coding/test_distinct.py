"""One id, one text: repeats are dropped, and two texts under one id are both kept."""

from __future__ import annotations

from dragoman.coding.distinct import distinct
from dragoman.model import Article, Problem


def through(*articles: tuple[str, str]) -> tuple[list[tuple[str, str]], list[Problem]]:
    """What comes out of a stream of (id, text), and what is reported."""
    told: list[Problem] = []
    out = list(distinct((Article(id=i, text=t) for i, t in articles), told.append))
    return [(a.id, a.text) for a in out], told


def test_distinct_leaves_a_stream_without_repeats_as_it_is() -> None:
    articles = [("a", "one"), ("b", "two"), ("c", "one")]
    assert through(*articles) == (articles, [])


def test_distinct_drops_repeats_silently() -> None:
    assert through(("a", "one"), ("a", "one"), ("a", "one")) == ([("a", "one")], [])


def test_distinct_keeps_both_of_two_texts_under_one_id() -> None:
    out, told = through(("a", "one"), ("a", "two"))
    assert [text for _, text in out] == ["one", "two"]
    assert out[0][0] == "a"
    assert out[1][0].startswith("a~")
    (problem,) = told
    assert (problem.kind, problem.field, problem.article_id) == ("repaired", "id", out[1][0])
    assert "'a'" in problem.reason


def test_distinct_three_texts_under_one_id_are_three() -> None:
    out, told = through(("a", "one"), ("a", "two"), ("a", "three"))
    assert len({i for i, _ in out}) == 3
    assert len(told) == 2


def test_distinct_tells_of_a_clash_once() -> None:
    out, told = through(("a", "one"), ("a", "two"), ("a", "two"), ("a", "one"))
    assert len(out) == 2
    assert len(told) == 1


def test_distinct_name_of_the_second_does_not_hang_on_what_else_is_read() -> None:
    first, _ = through(("a", "one"), ("a", "two"))
    second, _ = through(("z", "zero"), ("a", "one"), ("b", "three"), ("a", "two"))
    assert first[1] in second


def test_distinct_takes_text_that_is_no_unicode() -> None:
    assert through(("a", "\ud800"))[0] == [("a", "\ud800")]
