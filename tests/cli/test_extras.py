"""Verbs in an installation without the extra that they need: a sentence that names it, and no traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RUN = "import sys; sys.modules[{missing!r}] = None; from dragoman.cli import main; main()"


@pytest.mark.parametrize(
    ("missing", "verb", "extra"),
    [
        ("tantivy", ["openapi"], "dragoman[serve]"),
        ("fastapi", ["openapi"], "dragoman[serve]"),
        ("tantivy", ["serve", "--record", "none"], "dragoman[serve]"),
        ("mcp", ["mcp", "--record", "none"], "dragoman[mcp,serve]"),
    ],
)
def test_extras_that_are_missing_are_named(tmp_path: Path, missing: str, verb: list[str], extra: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN.format(missing=missing), *verb],
        cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert f"Install Dragoman with '{extra}'" in done.stderr
    assert "Traceback" not in done.stderr
