from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from dragoman.cli import main
from dragoman.record import Record
from tests.cli.samples import write_articles


@dataclass(frozen=True)
class Done:
    """What a command ended with and what it printed."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> str:
        """Standard error with its lines joined, for messages that are wrapped."""
        return " ".join(self.err.split())


Command = Callable[..., Done]


@pytest.fixture
def dragoman(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Command:
    """Runs the command line in this process: `dragoman("events", "--record", folder)`; `stdin` is what is piped in."""

    def run(*words: str | Path, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["dragoman", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        monkeypatch.setenv("COLUMNS", "80")
        capfd.readouterr()
        try:
            main()
            code: object = 0
        except SystemExit as end:
            code = end.code or 0
        sys.stdout.flush()
        out, err = capfd.readouterr()
        assert isinstance(code, int)
        assert "Traceback" not in err
        return Done(code, out, err)

    return run


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with the articles of `samples`."""
    return write_articles(tmp_path / "articles")


@pytest.fixture
def record(dragoman: Command, articles: Path, tmp_path: Path) -> Record:
    """A record of the articles of `samples`."""
    assert dragoman("code", articles, "--record", tmp_path / "record", "--published", "2024-08-02").code == 0
    return Record(tmp_path / "record")
