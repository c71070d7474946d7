from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import UsageError
from dragoman.model import CodedArticle, CoderInfo
from dragoman.record import Record
from tests.briefing.samples import ORDINARY


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    coder = CoderInfo(version="1.0", model="hand")
    record = Record.create(tmp_path / "record")
    record.append(CodedArticle(article=r.article, events=(r.event,), coder=coder) for r in ORDINARY)
    return tmp_path / "record"


def test_command_prints_a_brief_of_eighty_columns(folder: Path) -> None:
    done = CliRunner().invoke(app, ["brief", "PRK", "Russia", "--record", str(folder)], env={"COLUMNS": "80"})
    assert done.exit_code == 0
    assert done.stdout.startswith("NORTH KOREA AND RUSSIA\n")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_command_writes_files_and_prints_no_brief(folder: Path, tmp_path: Path) -> None:
    html, md, pdf = (tmp_path / "out" / f"brief.{kind}" for kind in ("html", "md", "pdf"))
    done = CliRunner().invoke(
        app, ["brief", "PRK", "RUS", "--record", str(folder), "--html", str(html), "--md", str(md), "--pdf", str(pdf)]
    )
    assert done.exit_code == 0
    assert done.stdout == ""
    assert html.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert {p.name for p in html.parent.iterdir()} == {"brief.html", "brief.md", "brief.svg", "brief.pdf"}


@pytest.mark.parametrize(
    ("who", "told"), [(["PRK", "RUS", "CHN"], "two parties or one"), (["Sergei Lavrof"], "Sergei Lavrov")]
)
def test_command_refuses_with_a_sentence(folder: Path, who: list[str], told: str) -> None:
    done = CliRunner().invoke(app, ["brief", *who, "--record", str(folder)])
    assert isinstance(done.exception, UsageError)
    assert told in str(done.exception)
