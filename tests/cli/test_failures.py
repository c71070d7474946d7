"""`dragoman failures`: what was kept aside, with the reason."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Command


def test_failures_lists_what_was_kept_aside_and_why(dragoman: Command, tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text(
        '{"text": 7}\n{"text": "Russia accused Japan on Monday. Japan has condemned Russia too."}\n', "utf-8"
    )
    assert dragoman("code", articles, "--record", tmp_path / "record").code == 1
    done = dragoman("failures", "--record", tmp_path / "record")
    assert done.code == 0
    assert "articles.jsonl, line 1, field 'text'" in done.out


def test_failures_of_a_clean_record_says_so(dragoman: Command, tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Russia accused Japan on Monday. Japan has condemned Russia for what it did.\n", "utf-8")
    assert dragoman("code", article, "--record", tmp_path / "record").code == 0
    assert dragoman("failures", "--record", tmp_path / "record").out == "Nothing was kept aside.\n"
