"""The reprints and the rewrites that the README of the sample dispatches names."""

from __future__ import annotations

from dragoman import read
from dragoman.analysis.reprints import find_reprints
from dragoman.model import Article
from tests.snippets import ROOT

DISPATCHES = ROOT / "examples" / "dispatches"
ORIGINALS = {
    "2022-10-04-missile-over-aomori.md": "2022-10-05-missile-over-aomori.txt",
    "2023-09-14-spaceport-summit.md": "2023-09-15-spaceport-summit.txt",
    "2023-10-19-lavrov-in-pyongyang.md": "2023-10-20-lavrov-in-pyongyang.html",
    "2024-06-03-balloons.md": "2024-06-04-balloons.txt",
    "2024-06-21-arms-for-kyiv.md": "2024-06-22-arms-for-kyiv.txt",
}


def test_dispatches_reprints_are_found_and_rewrites_left() -> None:
    files = sorted(path for path in DISPATCHES.iterdir() if path.name != "README.md")
    articles = {path.name: next(a for a in read([path]) if isinstance(a, Article)) for path in files}
    names = {article.id: name for name, article in articles.items()}
    found = find_reprints(articles.values())
    assert {names[f.original]: names[f.copies[0].article] for f in found.families} == ORIGINALS
    assert all(len(family.copies) == 1 for family in found.families)
