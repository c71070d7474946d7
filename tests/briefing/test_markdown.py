from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.briefing import brief_of, to_markdown, write_markdown
from dragoman.errors import UsageError
from tests.briefing.samples import PRK, RUS, hostile, ordinary


def test_markdown_links_every_figure_and_line_to_what_is_behind_it() -> None:
    text = to_markdown(ordinary())
    linked = set(re.findall(r"\]\(#([^)]+)\)", text))
    headed = set(re.findall(r"^###+ (\S+)$", text, flags=re.M))
    sections = {h.lower().replace(",", "").replace(" ", "-") for h in re.findall(r"^## (.+)$", text, flags=re.M)}
    assert {"f1", "e1000000"} <= headed
    assert any(id.startswith("i") for id in headed)
    assert linked
    assert linked <= headed | sections
    assert "> On a grey morning. **Kim received Lavrov in Pyongyang**. Nobody else came." in text


def test_markdown_puts_the_chart_beside_it(tmp_path: Path) -> None:
    written = write_markdown(ordinary(), tmp_path / "new folder" / "our brief.md")
    assert [p.name for p in written] == ["our brief.md", "our brief.svg"]
    text = written[0].read_text(encoding="utf-8")
    assert re.search(r"^!\[The index of North Korea and Russia by week .*\]\(our%20brief\.svg\)$", text, flags=re.M)
    assert written[1].read_text(encoding="utf-8").startswith("<svg ")


def test_markdown_without_a_chart_is_one_file(tmp_path: Path) -> None:
    assert write_markdown(brief_of([], (PRK, RUS)), tmp_path / "a.md") == [tmp_path / "a.md"]


def test_markdown_leaves_no_hostile_markup() -> None:
    text = to_markdown(hostile())
    assert "<script" not in text
    assert "<img" not in text
    assert not re.search(r"(?<!\\)\]\(\s*(?!#)", text)
    assert "**bold**" not in text
    assert "\u202e" not in text
    assert "\x1b" not in text
    for row in re.findall(r"^\|.*\|$", text, flags=re.M):
        assert len(re.findall(r"(?<!\\)\|", row)) in (4, 5, 6, 7)


def test_markdown_links_only_addresses_of_the_web() -> None:
    addresses = re.findall(r"<([a-z]+:[^>]*)>", to_markdown(hostile()))
    assert [a[:21] for a in addresses] == ["https://news.example/"]


def test_markdown_refuses_the_name_of_its_chart(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"ends in '\.md'"):
        write_markdown(ordinary(), tmp_path / "brief.svg")


def test_markdown_says_when_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_markdown(ordinary(), tmp_path)
