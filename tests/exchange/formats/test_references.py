from __future__ import annotations

import io
import json
import re

import msgspec
import pytest

from dragoman.exchange.formats.references import articles_of, key_of, write_bibtex, write_csl
from dragoman.model import ReportedEvent
from tests.exchange.formats.world import coded, visit


def titled(title: str | None, publisher: str | None = "Tass") -> ReportedEvent:
    made = visit()
    return msgspec.structs.replace(
        made, article=msgspec.structs.replace(made.article, title=title, publisher=publisher)
    )


def test_references_hold_each_article_once() -> None:
    out = io.BytesIO()
    assert write_bibtex([*coded(), *coded()], out).rows == 4
    keys = re.findall(r"^@article\{(.+),$", out.getvalue().decode(), re.M)
    assert len(set(keys)) == 4
    assert keys == [key_of(article) for article in articles_of(coded())]


def test_references_round_trip_of_csl() -> None:
    out = io.BytesIO()
    write_csl([(visit(), None)], out)
    [item] = json.loads(out.getvalue())
    assert item == {
        "id": key_of(visit().article), "type": "article-newspaper", "title": "A visit & more",
        "container-title": "Tass", "issued": {"date-parts": [[2024, 6, 20]]}, "URL": "https://example.org/1",
        "language": "en",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("A visit & more", r"A visit \& more"),
        ("100% {sure}_", r"100\% \{sure\}\_"),
        ("a\nb \\ c", r"a b \textbackslash{} c"),
        (None, "Untitled"),
    ],
)
def test_references_bibtex_escapes(title: str | None, written: str) -> None:
    out = io.BytesIO()
    write_bibtex([(titled(title), None)], out)
    text = out.getvalue().decode()
    assert f"  title = {{{{{written}}}}},\n" in text
    assert "  month = jun,\n" in text
    assert text.count("{") - text.count(r"\{") == text.count("}") - text.count(r"\}")


@pytest.mark.parametrize(
    ("publisher", "begins"), [("Rodong Sinmun", "rodongsinmun2024"), ("Тасс", "source2024"), (None, "unknown2024")]
)
def test_references_keys_are_plain(publisher: str | None, begins: str) -> None:
    assert re.fullmatch(f"{begins}[0-9a-f]{{6}}", key_of(titled("t", publisher).article))
