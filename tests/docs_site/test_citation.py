"""The citation file says what a citation needs, and of the version that is here."""

from __future__ import annotations

import re

import yaml

from dragoman.version import __version__
from tests.snippets import ROOT

# The keys that version 1.2.0 of the format knows, of those that we use or might.
KNOWN = {
    "abstract", "authors", "cff-version", "date-released", "identifiers", "keywords", "license", "message",
    "preferred-citation", "references", "title", "type", "version",
}  # fmt: skip


def test_citation_file_is_sound_and_of_this_version() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert set(cited) <= KNOWN
    assert {"authors", "cff-version", "message", "title"} <= set(cited)
    assert cited["cff-version"] == "1.2.0"
    assert cited["type"] == "software"
    assert str(cited["version"]) == __version__
    assert all(set(author) <= {"name", "family-names", "given-names"} for author in cited["authors"])
    assert all({"type", "title", "authors"} <= set(work) for work in cited.get("references", []))


def test_citation_licence_and_changelog_are_those_of_the_package() -> None:
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert cited["license"] in (ROOT / "pyproject.toml").read_text("utf-8")
    (latest, *_) = re.findall(r"^## \[([\d.]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert latest == __version__
