from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli import app
from dragoman.errors import UsageError


def _refusal(*words: str | Path) -> str:
    result = CliRunner().invoke(app, ["serve", *map(str, words)])
    assert isinstance(result.exception, UsageError)
    return str(result.exception)


def test_serve_wants_a_record(tmp_path: Path) -> None:
    assert str(tmp_path / "none") in _refusal("--record", tmp_path / "none")


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "desk.example"])
def test_serve_beyond_loopback_wants_a_password(made_record: Path, host: str) -> None:
    assert "--password-file" in _refusal("--record", made_record, "--host", host)


def test_serve_wants_a_password_worth_the_name(made_record: Path, tmp_path: Path) -> None:
    short = tmp_path / "short"
    short.write_text("secret\n")
    assert "eight characters" in _refusal("--record", made_record, "--password-file", short)
    assert "cannot be read" in _refusal("--record", made_record, "--password-file", tmp_path / "none")
