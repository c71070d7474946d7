"""Links of pages that a forge shows become links of the site."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType

import pytest

from tests.snippets import ROOT

DOCS = ROOT / "docs"


@pytest.fixture(scope="module")
def links() -> ModuleType:
    sys.path.insert(0, str(DOCS / "_ext"))
    try:
        return importlib.import_module("repository_links")
    finally:
        sys.path.remove(str(DOCS / "_ext"))


@pytest.mark.parametrize(
    ("folder", "written", "becomes"),
    [
        ("docs", "[a](record.md#export)", "[a](/record.md#export)"),
        ("docs/howto", "[a](../record.md)", "[a](/record.md)"),
        ("", "[a](docs/record.md)", "[a](/record.md)"),
        ("docs", "[a](../evaluation/README.md)", "[a](/project/labels.md)"),
        ("", "[a](CONTRIBUTING.md#a-word)", "[a](/contributing.md#a-word)"),
        ("docs", "![a](images/x.png)", "![a](/images/x.png)"),
        ("docs", "[a](../LICENSE)", "a (`LICENSE`)"),
    ],
)
def test_repository_links_settle_where_the_site_has_it(
    links: ModuleType, folder: str, written: str, becomes: str
) -> None:
    assert links.settle(written, ROOT / folder, DOCS) == becomes


@pytest.mark.parametrize(
    "text",
    [
        "[a](https://news.example/b.md)",
        "[a](#below)",
        "`[a](record.md)`",
        "```\n[a](record.md)\n```",
        "no link (record.md)",
    ],
)
def test_repository_links_leave_what_is_no_link_into_the_repository(links: ModuleType, text: str) -> None:
    assert links.settle(text, DOCS, DOCS) == text


def test_repository_links_name_pages_that_are_there(links: ModuleType) -> None:
    for file, page in links.SHOWN.items():
        assert (ROOT / file).exists(), file
        assert (DOCS / page).exists(), page
