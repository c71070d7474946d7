"""README and docs keep what they promise: every block is run and prints what the page shows; no links lead nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.snippets import ROOT, blocks, commands, matches, prepare, run

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_docs_blocks_run_and_print_what_the_page_shows(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    for kind, block in blocks(page):
        if kind == "python":
            exec(compile(block, str(page), "exec"), names)
            continue
        for command in commands(block):
            printed = run(command.line, tmp_path)
            assert matches(command.shown, printed), f"{_name(page)}: {command.line} prints:\n" + "\n".join(printed)


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_docs_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{_name(page)} links to {target}"


def test_docs_snippets_matcher_takes_any_lines_for_dots_only() -> None:
    assert matches(["a", "...", "d"], ["a", "b", "c", "d"])
    assert not matches(["a", "d"], ["a", "b", "d"])
