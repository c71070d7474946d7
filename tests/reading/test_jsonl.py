import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.model import Problem
from dragoman.reading import jsonl
from dragoman.reading.jsonl import read_jsonl
from dragoman.reading.raw import RawArticle


def read_lines(data: bytes) -> list[RawArticle | Problem]:
    return list(read_jsonl(io.BytesIO(data), "a.jsonl"))


@pytest.mark.parametrize(
    ("line", "field", "said"),
    [
        ('{"text": "x",}', None, "at column 1"),  # 14, and 13 from Python 3.13 on
        ("[1]", None, "JSON object"),
        ('"x"', None, "JSON object"),
        ('{"title": "a"}', "text", "Missing"),
        ('{"text": null}', "text", "Missing"),
        ('{"text": 5}', "text", "a number"),
        ('{"text": "a", "title": ["b"]}', "title", "a list"),
        ('{"text": "a", "publised": "2024-01-01"}', "publised", "'published'"),
        ('{"text": "a", "date": "2024-01-01"}', "date", "'published'"),
        ('{"text": "a", "published": "01/02/2024"}', "published", "ISO"),
        ('{"text": "a", "published": "2024-02-30"}', "published", "ISO"),
        ('{"text": "a", "language": "eng"}', "language", "two-letter"),
        ('{"text": "a", "id": true}', "id", "true or false"),
        ('{"text": "a", "html": "<p>b"}', "html", "not both"),
        ('{"text": "\\ud800"}', "text", "surrogate"),
        ('{"text": "a\\u0000"}', "text", "NUL"),
        ('{"text": "a", "text": "b"}', None, "twice"),
        ('{"text": ' + "[" * 100_000, None, "deep"),
        ('{"text": "a", "id": ' + "9" * 5000 + "}", None, "Invalid JSON"),
        ('{"html": "<html></html>"}', None, "No text"),
    ],
)  # fmt: skip
def test_jsonl_names_line_and_field_and_goes_on(line: str, field: str | None, said: str) -> None:
    problem, article = read_lines(f'\n{line}\n{{"text": "b"}}\n'.encode())
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.source, problem.line, problem.field) == ("failed", "a.jsonl", 2, field)
    assert said in problem.reason
    assert problem.content is not None
    assert line.startswith(problem.content.strip()[:20])
    assert isinstance(article, RawArticle)
    assert (article.line, article.text) == (3, "b")


def test_jsonl_takes_known_fields_and_ignores_others_by_name() -> None:
    line = {
        "id": 7, "text": " a ", "title": " T ", "published": "2024-08-02T10:11:12Z", "publisher": "", "url": None,
        "language": "EN-gb", "section": [1], "_score": 0.5,
    }  # fmt: skip
    (article,) = read_lines(json.dumps(line).encode())
    assert article == RawArticle(
        source="a.jsonl", line=1, text=" a ", id="7", title="T", published="2024-08-02", language="en"
    )


def test_jsonl_takes_the_article_out_of_html() -> None:
    html = "<p>The two ministers met in Oslo on Monday and agreed on the border, the ministry said.</p>"
    page = (
        f'<html><head><meta property="og:title" content="Theirs"><title>T</title></head><body>{html * 3}</body></html>'
    )
    fragment, whole = read_lines(
        json.dumps({"html": html}).encode() + b"\n" + json.dumps({"html": page, "title": "Ours"}).encode()
    )
    assert isinstance(fragment, RawArticle)
    assert fragment.text.startswith("The two ministers")
    assert isinstance(whole, RawArticle)
    assert whole.title == "Ours"


def test_jsonl_skips_long_lines_without_losing_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "MAX_FILE", 50)
    first, second = read_lines(b'{"text": "' + b"a" * 3_000_000 + b'"}\n{"text": "b"}')
    assert isinstance(first, Problem)
    assert (first.line, "longer than" in first.reason) == (1, True)
    assert isinstance(second, RawArticle)
    assert (second.line, second.text) == (2, "b")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_jsonl_reads_marked_encodings(encoding: str) -> None:
    lines = read_lines('{"text": "Осло"}\n{"text": "b"}\n'.encode(encoding))
    assert [line.text for line in lines if isinstance(line, RawArticle)] == ["Осло", "b"]


def test_jsonl_tells_of_lines_that_are_not_utf8() -> None:
    (article,) = read_lines('{"text": "Norway’s minister left Oslo"}'.encode("cp1252"))
    assert isinstance(article, RawArticle)
    assert article.text == "Norway’s minister left Oslo"
    assert article.repairs == ("Read as windows-1252.",)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf"])
def test_jsonl_tells_of_an_empty_file(data: bytes) -> None:
    (problem,) = read_lines(data)
    assert isinstance(problem, Problem)
    assert "no article" in problem.reason


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1))
def test_jsonl_leaves_the_text_unchanged(text: str) -> None:
    for ascii_only in (True, False):
        (article,) = read_lines(json.dumps({"text": text}, ensure_ascii=ascii_only).encode())
        assert isinstance(article, RawArticle)
        assert article.text == text


@given(st.binary(max_size=300))
def test_jsonl_never_raises(data: bytes) -> None:
    assert read_lines(data)
