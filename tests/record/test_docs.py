from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest

from dragoman.exchange import CSV_COLUMNS
from dragoman.model import Article, Claim, Dateline, Event, EventDate, Mention, Party, Place
from dragoman.record.filters import Filters
from dragoman.record.schema import SCHEMA_VERSION, TABLES

TEXT = (Path(__file__).parents[2] / "docs" / "record.md").read_text(encoding="utf-8")


def section(heading: str) -> set[str]:
    """The words in code style under the last heading that begins so."""
    start = [found.end() for found in re.finditer(rf"^#+ {re.escape(heading)}", TEXT, re.MULTILINE)][-1]
    return set(re.findall(r"`([\w.]+)`", re.split(r"^#", TEXT[start:], flags=re.MULTILINE)[0]))


@pytest.mark.parametrize("name", TABLES)
def test_docs_name_every_column_of_a_table(name: str) -> None:
    assert set(TABLES[name].names) <= section(f"`{name}`")


@pytest.mark.parametrize(
    ("heading", "kinds"),
    [
        ("`article`", [Article, Dateline]),
        ("`mentions`: ", [Mention]),
        ("`claims`: ", [Claim]),
        ("`events`: ", [Event, Party, EventDate, Place]),
    ],
)
def test_docs_name_every_field_of_the_coded_article(heading: str, kinds: list[type[msgspec.Struct]]) -> None:
    for kind in kinds:
        assert set(kind.__struct_fields__) <= section(heading)


def test_docs_name_every_filter_and_csv_column() -> None:
    assert set(Filters.__dataclass_fields__) <= section("How it is read")
    assert set(CSV_COLUMNS) <= section("Export")
    assert f'"schema_version": {SCHEMA_VERSION}' in TEXT
